"""The print queue of a board: everything that is being made of its papers, stopped and tried again."""

from typing import Any

from django.db import transaction

from contest_portal.core.jobs import JobState
from contest_portal.core.refusal import Refused
from contest_portal.notifications.telling import tell
from reports.models import Document, PackFile

Printed = Document | PackFile

SETTLED = "It is ready or has stopped already. Open the queue again to see."
NOT_STOPPED = "It is not stopped: it is waiting, being made or ready. Open it again to see."


def cancel(file: Printed, *, by: Any) -> None:
    """Stop making it. What it is made of is kept, and it can be made after all."""
    if not file.stop(f"{by.post or by.name} cancelled it. What it is made of is kept, and its number stays."):
        raise Refused(SETTLED)


def try_again(file: Printed, *, by: Any) -> None:
    """Make a stopped one after all, with the rights of the person who asks now."""
    if not file.queue_again(JobState.PARKED, owner=by):
        raise Refused(NOT_STOPPED)
    transaction.on_commit(file.announce, robust=True)


def tell_how_it_ended(file: Printed) -> None:
    """Whoever asked is told that a pack is ready, and of anything that it has stopped."""
    file.refresh_from_db(fields=["state", "attempts"])
    ready = file.is_ready and isinstance(file, PackFile)
    if not ready and not file.is_parked:
        return
    words = f"{file.name}: {'ready to download' if ready else 'it could not be made'}"
    text = f"{file.filename} {'is ready.' if ready else 'could not be made; the page says why.'}"
    event = f"made {file.pk} {file.state} {file.sha256}"
    tell([file.owner], words, text, link=file.get_absolute_url(), about="job", event=event)
