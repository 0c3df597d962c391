"""What the short forms in one rendition of a paper stand for, as its last part. Made from what that rendition says
alone: a short form that stands only in an exempt part is not in the public one."""

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

from django.utils.html import strip_tags

from reports.models import Acronym

SHORT = re.compile(r"\b(?:[A-Z]{2,}\d*|[A-Z]+\d+)(?=s?\b)(?![-/]\d)")


def glossary_of(content: dict[str, Any], day: dt.date) -> list[dict[str, str]]:
    """Those in the list of acronyms, as each stood on that day, in order of the alphabet."""
    known = Acronym.on_day(day)
    used = {short for text in _texts(content) for short in SHORT.findall(text)}
    return [{"short": short, "expansion": known[short].expansion} for short in sorted(used & known.keys())]


def _texts(content: dict[str, Any]) -> Iterator[str]:
    yield content["paper"]["title"]
    yield strip_tags(content["paper"]["summary"])
    for section in content["sections"]:
        for block in section["blocks"]:
            yield strip_tags(block.get("html", ""))
            yield block.get("text", "")
            yield from _cells(block) if "columns" in block else ()


def _cells(table: dict[str, Any]) -> Iterator[str]:
    yield table["caption"]
    for line in [*table["rows"], *([table["total"]] if table["total"] else [])]:
        yield " ".join([line["label"], *line["cells"]])
