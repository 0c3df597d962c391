from typing import Any

from django import forms

from contest_portal.ui.editing import EditForm
from contest_portal.ui.forms import PortalModelForm
from strands.models import ThreatLevel


def reason_field() -> forms.CharField:
    return forms.CharField(
        label="Reason for the change",
        help_text="For example, where it was announced. It is kept in the history",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ThreatLevelForm(PortalModelForm):
    """A new level of a scheme. The level before it ends on the day before."""

    scheme = forms.ChoiceField(widget=forms.RadioSelect)
    reason = reason_field()

    class Meta:
        model = ThreatLevel
        fields = ["scheme", "level", "definition", "starts"]
        labels = {"definition": "What it means", "starts": "In force from"}
        help_texts = {
            "definition": "In the words of its day, such as: An attack is highly likely",
            "starts": "For example, 29 8 2014",
        }

    def __init__(self, *args: Any, schemes: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scheme"].choices = [(scheme, scheme) for scheme in schemes]  # type: ignore[attr-defined]
        self.fields["starts"].required = True

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if "scheme" in data and "starts" in data:
            self.instance.scheme = data["scheme"]
            later = self.instance.others_on(data["starts"], None).filter(starts__gte=data["starts"])
            if newest := later.last():
                self.add_error(
                    "starts", f"{newest.level} already holds from {newest.starts:%-d %B %Y}. Choose a later day"
                )
        return data


class ThreatLevelChangeForm(EditForm):
    """Puts a level right. Its days may not run into those of another level of the scheme."""

    reason = reason_field()

    class Meta:
        model = ThreatLevel
        fields = ["level", "definition", "starts", "ends"]
        labels = {"definition": "What it meant", "starts": "In force from", "ends": "Until"}
        help_texts = {"ends": "The last day on which it held. Leave it empty while it holds"}

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = data.get("starts"), data.get("ends")
        if first and last and last < first:
            self.add_error("ends", "The day it ends must be on or after the day it starts")
        elif "starts" in data and "ends" in data and (other := self.instance.others_on(first, last).first()):
            self.add_error("starts", f"{other.level} holds {other.dates_in_words}. Choose days that do not run into it")
        return data
