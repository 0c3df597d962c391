"""Vega-Lite to SVG: the same picture inline on a page and as an image in a paper.

The renderer keeps threads, so it must never run in a process that later forks: a web or worker parent
imports this module but does not draw.
"""

import base64
import hashlib
import json
from functools import lru_cache
from typing import Any
from xml.etree import ElementTree

import vl_convert
from django.core.cache import caches
from django.utils.safestring import SafeString

from contest_portal.ui.shapes import spec_of
from contest_portal.ui.tabular import Figure, columns_of

SVG = "http://www.w3.org/2000/svg"
VEGA_LITE = "5.21"
# Changes whenever the cleaning below or the shapes change what is drawn from the same numbers.
EDITION = "5"
# What the picture says stands in its title, description and table; words inside it would be read a second time.
DROPPED = ("role", "class", "pointer-events", "style")


def svg(spec: dict[str, Any], title: str, description: str) -> str:
    """The drawing as SVG text without scripts, styles or outside addresses. Same input, same text."""
    return _drawn(json.dumps(spec, sort_keys=True), title, description)


def chart_svg(figure: Figure) -> str:
    return svg(spec_of(figure), figure.title, described(figure))


def inline(drawing: str, time: int = 1) -> SafeString:
    """The drawing for a page. The second time that a page shows it, its ids get a number."""
    name = identity(drawing)
    text = drawing if time == 1 else drawing.replace(name, f"{name}-{time}")
    return SafeString(text)  # built from an element tree, where everything is escaped


def data_uri(figure: Figure) -> str:
    return "data:image/svg+xml;base64," + base64.b64encode(chart_svg(figure).encode()).decode()


def identity(text: str) -> str:
    """The id that a drawing's title and description start with."""
    return text.split('aria-labelledby="', 1)[1].split("-title", 1)[0]


def described(figure: Figure) -> str:
    kinds = {"bars": "Bar chart", "stacked": "Stacked bar chart", "trend": "Line chart"}
    names = ", ".join(column.label for column in columns_of(figure) if column.numeric)
    rows = list(figure.rows)
    span = f"{len(rows)} rows, from {rows[0].label} to {rows[-1].label}" if rows else "no rows"
    return f"{kinds[figure.chart]} of {names}: {span}. {figure.finding} The table beside it has every number."


@lru_cache(maxsize=256)
def _drawn(spec: str, title: str, description: str) -> str:
    key = hashlib.sha256("\0".join((EDITION, spec, title, description)).encode()).hexdigest()
    kept = caches["charts"].get(key)
    if kept is None:
        kept = _clean(vl_convert.vegalite_to_svg(spec, VEGA_LITE), f"chart-{key[:12]}", title, description)
        caches["charts"].set(key, kept, timeout=None)
    return kept


def _clean(text: str, name: str, title: str, description: str) -> str:
    root = ElementTree.fromstring(text)  # noqa: S314  (the renderer wrote it)
    for element in root.iter():
        for attribute in [a for a in element.attrib if a in DROPPED or a.startswith("aria-")]:
            del element.attrib[attribute]
    _drop_what_draws_nothing(root)
    root.set("role", "img")
    root.set("focusable", "false")
    root.set("aria-labelledby", f"{name}-title")
    root.set("aria-describedby", f"{name}-desc")
    for position, (tag, words) in enumerate((("title", title), ("desc", description))):
        element = ElementTree.Element(f"{{{SVG}}}{tag}", {"id": f"{name}-{tag}"})
        element.text = words
        root.insert(position, element)
    return _as_text(root)


def _as_text(root: ElementTree.Element) -> str:
    """With the one namespace as the default. Registering it would change what others in the process write."""
    for element in root.iter():
        element.tag = element.tag.removeprefix(f"{{{SVG}}}")
    root.set("xmlns", SVG)
    return ElementTree.tostring(root, encoding="unicode")


def _drop_what_draws_nothing(root: ElementTree.Element) -> None:
    for parent in list(root.iter()):
        for child in list(parent):
            hidden = child.get("display") == "none"
            unpainted = child.tag == f"{{{SVG}}}path" and not ({"fill", "stroke"} & set(child.keys()))
            if hidden or unpainted or child.tag == f"{{{SVG}}}style":
                parent.remove(child)
