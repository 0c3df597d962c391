from celery import shared_task

from reports.models import ArchivedCopy, Document, PackFile, PageDocument
from reports.rendering import archived_copies
from reports.rendering.making import make
from reports.workflow import page_documents
from reports.workflow.printing import tell_how_it_ended
from reports.workflow.publishing import publish_when_made


@shared_task
def render_document(document_id: str) -> None:
    if document := Document.objects.claim(document_id):
        make(document)
        publish_when_made(document)
        tell_how_it_ended(document)


@shared_task
def render_pack(file_id: str) -> None:
    if file := PackFile.objects.claim(file_id):
        make(file)
        tell_how_it_ended(file)


@shared_task
def render_page(document_id: str) -> None:
    if document := PageDocument.objects.claim(document_id):
        make(document)


@shared_task
def forget_pages() -> None:
    page_documents.forget_pages()


@shared_task
def make_archived_copy(copy_id: str) -> None:
    if copy := ArchivedCopy.objects.claim(copy_id):
        archived_copies.make(copy)
