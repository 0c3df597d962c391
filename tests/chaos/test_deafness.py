"""A worker that hears nothing of what was sent ends by itself, so that its supervisor can start it again."""

import datetime as dt
import os
import subprocess
import sys
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models.functions import Now

from contest_portal.home.watchdog import DEAF
from contest_portal.management.programs import ROOT
from reports.models import Document
from tests import make

# A real worker that listens to a queue nobody sends to, with less patience than it would have.
WORKER = """
import datetime as dt
import django; django.setup()
from contest_portal.celery import app
from contest_portal.home import watchdog
watchdog.PATIENCE, watchdog.PAUSE = dt.timedelta(seconds=1), 0.5
app.worker_main(["worker", "--pool=solo", "--queues=nobody", "--loglevel=ERROR"])
"""


def test_deaf_worker_ends(committed: None) -> None:
    document = make.issue().documents.get(rendition="members")
    Document.objects.filter(pk=document.pk).update(dispatched_at=Now() - dt.timedelta(minutes=2))

    worker = subprocess.Popen([sys.executable, "-W", "ignore", "-c", WORKER], cwd=ROOT, env=environment())

    assert worker.wait(60) == DEAF


def environment() -> dict[str, str]:
    """Ours, with the database of this very test process."""
    url = urlsplit(os.environ["DATABASE_URL"])._replace(path="/" + settings.DATABASES["default"]["NAME"])
    return os.environ | {"DATABASE_URL": url.geturl(), "DJANGO_SETTINGS_MODULE": "contest_portal.settings"}
