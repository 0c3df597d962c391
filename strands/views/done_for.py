from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest

from contest_portal.core.markings import highest
from contest_portal.ui.paging import PAGE
from strands.figures.known import Known
from strands.models.activity_rows import ActivityQuerySet
from strands.spreadsheets.export import as_known

PER_PAGE = 10


def done_for(request: HttpRequest, rows: ActivityQuerySet, known: Known) -> dict[str, Any]:
    """What was done for a line of the plan, as far as the person may see it; `rows` are those that serve the line.

    Two records of one activity count once.
    """
    with as_known(known):
        found = rows.not_merged().newest_first().with_face()
        page = Paginator(found, PER_PAGE).get_page(request.GET.get(PAGE))
        page.object_list = list(page.object_list)
        delivered = found.delivered().count() if page.paginator.count else 0
    return {"done": page, "done_delivered": delivered, "marking": highest(activity.marking for activity in page)}
