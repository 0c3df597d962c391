"""Papers that go to no meeting: a briefing paper, issued, and a draft of a decision in a shape of the board's own."""

import datetime as dt

from boards.models import Board
from contest_portal.accounts.models import User
from contest_portal.audit.acting import acting
from contest_portal.core.quarters import Quarter
from contest_portal.core.working_days import add_working_days
from contest_portal.management.demo.papers import clear
from reports.models import Block, Paper, PaperTemplate
from reports.workflow.issuing import issue_paper
from reports.workflow.paper_templates import save_template, start_version
from reports.workflow.papers import add_block, create_paper, remove_block, save_paper

_DAYS_AGO = 15

_OPENING = """
This paper tells members how partners work together in London between two meetings of the Board. It covers [[quarter]].
"""
_PERFORMANCE = """
Partners delivered [[activities]] activities in [[boroughs_active]] local authority areas:

- they are counted once for London, however many areas took part
- [[attendance]] attendances were recorded at them.
"""
BRIEFING = [
    ("opening", _OPENING),
    ("performance", _PERFORMANCE),
    ("prevent", "Schools and colleges went on asking for workshops, and boroughs share the officers who give them."),
    ("protect", "Owners of crowded places were offered advice and a walk through their own premises."),
]

SUMMARY = "Partners keep one log of exercises. This decision keeps it going for a year."
DECISION = [
    ("recommendation", "the secretariat renew the shared log of exercises for a year."),
    ("background", "Partners keep one log of exercises, which the secretariat hosts."),
    ("background", "Its licence ends with the financial year."),
    ("issues", "Without it each partner would keep a list of its own, and nobody would see what was tried before."),
]


def make_other_papers(board: Board, today: dt.date, people: dict[str, User]) -> int:
    """How many were issued."""
    secretary = people["secretary"]
    day = add_working_days(today, -_DAYS_AGO, [])
    with acting(secretary, at=_at(day)):
        briefing = _briefing(board, day, secretary)
    clear(briefing, _at(day) + dt.timedelta(days=4), people)
    with acting(secretary, at=_at(day) + dt.timedelta(days=5)):
        issue_paper(briefing, by=secretary)
    with acting(secretary):
        _decision(board, today, secretary)
    return 1


def _briefing(board: Board, day: dt.date, secretary: User) -> Paper:
    paper = create_paper(
        board=board,
        dated=day,
        title="How partners work together on CONTEST in London",
        by_line="Head of secretariat, London CONTEST Board",
        quarter=Quarter.of(day).previous(),
        by=secretary,
    )
    for section, text in BRIEFING:
        add_block(Block(paper=paper, section=section, kind="paragraph", text=text.strip()), by=secretary)
    return paper


def _decision(board: Board, today: dt.date, secretary: User) -> None:
    usual = PaperTemplate.objects.get(key="mopac-decision")
    own = start_version(usual, board=board, starts=dt.date(today.year, 1, 1), by=secretary)
    own.name, own.prefix, own.by_label = "Decision of the Board between meetings", "CB", "Decision by"
    save_template(own, by=secretary)
    paper = create_paper(
        board=board,
        dated=today,
        template=own,
        title="Renewal of the shared log of exercises",
        by_line="Chair of the London CONTEST Board",
        quarter=Quarter.of(today).previous(),
        by=secretary,
    )
    for block in paper.blocks.all():
        remove_block(block, version=block.version, by=secretary)
    paper.summary, paper.front = SUMMARY, {"purpose": "To keep the shared log of exercises"}
    save_paper(paper, by=secretary)
    for section, text in DECISION:
        kind = "recommendation" if section == "recommendation" else "paragraph"
        add_block(Block(paper=paper, section=section, kind=kind, text=text), by=secretary)


def _at(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(11, 5), dt.UTC)
