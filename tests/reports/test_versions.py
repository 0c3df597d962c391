"""Versions of a draft, and two papers of one board, read word by word and figure by figure."""

from typing import Any

import pytest
import time_machine
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from contest_portal.accounts.models import User
from contest_portal.audit.acting import acting
from reports.models import Block, KeptVersion, Paper
from reports.rendering.word_changes import Words, compared_words
from reports.workflow.moving import move_block
from reports.workflow.papers import remove_block, save_block
from reports.workflow.versions import versions_of
from tests import make
from tests.boroughs.test_resources import make_posts
from tests.cast import BRENT, HARROW, as_

EXEMPT = {"exempt_ground": "3", "public_interest": "A tender runs."}
QUERIES = 37


def at(time: str) -> Any:
    return time_machine.travel(f"2026-08-03 {time}:00Z", tick=False)


def rewrite(block: Block, text: str, by: User) -> None:
    fresh = Block.objects.get(pk=block.pk)
    fresh.text = text
    with acting(by):
        save_block(fresh, by=by)


def page(user: User, paper: Paper, **query: str) -> Any:
    return as_(user).get(reverse("paper_versions", args=[paper.pk]), query)


def told(response: Any) -> list[tuple[Any, ...]]:
    return [
        (*change.kinds, *((run.kind, run.words.strip()) for run in change.diff.runs if run.kind != "same"))
        for change in response.context["changes"]
    ]


@pytest.fixture
def written(db: None, secretary: User, analyst: User) -> Paper:
    """Begun in the morning, changed by another person, and by the first one in the evening."""
    with at("08:00"):
        paper = make.paper()
        stays, goes = make.block(paper, "Ten came."), make.block(paper, "It goes.")
        moves = make.block(paper, "It moves.")
    with at("08:20"):
        make.block(paper, "Of the same sitting.")
    with at("12:00"):
        rewrite(stays, "Nine people came.", analyst)
    with at("18:00"), acting(secretary):
        remove_block(goes, version=goes.version, by=secretary)
        move_block(Block.objects.get(pk=moves.pk), "up", by=secretary)
    return paper


def test_e6_what_somebody_saved_in_one_sitting_is_a_version(written: Paper, secretary: User) -> None:
    versions = versions_of(written, secretary)

    assert [(version.who, f"{version.at:%H:%M}") for version in versions] == [
        ("Sasha Minter", "18:00"),
        ("Anand Lister", "12:00"),
        ("Sasha Minter", "08:20"),
    ]


def test_e6_any_two_versions_are_compared_word_by_word(written: Paper, secretary: User) -> None:
    with at("19:00"):
        newest, middle, oldest = versions_of(written, secretary)
        last = page(secretary, written)
        first = page(secretary, written, before=middle.key, after=oldest.key)

        assert told(last) == [("Moved",), ("Removed", ("out", "It goes."))]
        assert told(first) == [("Changed", ("out", "Ten"), ("in", "Nine people"))]
        assert "[taken out: </span>Ten<" in first.content.decode()
        assert page(secretary, written, before="nonsense", after=newest.key).status_code == 200


def test_e6_a_version_is_kept_under_a_name(written: Paper, secretary: User, chair: User) -> None:
    with at("19:00"):
        answer = as_(secretary).post(reverse("version_keeping", args=[written.pk]), {"name": "As sent out"})
        nameless = as_(secretary).post(reverse("version_keeping", args=[written.pk]), {"name": ""})
    with at("20:00"):
        make.block(written, "Later words.")
        kept = KeptVersion.objects.get()
        read = page(chair, written)
        since = page(chair, written, before=kept.at.isoformat(), after=versions_of(written, chair)[0].key)
        refused = as_(chair).post(reverse("version_keeping", args=[written.pk]), {"name": "Mine"})

    assert answer["Location"] == reverse("paper_versions", args=[written.pk])
    assert "Enter the name" in nameless.content.decode() or nameless.context["form"].errors
    assert "<strong>As sent out</strong>, kept by Sasha Minter" in read.content.decode()
    assert told(since) == [("Added", ("in", "Later words."))]
    assert refused.status_code == 403


def test_e6_a_figure_that_moved_between_two_versions_is_named(db: None, secretary: User) -> None:
    with at("08:00"):
        make.activity(attendance=30)
        paper = make.paper()
        block = make.block(paper, "It was [[activities]].")
    with at("12:00"):
        make.activity(attendance=4)
    with at("18:00"):
        rewrite(block, "There were [[activities]].", secretary)
    with at("19:00"):
        shown = page(secretary, paper)

    changed = {figure.name: (figure.before, figure.after) for figure in shown.context["moved"]}
    assert changed["Activities delivered"] == ("1", "2")
    assert "1 before, 2 after" in shown.content.decode()


def test_e6_words_are_shown_with_the_numbers_of_their_moment_and_numbers_that_changed_are_marked(
    db: None, secretary: User
) -> None:
    with at("08:00"):
        make.activity(attendance=30)
        make_posts({BRENT: "1"}, ["PEO-901"])
        paper = make.paper()
        first = make.block(paper, "We have [[officers]].")
        second = make.block(paper, f"As [[para:{first.pk}]] says, [[activities]] took place.")
    with at("12:00"):
        make.activity(attendance=4)
        make_posts({HARROW: "1"}, ["PEO-902"])
    with at("18:00"):
        rewrite(second, f"As [[para:{first.pk}]] says, [[activities]] were held.", secretary)
    with at("19:00"):
        make_posts({HARROW: "1"}, ["PEO-903"])
        shown = page(secretary, paper)

    officers = ("1 post, all filled, over 1 of 32 boroughs", "2 posts, all filled, over 2 of 32 boroughs")
    assert ("Numbers changed", ("out", "1 post,"), ("in", "2 posts,"), ("out", "1"), ("in", "2")) in told(shown)
    assert ("Changed", ("out", "1 took place."), ("in", "2 were held.")) in told(shown)
    changed = {figure.name: (figure.before, figure.after) for figure in shown.context["moved"]}
    assert changed["Prevent engagement officers"] == officers

    assert changed["Activities by strand: Prevent, activities"] == ("1", "2")
    body = shown.content.decode()
    assert "As paragraph" in body
    assert "[[" not in body


def test_e6_who_does_not_read_what_is_exempt_does_not_learn_of_its_versions(
    db: None, secretary: User, analyst: User, member: User
) -> None:
    with at("08:00"):
        paper = make.paper()
        hidden = make.block(paper, "xonce open.")
    with at("12:00"):
        fresh = Block.objects.get(pk=hidden.pk)
        for name, value in (EXEMPT | {"text": "xnow exempt."}).items():
            setattr(fresh, name, value)
        with acting(secretary):
            save_block(fresh, by=secretary)
    with at("18:00"):
        rewrite(hidden, "xlater exempt.", secretary)

    with at("19:00"):
        assert "xlater" in page(secretary, paper).content.decode()
        theirs = page(analyst, paper)
        assert not {"xonce", "xnow", "xlater"} & set(theirs.content.decode().replace(">", " ").split())
        assert [f"{each.at:%H:%M}" for each in versions_of(paper, analyst)] == ["12:00", "08:00"]
        assert page(member, paper).status_code == 404


@pytest.mark.usefixtures("in_august")
def test_e6_two_papers_of_a_board_are_compared_as_far_as_somebody_reads_them(
    log: list[Any], secretary: User, member: User
) -> None:
    before = make.paper(title="The one before", quarter=make.QUARTER.previous())
    make.block(before, "Ten boroughs sent officers to the school.")
    make.block(before, "xexempt words of old.", **EXEMPT)
    make.issue(before)
    after = make.paper(title="The one after")
    make.block(after, "Nine boroughs sent officers to the school.")
    make.block(after, "Nobody had asked for that yet.")
    make.issue(after)

    mine, theirs = (as_(user).get(reverse("paper_against", args=[after.pk])) for user in (secretary, member))

    assert ("Changed", ("out", "Ten"), ("in", "Nine")) in told(theirs)
    assert ("Added", ("in", "Nobody had asked for that yet.")) in told(theirs)
    assert any("xexempt" in str(change) for change in told(mine))
    assert "xexempt" not in theirs.content.decode()
    assert {figure.name for figure in theirs.context["moved"]} & {"Activities delivered"}
    first = as_(member).get(reverse("paper_against", args=[before.pk]))
    assert "There is no other paper yet" in first.content.decode()
    chosen = as_(member).get(reverse("paper_against", args=[before.pk]), {"other": after.pk})
    assert ("Changed", ("out", "Nine"), ("in", "Ten")) in told(chosen)


def test_e6_it_takes_as_many_queries_for_three_versions_as_for_one(
    db: None, secretary: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with at("08:00"):
        block = make.block(make.paper(), "Ten came.")
    with at("19:00"):
        client, address = as_(secretary), reverse("paper_versions", args=[block.paper_id])
        client.get(address)
        with django_assert_num_queries(QUERIES):
            client.get(address)
    for hour in ("20", "21"):
        with at(f"{hour}:00"):
            rewrite(block, f"Ten came at {hour}.", secretary)
    with at("22:00"):
        client = as_(secretary)
        client.get(address)
        with django_assert_num_queries(QUERIES):
            client.get(address)


def test_as_few_parts_as_can_be_are_said_to_have_moved() -> None:
    before = [Words(key, key, key) for key in "abcd"]
    after = [Words(key, key, key) for key in "dabc"]

    assert [(change.where, change.kinds) for change in compared_words(before, after)] == [("d", ("Moved",))]
