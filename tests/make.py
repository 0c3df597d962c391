"""Rows for tests, made the way the product makes them: tracked, with an author."""

import datetime as dt
import itertools
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django.utils.text import slugify

from boards.models import Board, Meeting
from contest_portal.accounts.models import User
from contest_portal.audit import bulk
from contest_portal.audit.acting import acting
from contest_portal.core.quarters import Quarter
from reports.models import Block, Decision, Issue, Paper, PaperTemplate, QuarterlyReturn
from reports.models.paper_words import words_sha256
from reports.workflow.approving import decide_on_paper, propose_paper, why_not_propose
from reports.workflow.issuing import issue_paper
from reports.workflow.papers import add_block, create_paper
from strands.models import Activity, ActivityShare
from tests.cast import BOARD, BRENT, grant, person

_serial = itertools.count(1)
QUARTER = Quarter(2026, 1)


def many(rows: list[Any], *, by: User | None = None) -> list[Any]:
    """New rows of one model the way that a spreadsheet's go in; their keys."""
    with acting(by or person("brent.lead"), reason="Spreadsheet"):
        bulk.save_new(rows)
    return [row.pk for row in rows]


def activity(*, borough: str = BRENT, shares: dict[str, int] | None = None, **values: Any) -> Activity:
    """A delivered OFFICIAL activity of Q1 2026/27. `shares` maps GSS codes to per cent; all to `borough` by default."""
    author: User = values.pop("logged_by", None) or person("brent.lead")
    reference = values.pop("reference", None) or f"TST/2026-27/{next(_serial):04d}"
    fields: dict[str, Any] = {
        "title": "Workshop for school staff",
        "kind": "community_event",
        "strand_id": "prevent",
        "starts": dt.date(2026, 5, 13),
    }
    fields |= values
    if fields.get("attendance") is not None:
        fields.setdefault("attendance_qualifier", "exact")
        fields.setdefault("attendance_basis", "headcount")
    with acting(author):
        made = Activity(
            reference=reference,
            lead_borough_id=borough,
            logged_by=author,
            form_key=uuid4(),
            **fields,
        )
        made.save()
        for gss_code, percent in (shares or {borough: 100}).items():
            ActivityShare(activity=made, borough_id=gss_code, percent=Decimal(percent)).save()
    return made


def board(key: str = BOARD, **values: Any) -> Board:
    found = Board.objects.filter(key=key).first()
    if found:
        return found
    fields = {
        "name": "London CONTEST Board",
        "short_name": "CONTEST Board",
        "kind": "partnership",
        "purpose": "Oversees delivery of the strategy in London.",
        "starts": dt.date(2016, 1, 1),
        "standing_items": ["Apologies for absence", "Declarations of interest", "Minutes", "Action log"],
    }
    with acting(person("secretary")):
        made = Board(key=key, **fields | values)
        made.save()
    return made


def meeting(day: dt.date = dt.date(2026, 9, 17), **values: Any) -> Meeting:
    with acting(person("secretary")):
        made = Meeting(board=values.pop("board", None) or board(), day=day, venue="City Hall", **values)
        made.save()
    return made


# What every return is asked for, so that a test writes only what it is about.
ANSWERED = {
    "commentary_gap": "As planned.",
    "uncounted_reason": "Nobody stood at the door.",
    "panel_reason": "It meets in the next quarter.",
    "next_plan": "More of the same.",
}


def quarterly_return(borough: str = BRENT, quarter: Quarter = QUARTER, **values: Any) -> QuarterlyReturn:
    with acting(User.objects.portal()):
        fields: dict[str, Any] = {"due": dt.date(2026, 7, 14)} | ANSWERED | values
        made = QuarterlyReturn(borough_id=borough, quarter=quarter, **fields)
        made.save()
    return made


def paper(*, at: Meeting | None = None, by: User | None = None, **values: Any) -> Paper:
    """A draft with the first text that every new paper gets."""
    author = by or person("secretary")
    fields: dict[str, Any] = {
        "title": "CONTEST delivery",
        "by_line": "Director of Community Safety",
        "quarter": QUARTER,
    }
    if "dated" not in values:
        fields["meeting"] = at or Meeting.objects.first() or meeting()
    with acting(author):
        return create_paper(by=author, **fields | values)


def paper_template(key: str, titles: tuple[str, ...] = ("Performance",), **values: Any) -> PaperTemplate:
    """A shape without letters, of papers that go to no meeting; `values` make it another."""
    nil = {"letter": "", "numbering": "none", "headings": [], "nil": "Nothing is to be reported."}
    fields: dict[str, Any] = {
        "name": key,
        "sections": [{"key": slugify(title), "title": title} | nil for title in titles],
        "contact": [],
        "scheme": "yearly",
        "series": "Briefing paper",
        "shape": key,
        "has_summary": False,
        "starts": dt.date(2001, 1, 1),
    }
    with acting(person("secretary")):
        made = PaperTemplate(key=key, **fields | values)
        made.save()
    return made


def secretary_of(board: Board) -> User:
    """Somebody else, who is the secretary of another board."""
    made = User(email=f"secretary.{board.key}@demo.example", name="Sam Elsewhere", post="Secretary elsewhere")
    with acting(User.objects.portal()):
        made.save()
        grant(made, "secretary", "board", board.key, by=User.objects.portal())
    return made


def block(to: Paper, text: str = "Something was done.", *, by: User | None = None, **values: Any) -> Block:
    author = by or person("secretary")
    fields = {"section": "supporting", "heading": "deliverables", "kind": "paragraph", "text": text}
    with acting(author):
        return add_block(Block(paper=to, **fields | values), by=author)


def approved(of: Paper, *, by: User | None = None) -> Paper:
    """Proposed by the secretary, and approved as it stands by the chair of its board, if it is not yet."""
    secretary, chair = by or person("secretary"), chair_of(of.board)
    if why_not_propose(of, by=secretary):
        return of
    with acting(secretary):
        propose_paper(of, by=secretary)
    with acting(chair):
        decide_on_paper(of, Decision.APPROVED, seen=words_sha256(of), urgency="It cannot wait.", by=chair)
    return of


def chair_of(board: Board) -> User:
    """The cast's, and for a board that it has none of, one made for the purpose."""
    if board.key == BOARD:
        return person("chair")
    email = f"chair.{board.key}@demo.example"
    if not User.objects.filter(email=email).exists():
        with acting(User.objects.portal()):
            chair = User(email=email, name="Chay Ortwin", post=f"Chair, {board.short_name}")
            chair.save()
            grant(chair, "chair", "board", board.key, by=User.objects.portal())
    return User.objects.get(email=email)


def issue(of: Paper | None = None, *, by: User | None = None) -> Issue:
    """Approved first, as every paper is."""
    secretary = by or person("secretary")
    found = approved(of or paper(), by=secretary)
    with acting(secretary):
        return issue_paper(found, by=secretary)
