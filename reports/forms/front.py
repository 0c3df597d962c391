"""What a shape asks for at the head of its papers, as fields of the form that changes a paper's details."""

import datetime as dt
from typing import Any

from django import forms

from contest_portal.ui.fields import DayField
from reports.models import PaperTemplate
from reports.models.paper_template import Answer

PREFIX = "front_"
LONGEST = 300
_REQUIRED = "Needed before the paper is issued."


def front_fields(template: PaperTemplate) -> dict[str, forms.Field]:
    """None of them has to be answered while it is a draft."""
    return {PREFIX + line["key"]: _field(line) for line in template.front}


def _field(line: dict[str, Any]) -> forms.Field:
    asked = {"label": line["label"], "required": False, "help_text": _REQUIRED if line["required"] else ""}
    if line["answer"] == Answer.DAY:
        return DayField(**asked)
    if line["answer"] == Answer.YES_NO:
        return forms.ChoiceField(choices=[("Yes", "Yes"), ("No", "No")], widget=forms.RadioSelect, **asked)
    return forms.CharField(max_length=LONGEST, **asked)


def front_of(template: PaperTemplate, data: dict[str, Any]) -> dict[str, str]:
    """The answers that were given, as they are kept with the paper."""
    answers = ((line["key"], data.get(PREFIX + line["key"])) for line in template.front)
    return {key: value.isoformat() if isinstance(value, dt.date) else value for key, value in answers if value}
