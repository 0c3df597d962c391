import re
from typing import Any

from django import forms

from boards.models import Meeting
from boards.models.meeting import MeetingStatus
from contest_portal.ui.editing import EditForm
from contest_portal.ui.forms import PortalForm
from reports.models import Block, BlockKind, Paper, Promise

_FIRST_SENTENCE = re.compile(r"[^.!?]+")
LONGEST = 160


class DueMeetingChoice(forms.ModelChoiceField):
    def label_from_instance(self, meeting: Any) -> str:
        return f"The meeting of {meeting.day:%-d %B %Y}"


class PromiseForm(EditForm):
    due_meeting = DueMeetingChoice(
        queryset=Meeting.objects.none(), label="By which meeting", required=False, empty_label="By a day, named below"
    )

    class Meta:
        model = Promise
        fields = ("what", "due_meeting", "due_on")
        labels = {"what": "What is promised", "due_on": "By which day"}
        help_texts = {
            "what": "In one line, as the forward plan shall have it. Do not enter names of individuals.",
            "due_on": "Where it is not for a meeting. For example, 31 3 2027",
        }

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        paper = self.instance.block.paper
        ahead = Meeting.objects.visible_to(user).filter(board=paper.board, status=MeetingStatus.PLANNED)
        self.fields["due_meeting"].queryset = ahead.filter(day__gt=paper.day).order_by("day")  # type: ignore[attr-defined]
        if self.instance._state.adding:
            first = _FIRST_SENTENCE.match(re.sub(r"[*_]", "", self.instance.block.text).strip())
            # Without its figures a sentence says nothing any more.
            self.initial["what"] = first[0][:LONGEST].strip() if first and "[[" not in first[0] else ""

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if bool(data.get("due_meeting")) == bool(data.get("due_on")) and "due_on" in data:
            self.add_error("due_on", "Choose a meeting or name a day, one of the two")
        return data


class ParagraphChoice(forms.ModelChoiceField):
    def label_from_instance(self, block: Any) -> str:
        text = re.sub(r"\[\[([^\]]*)\]\]", "…", block.text)
        return text if len(text) <= LONGEST else f"{text[:LONGEST].rstrip()} …"


class KeepingForm(PortalForm):
    block = ParagraphChoice(
        queryset=Block.objects.none(), label="Which paragraph of this paper keeps it?", empty_label=None
    )

    def __init__(self, *args: Any, paper: Paper, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        prose = (BlockKind.PARAGRAPH, BlockKind.RECOMMENDATION)
        found = Block.objects.visible_to(user).filter(paper=paper, kind__in=prose)
        self.fields["block"].queryset = found  # type: ignore[attr-defined]
