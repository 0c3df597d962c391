import datetime as dt

from strands.kinds.kind import Kind
from strands.kinds.particular import (
    Choice,
    InUse,
    Particular,
    choice,
    choices,
    date,
    money,
    number,
    quantity,
    reference,
    text,
    yes_no,
)

# Each edition of the strategy has its own themes. The days are those on which the editions changed.
_2009 = InUse(until=dt.date(2011, 7, 11))
_2011 = InUse(since=dt.date(2011, 7, 12), until=dt.date(2018, 6, 3))
_2018 = InUse(since=dt.date(2018, 6, 4))
THEME = choice(
    "theme",
    "Theme",
    Choice("2009_ideology", "Challenging the ideology", _2009),
    Choice("2009_promoters", "Disrupting those who promote it", _2009),
    Choice("2009_individuals", "Supporting individuals", _2009),
    Choice("2009_resilience", "Making communities more resilient", _2009),
    Choice("2009_grievances", "Addressing grievances", _2009),
    Choice("2011_ideology", "Ideology", _2011),
    Choice("2011_individuals", "Individuals", _2011),
    Choice("2011_institutions", "Institutions and sectors", _2011),
    Choice("causes", "Ideological causes", _2018),
    Choice("early", "Early support for those at risk", _2018),
    Choice("rehabilitation", "Disengagement and rehabilitation", _2018),
    hint="Themes of the edition of the strategy that was in force on the day.",
)
MODE = choice("mode", "How it was given", "In person", "Live online", "E-learning", "In person and online")
SECTORS = ("police", "council", "education", "health", "faith", "community")


def _by_sector(who: str) -> tuple[Particular, ...]:
    return tuple(number(f"from_{sector}", f"{who}: {sector}", most=10_000) for sector in SECTORS)


KINDS = [
    Kind(
        "community_event",
        "Community event, workshop or conference",
        "prevent",
        asks=(THEME, number("speakers", "Number of speakers", "How many, never who.", most=200)),
    ),
    Kind(
        "structured_programme",
        "Structured programme",
        "prevent",
        "Several sessions with the same people.",
        asks=(
            number("sessions", "Sessions", most=200),
            quantity("cohort", "People who started", most=10_000),
            quantity("completions", "People who completed it", most=10_000, within="cohort"),
            choice("age_band", "Age band", "Under 11", "11 to 17", "18 to 25", "Adults", "Parents", "Mixed ages"),
        ),
        has_sessions=True,
    ),
    Kind(
        "training",
        "Training or briefing",
        "prevent",
        "Awareness training for front-line staff, for example.",
        asks=(
            choice(
                "course",
                "Course",
                Choice("wrap", "Workshop to Raise Awareness of Prevent (WRAP)"),
                Choice("duty_briefing", "Prevent duty briefing"),
                Choice("home_office_awareness", "Home Office e-learning: awareness"),
                Choice("home_office_referrals", "Home Office e-learning: referrals"),
                Choice("home_office_channel", "Home Office e-learning: Channel"),
                Choice("other", "Another course"),
            ),
            text("course_version", "Version of the course", "As it is printed on it, such as 4.1.", most=20),
            MODE,
            number("minutes", "Length in minutes", most=5_000),
            yes_no("accredited", "Was the facilitator accredited?"),
            number("places", "Places"),
            quantity("attended", "People who attended", most=100_000),
            quantity("completed", "People who completed it", most=100_000, within="attended"),
            number("refresh_months", "Months until it has to be refreshed", most=120),
        ),
    ),
    Kind(
        "institution_support",
        "Support for an institution",
        "prevent",
        "Governance of a charity or faith body.",
        asks=(
            quantity("institutions", "Institutions reached", "How many, never which.", most=5_000),
            choices(
                "adopted",
                "What they adopted",
                *("Speaker policy", "Safeguarding policy", "Bookings policy", "Governing document", "Trustee training"),
            ),
        ),
    ),
    Kind(
        "education",
        "Education engagement",
        "prevent",
        asks=(
            quantity("schools", "Schools and colleges reached", most=5_000),
            quantity("staff", "Staff reached"),
            quantity("pupils", "Pupils reached"),
            text("resource", "Resource used", "Its title, such as that of a lesson plan.", most=80),
        ),
    ),
    Kind(
        "member_briefing",
        "Briefing of elected members",
        "prevent",
        asks=(
            number("invited", "Members invited", most=1_000),
            number("members_attended", "Members who attended", most=1_000, within="invited"),
        ),
    ),
    Kind(
        "tabletop",
        "Tabletop or immersive exercise",
        "prevent",
        asks=(
            text("exercise", "Name of the exercise", "Of the exercise itself, never of an operation.", most=60),
            number("days", "Days", most=60),
            *_by_sector("Participants"),
            choice(
                "scenario",
                "Class of scenario",
                *("A concern about somebody", "A booking or a speaker", "Tension after an incident", "Online harm"),
                hint="The class only. The script is not kept here.",
            ),
            number("learning_points", "Learning points recorded", most=500),
        ),
    ),
    Kind(
        "channel_panel",
        "Channel panel meeting",
        "prevent",
        "That it was held, and which bodies came. No cases.",
        asks=(
            date("scheduled", "Day it was scheduled for"),
            yes_no("held", "Was it held?"),
            yes_no("chair_present", "Was the chair present?"),
            yes_no("partners_present", "Were all statutory partners present?"),
            yes_no("police_present", "Were the police present?"),
        ),
    ),
    Kind(
        "permissive_environment",
        "Venue, IT or speaker policy",
        "prevent",
        "The policy, never a speaker's name.",
        asks=(
            choices("policies", "Policy adopted", "Venue hire", "IT filtering", "Visiting speakers"),
            quantity("staff_trained", "Staff trained"),
        ),
    ),
    Kind(
        "risk_document",
        "Local risk document",
        "prevent",
        "Its reference and date, never its content.",
        asks=(
            choice(
                "document", "Document", "Local risk assessment", "Partnership plan", "Counter-terrorism local profile"
            ),
            reference("Reference of the document"),
            date("delivered", "Day it was delivered"),
            choice(
                "recipient",
                "Post that received it",
                *("Chief executive", "Borough commander", "Director of community safety", "Chair of the partnership"),
            ),
        ),
    ),
    Kind(
        "engagement_meeting",
        "Engagement or advisory group meeting",
        "prevent",
        asks=(
            text("group", "Standing group", "The group’s name, never a person’s.", most=80),
            *_by_sector("People who came"),
        ),
    ),
    Kind(
        "campaign",
        "Communications campaign",
        "prevent",
        asks=(
            choices(
                "channels",
                "Channels",
                *("Social media", "Council website", "Newsletter", "Posters and leaflets", "Radio or television"),
            ),
            quantity("reach", "People reached", "As the platform or publisher counts them.", most=100_000_000),
            quantity("clicks", "Clicks", most=100_000_000),
        ),
        has_sessions=True,
    ),
    Kind(
        "funded_project",
        "Funded project",
        "prevent",
        asks=(
            text("bid", "Reference of the bid", "As the funder wrote it.", most=30),
            text("provider", "Organisation that provides it", "The organisation, never a person.", most=80),
            number("milestones", "Milestones agreed", most=200),
            number("milestones_met", "Milestones met", most=200, within="milestones"),
            quantity("beneficiaries", "Beneficiaries", "How many, never who.", most=100_000),
            money("grant", "Grant"),
        ),
        has_sessions=True,
    ),
    Kind(
        "pathfinder_project",
        "Pathfinder project",
        "prevent",
        "Of the pathfinder year, 2007 to 2008.",
        asks=(number("projects", "Projects in the area", most=200), money("grant", "Grant")),
        in_use=InUse(until=dt.date(2008, 3, 31)),
    ),
]
