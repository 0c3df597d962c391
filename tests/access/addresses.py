"""What is asked of every address: for which objects, with which query, and what is sent.

An address is known by its URL name. `own` words in an object's name are absolute, not the asking person's: "brent" and
"harrow" are boroughs, "here" is the board of the cast and "elsewhere" another one. A "crossed" address has the parent
of the one and the child of the other; "missing" leads to no row; "none" needs no object.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID, uuid4

from boroughs.models import BankHoliday, Organisation
from contest_portal.notifications.kinds import KINDS
from reports.models import Acronym, Block
from reports.models.paper_words import words_sha256
from reports.rendering.findings import findings_on
from reports.rendering.renditions import members_paper
from strands.models import AssuranceCycle, AssuranceFramework, Objective, ThreatLevel
from tests import cast
from tests.access.typed import (
    Q1,
    acceptance,
    assessment,
    assignment,
    changed_activity,
    changed_assessment,
    changed_cycle,
    changed_deliverable,
    changed_framework,
    changed_line,
    changed_meeting,
    changed_post,
    changed_risk,
    changed_shape,
    commentary,
    delegation,
    delivered,
    equality_answers,
    erratum,
    excuse,
    forecast,
    improvement,
    milestone,
    moved_block,
    new_cycle,
    new_deliverable,
    new_framework,
    new_line,
    new_measure,
    new_post,
    new_risk,
    next_version,
    observed_value,
    on_behalf,
    opening,
    own_score,
    paper_details,
    reached,
    received,
    removed_block,
    repetition,
    retirement,
    rewritten_block,
    sending_back,
    shape_section,
    shape_version,
    shared_post,
    standing,
    submission,
    suggested_text,
    unlocking,
)
from tests.access.world import ELSEWHERE, World
from tests.strands.answers import conference, day

MISSING, NO_UUID = 999_999_999, UUID(int=0)
ACTIVITIES = ("brent", "joint", "harrow", "brent-sensitive", "harrow-sensitive", "opened", "reclassified")
PAPERS = (
    *("draft", "draft-elsewhere", "exempt-draft"),
    *("issued", "issued-elsewhere", "sensitive", "exempt", "exempt-elsewhere"),
)
DOCUMENTS = ("issued", "issued-public", "issued-elsewhere", "sensitive", "exempt", "exempt-elsewhere")
PACK_FILES = tuple(
    f"{name}-{rendition}" for name in ("here", "open", "elsewhere") for rendition in ("members", "public")
)
SHAPES = ("here", "elsewhere", "everybodys")
ISSUED_OR_NOT = ("draft", "issued", "issued-elsewhere", "sensitive")
IMPORTS = ("brent-lead", "harrow-lead")
SETTLED = ("brent-open", "brent-accepted", "harrow-open", "harrow-accepted")
RETURNS = ("brent", "brent-sent-back", "harrow", "harrow-sent-back")


@dataclass(frozen=True)
class Call:
    args: tuple[Any, ...] = ()
    query: dict[str, Any] = field(default_factory=dict)
    post: dict[str, Any] = field(default_factory=dict)


Calls = dict[str, Call]


def _none(world: World) -> Calls:
    return {"none": Call()}


def _each(group: str, names: Iterable[str], post: Callable[[Any], dict[str, Any]] | None = None) -> Any:
    def calls(world: World) -> Calls:
        rows = {name: getattr(world, group)[name] for name in names}
        found = {name: Call((row.pk,), post=post(row) if post else {}) for name, row in rows.items()}
        return found | {"missing": Call((MISSING if isinstance(next(iter(rows.values())).pk, int) else NO_UUID,))}

    return calls


# --- activities ---------------------------------------------------------------------------------


def _lists(world: World) -> Calls:
    """The whole list, a search for one that few may find, and those of one marking."""
    hidden = world.activities["harrow-sensitive"].reference
    return {
        "none": Call(),
        "searched": Call(query={"words": hidden}),
        "of-harrow": Call(query={"borough": cast.HARROW}),
        "by-strand": Call(query={"strand": "protect"}),
    }


def _activity_new(world: World) -> Calls:
    """Blank, like another one, and as a session of another one."""
    begun = {
        f"{name}-{of}": Call(query={name: world.activities[of].pk}, post=conference())
        for name in ("like", "session_of")
        for of in ("brent", "joint", "harrow", "brent-sensitive")
    }
    blank = {"brent": Call(post=conference()), "harrow": Call(post=conference(lead_borough=cast.HARROW))}
    drafted = Call(query={"draft": str(world.drafts["brent"].pk)}, post=conference())
    return blank | begun | {"drafted": drafted}


def _plans(world: World) -> Calls:
    return {"none": Call(), "quarter": Call(query={"quarter": Q1}), "missing": Call(query={"quarter": "2026-Q9"})}


def _draft_saving(world: World) -> Calls:
    """As the page of Brent's lead sends it."""
    boxes = {"draft_key": str(uuid4()), "draft_page": "/activities/new", "title": "Half a title"}
    return {"none": Call(post=boxes | {"draft_person": str(cast.person("brent.lead").pk)})}


def _edits(world: World) -> Calls:
    """Beside each activity, one of Brent that is to be given to Harrow."""
    calls = _each("activities", ACTIVITIES, changed_activity)(world)
    brent = world.activities["brent"]
    given = Call((brent.pk,), post=changed_activity(brent) | {"lead_borough": cast.HARROW})
    return calls | {"brent-to-harrow": given}


def _merges(world: World) -> Calls:
    """Two of Brent's, and one of Brent's with one of Harrow's, both ways."""

    def call(kept: str, other: str) -> Call:
        pair = world.activities[kept], world.activities[other]
        versions = ",".join(str(found.version) for found in pair)
        answers = dict.fromkeys(("title", "attendance", "attendance_basis", "internal_note", "lead_share"), "kept")
        post = answers | {"versions": versions, "reason": "Logged twice"}
        return Call((pair[0].pk, pair[1].pk), post=post)

    return {
        "brent": call("brent", "joint"),
        "brent-into-harrow": call("harrow", "brent"),
        "harrow-into-brent": call("brent", "harrow"),
        "brent-sensitive": call("brent", "brent-sensitive"),
        "missing": Call((world.activities["brent"].pk, MISSING)),
    }


def _attachments(world: World) -> Calls:
    def call(activity: str, attachment: str) -> Call:
        return Call((world.activities[activity].pk, world.attachments[attachment].pk))

    own = {"brent": call("brent", "brent"), "secret": call("brent", "secret"), "harrow": call("harrow", "harrow")}
    missing = Call((world.activities["brent"].pk, MISSING))
    return own | {"crossed": call("brent", "harrow"), "missing": missing}


def _closures(world: World) -> Calls:
    def call(parent: str, child: str) -> Call:
        return Call((world.activities[parent].pk, world.openings[child].pk))

    return {
        "brent": call("opened", "opened"),
        "harrow": call("harrow", "harrow"),
        "crossed": call("opened", "harrow"),
        "crossed-back": call("harrow", "opened"),
        "missing": Call((world.activities["opened"].pk, MISSING)),
    }


def _notes(world: World) -> Calls:
    """Of the partner, of the lead, of a borough that has no part, and on what is not joint."""
    typed = {"version": 0, "text": "We did our part."}
    joint, alone = world.activities["joint"].pk, world.activities["brent"].pk
    note = world.notes["joint"]
    return {
        "joint-harrow": Call((joint, cast.HARROW), post=typed | {"version": note.version}),
        "joint-brent": Call((joint, cast.BRENT), post=typed),
        "brent-harrow": Call((alone, cast.HARROW), post=typed),
        "missing": Call((MISSING, cast.HARROW)),
    }


def _comments(parents: str, comments: str) -> Callable[[World], Calls]:
    """One of Brent and one of Harrow, and each under the other's parent."""

    def calls(world: World) -> Calls:
        parent, child = getattr(world, parents), getattr(world, comments)
        return {
            "brent": Call((parent["brent"].pk, child["brent"].pk)),
            "harrow": Call((parent["harrow"].pk, child["harrow"].pk)),
            "crossed": Call((parent["brent"].pk, child["harrow"].pk)),
            "crossed-back": Call((parent["harrow"].pk, child["brent"].pk)),
            "missing": Call((parent["brent"].pk, MISSING)),
        }

    return calls


# --- boroughs, boards, reference -----------------------------------------------------------------


def _boroughs(world: World) -> Calls:
    return {"brent": Call((cast.BRENT,)), "harrow": Call((cast.HARROW,)), "missing": Call(("E09000099",))}


def _boards(world: World) -> Calls:
    return {"here": Call((cast.BOARD,)), "elsewhere": Call((ELSEWHERE,)), "missing": Call(("no-board",))}


def _years(world: World) -> Calls:
    return {"none": Call(), "year": Call(query={"year": 2026}), "missing": Call(query={"year": "no-year"})}


def _meeting_new(world: World) -> Calls:
    typed = day("day", dt.date(2026, 11, 19)) | {"time": "10:00", "venue": "City Hall"}
    return {name: Call(call.args, post=typed) for name, call in _boards(world).items()}


def _holiday() -> BankHoliday:
    return BankHoliday.objects.earliest("day")


def _holidays(world: World) -> Calls:
    holiday = _holiday()
    typed = day("day", holiday.day) | {"name": "Moved", "version": holiday.version, "reason": "Announced"}
    return {"row": Call((holiday.pk,), post=typed), "missing": Call((MISSING,))}


def _holiday_new(world: World) -> Calls:
    return {"none": Call(post=day("day", dt.date(2027, 6, 9)) | {"name": "Jubilee", "reason": "Announced"})}


def _levels(world: World) -> Calls:
    level = ThreatLevel.objects.latest("starts")
    typed = day("starts", level.starts) | {"level": "LOW", "definition": "Put right"}
    return {
        "row": Call((level.pk,), post=typed | {"version": level.version, "reason": "Announced"}),
        "missing": Call((MISSING,)),
    }


def _level_new(world: World) -> Calls:
    typed = day("starts", dt.date(2026, 8, 1)) | {"level": "LOW", "definition": "Unlikely", "reason": "Announced"}
    return {"none": Call(post=typed | {"scheme": ThreatLevel.objects.latest("starts").scheme})}


def _objective_new(world: World) -> Calls:
    return {
        "row": Call(("contest-2023",), post={"strand": "prevent", "text": "Help"}),
        "missing": Call(("no-edition",)),
    }


def _objective_links(world: World) -> Calls:
    return {"row": Call((Objective.objects.get(code="2023-PV-1").pk,)), "missing": Call((MISSING,))}


def _keys(found: str) -> Callable[[World], Calls]:
    return lambda world: {"row": Call((found,)), "missing": Call(("no-such-key",))}


def _cycle(world: World) -> Calls:
    found = AssuranceCycle.objects.get(key="toolkit-eight")
    return _keys(found.key)(world) | {"row": Call((found.key,), post=changed_cycle(found))}


def _framework(world: World) -> Calls:
    found = AssuranceFramework.objects.get(pk="prevent-duty")
    return _keys("prevent-duty")(world) | {"row": Call(("prevent-duty",), post=changed_framework(found))}


# --- returns -------------------------------------------------------------------------------------


def _several(**typed: Any) -> Callable[[World], Calls]:
    """Nothing chosen, one of each kind chosen, and one that is there with one that is not."""

    def calls(world: World) -> Calls:
        names = ("brent", "brent-accepted", "harrow", "harrow-accepted")
        found = {name: world.returns[name] for name in names}
        chosen = {name: {"return": [str(row.pk)]} for name, row in found.items()}
        chosen["both"] = {"return": [str(found["brent"].pk), str(found["harrow"].pk)]}
        chosen["missing"] = {"return": [str(found["brent"].pk), str(MISSING)]}
        seen = {f"seen-{row.pk}": row.content_hash for row in found.values()}
        return {"none": Call()} | {
            name: Call(query=ticked, post=ticked | seen | typed) for name, ticked in chosen.items()
        }

    return calls


def _chasing(world: World) -> Calls:
    """One by one, and one together with what is not there."""
    rows = {name: str(world.returns[name].pk) for name in RETURNS}
    asked = {name: {"return": [pk]} for name, pk in rows.items()}
    asked["missing"] = {"return": [rows["brent-sent-back"], str(MISSING)]}
    return {name: Call(query=chosen, post=chosen) for name, chosen in asked.items()}


# --- papers and documents -------------------------------------------------------------------------


def _paper_new(world: World) -> Calls:
    typed = {"title": "News", "by_line": "Director", "quarter": Q1, "part": "1"}
    return {name: Call(post=typed | {"meeting": row.pk}) for name, row in world.meetings.items()}


def _paper_start(world: World) -> Calls:
    return {name: Call(post={"meeting": row.pk, "quarter": Q1}) for name, row in world.meetings.items()}


DUE = {"due_on-day": "1", "due_on-month": "3"}
ACRONYM = {"short": "XYA", "expansion": "Example of a Year", "reason": "It is used."}


def _acronyms(world: World) -> Calls:
    row = Acronym.objects.get(short="MPS")
    typed = ACRONYM | {"version": row.version}
    return {"row": Call((row.pk,), post=typed), "missing": Call((MISSING,), post=typed)}


def _keepings(world: World) -> Calls:
    """What was promised in the open, in an exempt paragraph and to another board, kept by a paper of this one."""

    def call(paper: Any, promise: int) -> Call:
        block = paper.blocks.filter(kind="paragraph", exempt_ground="").first()
        return Call((paper.pk, promise), post={"block": str(block.pk)})

    draft = world.papers["draft"]
    own = {name: call(draft, each.pk) for name, each in world.promises.items()}
    return own | {"missing": call(draft, MISSING), "issued": call(world.papers["issued"], world.promises["open"].pk)}


def _acceptances(world: World) -> Calls:
    """In each the checker finds that a number is another one than in the last paper of its board."""

    def call(paper: Any) -> Call:
        found = findings_on(paper, members_paper(paper))
        return Call((paper.pk, found[0].digest if found else "0" * 64), post={"reason": "It is on the agenda."})

    return {name: call(world.papers[name]) for name in PAPERS} | {"missing": Call((MISSING, "0" * 64))}


def _paper_edits(world: World) -> Calls:
    """A moved paper goes to a meeting of a board that is not its secretary's."""
    draft = world.papers["draft"]
    moved = Call((draft.pk,), post=paper_details(draft, world.meetings["elsewhere"]))
    return _each("papers", PAPERS, paper_details)(world) | {"draft-to-elsewhere": moved}


def _figures(world: World) -> Calls:
    """The table by borough, whose rows behind it list every activity that the paper counted."""
    return {name: Call((world.papers[name].pk, 1)) for name in PAPERS if "draft" not in name} | {
        "draft": Call((world.papers["draft"].pk, 1)),
        "missing": Call((world.papers["issued"].pk, 999)),
    }


def _shape_sections(typed: Callable[[Any], dict[str, Any]]) -> Callable[[World], Calls]:
    """A section that each has, and one that is not there."""

    def calls(world: World) -> Calls:
        keys = {"here": "performance", "elsewhere": "performance", "everybodys": "supporting"}
        found = {name: Call((world.shapes[name].pk, key), post=typed(world.shapes[name])) for name, key in keys.items()}
        return found | {"missing": Call((world.shapes["here"].pk, "no-section"))}

    return calls


def _board_publishing(world: World) -> Calls:
    boards = {"here": world.meetings["here"].board, "elsewhere": world.meetings["elsewhere"].board}
    typed = {"notice_days": "6", "exempt_style": "placeholder"}
    return {name: Call((each.key,), post=typed | {"version": each.version}) for name, each in boards.items()}


def _published_pack(world: World) -> Calls:
    """Of a published board, of one that published nothing, and of the one under the name of the other."""
    packs = world.packs
    return {
        "elsewhere": Call((ELSEWHERE, packs["elsewhere"].pk)),
        "here": Call((cast.BOARD, packs["here"].pk)),
        "crossed": Call((cast.BOARD, packs["elsewhere"].pk)),
    }


def _published_board(world: World) -> Calls:
    """The London board has published nothing."""
    return {"elsewhere": Call((ELSEWHERE,)), "here": Call((cast.BOARD,))}


def _published(world: World) -> Calls:
    """Under its own board and under another one."""
    found = world.publications["elsewhere"]
    return {"elsewhere": Call((ELSEWHERE, found.pk)), "crossed": Call((cast.BOARD, found.pk))}


def _block_new(world: World) -> Calls:
    query = {"section": "supporting", "heading": "deliverables", "kind": "paragraph"}
    typed = {"text": "Another word.", "marking": "OFFICIAL", "place": "supporting/deliverables"}
    return {name: Call(call.args, query, typed) for name, call in _each("papers", PAPERS)(world).items()}


def _blocks(post: Callable[[Block], dict[str, Any]]) -> Callable[[World], Calls]:
    def call(paper: Any, owner: Any) -> Call:
        block = owner.blocks.filter(kind="paragraph").latest("position")
        return Call((paper.pk, block.pk), post=post(block))

    def calls(world: World) -> Calls:
        own = {name: call(world.papers[name], world.papers[name]) for name in PAPERS}
        here, elsewhere = world.papers["draft"], world.papers["draft-elsewhere"]
        return own | {
            "crossed": call(here, elsewhere),
            "crossed-back": call(elsewhere, here),
            "missing": Call((here.pk, NO_UUID)),
        }

    return calls


CLEARANCES = ("waiting", "answered", "elsewhere")


def _clearances(world: World) -> Calls:
    found = {name: _of_clearance(world.clearances[name]) for name in CLEARANCES}
    here, elsewhere = world.clearances["waiting"], world.clearances["elsewhere"]
    return found | {
        "crossed": Call((elsewhere.paper_id, here.pk)),
        "crossed-back": Call((here.paper_id, elsewhere.pk)),
        "missing": Call((here.paper_id, MISSING)),
    }


def _of_clearance(found: Any) -> Call:
    return Call((found.paper_id, found.pk), post={"answer": "clear", "seen": words_sha256(found.paper)})


def _exempt_cells(world: World) -> Calls:
    """Tables of drafts of which a cell is exempt; and, for taking that back, the cell."""
    made = {"row": cast.HARROW, "column": "attendance", "ground": "3", "interest": "It would."}
    found = {name: Call((cell.paper_id, cell.block_id), post=made) for name, cell in world.cells.items()}
    here, elsewhere = world.cells["asked"], world.cells["draft-elsewhere"]
    return found | {"crossed": Call((here.paper_id, elsewhere.block_id)), "missing": Call((here.paper_id, NO_UUID))}


def _exempt_cell(world: World) -> Calls:
    found = {name: Call((cell.paper_id, cell.block_id, cell.pk)) for name, cell in world.cells.items()}
    here, elsewhere = world.cells["asked"], world.cells["draft-elsewhere"]
    crossed = Call((here.paper_id, here.block_id, elsewhere.pk))
    return found | {"crossed": crossed, "missing": Call((here.paper_id, here.block_id, MISSING))}


ASKED = ("asked", "draft", "draft-elsewhere", "issued")


def _asking(world: World) -> Calls:
    asked = {"office": "treasurer", "person": cast.person("boardmember").pk, "days": "5"}
    return _each("papers", ASKED, lambda paper: asked)(world)


def _approvals(world: World) -> Calls:
    return _each("papers", ASKED, lambda paper: {"decision": "approved", "seen": words_sha256(paper)})(world)


def _block_comments(post: dict[str, Any]) -> Callable[[World], Calls]:
    """On an open and on an exempt part of one draft, on the draft of another board, and each under the other's."""

    def calls(world: World) -> Calls:
        found = world.block_comments
        own = {name: Call((row.paper_id, row.pk), post=post) for name, row in found.items()}
        return own | {
            "crossed": Call((found["draft"].paper_id, found["draft-elsewhere"].pk), post=post),
            "missing": Call((found["draft"].paper_id, MISSING), post=post),
        }

    return calls


def _suggestions(world: World) -> Calls:
    found = world.suggestions
    typed = {"answer": "declined", "reason": "It says too much.", "seen": "0"}
    own = {name: Call((row.paper_id, row.pk), post=typed) for name, row in found.items()}
    return own | {
        "crossed": Call((found["draft"].paper_id, found["draft-elsewhere"].pk), post=typed),
        "missing": Call((found["draft"].paper_id, MISSING), post=typed),
    }


# --- figures ---------------------------------------------------------------------------------------


def _live_figures(world: World) -> Calls:
    return {
        "activities": Call(("activities",), {"quarter": Q1}),
        "by-borough": Call(("activities_by_borough",), {"quarter": Q1, "row": cast.HARROW, "column": "activities"}),
        "returns": Call(("returns_by_borough",), {"quarter": Q1}),
        "returns-of-harrow": Call(("returns_accepted",), {"quarter": Q1, "over": cast.HARROW}),
        "missing": Call(("no-such-figure",), {"quarter": Q1}),
    }


CHARTS = ("strands", "returns")


def _discussions(world: World) -> Calls:
    calls = _live_figures(world)
    return {name: replace(calls[name], post={"text": "Is it so?"}) for name in ("activities", "returns", "missing")}


# --- measures --------------------------------------------------------------------------------------

MEASURED = ("prevent", "prepare", "proposed")


def _measures(post: Callable[[Any], dict[str, Any]] | None = None) -> Callable[[World], Calls]:
    """One of Prevent about individuals and one of Prepare, both in force, and a proposal for Prepare."""

    def calls(world: World) -> Calls:
        rows = {name: world.measures[name] for name in MEASURED}
        found = {name: Call((row.code,), post=post(row) if post else {}) for name, row in rows.items()}
        return found | {"missing": Call(("XX-99",))}

    return calls


def _decisions(world: World) -> Calls:
    """The one that is in force has nothing to decide."""
    rows = {name: world.measures[name].versions.get() for name in ("prepare", "proposed")}
    calls = {name: Call((row.pk,), post={"answer": "yes", "seen": row.version}) for name, row in rows.items()}
    return calls | {"missing": Call((MISSING,))}


def _agreements(world: World) -> Calls:
    """The analyst's own proposals for Prepare and for Prevent; nothing of the one in force."""
    rows = {name: world.measures[name].versions.get() for name in ("prepare", "proposed", "prevent-proposed")}
    calls = {name: Call((row.pk,), post={"seen": row.version}) for name, row in rows.items()}
    return calls | {"missing": Call((MISSING,))}


def _by_borough(world: World) -> Calls:
    """The one that is published by borough, and one that is not."""
    found = {name: world.measures[name].code for name in ("by-borough", "prevent")} | {"missing": "XX-99"}
    typed = {cast.BRENT: "20", "seen": "none"}
    return {name: Call((code,), {"quarter": Q1}, typed) for name, code in found.items()}


VALUES = ("supplied", "checked", "final")
DELIVERABLES = ("prevent", "protect")


def _areas_of_deliverables(world: World) -> Calls:
    """Brent's and Harrow's of one of Prevent and of one of Protect, which is not for the City of London."""
    areas = {"brent": cast.BRENT, "harrow": cast.HARROW, "city": "E09000001"}
    found = {
        f"{name}-{area}": Call((world.deliverables[name].pk, code), post=received() | {"version": 0})
        for name in DELIVERABLES
        for area, code in areas.items()
    }
    return found | {"missing": Call((MISSING, cast.BRENT))}


RESOURCES = ("brent", "harrow", "london")


def _post_new(world: World) -> Calls:
    """Of Brent's council, and of Harrow's."""
    councils = {"brent": cast.BRENT, "harrow": cast.HARROW}
    keys = {name: Organisation.objects.get(kind="council", borough=code).pk for name, code in councils.items()}
    return {name: Call(post=new_post(key)) for name, key in keys.items()}


def _funding_new(world: World) -> Calls:
    funder = Organisation.objects.get(key="home-office").pk
    places = {"brent": cast.BRENT, "harrow": cast.HARROW, "london": ""}
    return {name: Call(post=new_line(funder, code)) for name, code in places.items()}


def _scored(post: Callable[[Any], dict[str, Any]] | None = None, *number: int) -> Callable[[World], Calls]:
    """Of each borough in today's cycle, and of a cycle that there is not."""

    def calls(world: World) -> Calls:
        found = {
            name: Call(("toolkit-eight", row.borough_id, *number), post=post(row) if post else {})
            for name, row in world.scores.items()
        }
        return found | {"missing": Call(("no-cycle", cast.BRENT, *number))}

    return calls


def _value_pages(world: World) -> Calls:
    """One that is final, one that nobody has checked, the final one as it was known before, and one of a proposal."""
    known, proposed = world.measures["prevent"].code, world.measures["proposed"].code
    final = (known, world.observations["final"].quarter.key)
    return {
        "final": Call(final),
        "supplied": Call((known, world.observations["supplied"].quarter.key)),
        "then": Call(final, {"as_at": "2026-08-02"}),
        "proposed": Call((proposed, Q1)),
        "missing": Call(("XX-99", Q1)),
    }


def _deputies(world: World) -> Calls:
    """Harrow's lead in the place of Brent's, next year."""
    days = day("starts", dt.date(2027, 1, 4)) | day("ends", dt.date(2027, 1, 8))
    names = {"person": cast.person("brent.lead").pk, "email": "harrow.lead@demo.example"}
    return {"none": Call(post=days | names | {"reason": "Leave"})}


_SIGN_IN = {"login": "member@demo.example", "password": "not the password"}
_PASSWORD = "correct horse battery stapler"

# --- the archive --------------------------------------------------------------------------------


def _flags(world: World) -> Calls:
    paper = world.archived["here"].pk
    found = {name: Call((paper, flag.pk), post={"note": "So in print too."}) for name, flag in world.flags.items()}
    return found | {"missing": Call((paper, MISSING))}


def _kept(found: Any) -> dict[str, Any]:
    body = Organisation.objects.get(key="metropolitan-police-authority")
    return {"organisation": body.pk, "title": "Kept", "year": "2009"}


ADDRESSES: dict[str, Callable[[World], Calls]] = {
    "home": _none,
    "health_live": _none,
    "health_ready": _none,
    "account_login": lambda world: {"none": Call(post=_SIGN_IN)},
    "account_logout": _none,
    "account_change_password": lambda world: {
        "none": Call(post={"oldpassword": cast.PASSWORD, "password1": _PASSWORD, "password2": _PASSWORD})
    },
    "account": _none,
    "messages": _none,
    "messages_read": _none,
    "message": _each("messages", ("brent", "harrow")),
    "mail_choices": lambda world: {"none": Call(post=dict.fromkeys(KINDS, "off"))},
    "deputies": _deputies,
    "deputy_ending": _each("deputies", ("brent", "harrow")),
    "grants": _none,
    "components": _none,
    "reference": _none,
    "strategies": _none,
    "session_stay": _none,
    "draft_saving": _draft_saving,
    "draft_token": _none,
    "draft_removal": _each("drafts", ("brent",)),
    "strategy": _keys("contest-2023"),
    "strategy_new": lambda world: {
        "none": Call(post=day("starts", dt.date(2030, 4, 1)) | {"name": "CONTEST, 2030", "reason": "Published"})
    },
    "objective_new": _objective_new,
    "objective_links": _objective_links,
    "strategy_history": _keys("contest-2023"),
    "acronyms": _none,
    "acronym_new": lambda world: {"none": Call(post=ACRONYM)},
    "acronym_edit": _acronyms,
    "acronym_history": _acronyms,
    "threat_levels": _none,
    "threat_level_new": _level_new,
    "threat_level_edit": _levels,
    "threat_level_history": _levels,
    "bank_holidays": _none,
    "bank_holidays_of": lambda world: {"none": Call((2026,))},
    "bank_holiday_new": _holiday_new,
    "bank_holiday_edit": _holidays,
    "bank_holiday_removal": _holidays,
    "bank_holiday_history": _holidays,
    "organisations": _none,
    "organisation_history": lambda world: _keys(Organisation.objects.earliest("key").key)(world),
    "boroughs": _none,
    "borough": _boroughs,
    "borough_history": _boroughs,
    "activities": _lists,
    "activities_csv": _lists,
    "activities_xlsx": _lists,
    "activities_export_new": lambda world: {"none": Call(post={"query": "strand=prevent", "format": "csv"})},
    "activities_export": _each("exports", IMPORTS),
    "activities_export_progress": _each("exports", IMPORTS),
    "activities_export_file": _each("exports", IMPORTS),
    "activity_new": _activity_new,
    "activity": _each("activities", ACTIVITIES),
    "activity_edit": _edits,
    "activity_history": _each("activities", ACTIVITIES),
    "activity_plan": _plans,
    "activity_status": _each("activities", ACTIVITIES, delivered),
    "activity_repeat": _each("activities", ACTIVITIES, repetition),
    "activity_twins": _each("activities", ACTIVITIES),
    "activity_merge": _merges,
    "activity_apart": _each("activities", ("merged", "brent", "harrow"), lambda found: {"reason": "They are two"}),
    "activity_note": _notes,
    "activity_comment": _each("activities", ACTIVITIES, lambda found: {"text": "Is it right?"}),
    "activity_comment_resolution": _comments("activities", "activity_comments"),
    "activity_attachments": _each("activities", ACTIVITIES),
    "activity_attachment": _attachments,
    "activity_attachment_removal": _attachments,
    "activity_equality": _each("activities", ACTIVITIES, lambda found: {"version": found.version, "sex_men": 1}),
    "activity_people": _each("activities", ACTIVITIES, opening),
    "activity_person_closure": _closures,
    "spreadsheet": lambda world: {"none": Call()},
    "spreadsheet_template": _boroughs,
    "spreadsheet_import": _each("imports", IMPORTS),
    "spreadsheet_progress": _each("imports", IMPORTS),
    "spreadsheet_load": _each("imports", IMPORTS),
    "spreadsheet_retry": _each("imports", IMPORTS),
    "forward_plan": _years,
    "forward_plan_csv": _years,
    "consolidation": lambda world: {"none": Call(), "missing": Call(query={"quarter": "2026-Q9"})},
    "consolidation_csv": lambda world: {"none": Call(), "missing": Call(query={"quarter": "2026-Q9"})},
    "equality_release": lambda world: {
        "none": Call(
            post={"population": "LONDON_33", "quarters": "1", "rounded_to": "1", "reason": "The board meets."}
        ),
        "missing": Call(query={"quarter": "2026-Q9"}),
    },
    "released_figures": _none,
    "override_new": lambda world: {
        "none": Call(post={"figure": world.measures["prevent"].code, "quarter": Q1, "reason": "It is public."})
    },
    "override": _each("overrides", ("waiting", "refused"), lambda found: {"answer": "yes"}),
    "measures": lambda world: {"none": Call(), "missing": Call(query={"quarter": "2026-Q9"})},
    "measure_new": lambda world: {"none": Call(post=new_measure())},
    "measure": _measures(),
    "measure_version_new": _measures(next_version),
    "measure_review": _measures(retirement),
    "measure_decision": _decisions,
    "measure_agreement": _agreements,
    "borough_targets": _by_borough,
    "borough_targets_edit": _by_borough,
    "observation_new": _measures(observed_value),
    "observation_check": _each("observations", VALUES),
    "observation_approval": _each("observations", VALUES),
    "observation_commentary": _each("observations", VALUES, lambda found: {"commentary": "By November."}),
    "observation_colour": _each("observations", VALUES, lambda found: {"colour": "G", "reason": "It came late"}),
    "observation_colour_decision": _each("observations", VALUES, lambda found: {"answer": "yes"}),
    "value": _value_pages,
    "deliverables": lambda world: {"none": Call(), "late": Call(query={"late": "yes"})},
    "deliverables_csv": lambda world: {"none": Call(), "late": Call(query={"late": "yes"})},
    "deliverable_new": lambda world: {
        "prevent": Call(post=new_deliverable()),
        "protect": Call(post=new_deliverable() | {"strand": "protect"}),
    },
    "deliverable": _each("deliverables", DELIVERABLES),
    "deliverable_edit": _each("deliverables", DELIVERABLES, changed_deliverable),
    "deliverable_standing": _each("deliverables", DELIVERABLES, standing),
    "deliverable_history": _each("deliverables", DELIVERABLES),
    "deliverable_areas": _each("deliverables", DELIVERABLES, lambda found: received() | {"everywhere": "on"}),
    "deliverable_area": _areas_of_deliverables,
    "milestone_new": _each("deliverables", DELIVERABLES, milestone),
    "milestone_forecast": _each("milestones", DELIVERABLES, forecast),
    "milestone_reached": _each("milestones", DELIVERABLES, reached),
    "slip_acceptance": _each("slips", DELIVERABLES),
    "assurance": _none,
    "assurance_new": lambda world: {"none": Call(post=new_cycle())},
    "assurance_framework_new": lambda world: {"none": Call(post=new_framework())},
    "assurance_framework_edit": _framework,
    "assurance_framework_history": _keys("prevent-duty"),
    "assurance_cycle": _keys("toolkit-eight"),
    "assurance_cycle_edit": _cycle,
    "assurance_cycle_history": _keys("toolkit-eight"),
    "assurance_borough": _scored(),
    "assurance_own_score": _scored(own_score, 1),
    "assurance_assessment": _scored(assessment, 1),
    "assurance_action_new": _scored(improvement, 1),
    "assurance_action_done": _each("actions", ("brent", "harrow"), lambda found: day("day", dt.date(2026, 7, 31))),
    "assurance_history": _scored(None, 1),
    "risks": _none,
    "risk_new": lambda world: {
        "brent": Call(post=new_risk(cast.BRENT)),
        "harrow": Call(post=new_risk(cast.HARROW)),
        "london": Call(post=new_risk("")),
    },
    "risk": _each("risks", RESOURCES),
    "risk_edit": _each("risks", RESOURCES, changed_risk),
    "risk_history": _each("risks", RESOURCES),
    "equality_assessments": _none,
    "equality_assessment_new": lambda world: {name: Call(post=equality_answers(name)) for name in DELIVERABLES},
    "equality_assessment": _each("assessments", DELIVERABLES),
    "equality_assessment_edit": _each("assessments", DELIVERABLES, changed_assessment),
    "equality_assessment_history": _each("assessments", DELIVERABLES),
    "resources_xlsx": _none,
    "resources": lambda world: {"none": Call(), "then": Call(query={"on": "2011-09-08", "kind": "all"})},
    "posts": lambda world: {"none": Call(), "of-harrow": Call(query={"borough": cast.HARROW})},
    "post_new": _post_new,
    "post": _each("posts", RESOURCES),
    "post_edit": _each("posts", RESOURCES, changed_post),
    "post_shares": _each("posts", RESOURCES, shared_post),
    "post_history": _each("posts", RESOURCES),
    "funding_new": _funding_new,
    "funding_line": _each("lines", RESOURCES),
    "funding_edit": _each("lines", RESOURCES, changed_line),
    "funding_line_history": _each("lines", RESOURCES),
    "boards": _none,
    "board": _boards,
    "board_history": _boards,
    "board_publishing": _board_publishing,
    "meeting_new": _meeting_new,
    "meeting": _each("meetings", ("here", "elsewhere")),
    "meeting_edit": _each("meetings", ("here", "elsewhere"), changed_meeting),
    "meeting_history": _each("meetings", ("here", "elsewhere")),
    "returns": _none,
    "returns_csv": _none,
    "returns_board": _none,
    "returns_board_csv": _none,
    "returns_sent": _none,
    "returns_chasing": _chasing,
    "return_comment": _each("returns", RETURNS, lambda found: {"text": "Is it right?"}),
    "return_comment_resolution": _comments("returns", "return_comments"),
    "quarterly_return": _each("returns", RETURNS),
    "quarterly_return_edit": _each("returns", RETURNS, commentary),
    "quarterly_return_history": _each("returns", RETURNS),
    "return_submission": _each("returns", RETURNS, submission),
    "returns_acceptance": _several(),
    "returns_unlocking": _several(**day("ends", dt.date(2026, 8, 20)), reason="A late count."),
    "return_assignments": _none,
    "return_assignment": _each("assignments", ("brent", "harrow"), assignment),
    "return_delegate_new": _each("assignments", ("brent", "harrow"), delegation),
    "return_submission_for": _each("returns", SETTLED, on_behalf),
    "return_excuse": _each("returns", SETTLED, excuse),
    "return_unlocking": _each("returns", SETTLED, unlocking),
    "return_acceptance": _each("returns", RETURNS, acceptance),
    "return_sending_back": _each("returns", RETURNS, sending_back),
    "dashboards": lambda world: {"none": Call(), "missing": Call(query={"over": "NO_GROUPING"})},
    "own_dashboard": _none,
    "comparison": lambda world: {
        "none": Call(),
        "harrow": Call(query={"a-over": cast.HARROW, "b-over": cast.BRENT, "a-quarter": Q1, "b-quarter": Q1}),
    },
    "saved_views": _none,
    "saved_view_new": lambda world: {
        "none": Call(query={"of": "/dashboards/"}, post={"name": "London", "moves": "yes", "subscription": ""}),
        "missing": Call(query={"of": "//elsewhere.example/"}),
    },
    "saved_view": _each("saved_views", ("brent", "harrow"), lambda found: {"name": found.name, "subscription": ""}),
    "saved_view_removal": _each("saved_views", ("brent", "harrow")),
    "dashboard_xlsx": lambda world: {
        "harrow": Call(query={"quarter": Q1, "over": cast.HARROW}),
        "missing": Call(query={"over": "NO_GROUPING"}),
    },
    "page_document_new": lambda world: {
        "london": Call(query={"quarter": Q1}),
        "harrow": Call(query={"quarter": Q1, "over": cast.HARROW}),
        "missing": Call(query={"over": "NO_GROUPING"}),
    },
    "page_document": _each("page_documents", ("brent", "harrow")),
    "page_document_progress": _each("page_documents", ("brent", "harrow")),
    "page_document_download": _each("page_documents", ("brent", "harrow")),
    "page_document_retry": _each("page_documents", ("brent", "harrow")),
    "link_boroughs": lambda world: {"none": Call(post={"boroughs": [cast.HARROW]})},
    "borough_dashboard": _boroughs,
    "strand_dashboard": lambda world: {"prevent": Call(("prevent",)), "missing": Call(("no-strand",))},
    "figure_rows": _live_figures,
    "chart_comments": _discussions,
    "chart_comment_new": _discussions,
    "chart_comment": _each("chart_comments", CHARTS),
    "chart_comment_reply": _each("chart_comments", CHARTS, lambda found: {"text": "Is it so?"}),
    "chart_comment_resolution": _each("chart_comments", CHARTS),
    "figure_csv": _live_figures,
    "figure_rows_csv": _live_figures,
    "paper_templates": _none,
    "paper_template": _each("shapes", SHAPES),
    "paper_template_edit": _each("shapes", SHAPES, changed_shape),
    "template_section_new": _each("shapes", SHAPES, shape_section),
    "template_section_edit": _shape_sections(shape_section),
    "template_section_removal": _shape_sections(shape_section),
    "template_version_new": _each("shapes", SHAPES, shape_version),
    "paper_template_history": _each("shapes", SHAPES),
    "papers": _none,
    "archived_papers": lambda world: {"none": Call(), "searched": Call(query={"words": "feedback"})},
    # Whatever does not stand in any paragraph: so all of them are found.
    "said": lambda world: {"none": Call(), "searched": Call(query={"words": "-zeppelin"})},
    "said_csv": lambda world: {"none": Call(), "searched": Call(query={"words": "-zeppelin"})},
    "archived_paper": _each("archived", ("here", "removed")),
    "archived_paper_history": _each("archived", ("here",)),
    "archived_paper_removal": _each("archived", ("here", "removed"), lambda found: {"reason": "It is another one"}),
    "archive_flag": _flags,
    "archived_copy": _each("copies", ("pdf", "docx", "removed")),
    "archived_copy_progress": _each("copies", ("pdf", "docx")),
    "archived_copy_file": _each("copies", ("pdf", "docx", "removed")),
    "archived_copy_retry": _each("copies", ("pdf", "docx")),
    "archive_upload_new": lambda world: {"none": Call()},
    "archive_upload": _each("uploads", ("here",), _kept),
    "archive_upload_removal": _each("uploads", ("here",)),
    "paper_new": _paper_new,
    "paper_start": _paper_start,
    "finding_acceptance": _acceptances,
    "promises": _none,
    "promise_keeping": _keepings,
    "block_promise": _blocks(lambda block: {"what": "More to come", "due_on-year": "2031", **DUE}),
    "paper": _each("papers", PAPERS),
    "paper_edit": _paper_edits,
    "paper_check": _each("papers", PAPERS),
    "paper_issue": _each("papers", PAPERS),
    "paper_clearance": _each("papers", ASKED),
    "clearance_new": _asking,
    "clearance_again": _each("papers", ASKED),
    "clearance": _clearances,
    "clearance_removal": _clearances,
    "paper_approval": _approvals,
    "approval_proposal": _each("papers", ASKED),
    "exempt_cells": _exempt_cells,
    "exempt_cell_removal": _exempt_cell,
    "paper_subscriptions": lambda world: {"none": Call(post={"boards": [cast.BOARD]})},
    "paper_figure": _figures,
    "paper_history": _each("papers", PAPERS),
    "published": _none,
    "published_hashes": _none,
    "published_hashes_csv": _none,
    "published_board": _published_board,
    "published_feed": _published_board,
    "published_paper": _published,
    "published_pdf": _published,
    "published_word": _published,
    "published_csv": _published,
    "paper_publication": _each("papers", ISSUED_OR_NOT, lambda paper: {"late_reason": "The figures came late."}),
    "paper_withdrawal": _each("papers", ("issued", "issued-elsewhere"), lambda paper: {"reason": "Too early."}),
    "paper_publication_word": _each("papers", ("issued", "issued-elsewhere")),
    "erratum_new": _each("papers", ISSUED_OR_NOT, erratum),
    "word_template": _boards,
    "word_template_file": _boards,
    "paper_word": _each("papers", PAPERS),
    "published_pack": _published_pack,
    "packs": _each("meetings", ("here", "elsewhere")),
    "pack_build": _each("meetings", ("here", "elsewhere")),
    "pack_issue": _each("packs", ("here", "open", "elsewhere")),
    "pack_file": _each("pack_files", PACK_FILES),
    "pack_file_progress": _each("pack_files", PACK_FILES),
    "pack_file_download": _each("pack_files", PACK_FILES),
    "pack_file_retry": _each("pack_files", PACK_FILES),
    "pack_file_cancel": _each("pack_files", PACK_FILES),
    "print_queue": _boards,
    "print_queue_progress": _boards,
    "document_cancel": _each("documents", DOCUMENTS),
    "document": _each("documents", DOCUMENTS),
    "document_progress": _each("documents", DOCUMENTS),
    "document_download": _each("documents", DOCUMENTS),
    "document_retry": _each("documents", DOCUMENTS),
    "block_new": _block_new,
    "block_preview": _each("papers", PAPERS, lambda paper: {"text": "With [[activities]]."}),
    "figure_picker": _each("papers", PAPERS),
    "paper_versions": _each("papers", PAPERS),
    "version_keeping": _each("papers", PAPERS, lambda paper: {"name": "As sent to the treasurer"}),
    "paper_against": _each("papers", PAPERS),
    "paper_comments": _each("papers", PAPERS),
    "block_comment_new": _blocks(lambda block: {"text": "Is it right?"}),
    "block_comment_reply": _block_comments({"text": "It is."}),
    "block_comment_resolution": _block_comments({}),
    "block_comment_reopening": _block_comments({}),
    "block_suggestion_new": _blocks(suggested_text),
    "block_suggestion": _suggestions,
    "block_edit": _blocks(rewritten_block),
    "block_move": _blocks(moved_block),
    "block_removal": _blocks(removed_block),
}
