"""Papers that go to no meeting: a briefing paper; and two decisions in a shape of the board's own, one a draft."""

import datetime as dt
from dataclasses import dataclass

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


@dataclass(frozen=True)
class Decided:
    title: str
    purpose: str
    summary: str
    texts: tuple[tuple[str, str], ...]


TAKEN = Decided(
    "A store for what boroughs lend each other",
    "To keep what boroughs lend each other in one place",
    "Boroughs lend each other what workshops need. This decision pays for a store and for the carriage.",
    (
        ("recommendation", "the secretariat rent one store for what boroughs lend each other."),
        ("recommendation", "boroughs pay for the carriage of what they borrow."),
        ("background", "Boroughs lend each other display stands, hearing loops and folding tables."),
        ("issues", "They stand in several town halls today, and nobody knows who has what."),
        ("financial", "The secretariat pays for the store out of its budget."),
    ),
)
PROPOSED = Decided(
    "Renewal of the shared log of exercises",
    "To keep the shared log of exercises",
    "Partners keep one log of exercises. This decision keeps it going for a year.",
    (
        ("recommendation", "the secretariat renew the shared log of exercises for a year."),
        ("background", "Partners keep one log of exercises, which the secretariat hosts."),
        ("background", "Its licence ends with the financial year."),
        ("issues", "Without it each partner would keep a list of its own, and nobody would see what was tried before."),
    ),
)


def make_other_papers(board: Board, today: dt.date, people: dict[str, User]) -> int:
    """How many were issued."""
    secretary = people["secretary"]
    day = add_working_days(today, -_DAYS_AGO, [])
    with acting(secretary, at=_at(day)):
        briefing = _briefing(board, day, secretary)
    clear(briefing, _at(day) + dt.timedelta(days=4), people)
    with acting(secretary, at=_at(day) + dt.timedelta(days=5)):
        issue_paper(briefing, by=secretary)
        own = _own_shape(board, today, secretary)
        taken = _decision(TAKEN, own, day, secretary)
    clear(taken, _at(day) + dt.timedelta(days=9), people)
    with acting(secretary, at=_at(day) + dt.timedelta(days=10)):
        issue_paper(taken, by=secretary)
    with acting(secretary):
        _decision(PROPOSED, own, today, secretary)
    return 2


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


def _own_shape(board: Board, today: dt.date, secretary: User) -> PaperTemplate:
    usual = PaperTemplate.objects.get(key="mopac-decision")
    own = start_version(usual, board=board, starts=dt.date(today.year - 1, 1, 1), by=secretary)
    own.name, own.prefix, own.by_label = "Decision of the Board between meetings", "CB", "Decision by"
    save_template(own, by=secretary)
    return own


def _decision(about: Decided, shape: PaperTemplate, day: dt.date, secretary: User) -> Paper:
    paper = create_paper(
        board=shape.board,
        dated=day,
        template=shape,
        title=about.title,
        by_line="Chair of the London CONTEST Board",
        quarter=Quarter.of(day).previous(),
        by=secretary,
    )
    for block in paper.blocks.all():
        remove_block(block, version=block.version, by=secretary)
    paper.summary, paper.front = about.summary, {"purpose": about.purpose}
    save_paper(paper, by=secretary)
    for section, text in about.texts:
        kind = "recommendation" if section == "recommendation" else "paragraph"
        add_block(Block(paper=paper, section=section, kind=kind, text=text), by=secretary)
    return paper


def _at(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(11, 5), dt.UTC)
