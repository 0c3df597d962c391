"""Two quarters, two areas or two days side by side."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from boroughs.models import Borough, Grouping
from contest_portal.access.gate import access
from contest_portal.core.quarters import Quarter
from contest_portal.ui.formats import day
from reports.figures import figures
from reports.figures.differences import Beside, beside
from reports.figures.measures_beside import measures_beside
from reports.figures.parts import WHOLE, Part
from reports.figures.rights import readable
from reports.forms.comparison import SideForm
from reports.views.chosen import part_named
from strands.figures.known import Known
from strands.models import Measure

LEFT, RIGHT = "a", "b"


@dataclass(frozen=True)
class Side:
    quarter: Quarter
    part: Part
    known: Known

    @property
    def name(self) -> str:
        then = f", as known on {day(self.known.day)}" if self.known.is_past else ""
        return f"{self.part.name}, {self.quarter.short}{then}"


@access("dashboard.read")
def comparison(request: HttpRequest) -> HttpResponse:
    """From the left to the right: each number on both sides and what may be said of the difference."""
    over = Quarter.of(timezone.localdate()).previous()
    forms = [_form(request, LEFT, over.previous()), _form(request, RIGHT, over)]
    context: dict[str, Any] = {"forms": list(zip(("First", "Second"), forms, strict=True))}
    valid = [form.is_valid() for form in forms]
    context["failed"] = next((form for form, right in zip(forms, valid, strict=True) if not right), None)
    if all(valid):
        context |= _sides(request, *[_side(request, form) for form in forms])
    return render(request, "reports/comparison/page.html", context)


def _form(request: HttpRequest, name: str, default: Quarter) -> SideForm:
    """Filled in from the address, and what it leaves out from the last two quarters that are over."""
    data = request.GET.copy()
    data.setdefault(f"{name}-quarter", default.key)
    choices: dict[str, Any] = {
        "default": default,
        "groupings": Grouping.objects.order_by("name"),
        "areas": Borough.objects.visible_to(request.user).order_by("name"),
    }
    return SideForm(data, prefix=name, **choices)


def _side(request: HttpRequest, form: SideForm) -> Side:
    given = form.cleaned_data
    quarter = Quarter.from_key(given["quarter"])
    known = Known.on(given["as_at"]) if given["as_at"] else Known.now()
    return Side(quarter, part_named(request, given["over"], quarter), known)


def _sides(request: HttpRequest, left: Side, right: Side) -> dict[str, Any]:
    context: dict[str, Any] = {"left": left, "right": right}
    empty = [side for side in (left, right) if side.part.is_empty]
    if empty:
        return context | {"empty": empty[0]}
    keys = [key for key in readable(request.user, left.part) if key in readable(request.user, right.part)]
    one = figures(keys, left.quarter, left.known, left.part)
    two = figures(keys, right.quarter, right.known, right.part)
    rows = [beside(one[key], two[key]) for key in keys if one[key].quantity is not None]
    return context | {"rows": rows, "measures": _measures(request.user, left, right)}


def _measures(user: Any, left: Side, right: Side) -> list[Beside]:
    """Only London has values of measures; beside those of another part nothing is set."""
    if left.part is not WHOLE or right.part is not WHOLE:
        return []
    measures = list(Measure.objects.visible_to(user).select_related("strand"))
    return measures_beside(measures, (left.quarter, left.known), (right.quarter, right.known))
