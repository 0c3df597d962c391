"""Made-up content for the gallery of components; nothing here is read from the database."""

import datetime as dt
from dataclasses import dataclass, field

import django_filters
from django import forms
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import QueryDict

from contest_portal.ui.fields import DayField, MoneyField, WholeNumberField
from contest_portal.ui.forms import PortalForm

PLACES = {
    "Enfield": ("ENF", 1, 5), "Harrow": ("HRW", 2, 3), "Barnet": ("BNT", 2, 4), "Haringey": ("HGY", 2, 5),
    "Waltham Forest": ("WFT", 2, 6), "Hillingdon": ("HDN", 3, 1), "Ealing": ("EAL", 3, 2), "Brent": ("BRE", 3, 3),
    "Camden": ("CAM", 3, 4), "Islington": ("ISL", 3, 5), "Hackney": ("HCK", 3, 6), "Redbridge": ("RDB", 3, 7),
    "Havering": ("HAV", 3, 8), "Hounslow": ("HNS", 4, 1), "Hammersmith and Fulham": ("H&F", 4, 2),
    "Kensington and Chelsea": ("K&C", 4, 3), "Westminster": ("WST", 4, 4), "City of London": ("CTY", 4, 5),
    "Tower Hamlets": ("TWH", 4, 6), "Newham": ("NWM", 4, 7), "Barking and Dagenham": ("B&D", 4, 8),
    "Richmond upon Thames": ("RCH", 5, 2), "Wandsworth": ("WNS", 5, 3), "Lambeth": ("LAM", 5, 4),
    "Southwark": ("SWK", 5, 5), "Lewisham": ("LEW", 5, 6), "Greenwich": ("GRN", 5, 7), "Bexley": ("BXL", 5, 8),
    "Kingston upon Thames": ("KNG", 6, 3), "Merton": ("MRT", 6, 4), "Croydon": ("CRD", 6, 5),
    "Bromley": ("BRM", 6, 6), "Sutton": ("STN", 7, 5),
}  # fmt: skip
STRANDS = ("Pursue", "Prevent", "Protect", "Prepare")


@dataclass(frozen=True)
class GalleryColumn:
    key: str
    label: str
    numeric: bool = True


@dataclass(frozen=True)
class GalleryRow:
    label: str
    values: list[float | None]
    cells: list[str]
    key: str = ""
    url: str | None = None
    tile: tuple[int, int] | None = None
    short: str = ""
    breaks: str = ""
    total: bool = False


@dataclass(frozen=True)
class GalleryFigure:
    title: str
    finding: str
    columns: list[GalleryColumn]
    rows: list[GalleryRow]
    chart: str = ""
    source: str = "activity log, all boroughs (LONDON_33)"
    as_at: str = "27 March 2026"
    marking: str = "OFFICIAL"


@dataclass(frozen=True)
class GalleryState:
    label: str
    colour: str


@dataclass(frozen=True)
class GalleryFieldChange:
    label: str
    before: str
    after: str


@dataclass(frozen=True)
class GalleryChange:
    at: dt.datetime
    who: str
    what: str
    why: str = ""
    fields: list[GalleryFieldChange] = field(default_factory=list)


class GalleryForm(PortalForm):
    title = forms.CharField(label="Title of the activity", max_length=120, help_text="As it was advertised")
    kind = forms.ChoiceField(
        label="Kind of activity",
        choices=[("workshop", "Workshop"), ("conference", "Conference"), ("other", "Something else")],
        widget=forms.RadioSelect,
    )
    other_kind = forms.CharField(label="What kind?", required=False)
    boroughs = forms.MultipleChoiceField(
        label="Boroughs that took part", choices=[(name, name) for name in ("Barnet", "Brent", "Ealing", "Harrow")]
    )
    strand = forms.ChoiceField(label="Strand", choices=[("", "---------"), *((name, name) for name in STRANDS)])
    held_on = DayField(label="Date it was held", help_text="For example, 27 3 2026")
    attendance = WholeNumberField(label="Number of people", min_value=0, required=False)
    cost = MoneyField(label="What it cost", required=False)
    outcome = forms.CharField(
        label="Outcome",
        widget=forms.Textarea,
        max_length=400,
        required=False,
        help_text="Do not enter names of individuals.",
    )
    evidence = forms.FileField(label="Evaluation report", required=False)
    no_names = forms.BooleanField(label="I have not named any individual")
    reveals = {"kind": {"other": "other_kind"}}
    answer_hints = {"kind": {"workshop": "A session with one group"}}


class GalleryFilter(django_filters.FilterSet):
    words = django_filters.CharFilter(label="Words in the title")
    strand = django_filters.MultipleChoiceFilter(label="Strand", choices=[(name, name) for name in STRANDS])
    borough = django_filters.MultipleChoiceFilter(label="Borough", choices=[(name, name) for name in sorted(PLACES)])
    state = django_filters.ChoiceFilter(label="State", choices=[("planned", "Planned"), ("delivered", "Delivered")])


def filled_form() -> GalleryForm:
    """One with wrong answers, which it keeps."""
    return GalleryForm(
        {"kind": "other", "other_kind": "", "boroughs": ["Brent"], "held_on-day": "31", "held_on-month": "2",
         "held_on-year": "2026", "attendance": "over 200", "cost": "£3,150", "outcome": "Well received."},
        prefix=None, auto_id="wrong_%s",
    )  # fmt: skip


def filter_panel(query: QueryDict) -> GalleryFilter:
    return GalleryFilter(query or QueryDict("strand=Prevent&borough=Brent&borough=Harrow"), queryset=QuerySet())


def listing() -> Page:
    return Paginator(range(138), 25).page(3)


def bars() -> GalleryFigure:
    numbers = {"Workshops": 412, "Conferences": 96, "Training": 283, "Online sessions": 187, "Exercises": 41}
    rows = [GalleryRow(name, [value], [f"{value:,}"], name) for name, value in numbers.items()]
    rows.append(GalleryRow("Site visits", [None], ["[c]"], "visits"))
    columns = [GalleryColumn("kind", "Kind", numeric=False), GalleryColumn("count", "Activities")]
    finding = "Workshops are two in five of everything delivered"
    return GalleryFigure("Activities by kind, Q4 2025/26", finding, columns, rows, "bars")


def stacked() -> GalleryFigure:
    boroughs = {
        "Brent": (4, 38, 12, 9),
        "Camden": (7, 25, 18, 14),
        "Hackney": (3, 41, 10, 8),
        "Newham": (6, 33, 21, 17),
    }
    rows = [
        GalleryRow(name, list(map(float, numbers)), [str(n) for n in numbers]) for name, numbers in boroughs.items()
    ]
    columns = [GalleryColumn("borough", "Borough", numeric=False), *(GalleryColumn(s, s) for s in STRANDS)]
    return GalleryFigure(
        "Activities by strand, Q4 2025/26", "Prevent leads in all four boroughs", columns, rows, "stacked"
    )


def trend() -> GalleryFigure:
    prevent, prepare = (210, 236, None, 262, 301, 288, 340, 352), (80, 84, 79, 95, 92, 101, 99, 120)
    quarters = [f"Q{n % 4 + 1} {2024 + n // 4}/{25 + n // 4}" for n in range(8)]
    rows = [
        GalleryRow(label, [a, float(b)], ["[x]" if a is None else str(a), str(b)], label,
                   breaks="New definition" if at == 4 else "")
        for at, (label, a, b) in enumerate(zip(quarters, prevent, prepare, strict=True))
    ]  # fmt: skip
    columns = [GalleryColumn("quarter", "Quarter", numeric=False), GalleryColumn("prevent", "Prevent"),
               GalleryColumn("prepare", "Prepare")]  # fmt: skip
    return GalleryFigure(
        "Activities by quarter", "Prevent activity has grown in six of seven quarters", columns, rows, "trend"
    )


def map_() -> GalleryFigure:
    rows = [
        GalleryRow(name, [None if at == 17 else float(at * 37 % 96)], ["[c]" if at == 17 else str(at * 37 % 96)], name,
                   "/components/", (down, across), short)
        for at, (name, (short, down, across)) in enumerate(PLACES.items())
    ]  # fmt: skip
    columns = [GalleryColumn("borough", "Borough", numeric=False), GalleryColumn("count", "Activities")]
    return GalleryFigure("Activities by borough, Q4 2025/26", "Every borough but one logged something", columns, rows)


def changes() -> list[GalleryChange]:
    at = dt.datetime(2026, 3, 27, 9, 40, tzinfo=dt.UTC)
    return [
        GalleryChange(at, "Prevent lead, Brent", "Changed activity", "Sign-in sheet counted again",
                      [GalleryFieldChange("Attendance", "at least 180", "at least 200"),
                       GalleryFieldChange("Actual cost", "", "£3,150")]),
        GalleryChange(at - dt.timedelta(days=3), "Prevent lead, Brent", "Added activity"),
    ]  # fmt: skip


STATES = [
    "Draft", "Planned", "Submitted", "Sent back", "Accepted", "Issued", "Overdue", "Provisional",
    GalleryState("On track (G)", "green"), GalleryState("At risk (A)", "orange"), GalleryState("Off track (R)", "red"),
]  # fmt: skip


def parameters() -> dict[str, object]:
    """What the macros take as lists and mappings, which a template cannot write."""
    facts = [
        ("Lead organisation", "Brent Council"),
        ("Held", "27 March 2026"),
        ("Attendance", "at least 200 (headcount)"),
    ]
    tasks = [("Activities", "Complete"), ("Posts and funding", "In progress"), ("Check and submit", "Cannot start yet")]
    return {
        "facts": [{"key": {"text": key}, "value": {"text": value}} for key, value in facts],
        "tasks": [{"title": {"text": title}, "href": None if state.startswith("Cannot") else "#tasks",
                   "status": {"text": state}} for title, state in tasks],
        "tabs": [{"label": label, "href": "#tabs", "active": not at}
                 for at, label in enumerate(("Summary", "Rows behind it", "History"))],
    }  # fmt: skip
