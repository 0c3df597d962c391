from collections.abc import Iterable
from typing import Any

from django import forms

from contest_portal.notifications.forms.comment import CommentForm
from reports.models import ReturnLine


class ReturnCommentForm(CommentForm):
    """On the whole return, or on one of the lines that the person reads."""

    line = forms.ChoiceField(label="What is it about?", required=False)
    field_order = ("line", "text", "follow_up_by", "follow_up_on")

    def __init__(self, *args: Any, lines: Iterable[ReturnLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [(str(line.activity_id), f"{line.reference}: {line.title}") for line in lines]
        self.fields["line"].choices = [("", "The whole return"), *names]  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        line = self.cleaned_data.get("line")
        return super().values() | {"activity_id": int(line) if line else None}
