from celery import shared_task

from reports.models import Document, PageDocument
from reports.rendering.making import make


@shared_task
def render_document(document_id: str) -> None:
    document = Document.objects.claim(document_id)
    if document:
        make(document)


@shared_task
def render_page(document_id: str) -> None:
    document = PageDocument.objects.claim(document_id)
    if document:
        make(document)
