"""Every published number there is. A number that is not defined here is not published."""

from reports.figures.definitions import Definition, Kind

LOG = "Activity log"
RETURNS = "Quarterly returns"
OFFICIAL_ONLY = "OFFICIAL-SENSITIVE activities are not counted."
JOINT = "Joint work counts once for London and once in each area's own row, so the rows may add up to more."
DELIVERED = (
    "Activities that began in the period and were delivered, each counted once however many areas shared it. What is "
    "planned, postponed or cancelled is not counted."
)
PEOPLE = "People counted at each activity. Somebody who came to two is counted twice."
NOT_A_SCORE = "Not a score: areas differ in size, need and funding, and more activity is not better work."
NOT_PEOPLE = (
    "Not a number of different people. Where some counts are missing it says “at least”, so two periods compare only "
    "roughly."
)

_DEFINITIONS = [
    Definition(
        key="activities",
        name="Activities delivered",
        kind=Kind.FLOW,
        measures=("activities",),
        counted=DELIVERED,
        source=LOG,
        beware=NOT_A_SCORE,
        note=OFFICIAL_ONLY,
    ),
    Definition(
        key="attendance",
        name="Attendance",
        kind=Kind.FLOW,
        measures=("attendance",),
        counted=PEOPLE,
        source=LOG,
        beware=NOT_PEOPLE,
        note=OFFICIAL_ONLY,
    ),
    Definition(
        key="boroughs_active",
        name="Areas with activity",
        kind=Kind.FLOW,
        measures=("boroughs",),
        counted="Local authority areas that took part in at least one activity that was delivered.",
        source=LOG,
        beware="Counted over all 33 areas, the City of London among them, so it does not compare with figures over the "
        "32 boroughs that the Metropolitan Police covers.",
        note=OFFICIAL_ONLY,
    ),
    Definition(
        key="activities_joint",
        name="Activities delivered jointly",
        kind=Kind.FLOW,
        measures=("joint",),
        counted="Activities that were delivered by two or more areas together, each counted once.",
        source=LOG,
        beware=NOT_A_SCORE,
        note=OFFICIAL_ONLY,
    ),
    Definition(
        key="cost",
        name="Cost of activities",
        kind=Kind.FLOW,
        measures=("cost",),
        counted="What the activities that were delivered cost, as far as it was recorded. Pay of staff is not in it.",
        source=LOG,
        beware="Not what was spent under a grant: claims are made up differently and for other dates.",
        note=OFFICIAL_ONLY,
    ),
    Definition(
        key="returns_accepted",
        name="Returns accepted",
        kind=Kind.STOCK,
        measures=("returns",),
        counted="Quarterly returns of the period that have been accepted. Each of the 33 areas owes one.",
        source=RETURNS,
        beware="It stands for the moment shown, and can rise until all 33 are accepted. It says nothing of what is in "
        "them.",
    ),
    Definition(
        key="activities_by_borough",
        name="Activities by borough",
        kind=Kind.FLOW,
        measures=("activities", "joint", "attendance"),
        counted="Activities that were delivered, in the row of every area that took part, with those of them that were "
        "joint and their attendance.",
        source=LOG,
        beware=NOT_A_SCORE,
        note=f"{JOINT} {OFFICIAL_ONLY}",
        rows="borough",
        row_label="Borough",
    ),
    Definition(
        key="activities_by_strand",
        name="Activities by strand",
        kind=Kind.FLOW,
        measures=("activities",),
        counted=f"{DELIVERED} Each is under its own strand; other strands that it served are not counted.",
        source=LOG,
        beware="The strands do different kinds of work; a shorter bar is not a gap.",
        note=OFFICIAL_ONLY,
        rows="strand",
        row_label="Strand",
        chart="bars",
    ),
    Definition(
        key="attendance_by_strand",
        name="Attendance by strand",
        kind=Kind.FLOW,
        measures=("attendance",),
        counted=f"{PEOPLE} Each activity is under its own strand.",
        source=LOG,
        beware=NOT_PEOPLE,
        note=OFFICIAL_ONLY,
        rows="strand",
        row_label="Strand",
        chart="bars",
    ),
    Definition(
        key="activities_trend",
        name="Activities over time",
        kind=Kind.FLOW,
        measures=("activities",),
        counted=f"{DELIVERED} Quarters that are not over yet are left out.",
        source=LOG,
        beware="Earlier quarters are read from the log of the moment shown, so late entries change them. Issued papers "
        "keep what was known then.",
        note=OFFICIAL_ONLY,
        rows="quarter",
        columns="strand",
        row_label="Quarter",
        chart="trend",
    ),
    Definition(
        key="returns_by_borough",
        name="Returns by borough",
        kind=Kind.STOCK,
        measures=("returns",),
        counted="How far the quarterly return of each area has got.",
        source=RETURNS,
        beware="It stands for the moment shown. An area whose return is late may have delivered as much as any other.",
        rows="borough",
        row_label="Borough",
        permission="return.status",
    ),
]
FIGURES: dict[str, Definition] = {definition.key: definition for definition in _DEFINITIONS}
