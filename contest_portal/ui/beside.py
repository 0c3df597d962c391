"""What stands over and under a field when somebody has to decide something about it."""

from typing import Any

from django.forms import BoundField
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from contest_portal.ui.macros import component


def overtaken_at(bound: BoundField) -> Any:
    return next((field for field in getattr(bound.form, "overtaken", ()) if field.name == bound.name), None)


def both_texts(bound: BoundField) -> SafeString:
    """Over a field that two people changed: contest_portal.ui.editing."""
    overtaken = overtaken_at(bound)
    if overtaken is None:
        return SafeString()
    answers = {
        "theirs": f"What {overtaken.who} saved",
        "mine": "What I typed",
        "box": "What is in the box below, when I have changed it",
    }
    params = {
        "name": f"{bound.html_name}-merge",
        "id_prefix": f"{bound.auto_id}-merge",
        "classes": "govuk-radios--small",
        "items": [{"value": key, "text": words, "checked": key == overtaken.choice} for key, words in answers.items()],
        "fieldset": {"legend": {"text": f"{bound.label}: what to keep", "classes": "govuk-fieldset__legend--s"}},
    }
    context = {"overtaken": overtaken, "radios": component("radios", params)}
    return render_to_string("ui/both_texts.html", context)


def question(bound: BoundField) -> SafeString:
    """The tick under a text that may be about a person: contest_portal.ui.guarding."""
    asked = getattr(bound.form, "questions", {}).get(bound.name)
    if asked is None:
        return SafeString()
    item = {
        "value": asked.answer,
        "text": f"It is not about a person ({bound.label})",
        "checked": asked.is_answered,
        "id": f"{bound.auto_id}-not-a-person",
    }
    params = {"name": asked.name, "id_prefix": f"{bound.auto_id}-not-a-person", "items": [item]}
    return component("checkboxes", {**params, "classes": "govuk-checkboxes--small portal-not-a-person"})
