from typing import Any

from django import forms

from contest_portal.notifications.forms.comment import RemarkForm
from contest_portal.ui.forms import PortalForm
from reports.forms.block import LONGEST_HEADING, LONGEST_TEXT
from reports.forms.prose import clean_prose
from reports.models import Block, BlockKind, SuggestionAnswer


class BlockCommentForm(RemarkForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[
            "text"
        ].help_text = "Everybody who reads this part of the draft reads it. Do not enter names of individuals."


class SuggestionForm(PortalForm):
    """Another text for a block, begun from what it says now."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    text = forms.CharField(
        label="The text as you would have it",
        widget=forms.Textarea(attrs={"rows": 9}),
        help_text="Change what you would change and leave the rest. Figures stay in their double brackets. "
        "Do not enter names of individuals.",
    )
    reason = forms.CharField(label="Why", max_length=500)

    def __init__(self, *args: Any, block: Block, **kwargs: Any) -> None:
        kwargs["initial"] = {"text": block.text, "seen": block.version}
        super().__init__(*args, **kwargs)
        self.block = block
        heading = block.kind == BlockKind.HEADING
        self.fields["text"].max_length = LONGEST_HEADING if heading else LONGEST_TEXT  # type: ignore[attr-defined]

    def clean_text(self) -> str:
        text = clean_prose(self.cleaned_data["text"].replace("\r\n", "\n"))
        most: int = self.fields["text"].max_length  # type: ignore[attr-defined]
        if len(text) > most:
            raise forms.ValidationError(f"The text must be {most} characters or fewer.")
        if text == self.block.text:
            raise forms.ValidationError("This is what the paper says already. Change it, or write a comment instead.")
        return text

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("seen") != self.block.version:
            words = f"Somebody changed this part while you were writing. It says now: “{self.block.text}”"
            self.add_error("text", f"{words} Look at yours once more, then send it again.")
            self.data = self.data.copy()  # type: ignore[attr-defined]
            self.data["seen"] = str(self.block.version)  # type: ignore[index]
        return data


class AnswerForm(PortalForm):
    """Yes to a suggestion, or no with a reason. `seen` is the version of the block that it is compared with."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    answer = forms.ChoiceField(
        label="Your decision",
        choices=[
            (SuggestionAnswer.ACCEPTED, "Accept: the paper says from now on what was suggested"),
            (SuggestionAnswer.DECLINED, "Decline it"),
        ],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(label="Why you decline it", required=False, max_length=500)
    reveals = {"answer": {SuggestionAnswer.DECLINED.value: "reason"}}

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("answer") == SuggestionAnswer.DECLINED and not data.get("reason"):
            self.add_error("reason", "Say why you decline it: whoever suggested it reads that")
        return data
