"""A cell, a row or a column that is exempt: not in the public version, nor in anything that would tell it."""

import json
import re
from typing import Any

import pytest
from django.urls import reverse

from boards.models import Board
from contest_portal.accounts.models import User
from contest_portal.audit.acting import acting
from contest_portal.core.refusal import Refused
from reports.models import Block, ExemptCell, Issue, Paper, ReleasedFigure
from reports.rendering.composition import compose, compose_open
from reports.rendering.leaks import leak_in, numbers_of, secrets_of
from reports.rendering.published import number_lines, opened, said_by
from reports.rendering.remarks import what_stops
from reports.workflow.papers import add_exempt_cell, remove_block
from tests import cast, make
from tests.cast import BRENT, HARROW, as_

pytestmark = pytest.mark.usefixtures("in_august")
TABLE = "activities_by_borough"


@pytest.fixture
def paper(db: None) -> Paper:
    """A paper of one table and one number: Brent has 1,250 of London's 1,270 people, and nobody else may know."""
    make.activity(title="A march", attendance=1250)
    make.activity(title="A walk", attendance=20, borough=HARROW, logged_by=cast.person("harrow.lead"))
    made, secretary = make.paper(), cast.person("secretary")
    for block in made.blocks.all():
        with acting(secretary):
            remove_block(block, version=block.version, by=secretary)
    made.refresh_from_db()
    made.summary = "London counted [[attendance]] people at [[activities]] activities."
    with acting(secretary):
        made.save()
    make.block(made, "", kind="table", figure=TABLE)
    make.block(made, "the Board note it.", section="recommendation", heading="", kind="recommendation")
    return Paper.objects.in_full().get(pk=made.pk)


def exempt(paper: Paper, row: str, column: str) -> Paper:
    secretary = cast.person("secretary")
    block = paper.blocks.filter(kind__in=["table", "chart"]).latest("position")
    cell = ExemptCell(paper=paper, block=block, row=row, column=column, ground="3", interest="A tender runs.")
    with acting(secretary):
        add_exempt_cell(cell, by=secretary)
    return Paper.objects.in_full().get(pk=paper.pk)


def choose(style: str) -> None:
    board = Board.objects.get(key=cast.BOARD)
    board.exempt_style = style
    with acting(cast.person("secretary")):
        board.save()


def table(content: dict[str, Any], kind: str = "table") -> dict[str, Any]:
    blocks = [block for section in content["sections"] for block in section["blocks"]]
    return next(block for block in blocks if block["kind"] == kind)


def cell(content: dict[str, Any], row: str, column: str) -> str:
    found = table(content)
    keys = [each["key"] for each in found["columns"][1:]]
    lines = [*found["rows"], found["total"]]
    return next(dict(zip(keys, line["cells"], strict=True))[column] for line in lines if line["key"] == row)


def test_e8_an_exempt_cell_goes_with_the_totals_that_would_tell_it(paper: Paper) -> None:
    marked = exempt(paper, BRENT, "attendance")
    whole, public = compose(marked)[0], compose_open(marked)

    assert (cell(whole, BRENT, "attendance"), cell(whole, "", "attendance")) == ("1,250", "1,270")
    assert (cell(public, BRENT, "attendance"), cell(public, "", "attendance")) == ("[exempt]", "[exempt]")
    assert (cell(public, HARROW, "attendance"), cell(public, "", "activities")) == ("20", "2")
    assert (
        re.sub("<[^>]+>", "", public["paper"]["summary"]).strip() == "London counted [exempt] people at 2 activities."
    )
    assert not {"1250", "1270"} & set(numbers_of(json.dumps(public)))
    assert table(whole)["exempt_cells"][0]["where"] == "Brent, Attendance"
    assert "exempt_cells" not in json.dumps(public)
    assert "tender" not in json.dumps(public)


@pytest.mark.parametrize(("style", "there"), [("closes_up", False), ("placeholder", True)])
def test_e8_an_exempt_row_is_left_out_or_stands_empty_as_the_board_chooses(
    paper: Paper, style: str, there: bool
) -> None:
    choose(style)
    marked = exempt(paper, BRENT, "*")
    public = compose_open(marked)
    labels = [row["label"] for row in table(public)["rows"]]

    assert ("Brent" in labels, len(labels)) == (there, 33 if there else 32)
    assert {cell(public, "", column) for column in ("activities", "attendance")} == {"[exempt]"}


@pytest.mark.parametrize("style", ["closes_up", "placeholder"])
def test_e8_drawing_and_description_of_a_chart_are_made_without_what_is_exempt(paper: Paper, style: str) -> None:
    choose(style)
    make.activity(title="A drill", attendance=3300, strand_id="protect", kind="exercise")
    make.block(paper, "", kind="chart", figure="attendance_by_strand")
    marked = exempt(paper, "protect", "*")
    drawn, whole = table(compose_open(marked), "chart"), table(compose(marked)[0], "chart")

    assert "3,300" in whole["svg"]
    assert "3,300" in whole["alt"]
    for said in ("svg", "alt", "finding", "caption"):
        assert "3,300" not in drawn[said]
        assert ("Protect" in drawn[said]) is (style == "placeholder" and said == "svg")
    assert "[exempt]" in drawn["alt"] + drawn["svg"] or style == "closes_up"


def test_e8_an_exempt_column_is_nowhere_in_the_public_version(paper: Paper) -> None:
    public = compose_open(exempt(paper, "*", "attendance"))

    assert "attendance" not in [column["key"] for column in table(public)["columns"]]
    assert "Attendance" not in "\n".join(" ".join(map(str, line)) for line in number_lines(public | {"x": 0})).replace(
        "Attendance, Q1 2026/27", ""
    )
    assert not {"1250", "1270"} & set(numbers_of(json.dumps(public)))


def test_e8_the_gate_knows_exempt_numbers_and_finds_none_in_what_goes_out(paper: Paper) -> None:
    issue = make.issue(exempt(paper, BRENT, "attendance"))
    content = opened(issue)
    secrets = secrets_of(issue.content, content)

    assert {"1250", "1270"} <= secrets.numbers
    assert leak_in(secrets, said_by(content, "report.pdf")) is None
    for text in ("The march drew 1,250 people", "1250;Brent", "(1,270)"):
        assert leak_in(secrets, [("the page", text)]) is not None
    assert leak_in(secrets, [("the page", "Page 11,250 and 12-1250-9")]) is None


def test_e8_rows_behind_and_the_ledger_keep_to_what_is_left(paper: Paper) -> None:
    issue: Issue = make.issue(exempt(paper, BRENT, "attendance"))
    n = next(head["n"] for head in issue.content["figures"] if head["key"] == TABLE)
    address = reverse("paper_figure", args=[issue.paper_id, n])
    released = ReleasedFigure.objects.filter(figure=TABLE)
    brent = {"row": BRENT, "column": "attendance"}

    assert as_(cast.person("chair")).get(address, brent).status_code == 200
    assert as_(cast.person("member")).get(address, brent).status_code == 404
    assert as_(cast.person("member")).get(address, brent | {"row": HARROW}).status_code == 200
    page = as_(cast.person("member")).get(reverse("paper", args=[issue.paper_id])).content.decode()
    assert "1,250" not in page
    assert "1,270" not in page
    assert set(released.filter(exempt=True).values_list("cell", flat=True)) == {f"{BRENT}/attendance", "/attendance"}
    assert ReleasedFigure.objects.get(figure="attendance").exempt


def test_e8_another_table_with_the_same_total_stops_the_paper(paper: Paper) -> None:
    marked = exempt(paper, BRENT, "attendance")
    assert what_stops(marked) == ""
    make.block(marked, "", kind="table", figure="attendance_by_strand")

    assert "adds up" in what_stops(marked).replace("add up", "adds up")


def test_only_readers_of_part_2_mark_cells_on_their_page(paper: Paper, secretary: User) -> None:
    block = Block.objects.get(paper=paper, kind="table")
    address, client = reverse("exempt_cells", args=[paper.pk, block.pk]), as_(secretary)
    wrong = client.post(address, {"row": "*", "column": "*", "ground": "3", "interest": "It would."})
    client.post(address, {"row": BRENT, "column": "attendance", "ground": "3", "interest": "It would."})
    made = ExemptCell.objects.get()
    shown = client.get(address).content.decode()
    again = client.post(address, {"row": BRENT, "column": "attendance", "ground": "3", "interest": "It would."})

    assert "To keep back the whole table" in wrong.content.decode()
    assert "That is exempt already" in again.content.decode()
    assert "Brent, Attendance" in shown
    assert as_(cast.person("analyst")).get(address).status_code == 404
    history = reverse("paper_history", args=[paper.pk])
    assert "It would." in client.get(history).content.decode()
    assert "It would." not in as_(cast.person("analyst")).get(history).content.decode()
    with acting(cast.person("analyst")), pytest.raises(Refused, match="Only those who read Part 2"):
        add_exempt_cell(ExemptCell(paper=paper, block=block, row=HARROW, column="cost"), by=cast.person("analyst"))
    client.post(reverse("exempt_cell_removal", args=[paper.pk, block.pk, made.pk]))
    assert not Paper.objects.get(pk=paper.pk).has_exempt
