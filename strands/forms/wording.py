"""What the form asks, in the order in which it asks: labels, hints and groups."""

from dataclasses import dataclass

NO_NAMES = "Do not enter names of individuals."

LABELS = {
    "title": "Title",
    "kind": "Kind of activity",
    "strand": "Strand",
    "lead_borough": "Lead borough",
    "status": "Status",
    "starts": "Date",
    "ends": "Date it ended",
    "date_precision": "How exact the date is",
    "place": "Place",
    "attendance": "Number of people",
    "attendance_qualifier": "How exact the number is",
    "attendance_basis": "How the people were counted",
    "audience": "Who it was for",
    "purpose": "What it was for",
    "outcome": "What came of it",
    "outcome_level": "How far the outcome goes",
    "evaluation_method": "How it was evaluated",
    "evaluation_responses": "How many forms or answers came back",
    "score_before": "Average score before",
    "score_after": "Average score after",
    "score_scale": "Highest score possible",
    "equality_monitoring": "Equality monitoring",
    "parent": "Programme or project",
    "session_number": "Which session it is",
    "session_count": "How many sessions in all",
    "cost_planned": "What was budgeted",
    "cost_actual": "What it cost",
    "marking": "Marking",
    "public_sentence": "Sentence that may be published",
    "internal_note": "Internal note",
}

HINTS = {
    "title": f"As it was advertised. {NO_NAMES}",
    "strand": "Leave this unless the activity served another strand than its kind usually does.",
    "starts": "For example, 27 3 2026. If only the month is known, leave the day empty.",
    "ends": "Only if it lasted longer than a day.",
    "date_precision": "For a month, leave the day empty above.",
    "place": f"A building or an area, or “Online”; never a private address. {NO_NAMES}",
    "attendance": "The number alone. Leave it empty if nobody counted.",
    "attendance_qualifier": "“Over 200” is at least 200. Without a number, leave “not recorded”.",
    "attendance_basis": "Needed with a number. Sign-in sheets themselves are not kept here.",
    "purpose": f"In one line. {NO_NAMES}",
    "outcome": f"In one line. {NO_NAMES}",
    "outcome_level": "The furthest of these that you can show.",
    "evaluation_responses": "Of those who came. The number alone.",
    "score_before": "The average of all answers, such as 2.9.",
    "score_scale": "Such as 5, where people could answer from 1 to 5.",
    "equality_monitoring": "Counts in bands are entered on the activity’s page, under “Equality summary”.",
    "parent": "Those that your boroughs lead. Each session is logged by itself and counts once.",
    "session_number": "Such as 2, in session 2 of 6.",
    "cost_actual": "All that was spent on it, in pounds, whoever paid.",
    "public_sentence": f"One or two sentences that a paper may quote. {NO_NAMES}",
    "internal_note": f"For the boroughs that take part; board members never see it. {NO_NAMES}",
}

MARKING_HINTS = {
    "OFFICIAL": "Partners across London read its public face. Right for most activities.",
    "OFFICIAL-SENSITIVE": "Only leads of the boroughs that take part, and of the strand, read any of it.",
}


@dataclass(frozen=True)
class Part:
    """A group of fields. One that folds holds what is not needed every time."""

    key: str
    title: str
    names: tuple[str, ...]
    folds: bool = True


PARTS = (
    Part("what", "What happened", ("title", "kind", "starts", "status", "lead_borough"), folds=False),
    Part(
        "people",
        "People and cost",
        ("attendance", "attendance_qualifier", "attendance_basis", "cost_actual"),
        folds=False,
    ),
    Part("particulars", "Questions of this kind", ()),
    Part("readers", "Who may read what", ("public_sentence", "internal_note", "marking"), folds=False),
    Part("joint", "Joint with other boroughs", ("lead_share",)),
    Part("series", "Part of a programme or series", ("parent", "session_number", "session_count")),
    Part(
        "serves",
        "Plan lines, objectives and strands",
        ("deliverables", "measures", "objectives", "strand", "other_strands"),
    ),
    Part("partners", "Partners and audience", ("partners", "audience")),
    Part("outcome", "Purpose and outcome", ("purpose", "outcome", "outcome_level")),
    Part(
        "evaluation",
        "Evaluation and equality",
        (
            "evaluation_method",
            "evaluation_responses",
            "score_before",
            "score_after",
            "score_scale",
            "equality_monitoring",
        ),
    ),
    Part("money", "Budget and funding", ("cost_planned",)),
    Part("more", "Place, end date, or only a month or quarter known", ("place", "ends", "date_precision")),
)
