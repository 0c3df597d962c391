"""What the quarters of a year come to. Of a flow their sum, of a stock the latest, of percentages the sums of both.

Where a quarter of it is withheld, so is the year.
"""

from collections.abc import Sequence

from contest_portal.core.quantity import Quantity, total
from strands.figures.standing import is_withheld
from strands.figures.suppression import CONFIDENTIAL
from strands.models.measure_words import MeasureKind
from strands.models.observation import Observation, percent


def year_to_date(observations: Sequence[Observation]) -> str:
    """In words; oldest first. Empty when there is none, or when the series breaks within the year."""
    if not observations or _is_broken(observations):
        return ""
    latest = observations[-1]
    kind = latest.measure_version.kind
    # The sum less the quarters that are shown would tell one that is not.
    if any(is_withheld(each) for each in (observations[-1:] if kind == MeasureKind.STOCK else observations)):
        return CONFIDENTIAL
    if kind == MeasureKind.PERCENTAGE:
        parts = sum(each.numerator or 0 for each in observations)
        whole = sum(each.denominator or 0 for each in observations)
        found = percent(parts, whole)
        return "" if found is None else f"{found}% ({parts:,} of {whole:,})"
    if kind == MeasureKind.FLOW:
        return str(total(Quantity(each.value, each.qualifier) for each in observations))
    return str(latest.quantity)


def _is_broken(observations: Sequence[Observation]) -> bool:
    first = observations[0].measure_version.number
    return any(each.measure_version.number != first and each.measure_version.breaks() for each in observations)
