"""Issuing a paper: once, with a number, everything in it frozen, and its documents queued."""

from typing import Any

from django.db import transaction

from boards.models import AgendaItem
from contest_portal.audit.acting import moment
from contest_portal.core.markings import Marking
from contest_portal.core.refusal import Refused
from reports.figures.released import with_parts
from reports.models import Issue, Paper, PaperStatus, ReleasedFigure, Rendition
from reports.rendering.remarks import what_stops
from reports.rendering.snapshot import Frozen, canonical, sha256_of, snapshot_of
from reports.workflow.documents import queue_document


def why_not_issue(paper: Paper, *, by: Any) -> str:
    """Why this person cannot issue it now, in a sentence; empty when they can."""
    return paper.why_not_issue(by) or what_stops(paper)


@transaction.atomic
def issue_paper(paper: Paper, *, by: Any) -> Issue:
    """Number it, freeze it, enter its figures in the ledger of released ones, and queue its PDFs on commit.

    The paper's row is locked first, so of two people who issue it at once one waits and is then refused. The number
    comes from the meeting's counter; a transaction that fails gives it back, so numbers have no gaps.
    """
    locked = Paper.objects.select_for_update(of=("self",)).select_related("meeting__board", "template").get(pk=paper.pk)
    if reason := why_not_issue(locked, by=by):
        raise Refused(reason)
    number = locked.meeting.next_item_number()
    item = AgendaItem(meeting=locked.meeting, number=number, title=_title_for_all(locked), part=locked.part)
    item.save()
    issue, frozen = _freeze(locked, item, by=by)
    issue.save()
    _enter_figures(issue, frozen)
    locked.status = PaperStatus.ISSUED
    locked.save()
    queue_document(issue, by=by)
    if issue.open_snapshot:
        queue_document(issue, rendition=Rendition.PUBLIC, by=by)
    return issue


def _title_for_all(paper: Paper) -> str:
    """An agenda is read by everybody, titles of Part 2 items included; a sensitive title stays with its paper."""
    return paper.title if paper.open_marking == Marking.OFFICIAL else f"An {paper.open_marking} item"


def _freeze(paper: Paper, item: AgendaItem, *, by: Any) -> tuple[Issue, Frozen]:
    now = moment()
    frozen = snapshot_of(paper, report=item.number, at=now, by=by.post or by.name)
    text = canonical(frozen.content)
    issue = Issue(paper=paper, item=item, issued_at=now, issued_by=by, snapshot=text, sha256=sha256_of(text))
    if frozen.opened is not None:
        issue.open_snapshot = canonical(frozen.opened)
        issue.open_sha256 = sha256_of(issue.open_snapshot)
    return issue, frozen


def _enter_figures(issue: Issue, frozen: Frozen) -> None:
    keys = {head["key"] for head in (frozen.opened or frozen.content)["figures"]}
    opened = with_parts(figure for figure in frozen.figures if figure.key in keys)
    for figure in with_parts(frozen.figures).values():
        for cell, value, qualifier in figure.released_cells():
            ReleasedFigure(
                issue=issue,
                figure=figure.key,
                quarter=figure.quarter,
                population=figure.population,
                cell=cell,
                value=value,
                qualifier=qualifier,
                exempt=figure.key not in opened,
                sensitivity=figure.definition.sensitivity,
            ).save()
