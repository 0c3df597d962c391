"""Every published number there is. A number that is not defined here is not published."""

from reports.figures.definitions import Definition, Kind

LOG = "Activity log"
RETURNS = "Quarterly returns"
OFFICIAL_ONLY = "Activities marked OFFICIAL-SENSITIVE, and those planned, postponed or cancelled, are not counted."
JOINT = "Work shared by several areas counts once for London and once in each area's own row, so the rows add up to more than the total."
DELIVERED = "Activities that were delivered and began in the period, each counted once however many areas shared it."
NOT_A_SCORE = "Not a score: areas differ in size, need and funding, and more activity is not better work."
PEOPLE = "People counted at each activity. Somebody who came to two is counted twice."
ATTENDANCE_BEWARE = "Not a number of different people. Where some counts are missing it says “at least”, so two periods compare only roughly."

FIGURES: dict[str, Definition] = {
    definition.key: definition
    for definition in [
        Definition("activities", "Activities delivered", Kind.FLOW, ("activities",), DELIVERED, LOG, NOT_A_SCORE, OFFICIAL_ONLY),
        Definition(
            "activities_joint",
            "Activities delivered jointly",
            Kind.FLOW,
            ("joint",),
            "Activities that were delivered by two or more areas together, each counted once.",
            LOG,
            NOT_A_SCORE,
            OFFICIAL_ONLY,
        ),
        Definition("attendance", "Attendance", Kind.FLOW, ("attendance",), PEOPLE, LOG, ATTENDANCE_BEWARE, OFFICIAL_ONLY),
        Definition(
            "cost",
            "Cost of activities",
            Kind.FLOW,
            ("cost",),
            "What the activities that were delivered cost, once each, as far as it was recorded. Pay of staff is not in it.",
            LOG,
            "Not what was spent under a grant: claims are made up differently and for other dates.",
            OFFICIAL_ONLY,
        ),
        Definition(
            "boroughs_active",
            "Areas with activity",
            Kind.FLOW,
            ("boroughs",),
            "Local authority areas that took part in at least one activity that was delivered.",
            LOG,
            "Counted over all 33 areas, the City of London among them. It is not comparable with figures over the 32 boroughs that the Met polices.",
            OFFICIAL_ONLY,
        ),
        Definition(
            "returns_accepted",
            "Returns accepted",
            Kind.STOCK,
            ("returns",),
            "Quarterly returns of the period that have been accepted. Each of the 33 areas owes one.",
            RETURNS,
            "It stands for the moment shown and can rise until all 33 are accepted. It says nothing of what is in them.",
        ),
        Definition(
            "activities_by_borough",
            "Activities by borough",
            Kind.FLOW,
            ("activities", "joint", "attendance"),
            "Activities that were delivered, in the row of every area that took part, with those of them that were joint and their attendance.",
            LOG,
            NOT_A_SCORE,
            f"{JOINT} {OFFICIAL_ONLY}",
            rows="borough",
            row_label="Borough",
        ),
        Definition(
            "activities_by_strand",
            "Activities by strand",
            Kind.FLOW,
            ("activities",),
            f"{DELIVERED} Each is under its own strand; other strands that it served are not counted.",
            LOG,
            "The strands do different kinds of work; a shorter bar is not a gap.",
            OFFICIAL_ONLY,
            rows="strand",
            row_label="Strand",
            chart="bars",
        ),
        Definition(
            "attendance_by_strand",
            "Attendance by strand",
            Kind.FLOW,
            ("attendance",),
            f"{PEOPLE} Each activity is under its own strand.",
            LOG,
            ATTENDANCE_BEWARE,
            OFFICIAL_ONLY,
            rows="strand",
            row_label="Strand",
            chart="bars",
        ),
        Definition(
            "activities_trend",
            "Activities over time",
            Kind.FLOW,
            ("activities",),
            f"{DELIVERED} Quarters that are not over yet are left out.",
            LOG,
            "Earlier quarters are read from today's log, so late entries change them. Issued papers keep what was known then.",
            OFFICIAL_ONLY,
            rows="quarter",
            columns="strand",
            row_label="Quarter",
            chart="trend",
        ),
        Definition(
            "returns_by_borough",
            "Returns by borough",
            Kind.STOCK,
            ("returns",),
            "How far the quarterly return of each area has got.",
            RETURNS,
            "It stands for the moment shown. An area whose return is late may have delivered as much as any other.",
            rows="borough",
            row_label="Borough",
            permission="return.status",
        ),
    ]
}
