from typing import Any

from django import forms

from boroughs.models import Borough
from contest_portal.access.grants import scope_of
from contest_portal.ui.editing import EditForm
from contest_portal.ui.forms import PortalModelForm
from strands.forms.deliverable import POSTS
from strands.models import Risk, Strand

_TERMS = ("title", "cause", "effect", "likelihood", "impact", "owner", "mitigation", "review_on")
LABELS = {
    "title": "What may happen?",
    "cause": "Why may it happen?",
    "effect": "What would it do?",
    "likelihood": "How likely is it?",
    "impact": "How hard would it hit?",
    "owner": "Which post owns it?",
    "mitigation": "What is done against it?",
    "review_on": "When is it looked at again?",
    "borough": "Is it of one borough?",
}
HINTS = {
    "title": "An event in one line, such as a council declines its grant. No names, nothing OFFICIAL-SENSITIVE",
    "owner": POSTS,
    "review_on": "For example, 30 9 2026",
}


def _plain(form: Any) -> None:
    form.fields["mitigation"].widget.attrs["rows"] = 4


class RiskForm(PortalModelForm):
    class Meta:
        model = Risk
        fields = ("strand", "borough", *_TERMS)
        labels, help_texts = LABELS, HINTS

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self)
        scope, strands, boroughs = (
            scope_of(user, "risk.edit"),
            Strand.objects.visible_to(user),
            Borough.objects.visible_to(user),
        )
        strand, borough = self.fields["strand"], self.fields["borough"]
        offered: dict[str, Any] = {"strand": strand, "borough": borough}
        is_wide = scope.everywhere or bool(scope.boards)
        if not is_wide and scope.strands:
            strands = strands.filter(pk__in=scope.strands)
        elif not is_wide:
            boroughs, borough.required = boroughs.filter(pk__in=scope.boroughs), True
        offered["strand"].queryset, offered["strand"].empty_label = strands, None
        offered["borough"].queryset = boroughs
        offered["borough"].empty_label = None if borough.required else "No, it is of all London"


class RiskChangeForm(EditForm):
    reason = forms.CharField(label="Why does it change?", max_length=300, help_text="It is kept in the history")

    class Meta:
        model = Risk
        fields = ("state", *_TERMS)
        labels, help_texts = LABELS | {"state": "How does it stand?"}, HINTS
        widgets = {"state": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self)
