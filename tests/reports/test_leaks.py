"""No word of an exempt part reaches anything public: 200 papers made up by chance.

Of each paper both renditions are composed as at issue; of its public one everything but the PDF is made (page, numbers,
list and feed, name of the file) and read byte by byte. A PDF costs a hundred times as much as all the rest, so the
public renditions of the first 24 papers are put behind one another and rendered as one paper, by the function that
renders every paper. Figures are made by hand, with the words of an exempt part in title, finding, cells and drawing;
nothing reads a database, and Vega draws nothing.
"""

import datetime as dt
import io
import json
import re
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from boards.models import Board, Meeting
from contest_portal.core.quantity import Quantity
from contest_portal.core.quarters import Quarter
from reports.figures.registry import FIGURES
from reports.figures.result import Figure, FigureColumn, FigureRow
from reports.figures.standing import QuarterStanding
from reports.models import Block, ExemptCell, Paper, PaperTemplate, Rendition
from reports.rendering import renditions
from reports.rendering.composition import Content, composed
from reports.rendering.leaks import Secrets, leak_in, said_by_pdf, secrets_of, words_of
from reports.rendering.pdf import document
from reports.rendering.published import article, description, number_lines, said_by
from reports.rendering.renditions import members_paper, open_paper
from reports.rendering.snapshot import canonical
from reports.workflow.documents import filename_of
from tests.reports.reading import pages_of

PAPERS, IN_THE_PDF = 200, 24
QUARTER = Quarter(2026, 1)
TEMPLATES = json.loads((Path(renditions.__file__).parents[1] / "reference" / "paper_templates.json").read_text())
SHAPE = next(template for template in TEMPLATES if len(template["sections"]) > 3)
PLACES = [(section["key"], heading["key"]) for section in SHAPE["sections"] for heading in section["headings"]] + [
    ("recommendation", "")
]
PUBLIC_WORDS = ["the", "board", "and", "its", "partners", "noted", "what", "was", "done", "in", "spring"]
OPEN_WORDS = st.lists(st.sampled_from(PUBLIC_WORDS), min_size=2, max_size=8)
# No word of any template, and none of the other papers'.
SECRET = st.text("bdghkqvwxz", min_size=4, max_size=9).map(lambda letters: f"zq{letters}")
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


def public_bytes(made: Made) -> bytes:
    """Everything that goes out but the PDF."""
    content = made.opened
    lines = [" ".join(map(str, line)) for line in number_lines(content)]
    parts = [canonical(content), article(content), *lines, filename_of(content, "pdf"), description(content)]
    return "\n".join(parts).lower().encode()


def everything_in(pdf: bytes) -> bytes:
    """Its text as a reader extracts it, every string of every object, and every stream unpacked."""
    found = [" ".join(pages_of(pdf)).encode(), pdf]
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        for each in opened.objects:
            found.append(repr(each).encode())
            if isinstance(each, pikepdf.Stream):
                found.append(each.read_bytes())
    return b"\n".join(found).lower()


def leaked(secrets: set[str], said: bytes) -> set[str]:
    return {word for word in secrets if word.encode() in said or word.encode("utf-16-be") in said}


def in_one(all_made: list[Made]) -> Content:
    """Several public papers behind one another, their figures numbered anew."""
    content = json.loads(canonical(all_made[0].opened))
    numbers = count(1)
    content["sections"], content["figures"] = [], []
    for made in all_made:
        paper = json.loads(canonical(made.opened))
        new = {head["n"]: next(numbers) for head in paper["figures"]}
        content["figures"] += [head | {"n": new[head["n"]]} for head in paper["figures"]]
        for section in paper["sections"]:
            for block in section["blocks"]:
                if "figure" in block:
                    block["figure"] = new[block["figure"]]
            section["blocks"] = [block for block in section["blocks"] if block["id"].count("-") == 4]
            content["sections"] += [section] if section["blocks"] else []
        content["paper"]["summary"] += paper["paper"]["summary"]
    return content


@pytest.fixture(scope="module")
def secretive() -> list[Made]:
    """The papers with something to hide."""
    return []


@settings(
    max_examples=PAPERS,
    phases=[Phase.generate],
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture, HealthCheck.data_too_large],
)
@given(made=papers())
def test_e8_no_exempt_word_is_in_anything_public(secretive: list[Made], made: Made) -> None:
    compose_both(made)
    whole = canonical(made.whole).lower().encode()

    assert leaked(made.secrets, whole) == made.secrets
    assert leaked(made.secrets, public_bytes(made)) == set()
    assert made.secrets <= secrets_of(made.whole, made.opened).words
    assert leak_in(secrets_of(made.whole, made.opened), said_by(made.opened, "report.pdf")) is None
    if made.secrets:
        secretive.append(made)


def test_e8_no_exempt_word_is_in_any_byte_of_the_pdf(secretive: list[Made]) -> None:
    """Runs behind the test above, with the first papers that it made."""
    first = secretive[:IN_THE_PDF]
    secrets = set().union(*(made.secrets for made in first))
    pdf = document(canonical(in_one(first)))

    assert len(first) == IN_THE_PDF
    assert len(secrets) > IN_THE_PDF
    assert leaked(secrets, everything_in(pdf)) == set()
    assert leak_in(Secrets(frozenset(secrets), frozenset()), said_by_pdf(pdf)) is None


def test_this_test_notices_a_publisher_that_lets_something_through(
    secretive: list[Made], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One who forgets headings, charts or references; and the gate notices it as well."""
    for kind in ("heading", "chart", "paragraph"):
        made = next(made for made in secretive if any(b.is_exempt and b.kind == kind for b in made.paper.blocks.all()))
        with monkeypatch.context() as weak:
            weak.setattr(
                Block, "is_exempt", property(lambda block, kind=kind: bool(block.exempt_ground) and block.kind != kind)
            )
            compose_both(made)
        sound = replace(made)
        compose_both(sound)
        assert leaked(made.secrets, public_bytes(made))
        assert leak_in(secrets_of(sound.whole, sound.opened), said_by(made.opened, "report.pdf")) is not None


def test_words_are_found_however_they_are_written() -> None:
    assert words_of("The “Quill-Feather”, £1,250 (12A)") == ["the", "quill", "feather", "1", "250", "12a"]
    assert re.fullmatch(
        r"[a-z-]+",
        filename_of(
            {
                "paper": {"board": "B", "meeting_day": "", "series": "", "report": "", "marking": "x"},
                "rendition": Rendition.PUBLIC,
            },
            "pdf",
        ).removesuffix(".pdf"),
    )
