"""Beside each block of a draft: what it rests on, that its numbers have moved, and whose return it waits for."""

from typing import Any

import pytest

from contest_portal.accounts.models import User
from contest_portal.audit.acting import acting
from reports.models import ExemptCell
from reports.rendering.composition import composed
from reports.rendering.margin import Margin, margins_of
from reports.rendering.renditions import seen_by
from reports.workflow.papers import add_exempt_cell, save_block
from tests import make
from tests.cast import BRENT, HARROW, as_
from tests.reports.figure_log import CAMDEN, accept, submit

pytestmark = pytest.mark.django_db


def margin_of(block: Any, reader: User) -> Margin:
    block.refresh_from_db()
    source = seen_by(block.paper, reader)
    _, named = composed(source)
    return margins_of(block.paper, source, named, reader)[str(block.pk)]


@pytest.fixture
def block(log: list[Any], secretary: User) -> Any:
    """Resting on a figure of the log; Brent's return is in, Harrow's was sent and not accepted."""
    accept(BRENT)
    submit(HARROW)
    return make.block(make.paper(), "Partners delivered [[activities]] activities.")


def test_leap_3_a_block_says_what_it_rests_on_and_whose_return_it_waits_for(block: Any, secretary: User) -> None:
    margin = margin_of(block, secretary)

    (rest,) = margin.rests
    assert (rest.words, rest.figure.source) == ("6", "Activity log, 33 London local authority areas")
    assert margin.waits == ("Waits for 1 return: Harrow.",)
    assert (margin.moved, margin.typed, margin.hidden) == ((), (), 0)


def test_leap_3_a_block_whose_numbers_moved_is_stale_until_its_words_are_saved(block: Any, secretary: User) -> None:
    make.activity()

    (move,) = margin_of(block, secretary).moved
    assert (move.name, move.was, move.now) == ("Activities delivered", "6", "7")
    page = as_(secretary).get(block.paper.get_absolute_url()).content.decode()
    assert "Activities delivered: from “6” to “7”" in page
    assert "Rests on 1 figure<" in page
    with acting(secretary):
        save_block(block, by=secretary)
    assert margin_of(block, secretary).moved == ()


def test_leap_3_of_a_table_the_cell_that_moved_is_named(block: Any, secretary: User) -> None:
    table = make.block(block.paper, "", kind="table", figure="returns_by_borough", heading="boroughs")

    accept(CAMDEN)

    moved = {move.name: (move.was, move.now) for move in margin_of(table, secretary).moved}
    assert moved["Camden, return"] == ("Not opened", "Accepted")
    assert "Brent, return" not in moved


def test_leap_3_a_typed_number_without_a_source_is_unsupported(block: Any, secretary: User) -> None:
    typed = make.block(block.paper, "About 40 people wrote to us.")

    assert (margin_of(typed, secretary).typed, margin_of(typed, secretary).label) == (("40",), "Rests on no figure")


def test_the_margin_tells_nobody_more_than_their_role_reads(block: Any, brent_lead: User) -> None:
    told = make.block(block.paper, "[[returns]]. [[activities]].")

    margin = margin_of(told, brent_lead)

    assert margin.waits == ("Waits for 1 return.",)
    assert ([rest.figure.key for rest in margin.rests], margin.hidden) == (["activities"], 1)


def test_the_margin_does_not_say_what_an_exempt_cell_said(block: Any, secretary: User, analyst: User) -> None:
    table = make.block(block.paper, "", kind="table", figure="activities_by_borough", heading="boroughs")
    with acting(secretary):
        cell = ExemptCell(
            paper=table.paper, block=table, row=BRENT, column="activities", ground="3", interest="A tender runs."
        )
        add_exempt_cell(cell, by=secretary)
    make.activity()

    assert {move.name for move in margin_of(table, secretary).moved} >= {"Brent, activities"}
    assert margin_of(table, analyst).moved == ()
