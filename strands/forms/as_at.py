from typing import Any

from contest_portal.access.as_at import AsAtForm
from strands.figures.known import Known


def known_of(query: Any) -> Known | None:
    """What was known on the day that an address names, or today; nothing when that is no day that has come."""
    form = AsAtForm(query if any(name.startswith("as_at") for name in query) else {})
    if not form.is_valid():
        return None
    day = form.cleaned_data["as_at"]
    return Known.on(day) if day else Known.now()
