"""A state as a tag: always a word, and a colour that only helps."""

from functools import lru_cache
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString

COLOURS = {"grey", "green", "teal", "blue", "purple", "magenta", "red", "orange", "yellow"}

# The names that older design-system releases gave to the same colours.
ALIASES = {"turquoise": "teal", "pink": "magenta", "light-blue": "blue"}

# Words used across the portal. A state that carries its own .colour wins.
KNOWN = {
    "draft": "grey", "not started": "grey", "queued": "grey", "expired": "grey", "cancelled": "grey",
    "planned": "blue", "submitted": "blue", "in progress": "blue", "live": "blue",
    "open": "blue", "with the head": "blue", "for clearance": "purple",
    "accepted": "green", "delivered": "green", "approved": "green", "issued": "green", "ready": "green",
    "complete": "green", "completed": "green", "confirmed": "green", "done": "green", "on track": "green",
    "proposed": "blue", "supplied": "blue", "checked": "blue", "in force": "green", "final": "green",
    "under review": "yellow",
    "sent back": "orange", "postponed": "orange", "provisional": "yellow", "at risk": "orange", "due soon": "orange",
    "revised": "purple", "overdue": "red", "parked": "red", "stopped": "red", "refused": "red", "off track": "red",
    "late": "red",
    "official": "blue", "official-sensitive": "magenta",
}  # fmt: skip


def status_tag(value: Any) -> SafeString:
    if value is None or value == "":
        return SafeString()
    word = str(getattr(value, "label", value))
    colour = getattr(value, "colour", None) or KNOWN.get(word.lower(), "grey")
    colour = ALIASES.get(colour, colour)
    if colour not in COLOURS:
        raise ValueError(f"“{colour}” is not a colour of a tag.")
    return _tag(colour, word)


@lru_cache(maxsize=500)
def _tag(colour: str, word: str) -> SafeString:
    return format_html('<strong class="govuk-tag govuk-tag--{}">{}</strong>', colour, word)
