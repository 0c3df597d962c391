"""All the words of the demo's activities."""

from contest_portal.management.demo.other_texts import OTHERS
from contest_portal.management.demo.prevent_texts import PREVENT

WORDINGS = PREVENT | OTHERS

NOTES = (
    "Venue was too small; book the larger hall next time.",
    "Two partners did not confirm until the day before. Agree dates a quarter ahead.",
    "The caterer's invoice came in above the quote; approved by the budget holder.",
    "Good feedback on the new slides, less on the film.",
    "A councillor would like to attend the next one.",
    "Evaluation forms: fewer than half came back.",
    "",
    "",
)

REASONS = {
    "cancelled": ("Too few bookings", "The venue closed for repairs", "The provider withdrew"),
    "postponed": (
        "Trainer ill; new date agreed",
        "Moved to avoid the election period",
        "Clash with school examinations",
    ),
}

CHARITIES = (
    ("open-door-network", "Open Door Network"),
    ("bridgeway-youth", "Bridgeway Youth"),
    ("lantern-womens-trust", "Lantern Women's Trust"),
    ("common-ground-london", "Common Ground London"),
    ("thames-mentors", "Thames Mentors"),
    ("civic-voices", "Civic Voices"),
)
