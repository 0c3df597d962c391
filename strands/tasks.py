from celery import shared_task

from strands.models import ImportJob
from strands.spreadsheets.loading import work_on


@shared_task
def work_on_spreadsheet(job_id: str) -> None:
    job = ImportJob.objects.claim(job_id)
    if job:
        work_on(job)
