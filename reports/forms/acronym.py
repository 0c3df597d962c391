from typing import Any

from django import forms

from contest_portal.ui.editing import EditForm
from reports.models import Acronym

_HINTS = {
    "short": "In capitals, such as BCU",
    "expansion": "In full, such as Basic Command Unit",
    "starts": "Leave it empty where it is not known. For example, 16 1 2012",
    "ends": "The last day on which it was in use. Leave it empty while it is",
    "note": "Such as what took its place",
}


class AcronymForm(EditForm):
    reason = forms.CharField(label="Reason for the change", max_length=300, help_text="It is kept in the history")

    class Meta:
        model = Acronym
        fields = ("short", "expansion", "starts", "ends", "note")
        labels = {"starts": "In use from", "ends": "In use until"}
        help_texts = _HINTS

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = data.get("starts"), data.get("ends")
        if first and last and last < first:
            self.add_error("ends", "The day it ends must be on or after the day it starts")
        same = {name: data.get(name) or "" for name in ("short", "expansion")}
        if Acronym(pk=self.instance.pk, **same).is_there_already():
            self.add_error("expansion", "That is in the list already")
        return data
