"""What is said of a draft and suggested for it: who reads it, who decides, and that no text is lost."""

from typing import Any

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from contest_portal.accounts.models import User
from contest_portal.audit.acting import acting
from contest_portal.core.refusal import Refused, Stale
from contest_portal.notifications.models import Mail, Message
from reports.models import Block, BlockComment, BlockSuggestion, Paper
from reports.workflow.block_comments import accept_suggestion, comment_on_block, suggest
from reports.workflow.papers import remove_block, save_block
from tests import cast, make
from tests.cast import as_

pytestmark = pytest.mark.usefixtures("in_august")
EXEMPT = {"exempt_ground": "3", "public_interest": "A tender runs."}
QUERIES = 16


def say(person: User, block: Block, text: str = "Is it so?") -> Any:
    return as_(person).post(reverse("block_comment_new", args=[block.paper_id, block.pk]), {"text": text})


def propose(person: User, block: Block, text: str = "Nine came.", **more: Any) -> Any:
    typed = {"text": text, "reason": "The door counted nine.", "seen": block.version} | more
    return as_(person).post(reverse("block_suggestion_new", args=[block.paper_id, block.pk]), typed)


def answer(person: User, found: BlockSuggestion, **typed: Any) -> Any:
    return as_(person).post(reverse("block_suggestion", args=[found.paper_id, found.pk]), typed)


def page(person: User, paper: Paper) -> str:
    return " ".join(as_(person).get(reverse("paper_comments", args=[paper.pk])).content.decode().split())


def rewrite(block: Block, text: str, by: User) -> None:
    fresh = Block.objects.get(pk=block.pk)
    fresh.text = text
    with acting(by):
        save_block(fresh, by=by)


def test_e4_who_reads_a_draft_comments_on_it_and_it_is_answered_resolved_and_opened_again(
    db: None, secretary: User, chair: User
) -> None:
    block = make.block(make.paper(), "Ten came.")
    assert say(chair, block).status_code == 302
    comment = BlockComment.objects.get()

    as_(secretary).post(comment.reply_address, {"text": "The door says so."})
    as_(secretary).post(comment.resolution_address)
    resolved = page(chair, block.paper)
    as_(chair).post(comment.reopening_address)

    assert resolved.index("Is it so?") < resolved.index("The door says so.") < resolved.index("Resolved by Sasha")
    assert "Open it again" in resolved
    assert "Mark as resolved" in page(chair, block.paper)
    assert [row.history_type for row in comment.history.all()] == ["~", "~", "+"]
    draft = as_(chair).get(block.paper.get_absolute_url()).content.decode()
    assert "1 open" in draft


def test_e4_the_author_is_told_that_there_is_something_and_not_what(
    db: None, secretary: User, chair: User, analyst: User
) -> None:
    block = make.block(make.paper(title="xsecrettitle"), "Ten came.")
    say(chair, block, "xsecretwords")
    propose(analyst, block, "xsecretproposal")

    told = [(message.recipient, message.text) for message in Message.objects.order_by("pk")]

    assert sorted(who.name for who, _ in told) == [chair.name, secretary.name, secretary.name]
    assert "xsecret" not in str(told)
    assert not Mail.objects.filter(body__contains="xsecret").exists()


def test_e4_a_suggestion_is_read_word_by_word_and_accepted_with_both_names(
    db: None, secretary: User, chair: User
) -> None:
    block = make.block(make.paper(), "Ten came.")
    assert propose(chair, block).status_code == 302
    found = BlockSuggestion.objects.get()

    shown = page(secretary, block.paper)
    accepted = answer(secretary, found, answer="accepted", seen=block.version)

    assert "[taken out: </span>Ten<" in shown
    assert "[put in: </span>Nine<" in shown
    assert "The door counted nine." in shown
    assert accepted["Location"] == block.get_absolute_url()
    block.refresh_from_db()
    assert block.text == "Nine came."
    image = block.history.latest("history_date", "history_id")
    assert image.history_change_reason == "Suggested by Charlie Gavell, accepted by Sasha Minter"
    assert Message.objects.visible_to(chair).get().text.endswith("Sasha Minter has accepted your suggestion.")
    again = answer(secretary, found, answer="accepted", seen=block.version)
    assert "It was accepted already by Sasha Minter" in again.content.decode()


def test_e4_a_suggestion_is_declined_with_a_reason(db: None, secretary: User, chair: User) -> None:
    block = make.block(make.paper(), "Ten came.")
    propose(chair, block)
    found = BlockSuggestion.objects.get()

    silent = answer(secretary, found, answer="declined", seen=block.version).content.decode()
    answer(secretary, found, answer="declined", seen=block.version, reason="The list has ten names.")

    assert "Say why you decline it" in silent
    assert "Declined by Sasha Minter on 3 August 2026. The list has ten names." in page(chair, block.paper)
    block.refresh_from_db()
    assert block.text == "Ten came."


def test_e4_who_cannot_change_the_paper_does_not_accept_even_the_own_suggestion(
    db: None, secretary: User, chair: User
) -> None:
    block = make.block(make.paper(), "Ten came.")
    propose(chair, block)
    found = BlockSuggestion.objects.get()

    assert answer(chair, found, answer="accepted", seen=block.version).status_code == 403
    with pytest.raises(Refused), acting(chair):
        accept_suggestion(found, seen=block.version, by=chair)


def test_e4_a_suggestion_for_a_text_that_moved_on_shows_both_and_loses_neither(
    db: None, secretary: User, chair: User, analyst: User
) -> None:
    block = make.block(make.paper(), "Ten came.")
    propose(chair, block)
    found = BlockSuggestion.objects.get()
    rewrite(block, "Ten people came by noon.", analyst)

    assert "Text has changed since" in page(chair, block.paper)
    late = answer(secretary, found, answer="accepted", seen=block.version).content.decode()
    block.refresh_from_db()

    assert "Nothing is saved yet: look at both texts" in late
    assert "It says now: Ten people came by noon." in late
    assert block.text == "Ten people came by noon."
    with pytest.raises(Stale), acting(secretary):
        accept_suggestion(found, seen=block.version - 1, by=secretary)
    answer(secretary, found, answer="accepted", seen=block.version)
    block.refresh_from_db()
    assert block.text == "Nine came."


def test_e4_a_text_that_moves_on_while_somebody_suggests_is_shown_to_them(db: None, chair: User, analyst: User) -> None:
    block = make.block(make.paper(), "Ten came.")
    seen = block.version
    rewrite(block, "Eleven came.", analyst)

    late = propose(chair, block, seen=seen)
    again = propose(chair, block, seen=Block.objects.get(pk=block.pk).version)

    assert "It says now: “Eleven came.”" in late.content.decode()
    assert "Nine came." in late.content.decode()
    assert again.status_code == 302


def test_e4_what_is_said_of_an_exempt_part_is_for_who_reads_that(
    db: None, secretary: User, chair: User, analyst: User
) -> None:
    paper = make.paper()
    exempt, opened = make.block(paper, "It costs ten.", **EXEMPT), make.block(paper, "It opens in May.")
    with acting(chair):
        comment_on_block(exempt, "xsaidofexempt", by=chair)
        suggest(exempt, "xsuggestedtext", reason="xsuggestedwhy", by=chair)
        comment_on_block(opened, "xsaidofopen", by=chair)
    later = Block.objects.get(pk=opened.pk)
    for name, value in EXEMPT.items():
        setattr(later, name, value)

    assert "xsaidofexempt" in page(secretary, paper)
    assert "xsuggested" in page(secretary, paper)
    assert "xsaidofopen" in page(analyst, paper)
    assert "xsaidofexempt" not in page(analyst, paper)
    assert "xsuggested" not in page(analyst, paper)
    with acting(secretary):
        save_block(later, by=secretary)
    assert "xsaidofopen" not in page(analyst, paper)
    with acting(secretary):
        remove_block(later, version=later.version, by=secretary)
    assert "xsaidofopen" not in page(analyst, paper)
    assert "A part that was taken out" in page(secretary, paper)
    for person in (analyst,):
        assert say(person, exempt).status_code == propose(person, exempt).status_code == 404


@pytest.mark.parametrize("account", ["member", "boardmember", "brent.lead", "auditor", "admin", "outsider"])
def test_e4_others_say_nothing_of_a_draft(db: None, account: str) -> None:
    block = make.block(make.paper())
    person = cast.person(account)

    assert say(person, block).status_code in (403, 404)
    assert propose(person, block).status_code in (403, 404)
    assert not BlockComment.objects.exists()


def test_e4_an_issued_paper_is_not_commented_on_and_who_made_it_reads_what_was_said(
    log: list[Any], secretary: User, chair: User, member: User
) -> None:
    block = make.block(make.paper())
    say(chair, block, "Said of the draft.")
    make.issue(block.paper)

    with pytest.raises(Refused), acting(chair):
        comment_on_block(Block.objects.get(pk=block.pk), "Late.", by=chair)
    assert "Said of the draft." in page(chair, block.paper)
    assert as_(member).get(reverse("paper_comments", args=[block.paper_id])).status_code == 404


def test_e4_it_takes_as_many_queries_for_three_as_for_one(
    db: None, secretary: User, chair: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    paper = make.paper()
    blocks = [make.block(paper, f"Ten came, {n}.") for n in range(3)]
    client, address = as_(secretary), reverse("paper_comments", args=[paper.pk])
    say(chair, blocks[0])
    propose(chair, blocks[0])
    client.get(address)
    with django_assert_num_queries(QUERIES):
        client.get(address)
    for block in blocks[1:]:
        say(chair, block)
        propose(chair, block)
    with django_assert_num_queries(QUERIES):
        client.get(address)
