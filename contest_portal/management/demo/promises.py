"""What papers promised the board: one thing that the next paper keeps, and two that are still open."""

import datetime as dt

from boards.models import Meeting
from contest_portal.accounts.models import User
from reports.models import Block, Paper, Promise
from reports.workflow.papers import add_block
from reports.workflow.promising import keep, promise

PLANS = (
    "The secretariat will tell the next meeting whether every borough has tested its plan for a public event.",
    "Whether every borough has tested its plan for a public event",
)
KEPT = (
    "As promised to the last meeting: every borough has now said when it last tested its plan for a public event, and "
    "those that had not tested it have agreed a day with their command unit."
)
OFFICERS = (
    "The secretariat will bring to the next meeting what the officers whom boroughs share cost each of them.",
    "What shared officers cost each borough",
)
SCHOOLS = (
    "The offer of training to schools is under review. What comes of it goes to the Board before it is bought again.",
    "The review of training for schools",
)


def make_promise(paper: Paper, upcoming: Meeting | None, by: User) -> None:
    """In the paper before the last: for the meeting after it."""
    _promised(paper, PLANS, due_meeting=upcoming, by=by)


def keep_promise(paper: Paper, upcoming: Meeting | None, by: User) -> None:
    """The last paper keeps what the one before promised, and promises for the next meeting and for a day after it."""
    block = _paragraph(paper, KEPT, by)
    for each in Promise.objects.filter(what=PLANS[1]):
        keep(each, block, by=by)
    _promised(paper, OFFICERS, due_meeting=upcoming, by=by)
    _promised(paper, SCHOOLS, due_on=paper.day + dt.timedelta(days=150), by=by)


def _promised(paper: Paper, words: tuple[str, str], *, by: User, **due: Meeting | dt.date | None) -> None:
    if None not in due.values():
        promise(Promise(block=_paragraph(paper, words[0], by), what=words[1], **due), by=by)


def _paragraph(paper: Paper, text: str, by: User) -> Block:
    block = Block(paper=paper, section="supporting", heading="partners", kind="paragraph", text=text)
    add_block(block, by=by)
    return block
