from typing import Any

from django import forms

from contest_portal.access.grants import scope_of
from contest_portal.ui.editing import EditForm
from strands.forms.deliverable import POSTS
from strands.forms.due import not_yet
from strands.models import EqualityAssessment, Strand
from strands.models.equality_assessment import Stage


class EqualityAssessmentForm(EditForm):
    """A new one, or one that changes."""

    class Meta:
        model = EqualityAssessment
        fields = (
            *("subject", "strand", "stage", "owner", "consultation", "outcome", "completed_on", "review_due"),
            "supersedes",
        )
        labels = {
            "subject": "What is assessed?",
            "stage": "How far is it?",
            "owner": "Which post owns it?",
            "consultation": "How were people asked, and how many answered?",
            "outcome": "What came of it?",
            "completed_on": "When was it completed?",
            "review_due": "By when is it looked at again?",
            "supersedes": "Which one does it take the place of?",
        }
        help_texts = {
            "owner": POSTS,
            "consultation": "For example, by email to 40 community contacts; 12 answered. Never who said what",
            "completed_on": "For example, 27 3 2026. Empty until it is complete",
            "review_due": "A change of the strategy asks for it earlier",
        }
        widgets = {"stage": forms.RadioSelect}

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        scope, strands = scope_of(user, "deliverable.edit"), Strand.objects.visible_to(user)
        offered: dict[str, Any] = self.fields
        own = strands if scope.everywhere or scope.boards else strands.filter(pk__in=scope.strands)
        offered["strand"].queryset, offered["strand"].empty_label = own, None
        earlier = EqualityAssessment.objects.visible_to(user).exclude(pk=self.instance.pk)
        offered["supersedes"].queryset, offered["supersedes"].empty_label = earlier, "None"
        offered["stage"].choices = Stage.choices
        for name in ("consultation", "outcome"):
            offered[name].widget.attrs["rows"] = 4

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        day = data.get("completed_on")
        if day and not_yet(day):
            self.add_error("completed_on", "The day must be today or before")
        if data.get("stage") == Stage.COMPLETE:
            if not day and "completed_on" not in self.errors:
                self.add_error("completed_on", "Enter the day on which it was completed")
            if not data.get("outcome") and "outcome" not in self.errors:
                self.add_error("outcome", "Say what came of it; no impact found is an answer too")
        return data
