"""What a text rests on: what its figures said when it was last saved, and what they say now."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from contest_portal.core.quarters import Quarter
from reports.figures import Figure
from reports.rendering import markdown
from reports.rendering.composition import PaperFigures

Basis = dict[str, dict[str, Any]]


@dataclass(frozen=True)
class Move:
    """A figure, or one cell of it, that no longer says what it said."""

    name: str
    was: str
    now: str


def keys_of_block(text: str, figure: str) -> list[str]:
    return [figure] if figure else markdown.keys_in(text)


def basis_of(text: str, figure: str, quarter: Quarter) -> Basis:
    """By key, of the figures of one block: its words, and of a table each of its cells."""
    keys = keys_of_block(text, figure)
    return basis_from(keys, PaperFigures(quarter, keys).found) if keys else {}


def basis_from(keys: Iterable[str], found: Mapping[str, Figure]) -> Basis:
    return {
        key: {"words": found[key].words or found[key].finding, "cells": _cells(found[key])}
        for key in keys
        if key in found
    }


def moves(before: Basis, found: Mapping[str, Figure], keys: Iterable[str]) -> list[Move]:
    """Of the figures that the text had when it was saved. One that it had not is new and has not moved."""
    moved: list[Move] = []
    for key in keys:
        if key in before and key in found:
            moved += _moved(before[key], found[key])
    return moved


def _moved(was: dict[str, Any], figure: Figure) -> Iterable[Move]:
    name, cells = figure.definition.name, _cells(figure)
    if not cells and not was["cells"]:
        words = figure.words or figure.finding
        return [Move(name, was["words"], words)] if words != was["words"] else []
    labels = [*was["cells"], *(label for label in cells if label not in was["cells"])]
    pairs = [(label, was["cells"].get(label, "not there"), cells.get(label, "not there")) for label in labels]
    return [Move(label, before, now) for label, before, now in pairs if before != now]


def _cells(figure: Figure) -> dict[str, str]:
    lines = [*figure.rows, *([figure.total] if figure.total else [])]
    return {
        f"{line.label}, {column.label[:1].lower()}{column.label[1:]}": words
        for line in lines
        for column, words in zip(figure.columns[1:], line.cells, strict=True)
    }
