from celery import shared_task
from django.utils import timezone

from contest_portal.accounts.models import User
from contest_portal.audit.acting import acting
from contest_portal.home.models import WorkerHeartbeat
from reports.workflow import chasing, clearing, return_comments, returns, saved_views
from strands.workflow import joint_work


@shared_task
def heartbeat() -> None:
    WorkerHeartbeat.beat()


@shared_task
def call_for_returns() -> None:
    portal = User.objects.portal()
    with acting(portal, reason="Call for returns"):
        returns.call_for_returns(timezone.localdate(), by=portal)
        chasing.remind(timezone.localdate(), by=portal)


@shared_task
def tell_of_saved_views() -> None:
    saved_views.tell_of_saved_views(timezone.localdate())


@shared_task
def remind_of_follow_ups() -> None:
    joint_work.remind_follow_ups(timezone.localdate())
    return_comments.remind_follow_ups(timezone.localdate())
    clearing.remind_consultees(timezone.localdate())
