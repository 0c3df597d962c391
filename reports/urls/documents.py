from django.urls import URLPattern, path

from reports.views import document

urlpatterns: list[URLPattern] = [
    path("documents/<uuid:pk>", document.document, name="document"),
    path("documents/<uuid:pk>/progress", document.document_progress, name="document_progress"),
    path("documents/<uuid:pk>/download", document.document_download, name="document_download"),
    path("documents/<uuid:pk>/retry", document.document_retry, name="document_retry"),
]
