from django.urls import URLPattern, path

from reports.views import acronym

urlpatterns: list[URLPattern] = [
    path("reference/acronyms/", acronym.acronyms, name="acronyms"),
    path("reference/acronyms/new/", acronym.acronym_new, name="acronym_new"),
    path("reference/acronyms/<int:pk>/edit/", acronym.acronym_edit, name="acronym_edit"),
    path("reference/acronyms/<int:pk>/history/", acronym.acronym_history, name="acronym_history"),
]
