"""The pack of a past meeting, and the supplement with a paper that came after it."""

import datetime as dt

from boards.models import Meeting
from boroughs.models import BankHoliday
from contest_portal.accounts.models import User
from contest_portal.audit.acting import acting
from contest_portal.core.quarters import Quarter
from contest_portal.core.working_days import add_working_days
from contest_portal.management.demo.papers import clear
from reports.models import Block, Document, PackFile, Paper
from reports.rendering.making import make
from reports.workflow.issuing import issue_paper
from reports.workflow.packs import Choices, build_pack, issue_pack
from reports.workflow.papers import add_block, create_paper, remove_block, save_paper

WHY_LATE = "Venues sent what they had learned after the papers had gone out."
SUMMARY = "Five venues rehearsed moving people indoors. They need half the time that they needed a year ago."
_WHAT_HELPED = """
What helped most was simple:

- one person who gives the word
- doors that open from either side
- a list of telephone numbers that is read through once a month.
"""
LATE = [
    ("recommendation", "", "members note what venues learned when they rehearsed moving people indoors."),
    ("supporting", "deliverables", "Five venues rehearsed moving people indoors, each beside a town centre manager."),
    ("supporting", "deliverables", _WHAT_HELPED.strip()),
    ("supporting", "partners", "The fire brigade and the ambulance service watched, and wrote down what they saw."),
]


def make_packs(meeting: Meeting, people: dict[str, User]) -> int:
    """How many were issued. Files of papers are made first, for a pack is joined of them."""
    secretary = people["secretary"]
    out = add_working_days(meeting.day, -5, BankHoliday.objects.days())
    _pack(meeting, _at(out), secretary)
    late = add_working_days(meeting.day, -3, BankHoliday.objects.days())
    with acting(secretary, at=_at(late)):
        paper = _late_paper(meeting, secretary)
    clear(paper, _at(late) + dt.timedelta(hours=4), people, urgency=WHY_LATE)
    with acting(secretary, at=_at(late) + dt.timedelta(hours=5)):
        issue_paper(paper, by=secretary)
    _pack(meeting, _at(late) + dt.timedelta(hours=6), secretary, late_reason=WHY_LATE)
    return 2


def _pack(meeting: Meeting, at: dt.datetime, secretary: User, *, late_reason: str = "") -> None:
    for document in Document.objects.filter(issue__item__meeting=meeting, state="queued"):
        _make(document)
    with acting(secretary, at=at):
        pack = build_pack(meeting, Choices(late_reason=late_reason), by=secretary)
        for file in pack.current():
            _make(file)
        issue_pack(pack, by=secretary)


def _make(file: Document | PackFile) -> None:
    claimed = type(file).objects.claim(file.pk)
    if claimed is not None:
        make(claimed)


def _late_paper(meeting: Meeting, secretary: User) -> Paper:
    paper = create_paper(
        meeting=meeting,
        title="Moving people indoors: what venues learned",
        by_line="Head of Protective Security, on behalf of the Commissioner",
        quarter=Quarter.of(meeting.day).previous(),
        by=secretary,
    )
    for block in paper.blocks.all():
        remove_block(block, version=block.version, by=secretary)
    paper.summary = SUMMARY
    save_paper(paper, by=secretary)
    for section, heading, text in LATE:
        kind = "recommendation" if section == "recommendation" else "paragraph"
        add_block(Block(paper=paper, section=section, heading=heading, kind=kind, text=text), by=secretary)
    return paper


def _at(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(10, 15), dt.UTC)
