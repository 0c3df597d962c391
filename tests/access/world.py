"""What the matrix asks for: things of Brent and of Harrow, of the London board and of another one, with canaries.

A canary is a word that stands in one place and may be read by the people named beside it; wherever anybody else
meets it, something leaks.
"""

import datetime as dt
import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django.db.models.functions import Now
from django.utils import timezone

from boroughs.models import Borough, FundingLine, Organisation, Post
from boroughs.workflow.funding import save_funding_line
from boroughs.workflow.posts import add_posts
from contest_portal.access.grants import open_to, rights_of
from contest_portal.access.models import Deputy, Grant
from contest_portal.accounts.models import User
from contest_portal.audit.acting import acting
from contest_portal.core.quarters import Quarter
from contest_portal.drafts.models import Draft
from contest_portal.notifications.telling import tell
from reports.figures import figure
from reports.models import (
    Answer,
    ArchivedCopy,
    ArchivedPaper,
    ArchiveFlag,
    ArchiveUpload,
    BlockComment,
    BlockSuggestion,
    ChartComment,
    Clearance,
    Decision,
    Document,
    ExemptCell,
    Issue,
    Office,
    Pack,
    PackEntry,
    PackFile,
    PageDocument,
    Paper,
    PaperTemplate,
    Promise,
    Publication,
    QuarterlyReturn,
    ReturnAssignment,
    ReturnComment,
    SavedView,
    SuppressionOverride,
)
from reports.models.paper_words import words_sha256
from reports.models.return_content import hash_now
from reports.models.return_line import lines_from_log
from reports.rendering.store import keep
from reports.workflow.approving import propose_paper
from reports.workflow.archiving import Belonging, hold_upload, keep_paper, resolve_flag, take_out
from reports.workflow.block_comments import comment_on_block, suggest
from reports.workflow.chart_comments import comment_on_chart
from reports.workflow.clearing import answer_clearance, ask_for_clearance
from reports.workflow.documents import ask_for_word
from reports.workflow.papers import add_exempt_cell, remove_block
from reports.workflow.promising import promise
from reports.workflow.publishing import publish_paper
from reports.workflow.return_decisions import accept_return, send_back_return
from reports.workflow.return_writing import submit_return
from strands.models import (
    Activity,
    ActivityComment,
    ActivityDeliverable,
    Attachment,
    Benchmark,
    BenchmarkScore,
    EqualityAssessment,
    EqualityCount,
    ExportJob,
    ImportJob,
    ImprovementAction,
    Measure,
    Milestone,
    Observation,
    PartnerNote,
    Risk,
)
from strands.workflow.assurance import add_action, score_own
from strands.workflow.attaching import attach
from strands.workflow.deliverables import add_milestone
from strands.workflow.observing import approve_observation, check_observation
from strands.workflow.reading import open_activity
from strands.workflow.risks import add_risk, save_assessment
from tests import cast, make
from tests.access.people import BOARD, BRENT, BRENT_LEADS, DRAFTS, LONDON, NOBODY, make_leavers
from tests.strands import measuring, planned

NOW = dt.datetime(2026, 8, 3, 9, 0, tzinfo=dt.UTC)
Q1, Q4 = Quarter(2026, 1), Quarter(2025, 4)
Q3, Q2_BEFORE = Quarter(2025, 3), Quarter(2025, 2)
ELSEWHERE = "prevent-board"
IN_FULL = BRENT | LONDON | {"prevent_lead"}
RETURNS = LONDON | {"prevent_lead", "secretary"}
KEEPERS = frozenset({"secretary", "admin"})
DELIVERY = LONDON | BOARD | {"prevent_lead", "member"}

# Canary: who may read it. The word itself says where it stands.
CANARIES: dict[str, frozenset[str]] = {
    "xoverridewaiting": frozenset({"analyst", "secretary", "auditor"}),
    "xoverriderefused": frozenset({"analyst", "secretary", "auditor"}),
    "xnotebrent": IN_FULL,
    "xnotejoint": IN_FULL | {"harrow_lead"},
    # It was opened to the chair by name.
    "xnoteharrow": LONDON | {"harrow_lead", "prevent_lead", "chair"},
    "xtitlebrentsensitive": BRENT_LEADS | {"prevent_lead"},
    "xnotebrentsensitive": BRENT_LEADS | {"prevent_lead"},
    "xtitleharrowsensitive": frozenset({"harrow_lead"}),
    "xnoteharrowsensitive": frozenset({"harrow_lead"}),
    "xtitleopened": BRENT_LEADS | {"prevent_lead", "chair"},
    "xnoteopened": BRENT_LEADS | {"prevent_lead", "chair"},
    "xreasonopened": BRENT_LEADS | {"prevent_lead", "chair"},
    # OFFICIAL when a return and a paper were made of it, OFFICIAL-SENSITIVE since.
    "xtitlereclassified": BRENT_LEADS | {"prevent_lead"},
    "xnotereclassified": BRENT_LEADS | {"prevent_lead"},
    # The year of the only activity that old, which is Harrow's and OFFICIAL-SENSITIVE.
    "2019/20": frozenset({"harrow_lead"}),
    "xdrafthere": DRAFTS,
    "xtitledrafthere": DRAFTS,
    # Its author is the strand lead; it was opened to Harrow's lead by name.
    "xdraftelsewhere": LONDON | {"prevent_lead", "harrow_lead"},
    "xtitledraftelsewhere": LONDON | {"prevent_lead", "harrow_lead"},
    # Exempt already while it is written: not for analysts and inspectors, who read the other drafts.
    "xexemptdraft": frozenset({"secretary", "chair"}),
    "xtitleexemptdraft": frozenset({"secretary", "chair"}),
    "xthrownaway": DRAFTS,
    # A draft that the strand lead and the member of the board were asked to clear, and what the latter answered; the
    # strand lead, who has not answered yet, does not read that.
    "xtitleasked": DRAFTS | {"prevent_lead", "board_member"},
    "xparagraphasked": frozenset({"secretary", "chair", "prevent_lead", "board_member"}),
    "xwhycell": frozenset({"secretary", "chair", "prevent_lead", "board_member"}),
    "xanswered": frozenset({"secretary", "chair", "board_member"}),
    "xanswerelsewhere": frozenset({"prevent_lead"}),
    # Exempt paragraphs of papers that others read without them; the last stands in a published one.
    "xparagraphdraft": frozenset({"secretary", "chair"}),
    "xparagraphsensitive": BOARD,
    "xwhyexempt": BOARD,
    "xparagraphelsewhere": NOBODY,
    "xsensitivehere": BOARD,
    "xtitlesensitivehere": BOARD,
    "xexempthere": BOARD,
    "xtitleexempthere": BOARD,
    "xpromiseexempt": BOARD,
    "xpromiseelsewhere": NOBODY,
    "xexemptelsewhere": NOBODY,
    "xtitleexemptelsewhere": NOBODY,
    "xcommentarybrent": RETURNS | BRENT,
    "xcommentaryharrow": RETURNS | {"harrow_lead"},
    "xsentbackbrent": RETURNS | BRENT,
    "xsentbackharrow": RETURNS | {"harrow_lead"},
    "xpartnernote": IN_FULL | {"harrow_lead"},
    "xcommentbrent": IN_FULL,
    "xcommentharrow": LONDON | {"harrow_lead", "prevent_lead", "chair"},
    "xreturncommentbrent": RETURNS | BRENT,
    "xreturncommentharrow": RETURNS | {"harrow_lead"},
    # What is said of a draft: of its open parts for who reads drafts, of an exempt one for who reads that.
    "xsaidofdraft": DRAFTS,
    "xsaidofexempt": frozenset({"secretary", "chair"}),
    "xsaidelsewhere": LONDON | {"prevent_lead", "harrow_lead"},
    "xsuggestedhere": DRAFTS,
    "xsuggestedexempt": frozenset({"secretary", "chair"}),
    # On a chart that shows whose returns are in.
    "xchartcommentreturns": RETURNS | BOARD | {"member"},
    "xmessagebrent": frozenset({"brent_lead"}),
    "xmessageharrow": frozenset({"harrow_lead"}),
    "xdeputybrent": frozenset({"brent_lead", "brent_head"}),
    "xdeputyharrow": frozenset({"harrow_lead"}),
    "xexportbrent": frozenset({"brent_lead"}),
    "xexportharrow": frozenset({"harrow_lead"}),
    "xspreadsheetbrent": frozenset({"brent_lead"}),
    "xspreadsheetharrow": frozenset({"harrow_lead"}),
    # Typed by Brent's lead and not sent: nobody else ever reads it.
    "xdraftbrent": frozenset({"brent_lead"}),
    "xattachedbrent": IN_FULL,
    "xattachedsecret": BRENT_LEADS | {"prevent_lead"},
    "xattachedharrow": LONDON | {"harrow_lead", "prevent_lead", "chair"},
    "xmeasureproposed": LONDON | {"chair"},
    "xvaluesupplied": LONDON | {"chair", "prevent_lead"},
    # London's count is for everybody; what each borough received, for the borough and those who read all of London.
    "xreceivedbrent": BRENT | DELIVERY,
    "xreceivedharrow": DELIVERY | {"harrow_lead"},
    "xscorebrent": BRENT | BOARD | LONDON | {"prevent_lead"},
    "xscoreharrow": BOARD | LONDON | {"prevent_lead", "harrow_lead"},
    "xriskbrent": BRENT | BOARD | LONDON | {"prevent_lead"},
    "xriskharrow": BOARD | LONDON | {"prevent_lead", "harrow_lead"},
    "xsavedbrent": frozenset({"brent_lead"}),
    "xsavedharrow": frozenset({"harrow_lead"}),
    # Everybody with a role reads an archived paper; notes on its flags and what was set aside, those who keep it.
    "xflagnote": KEEPERS,
    "xsetaside": KEEPERS,
    "xtakenout": KEEPERS,
    "xuploadhere": frozenset({"secretary"}),
    "xpagebrent": frozenset({"brent_lead"}),
    "xpageharrow": frozenset({"harrow_lead"}),
    "xgranthere": frozenset({"secretary", "chair", "auditor", "admin"}),
    "xgrantelsewhere": frozenset({"auditor", "admin"}),
    "xgrantharrow": frozenset({"auditor", "admin"}),
}


# Titles that the agenda of a meeting, and its history, tell everybody: the law wants Part 2 items listed.
AGENDA = frozenset({"xtitleexempthere", "xtitleexemptelsewhere"})
AGENDA_PAGES = frozenset({"meeting", "meeting_history"})

# Words of something OFFICIAL-SENSITIVE: a page that shows one has to carry the marking.
SENSITIVE = frozenset(word for word in CANARIES if re.search("sensitive|opened|reclassified", word))


@dataclass
class World:
    activities: dict[str, Activity] = field(default_factory=dict)
    openings: dict[str, Any] = field(default_factory=dict)
    papers: dict[str, Paper] = field(default_factory=dict)
    shapes: dict[str, PaperTemplate] = field(default_factory=dict)
    promises: dict[str, Promise] = field(default_factory=dict)
    issues: dict[str, Issue] = field(default_factory=dict)
    documents: dict[str, Document] = field(default_factory=dict)
    page_documents: dict[str, PageDocument] = field(default_factory=dict)
    publications: dict[str, Publication] = field(default_factory=dict)
    packs: dict[str, Pack] = field(default_factory=dict)
    pack_files: dict[str, PackFile] = field(default_factory=dict)
    returns: dict[str, QuarterlyReturn] = field(default_factory=dict)
    assignments: dict[str, ReturnAssignment] = field(default_factory=dict)
    meetings: dict[str, Any] = field(default_factory=dict)
    notes: dict[str, PartnerNote] = field(default_factory=dict)
    activity_comments: dict[str, ActivityComment] = field(default_factory=dict)
    return_comments: dict[str, ReturnComment] = field(default_factory=dict)
    block_comments: dict[str, BlockComment] = field(default_factory=dict)
    suggestions: dict[str, BlockSuggestion] = field(default_factory=dict)
    chart_comments: dict[str, ChartComment] = field(default_factory=dict)
    drafts: dict[str, Draft] = field(default_factory=dict)
    attachments: dict[str, Attachment] = field(default_factory=dict)
    messages: dict[str, Any] = field(default_factory=dict)
    deputies: dict[str, Deputy] = field(default_factory=dict)
    imports: dict[str, Any] = field(default_factory=dict)
    measures: dict[str, Measure] = field(default_factory=dict)
    observations: dict[str, Observation] = field(default_factory=dict)
    exports: dict[str, Any] = field(default_factory=dict)
    deliverables: dict[str, Any] = field(default_factory=dict)
    milestones: dict[str, Any] = field(default_factory=dict)
    slips: dict[str, Any] = field(default_factory=dict)
    posts: dict[str, Post] = field(default_factory=dict)
    lines: dict[str, FundingLine] = field(default_factory=dict)
    scores: dict[str, BenchmarkScore] = field(default_factory=dict)
    actions: dict[str, ImprovementAction] = field(default_factory=dict)
    risks: dict[str, Risk] = field(default_factory=dict)
    assessments: dict[str, EqualityAssessment] = field(default_factory=dict)
    saved_views: dict[str, SavedView] = field(default_factory=dict)
    clearances: dict[str, Clearance] = field(default_factory=dict)
    cells: dict[str, ExemptCell] = field(default_factory=dict)
    overrides: dict[str, SuppressionOverride] = field(default_factory=dict)
    archived: dict[str, ArchivedPaper] = field(default_factory=dict)
    flags: dict[str, ArchiveFlag] = field(default_factory=dict)
    copies: dict[str, ArchivedCopy] = field(default_factory=dict)
    uploads: dict[str, ArchiveUpload] = field(default_factory=dict)


def make_world() -> World:
    make_leavers()
    world = World()
    _boards(world)
    _activities(world)
    _openings(world)
    _returns(world)
    _papers(world)
    _shapes(world)
    _clearances(world)
    _packs(world)
    _reclassify(world)
    _merge(world)
    _spreadsheets(world)
    _grants()
    _comments(world)
    _messages(world)
    _saved_views(world)
    _page_documents(world)
    _deputies(world)
    _drafts(world)
    _attachments(world)
    _measures(world)
    _deliverables(world)
    _resources(world)
    _assurance(world)
    _risks(world)
    _archive(world)
    return world


def _boards(world: World) -> None:
    elsewhere = make.board(ELSEWHERE, name="Prevent Oversight Board", short_name="Prevent Board")
    with acting(User.objects.portal()):
        other = User(email="other.secretary@demo.example", name="Olly Minuter", post="Secretary, Prevent board")
        other.save()
        cast.grant(other, "secretary", "board", ELSEWHERE, by=User.objects.portal())
        member = User(email="other.member@demo.example", name="Ola Memberton", post="Treasurer, Prevent board")
        member.save()
        cast.grant(member, "board_member", "board", ELSEWHERE, by=User.objects.portal())
    world.meetings = {
        "here": make.meeting(dt.date(2026, 9, 17)),
        "elsewhere": make.meeting(dt.date(2026, 9, 24), board=elsewhere),
    }


def _activities(world: World) -> None:
    sensitive: dict[str, Any] = {"marking": "OFFICIAL-SENSITIVE", "attendance": 40}
    harrow = {"borough": cast.HARROW, "logged_by": cast.person("harrow.lead")}
    joint = {cast.BRENT: 60, cast.HARROW: 40}
    world.activities = {
        "brent": make.activity(title="Brent talks", internal_note="xnotebrent", attendance=30),
        "joint": make.activity(title="Joint walk", internal_note="xnotejoint", shares=joint, attendance=12),
        "harrow": make.activity(title="Harrow fair", internal_note="xnoteharrow", attendance=9, **harrow),
        "brent-sensitive": make.activity(
            title="xtitlebrentsensitive", internal_note="xnotebrentsensitive", **sensitive
        ),
        "harrow-sensitive": make.activity(
            title="xtitleharrowsensitive",
            internal_note="xnoteharrowsensitive",
            strand_id="protect",
            kind="exercise",
            starts=dt.date(2019, 5, 7),
            **sensitive,
            **harrow,
        ),
        "opened": make.activity(title="xtitleopened", internal_note="xnoteopened", **sensitive),
        "reclassified": make.activity(title="xtitlereclassified", internal_note="xnotereclassified", attendance=7),
    }


def _merge(world: World) -> None:
    found = make.activity(title="Brent talks twice")
    found.status, found.merged_into = "merged", world.activities["brent"]
    with acting(cast.person("brent.lead")):
        found.save()
    world.activities["merged"] = found


def _openings(world: World) -> None:
    """Both opened to the chair by name."""
    for name, lead, reason in [("opened", "brent.lead", "xreasonopened"), ("harrow", "harrow.lead", "The fair")]:
        by, chair = cast.person(lead), cast.person("chair")
        with acting(by):
            world.openings[name] = open_activity(world.activities[name], person=chair, reason=reason, by=by)


def _returns(world: World) -> None:
    for name, code, lead in [("brent", cast.BRENT, "brent.lead"), ("harrow", cast.HARROW, "harrow.lead")]:
        world.returns[name] = _submit(make.quarterly_return(code, Q1, commentary=f"xcommentary{name}"), lead)
        nil = make.quarterly_return(code, Q4, nil_reason="The team moved.", due=dt.date(2026, 4, 16))
        analyst = cast.person("analyst")
        submitted = _submit(nil, lead)
        with acting(analyst):
            sent_back = send_back_return(submitted, reason=f"xsentback{name}", by=analyst)
        world.returns[f"{name}-sent-back"] = sent_back
        _settled_returns(world, name, code, lead)
        world.assignments[name] = ReturnAssignment.objects.get(borough=code)


def _settled_returns(world: World, name: str, code: str, lead: str) -> None:
    """One that is still open and one that was accepted; neither holds a line."""
    world.returns[f"{name}-open"] = make.quarterly_return(code, Q3, nil_reason="None.", due=dt.date(2026, 1, 16))
    found = make.quarterly_return(code, Q2_BEFORE, nil_reason="None.", due=dt.date(2025, 10, 14))
    sent, london = _submit(found, lead), cast.person("prevent.lead")
    with acting(london):
        world.returns[f"{name}-accepted"] = accept_return(sent, seen=sent.content_hash, by=london)


def _submit(found: QuarterlyReturn, lead: str) -> QuarterlyReturn:
    by = cast.person(lead)
    with acting(by):
        return submit_return(found, seen=hash_now(found, lines_from_log(found)), by=by)


def _papers(world: World) -> None:
    here, elsewhere = world.meetings["here"], world.meetings["elsewhere"]
    secretary, other = cast.person("secretary"), cast.person("other.secretary")
    author = cast.person("prevent.lead")
    world.papers = {
        "draft": _paper(here, secretary, "xtitledrafthere", "xdrafthere"),
        "draft-elsewhere": _paper(elsewhere, author, "xtitledraftelsewhere", "xdraftelsewhere"),
        "exempt-draft": _paper(here, secretary, "xtitleexemptdraft", "xexemptdraft", part="2"),
        "asked": _paper(here, secretary, "xtitleasked", "Asked about."),
        "issued": _paper(here, secretary, "Delivery in the quarter", "Delivered."),
        "issued-elsewhere": _paper(elsewhere, other, "Oversight in the quarter", "Overseen."),
        "sensitive": _paper(here, secretary, "xtitlesensitivehere", "xsensitivehere", marking="OFFICIAL-SENSITIVE"),
        "exempt": _paper(here, secretary, "xtitleexempthere", "xexempthere", part="2"),
        "exempt-elsewhere": _paper(elsewhere, other, "xtitleexemptelsewhere", "xexemptelsewhere", part="2"),
    }
    _exempt(world.papers["draft"], secretary, "xparagraphdraft")
    _exempt(world.papers["asked"], secretary, "xparagraphasked")
    world.cells = {name: _exempt_cell(world.papers[name], reason) for name, reason in EXEMPT_CELLS.items()}
    _exempt(
        world.papers["issued"],
        secretary,
        "xparagraphsensitive",
        marking="OFFICIAL-SENSITIVE",
        public_interest="xwhyexempt",
    )
    _exempt(world.papers["issued-elsewhere"], other, "xparagraphelsewhere", public_interest="A tender runs.")
    thrown = make.block(world.papers["issued"], "xthrownaway")
    with acting(secretary):
        remove_block(thrown, version=thrown.version, by=secretary)
    _promises(world, secretary, other)
    for name, paper in world.papers.items():
        if "draft" not in name and name != "asked":
            world.issues[name] = make.issue(paper, by=other if "elsewhere" in name else secretary)
            world.documents[name] = _finished(world.issues[name], parked=name == "sensitive")
    for name in ("issued", "issued-elsewhere"):
        world.documents[f"{name}-public"] = _finished(world.issues[name], "public")
    with acting(other):
        ask_for_word(world.issues["issued-elsewhere"], public=True, by=other)
        _finished(world.issues["issued-elsewhere"], "public", form="docx")
        world.publications["elsewhere"] = publish_paper(world.issues["issued-elsewhere"], late_reason="Late.", by=other)
    _said_of_drafts(world)
    reader = cast.person("harrow.lead")
    with acting(author):
        open_to(reader, world.papers["draft-elsewhere"], "read_paper")


def _shapes(world: World) -> None:
    """One of each board, which no paper has, and the one that every body has, which papers have."""
    world.shapes = {
        name: make.paper_template(f"shape-{name}", board=world.meetings[name].board, titles=("Performance", "Prevent"))
        for name in ("here", "elsewhere")
    }
    world.shapes["everybodys"] = world.papers["draft"].template


EXEMPT_CELLS = {"asked": "xwhycell", "draft-elsewhere": "A tender runs."}


def _exempt_cell(paper: Paper, reason: str) -> ExemptCell:
    block = paper.blocks.filter(kind="table").latest("position")
    cell = ExemptCell(paper=paper, block=block, row=cast.BRENT, column="attendance", ground="3", interest=reason)
    author = User.objects.get(pk=paper.author_id)
    with acting(author):
        return add_exempt_cell(cell, by=author)


def _clearances(world: World) -> None:
    """Here two were asked and one has answered; elsewhere a member of that board has answered its author."""
    here, elsewhere = world.papers["asked"], world.papers["draft-elsewhere"]
    secretary, author = cast.person("secretary"), cast.person("prevent.lead")
    member = User.objects.get(email="other.member@demo.example")
    asked = [
        ("waiting", here, secretary, author, Office.ACSO),
        ("answered", here, secretary, cast.person("boardmember"), Office.TREASURER),
        ("elsewhere", elsewhere, author, member, Office.TREASURER),
    ]
    for name, paper, by, person, office in asked:
        with acting(by):
            found = ask_for_clearance(paper, office=office, person=person, days=5, by=by)
        world.clearances[name] = found
    for name, words in (("answered", "xanswered"), ("elsewhere", "xanswerelsewhere")):
        asked_of = world.clearances[name]
        person = User.objects.get(pk=asked_of.person_id)
        with acting(person):
            seen = words_sha256(Paper.objects.get(pk=asked_of.paper_id))
            answer_clearance(asked_of, Answer.AMEND, seen=seen, words=words, by=person)
    with acting(secretary):
        propose_paper(here, by=secretary)
    make.approved(Paper.objects.get(pk=world.papers["exempt-draft"].pk))


def _said_of_drafts(world: World) -> None:
    for name, owner, by, word in (
        ("draft", "draft", "secretary", "ofdraft"),
        ("exempt", "draft", "secretary", "ofexempt"),
        ("draft-elsewhere", "draft-elsewhere", "prevent.lead", "elsewhere"),
    ):
        person, blocks = cast.person(by), world.papers[owner].blocks.filter(kind="paragraph")
        block = blocks.filter(exempt_ground="3" if name == "exempt" else "").latest("position")
        with acting(person):
            world.block_comments[name] = comment_on_block(block, f"xsaid{word}", by=person)
            reason = {"draft": "xsuggestedhere", "exempt": "xsuggestedexempt"}.get(name, "It reads better")
            world.suggestions[name] = suggest(block, "Put otherwise.", reason=reason, by=person)


def _packs(world: World) -> None:
    """Issued ones of two boards, and a supplement that is being put together. Each public file has what is public."""
    for name, board, serial in (("here", "here", 0), ("open", "here", 1), ("elsewhere", "elsewhere", 0)):
        by = cast.person("secretary" if board == "here" else "other.secretary")
        issued = {} if name == "open" else {"issued_at": timezone.now(), "issued_by": by}
        with acting(by):
            late = "Late." if serial else ""
            inputs = {"members_input": f"{name}-members", "public_input": f"{name}-public"}
            pack = Pack(meeting=world.meetings[board], serial=serial, late_reason=late, **inputs, **issued)
            pack.save()
            world.packs[name] = pack
        exempt = "xexempthere" if board == "here" else "xexemptelsewhere"
        for rendition, words in (("members", exempt), ("public", "Delivered.")):
            world.pack_files[f"{name}-{rendition}"] = PackFile.objects.create(
                pack=pack,
                owner=by,
                rendition=rendition,
                input_hash=f"{name}-{rendition}",
                marking="OFFICIAL",
                snapshot=f'{{"parts":[],"said":"{words}"}}',
                filename=f"{name}-{rendition}.pdf",
                state="ready",
                sha256=keep(f"%PDF-1.7\n{words}".encode()),
                size=20,
                ready_at=timezone.now(),
            )
    with acting(by):
        PackEntry(pack=pack, issue=world.issues["issued-elsewhere"]).save()


def _promises(world: World, secretary: User, other: User) -> None:
    """In the open, in an exempt paragraph, and in one of another board."""
    for name, what, paper, ground, by in [
        ("open", "More to come", "issued", "", secretary),
        ("exempt", "xpromiseexempt", "issued", "3", secretary),
        ("elsewhere", "xpromiseelsewhere", "issued-elsewhere", "3", other),
    ]:
        block = world.papers[paper].blocks.filter(kind="paragraph", exempt_ground=ground).first()
        made = world.promises[name] = Promise(block=block, what=what, due_on=dt.date(2031, 3, 1))
        with acting(by):
            promise(made, by=by)


def _paper(meeting: Any, author: User, title: str, text: str, *, part: str = "1", marking: str = "OFFICIAL") -> Paper:
    paper = make.paper(at=meeting, by=author, title=title, part=part)
    make.block(paper, text, by=author, marking=marking)
    return paper


def _exempt(paper: Paper, by: User, text: str, **values: Any) -> None:
    values = {"exempt_ground": "3", "public_interest": "A tender runs."} | values
    make.block(paper, text, by=by, section="implications", heading="financial", **values)


def _finished(issue: Issue, rendition: str = "members", *, parked: bool = False, form: str = "pdf") -> Document:
    """As a worker leaves it, with the words of the paper in the bytes."""
    document = Document.objects.claim(issue.documents.get(rendition=rendition, format=form).pk)
    assert document is not None
    # Its words, and not its snapshot: the titles of activities that it counted are in that and never in the file.
    blocks = issue.paper.blocks.filter(exempt_ground="") if rendition == "public" else issue.paper.blocks.all()
    words = [issue.paper.title, *blocks.values_list("text", flat=True)]
    content = "\n".join(["%PDF-1.7", *words]).encode()
    if parked:
        document.park("It could not be made.")
    else:
        document.finish(sha256=keep(content), size=len(content), ready_at=Now())
    return document


def _reclassify(world: World) -> None:
    activity = Activity.objects.get(pk=world.activities["reclassified"].pk)
    activity.marking = "OFFICIAL-SENSITIVE"
    with acting(cast.person("brent.lead"), reason="It names a site"):
        activity.save()
    world.activities["reclassified"] = activity


def _spreadsheets(world: World) -> None:
    """One of each lead, checked and ready to be loaded; its name is nobody else's to read."""
    for name in ("brent.lead", "harrow.lead"):
        key = name.replace(".", "-")
        result = {"counts": {"new": 1, "changed": 0, "same": 0}, "problems": [], "questions": [], "changes": []}
        world.imports[key] = ImportJob.objects.create(
            owner=cast.person(name),
            filename=f"xspreadsheet{name.split('.')[0]}.xlsx",
            form_key=uuid4(),
            content=b"",
            state="ready",
            result=result,
        )
        words = f"xexport{name.split('.')[0]}".encode()
        world.exports[key] = ExportJob.objects.create(
            owner=cast.person(name), format="csv", content=words, state="ready", rights=rights_of(cast.person(name))
        )


def _grants() -> None:
    admin, outsider = cast.person("admin"), cast.person("other.secretary")
    scopes = [("board", cast.BOARD, "xgranthere"), ("board", ELSEWHERE, "xgrantelsewhere")]
    with acting(admin):
        for kind, key, reason in [*scopes, ("borough", cast.HARROW, "xgrantharrow")]:
            Grant(
                user=outsider,
                role="board_member" if kind == "board" else "borough_reader",
                scope_kind=kind,
                scope_key=key,
                scope_name=key,
                starts=dt.date(2026, 1, 1),
                ends=dt.date(2026, 8, 20),
                granted_by=admin,
                reason=reason,
            ).save()


def _comments(world: World) -> None:
    joint, harrow = world.activities["joint"], cast.person("harrow.lead")
    with acting(harrow):
        world.notes["joint"] = PartnerNote(activity=joint, borough_id=cast.HARROW, text="xpartnernote", by=harrow)
        world.notes["joint"].save()
    for name in ("brent", "harrow"):
        by = cast.person(f"{name}.lead")
        activity, found = world.activities[name], world.returns[name]
        with acting(by):
            world.activity_comments[name] = ActivityComment(activity=activity, by=by, text=f"xcomment{name}")
            world.activity_comments[name].save()
            written = ReturnComment(quarterly_return=found, by=by, text=f"xreturncomment{name}")
            written.save()
        world.return_comments[name] = written
    _comments_on_charts(world)


def _comments_on_charts(world: World) -> None:
    """One on a chart that everybody with the dashboards reads, and one on a chart for fewer."""
    by = cast.person("secretary")
    charts = {"strands": figure("activities_by_strand", Q1), "returns": figure("returns_by_borough", Q1)}
    with acting(by):
        for name, chart in charts.items():
            world.chart_comments[name] = comment_on_chart(chart, f"xchartcomment{name}", by=by)


def _messages(world: World) -> None:
    for name in ("brent", "harrow"):
        people = [cast.person(f"{name}.lead")]
        told = tell(people, f"xmessage{name}", "Read it.", link="/returns/", about="return_called")
        world.messages[name] = told[0]


def _saved_views(world: World) -> None:
    for name in ("brent", "harrow"):
        person = cast.person(f"{name}.lead")
        with acting(person):
            world.saved_views[name] = SavedView(person=person, name=f"xsaved{name}", address="/dashboards/")
            world.saved_views[name].save()


def _page_documents(world: World) -> None:
    """Brent's is made; Harrow's has stopped."""
    for name, state in (("brent", "ready"), ("harrow", "parked")):
        person = cast.person(f"{name}.lead")
        world.page_documents[name] = PageDocument.objects.create(
            owner=person,
            rights=rights_of(person),
            title=f"xpage{name}",
            address="/dashboards/",
            marking="OFFICIAL",
            snapshot="{}",
            filename="dashboard.pdf",
            state=state,
            sha256=keep(f"%PDF xpage{name}".encode()),
            size=1,
            ready_at=timezone.now(),
            reason="The disk was full." * (state == "parked"),
        )


def _deputies(world: World) -> None:
    """Named, and not yet in the other's place: nobody reads more for it."""
    for name, absent, deputy in [("brent", "brent.lead", "brent.head"), ("harrow", "harrow.lead", "other.secretary")]:
        person = cast.person(absent)
        with acting(person):
            world.deputies[name] = Deputy(
                person=person,
                deputy=cast.person(deputy),
                starts=dt.date(2026, 9, 1),
                ends=dt.date(2026, 9, 14),
                reason=f"xdeputy{name}",
                named_by=person,
            )
            world.deputies[name].save()


def _drafts(world: World) -> None:
    draft = Draft(
        owner=cast.person("brent.lead"),
        page="/activities/new",
        words="Log an activity",
        data={"title": ["xdraftbrent"]},
        saved_at=timezone.now(),
    )
    draft.save()
    world.drafts["brent"] = draft


def _attachments(world: World) -> None:
    """As they are after the virus check. The secret one stands beside an OFFICIAL activity."""
    for name, of, marking in (
        ("brent", "brent", "OFFICIAL"),
        ("secret", "brent", "OFFICIAL-SENSITIVE"),
        ("harrow", "harrow", "OFFICIAL"),
    ):
        by = cast.person(f"{of}.lead")
        content = f"Session,xattached{name}".encode()
        about = {"kind": "programme", "name": f"xattached{name}.csv", "media_type": "text/csv", "marking": marking}
        attachment = attach(world.activities[of], content=content, by=by, **about)
        with acting(by):
            attachment.scan = "clean"
            attachment.save()
        world.attachments[name] = attachment


def _measures(world: World) -> None:
    """Values of Prevent's, one at each step: the one that nobody has checked is for those who work on it."""
    prevent = measuring.measure("PV-11", starts=dt.date(2025, 10, 1))
    world.measures = {"prevent": prevent, "prepare": measuring.measure("PR-02", starts=dt.date(2025, 10, 1))}
    by_borough = {"collection_level": "borough", "publication_level": "borough"}
    world.measures["by-borough"] = measuring.measure("PV-03", starts=dt.date(2025, 10, 1), **by_borough)
    world.measures["proposed"] = measuring.proposal("PR-05", definition="xmeasureproposed").measure
    world.measures["prevent-proposed"] = measuring.proposal("PV-05").measure
    analyst, chair = cast.person("analyst"), cast.person("chair")
    for name, quarter in (("final", Q3), ("checked", Q4), ("supplied", Q1)):
        commentary = f"xvalue{name}"
        found = measuring.observed(prevent, quarter, by="prevent.lead", value=45, commentary=commentary)
        if name != "supplied":
            with acting(analyst):
                found = check_observation(found, by=analyst)
        if name == "final":
            with acting(chair):
                found = approve_observation(found, by=chair)
        world.observations[name] = found
    with acting(cast.person("brent.lead")):
        EqualityCount(activity=world.activities["brent"], band="sex_women", people=40).save()
    for name, quarter in (("waiting", Q4), ("refused", Q3)):
        about: dict[str, Any] = {"figure": prevent.code, "quarter": quarter, "reason": f"xoverride{name}"}
        asked = SuppressionOverride(**about, asked_by=analyst, asked_at=NOW)
        if name == "refused":
            asked.decision, asked.decided_by, asked.decided_at = Decision.REFUSED, cast.person("secretary"), NOW
        with acting(analyst):
            asked.save()
        world.overrides[name] = asked


def _deliverables(world: World) -> None:
    """One for all areas and one that leaves the City out, each put off once; Brent and Harrow have received the one."""
    by = cast.person("secretary")
    for name, population in (("prevent", "LONDON_33"), ("protect", "MET_32")):
        found = planned.deliverable(strand_id=name, population_id=population)
        world.slips[name] = planned.put_off(found, planned.JUNE, "the supplier changed")
        first = Milestone(deliverable=found, title="Template agreed")
        with acting(by):
            world.milestones[name] = add_milestone(first, due=(dt.date(2026, 7, 1), "exact"), by=by)
        world.deliverables[name] = found
    served = [each for name, each in world.activities.items() if name.startswith(("brent", "harrow"))]
    make.many([ActivityDeliverable(activity=each, deliverable=world.deliverables["prevent"]) for each in served])
    for area, code in (("brent", cast.BRENT), ("harrow", cast.HARROW)):
        received = {"delivered_on": dt.date(2026, 5, 1), "delivered_to": f"xreceived{area}"}
        planned.marked(world.deliverables["prevent"], code, **received)


def _resources(world: World) -> None:
    """A co-ordinator and a line of each council, and an officer whom both share with a line for all of London."""
    by, home_office = cast.person("secretary"), Organisation.objects.get(key="home-office")
    met = Organisation.objects.get(key="metropolitan-police-service")
    for name, code in (("brent", cast.BRENT), ("harrow", cast.HARROW), ("london", None)):
        council = Organisation.objects.filter(borough=code, kind="council").first() if code else None
        line = FundingLine(
            funder=home_office, grant=f"Grant {name}", borough_id=code, financial_year="2026/27", expected=9
        )
        world.lines[name] = save_funding_line(line, by=by)
        kind = "prevent_coordinator" if code else "prevent_engagement_officer"
        post = Post(
            number=f"P-{name}", kind=kind, employer=council or met, fte=Decimal(1), status="filled", funded_by=line
        )
        own = {code: Decimal(1)} if code else {cast.BRENT: Decimal("0.6"), cast.HARROW: Decimal("0.4")}
        shares = {Borough.objects.get(pk=each): share for each, share in own.items()}
        world.posts[name] = add_posts([post], shares, by=by)[0]


def _assurance(world: World) -> None:
    """Each lead has scored the own borough against the first criterion of today's, and does something about it."""
    benchmark = Benchmark.objects.get(cycle__key="toolkit-eight", number=1)
    for name, code in (("brent", cast.BRENT), ("harrow", cast.HARROW)):
        by = cast.person(f"{name}.lead")
        score = BenchmarkScore(benchmark=benchmark, borough_id=code, self_score="Met", self_reason=f"xscore{name}")
        world.scores[name] = score_own(score, by=by)
        action = ImprovementAction(score=score, what="A deputy chairs", owner="Head", due=dt.date(2026, 9, 30))
        world.actions[name] = add_action(action, by=by)


def _risks(world: World) -> None:
    """One of each borough and one of all London; an equality assessment of Prevent and one of Protect."""
    by, terms = cast.person("secretary"), {"likelihood": 3, "impact": 4, "review_on": dt.date(2026, 9, 30)}
    for name, code in (("brent", cast.BRENT), ("harrow", cast.HARROW), ("london", None)):
        about = {"title": "Fewer officers", "cause": "Cuts", "effect": "Less work", "owner": "Manager"}
        found = Risk(strand_id="prevent", borough_id=code, mitigation=f"xrisk{name}", **about, **terms)
        world.risks[name] = add_risk(found, by=by)
    for name in ("prevent", "protect"):
        world.assessments[name] = save_assessment(
            EqualityAssessment(strand_id=name, subject=f"Delivery of {name}", owner="Manager"), by=by
        )


def _archive(world: World) -> None:
    secretary = cast.person("secretary")
    text = ["Night buses", "Report: 5", "xsetaside feedback", "C. Law", "D. Costs"]
    lines = [pair for line in text for pair in ((line, "furniture" if "xsetaside" in line else ""), ("", ""))]
    owner = Belonging(Organisation.objects.get(key="metropolitan-police-authority"), title="Night buses", year=2009)
    paper = world.archived["here"] = keep_paper(lines, owner, name="old.txt", by=secretary)
    world.flags["open"], world.flags["resolved"] = paper.flags.filter(kind="empty")
    with acting(secretary):
        resolve_flag(world.flags["resolved"], "xflagnote", by=secretary)
    world.uploads["here"] = hold_upload([("xuploadhere", "")], [], name="sent.txt", by=secretary)
    for copy in paper.copies.all():
        world.copies[copy.format] = claimed = ArchivedCopy.objects.claim(copy.pk)
        if copy.format == "pdf":
            claimed.park("It could not be made.")
        else:
            claimed.finish(sha256=keep(b"Night buses"), size=11)
    removed = world.archived["removed"] = keep_paper([("xtakenout", "")], owner, name="other.txt", by=secretary)
    take_out(removed, "It was another paper", by=secretary)
    copy = world.copies["removed"] = ArchivedCopy.objects.claim(removed.copies.get(format="pdf").pk)
    copy.finish(sha256=keep(b"xtakenout"), size=9)
