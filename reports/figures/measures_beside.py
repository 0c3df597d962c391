"""Measures of two quarters, or of two days, side by side. Where a definition broke between them nothing is compared."""

from decimal import Decimal

from contest_portal.core.quarters import Quarter
from reports.figures.definitions import MEASURES
from reports.figures.differences import APART, Beside, said
from reports.figures.result import rows_url
from strands.figures.known import Known
from strands.figures.measuring import standings_over
from strands.figures.standing import Standing
from strands.models import Measure, MeasureVersion
from strands.models.measure_words import MeasureKind

Moment = tuple[Quarter, Known]


def measures_beside(measures: list[Measure], left: Moment, right: Moment) -> list[Beside]:
    """Of every measure that has a value on both sides, or on one of them."""
    before, after = _on(measures, left), _on(measures, right)
    versions = right[1].versions(measures)
    found = []
    for measure in measures:
        one, two = before[measure], after[measure]
        if not (one.state.has_colour or two.state.has_colour):
            continue
        named = two.version or one.version
        found.append(
            Beside(
                str(named),
                one.words,
                two.words,
                _difference(one, two, [each for each in versions if each.measure_id == measure.pk]),
                rows_url(measure.code, left[0], known_on=left[1].past_day),
                rows_url(measure.code, right[0], known_on=right[1].past_day),
            )
        )
    return found


def _on(measures: list[Measure], moment: Moment) -> dict[Measure, Standing]:
    quarter, known = moment
    return {measure: standings[0] for measure, standings in standings_over(measures, [quarter], known).items()}


def _difference(one: Standing, two: Standing, versions: list[MeasureVersion]) -> str:
    if one.version is None or two.version is None or not (one.state.has_colour and two.state.has_colour):
        return f"{APART}one of the two has no value."
    if broken := _break_between(one.version, two.version, versions):
        return broken
    if one.is_withheld or two.is_withheld or one.observation is None or two.observation is None:
        return f"{APART}a number is withheld because it is small."
    kind = two.version.kind
    if kind in (MeasureKind.YES_NO, MeasureKind.ORDINAL):
        return "the same" if one.words == two.words else "different: steps of a scale have no distance"
    if kind == MeasureKind.PERCENTAGE:
        return points(one.observation.number, two.observation.number)
    return said(MEASURES["value"], one.observation.quantity, two.observation.quantity)


def _break_between(one: MeasureVersion, two: MeasureVersion, versions: list[MeasureVersion]) -> str:
    first, last = sorted((one.number, two.number))
    for each in versions:
        if first < each.number <= last and each.breaks():
            return (
                f"{APART}version {each.number} counts by another definition from {each.starts:%-d %B %Y}, "
                "so a new series begins there."
            )
    return ""


def points(one: Decimal | None, two: Decimal | None) -> str:
    if one is None or two is None:
        return f"{APART}one of the two is not recorded."
    change = two - one
    if not change:
        return "the same"
    # Whole ones, as the values are shown: a reader subtracts those.
    whole = abs(two.quantize(Decimal(1)) - one.quantize(Decimal(1)))
    number = f"{whole} percentage point{'' if whole == 1 else 's'}" if whole else "less than 1 percentage point"
    return f"{number} {'more' if change > 0 else 'fewer'}"
