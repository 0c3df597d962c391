"""Having a draft cleared: consultees are asked in parallel, each answers once, and an edit ends what was answered."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from boroughs.models import BankHoliday
from contest_portal.access.grants import open_to
from contest_portal.accounts.models import User
from contest_portal.audit.acting import moment
from contest_portal.core.refusal import Refused
from contest_portal.core.working_days import add_working_days
from contest_portal.notifications.telling import tell
from contest_portal.ui.formats import day as in_words
from reports.models import Answer, Approval, Clearance, Decision, Office, Paper, PaperWriter
from reports.models.clearance import askable_by, consultees_on, wrote
from reports.models.paper_words import words_sha256
from reports.rendering.clearances import figures_now

CHANGED = "The paper was changed since you opened it. Read it again before you answer."


def why_not_ask(paper: Paper, *, by: Any) -> str:
    """Why this person cannot have it cleared now, in a sentence; empty when they can."""
    if not paper.is_draft:
        return "The paper was issued. There is nothing left to clear."
    if not askable_by(by).filter(pk=paper.pk).exists():
        return "Its author and the secretary of the board ask for clearance."
    return ""


def why_not_consultee(paper: Paper, office: Office, person: User) -> str:
    if wrote(person, paper):
        return f"{person} wrote in this paper, and nobody clears what they wrote. Ask somebody else."
    if person not in consultees_on(paper.board.key, timezone.localdate())[office.role]:
        return f"{person} does not speak for this office."
    if Clearance.objects.filter(paper=paper, office=office, person=person, answer=Answer.WAITING).exists():
        return f"{person} has been asked already, and has not answered yet."
    return ""


@transaction.atomic
def ask_for_clearance(
    paper: Paper, *, office: Office, person: User, days: int, mandatory: bool = True, by: Any
) -> Clearance:
    """From now on the person reads the draft, what is exempt in it included; not before."""
    locked = Paper.objects.select_for_update(of=("self",)).get(pk=paper.pk)
    if reason := why_not_ask(locked, by=by) or why_not_consultee(locked, office, person):
        raise Refused(reason)
    due = add_working_days(timezone.localdate(moment()), days, BankHoliday.objects.days())
    made = Clearance(paper=locked, office=office, person=person, days=days, due=due, mandatory=mandatory)
    made.asked_by, made.asked_at = by, moment()
    made.save()
    open_to(person, locked, "read_paper")
    text = f"{by} asks you to clear a draft for the {locked.board} as {office.label}, by {in_words(due)}."
    tell([person], "A paper waits for your clearance", text, link=made.get_absolute_url(), about="clearance")
    return made


def why_not_ask_again(clearance: Clearance, *, by: Any) -> str:
    if clearance.is_waiting:
        return "It has not been answered yet."
    if clearance.holds_for(words_sha256(clearance.paper)):
        return "This version is cleared already."
    return why_not_ask(clearance.paper, by=by)


@transaction.atomic
def ask_again(paper: Paper, *, by: Any) -> list[Clearance]:
    """Everybody whose answer does not clear the paper as it is now, each with as many days as before."""
    current = Clearance.objects.filter(paper=paper).current()
    return [
        ask_for_clearance(
            paper, office=Office(each.office), person=each.person, days=each.days, mandatory=each.mandatory, by=by
        )
        for each in current
        if not why_not_ask_again(each, by=by)
    ]


@transaction.atomic
def answer_clearance(clearance: Clearance, answer: Answer, *, seen: str, words: str = "", by: Any) -> Clearance:
    """`seen` is the hash of the words that the consultee read; their answer is to those and to no others."""
    paper = Paper.objects.select_for_update(of=("self",)).get(pk=clearance.paper_id)
    locked = Clearance.objects.select_for_update(of=("self",)).get(pk=clearance.pk)
    if reason := locked.why_not_answer(by):
        raise Refused(reason)
    if seen != words_sha256(paper):
        raise Refused(CHANGED)
    if answer != Answer.CLEAR and not words.strip():
        raise Refused("Say what has to change, or why you refuse.")
    locked.answer, locked.answered_at, locked.sha256 = answer, moment(), seen
    locked.words = "" if answer == Answer.CLEAR else words.strip()
    locked.figures = figures_now(paper)
    locked.save()
    text = f"{locked.get_office_display()} has answered: {locked.state.label.lower()}."
    link = reverse("paper_clearance", args=[paper.pk])
    people = {person for person in (locked.asked_by, paper.author) if person.pk != by.pk}
    tell(people, "A consultee has answered", text, link=link, about="clearance")
    return locked


@transaction.atomic
def call_off(clearance: Clearance, *, by: Any) -> Clearance:
    """Nobody waits for it any more. What was answered stays."""
    locked = Clearance.objects.select_for_update(of=("self",)).get(pk=clearance.pk)
    if reason := why_not_ask(locked.paper, by=by):
        raise Refused(reason)
    if not locked.is_waiting:
        raise Refused("It was answered. An answer is not called off.")
    locked.answer = Answer.OFF
    locked.save()
    subject = "A paper does not wait for your clearance any more"
    text = f"{by} called it off. There is nothing left to do."
    tell([locked.person], subject, text, link=reverse("papers"), about="clearance")
    return locked


def note_writer(paper: Paper, *, by: Any) -> None:
    """Keep that this person wrote in it: they will not clear it, nor approve it."""
    if not wrote(by, paper):
        PaperWriter(paper=paper, person=by).save()


def let_lapse(paper: Paper, *, by: Any) -> None:
    """An edit ends every answer to other words than these, and tells whoever gave it."""
    cleared = Clearance.objects.filter(paper=paper).answered().select_related("person")
    approved = Approval.objects.filter(paper=paper, lapsed_at=None).exclude(decision=Decision.WAITING)
    answers: list[Any] = [*cleared, *approved.select_related("decided_by")]
    sha256 = words_sha256(paper) if answers else ""
    for each in answers:
        if each.sha256 != sha256:
            each.lapsed_at = moment()
            each.save()
            _tell_lapsed(each, by=by)


def _tell_lapsed(answer: Any, *, by: Any) -> None:
    text = f"{by} changed a paper that you had decided on. Your answer does not hold for what it says now."
    if isinstance(answer, Clearance):
        link = reverse("paper_clearance", args=[answer.paper_id])
        tell([answer.person], "A paper was changed after your clearance", text, link=link, about="clearance")
    else:
        link = reverse("paper_approval", args=[answer.paper_id])
        people = [answer.decided_by, answer.proposed_by]
        tell([each for each in people if each != by], "A paper was changed after the chair’s decision", text, link=link,
             about="approval")  # fmt: skip


def remind_consultees(today: dt.date) -> None:
    """The working day before the deadline, whoever has not answered; once it is over, whoever asked as well."""
    soon = add_working_days(today, 1, BankHoliday.objects.days())
    waiting = Clearance.objects.filter(answer=Answer.WAITING, paper__status="draft").filter(Q(due__lte=soon))
    for each in waiting.select_related("person", "asked_by"):
        over = each.due < today
        when = f"was to be answered by {in_words(each.due)}" if over else f"is to be answered by {in_words(each.due)}"
        people = [each.person, each.asked_by] if over else [each.person]
        text = f"A draft that {each.get_office_display()} was asked to clear {when}."
        event = f"clearance-{each.pk}-{'over' if over else 'soon'}"
        link = reverse("paper_clearance", args=[each.paper_id])
        tell(people, "A clearance is due", text, link=link, about="clearance", event=event)
