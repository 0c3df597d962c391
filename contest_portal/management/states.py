"""States and the moves between them, drawn from the tables in the code."""

import pkgutil
import re
from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

from django.conf import settings

import reports.models
import strands.models
from contest_portal.core import jobs

PAGE: Path = settings.BASE_DIR / "docs" / "states.md"
HEAD = """# States

Drawn by `manage.py draw_states` from the `MOVES` tables of the models. A move that is not drawn is refused.
"""


def page() -> str:
    """The whole of docs/states.md."""
    return "\n".join([HEAD, *(_drawn(title, moves) for title, moves in _tables())])


def _tables() -> Iterator[tuple[str, Mapping[Any, tuple[Any, ...]]]]:
    yield _title(next(iter(jobs.MOVES)), jobs.__name__), jobs.MOVES
    for package in (strands.models, reports.models):
        for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
            if moves := getattr(import_module(module.name), "MOVES", None):
                yield _title(next(iter(moves)), module.name), moves


def _title(state: Any, module: str) -> str:
    """What has the states; where their class does not say it, its module does."""
    return re.sub("(Status|State)$", "", type(state).__name__) or module.rpartition(".")[2].capitalize()


def _drawn(title: str, moves: Mapping[Any, tuple[Any, ...]]) -> str:
    """One Mermaid diagram. The first state of the table is where everything begins; one without a way out is an end."""
    first = next(iter(moves))
    lines = [f"    {state.value}: {state.label}" for state in moves]
    lines += [f"    [*] --> {first.value}"]
    lines += [f"    {state.value} --> {after.value}" for state, afters in moves.items() for after in afters]
    lines += [f"    {state.value} --> [*]" for state, afters in moves.items() if not afters]
    return "\n".join([f"## {title}", "", "```mermaid", "stateDiagram-v2", *lines, "```", ""])
