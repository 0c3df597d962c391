from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.forms import BoundField

from contest_portal.ui.editing import EditForm
from contest_portal.ui.forms import PortalForm
from reports.models import QuarterlyReturn, ReturnStatus
from reports.models.return_texts import TEXTS
from reports.rendering.return_checks import Finding
from reports.rendering.return_page import ReturnPage
from reports.rendering.return_tasks import Part

LONGEST = 4000
NO_NAMES = "Do not name individuals."
HINTS = {
    "nil_reason": f"For example, what was postponed and until when. {NO_NAMES}",
    "uncounted_reason": f"For example, an online talk without a list. {NO_NAMES}",
    "posts_note": f"For example, a post that is vacant and until when. {NO_NAMES}",
    "funding_note": "For example, what is still to be confirmed and who decides it.",
    "panel_reason": "When it meets next, and nothing about cases.",
    "commentary": f"In a few sentences: what went well, what did not, what comes next. {NO_NAMES}",
    "commentary_gap": "If you leave the box above empty, say why in a few words.",
    "help_needed": f"A decision, money, a partner’s time. {NO_NAMES}",
    "next_plan": "What is in the log as planned is in the return already; add what is not, or why nothing is planned.",
}


@dataclass(frozen=True)
class Box:
    """One box to write in, with what the borough wrote there in the quarter before."""

    field: BoundField
    last_quarter: str


class ReturnTextsForm(EditForm):
    """The texts of a return, or those of one part. A gap is asked about only where there is one."""

    class Meta:
        model = QuarterlyReturn
        fields = (*TEXTS, "correction_reason")
        labels = TEXTS | {"correction_reason": "Why the accepted return is corrected"}
        help_texts = HINTS
        widgets = {
            name: forms.Textarea(attrs={"rows": 7 if name == "commentary" else 3})
            for name in (*TEXTS, "correction_reason")
        }

    def __init__(self, *args: Any, page: ReturnPage, part: str = "", **kwargs: Any) -> None:
        super().__init__(*args, instance=page.quarterly_return, **kwargs)
        self.page = page
        for name in ("commentary", "help_needed", "next_plan"):
            self.fields[name].max_length = LONGEST  # type: ignore[attr-defined]
            self.fields[name].validators.append(MaxLengthValidator(LONGEST))
        self.replies = {f"reply_{reason.pk}": reason for reason in page.unanswered}
        for name, reason in self.replies.items():
            label = f"{reason.decision.by} asked about “{reason.where}”: {reason.text}"
            box = forms.Textarea(attrs={"rows": 3})
            self.fields[name] = forms.CharField(
                label=label, max_length=LONGEST, required=False, widget=box, help_text=f"Your answer. {NO_NAMES}"
            )
        asked = [each for each in page.parts if part in ("", each.key)] or page.parts
        self.parts = [each for each in asked if any(self._is_asked(name) for name in self._fields_of(each))]
        kept = {name for each in self.parts for name in self._fields_of(each) if self._is_asked(name)} | {
            "version",
            "opened",
        }
        for name in set(self.fields) - kept:
            del self.fields[name]
        for name in {"nil_reason", "correction_reason"} & set(self.fields):
            self.fields[name].required = True

    def _is_asked(self, name: str) -> bool:
        """A reason for a gap is asked for where the gap is, or where one is written already."""
        gaps = {
            "nil_reason": self.page.is_nil,
            "uncounted_reason": any(line.attendance is None for line in self.page.delivered),
            "panel_reason": not self.page.panel_was_held,
        }
        return gaps.get(name, True)

    def _fields_of(self, part: Part) -> list[str]:
        if part.key != "asked":
            return list(part.fields)
        corrects = ["correction_reason"] if self.page.quarterly_return.status == ReturnStatus.ACCEPTED else []
        return [*corrects, *self.replies]

    @property
    def answered(self) -> dict[int, str]:
        """Replies by the key of the reason that each answers."""
        return {reason.pk: self.cleaned_data.get(name, "") for name, reason in self.replies.items()}

    def sections(self) -> list[tuple[Part, list[Box]]]:
        """Each part with its boxes, in the order of the task list."""
        before = self.page.previous.answers.texts() if self.page.previous else {}
        return [
            (part, [Box(self[name], before.get(name, "")) for name in self._fields_of(part) if name in self.fields])
            for part in self.parts
        ]


class SubmittingForm(PortalForm):
    """A tick for each warning, or one reason for all that are not ticked."""

    note = forms.CharField(
        label="Or say why what is not ticked is right",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=NO_NAMES,
    )

    def __init__(self, *args: Any, warnings: Collection[Finding], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.warnings = {f"looked_{each.key}": each for each in warnings}
        ticks = {
            name: forms.BooleanField(label=f"I have looked at this: {each.text}", required=False)
            for name, each in self.warnings.items()
        }
        self.fields = {**ticks, **self.fields} if ticks else {}

    @property
    def checked(self) -> list[str]:
        return [each.key for name, each in self.warnings.items() if self.cleaned_data[name]]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        for name in self.warnings:
            if not data.get(name) and not data.get("note", "").strip():
                self.add_error(name, "Tick that you looked at this, or give a reason below")
        return data
