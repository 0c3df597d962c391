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
from contest_portal.ui.forms import FilterForm, PortalModelForm
from reports.forms.exempting import check_ground, ground_field, interest_field
from reports.forms.front import PREFIX, front_fields, front_of
from reports.forms.prose import clean_prose
from reports.models import Paper, PaperStatus, PaperTemplate

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


def boards_to_write_for(user: Any) -> Any:
    """Boards that this person may write papers of: their own, or any if they have none."""
    scope = scope_of(user, "paper.draft")
    found = Board.objects.visible_to(user).lasting_on(timezone.localdate())
    return found.filter(key__in=scope.boards) if scope.boards and not scope.everywhere else found


def quarters_offered(kept: Quarter | None = None) -> list[tuple[str, str]]:
    """The last quarters, newest first, this one included; and the one that the paper has already."""
    quarters = set(Quarter.of(timezone.localdate()).last(QUARTERS_OFFERED)) | ({kept} if kept else set())
    return [(quarter.key, str(quarter)) for quarter in sorted(quarters, reverse=True)]


class PaperForm(PortalModelForm):
    """A new paper: which meeting it goes to or which board it is of, what it is called, and which quarter its figures
    are of. Where several shapes hold on its day, it asks which."""

    meeting = MeetingChoice(
        queryset=Meeting.objects.none(),
        label="Meeting",
        required=False,
        empty_label="None: it has a date of its own",
    )
    board = forms.ModelChoiceField(
        queryset=Board.objects.none(),
        label="Board of a paper to no meeting",
        required=False,
        help_text="Such as a briefing paper between two meetings.",
    )
    template = forms.ModelChoiceField(
        queryset=PaperTemplate.objects.none(),
        label="Shape",
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": "Choose the shape: several hold on that day"},
    )
    quarter = forms.ChoiceField(label="Quarter of the figures", choices=())

    class Meta:
        model = Paper
        fields = ["meeting", "board", "dated", "template", "title", "by_line", "quarter", "part"]
        labels = {
            "title": "Title",
            "by_line": "By",
            "part": "Where it is taken",
            "dated": "Date of a paper to no meeting",
        }
        help_texts = {
            "by_line": "The post in whose name the report goes out, for example: Director of Community Safety. "
            "Do not enter names of individuals.",
            "dated": "Others have the date of the meeting.",
        }
        widgets = {"part": forms.RadioSelect}

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["meeting"].queryset = self._meetings(user)  # type: ignore[attr-defined]
        self.fields["board"].queryset = boards_to_write_for(user)  # type: ignore[attr-defined]
        kept = self.instance.quarter if isinstance(self.instance.quarter, Quarter) else None
        self.fields["quarter"].choices = quarters_offered(kept)  # type: ignore[attr-defined]
        self.initial["quarter"] = (kept or Quarter.of(timezone.localdate()).previous()).key

        self._offer_shapes()

    def _meetings(self, user: Any) -> Any:
        return meetings_for(user)

    def _offer_shapes(self) -> None:
        """Those that hold on the day that was chosen; they are asked for where there are several."""
        self.offered = PaperTemplate.objects.none()
        places = [name for name in ("meeting", "board", "dated") if name in self.fields]
        chosen = {name: self._chosen(name) for name in places}
        if meeting := chosen["meeting"]:
            self.offered = PaperTemplate.objects.offered_to(meeting.board, meeting.day, to_meeting=True)
        elif chosen.get("board") and chosen.get("dated"):
            self.offered = PaperTemplate.objects.offered_to(chosen["board"], chosen["dated"], to_meeting=False)
        self.fields["template"].queryset = self.offered  # type: ignore[attr-defined]
        if self.offered.count() < 2:
            del self.fields["template"]

    def _chosen(self, name: str) -> Any:
        """What was answered or is in the address; nothing where it is no answer."""
        field = self.fields[name]
        value = self[name].value()
        try:
            return field.clean(value)
        except forms.ValidationError:
            return None

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        self._check_place(data)
        return data

    def _check_place(self, data: dict[str, Any]) -> None:
        if meeting := data.get("meeting"):
            data["board"] = meeting.board
            if data.get("dated"):
                self.add_error("dated", "A paper to a meeting has the date of the meeting. Leave this empty")
        elif "meeting" not in self.errors:
            self._check_own_day(data)
        self._check_shape(data)

    def _check_shape(self, data: dict[str, Any]) -> None:
        if not self.errors and not self.offered:
            self.add_error("dated" if data.get("dated") else "meeting", "No shape of paper holds on that day")
        data.setdefault("template", self.offered.first())

    def _check_own_day(self, data: dict[str, Any]) -> None:
        board, day = data.get("board"), data.get("dated")
        if not board and not self.has_error("board"):
            self.add_error("board", "Choose a meeting, or the board whose paper it is")
        elif not day and not self.has_error("dated"):
            self.add_error("dated", "Enter the date of the paper")
        elif board and day and board.has_ended_on(day):
            self.add_error("dated", f"The {board} ended on {board.ends:%-d %B %Y}")

    def clean_quarter(self) -> Quarter:
        return Quarter.from_key(self.cleaned_data["quarter"])


class StartForm(PaperForm):
    """The report on a quarter, which the portal writes: for which meeting, in which of the shapes that hold on its day
    where there are several, and of which quarter."""

    meeting = MeetingChoice(queryset=Meeting.objects.none(), label="Board and meeting")

    class Meta(PaperForm.Meta):
        fields = ["meeting", "template", "quarter"]
        labels: dict[str, str] = {}
        help_texts: dict[str, str] = {}
        widgets: dict[str, Any] = {}

    def _offer_shapes(self) -> None:
        del self.fields["board"]
        super()._offer_shapes()

    def _check_place(self, data: dict[str, Any]) -> None:
        self._check_shape(data)


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
        fields = ["title", "by_line", "summary", *EXEMPTION, "meeting", "dated", "quarter", "part", "with_glossary"]

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        if not self.instance.takes_exempt_from(user):
            del self.fields["summary_ground"], self.fields["summary_interest"]
            if self.instance.summary_ground and not self.instance.is_whole_for(user):
                del self.fields["summary"]
        if not self.instance.template.has_summary:
            self.fields = {name: field for name, field in self.fields.items() if not name.startswith("summary")}
        self.fields |= front_fields(self.instance.template)
        self.initial.update({PREFIX + key: answer for key, answer in self.instance.front.items()})

    def units(self) -> dict[str, list[str]]:
        return {"summary_ground": EXEMPTION} if "summary_ground" in self.fields else {}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if "summary_ground" in self.fields:
            check_ground(self, *EXEMPTION)
        self.instance.front = front_of(self.instance.template, data)
        return data

    def _offer_shapes(self) -> None:
        """The shape stays; so does that it goes to a meeting, or does not."""
        self.fields["meeting"].required = self.fields["dated"].required = True
        for name in ("board", "template", "dated" if self.instance.meeting else "meeting"):
            del self.fields[name]

    def _check_place(self, data: dict[str, Any]) -> None:
        pass

    def _meetings(self, user: Any) -> Any:
        """The meeting that it has stays a choice, whatever became of that meeting."""
        return (meetings_for(user) | Meeting.objects.visible_to(user).filter(pk=self.instance.meeting_id)).distinct()

    def clean_summary(self) -> str:
        return clean_prose(self.cleaned_data["summary"])


def boards_with_papers(request: HttpRequest) -> Any:
    papers = Paper.objects.visible_to(request.user)
    return Board.objects.visible_to(request.user).filter(pk__in=papers.values("board"))


class PaperFilter(django_filters.FilterSet):
    words = django_filters.CharFilter(label="Number or words of the title", method="with_words", max_length=100)
    board = django_filters.ModelMultipleChoiceFilter(
        field_name="board__key",
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
        form = FilterForm

    def with_words(self, rows: Any, name: str, value: str) -> Any:
        return rows.found_by(value)
