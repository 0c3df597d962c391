"""A name for the page one looks at, and whether to be told that it is there."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.urls import Resolver404, resolve
from django.utils.http import url_has_allowed_host_and_scheme

from contest_portal.ui.forms import PortalModelForm
from reports.models import SavedView
from reports.models.saved_view import LONGEST

# Pages whose filters are in their address.
SAVED = {
    "dashboards",
    "borough_dashboard",
    "strand_dashboard",
    "comparison",
    "consolidation",
    "figure_rows",
    "deliverables",
    "measures",
    "resources",
    "returns_board",
}
# Without these an address shows the newest quarter that is over, as it is known today.
FIXED = ("quarter", "as_at", "page")


def is_saved(address: str) -> bool:
    """Whether the address is of a page that may be kept. No other site, and no page that does something."""
    inside = url_has_allowed_host_and_scheme(address, allowed_hosts=None) and address.startswith("/")
    if not inside or len(address) > LONGEST:
        return False
    try:
        return resolve(address.split("?", 1)[0]).url_name in SAVED
    except Resolver404:
        return False


def moving(address: str) -> str:
    """The same page of whichever quarter is the newest."""
    path, _, query = address.partition("?")
    kept = [(name, value) for name, values in QueryDict(query).lists() for value in values if name not in FIXED]
    return f"{path}?{urlencode(kept)}" if kept else path


class SavedViewForm(PortalModelForm):
    class Meta:
        model = SavedView
        fields = ["name", "subscription"]
        labels = {"name": "Name", "subscription": "Should you be told that it is there?"}
        help_texts = {
            "name": "Only you see it. For example, Brent and its neighbours",
            "subscription": "The message names no figure and no view. It leads to the page.",
        }
        widgets = {"subscription": forms.RadioSelect}

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        others = SavedView.objects.visible_to(self.user).exclude(pk=self.instance.pk)
        if others.filter(name=name).exists():
            raise ValidationError("You have a view of this name already. Enter another one")
        return name


class NewViewForm(SavedViewForm):
    moves = forms.TypedChoiceField(
        label="Which quarter should it show?",
        choices=[("yes", "The newest one that is over"), ("no", "The one that the page showed")],
        widget=forms.RadioSelect,
        initial="yes",
        coerce=lambda answer: answer == "yes",
    )

    field_order = ["name", "moves", "subscription"]
