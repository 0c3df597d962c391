import structlog
from celery import shared_task

from contest_portal.accounts.models import User
from strands.figures import rolling_up
from strands.models import Attachment, ExportJob, ImportJob
from strands.spreadsheets.exporting import write
from strands.spreadsheets.loading import work_on
from strands.workflow import exporting, importing
from strands.workflow.attaching import scan_again

log = structlog.get_logger(__name__)


@shared_task
def work_on_spreadsheet(job_id: str) -> None:
    job = ImportJob.objects.claim(job_id)
    if job:
        work_on(job)


@shared_task
def forget_spreadsheets() -> None:
    importing.forget_spreadsheets()


@shared_task
def write_export(job_id: str) -> None:
    job = ExportJob.objects.claim(job_id)
    if job:
        write(job)


@shared_task
def forget_exports() -> None:
    exporting.forget_exports()


@shared_task
def fold_roll_up() -> None:
    rolling_up.fold()


@shared_task
def check_roll_up() -> None:
    """Dashboards are made of it, so a difference is an error, even where nobody sees it."""
    for difference in rolling_up.differences():
        log.error("roll_up_differs", cell=str(difference))


@shared_task
def scan_waiting_attachments() -> None:
    """Those that were sent while the virus checker was away."""
    portal = User.objects.portal()
    for attachment in Attachment.objects.waiting():
        scan_again(attachment, by=portal)
