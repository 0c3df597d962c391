"""What a value must not be set beside, and why: from its kind, its versions, its level and its source."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from contest_portal.ui.formats import day
from strands.models import MeasureVersion
from strands.models.measure_words import Level, MeasureKind, SensitivityClass, Source


@dataclass(frozen=True)
class Caution:
    beside: str
    why: str


_APART = "Neither is a sum of the other, and the two are never added up."
_SCALE = Caution("A count", "It is a step on a scale. Steps are not added up, and have no mean.")
_KINDS = {
    MeasureKind.FLOW: Caution(
        "A stock: how things stood on one day", f"It is a flow, and counts what happened in its period. {_APART}"
    ),
    MeasureKind.STOCK: Caution(
        "A flow: what happened in a quarter, or in a part of one",
        f"It is a stock, and says how things stood on one day. {_APART}",
    ),
    MeasureKind.PERCENTAGE: Caution(
        "A mean of percentages", "Over several quarters the parts and the wholes are added up first, each for itself."
    ),
    MeasureKind.YES_NO: _SCALE,
    MeasureKind.ORDINAL: _SCALE,
}


def cautions(version: MeasureVersion, versions: Iterable[MeasureVersion]) -> list[Caution]:
    """`versions` are those of the measure that were ever in force."""
    return [_KINDS[MeasureKind(version.kind)], *_breaks(version, versions), *_levels(version), *_sources(version)]


def _breaks(version: MeasureVersion, versions: Iterable[MeasureVersion]) -> Iterator[Caution]:
    for each in sorted(versions, key=lambda found: found.number):
        if each.breaks():
            when = "before" if each.number <= version.number else "from"
            note = each.comparability_note or each.reason
            why = f"Version {each.number} counts by another definition, so a new series begins with it. {note}"
            yield Caution(f"Values {when} {day(each.starts)}", why.strip())
    if version.successor_id:
        yield Caution(f"{version.successor}, which follows it", "It counts by a definition of its own.")


def _levels(version: MeasureVersion) -> Iterator[Caution]:
    if version.publication_level != Level.LONDON:
        return
    why = "It is published for London as a whole."
    if version.sensitivity == SensitivityClass.S2:
        why = "There is no split by borough, by policy: what could point to individuals is collected for London alone."
    yield Caution("A number for one borough or one police command unit", why)


def _sources(version: MeasureVersion) -> Iterator[Caution]:
    if version.source == Source.TYPED and version.collection_level == Level.LONDON:
        why = f"It comes from another source ({source_of(version)}), and nothing in the activity log adds up to it."
        yield Caution("A sum of what the boroughs log", why)


def source_of(version: MeasureVersion) -> str:
    """The case system of a team, or what is read in the log."""
    label = Source(version.source).label
    if version.source == Source.TYPED:
        return version.source_name or label
    return f"{label} ({version.source_name})" if version.source_name else label
