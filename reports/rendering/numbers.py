"""Every number of a paper as lines of a CSV, for its public page and inside its PDF."""

from collections.abc import Iterator, Sequence
from typing import Any

from contest_portal.ui.csv import csv_bytes

Content = dict[str, Any]


def numbers_csv(content: Content) -> bytes:
    return csv_bytes(number_lines(content))


def number_lines(content: Content) -> Iterator[Sequence[Any]]:
    """Every number of the paper as lines of a CSV: figures first, then tables and charts cell by cell."""
    paper = content["paper"]
    yield [paper["abstract"]]
    yield [paper["title"]]
    yield ["Marking", paper["marking"]]
    yield []
    yield ["Figure", "Name", "Row", "Column", "Value", "Status", "Source"]
    for figure in content["figures"]:
        yield [f"F{figure['n']}", figure["title"], "", "", figure["words"], figure["status_words"], figure["source"]]
    for section in content["sections"]:
        for block in section["blocks"]:
            yield from _cells(block) if "columns" in block else ()


def _cells(table: Content) -> Iterator[Sequence[Any]]:
    named = table.get("caption") or table.get("finding", "")
    for line in [*table["rows"], *([table["total"]] if table.get("total") else [])]:
        for column, words in zip(table["columns"][1:], line["cells"], strict=True):
            yield [f"F{table['figure']}", named, line["label"], column["label"], words, "", table["source"]]
