"""What the pack of a meeting is made of, frozen: the front, the agenda, and which finished PDF stands where.

The public one is put together from public PDFs. Of an item in Part 2 it has the title that everybody reads, and the
ground.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from boards.models import AgendaItem, Meeting
from boards.models.meeting import ItemPart
from boards.models.roster import Place, roster
from contest_portal.core.markings import Marking, highest
from contest_portal.ui.formats import day
from reports.models import Erratum, Issue, Pack, Paper, Rendition
from reports.models.exemption import in_full
from reports.models.publication import ErratumQuerySet
from reports.rendering.composition import Content
from strands.figures.known import Known

FORMAT = 1
KIND = "pack"


def contents(pack: Pack, issues: Sequence[Issue], drafts: Iterable[Paper], rendition: str) -> Content:
    """Without the moment and the person, so that the same content is the same text. `drafts` are to follow."""
    items = [_item(item, issue, rendition) for item, issue in _placed(pack, issues)]
    meeting, board = pack.meeting, pack.meeting.board
    return {
        "format": FORMAT,
        "kind": KIND,
        "rendition": rendition,
        "serial": pack.serial,
        "late_reason": pack.late_reason,
        "board": board.name,
        "meeting_day": meeting.day.isoformat(),
        "meeting_words": f"{meeting.day:%A} {day(meeting.day)}",
        "time": f"{meeting.time:%H:%M}",
        "venue": meeting.venue,
        "members": [_place(place) for place in roster(board, meeting.day, Known.now())],
        "quorum": board.quorum,
        "contact": board.contact,
        "secretariat": board.secretariat.name if board.secretariat else "",
        "attending": board.attending_words,
        "marking": highest([Marking.OFFICIAL, *(item["marking"] for item in items if item["file"])]),
        "errata": [] if pack.serial else [_erratum(each) for each in _errata(meeting, rendition)],
        "parts": [part for part in (_part(items, drafts, part) for part in ItemPart) if part["items"]],
    }


def _errata(meeting: Meeting, rendition: str) -> ErratumQuerySet:
    """Those told to this meeting; in the public pack of published papers alone."""
    found = meeting.errata.in_order()
    return found if rendition == Rendition.MEMBERS else found.public()


def _erratum(found: Erratum) -> Content:
    paper = found.issue.paper
    return {"key": found.pk, "paper": f"{found.issue.numbered}, {title_for_all(paper)}", "words": found.in_words}


def _placed(pack: Pack, issues: Sequence[Issue]) -> list[tuple[AgendaItem, Issue | None]]:
    """A pack has the whole agenda, a supplement the items of its papers."""
    by_item = {issue.item_id: issue for issue in issues}
    items = pack.meeting.items.order_by("number")
    return [(item, by_item.get(item.pk)) for item in items if item.pk in by_item or not pack.serial]


def _item(item: AgendaItem, issue: Issue | None, rendition: str) -> Content:
    found = {
        "number": item.number,
        "part": item.part,
        "title": item.title,
        "name": f"report-{item.number}",
        "ground": in_full(item.ground) if item.ground else "",
        "state": "",
        "marking": Marking.OFFICIAL.value,
        "file": "",
    }
    if issue is None:
        return found
    if rendition == Rendition.MEMBERS:
        paper = issue.paper
        return found | {"title": paper.title, "marking": paper.marking, "file": _file(issue, rendition)}
    if issue.open_snapshot:
        return found | {"file": _file(issue, rendition)}
    return found | {"state": "exempt" if item.part == ItemPart.PART_2 else "kept_back"}


def _file(issue: Issue, rendition: str) -> str:
    return issue.documents.get(format="pdf", rendition=rendition).sha256


def _part(items: Iterable[Content], drafts: Iterable[Paper], part: ItemPart) -> Content:
    own = [item for item in items if item["part"] == part]
    grounds = sorted({item["ground"] for item in own if item["ground"]})
    follow = [_to_follow(paper) for paper in drafts if paper.part == part]
    return {"label": part.label, "exempt": part == ItemPart.PART_2, "grounds": grounds, "items": own + follow}


def _to_follow(paper: Paper) -> Content:
    """It takes the next number when it is issued."""
    return {"number": None, "title": title_for_all(paper), "state": "follow", "file": "", "ground": ""}


def title_for_all(paper: Paper) -> str:
    return paper.title if paper.open_marking == Marking.OFFICIAL else f"An {paper.open_marking} item"


def _place(place: Place) -> Content:
    standing = " and ".join(place.substitutes)
    return {
        "organisation": place.organisation,
        "office": place.office,
        "holder": place.holder,
        "substitutes": standing,
        "kind": place.kind,
    }


def grounds_of(issue: Issue) -> list[str]:
    """The grounds that its own exempt parts name, most often first; what is offered for an item in Part 2."""
    named = [*issue.paper.blocks.exclude(exempt_ground="").values_list("exempt_ground", flat=True)]
    named += [issue.paper.summary_ground] if issue.paper.summary_ground else []
    return sorted(set(named), key=lambda ground: -named.count(ground)) or []


def issues_in(content: Content, issues: Iterable[Issue]) -> list[Any]:
    """Those of the issues that the content names an item of."""
    numbers = {item["number"] for part in content["parts"] for item in part["items"]}
    return [issue for issue in issues if issue.item and issue.item.number in numbers]
