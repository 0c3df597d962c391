"""Short forms: adding one, and putting one right."""

from typing import Any

from contest_portal.audit.acting import acting
from reports.models import Acronym


def save_acronym(acronym: Acronym, *, reason: str, by: Any) -> Acronym:
    """A new one, or a changed one. Issued papers keep what their glossary said."""
    with acting(by, reason=reason):
        acronym.save()
    return acronym
