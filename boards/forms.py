import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone

from boards.models import Board, Meeting
from boards.models.meeting import MeetingStatus
from contest_portal.ui.editing import EditForm
from contest_portal.ui.fields import DayField
from contest_portal.ui.forms import PortalForm, PortalModelForm

TIMES = ["%H:%M", "%H.%M", "%I:%M%p", "%I.%M%p", "%I%p"]


class RosterForm(PortalForm):
    """The day for which a board's seats are shown. In the address, so that it can be sent to somebody."""

    on = DayField(label="Who sat on the board on", help_text="For example, 17 9 2026")

    def day_or(self, usual: dt.date) -> dt.date:
        """The day that was asked for; another one where none can be read."""
        return self.cleaned_data["on"] if self.is_valid() else usual


class DayChoice(forms.Form):
    """A day, time and place for a meeting. A day with something against it is taken once it has been confirmed."""

    time = forms.TimeField(
        label="Time",
        input_formats=TIMES,
        widget=forms.TimeInput(format="%H:%M"),
        help_text="For example, 10:00 or 2:30pm",
        error_messages={"invalid": "Enter the time as hours and minutes, like 10:00 or 2:30pm"},
    )
    confirmed = forms.CharField(required=False, widget=forms.HiddenInput)

    instance: Meeting

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["day"].help_text = "For example, 17 9 2026"
        self.fields["venue"].help_text = "The room and building, or the online platform"
        self.fields["time"].widget.attrs["class"] = "govuk-input--width-5"
        self.warnings: list[str] = []

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        day, time = data.get("day"), data.get("time")
        if day and time and self._is_taken(day, time):
            self.add_error("day", f"The {self.instance.board} already meets then. Choose another day or time")
        return data

    def _is_taken(self, day: dt.date, time: dt.time) -> bool:
        others = self.instance.board.meetings.exclude(pk=self.instance.pk)
        return others.filter(day=day, time=time).exists()

    def _post_clean(self) -> None:
        """By now the instance carries what was typed."""
        before = self.initial.get("day")
        super()._post_clean()  # type: ignore[misc]
        if self.errors or self.instance.day == before:
            return
        self.warnings = self.instance.warnings_on(timezone.localdate())
        if self.warnings and self.cleaned_data["confirmed"] != self.instance.day.isoformat():
            self._ask()

    def _ask(self) -> None:
        """Come back with the warnings; sending the same day again is the confirmation."""
        self.add_error("day", "Check the day: choose another one, or confirm this one below")
        self.data = self.data.copy()  # type: ignore[attr-defined]
        self.data["confirmed"] = self.instance.day.isoformat()  # type: ignore[index]


class MeetingForm(DayChoice, PortalModelForm):
    class Meta:
        model = Meeting
        fields = ("day", "time", "venue")


class MeetingChangeForm(DayChoice, EditForm):
    class Meta:
        model = Meeting
        fields = ("day", "time", "venue", "status")
        widgets = {"status": forms.RadioSelect}

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("status") == MeetingStatus.HELD and data.get("day"):
            held = Meeting(board=self.instance.board, day=data["day"])
            if reason := held.why_not_held(timezone.localdate()):
                self.add_error("status", reason)
        return data


class PublishingForm(EditForm):
    """How much notice a board's papers give, and what stands where something in them is exempt."""

    class Meta:
        model = Board
        fields = ("notice_days", "exempt_style", "contact", "attending")
        labels = {"exempt_style": "What stands in the public version where something is exempt"}
        help_texts = {
            "notice_days": "Neither the day of publication nor that of the meeting counts, nor do weekends and bank "
            "holidays.",
            "contact": "A post with its address or telephone number, on the front of every pack.",
            "attending": "On the front of every pack. Leave it empty for the usual sentences.",
            "exempt_style": "Where all that stands under a heading is exempt, the public version says so either way.",
        }
        widgets = {"exempt_style": forms.RadioSelect}
