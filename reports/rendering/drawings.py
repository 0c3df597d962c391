"""Drawings of a dashboard for print that a page makes of lists and styles: the map of tiles, and the small multiples.

They are SVG text of plain rectangles and words, as charts are.
"""

from collections.abc import Iterable
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

from contest_portal.ui.palette import BLUE, LINE, QUIET, SHADES, TEXT, text_on
from contest_portal.ui.tiles import tile_map
from reports.figures import Figure
from reports.figures.multiples import HEIGHT, WIDTH, Small

TILE, GAP = (98, 54), 4
CELL = (168, 62)
IN_A_ROW = 4
KEY = 120
FONT = "Inter"


def map_svg(figure: Figure) -> str:
    """One tile for each area, shaded as its number, with the key below."""
    drawn = tile_map(figure)
    tiles, legend = drawn["tiles"], drawn["legend"]
    wide, high = TILE[0] + GAP, TILE[1] + GAP
    top, left = min(tile.down for tile in tiles), min(tile.across for tile in tiles)
    down = max(tile.down for tile in tiles) - top + 1
    across = max(tile.across for tile in tiles) - left + 1
    root = _svg(max(across * wide, len(legend) * KEY), down * high + 30)
    for tile in tiles:
        x, y = (tile.across - left) * wide, (tile.down - top) * high
        colour = SHADES[tile.shade]
        ink = text_on(colour)
        edge = {"stroke": TEXT, "stroke-width": "3"} if tile.mark else {"stroke": LINE}
        _rect(root, x + 1.5, y + 1.5, TILE[0] - 3, TILE[1] - 3, fill=colour, **edge)
        _words(root, x + 8, y + 19, tile.short, 13, ink)
        _words(root, x + 8, y + 42, tile.words, 17, ink, bold=True)
    for place, key in enumerate(legend):
        _rect(root, place * KEY + 1, down * high + 10, 14, 14, fill=SHADES[key.shade], stroke=LINE)
        _words(root, place * KEY + 21, down * high + 22, key.words, 13, QUIET)
    return tostring(root, encoding="unicode")


def map_words(figure: Figure) -> str:
    return f"Map of tiles, one for each of {len(figure.rows)} areas. {figure.finding} The table has every number."


def smalls_svg(found: Iterable[Small]) -> str:
    """The same small chart for every area, all on one scale, with the newest number beside it."""
    cells = list(found)
    root = _svg(CELL[0] * IN_A_ROW, CELL[1] * -(-len(cells) // IN_A_ROW))
    for place, small in enumerate(cells):
        x, y = place % IN_A_ROW * CELL[0], place // IN_A_ROW * CELL[1]
        _words(root, x, y + 12, small.row.label, 12, TEXT)
        for bar in small.bars:
            _rect(root, x + bar.x, y + 17 + bar.y, bar.width, bar.height, fill=BLUE)
        _words(root, x + WIDTH + 3, y + 17 + HEIGHT, small.last, 13, TEXT, bold=True)
    return tostring(root, encoding="unicode")


def smalls_words(figure: Figure) -> str:
    return f"{len(figure.rows)} small bar charts, one for each area. {figure.finding} The table has every number."


def _svg(width: float, height: float) -> Element:
    size = {"width": f"{width}", "height": f"{height}", "viewBox": f"0 0 {width} {height}"}
    return Element("svg", {"xmlns": "http://www.w3.org/2000/svg"} | size)


def _rect(root: Element, x: float, y: float, width: float, height: float, **paint: Any) -> None:
    place = {"x": f"{x:g}", "y": f"{y:g}", "width": f"{width:g}", "height": f"{height:g}"}
    SubElement(root, "rect", place | paint)


def _words(root: Element, x: float, y: float, text: str, size: int, colour: str, *, bold: bool = False) -> None:
    font = {"font-family": FONT, "font-size": f"{size}", "font-weight": "700" if bold else "400", "fill": colour}
    SubElement(root, "text", {"x": f"{x:g}", "y": f"{y:g}"} | font).text = text
