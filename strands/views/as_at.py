from typing import Any

from django.http import Http404, HttpRequest

from contest_portal.access.as_at import looked_at
from contest_portal.audit.models import TrackedModel
from strands.figures.known import Known
from strands.forms.as_at import known_of


def as_at(request: HttpRequest, *models: type[TrackedModel]) -> tuple[Known, dict[str, Any]]:
    return looked_at(request, Known, *models)


def day_of(request: HttpRequest) -> Known:
    """For what has no bar to say so, such as a file: a day that is none is not found."""
    known = known_of(request.GET)
    if known is None:
        raise Http404
    return known
