"""What a paper promises becomes an entry of the forward plan, is open until it is kept, and heads the next check."""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse

from boards.models import Meeting
from contest_portal.accounts.models import User
from contest_portal.audit.acting import acting
from reports.figures.told import told
from reports.models import Block, Promise
from reports.rendering.findings import judged_by, what_a_finding_stops
from reports.workflow.papers import remove_block
from tests import make
from tests.cast import BOARD, as_

pytestmark = pytest.mark.django_db
TEXT = "A full update will be put before the board at its next meeting. It is in hand."
WHAT = "A full update will be put before the board at its next meeting"


@pytest.fixture
def meetings(in_august: None) -> list[Meeting]:
    return [make.meeting(dt.date(2026, 9, 17)), make.meeting(dt.date(2026, 12, 17))]


@pytest.fixture
def promised(meetings: list[Meeting], secretary: User) -> Block:
    """Marked in the pages, for the second meeting, in a paper to the first that is issued."""
    block = make.block(make.paper(at=meetings[0]), TEXT)
    page = reverse("block_promise", args=[block.paper_id, block.pk])
    response = as_(secretary).post(page, {"what": WHAT, "due_meeting": meetings[1].pk})
    assert response.status_code == 302
    make.issue(block.paper)
    return block


def plan(user: User) -> str:
    return as_(user).get(reverse("forward_plan")).content.decode()


def test_leap_15_a_promise_is_an_entry_of_the_forward_plan_once_its_paper_is_issued(
    meetings: list[Meeting], secretary: User, member: User
) -> None:
    block = make.block(make.paper(at=meetings[0]), TEXT)
    page = reverse("block_promise", args=[block.paper_id, block.pk])
    assert f'value="{WHAT}"' in as_(secretary).get(page).content.decode()
    both = as_(secretary).post(page, {"what": WHAT, "due_meeting": meetings[1].pk, "due_on-day": "1"})
    assert both.status_code == 200
    as_(secretary).post(page, {"what": WHAT, "due_meeting": meetings[1].pk})
    assert WHAT not in plan(member)

    make.issue(block.paper)

    assert WHAT in plan(member)
    listed = as_(member).get(reverse("promises")).content.decode()
    assert "the meeting of 17 December 2026" in listed


def test_leap_15_an_open_promise_heads_the_check_and_the_draft_of_the_next_paper(
    promised: Block, meetings: list[Meeting], secretary: User, member: User
) -> None:
    paper = make.paper(at=meetings[1])
    block = make.block(paper, "Here is the full update.")

    (judged,) = judged_by(paper, secretary)
    assert (
        judged.finding.words
        == f"{WHAT}, promised for the meeting of 17 December 2026 in “CONTEST delivery”, is not kept yet."
    )
    key = f"promises/{BOARD}"
    assert told([key], make.QUARTER)[key].words == f"Earlier papers promised: {WHAT} (the meeting of 17 December 2026)"
    page = reverse("promise_keeping", args=[paper.pk, judged.finding.promise])
    assert as_(secretary).post(page, {"block": block.pk}).status_code == 302
    assert what_a_finding_stops(paper) == ""
    assert WHAT in plan(member)
    make.issue(paper)
    assert WHAT not in plan(member)
    listed = as_(member).get(reverse("promises")).content.decode()
    assert f'Kept by <a class="govuk-link" href="/papers/{paper.pk}/#block-{block.pk}">' in listed


def test_leap_15_what_was_promised_in_an_exempt_paragraph_is_for_its_readers_alone(
    meetings: list[Meeting], secretary: User, analyst: User
) -> None:
    block = make.block(make.paper(at=meetings[0]), TEXT, exempt_ground="3", public_interest="A tender runs.")
    page = reverse("block_promise", args=[block.paper_id, block.pk])
    as_(secretary).post(page, {"what": "xsecretpromise", "due_meeting": meetings[1].pk})
    make.issue(block.paper)
    paper: Any = make.paper(at=meetings[1])

    for address in (reverse("promises"), reverse("forward_plan"), reverse("forward_plan_csv"),
                    reverse("paper_check", args=[paper.pk]), paper.get_absolute_url()):  # fmt: skip
        assert b"xsecretpromise" not in as_(analyst).get(address).content
    assert b"xsecretpromise" in as_(secretary).get(reverse("paper_check", args=[paper.pk])).content
    key = f"promises/{BOARD}"
    assert told([key], make.QUARTER)[key].words == "No promise of an earlier paper is open"


def test_a_paragraph_that_goes_takes_its_promise_along_and_opens_what_it_was_to_keep(
    promised: Block, meetings: list[Meeting], secretary: User
) -> None:
    paper = make.paper(at=meetings[1])
    block = make.block(paper, "Here is the full update.")
    kept = Promise.objects.get(block=promised)
    as_(secretary).post(reverse("promise_keeping", args=[paper.pk, kept.pk]), {"block": block.pk})
    own = reverse("block_promise", args=[paper.pk, block.pk])
    as_(secretary).post(own, {"what": "More", "due_on-day": "1", "due_on-month": "3", "due_on-year": "2027"})
    assert Promise.objects.count() == 2

    block.refresh_from_db()
    with acting(secretary):
        remove_block(block, version=block.version, by=secretary)

    (left,) = Promise.objects.all()
    assert (left.pk, left.kept_in) == (kept.pk, None)
