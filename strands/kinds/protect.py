import datetime as dt

from contest_portal.core.markings import Marking
from strands.kinds.kind import Kind
from strands.kinds.particular import Choice, InUse, choice, choices, money, number, quantity, text, yes_no
from strands.kinds.prevent import MODE

# Replaced by the ACT products.
_LEGACY = InUse(until=dt.date(2019, 12, 31))
SECTOR = choice(
    "sector",
    "Sector",
    *("Retail", "Hospitality and night-time", "Visitor attraction", "Sport", "Transport", "Education", "Health"),
    *("Place of worship", "Office", "Public building", "Another sector"),
)

KINDS = [
    Kind(
        "protect_training",
        "Protective security awareness training",
        "protect",
        asks=(
            choice(
                "product",
                "Product",
                *("ACT Awareness", "ACT Operational", "ACT Strategic", "SCaN"),
                Choice("griffin", "Griffin", _LEGACY),
                Choice("argus", "Argus", _LEGACY),
            ),
            MODE,
            quantity("businesses", "Businesses reached", "How many, never which.", most=100_000),
            quantity("staff_trained", "Staff trained"),
        ),
    ),
    Kind(
        "security_advice",
        "Security advice visit or survey",
        "protect",
        "A site code only, never the site.",
        asks=(
            SECTOR,
            text(
                "site_code",
                "Site code",
                "Letters, numbers and hyphens, such as WM-0127. Never a name or an address.",
                most=12,
                pattern=r"[A-Z0-9]+(-[A-Z0-9]+)*",
            ),
            number("recommended", "Recommendations made", most=500),
            number("accepted", "Recommendations accepted", most=500, within="recommended"),
            number("done", "Recommendations carried out", most=500, within="accepted"),
        ),
        marking=Marking.OFFICIAL_SENSITIVE,
    ),
    Kind(
        "crowded_place_review",
        "Publicly accessible location review",
        "protect",
        "How many, never which.",
        asks=(
            SECTOR,
            choice("tier", "Tier", "Tier 1", "Tier 2", "Tier 3", "Not tiered"),
            number("locations", "Locations reviewed", "How many, never which."),
        ),
    ),
    Kind(
        "hostile_vehicle",
        "Hostile vehicle mitigation scheme",
        "protect",
        asks=(
            choice("lasting", "Temporary or permanent", "Temporary", "Permanent"),
            choice("stage", "Stage", "Proposed", "Designed", "Funded", "Being installed", "In place", "Removed"),
            text("ward", "Ward", "The ward, never the street. No drawings.", most=40),
            money("scheme_cost", "Cost of the scheme"),
            choice(
                "funder", "Who pays", "Council", "Home Office", "Transport for London", "Developer", "Event organiser"
            ),
        ),
    ),
    Kind(
        "planning_advice",
        "Planning or licensing consultation",
        "protect",
        asks=(
            text("application", "Reference of the application", "As the register has it.", most=30),
            yes_no("advice_given", "Was advice given?"),
        ),
    ),
    Kind(
        "safety_advisory_group",
        "Safety advisory group for an event",
        "protect",
        asks=(
            choice(
                "event_class", "Class of event", "Sport", "Music", "Festival or carnival", "Civic", "Filming", "Other"
            ),
            choice(
                "crowd",
                "Crowd expected",
                *("Under 500", "500 to 4,999", "5,000 to 49,999", "50,000 and more"),
            ),
        ),
    ),
    Kind(
        "premises_duty",
        "Readiness for the premises duty",
        "protect",
        "Protection of Premises Act 2025.",
        asks=(
            number(
                "standard", "Council premises in the standard tier", "For 200 to 799 people. How many, never which."
            ),
            number("enhanced", "Council premises in the enhanced tier", "For 800 people and more."),
            number("events", "Qualifying events", "Of 800 people and more."),
            yes_no("regulator_told", "Has the regulator been told of them all?"),
            choices("procedures", "Procedures in place", "Evacuation", "Invacuation", "Lockdown", "Communication"),
            yes_no("measures", "Enhanced tier: are measures in place?"),
            yes_no("documented", "Enhanced tier: are they documented?"),
            yes_no("senior_post", "Enhanced tier: is a senior post responsible?"),
        ),
    ),
]
