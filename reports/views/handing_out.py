"""Handing out a file that a worker made."""

import structlog
from django.http import HttpResponse
from django.utils.http import content_disposition_header

from contest_portal.core.refusal import Refused
from reports.rendering import store

DAMAGED = (
    "The stored file is not the one that was made, so it is not handed out. "
    "Tell whoever runs the portal; what was frozen is safe and the file can be made again."
)

log = structlog.get_logger(__name__)


def handed_out(sha256: str, filename: str, content_type: str = "application/pdf") -> HttpResponse:
    try:
        content = store.read(sha256)
    except store.NotAsStored as failure:
        log.critical("stored_file_damaged", sha256=sha256, reason=str(failure))
        raise Refused(DAMAGED) from failure
    return attached(content, filename, content_type)


def attached(content: bytes, filename: str, content_type: str = "application/pdf") -> HttpResponse:
    headers = {
        "Content-Disposition": content_disposition_header(as_attachment=True, filename=filename) or "attachment",
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(content, content_type=content_type, headers=headers)
