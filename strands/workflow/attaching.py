"""Files beside activities: kept, checked for viruses, opened and taken out."""

import hashlib
import os
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import transaction

from contest_portal.audit.acting import acting, moment
from contest_portal.audit.models import AccessRecord
from contest_portal.core.clamd import ScannerAway, has_virus
from contest_portal.core.markings import Marking
from contest_portal.core.refusal import Refused
from strands.models import Activity, Attachment
from strands.models.attachment import Scan


@transaction.atomic
def attach(activity: Activity, *, content: bytes, by: Any, **about: Any) -> Attachment:
    """Add an inspected file. Until the virus check is done nobody opens it."""
    Activity.objects.editable_by(by).select_for_update().get(pk=activity.pk)
    with acting(by):
        attachment = Attachment(
            activity=activity, sha256=_keep(content), size=len(content), scan=_scanned(content), added_by=by, **about
        )
        attachment.save()
    return attachment


def scan_again(attachment: Attachment, *, by: Any) -> None:
    """Of one that was sent while the checker was away."""
    result = _scanned(content_of(attachment))
    if result != attachment.scan:
        with acting(by, reason="Virus check"):
            attachment.scan = result
            attachment.save()


def take_out(attachment: Attachment, *, by: Any) -> None:
    with acting(by, reason="Attachment taken out"):
        attachment.removed_at = moment()
        attachment.save()


def open_attachment(attachment: Attachment, *, by: Any) -> bytes:
    if reason := attachment.why_not_open(by):
        raise Refused(reason)
    if Marking.OFFICIAL_SENSITIVE in (attachment.marking, attachment.activity.marking):
        what = f"attachment {attachment.pk} of activity {attachment.activity.reference}"
        AccessRecord(user=by, action="download", what=what).save()
    return content_of(attachment)


def content_of(attachment: Attachment) -> bytes:
    return _path(attachment.sha256).read_bytes()


def _scanned(content: bytes) -> Scan:
    if not settings.CLAMD_URL:
        return Scan.NONE
    try:
        return Scan.INFECTED if has_virus(content, settings.CLAMD_URL) else Scan.CLEAN
    except ScannerAway:
        return Scan.WAITING


def _keep(content: bytes) -> str:
    """Written whole under another name first, so that a file with a hash for a name is always the right one."""
    digest = hashlib.sha256(content).hexdigest()
    path = _path(digest)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_name(f"{digest}.{uuid4().hex}")
        with unfinished.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        unfinished.rename(path)
    return digest


def _path(digest: str) -> Path:
    return Path(settings.PORTAL_DOCUMENTS) / "attachments" / digest[:2] / digest
