from django.urls import URLPattern, path

from reports.views import archive, archive_upload, archived_copy

urlpatterns: list[URLPattern] = [
    path("papers/archive/", archive.archived_papers, name="archived_papers"),
    path("papers/archive/new", archive_upload.archive_upload_new, name="archive_upload_new"),
    path("papers/archive/new/<uuid:pk>", archive_upload.archive_upload, name="archive_upload"),
    path("papers/archive/new/<uuid:pk>/removal", archive_upload.archive_upload_removal, name="archive_upload_removal"),
    path("papers/archive/<int:pk>/", archive.archived_paper, name="archived_paper"),
    path("papers/archive/<int:pk>/removal", archive.archived_paper_removal, name="archived_paper_removal"),
    path("papers/archive/<int:pk>/history/", archive.archived_paper_history, name="archived_paper_history"),
    path("papers/archive/<int:pk>/flags/<int:flag>", archive.archive_flag, name="archive_flag"),
    path("papers/archive/copies/<uuid:pk>", archived_copy.archived_copy, name="archived_copy"),
    path(
        "papers/archive/copies/<uuid:pk>/progress", archived_copy.archived_copy_progress, name="archived_copy_progress"
    ),
    path("papers/archive/copies/<uuid:pk>/file", archived_copy.archived_copy_file, name="archived_copy_file"),
    path("papers/archive/copies/<uuid:pk>/retry", archived_copy.archived_copy_retry, name="archived_copy_retry"),
]
