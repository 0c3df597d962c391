from typing import Any

import django_filters
from django import forms
from django.http import HttpRequest
from django.utils import timezone
from django.utils.safestring import mark_safe

from boards.models import Board, Meeting
from boards.models.meeting import MeetingStatus
from contest_portal.access.grants import scope_of
from contest_portal.core.quarters import Quarter
from contest_portal.ui.editing import EditForm
from contest_portal.ui.forms import PortalModelForm
from reports.forms.exempting import check_ground, ground_field, interest_field
from reports.forms.prose import clean_prose
from reports.models import Paper, PaperStatus

QUARTERS_OFFERED = 8
LONGEST_SUMMARY = 3000
EXEMPTION = ["summary_ground", "summary_interest"]


class MeetingChoice(forms.ModelChoiceField):
    def label_from_instance(self, meeting: Any) -> str:
        return f"{meeting.board.name}, {meeting.day:%-d %B %Y}"


def meetings_for(user: Any) -> Any:
    """Planned meetings that this person may write papers for: of their own boards, or of any if they have none."""
    scope = scope_of(user, "paper.draft")
    planned = Meeting.objects.visible_to(user).filter(status=MeetingStatus.PLANNED)
    found = planned.select_related("board").order_by("day")
    return found.filter(board__key__in=scope.boards) if scope.boards and not scope.everywhere else found


def quarters_offered(kept: Quarter | None = None) -> list[tuple[str, str]]:
    """The last quarters, newest first, this one included; and the one that the paper has already."""
    quarters = set(Quarter.of(timezone.localdate()).last(QUARTERS_OFFERED)) | ({kept} if kept else set())
    return [(quarter.key, str(quarter)) for quarter in sorted(quarters, reverse=True)]


class PaperForm(PortalModelForm):
    """A new paper: which meeting it goes to, what it is called, and which quarter its figures are of."""

    meeting = MeetingChoice(queryset=Meeting.objects.none(), label="Board and meeting")
    quarter = forms.ChoiceField(label="Quarter of the figures", choices=())

    class Meta:
        model = Paper
        fields = ["meeting", "title", "by_line", "quarter", "part"]
        labels = {"title": "Title", "by_line": "By", "part": "Where it is taken"}
        help_texts = {
            "by_line": "The post in whose name the report goes out, for example: Director of Community Safety. "
            "Do not enter names of individuals.",
        }
        widgets = {"part": forms.RadioSelect}

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["meeting"].queryset = self._meetings(user)  # type: ignore[attr-defined]
        kept = self.instance.quarter if isinstance(self.instance.quarter, Quarter) else None
        self.fields["quarter"].choices = quarters_offered(kept)  # type: ignore[attr-defined]
        self.initial["quarter"] = (kept or Quarter.of(timezone.localdate()).previous()).key

    def _meetings(self, user: Any) -> Any:
        return meetings_for(user)

    def clean_quarter(self) -> Quarter:
        return Quarter.from_key(self.cleaned_data["quarter"])


class StartForm(PaperForm):
    """The report on a quarter, which the portal writes: for which meeting, and of which quarter."""

    class Meta(PaperForm.Meta):
        fields = ["meeting", "quarter"]
        labels: dict[str, str] = {}
        help_texts: dict[str, str] = {}
        widgets: dict[str, Any] = {}


class PaperDetailsForm(PaperForm, EditForm):
    """The front matter of a draft, its summary included."""

    summary = forms.CharField(
        label="Summary",
        max_length=LONGEST_SUMMARY,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=mark_safe(
            "One paragraph. A figure is written as its key in double brackets: <code>[[activities]]</code>. "
            "Do not enter names of individuals."
        ),
    )

    summary_ground = ground_field("Who reads the summary")
    summary_interest = interest_field()

    class Meta(PaperForm.Meta):
        fields = ["title", "by_line", "summary", "summary_ground", "summary_interest", "meeting", "quarter", "part"]

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        if not self.instance.takes_exempt_from(user):
            del self.fields["summary_ground"], self.fields["summary_interest"]
            if self.instance.summary_ground and not self.instance.is_whole_for(user):
                del self.fields["summary"]

    def units(self) -> dict[str, list[str]]:
        return {"summary_ground": EXEMPTION} if "summary_ground" in self.fields else {}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if "summary_ground" in self.fields:
            check_ground(self, *EXEMPTION)
        return data

    def _meetings(self, user: Any) -> Any:
        """The meeting that it has stays a choice, whatever became of that meeting."""
        return (meetings_for(user) | Meeting.objects.visible_to(user).filter(pk=self.instance.meeting_id)).distinct()

    def clean_summary(self) -> str:
        return clean_prose(self.cleaned_data["summary"])


def boards_with_papers(request: HttpRequest) -> Any:
    papers = Paper.objects.visible_to(request.user)
    return Board.objects.visible_to(request.user).filter(pk__in=papers.values("meeting__board"))


class PaperFilter(django_filters.FilterSet):
    board = django_filters.ModelMultipleChoiceFilter(
        field_name="meeting__board__key",
        to_field_name="key",
        label="Board",
        queryset=boards_with_papers,
        widget=forms.CheckboxSelectMultiple,
    )
    status = django_filters.MultipleChoiceFilter(
        label="State", choices=PaperStatus.choices, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Paper
        fields: list[str] = []
