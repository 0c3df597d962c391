from django.urls import URLPattern, path

from reports.views import value

urlpatterns: list[URLPattern] = [
    path("measures/<slug:code>/<str:quarter>/", value.value, name="value"),
]
