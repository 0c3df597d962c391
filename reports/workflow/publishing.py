"""Publishing what was issued, taking it back, and putting right in public what was wrong. Each is done once."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone

from contest_portal.audit.acting import acting, moment
from contest_portal.core.markings import Marking, highest
from contest_portal.core.refusal import Refused
from reports.figures.definitions import Sensitivity
from reports.figures.released import held
from reports.models import (
    Decision,
    Document,
    Erratum,
    Issue,
    Paper,
    Publication,
    PublishedWord,
    ReleasedFigure,
    Rendition,
    SuppressionOverride,
    Withdrawal,
)
from reports.rendering.composition import PaperFigures
from reports.rendering.leaks import secrets_of
from reports.rendering.published import opened
from reports.workflow.approving import unsettled
from reports.workflow.documents import queue_document
from reports.workflow.subscribing import tell_subscribers
from strands.figures.suppression import THRESHOLD


def public_document(issue: Issue, format: str = "pdf") -> Document | None:  # noqa: A002  (the field's name)
    return issue.documents.filter(rendition=Rendition.PUBLIC, format=format).first()


def why_not_publish(issue: Issue, *, by: Any) -> str:
    """Why this person cannot publish it now, in a sentence; empty when they can."""
    paper = issue.paper
    if not paper.issuable_by(by):
        return f"Only the secretary of the {paper.board} publishes its papers."
    if hasattr(issue, "publication"):
        return f"It was published on {timezone.localdate(issue.publication.published_at):%-d %B %Y}."
    document = public_document(issue)
    if document is None:
        return "It has no public version: it is taken in Part 2, or OFFICIAL-SENSITIVE without its exempt parts."
    if document.is_parked:
        return document.reason
    if not document.is_ready:
        return "Its public PDF is still being made. Try again in a moment."
    return _without_approval(issue) or _markings_disagree(issue) or held_since(issue)


def _without_approval(issue: Issue) -> str:
    """What was settled at issue is frozen with it. What was issued before anybody approved is approved first."""
    return "" if "approval" in issue.content else next(iter(unsettled(issue.paper)), "")


def _markings_disagree(issue: Issue) -> str:
    """What everybody reads is OFFICIAL, in every figure of it."""
    content = opened(issue)
    found = highest([content["paper"]["marking"], *(figure["marking"] for figure in content["figures"])])
    if found == Marking.OFFICIAL:
        return ""
    return f"The markings do not agree: something in its public version is {found}."


def held_since(issue: Issue) -> str:
    """A number about people in it that another paper, issued meanwhile, has otherwise by a few."""
    own = {
        (row.figure, row.quarter, row.cell): row.value
        for row in issue.released_figures.exclude(sensitivity=Sensitivity.S0).filter(exempt=False, value__isnull=False)
    }
    others = ReleasedFigure.objects.filter(figure__in={key[0] for key in own}, value__isnull=False, exempt=False)
    overridden = SuppressionOverride.objects.filter(decision=Decision.APPROVED)
    let_out = set(overridden.values_list("figure", "quarter"))
    for row in others.exclude(issue=issue):
        if (row.figure, row.quarter) in let_out:
            continue
        value = own.get((row.figure, row.quarter, row.cell))
        if value is not None and row.value is not None and 0 < abs(value - row.value) < THRESHOLD:
            return (
                f"Another paper has {row.value:,} for {row.figure}, and this one has {value:,}. A change of fewer "
                f"than {THRESHOLD} tells of so few people, so it is held."
            )
    return ""


def due(issue: Issue) -> dt.date | None:
    """The last day that leaves the notice which the board asks for; none without a meeting."""
    meeting = issue.paper.meeting
    return meeting.publish_by if meeting else None


def why_late(issue: Issue, today: dt.date) -> str:
    """What the notice comes to when it is published today; empty while it is in time."""
    last, meeting = due(issue), issue.paper.meeting
    if last is None or meeting is None or today <= last:
        return ""
    return (
        f"Papers for the meeting of {meeting.day:%-d %B %Y} were to be out by {last:%A %-d %B %Y}, which leaves "
        f"{meeting.board.notice_days} clear working days. Say why this one is late."
    )


@transaction.atomic
def publish_paper(issue: Issue, *, late_reason: str = "", by: Any) -> Publication:
    """Open the public version to everybody, with the hashes of what was opened and the moment."""
    Paper.objects.select_for_update(of=("self",)).get(pk=issue.paper_id)
    found = Issue.objects.select_related("paper__board", "paper__meeting__board").get(pk=issue.pk)
    if reason := why_not_publish(found, by=by):
        raise Refused(reason)
    now = moment()
    if (late := why_late(found, timezone.localdate(now))) and not late_reason.strip():
        raise Refused(late)
    if late and (why_not := _tells_of_exempt(found, late_reason, "why it is late")):
        raise Refused(why_not)
    document = public_document(found)
    if document is None:
        raise Refused("It has no public version.")
    made = Publication(issue=found, document=document, sha256=document.sha256, content_sha256=found.open_sha256)
    made.published_at, made.published_by, made.due = now, by, due(found)
    made.late_reason = late_reason.strip() if late else ""
    made.save()
    publish_word(made, by=by)
    tell_subscribers(made)
    return made


def why_not_publish_word(publication: Publication, *, by: Any) -> str:
    board = publication.issue.paper.board
    if not Publication.objects.withdrawable_by(by).filter(pk=publication.pk).exists():
        return f"Only the secretary of the {board} publishes its Word files, and none of what was withdrawn."
    return "Its Word file is published already." if hasattr(publication, "word") else ""


@transaction.atomic
def publish_word(publication: Publication, *, by: Any) -> Document:
    """Its Word file is published at once where it is made already, and as soon as it is where not. It is made once,
    whoever asks how often."""
    Paper.objects.select_for_update(of=("self",)).get(pk=publication.issue.paper_id)
    found = Publication.objects.select_related("issue__paper__board").get(pk=publication.pk)
    if why_not := why_not_publish_word(found, by=by):
        raise Refused(why_not)
    document = queue_document(found.issue, format="docx", rendition=Rendition.PUBLIC, by=by)
    if document.is_ready:
        _open_word(found, document)
    return document


def publish_when_made(document: Document) -> None:
    """A public Word file that has just been made, of a paper that is published and not taken back."""
    document.refresh_from_db(fields=["state", "sha256", "owner"])
    if not (document.is_word and document.is_public and document.is_ready):
        return
    with acting(document.owner):
        Paper.objects.select_for_update(of=("self",)).get(pk=document.issue.paper_id)
        found = Publication.objects.filter(issue=document.issue_id, withdrawal=None, word=None).first()
        if found:
            _open_word(found, document)


def _open_word(publication: Publication, document: Document) -> None:
    made = PublishedWord(publication=publication, document=document, sha256=document.sha256)
    made.published_at = moment()
    made.save()


@transaction.atomic
def withdraw_paper(
    publication: Publication, *, reason: str, successor: Publication | None = None, by: Any
) -> Withdrawal:
    """Take a published paper back. With a successor it stays readable under a banner that leads there."""
    Paper.objects.select_for_update(of=("self",)).get(pk=publication.issue.paper_id)
    found = Publication.objects.select_related("issue__paper__board").get(pk=publication.pk)
    if why_not := found.why_not_withdraw(by) or _tells_of_exempt(found.issue, reason, "why it is withdrawn"):
        raise Refused(why_not)
    if successor is not None and successor.issue.paper.board_id != found.issue.paper.board_id:
        raise Refused("A paper is superseded by one of the same board.")
    made = Withdrawal(publication=found, successor=successor, reason=reason.strip())
    made.withdrawn_at, made.withdrawn_by = moment(), by
    made.save()
    return made


def why_not_correct(issue: Issue, *, by: Any) -> str:
    if not issue.paper.issuable_by(by):
        return f"Only the secretary of the {issue.paper.board} publishes errata to its papers."
    return ""


@transaction.atomic
def add_erratum(erratum: Erratum, *, by: Any) -> Erratum:
    """Publish an erratum beside an issued paper, whose text and bytes stay as they are. The board's next meeting is
    told of it.

    A corrected number about people tells by how few it was wrong, so it is checked as a release of its own.
    """
    issue = erratum.issue
    Paper.objects.select_for_update(of=("self",)).get(pk=issue.paper_id)
    said = " . ".join([erratum.place, erratum.printed, erratum.corrected, erratum.reason])
    if why_not := (why_not_correct(issue, by=by) or _tells_of_few(erratum) or _tells_of_exempt(issue, said, "errata")):
        raise Refused(why_not)
    erratum.number = issue.errata.count() + 1
    erratum.published_at, erratum.published_by = moment(), by
    erratum.told_to = issue.paper.board.meetings.planned().from_day(timezone.localdate()).first()
    erratum.save()
    return erratum


def _tells_of_few(erratum: Erratum) -> str:
    if not erratum.figure:
        return ""
    figures = PaperFigures(erratum.issue.paper.quarter, [erratum.figure]).found
    return held(figures.values()).get(erratum.figure, "")


def _tells_of_exempt(issue: Issue, said: str, what: str) -> str:
    """Of something that a secretary writes for everybody."""
    if not issue.paper.has_exempt or not issue.open_snapshot:
        return ""
    words = secrets_of(issue.content, opened(issue)).in_text(said)
    return (
        f"“{words}” stands only in an exempt part of the paper. Everybody reads {what}: leave it out." if words else ""
    )
