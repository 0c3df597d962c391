"""Asking for the PDF of a dashboard. What is on it is frozen at once; a worker makes the file."""

import datetime as dt
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.text import slugify

from contest_portal.access.grants import rights_of
from contest_portal.audit.acting import moment
from contest_portal.core.jobs import RESEND, JobState
from contest_portal.core.refusal import Refused
from reports.models import PageDocument
from reports.rendering import store
from reports.rendering.composition import Content
from reports.rendering.snapshot import canonical, sha256_of
from strands.figures.known import Known

KEPT_FOR = dt.timedelta(days=30)


def ask_for_page(content: Content, *, known: Known, address: str, by: Any) -> PageDocument:
    """The person's document of that content. Asked for twice on one day with nothing changed, it is the same one."""
    asked = {"at": moment().isoformat(), "as_at": known.seen_at.isoformat(), "by": made_for(by)}
    page = content["page"]
    document, is_new = PageDocument.objects.get_or_create(
        owner=by,
        rights=rights_of(by),
        input_hash=sha256_of(canonical(content | {"day": timezone.localdate().isoformat(), "by": asked["by"]})),
        defaults={
            "title": page["title"],
            "address": address,
            "marking": page["marking"],
            "snapshot": canonical(content | {"asked": asked}),
            "filename": f"{slugify('dashboard ' + page['title'])[:120]}-{page['marking']}.pdf",
            "next_dispatch": Now() + RESEND,
        },
    )
    if is_new:
        transaction.on_commit(document.announce, robust=True)
    return document


def retry_page(document: PageDocument) -> None:
    if not document.snapshot or not document.queue_again(JobState.PARKED):
        raise Refused("This document is not stopped: it is waiting, being made or ready. Open it again to see.")
    transaction.on_commit(document.announce, robust=True)


@transaction.atomic
def forget_pages() -> int:
    """The files that were kept for long enough. How many."""
    files = PageDocument.objects.forget(asked_before=timezone.now() - KEPT_FOR)
    for digest in files:
        transaction.on_commit(partial(store.remove, digest), robust=True)
    return len(files)


def made_for(person: Any) -> str:
    return f"{person}, {person.post}" if person.post else str(person)
