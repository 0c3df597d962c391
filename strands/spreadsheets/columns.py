"""The columns of the spreadsheet, in order. The template, the check, the load and the round trip all read this."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from boroughs.models import FundingLine
from contest_portal.core.markings import Marking
from contest_portal.core.quantity import Qualifier
from strands.forms.wording import LABELS
from strands.kinds import KINDS
from strands.models import Activity
from strands.models.answers import (
    ENTERED,
    Audience,
    Basis,
    EqualityMonitoring,
    EvaluationMethod,
    Outcome,
    Precision,
)
from strands.models.parts import per_cent

SHEET, GUIDE, LISTS, DEFINITIONS = "Activities", "Guide", "Lists", "Definitions"
EXAMPLE = "EXAMPLE"
MOST_ROWS = 10_000
SEPARATOR = ";"
OF_ITS_DAY = "from the sheet Definitions, with a semicolon between: of its strand, and in force on its date."


@dataclass(frozen=True)
class Column:
    """`reads` says how a cell is read (see cells.py) and `words` what an activity that is logged already has in it."""

    key: str
    heading: str
    reads: str
    means: str
    words: Callable[[Activity], Any]
    example: Any = ""
    width: int = 18
    needed: bool = False
    limit: int | None = None


def _limit(key: str) -> int | None:
    return getattr(Activity._meta.get_field(key), "max_length", None)


def _text(key: str, means: str, example: str = "", **more: Any) -> Column:
    limit = more.pop("limit", None) or _limit(key)
    heading = more.pop("heading", LABELS.get(key, key))
    return Column(key, heading, "text", means, lambda row: getattr(row, key), example, limit=limit, **more)


def _choice(key: str, means: str, example: str, **more: Any) -> Column:
    def words(row: Activity) -> str:
        return getattr(row, f"get_{key}_display")() or ""

    return Column(key, LABELS[key], "choice", means, words, example, **more)


def _links(links: str, name: str, attribute: str) -> Callable[[Activity], str]:
    return lambda row: f"{SEPARATOR} ".join(
        str(getattr(getattr(link, name), attribute)) for link in getattr(row, links).all()
    )


def lead_share(row: Activity) -> Any:
    shares = {share.borough_id: share.percent for share in row.shares.all()}
    return shares.get(row.lead_borough_id) if len(shares) > 1 else None


def other_shares(row: Activity) -> str:
    beside = row.shares_beside_the_lead
    return f"{SEPARATOR} ".join(f"{share.borough.name} {per_cent(share.percent)}" for share in beside)


def funding_used(row: Activity) -> str:
    said = [(name_of(used.line), used.amount) for used in row.funding.all()]
    return f"{SEPARATOR} ".join(name if amount is None else f"{name}: {amount}" for name, amount in said)


def programme_of(row: Activity) -> str:
    programme: Any = row.parent
    return programme.reference if programme else ""


def name_of(line: FundingLine) -> str:
    return f"{line}, {line.borough}" if line.borough else str(line)


def _plain(key: str, reads: str, means: str, example: Any = "") -> Column:
    return Column(key, LABELS[key], reads, means, lambda row: getattr(row, key), example, 12)


def _listed(key: str, means: str, words: Callable[[Activity], Any], example: str = "", width: int = 18) -> Column:
    return Column(key, key.capitalize(), key, means, words, example, width)


def _own_strand(row: Activity) -> str:
    kind = KINDS.get(row.kind)
    return "" if kind and kind.strand == row.strand_id else row.strand.name


COLUMNS: tuple[Column, ...] = (
    Column(
        "reference",
        "Reference",
        "reference",
        "Leave it empty for a new activity. With the reference of one that is logged, such as BEN/2026-27/0042, the "
        "row changes that activity.",
        lambda row: row.reference,
        EXAMPLE,
    ),
    _text(
        "title",
        "As it was advertised. No names of individuals.",
        "Women’s leadership conference",
        width=38,
        needed=True,
    ),
    _choice(
        "kind",
        "From the list. Its strand comes with it.",
        "Community event, workshop or conference",
        width=34,
        needed=True,
    ),
    Column(
        "starts",
        "Date",
        "day",
        "The day it happened or will happen. For a month or a quarter, any day in it.",
        lambda row: row.starts,
        "2026-05-13",
        14,
        needed=True,
    ),
    Column("ends", LABELS["ends"], "day", "Only if it lasted longer than a day.", lambda row: row.ends, "", 14),
    _choice("date_precision", "From the list. Empty means the exact date.", "Exact date"),
    _choice("status", "From the list.", "Delivered", needed=True),
    _text("status_reason", "Needed when it was postponed or cancelled.", heading="Reason", width=24),
    Column(
        "attendance",
        LABELS["attendance"],
        "number",
        "The number alone, as a number. Empty if nobody counted.",
        lambda row: row.attendance,
        200,
        12,
    ),
    _choice("attendance_qualifier", "From the list. “Over 200” is the number 200 and “at least”.", "at least"),
    _choice("attendance_basis", "From the list. Needed with a number.", "Headcount"),
    Column(
        "lead_borough",
        LABELS["lead_borough"],
        "borough",
        "One that you log for.",
        lambda row: row.lead_borough.name,
        "Brent",
        20,
        needed=True,
    ),
    Column(
        "lead_share",
        "Share of the lead borough in per cent",
        "percent",
        "Only for joint activities. Left empty, the rest is split evenly.",
        lead_share,
        60,
    ),
    Column(
        "other_shares",
        "Other boroughs and shares",
        "shares",
        "Only for joint activities: each borough with its per cent, such as “Harrow 25; Ealing 15”.",
        other_shares,
        "Harrow 25; Ealing 15",
        26,
    ),
    Column(
        "strand",
        LABELS["strand"],
        "strand",
        "Leave it empty unless it served another strand than its kind usually does.",
        _own_strand,
        "",
        12,
    ),
    Column(
        "other_strands",
        "Other strands",
        "strands",
        "Strands that it also served, with a semicolon between.",
        _links("strand_links", "strand", "name"),
        "Protect",
    ),
    _listed("objectives", f"Codes {OF_ITS_DAY}", _links("objective_links", "objective", "code"), "2023-PV-2"),
    _listed("deliverables", f"References {OF_ITS_DAY}", _links("deliverable_links", "deliverable", "reference")),
    _listed("measures", f"Codes {OF_ITS_DAY}", _links("measure_links", "measure", "code")),
    _listed(
        "partners",
        "Names from the sheet Definitions, with a semicolon between.",
        _links("partner_links", "organisation", "name"),
        "",
        26,
    ),
    Column(
        "audience",
        LABELS["audience"],
        "audience",
        "Words from the sheet Definitions, with a semicolon between.",
        lambda row: f"{SEPARATOR} ".join(row.audience_in_words),
        "Women's groups; Parents",
        24,
    ),
    _text("purpose", "In one line. No names of individuals.", width=30),
    _text("outcome", "In one line. No names of individuals.", width=30),
    _choice("outcome_level", "From the list: the furthest that you can show.", "", width=24),
    _choice("evaluation_method", "From the list.", "", width=24),
    _plain("evaluation_responses", "number", "Of those who came. The number alone."),
    _plain("score_before", "score", "The average of all answers, such as 2.9."),
    _plain("score_after", "score", "The average of all answers, such as 4.1."),
    _plain("score_scale", "scale", "Such as 5, where people could answer from 1 to 5. Needed with a score."),
    _choice("equality_monitoring", "From the list. Only a summary in bands is ever kept.", ""),
    Column(
        "parent",
        LABELS["parent"],
        "programme",
        "The reference of the programme that this is a session of, one that your boroughs lead.",
        programme_of,
    ),
    _plain("session_number", "small", "Such as 2, in session 2 of 6."),
    _plain("session_count", "small", "Such as 6, in session 2 of 6."),
    _text("place", "A building or an area, never a private address.", "Civic Centre"),
    Column("cost_planned", LABELS["cost_planned"], "money", "In pounds.", lambda row: row.cost_planned, "", 12),
    Column(
        "cost_actual",
        LABELS["cost_actual"],
        "money",
        "In pounds: all that was spent, whoever paid.",
        lambda row: row.cost_actual,
        3150,
        12,
    ),
    Column(
        "funding",
        "Funding used",
        "funding",
        "Lines from the sheet Definitions, each with the pounds it paid, such as “Prevent grant 2026/27: 1200”, and a "
        "semicolon between.",
        funding_used,
        "",
        26,
    ),
    _text(
        "public_sentence", "One or two sentences that a paper may quote. No names of individuals.", width=40, limit=400
    ),
    _text("internal_note", "For the boroughs that take part. No names of individuals.", width=40, limit=2000),
    _choice(
        "marking",
        "From the list. Empty means what its kind usually is. Nothing marked higher may be entered.",
        "OFFICIAL",
        width=22,
    ),
)

BY_KEY = {column.key: column for column in COLUMNS}

# What a cell of a column with a list may hold: the words that people choose, and the value they stand for.
CHOICES: dict[str, dict[str, Any]] = {
    "kind": {kind.name: kind.key for kind in KINDS.values()},
    "date_precision": {str(label): value for value, label in Precision.choices},
    "status": {str(label): value for value, label in ENTERED},
    "attendance_qualifier": {str(label): value for value, label in Qualifier.choices},
    "attendance_basis": {str(label): value for value, label in Basis.choices},
    "outcome_level": {str(label): value for value, label in Outcome.choices},
    "evaluation_method": {str(label): value for value, label in EvaluationMethod.choices},
    "equality_monitoring": {str(label): value for value, label in EqualityMonitoring.choices},
    "marking": {str(label): value for value, label in Marking.choices},
    "audience": {str(label): value for value, label in Audience.choices},
}
# What an empty cell stands for.
EMPTY: dict[str, Any] = {
    "date_precision": Precision.EXACT.value,
    "attendance_qualifier": Qualifier.NOT_RECORDED.value,
    "attendance_basis": "",
    "outcome_level": None,
    "evaluation_method": "",
    "equality_monitoring": "",
}
LONG_TEXTS = ("title", "status_reason", "place", "purpose", "outcome", "public_sentence", "internal_note")
