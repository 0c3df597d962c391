"""Papers by chance with something to hide, in every place where a paper can say something.

Figures are made by hand, with the words of an exempt part in title, finding, cells and drawing; nothing reads a
database, and Vega draws nothing.
"""

import datetime as dt
import json
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from boards.models import Board, Meeting
from contest_portal.core.quantity import Quantity
from contest_portal.core.quarters import Quarter
from reports.figures.registry import FIGURES
from reports.figures.result import Figure, FigureColumn, FigureRow
from reports.figures.standing import QuarterStanding
from reports.models import Block, ExemptCell, Paper, PaperTemplate
from reports.rendering import renditions
from reports.rendering.composition import Content, composed
from reports.rendering.renditions import members_paper, open_paper
from reports.rendering.snapshot import canonical

QUARTER = Quarter(2026, 1)
TEMPLATES = json.loads((Path(renditions.__file__).parents[1] / "reference" / "paper_templates.json").read_text())
SHAPE = next(template for template in TEMPLATES if len(template["sections"]) > 3)
PLACES = [(section["key"], heading["key"]) for section in SHAPE["sections"] for heading in section["headings"]] + [
    ("recommendation", "")
]
# So many that four of them stand in the same order twice by chance in no run.
BEGINNINGS = ("north", "south", "east", "west", "mill", "wood", "kings", "queens", "bishops", "hazel", "ash", "oak")
PUBLIC_WORDS = [f"{one}{two}" for one in BEGINNINGS for two in ("bury", "field", "ford", "gate", "ham", "hill", "ley",
                "mead", "side", "stead", "ton", "wick")]  # fmt: skip
# In every text, so that all of them are found by it.
EVERYWHERE = "partners"
OPEN_WORDS = st.lists(st.sampled_from(PUBLIC_WORDS), min_size=2, max_size=8).map(lambda words: [EVERYWHERE, *words])
# No word of any template, and none of the other papers'.
LETTERS = "bdghkqvwxz"
SECRET = st.text(LETTERS, min_size=4, max_size=9).map(lambda letters: f"zq{letters}")
SHAPED = ["paragraph", "heading", "table", "chart"]


@dataclass
class Made:
    """A paper by chance: its blocks, its figures, and every word that must not get out."""

    paper: Paper
    figures: dict[str, Figure]
    secrets: set[str]
    cells: list[ExemptCell] = field(default_factory=list)
    whole: Content = field(default_factory=dict)
    opened: Content = field(default_factory=dict)

    def __repr__(self) -> str:
        return f"Made({len(self.secrets)} secrets)"


class Drawn(Figure):
    def svg(self) -> str:
        cells = " ".join(f"{row.label} {row.cells[0]}" for row in self.rows)
        drawn = f"<title id='c-title'>{self.title}</title><desc>{self.finding}</desc><text>{cells}</text>"
        about = 'width="90" height="30" role="img" aria-labelledby="c-title"'
        return f'<svg xmlns="http://www.w3.org/2000/svg" {about}>{drawn}</svg>'


def figure(key: str, words: str, hidden: str = "") -> Figure:
    """With a second row whose number is `hidden`, and a sentence that tells it."""
    table = next(each for each in FIGURES.values() if each.rows and each.chart == "bars")
    ten = Quantity(10, "exact")
    rows = (FigureRow(key, f"Row {words}", (ten,), (words,), (10,)),)
    if hidden:
        rows += (FigureRow("hidden", f"Another {words}", (ten,), (f"{words} {hidden}",), (10,)),)
    standing = QuarterStanding(QUARTER, dt.date(2026, 8, 1), 33, 33, 0)
    definition = replace(table, key=key, name=words, note=words, source=words)
    at, columns = (
        dt.datetime(2026, 8, 1, tzinfo=dt.UTC),
        (FigureColumn("area", "Area", False), FigureColumn("n", words)),
    )
    total = FigureRow("", "London", (ten,), (f"{words} {hidden}",), (10,), total=True)
    finding = f"{words} {hidden}".strip()
    return Drawn(definition, QUARTER, standing, at, finding, f"Title {words}", columns=columns, rows=rows, total=total)


@st.composite
def papers(draw: Any) -> Made:
    board = Board(pk=1, key="b", name="The Board", exempt_style=draw(st.sampled_from(["closes_up", "placeholder"])))
    meeting = Meeting(pk=1, board=board, day=dt.date(2026, 9, 17))
    template = PaperTemplate(pk=1, key="t", sections=SHAPE["sections"], contact=["The secretariat"])
    made = Made(
        Paper(pk=1, board=board, meeting=meeting, template=template, title="Delivery", by_line="Director"), {}, set()
    )
    made.paper.quarter, blocks = QUARTER, []
    for position in range(draw(st.integers(1, 6))):
        section, heading = draw(st.sampled_from(PLACES))
        kind = "recommendation" if section == "recommendation" else draw(st.sampled_from(SHAPED))
        exempt = draw(st.booleans())
        words = _words(draw, made, exempt=exempt)
        block = Block(paper=made.paper, section=section, heading=heading, position=position, kind=kind)
        if block.is_drawn:
            block.figure = f"figure_{len(made.figures)}{words.split()[-1] if exempt else ''}"
            hidden = "" if exempt else _cell(draw, made, block)
            made.figures[block.figure] = figure(block.figure, words, hidden)
        else:
            refers = [f"[[para:{other.pk}]]" for other in blocks[:1]]
            block.text, block.source = " ".join([words, *refers]), words if kind == "paragraph" else ""
        if exempt:
            block.exempt_ground, block.public_interest = "3", words
        blocks.append(block)
    _summary(draw, made)
    made.paper.has_exempt = bool(made.secrets)
    made.paper._prefetched_objects_cache = {"blocks": blocks, "exempt_cells": made.cells}
    return made


def _cell(draw: Any, made: Made, block: Block) -> str:
    """Of a table that is public as a whole, one cell or row is exempt or none; its words."""
    column = draw(st.sampled_from(["", "n", "*"]))
    if not column:
        return ""
    hidden = draw(SECRET)
    made.secrets.add(hidden)
    made.cells.append(
        ExemptCell(paper=made.paper, block=block, row="hidden", column=column, ground="3", interest=hidden)
    )
    return hidden


def _words(draw: Any, made: Made, *, exempt: bool) -> str:
    words = draw(OPEN_WORDS)
    if exempt:
        secrets = draw(st.lists(SECRET, min_size=1, max_size=3, unique=True))
        made.secrets |= set(secrets)
        words = [*words, *secrets]
    return " ".join(words)


def _summary(draw: Any, made: Made) -> None:
    exempt = draw(st.booleans())
    made.paper.summary = _words(draw, made, exempt=exempt)
    if exempt:
        made.paper.summary_ground, made.paper.summary_interest = "7", "It would."


def compose_both(made: Made) -> None:
    issued = {"issued": {"at": "2026-08-03T09:40:00+00:00", "by": "Secretary"}}
    for name, source in (("whole", members_paper(made.paper)), ("opened", open_paper(made.paper))):
        content, _ = composed(source, "1", made.figures)
        content["figures"] = [head | {"rows": []} for head in content["figures"]]
        setattr(made, name, content | issued)


def in_one(all_made: list[Made], name: str = "opened") -> Content:
    """Several papers behind one another, `whole` or `opened`, their figures numbered anew."""
    content = json.loads(canonical(getattr(all_made[0], name)))
    numbers = count(1)
    content["sections"], content["figures"] = [], []
    for made in all_made:
        paper = json.loads(canonical(getattr(made, name)))
        new = {head["n"]: next(numbers) for head in paper["figures"]}
        content["figures"] += [head | {"n": new[head["n"]]} for head in paper["figures"]]
        for section in paper["sections"]:
            for block in section["blocks"]:
                if "figure" in block:
                    block["figure"] = new[block["figure"]]
            section["blocks"] = [block for block in section["blocks"] if block["id"].count("-") == 4]
            content["sections"] += [section] if section["blocks"] else []
        if made is not all_made[0]:
            content["paper"] = paper["paper"] | content["paper"]  # that its summary is exempt, too
            content["paper"]["summary"] += paper["paper"]["summary"]
    return content
