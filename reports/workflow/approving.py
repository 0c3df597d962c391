"""The secretary proposes a paper for the agenda, the chair approves it; and everything that has to be settled before
a paper goes out."""

from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from contest_portal.access.grants import scope_of
from contest_portal.access.models import Grant
from contest_portal.accounts.models import User
from contest_portal.audit.acting import moment
from contest_portal.core.markings import highest
from contest_portal.core.refusal import Refused
from contest_portal.notifications.telling import tell
from reports.models import Answer, Approval, Clearance, Decision, Paper
from reports.models.clearance import wrote
from reports.models.paper_words import words_sha256
from reports.rendering.composition import compose, compose_open
from reports.rendering.leaks import secrets_of
from reports.workflow.clearing import CHANGED


def chairs_of(paper: Paper) -> list[User]:
    grants = Grant.objects.live_on(timezone.localdate()).filter(role="chair", scope_key=paper.board.key)
    return list(User.objects.active().filter(pk__in=grants.values("user_id")))


def is_late(paper: Paper) -> bool:
    """Whether its meeting's notice has run out: then it is urgent business, or none."""
    return paper.meeting is not None and timezone.localdate(moment()) > paper.meeting.publish_by


def why_not_propose(paper: Paper, *, by: Any) -> str:
    if not paper.issuable_by(by):
        return f"Only the secretary of the {paper.board} proposes papers for its agenda."
    latest = Approval.objects.filter(paper=paper).latest()
    if latest and latest.is_waiting:
        return "It waits for the chair already."
    if latest and latest.holds_for(words_sha256(paper)):
        return "The chair has approved it."
    return ""


@transaction.atomic
def propose_paper(paper: Paper, *, by: Any) -> Approval:
    locked = Paper.objects.select_for_update(of=("self",)).get(pk=paper.pk)
    if reason := why_not_propose(locked, by=by):
        raise Refused(reason)
    made = Approval(paper=locked, proposed_by=by, proposed_at=moment())
    made.save()
    text = f"{by} proposes a paper for the agenda of the {locked.board}. You decide whether it is taken."
    link = reverse("paper_approval", args=[locked.pk])
    people = [person for person in chairs_of(locked) if person != by]
    tell(people, "A paper waits for your approval", text, link=link, about="approval")
    return made


def why_not_approve(paper: Paper, *, by: Any) -> str:
    """Why this person does not decide on it now, in a sentence; empty when they do."""
    scope, board = scope_of(by, "paper.approve"), paper.board
    if not (scope.everywhere or board.key in scope.boards):
        return f"Only the chair of the {board} approves its papers."
    if wrote(by, paper):
        return "You wrote in this paper, and nobody approves what they wrote."
    latest = Approval.objects.filter(paper=paper).latest()
    if latest is None or not latest.is_waiting:
        return "Nobody has proposed this version for the agenda yet."
    return "You proposed it, so somebody else decides." if latest.proposed_by_id == by.pk else ""


@transaction.atomic
def decide_on_paper(
    paper: Paper, decision: Decision, *, seen: str, reason: str = "", urgency: str = "", by: Any
) -> Approval:
    """`seen` is the hash of the words that the chair read. A late paper is taken as urgent for a reason, or not."""
    locked = Paper.objects.select_for_update(of=("self",)).get(pk=paper.pk)
    if why_not := why_not_approve(locked, by=by):
        raise Refused(why_not)
    if seen != words_sha256(locked):
        raise Refused(CHANGED)
    approves, late = decision == Decision.APPROVED, is_late(locked)
    if approves and late and not urgency.strip():
        raise Refused("The notice for this meeting has run out. Say why the paper is urgent.")
    if not approves and not reason.strip():
        raise Refused("Say why it is not taken.")
    if approves and (words := _exempt_in(urgency, locked)):
        raise Refused(f"“{words}” stands only in an exempt part of the paper. Everybody reads why it is urgent.")
    found = Approval.objects.select_for_update().get(paper=locked, decision=Decision.WAITING)
    found.decision, found.decided_by, found.decided_at, found.sha256 = decision, by, moment(), seen
    found.reason = "" if approves else reason.strip()
    found.urgency = urgency.strip() if approves and late else ""
    found.save()
    link = reverse("paper_approval", args=[locked.pk])
    words = f"The chair has {found.state.label.lower()} a paper"
    tell([found.proposed_by], words, f"{words} that you proposed for the agenda.", link=link, about="approval")
    return found


def _exempt_in(text: str, paper: Paper) -> str:
    if not (text.strip() and paper.has_exempt and paper.is_open):
        return ""
    whole, named = compose(paper)
    return secrets_of(whole, compose_open(paper, read=named)).in_text(text)


# --- what has to be settled -----------------------------------------------------------------------


def unsettled(paper: Paper) -> list[str]:
    """What keeps the paper, as its words are now, from going out, a sentence each."""
    sha256 = words_sha256(paper)
    return [*_without_approval(paper, sha256), *_without_clearance(paper, sha256), *_inconsistent(paper)]


def _without_approval(paper: Paper, sha256: str) -> list[str]:
    board, latest = paper.board, Approval.objects.filter(paper=paper).latest()
    if latest is None:
        return [f"The chair of the {board} has not approved it{_for_what(paper)}. Propose it."]
    if latest.is_waiting:
        return [f"It waits for the chair of the {board} to approve it{_for_what(paper)}."]
    if latest.decision == Decision.REFUSED:
        return [f"The chair of the {board} refused it. Propose it again when it is put right."]
    return [] if latest.holds_for(sha256) else ["It was changed after the chair had approved it. Propose it again."]


def _for_what(paper: Paper) -> str:
    return " for the agenda" if paper.meeting_id else ""


def _without_clearance(paper: Paper, sha256: str) -> list[str]:
    current = Clearance.objects.filter(paper=paper).current()
    return [_why_uncleared(each) for each in current if each.mandatory and not each.holds_for(sha256)]


def _why_uncleared(clearance: Clearance) -> str:
    office = clearance.get_office_display()
    if clearance.is_waiting:
        return f"{office} has not answered yet, and has to clear it."
    if clearance.answer == Answer.CLEAR or clearance.has_lapsed:
        return f"It was changed after {office} had answered. Ask again."
    if clearance.answer == Answer.AMEND:
        return f"{office} clears it with an amendment. Make that, and ask again."
    return f"{office} refused to clear it. Put that right, and ask again."


def _inconsistent(paper: Paper) -> list[str]:
    """The paper's two markings against those of its blocks. They are worked out, and looked at once more here."""
    blocks = list(paper.blocks.values_list("marking", "exempt_ground"))
    whole = highest([paper.marking, *(marking for marking, _ in blocks)])
    opened = highest([paper.open_marking, *(marking for marking, ground in blocks if not ground)])
    if (whole, opened) == (paper.marking, paper.open_marking):
        return []
    return [
        f"The markings do not agree: the paper is {paper.marking}, and something in it is {highest([whole, opened])}."
    ]
