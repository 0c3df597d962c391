from typing import Any

from django.http import HttpRequest

from strands.figures.known import Known
from strands.forms.as_at import AsAtForm


def as_at(request: HttpRequest) -> tuple[Known, dict[str, Any]]:
    """What was known on the day that the address names, and the bar that says so. A day that is none is told."""
    asked = any(name.startswith("as_at") for name in request.GET)
    form = AsAtForm(request.GET if asked else None)
    day = form.cleaned_data["as_at"] if form.is_valid() else None
    known = Known.on(day) if day else Known.now()
    if not form.errors:
        form = AsAtForm(initial={"as_at": known.day if known.is_past else None})
    kept = [(name, value) for name, value in request.GET.items() if not name.startswith("as_at")]
    return known, {"known": known, "as_at_form": form, "as_at_kept": kept, "as_at_path": request.path}
