"""Issuing a paper: once, with a number, everything in it frozen, and its documents queued."""

from typing import Any

from django.db import transaction
from django.utils.text import slugify

from boards.models import AgendaItem, Board
from contest_portal.audit import bulk
from contest_portal.audit.acting import moment
from contest_portal.core.markings import Marking
from contest_portal.core.models import next_number
from contest_portal.core.refusal import Refused
from reports.figures.released import with_parts
from reports.models import Issue, Paper, PaperStatus, PaperTemplate, ReleasedFigure, Rendition
from reports.models.paper_template import Scheme
from reports.rendering.findings import what_a_finding_stops
from reports.rendering.kept_back import opened_figures
from reports.rendering.remarks import what_stops
from reports.rendering.renditions import open_paper
from reports.rendering.snapshot import Frozen, canonical, sha256_of, snapshot_of
from reports.workflow.approving import unsettled
from reports.workflow.documents import queue_document


def why_not_issue(paper: Paper, *, by: Any) -> str:
    """Why this person cannot issue it now, in a sentence; empty when they can."""
    stops = paper.why_not_issue(by) or what_stops(paper) or what_a_finding_stops(paper)
    return stops or next(iter(unsettled(paper)), "")


@transaction.atomic
def issue_paper(paper: Paper, *, by: Any) -> Issue:
    """Number it, freeze it, enter its figures in the ledger of released ones, and queue its PDFs on commit.

    The paper's row is locked first, so of two people who issue it at once one waits and is then refused. The number
    comes from a counter that waits; a transaction that fails gives it back, so numbers have no gaps.
    """
    locked = (
        Paper.objects.select_for_update(of=("self",))
        .select_related("board", "meeting__board", "template")
        .get(pk=paper.pk)
    )
    if reason := why_not_issue(locked, by=by):
        raise Refused(reason)
    issue = _numbered(locked)
    frozen = _freeze(issue, by=by)
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


def _numbered(paper: Paper) -> Issue:
    """With the agenda item of its meeting, if it goes to one, and with a serial of its own if its shape has them."""
    template = paper.template
    issue = Issue(paper=paper, series=template.series, prefix=template.prefix)
    if paper.meeting:
        number = paper.meeting.next_item_number()
        issue.item = AgendaItem(meeting=paper.meeting, number=number, title=_title_for_all(paper), part=paper.part)
        issue.item.save()
    if template.scheme == Scheme.YEARLY:
        issue.year = paper.day.year
    if template.scheme != Scheme.AGENDA:
        issue.serial = _next_serial(paper.board, template, issue.year)
    return issue


def _next_serial(board: Board, template: PaperTemplate, year: int | None) -> int:
    """The next one of the body, whichever version of the shape the last one had."""
    starts_here = year is None or (template.starts is not None and template.starts.year == year)
    series = slugify(f"{template.series} {template.prefix}")
    return next_number(f"papers:{board.pk}:{series}:{year or ''}", template.first_number if starts_here else 1)


def _freeze(issue: Issue, *, by: Any) -> Frozen:
    issue.issued_at, issue.issued_by = moment(), by
    frozen = snapshot_of(issue.paper, number=issue.number, at=issue.issued_at, by=by.post or by.name)
    issue.snapshot = canonical(frozen.content)
    issue.sha256 = sha256_of(issue.snapshot)
    if frozen.opened is not None:
        issue.open_snapshot = canonical(frozen.opened)
        issue.open_sha256 = sha256_of(issue.open_snapshot)
    return frozen


def _enter_figures(issue: Issue, frozen: Frozen) -> None:
    opened = _open_cells(issue.paper, frozen)
    entries = [
        ReleasedFigure(
            issue=issue,
            figure=figure.key,
            quarter=figure.quarter,
            population=figure.population,
            cell=cell,
            value=value,
            qualifier=qualifier,
            exempt=(figure.key, cell) not in opened,
            sensitivity=figure.definition.sensitivity,
        )
        for figure in with_parts(frozen.figures).values()
        for cell, value, qualifier in figure.released_cells()
    ]
    bulk.save_new(entries)


def _open_cells(paper: Paper, frozen: Frozen) -> set[tuple[str, str]]:
    """(figure, cell) of every number that does not stand in exempt parts alone."""
    keys = {head["key"] for head in (frozen.opened or frozen.content)["figures"]}
    found = {figure.key: figure for figure in frozen.figures if figure.key in keys}
    if frozen.opened is not None:
        source = open_paper(paper)
        found = opened_figures(found, source.kept_back, closes_up=source.closes_up)
    return {(key, cell) for key, each in with_parts(found.values()).items() for cell, _, _ in each.released_cells()}
