"""Dashboards that are lists, as pieces of a PDF: posts and money, deliverables, and the board of returns."""

import datetime as dt
from collections.abc import Iterator

from boroughs.figures.money import Money
from boroughs.figures.staffing import Staffing
from contest_portal.ui.formats import day as in_words
from contest_portal.ui.formats import number, pounds
from reports.rendering.composition import Content
from reports.rendering.page_content import line, prose, table
from reports.rendering.returns_board import ReturnsBoard
from strands.figures import delivery
from strands.models import Deliverable


def resources_pieces(staff: Staffing, money: Money) -> Iterator[Content]:
    yield prose(staff.sentence, " ".join([staff.variation, *staff.of_groupings]))
    if money.cliffs:
        yield prose("Where money or posts come to an end soon", " ".join(cliff.words for cliff in money.cliffs))
    heads = ["Area", "Posts", "FTE", "Not filled", "Shares posts with"]
    rows = [
        line(row.borough.name, number(row.posts), number(row.fte), number(row.vacant), ", ".join(row.shared_with))
        for row in staff.boroughs
    ]
    about = f"as at {in_words(staff.day)}"
    yield _listed("Posts of each area", heads, rows, f"Posts and shares, {about}", "Posts")
    kinds = [line(row.label, number(row.posts), number(row.fte), number(row.vacant)) for row in staff.kinds]
    yield _listed("Posts by kind", ["Kind", "Posts", "FTE", "Not filled"], kinds, f"Posts by kind, {about}", "Posts")
    lines = [
        line(
            f"{row.line}, {row.line.borough or 'all London'}",
            pounds(row.line.expected),
            pounds(row.line.confirmed),
            in_words(row.line.confirmed_until) if row.line.confirmed_until else "Not confirmed",
            row.posts_words,
        )
        for row in money.lines
    ]
    heads = ["Line of funding", "Expected", "Confirmed", "Until", "Posts"]
    yield _listed("Money", heads, lines, "Lines of funding of the financial year and the next", "Lines of funding")


def returns_pieces(board: ReturnsBoard) -> Iterator[Content]:
    counts = board.counts
    said = (
        f"{counts['nil']} of them nil; {counts['excused']} excused, {counts['overdue']} overdue, "
        f"{counts['accepted']} accepted, {counts['on_time']} on time. All 33 areas are counted, the City among them."
    )
    yield prose(f"{counts['received']} of {counts['expected']} returns are in", said)
    rows = [
        line(
            row.borough.name,
            row.now.words,
            f"{row.waiting.step}, {row.waiting.days} days" if row.waiting else "Nobody",
            row.waiting.post if row.waiting else "",
            f"{row.on_time} of {row.owed}",
        )
        for row in board.rows
    ]
    heads = ["Area", "State", "Waits for", "Post", "On time in two years"]
    yield _listed("Where each return is", heads, rows, f"Returns for {board.quarter}", "Returns")


def deliverables_pieces(found: list[Deliverable], day: dt.date) -> Iterator[Content]:
    rows = [
        line(
            f"{each.deliverable.reference} {each.deliverable.title}",
            each.deliverable.strand.name,
            str(each.status.label),
            str(each.confidence.label) if each.confidence else "No colour",
            each.due,
            each.dates,
        )
        for each in delivery.lines(found, day)
    ]
    heads = ["Deliverable", "Strand", "Status", "Delivery confidence", "Due", "First agreed"]
    yield _listed(delivery.sentence(found, day), heads, rows, "Deliverables that were filtered", "Plans")


def _listed(finding: str, heads: list[str], rows: list[Content], caption: str, source: str) -> Content:
    return table(heads, rows) | {"finding": finding, "caption": caption, "source": source}
