from typing import Any

from django import forms
from django.forms import BoundField
from django.utils import timezone

from contest_portal.accounts.models import User
from contest_portal.ui.fields import DayField
from contest_portal.ui.forms import PortalForm
from reports.models import QuarterlyReturn, ReturnLine
from reports.models.return_people import people_with, senders
from reports.models.return_texts import TEXTS
from reports.rendering.return_page import ReturnPage
from reports.workflow.returns import LONGEST_UNLOCKING

NO_NAMES = "Do not name individuals."


class SendBackForm(PortalForm):
    """A reason for the whole return, and one at each line and answer that is meant; at least one of them."""

    reason = forms.CharField(
        label="What has to change",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=f"For the whole return. Say what is meant for one line or answer beside it below. {NO_NAMES}",
    )

    def __init__(self, *args: Any, page: ReturnPage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.page = page
        places = [(f"line_{line.activity_id}", line.title) for line in page.lines]
        places += [(f"answer_{key}", TEXTS[key]) for key in page.answers.texts()]
        for name, title in places:
            box = forms.Textarea(attrs={"rows": 2})
            self.fields[name] = forms.CharField(
                label=f"What to change in “{title}”", max_length=1000, required=False, widget=box
            )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if not any(str(text).strip() for text in data.values()) and not self.errors:
            self.add_error("reason", "Say what has to change, for the whole return or at one of its lines")
        return data

    def lines(self) -> list[tuple[ReturnLine, BoundField]]:
        return [(line, self[f"line_{line.activity_id}"]) for line in self.page.lines]

    def answers(self) -> list[tuple[str, BoundField]]:
        return [(text, self[f"answer_{key}"]) for key, text in self.page.answers.texts().items()]

    @property
    def at_lines(self) -> dict[int, str]:
        return {line.activity_id: self.cleaned_data[f"line_{line.activity_id}"] for line in self.page.lines}

    @property
    def at_answers(self) -> dict[str, str]:
        return {key: self.cleaned_data[f"answer_{key}"] for key in self.page.answers.texts()}


class ExcuseForm(PortalForm):
    reason = forms.CharField(label="Why it is excused", max_length=300, help_text=f"Such as long leave. {NO_NAMES}")
    deputy = forms.ModelChoiceField(
        User.objects.none(),
        label="Deputy who can still send it",
        required=False,
        empty_label="Nobody",
        help_text="Somebody who sends returns, of this borough or another one.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["deputy"].queryset = people_with("return.submit")  # type: ignore[attr-defined]


class UnlockForm(PortalForm):
    ends = DayField(label="Last day of the correction", help_text="It locks again by itself after that day.")
    reason = forms.CharField(
        label="Why it may be corrected", max_length=300, widget=forms.Textarea(attrs={"rows": 3}), help_text=NO_NAMES
    )

    def clean_ends(self) -> Any:
        ends, today = self.cleaned_data["ends"], timezone.localdate()
        if not today <= ends <= today + LONGEST_UNLOCKING:
            raise forms.ValidationError(f"The last day must be within {LONGEST_UNLOCKING.days} days from today")
        return ends


class UnlockOneForm(UnlockForm):
    person = forms.ModelChoiceField(User.objects.none(), label="Who may correct it", empty_label=None)
    field_order = ["person", "ends", "reason"]

    def __init__(self, *args: Any, quarterly_return: QuarterlyReturn, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = senders(quarterly_return.borough_id)  # type: ignore[attr-defined]


class OnBehalfForm(PortalForm):
    """Beside the warnings, whose ticks it leaves out: the reason is given for all of them."""

    officer = forms.ModelChoiceField(User.objects.none(), label="On whose behalf", empty_label=None)
    reason = forms.CharField(
        label="Why you submit it for them",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=f"Both names stay with the return. {NO_NAMES}",
    )

    def __init__(self, *args: Any, quarterly_return: QuarterlyReturn, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["officer"].queryset = senders(quarterly_return.borough_id)  # type: ignore[attr-defined]
