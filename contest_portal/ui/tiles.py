"""A map of tiles: one per place, shaded in five steps and each with its number in words."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from contest_portal.ui.formats import number
from contest_portal.ui.tabular import Figure, columns_of

STEPS = 5
NICE = (1, 2, 3, 4, 5, 10)


@dataclass(frozen=True)
class Tile:
    label: str
    short: str
    words: str
    down: int
    across: int
    shade: int
    url: str | None
    mark: str

    @property
    def classes(self) -> str:
        marked = " portal-map__tile--marked" if self.mark else ""
        return f"tile-r{self.down}-c{self.across} shade-{self.shade}{marked}"


@dataclass(frozen=True)
class Key:
    shade: int
    words: str


def tile_map(figure: Figure, key: str = "") -> dict[str, Any]:
    """Context of ui/tile_map.html. `key` names the column that is mapped; the first numeric one otherwise."""
    index = _column(figure, key)
    placed = [row for row in figure.rows if getattr(row, "tile", None)]
    numbers = [value for row in placed if (value := row.values[index]) is not None]
    step = _step(max(numbers, default=0))
    tiles = [_tile(row, index, step) for row in placed]
    withheld = any(row.values[index] is None for row in placed)
    return {
        "tiles": tiles,
        "label": f"{figure.title}: {columns_of(figure)[index].label}",
        "legend": [*_legend(step), *([Key(0, "No number shown: the table says why")] if withheld else [])],
        "marks": sorted({tile.mark for tile in tiles if tile.mark}),
    }


def _column(figure: Figure, key: str) -> int:
    for index, column in enumerate(columns_of(figure)):
        if column.key == key or (not key and column.numeric):
            return index
    raise ValueError(f"The figure has no column “{key}” to map.")


def _tile(row: Any, index: int, step: int) -> Tile:
    value, (down, across) = row.values[index], row.tile
    shade = 0 if value is None else min(int(value // step) + 1, STEPS)
    short, mark = getattr(row, "short", "") or row.label[:4], getattr(row, "mark", "")
    return Tile(row.label, short, row.cells[index], down, across, shade, getattr(row, "url", None), mark)


def _legend(step: int) -> Iterator[Key]:
    for shade in range(1, STEPS):
        low, high = (shade - 1) * step, shade * step - 1
        yield Key(shade, number(low) if low == high else f"{number(low)} to {number(high)}")
    yield Key(STEPS, f"{number((STEPS - 1) * step)} or more")


def _step(highest: float) -> int:
    """The smallest round step that spreads 0 to the highest over the five shades."""
    scale = 1
    while True:
        for nice in NICE:
            if nice * scale * STEPS > highest:
                return nice * scale
        scale *= 10
