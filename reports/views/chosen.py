import datetime as dt

from django.http import Http404, HttpRequest
from django.utils import timezone

from boroughs.models import Borough, Grouping
from contest_portal.core.quarters import Quarter
from reports.figures.definitions import LONDON_33
from reports.figures.parts import WHOLE, Part, part_of_areas, part_of_grouping
from strands.models import Strand


def chosen_quarter(request: HttpRequest, day: dt.date | None = None) -> Quarter:
    """The one that the address names; the last one that was over on that day when it names none."""
    try:
        return Quarter.from_key(request.GET["quarter"])
    except KeyError:
        return Quarter.of(day or timezone.localdate()).previous()
    except ValueError as error:
        raise Http404 from error


def chosen_part(request: HttpRequest, quarter: Quarter) -> Part:
    """The areas and the strand that the address names; all of London when it names none.

    A grouping is the one that stood when the quarter ended, and may have had no areas then.
    """
    part = part_named(request, request.GET.get("over", ""), quarter)
    key = request.GET.get("strand", "")
    return part.within(strand_named(key)) if key else part


def part_named(request: HttpRequest, over: str, quarter: Quarter) -> Part:
    if over in ("", LONDON_33.key):
        return WHOLE
    areas = Borough.objects.visible_to(request.user)
    if over[:1] == "E":
        codes = over.split(",")
        found = list(areas.filter(pk__in=codes).order_by("name"))
        if len(found) != len(codes):
            raise Http404
        return part_of_areas(found)
    grouping = Grouping.objects.filter(pk=over).first()
    if grouping is None:
        raise Http404
    members = areas.in_grouping(grouping.pk, quarter.end).values_list("pk", flat=True)
    return part_of_grouping(grouping.pk, grouping.name, members)


def strand_named(key: str) -> Strand:
    found = Strand.objects.filter(pk=key).first()
    if found is None:
        raise Http404
    return found
