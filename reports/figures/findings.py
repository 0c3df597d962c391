"""What a table shows, in one sentence that is computed and never says more than the numbers do."""

from collections.abc import Callable, Iterable

from contest_portal.core.quantity import Quantity
from contest_portal.core.quarters import Quarter
from reports.figures.definitions import Definition
from reports.figures.reading import Reading
from reports.figures.tally import NOTHING, added
from reports.models import ReturnStatus

NAMED_TOGETHER = 3


def finding(definition: Definition, reading: Reading) -> str:
    return FINDINGS[definition.key](reading)


def most_activities_by_borough(reading: Reading) -> str:
    tallies = reading.tally("borough")
    counts = [(borough.name, _count(tallies, (borough.pk,), "activities")) for borough in reading.boroughs]
    highest = max(count for _, count in counts)
    if not highest:
        return _sentence(reading, "no activities were delivered in any area")
    without = sum(count == 0 for _, count in counts)
    names, tied = _with(counts, highest)
    subject = f"{names} {'have' if tied else 'has'} most, {_counted(highest, 'activity')}{' each' if tied else ''}"
    return _sentence(reading, f"{subject}; {_without(without)}")


def most_activities_by_strand(reading: Reading) -> str:
    tallies = reading.tally("strand")
    counts = [(strand.name, _count(tallies, (strand.pk,), "activities")) for strand in reading.strands]
    highest, all_ = max(count for _, count in counts), sum(count for _, count in counts)
    if not highest:
        return _sentence(reading, "no activities were delivered under any strand")
    names, tied = _with(counts, highest)
    verb, each = ("have", " each") if tied else ("has", "")
    return _sentence(reading, f"{names} {verb} most: {highest:,}{each} of {_counted(all_, 'activity')}")


def most_attendance_by_strand(reading: Reading) -> str:
    """Only exact counts can be ranked for certain; any others are ranked on what was recorded, and it says so."""
    tallies = reading.tally("strand")
    found = [(strand.name, tallies.get((strand.pk,), NOTHING)["attendance"]) for strand in reading.strands]
    london = reading.tally()[()]["attendance"]
    highest = max(quantity.value or 0 for _, quantity in found)
    if london.value is None:
        return _sentence(reading, "attendance was not recorded at any activity")
    if not highest:
        return _sentence(reading, f"attendance is {london}")
    names, tied = _with([(name, quantity.value or 0) for name, quantity in found], highest)
    shown = next(quantity for _, quantity in found if quantity.value == highest)
    certain = all(quantity.qualifier == "exact" for _, quantity in found)
    words = f"{highest:,} each" if tied else str(shown)
    lead = f"{'' if certain else 'on what was recorded, '}{names} {'have' if tied else 'has'} most attendance"
    return _sentence(reading, f"{lead}: {words} of {london}")


def change_over_time(reading: Reading) -> str:
    """The latest quarter that is over against the one before and the same one a year ago. Up is not called good."""
    last = reading.trend_quarters[-1]
    now, before, a_year_ago = (_in_quarter(reading, quarter) for quarter in (last, last.previous(), last.shifted(-4)))
    if not (now or before or a_year_ago):
        return f"No activities were delivered in {last.short}, nor in the quarter before or a year earlier"
    counted = f"{_counted(now, 'activity').capitalize()} in {last.short}"
    if reading.is_before_log(last.previous()):
        return f"{counted}, with which the log begins"
    year = "of a year earlier there is no log"
    if not reading.is_before_log(last.shifted(-4)):
        year = f"{_compared(now, a_year_ago)} a year earlier"
    against = f"{_compared(now, before)} in {last.previous().short} and {year}"
    return f"{counted}: {against}"


def state_of_returns(reading: Reading) -> str:
    expected = len(reading.boroughs)
    found = [reading.returns[borough.pk] for borough in reading.boroughs if borough.pk in reading.returns]
    accepted = sum(each.has_accepted for each in found)
    if accepted == expected:
        return f"All {expected} returns are accepted" if expected > 1 else "The return is accepted"
    sent = sum(each.status == ReturnStatus.SUBMITTED for each in found)
    missing = expected - accepted - sent
    parts = [f"{accepted} of {expected} returns are accepted"]
    parts += [f"{sent} {'waits' if sent == 1 else 'wait'} for a decision"] if sent else []
    parts += [f"{missing} {'is' if missing == 1 else 'are'} still to come"] if missing else []
    return ", ".join(parts[:-1]) + f" and {parts[-1]}" if len(parts) > 1 else parts[0]


FINDINGS: dict[str, Callable[[Reading], str]] = {
    "activities_by_borough": most_activities_by_borough,
    "activities_by_strand": most_activities_by_strand,
    "attendance_by_strand": most_attendance_by_strand,
    "activities_trend": change_over_time,
    "returns_by_borough": state_of_returns,
}


def listed(names: Iterable[str]) -> str:
    """Brent, Camden and Harrow"""
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last


def _with(counts: list[tuple[str, int]], highest: int) -> tuple[str, bool]:
    """Who has the highest count, and whether they are several; more than a few are counted, not named."""
    names = [name for name, count in counts if count == highest]
    return (listed(names) if len(names) <= NAMED_TOGETHER else f"{len(names)} areas"), len(names) > 1


def _without(count: int) -> str:
    if not count:
        return "every area has at least one"
    return "1 area has none" if count == 1 else f"{count} areas have none"


def _counted(count: int, noun: str) -> str:
    if not count:
        return "no activities"
    return f"1 {noun}" if count == 1 else f"{count:,} activities"


def _compared(now: int, then: int) -> str:
    if now == then:
        return "as many as"
    return f"{abs(now - then):,} {'more' if now > then else 'fewer'} than"


def _in_quarter(reading: Reading, quarter: Quarter) -> int:
    return _value(added(tally for key, tally in reading.trend.items() if key[0] == quarter.key)["activities"])


def _count(tallies: dict, key: tuple[str, ...], measure: str) -> int:
    return _value(tallies.get(key, NOTHING)[measure])


def _value(quantity: Quantity) -> int:
    return quantity.value or 0


def _sentence(reading: Reading, words: str) -> str:
    text = reading.so_far + words
    return text[0].upper() + text[1:]
