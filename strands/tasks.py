from celery import shared_task

from strands.models import ExportJob, ImportJob
from strands.spreadsheets.exporting import write
from strands.spreadsheets.loading import work_on


@shared_task
def work_on_spreadsheet(job_id: str) -> None:
    job = ImportJob.objects.claim(job_id)
    if job:
        work_on(job)


@shared_task
def write_export(job_id: str) -> None:
    job = ExportJob.objects.claim(job_id)
    if job:
        write(job)
