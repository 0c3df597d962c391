"""An activity in words: the public face, the detail behind it, who can read which, and the columns of its CSV."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from contest_portal.core.markings import Marking
from contest_portal.core.quantity import Quantity, total
from contest_portal.ui.formats import pounds
from strands.models import Activity
from strands.models.answers import Precision, Status

Fact = dict[str, Any]


def face(activity: Activity) -> list[Fact]:
    """What everybody who may see the activity reads about it."""
    return _facts(
        ("Date", activity.date_in_words),
        ("Quarter", str(activity.quarter)),
        ("Kind", activity.get_kind_display()),
        ("Session", activity.session_in_words.capitalize()),
        ("Strand", activity.strand.name),
        ("Boroughs" if activity.is_joint else "Borough", boroughs_in_words(activity)),
        ("People", people_in_words(activity)),
        ("In a sentence", activity.public_sentence or "No sentence has been written yet"),
    )


def detail(activity: Activity) -> list[Fact]:
    """What only those who read it in full see, beside the internal note. Empty answers are left out."""
    return _facts(
        ("Reason", activity.status_reason),
        ("Place", activity.place),
        ("Objectives", [link.objective.text for link in activity.objective_links.all()]),
        *activity.particulars_in_words,
        ("Other strands", [link.strand.name for link in activity.strand_links.all()]),
        ("Partners", [link.organisation.name for link in activity.partner_links.all()]),
        ("Who it was for", activity.audience_in_words),
        ("What it was for", activity.purpose),
        ("What came of it", activity.outcome),
        ("How far the outcome goes", activity.get_outcome_level_display() or ""),
        ("Evaluation", activity.evaluation_in_words),
        ("Equality monitoring", activity.get_equality_monitoring_display()),
        ("What was budgeted", "" if activity.cost_planned is None else pounds(activity.cost_planned)),
        ("What it cost", pounds(activity.cost_actual)),
        ("Funding used", [str(used) for used in activity.funding.all()]),
    )


def boroughs_in_words(activity: Activity) -> str:
    """Brent, or Brent 60% and Harrow 40%"""
    shares = list(activity.shares.all())
    if len(shares) < 2:
        return activity.lead_borough.name
    *first, last = map(str, shares)
    return f"{', '.join(first)} and {last}"


def people_in_words(activity: Activity) -> str:
    """at least 200 (headcount)"""
    basis = activity.get_attendance_basis_display()
    words = str(activity.attendance_quantity)
    return f"{words} ({basis[0].lower()}{basis[1:]})" if basis else words.capitalize()


def readers(activity: Activity) -> list[str]:
    """Who can read what of it, in sentences."""
    names = " and ".join(share.borough.name for share in activity.shares.all())
    leads = f"leads of {names}, and the {activity.strand} strand lead"
    own = f"All of it, the internal note included, is for the people of {names}, the {activity.strand} strand lead"
    if activity.marking == Marking.OFFICIAL_SENSITIVE:
        return [
            f"It is OFFICIAL-SENSITIVE. Only {leads}, and people to whom it was opened by name, read any of it.",
            "Each time somebody opens it, that is recorded.",
        ]
    return [
        "The public face is for every partner who reads London’s activities, board and oversight members included.",
        f"{own}, analysts, inspectors, and people to whom it was opened by name.",
    ]


def withheld(activity: Activity) -> str:
    """Why somebody who sees the face sees no more."""
    names = " and ".join(f"{share.borough.name}’s" for share in activity.shares.all())
    return (
        f"The internal note is for {names} own people, and so are costs, partners and outcome. "
        "You see the public face, which is everything that a paper may use."
    )


_FACE_COLUMNS: dict[str, Callable[[Activity], Any]] = {
    "Reference": lambda activity: activity.reference,
    "Title": lambda activity: activity.title,
    "Kind": lambda activity: activity.get_kind_display(),
    "Strand": lambda activity: activity.strand.name,
    "Status": lambda activity: activity.get_status_display(),
    "Date": lambda activity: activity.date_in_words,
    "Day or month": lambda activity: known_day(activity),
    "How exact the date is": lambda activity: activity.get_date_precision_display(),
    "Quarter": lambda activity: activity.quarter.short,
    "Lead borough": lambda activity: activity.lead_borough.name,
    "Boroughs": boroughs_in_words,
    "Joint": lambda activity: "Yes" if activity.is_joint else "No",
    "People": lambda activity: activity.attendance,
    "How exact": lambda activity: activity.get_attendance_qualifier_display(),
    "Counted by": lambda activity: activity.get_attendance_basis_display(),
    "Publishable sentence": lambda activity: activity.public_sentence,
    "Deliverables": lambda activity: "; ".join(each.deliverable.reference for each in activity.deliverable_links.all()),
    "Measures": lambda activity: "; ".join(each.measure.code for each in activity.measure_links.all()),
    "Marking": lambda activity: activity.get_marking_display(),
}

_DETAIL_COLUMNS: dict[str, Callable[[Activity], Any]] = {
    "Session": lambda activity: activity.session_number,
    "Sessions in all": lambda activity: activity.session_count,
    "Evaluation": lambda activity: activity.evaluation_in_words,
    "Equality monitoring": lambda activity: activity.get_equality_monitoring_display(),
    "Funding used": lambda activity: "; ".join(str(used) for used in activity.funding.all()),
    "Cost in pounds": lambda activity: activity.cost_actual,
    "Internal note": lambda activity: activity.internal_note,
}


def table(activities: Iterable[Activity], in_full: frozenset[int]) -> list[list[Any]]:
    """Heading and rows. Columns of detail are there when a row is read in full, and filled for such rows alone.

    The questions of the kinds come last, one column for each label that has an answer in a row read in full.
    """
    listed = list(activities)
    columns = _FACE_COLUMNS | (_DETAIL_COLUMNS if in_full else {})
    answers = {activity.pk: activity.particulars_in_cells for activity in listed if activity.pk in in_full}
    asked = list(dict.fromkeys(label for cells in answers.values() for label in cells))
    rows = [
        [cell(activity) if name in _FACE_COLUMNS or activity.pk in in_full else "" for name, cell in columns.items()]
        + [answers.get(activity.pk, {}).get(label, "") for label in asked]
        for activity in listed
    ]
    return [[*columns, *asked], *rows]


def known_day(activity: Activity) -> str:
    """2026-05-13, or 2026-05 where the day is not known, and nothing where only the quarter is."""
    if activity.date_precision == Precision.QUARTER:
        return ""
    return activity.starts.isoformat() if activity.date_precision == Precision.EXACT else f"{activity.starts:%Y-%m}"


@dataclass(frozen=True)
class Series:
    """The sessions of a programme as one person sees them. The total is of these, and no more exact than they are."""

    sessions: list[Activity]
    delivered: int
    people: Quantity


def series(sessions: list[Activity]) -> Series:
    delivered = [session for session in sessions if session.status == Status.DELIVERED]
    return Series(sessions, len(delivered), total(session.attendance_quantity for session in delivered))


@dataclass(frozen=True)
class PlanPart:
    title: str
    activities: list[Activity]
    can_be_delivered: bool


def plan(rows: list[Activity], earlier: list[Activity], today: dt.date) -> list[PlanPart]:
    """What waits for a word, what is still to come, and what was put off. A part without any activity is left out."""
    planned = [row for row in rows if row.status == Status.PLANNED]
    parts = [
        PlanPart("Left over from earlier quarters", earlier, can_be_delivered=True),
        PlanPart("The date has come", [row for row in planned if row.starts <= today], can_be_delivered=True),
        PlanPart("Still to come", [row for row in planned if row.starts > today], can_be_delivered=False),
        PlanPart("Postponed", [row for row in rows if row.status == Status.POSTPONED], can_be_delivered=False),
    ]
    return [part for part in parts if part.activities]


def _facts(*pairs: tuple[str, str | list[str]]) -> list[Fact]:
    return [
        {"key": {"text": label}, "value": {"text": "; ".join(value) if isinstance(value, list) else value}}
        for label, value in pairs
        if value
    ]
