"""Clearance: consultees in parallel, one answer each, to exactly what they read; and the chair, before it goes out."""

import datetime as dt
import json
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from contest_portal.access.grants import LENT
from contest_portal.accounts.models import User
from contest_portal.audit.acting import acting
from contest_portal.core.refusal import Refused
from contest_portal.notifications.models import Message
from reports.models import Answer, Approval, Clearance, Decision, Office, Paper
from reports.models.paper_words import words_sha256
from reports.rendering.contents import Contents
from reports.rendering.published import article
from reports.workflow.approving import decide_on_paper, propose_paper, unsettled
from reports.workflow.clearing import answer_clearance, ask_again, ask_for_clearance, remind_consultees
from reports.workflow.issuing import why_not_issue
from reports.workflow.moving import move_block
from reports.workflow.papers import save_block, save_paper
from tests import cast, make
from tests.cast import as_, grant
from tests.reports.test_exempt import EXEMPT

pytestmark = pytest.mark.usefixtures("in_august")
SPLIT = "Split it: £0.7m expected, £0.5m confirmed to December."


@pytest.fixture
def paper(db: None) -> Paper:
    made = make.paper()
    make.block(made, "Open words.")
    return Paper.objects.in_full().get(pk=made.pk)


def person(account: str) -> User:
    return cast.person(account)


def ask(paper: Paper, office: Office = Office.ACSO, account: str = "prevent.lead", **values: Any) -> Clearance:
    secretary = person("secretary")
    with acting(secretary):
        return ask_for_clearance(paper, office=office, person=person(account), **{"days": 5} | values, by=secretary)


def answer(clearance: Clearance, said: Answer = Answer.CLEAR, words: str = "") -> Clearance:
    by = User.objects.get(pk=clearance.person_id)
    with acting(by):
        return answer_clearance(clearance, said, seen=words_sha256(fresh(clearance)), words=words, by=by)


def fresh(clearance: Clearance) -> Paper:
    return Paper.objects.in_full().get(pk=clearance.paper_id)


def edit(paper: Paper, text: str = "Other words.") -> None:
    block, secretary = paper.blocks.get(text="Open words."), person("secretary")
    block.text = text
    with acting(secretary):
        save_block(block, by=secretary)


# --- asked in parallel ----------------------------------------------------------------------------


def test_e5_consultees_read_the_draft_from_the_asking_on_and_not_before(paper: Paper) -> None:
    address, client = reverse("paper", args=[paper.pk]), as_(person("prevent.lead"))
    before = client.get(address).status_code
    asked = as_(person("secretary")).post(
        reverse("clearance_new", args=[paper.pk]),
        {"office": "acso", "person": person("prevent.lead").pk, "days": "5", "mandatory": "on"},
    )
    made = Clearance.objects.get()

    assert (before, asked.status_code, client.get(address).status_code) == (404, 302, 200)
    assert made.due == dt.date(2026, 8, 10)
    assert "Open words." in client.get(made.get_absolute_url()).content.decode()
    assert Message.objects.filter(recipient=person("prevent.lead"), link=made.get_absolute_url()).count() == 1
    assert as_(person("boardmember")).get(address).status_code == 404


def test_e5_answers_of_consultees_are_hidden_from_each_other_until_both_are_given(paper: Paper) -> None:
    acso, treasurer = ask(paper), ask(paper, Office.TREASURER, "boardmember")
    answer(treasurer, Answer.AMEND, SPLIT)
    address = reverse("paper_clearance", args=[paper.pk])
    readers = {name: person(name) for name in ("prevent.lead", "boardmember", "secretary", "chair", "analyst")}
    before = {name: SPLIT in as_(user).get(address).content.decode() for name, user in readers.items()}
    answer(acso)
    after = {name: SPLIT in as_(user).get(address).content.decode() for name, user in readers.items()}

    own = {"boardmember": True, "secretary": True, "chair": True, "analyst": False}
    assert before == own | {"prevent.lead": False}
    assert after == own | {"prevent.lead": True}
    assert as_(person("member")).get(address).status_code == 404
    assert SPLIT not in as_(person("chair")).get(reverse("paper_history", args=[paper.pk])).content.decode()


@pytest.mark.parametrize(
    ("office", "account", "why"),
    [
        (Office.SOLICITOR, "prevent.lead", "does not speak for this office"),
        (Office.ACSO, "boardmember", "does not speak for this office"),
        (Office.TREASURER, "secretary", "nobody clears what they wrote"),
        (Office.TREASURER, "chair", "does not speak for this office"),
    ],
)
def test_who_may_be_asked(paper: Paper, office: Office, account: str, why: str) -> None:
    with pytest.raises(Refused, match=why):
        ask(paper, office, account)


def test_nobody_clears_what_they_wrote_through_a_second_role_either(paper: Paper, analyst: User, admin: User) -> None:
    """Nor as a deputy: clearing is not lent."""
    make.block(paper, "By the analyst.", by=analyst)
    with acting(admin):
        grant(analyst, "board_member", "board", cast.BOARD, by=admin)

    with pytest.raises(Refused, match="nobody clears what they wrote"):
        ask(paper, Office.TREASURER, "analyst")
    assert not {"paper.clear", "paper.approve"} & LENT


def test_whoever_wrote_after_they_were_asked_does_not_answer(paper: Paper, analyst: User, admin: User) -> None:
    with acting(admin):
        grant(analyst, "board_member", "board", cast.BOARD, by=admin)
    asked = ask(paper, Office.TREASURER, "analyst")
    make.block(paper, "By the analyst.", by=person("analyst"))

    with pytest.raises(Refused, match="You wrote in this paper"):
        answer(asked)


@pytest.mark.parametrize("account", ["analyst", "chair", "boardmember"])
def test_only_author_and_secretary_ask(paper: Paper, account: str) -> None:
    user = person(account)
    with acting(user), pytest.raises(Refused, match="Its author and the secretary"):
        ask_for_clearance(paper, office=Office.ACSO, person=person("prevent.lead"), days=5, by=user)


def test_an_answer_is_given_once_by_whoever_was_asked_to_what_they_read(paper: Paper) -> None:
    asked, other = ask(paper), as_(person("boardmember"))
    client, address = as_(person("prevent.lead")), asked.get_absolute_url()
    seen = words_sha256(paper)
    edit(paper)
    late = client.post(address, {"answer": "clear", "seen": seen})
    wordless = client.post(address, {"answer": "refuse", "seen": words_sha256(fresh(asked)), "words": " "})
    given = client.post(address, {"answer": "clear", "seen": words_sha256(fresh(asked))})
    again = client.post(address, {"answer": "refuse", "seen": words_sha256(fresh(asked)), "words": "No."})

    assert "changed since you opened it" in late.content.decode()
    assert "Say what has to change, or why you refuse" in wordless.content.decode()
    assert [late.status_code, wordless.status_code, given.status_code, again.status_code] == [409, 200, 302, 409]
    assert other.post(address, {"answer": "clear", "seen": seen}).status_code == 404
    assert Clearance.objects.get().answer == "clear"


# --- an edit voids --------------------------------------------------------------------------------


def test_e5_an_edit_voids_what_was_cleared_and_tells_the_consultee(paper: Paper) -> None:
    cleared = answer(ask(paper))
    assert unsettled(fresh(cleared))[1:] == []
    edit(paper)
    page = as_(person("secretary")).get(reverse("paper_clearance", args=[paper.pk])).content.decode()

    assert "this answer does not hold for what the paper says now" in page
    assert unsettled(fresh(cleared))[1:] == ["It was changed after ACSO’s office had answered. Ask again."]
    told = Message.objects.filter(recipient=person("prevent.lead"), subject__contains="changed after your clearance")
    assert told.count() == 1
    edit_back = paper.blocks.get(text="Other words.")
    edit_back.text = "Open words."
    with acting(person("secretary")):
        save_block(edit_back, by=person("secretary"))
    assert Clearance.objects.get().has_lapsed


@pytest.mark.parametrize("change", ["title", "marking", "ground", "move", "added"])
def test_whatever_changes_of_its_words_voids(paper: Paper, change: str, secretary: User) -> None:
    make.block(paper, "A second one.")
    paper = Paper.objects.get(pk=paper.pk)
    cleared, block = answer(ask(paper)), paper.blocks.get(text="A second one.")
    with acting(secretary):
        if change == "title":
            paper.title = "Another title"
            save_paper(paper, by=secretary)
        elif change == "move":
            move_block(block, "up", by=secretary)
        elif change == "marking":
            block.marking = "OFFICIAL-SENSITIVE"
            save_block(block, by=secretary)
        elif change == "ground":
            block.exempt_ground, block.public_interest = "3", "It would."
            save_block(block, by=secretary)
    if change == "added":
        make.block(paper, "A third one.")

    assert Clearance.objects.get(pk=cleared.pk).has_lapsed


def test_a_figure_that_moves_is_told_and_voids_nothing(log: list[Any]) -> None:
    paper = make.paper()
    cleared = answer(ask(paper))
    make.activity(title="Logged late", attendance=5)
    page = as_(person("secretary")).get(reverse("paper_clearance", args=[paper.pk])).content.decode()

    assert "Activities delivered has moved since: 6 then, 7 now. The clearance holds." in page
    assert Clearance.objects.get(pk=cleared.pk).holds_for(words_sha256(fresh(cleared)))


def test_those_whose_answer_does_not_hold_are_asked_again(paper: Paper, secretary: User) -> None:
    answer(ask(paper))
    answer(ask(paper, Office.TREASURER, "boardmember", mandatory=False), Answer.AMEND, SPLIT)
    with acting(secretary):
        assert [each.office for each in ask_again(fresh(Clearance.objects.all()[0]), by=secretary)] == ["treasurer"]
    edit(paper)
    with acting(secretary):
        made = ask_again(Paper.objects.in_full().get(pk=paper.pk), by=secretary)

    assert [(each.office, each.mandatory) for each in made] == [("acso", True)]
    assert Clearance.objects.filter(answer="waiting").count() == 2


def test_consultees_are_reminded_once_and_whoever_asked_is_told_of_silence(paper: Paper) -> None:
    asked = ask(paper)
    for day in (6, 7, 7, 11, 11):
        remind_consultees(dt.date(2026, 8, day))

    due = Message.objects.filter(subject="A clearance is due")
    told = sorted(message.recipient_id for message in due)
    assert told == sorted([asked.person_id, asked.person_id, asked.asked_by_id])


# --- the chair, and what has to be settled --------------------------------------------------------


def test_e5_chair_approves_what_the_secretary_proposes_and_an_edit_ends_that(paper: Paper) -> None:
    secretary, chair = as_(person("secretary")), as_(person("chair"))
    address = reverse("paper_approval", args=[paper.pk])
    secretary.post(reverse("approval_proposal", args=[paper.pk]))
    page = chair.get(address).content.decode()
    chair.post(address, {"decision": "approved", "seen": words_sha256(paper)})

    assert "Open words." in page
    assert Approval.objects.get().decision == "approved"
    assert unsettled(paper) == []
    edit(paper)
    assert unsettled(Paper.objects.in_full().get(pk=paper.pk)) == [
        "It was changed after the chair had approved it. Propose it again."
    ]
    assert secretary.post(address, {"decision": "approved", "seen": "x"}).status_code == 409


def test_the_chair_does_not_approve_what_they_wrote(db: None, admin: User, secretary: User) -> None:
    chair = person("chair")
    with acting(admin):
        grant(chair, "secretary", "board", cast.BOARD, by=admin)
    paper = make.paper(by=person("chair"))
    with acting(secretary):
        propose_paper(paper, by=secretary)

    with acting(chair), pytest.raises(Refused, match="nobody approves what they wrote"):
        decide_on_paper(paper, Decision.APPROVED, seen=words_sha256(paper), by=person("chair"))


def test_a_late_paper_is_taken_as_urgent_for_the_chairs_reason_and_for_none_that_is_exempt(paper: Paper) -> None:
    make.block(paper, "The supplier Quillfeather disputes.", **EXEMPT)
    secretary, chair = person("secretary"), person("chair")
    with acting(secretary):
        propose_paper(paper, by=secretary)
    paper = Paper.objects.in_full().get(pk=paper.pk)
    with time_machine.travel(dt.datetime(2026, 9, 10, 9, 0, tzinfo=dt.UTC), tick=False):
        for urgency, why in (("", "Say why the paper is urgent"), ("Quillfeather sues.", "stands only in an exempt")):
            with acting(chair), pytest.raises(Refused, match=why):
                decide_on_paper(paper, Decision.APPROVED, seen=words_sha256(paper), urgency=urgency, by=chair)
        with acting(chair):
            decide_on_paper(paper, Decision.APPROVED, seen=words_sha256(paper), urgency="The grant ends.", by=chair)

    assert Approval.objects.get().urgency == "The grant ends."


def test_nothing_is_issued_before_it_is_cleared_and_approved(paper: Paper, secretary: User) -> None:
    def why() -> str:
        return why_not_issue(Paper.objects.in_full().get(pk=paper.pk), by=secretary)

    said = [why()]
    first, second = ask(paper), ask(paper, Office.SOLICITOR, "boardmember")
    make.approved(paper)
    said.append(why())
    answer(first)
    answer(second, Answer.REFUSE, "It says too much.")
    said.append(why())
    with acting(secretary):
        ask_again(paper, by=secretary)
    said.append(why())
    answer(Clearance.objects.get(answer="waiting"))

    assert said == [
        "The chair of the London CONTEST Board has not approved it for the agenda. Propose it.",
        "ACSO’s office has not answered yet, and has to clear it.",
        "Solicitor refused to clear it. Put that right, and ask again.",
        "Solicitor has not answered yet, and has to clear it.",
    ]
    assert why() == ""


def test_e5_who_cleared_it_is_printed_on_the_paper_and_never_what_they_wrote(paper: Paper, secretary: User) -> None:
    answer(ask(paper, Office.TREASURER, "boardmember"), Answer.REFUSE, SPLIT)
    with acting(secretary):
        ask_again(paper, by=secretary)
    answer(Clearance.objects.get(answer="waiting"))
    ask(paper, mandatory=False)
    issue = make.issue(Paper.objects.get(pk=paper.pk))
    whole, opened = issue.content, json.loads(issue.open_snapshot)

    cleared = {"office": "Treasurer", "post": "Member of the board", "answer": "Cleared", "on": "3 August 2026"}
    asked = {"office": "ACSO’s office", "post": "Prevent strand lead", "on": ""}
    assert whole["clearances"] == [cleared, asked | {"answer": "Asked, and has not cleared this version"}]
    assert opened["clearances"] == [cleared]
    assert whole["approval"] == {"post": "Chair of the board", "on": "3 August 2026", "urgency": ""}
    assert SPLIT not in issue.snapshot + issue.open_snapshot
    assert "Bo Seatley" not in issue.snapshot
    assert Contents(issue.snapshot).context()["clearances"] == whole["clearances"]
    page = article(opened)
    assert "Member of the board" in page
    assert "Prevent strand lead" not in page
