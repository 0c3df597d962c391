"""Downloads that a spreadsheet opens without running anything in them."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpResponse

# What a spreadsheet may take for the start of a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
# Excel reads UTF-8 only behind this mark.
BYTE_ORDER_MARK = "\ufeff"


def csv_download(name: str, lines: Iterable[Sequence[Any]]) -> HttpResponse:
    """A response with these lines as `name`.csv. Numbers stay numbers; None is an empty cell."""
    return csv_response(name, csv_bytes(lines))


def csv_response(name: str, content: bytes) -> HttpResponse:
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def csv_bytes(lines: Iterable[Sequence[Any]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows([safe(cell) for cell in line] for line in lines)
    return f"{BYTE_ORDER_MARK}{text.getvalue()}".encode()


def safe(cell: Any) -> Any:
    """A text that would be a formula gets an apostrophe before it."""
    return f"'{cell}" if isinstance(cell, str) and cell.lstrip(" ").startswith(FORMULA) else cell
