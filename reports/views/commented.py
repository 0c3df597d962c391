"""How much has been said of each chart of a dashboard."""

from dataclasses import replace
from typing import Any

from contest_portal.core.quarters import Quarter
from reports.figures import Figure
from reports.figures.parts import Part
from reports.models import ChartComment
from strands.figures.known import Known


def commented(found: dict[str, Figure], quarter: Quarter, known: Known, part: Part, user: Any) -> dict[str, Figure]:
    """Each figure with the number of comments on it. Of a day that is over, those that were written by then."""
    counts = comments_in(quarter, known, part, user)
    return {key: replace(figure, comments=counts.get(key, 0)) for key, figure in found.items()}


def comments_in(quarter: Quarter, known: Known, part: Part, user: Any) -> dict[str, int]:
    """How many there are on each figure, where there are any."""
    with known.of(ChartComment):
        return ChartComment.objects.visible_to(user).in_view(quarter, part.over, part.strand).counted()
