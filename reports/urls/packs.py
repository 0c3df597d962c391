from django.urls import URLPattern, path

from reports.views import pack, pack_file, print_queue

urlpatterns: list[URLPattern] = [
    path("meetings/<int:pk>/packs/", pack.packs, name="packs"),
    path("meetings/<int:pk>/packs/build", pack.pack_build, name="pack_build"),
    path("packs/<int:pk>/issue", pack.pack_issue, name="pack_issue"),
    path("packs/files/<uuid:pk>", pack_file.pack_file, name="pack_file"),
    path("packs/files/<uuid:pk>/progress", pack_file.pack_file_progress, name="pack_file_progress"),
    path("packs/files/<uuid:pk>/download", pack_file.pack_file_download, name="pack_file_download"),
    path("packs/files/<uuid:pk>/retry", pack_file.pack_file_retry, name="pack_file_retry"),
    path("packs/files/<uuid:pk>/cancel", pack_file.pack_file_cancel, name="pack_file_cancel"),
    path("print-queue/<slug:key>/", print_queue.print_queue, name="print_queue"),
    path("print-queue/<slug:key>/progress", print_queue.print_queue_progress, name="print_queue_progress"),
]
