from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from contest_portal.access.gate import access
from contest_portal.core.markings import Marking, highest
from contest_portal.core.quarters import Quarter
from reports.figures.parts import WHOLE
from reports.figures.result import rows_url
from reports.rendering.printed import printed_in
from reports.views.commented import comments_in
from strands.figures.value_passport import value_passport
from strands.models import Measure
from strands.views.as_at import as_at


@access("measure.read")
def value(request: HttpRequest, code: str, quarter: str) -> HttpResponse:
    """Where the value of a measure in one quarter comes from, who stands behind it, and where it is printed."""
    try:
        asked = Quarter.from_key(quarter)
    except ValueError as error:
        raise Http404 from error
    measure = get_object_or_404(Measure.objects.visible_to(request.user).select_related("strand"), code=code)
    known, bar = as_at(request)
    found = value_passport(measure, asked, known)
    if found is None:
        return render(request, "reports/value/unknown.html", bar | {"measure": measure, "quarter": asked})
    papers = printed_in(code, asked, found.standing.words, user=request.user, known=known)
    context = {
        "found": found,
        "standing": found.standing,
        "quarter": asked,
        "papers": papers,
        "comments": comments_in(asked, known, WHOLE, request.user).get(code, 0),
        "comments_url": rows_url(code, asked, page="chart_comments", known_on=known.past_day),
        "marking": highest([Marking.OFFICIAL, *(printed.issue.paper.marking for printed in papers)]),
    }
    return render(request, "reports/value/value.html", bar | context)
