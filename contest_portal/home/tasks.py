from celery import shared_task
from django.utils import timezone

from contest_portal.accounts.models import User
from contest_portal.audit.acting import acting
from contest_portal.home.models import WorkerHeartbeat
from reports.workflow import chasing, returns


@shared_task
def heartbeat() -> None:
    WorkerHeartbeat.beat()


@shared_task
def call_for_returns() -> None:
    portal = User.objects.portal()
    with acting(portal, reason="Call for returns"):
        returns.call_for_returns(timezone.localdate(), by=portal)
        chasing.remind(timezone.localdate(), by=portal)
