"""How far the areas lie apart: the lowest, the middle and the highest with their names, and never a mean alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

from reports.figures.findings import NAMED_TOGETHER, listed
from reports.figures.result import Figure


@dataclass(frozen=True)
class Spread:
    """One column of a table over its rows. Words carry their qualifier; what was not recorded is left out and told."""

    label: str
    lowest: str
    lowest_names: str
    middle: str
    highest: str
    highest_names: str
    own: str
    note: str


def spreads(figure: Figure, own: str = "") -> list[Spread]:
    """Of every numeric column. `own` is the key of the row whose number stands beside them."""
    found = []
    for index, column in enumerate(figure.columns[1:]):
        rows = [(row.values[index], row.cells[index], row.label) for row in figure.rows]
        known = sorted((value, words, name) for value, words, name in rows if value is not None)
        if not column.numeric or not known:
            continue
        low, high = known[0], known[-1]
        mine = next((row.cells[index] for row in figure.rows if row.key == own), "")
        missing = len(rows) - len(known)
        found.append(
            Spread(
                column.label,
                low[1],
                _names(name for value, _, name in known if value == low[0]),
                f"{median(value for value, _, _ in known):,g}",
                high[1],
                _names(name for value, _, name in known if value == high[0]),
                mine,
                f"not recorded in {missing} of {len(rows)}" if missing else "",
            )
        )
    return found


def told_apart(found: list[Spread], figure: Figure) -> str:
    """In one sentence, of the first column."""
    if not found:
        return "Nothing was recorded in any area"
    spread = found[0]
    many = f"over {len(figure.rows)} areas"
    if spread.lowest == spread.highest:
        return f"{spread.label} {many}: {spread.lowest} in each"
    ends = f"from {spread.lowest} ({spread.lowest_names}) to {spread.highest} ({spread.highest_names})"
    return f"{spread.label} {many} run {ends}, with {spread.middle} in the middle"


def _names(found: Iterable[str]) -> str:
    names = sorted(found)
    return listed(names) if len(names) <= NAMED_TOGETHER else f"{len(names)} areas"
