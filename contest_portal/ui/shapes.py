"""Vega-Lite specifications of the three shapes of chart, from any figure (contest_portal.ui.tabular)."""

from collections.abc import Callable, Iterator
from itertools import accumulate
from typing import Any

from contest_portal.ui import palette
from contest_portal.ui.tabular import Column, Figure, columns_of

Spec = dict[str, Any]

FONT = "Inter, sans-serif"
BAND = 30
WIDTH = 470
LETTER = 7.5
HEIGHT = 260
SIZE: Spec = {"field": "value", "type": "quantitative"}
CONFIG: Spec = {
    "background": None,
    "font": FONT,
    "view": {"stroke": None},
    "axis": {
        "labelColor": palette.TEXT,
        "labelFont": FONT,
        "labelFontSize": 13,
        "titleColor": palette.QUIET,
        "titleFont": FONT,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
        "gridColor": palette.LINE,
        "domainColor": "#8792a6",
        "tickColor": "#8792a6",
        "labelLimit": 240,
    },
    "legend": {
        "labelFont": FONT,
        "labelFontSize": 13,
        "labelColor": palette.TEXT,
        "symbolType": "square",
        "symbolSize": 160,
        "orient": "top",
        "title": None,
        "labelLimit": 200,
        "columnPadding": 22,
        "offset": 14,
    },
}


def spec_of(figure: Figure) -> Spec:
    return SHAPES[figure.chart](figure)


def bars(figure: Figure) -> Spec:
    """One horizontal bar for each row, in the order of the table, with its words at the end."""
    index = _numeric(figure)[0]
    values = [
        {"label": row.label, "value": row.values[index], "words": row.cells[index], "place": row.values[index] or 0}
        for row in figure.rows
    ]
    longest = max((row.values[index] or 0 for row in figure.rows), default=0)
    # Room for the words behind the longest bar, so that charts side by side keep one size.
    room = WIDTH / (WIDTH - max((len(row.cells[index]) for row in figure.rows), default=0) * LETTER - LETTER)
    axis = {
        "field": "label",
        "type": "nominal",
        "sort": None,
        "title": None,
        "axis": {"ticks": False, "labelPadding": 10},
        "scale": {"paddingInner": 0.3},
    }
    words = {"type": "text", "align": "left", "dx": 6, "fontSize": 13, "font": FONT, "color": palette.TEXT}
    x = {**SIZE, "axis": None, "scale": {"domain": [0, longest * room or 1], "nice": False}}
    return _chart(values, len(values) * BAND) | {
        "layer": [
            {
                "mark": {"type": "bar", "color": palette.BLUE},
                "encoding": {"x": x, **_own_colours(figure)},
            },
            {"mark": words, "encoding": {"x": {"field": "place", "type": "quantitative"}, "text": {"field": "words"}}},
        ],
        "encoding": {"y": axis},
        "width": WIDTH,
    }


def _own_colours(figure: Figure) -> Spec:
    """Bars of strands are in the strands' colours; any others share one."""
    labels = [row.label for row in figure.rows]
    if not set(labels) <= palette.STRANDS.keys():
        return {}
    scale = {"domain": labels, "range": palette.colours(labels)}
    return {"color": {"field": "label", "type": "nominal", "legend": None, "scale": scale}}


def stacked(figure: Figure) -> Spec:
    """One bar for each row, made of one part for each numeric column; a part that is wide enough has its number."""
    labels = [column.label for _, column in _indexed(figure)]
    values = [_point(row, column, index) for row in figure.rows for index, column in _indexed(figure)]
    widest = max((sum(value or 0 for value in row.values) for row in figure.rows), default=0)
    x = {
        **SIZE,
        "stack": "zero",
        "axis": {"title": None, "tickCount": 5, "domain": False, "ticks": False, "format": ",d"},
    }
    parts = {
        "mark": {"type": "bar", "stroke": "#ffffff", "strokeWidth": 1.5},
        "encoding": {"x": x, "color": _colour(labels)},
    }
    inks = {
        "field": "series",
        "legend": None,
        "scale": {"domain": labels, "range": [palette.text_on(colour) for colour in palette.colours(labels)]},
    }
    # The numbers stand on their own colour scale, or the legend would show the colour of the text.
    words = {
        "mark": {"type": "text", "fontSize": 12, "fontWeight": 600, "font": FONT},
        "encoding": {"x": {**x, "bandPosition": 0.5}, "text": {"field": "shown"}, "color": inks},
    }
    for value in values:
        value["shown"] = value["words"] if (value["value"] or 0) >= widest * 0.06 else ""
    return _chart(values, len(figure.rows) * (BAND + 4)) | {
        "layer": [parts, words],
        "encoding": {
            "y": {
                "field": "label",
                "type": "nominal",
                "sort": None,
                "title": None,
                "axis": {"ticks": False, "labelPadding": 10},
                "scale": {"paddingInner": 0.3},
            },
            "order": {"field": "order"},
            "detail": {"field": "series"},
        },
        "resolve": {"scale": {"color": "independent"}},
        "width": 500,
    }


def trend(figure: Figure) -> Spec:
    """A line for each numeric column over the rows, which are periods in order.

    A missing number leaves a gap. A row with `breaks` starts a new series there: a dashed line with those words.
    """
    values = []
    for period, row in zip(_periods(figure), figure.rows, strict=True):
        values += [_point(row, column, index) | {"part": period} for index, column in _indexed(figure)]
    labels = [column.label for _, column in _indexed(figure)]
    last = [point for point in values if point["label"] == figure.rows[-1].label]
    x = {
        "field": "label",
        "type": "ordinal",
        "sort": None,
        "title": None,
        "axis": {"labelAngle": 0, "labelOverlap": "greedy", "labelExpr": "split(datum.label, ' ')", "tickSize": 4},
    }
    y = {
        **SIZE,
        "axis": {"title": None, "tickCount": 5, "domain": False, "ticks": False, "format": ",d"},
        "scale": {"domainMin": 0},
    }
    colour = _colour(labels) | {"legend": None}
    dash = {
        "field": "series",
        "scale": {"domain": labels, "range": [list(d) for d in palette.DASHES[: len(labels)]]},
        "legend": None,
    }
    lines = {
        "mark": {"type": "line", "strokeWidth": 2.5, "point": {"size": 45, "filled": True}},
        "encoding": {"x": x, "y": y, "color": colour, "strokeDash": dash, "detail": {"field": "part"}},
    }
    return _chart(values, HEIGHT) | {
        "layer": [lines, _ends(last, y, len(labels)), *_breaks(figure)],
        "width": WIDTH,
    }


def _periods(figure: Figure) -> Iterator[int]:
    """Which run of comparable numbers each row belongs to; no line joins two."""
    return accumulate(1 if getattr(row, "breaks", "") else 0 for row in figure.rows)


def _ends(last: list[Spec], y: Spec, count: int) -> Spec:
    """Each line carries its own name at its end; a single line carries its last number."""
    mark = {
        "type": "text",
        "align": "left",
        "dx": 9,
        "fontSize": 13,
        "fontWeight": 600,
        "font": FONT,
        "color": palette.TEXT,
    }
    return {
        "data": {"values": list(_apart(last))},
        "mark": mark,
        "encoding": {
            "x": {"field": "label", "type": "ordinal", "sort": None},
            "y": {**y, "field": "place"},
            "text": {"field": "series" if count > 1 else "words"},
        },
    }


def _apart(last: list[Spec]) -> Iterator[Spec]:
    """The ends of the lines from the lowest up, with room for a name between each and the next."""
    known = sorted((point for point in last if point["value"] is not None), key=lambda point: point["value"])
    gap = max((point["value"] for point in known), default=0) * 17 / HEIGHT
    place = -gap
    for point in known:
        place = max(point["value"], place + gap)
        yield {**point, "place": place}


def _breaks(figure: Figure) -> Iterator[Spec]:
    found = [{"label": row.label, "words": words} for row in figure.rows if (words := getattr(row, "breaks", ""))]
    if not found:
        return
    x = {"field": "label", "type": "ordinal", "sort": None, "bandPosition": 0}
    yield {
        "data": {"values": found},
        "mark": {"type": "rule", "strokeDash": [4, 4], "color": palette.ACCENT},
        "encoding": {"x": x},
    }
    yield {
        "data": {"values": found},
        "mark": {
            "type": "text",
            "align": "left",
            "dx": 5,
            "y": 8,
            "fontSize": 12,
            "font": FONT,
            "color": palette.ACCENT,
        },
        "encoding": {"x": x, "text": {"field": "words"}},
    }


def _chart(values: list[Spec], height: int) -> Spec:
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "data": {"values": values},
        "height": height,
        "padding": 4,
        "config": CONFIG,
    }


def _indexed(figure: Figure) -> list[tuple[int, Column]]:
    return [(index, columns_of(figure)[index]) for index in _numeric(figure)]


def _numeric(figure: Figure) -> list[int]:
    return [index for index, column in enumerate(columns_of(figure)) if column.numeric]


def _point(row: Any, column: Column, index: int) -> Spec:
    return {
        "label": row.label,
        "series": column.label,
        "order": index,
        "value": row.values[index],
        "words": row.cells[index],
    }


def _colour(labels: list[str]) -> Spec:
    return {
        "field": "series",
        "type": "nominal",
        "sort": None,
        "title": None,
        "scale": {"domain": labels, "range": palette.colours(labels)},
    }


SHAPES: dict[str, Callable[[Figure], Spec]] = {"bars": bars, "stacked": stacked, "trend": trend}
