"""What the quarters of a year come to, by the rule of the measure: nothing is ever added up across a break.

Where a quarter of it is withheld, so is the year.
"""

from collections.abc import Sequence

from contest_portal.core.quantity import Quantity, total
from strands.figures.standing import is_withheld
from strands.figures.suppression import CONFIDENTIAL
from strands.models.measure_words import YearRule
from strands.models.observation import Observation, percent


def year_to_date(observations: Sequence[Observation]) -> str:
    """In words; oldest first. Empty when there is none, or when the series breaks within the year."""
    if not observations or _is_broken(observations):
        return ""
    return added_up(observations)


def added_up(observations: Sequence[Observation]) -> str:
    """Values of one series, oldest first, by the rule of the last of them."""
    latest = observations[-1]
    rule = latest.measure_version.rule
    # The sum less the quarters that are shown would tell one that is not.
    if any(is_withheld(each) for each in (observations[-1:] if rule == YearRule.LATEST else observations)):
        return CONFIDENTIAL
    if rule == YearRule.RATIO:
        parts = sum(each.numerator or 0 for each in observations)
        whole = sum(each.denominator or 0 for each in observations)
        found = percent(parts, whole)
        return "" if found is None else f"{found}% ({parts:,} of {whole:,})"
    if rule == YearRule.SUM:
        return str(total(Quantity(each.value, each.qualifier) for each in observations))
    return _one_of(observations, rule)


def _one_of(observations: Sequence[Observation], rule: YearRule) -> str:
    """The latest, or the highest or lowest of those that have a number."""
    ranked = sorted((each for each in observations if each.number is not None), key=lambda each: each.number or 0)
    if not ranked or rule == YearRule.LATEST:
        chosen = observations[-1]
    else:
        chosen = ranked[-1] if rule == YearRule.HIGHEST else ranked[0]
    if chosen.denominator:
        return f"{chosen.number}% ({chosen.numerator:,} of {chosen.denominator:,})"
    return str(chosen.quantity)


def _is_broken(observations: Sequence[Observation]) -> bool:
    first = observations[0].measure_version.number
    return any(each.measure_version.number != first and each.measure_version.breaks() for each in observations)
