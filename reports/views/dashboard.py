from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from contest_portal.access.gate import access
from contest_portal.access.grants import may, scope_of
from contest_portal.ui.quarter import QuarterForm
from reports.figures import FIGURES, Figure, figures
from reports.rendering.consolidation import measures_in, telling
from reports.views.chosen import chosen_quarter
from strands.models import Activity
from strands.views.as_at import as_at


@access("dashboard.read")
def dashboard(request: HttpRequest) -> HttpResponse:
    """London in one quarter: the last one that is over, unless the address names another."""
    known, bar = as_at(request, Activity)
    quarter = chosen_quarter(request, known.day)
    own = scope_of(request.user, "activity.read").boroughs
    keys = [key for key, definition in FIGURES.items() if may(request.user, definition.permission)]
    measures = measures_in(quarter, known, user=request.user)
    found = {key: figure.marked(own, "your borough") for key, figure in figures(keys, quarter, known).items()}
    context = bar | {
        "quarter": quarter,
        "form": QuarterForm(quarter),
        "key_numbers": [figure for figure in found.values() if figure.quantity is not None],
        "measures": measures,
        "measure_rows": telling(measures),
        "own": _own(found["activities_by_borough"]),
        "waiting": _waiting(found.get("returns_by_borough")),
        **{f"by_{key}": figure for key, figure in found.items()},
    }
    return render(request, "reports/dashboard/london.html", context)


def _own(figure: Figure) -> list[dict[str, Any]]:
    """The numbers of the reader's own boroughs, each with its address."""
    return [
        {"name": row.label, "numbers": list(zip(figure.columns[1:], row.cells, row.links, strict=True))}
        for row in figure.rows
        if row.mark
    ]


def _waiting(figure: Figure | None) -> dict[str, list[str]]:
    """Whose return is not accepted yet, by how far it has got. Empty for those who may not know."""
    waiting: dict[str, list[str]] = {}
    for row in figure.rows if figure else ():
        if not row.values[0]:
            waiting.setdefault(row.cells[0], []).append(row.label)
    return waiting
