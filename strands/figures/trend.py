"""A measure over twelve quarters, as a chart and a table. No line is drawn across a break in the series."""

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise

from contest_portal.core.markings import Marking
from contest_portal.core.quarters import Quarter
from contest_portal.ui.formats import day as in_words
from strands.figures.comparing import source_of
from strands.figures.known import Known
from strands.figures.standing import Standing, counted, state_on, version_for
from strands.figures.suppression import CONFIDENTIAL
from strands.figures.year_to_date import added_up
from strands.models import Measure, MeasureVersion, Observation
from strands.models.measure import MeasureState

LENGTH = 12


@dataclass(frozen=True)
class TrendColumn:
    key: str
    label: str
    numeric: bool = True


@dataclass(frozen=True)
class TrendRow:
    """`breaks` are the words at which the line starts again."""

    key: str
    label: str
    values: tuple[float | None, ...]
    cells: tuple[str, ...]
    breaks: str
    url: str | None = None


@dataclass(frozen=True)
class Trend:
    version: MeasureVersion
    quarters: tuple[Quarter, ...]
    rows: tuple[TrendRow, ...]
    columns: tuple[TrendColumn, ...]
    source: str
    as_at: str
    year: str
    chart: str = "trend"
    marking: str = Marking.OFFICIAL

    @property
    def title(self) -> str:
        return f"{self.version}, {self.quarters[0].short} to {self.quarters[-1].short}"

    @property
    def finding(self) -> str:
        """What the numbers show, with every break that they must not be read across."""
        known = [row for row in self.rows if row.values[0] is not None]
        said = [f"{row.label}: a new series begins ({row.breaks})" for row in self.rows if row.breaks]
        latest = f"{known[-1].cells[0]} in {known[-1].label}" if known else "no value yet"
        return f"{self.version}: {'; '.join([latest, *said])}."

    @property
    def has_line(self) -> bool:
        return sum(row.values[0] is not None for row in self.rows) > 1


@dataclass(frozen=True)
class _Series:
    """A measure with those that it took the place of, as they were known."""

    measure: Measure
    versions: dict[int, list[MeasureVersion]]
    observations: dict[int, list[Observation]]
    before: tuple[Measure, ...]
    known: Known

    def standing(self, quarter: Quarter) -> Standing:
        """Its own once it had a definition; before that the one of the measure that it follows."""
        found = self._of(self.measure, quarter)
        if found.version is None:
            found = next((each for each in (self._of(one, quarter) for one in self.before) if each.version), found)
        return found

    def _of(self, measure: Measure, quarter: Quarter) -> Standing:
        version = version_for(self.versions[measure.pk], quarter)
        value = counted(each for each in self.observations[measure.pk] if each.quarter == quarter)
        return Standing(version, quarter, state_on(self.known.day, version, quarter, value), value, None)

    def break_at(self, now: Standing, earlier: Standing) -> str:
        """Why its line starts again with this quarter; empty where it goes on."""
        if now.version is None or earlier.version is None or now.version.pk == earlier.version.pk:
            return ""
        if now.version.measure_id != earlier.version.measure_id:
            return f"{now.version.measure.code} from {in_words(now.version.starts)}"
        between = (each for each in self.versions[now.version.measure_id] if each.number > earlier.version.number)
        return "new definition" if any(each.breaks() for each in between if each.starts <= now.quarter.end) else ""


def trend_of(measure: Measure, quarter: Quarter, known: Known) -> Trend | None:
    """Up to that quarter; None before the measure had a definition. Four queries."""
    series = _series(measure, known)
    found = [series.standing(each) for each in quarter.last(LENGTH)]
    version = version_for(series.versions[measure.pk], quarter)
    if version is None:
        return None
    earlier = [series.standing(found[0].quarter.previous()), *found]
    rows = tuple(_row(now, series.break_at(now, then)) for then, now in zip(earlier, found, strict=False))
    columns = (TrendColumn("quarter", "Quarter", numeric=False), TrendColumn("value", version.unit.capitalize()))
    quarters = tuple(each.quarter for each in found)
    return Trend(version, quarters, rows, columns, source_of(version), in_words(known.day), _year(series, quarter))


def _series(measure: Measure, known: Known) -> _Series:
    follows = MeasureVersion.objects.filter(successor=measure).values_list("measure", flat=True)
    candidates = [measure, *Measure.objects.filter(pk__in=follows).exclude(pk=measure.pk)]
    settled = known.versions(candidates)
    versions: dict[int, list[MeasureVersion]] = defaultdict(list)
    observations: dict[int, list[Observation]] = defaultdict(list)
    for version in settled:
        versions[version.measure_id].append(version)
    for observation in known.observations(candidates, settled):
        observations[observation.measure_id].append(observation)
    before = tuple(one for one in candidates[1:] if any(_led_to(each, measure) for each in versions[one.pk]))
    return _Series(measure, versions, observations, before, known)


def _led_to(version: MeasureVersion, measure: Measure) -> bool:
    return version.successor_id == measure.pk and version.state == MeasureState.RETIRED


def _row(standing: Standing, breaks: str) -> TrendRow:
    found = standing.observation
    shown = found is not None and standing.state.has_colour and not standing.is_withheld
    number = found.number if found is not None and shown else None
    value = None if number is None else float(number)
    return TrendRow(standing.quarter.key, standing.quarter.short, (value,), (standing.words,), breaks)


def _year(series: _Series, quarter: Quarter) -> str:
    """The financial year so far, or why it has no sum."""
    found = [series.standing(Quarter(quarter.year, number)) for number in range(1, quarter.number + 1)]
    for then, now in pairwise(found):
        if words := series.break_at(now, then):
            begins = f"a new series begins in {now.quarter.short} ({words})"
            return f"No year to date: {begins}, and nothing is added up across."
    with_value = [each for each in found if each.observation is not None and each.state.has_colour]
    if not with_value:
        return ""
    words = added_up([each.observation for each in with_value if each.observation is not None])
    if words == CONFIDENTIAL:
        return "No year to date: a quarter of it is withheld, and could be had by subtraction."
    lacking = ", ".join(each.quarter.short for each in found if each not in with_value)
    return f"Year to date: {words}{f' (without {lacking})' if lacking else ''}."
