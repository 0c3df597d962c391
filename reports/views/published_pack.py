import structlog
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from contest_portal.access.gate import public_page
from reports.models import PackFile
from reports.rendering import store
from reports.views.handing_out import attached

log = structlog.get_logger(__name__)


@public_page
def published_pack(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """The public pack, once everything in it is published."""
    found = get_object_or_404(PackFile.objects.published(), pack=pk, pack__meeting__board__key=key)
    try:
        content = store.read(found.sha256)
    except store.NotAsStored as failure:
        log.critical("published_pack_damaged", pack=pk, reason=str(failure))
        raise Http404 from failure
    return attached(content, found.filename)
