from django.urls import URLPattern, path

from reports.views import document, page_document, word_template

urlpatterns: list[URLPattern] = [
    path("papers/<int:pk>/word", word_template.paper_word, name="paper_word"),
    path("word-templates/<slug:key>/", word_template.word_template, name="word_template"),
    path("word-templates/<slug:key>/file", word_template.word_template_file, name="word_template_file"),
    path("documents/<uuid:pk>", document.document, name="document"),
    path("documents/<uuid:pk>/progress", document.document_progress, name="document_progress"),
    path("documents/<uuid:pk>/download", document.document_download, name="document_download"),
    path("documents/<uuid:pk>/retry", document.document_retry, name="document_retry"),
    path("documents/<uuid:pk>/cancel", document.document_cancel, name="document_cancel"),
    path("dashboards/document", page_document.page_document_new, name="page_document_new"),
    path("dashboards/documents/<uuid:pk>", page_document.page_document, name="page_document"),
    path(
        "dashboards/documents/<uuid:pk>/progress", page_document.page_document_progress, name="page_document_progress"
    ),
    path(
        "dashboards/documents/<uuid:pk>/download", page_document.page_document_download, name="page_document_download"
    ),
    path("dashboards/documents/<uuid:pk>/retry", page_document.page_document_retry, name="page_document_retry"),
]
