from django.urls import URLPattern, path

from reports.views import release

urlpatterns: list[URLPattern] = [
    path("dashboards/consolidation/equality", release.equality_release, name="equality_release"),
    path("released/", release.released_figures, name="released_figures"),
    path("released/overrides/new", release.override_new, name="override_new"),
    path("released/overrides/<int:pk>/", release.override, name="override"),
]
