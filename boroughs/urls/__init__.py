from django.urls import path

from boroughs.views import borough

urlpatterns = [
    path("", borough.boroughs, name="boroughs"),
    path("<slug:gss_code>/", borough.borough, name="borough"),
    path("<slug:gss_code>/history/", borough.borough_history, name="borough_history"),
]
