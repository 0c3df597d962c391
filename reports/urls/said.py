from django.urls import URLPattern, path

from reports.views import said

urlpatterns: list[URLPattern] = [
    path("papers/said/", said.said, name="said"),
    path("papers/said/said.csv", said.said_csv, name="said_csv"),
]
