"""A line of funding: a grant of one financial year, what is expected of it, and what is confirmed until when."""

import re
from typing import Any

from django import forms
from django.utils import timezone

from boroughs.models import Borough, FundingLine, Organisation
from contest_portal.access.grants import scope_of
from contest_portal.core.quarters import Quarter
from contest_portal.ui.editing import EditForm
from contest_portal.ui.fields import MoneyField
from contest_portal.ui.forms import PortalModelForm

FIRST_YEAR = 2000
_YEAR = re.compile(r"(\d{4})/\d{2}")
_MONEY = {"expected": "Expected for the year", "confirmed": "Confirmed so far"}
_MONEY |= {"claimed": "Claimed so far", "received": "Received so far"}
_AMOUNTS = tuple(_MONEY)
_TERMS = (
    *("expected", "confirmed", "confirmed_until", "claimed", "received"),
    *("posts_covered", "restricted", "conditions", "owner"),
)
LABELS = _MONEY | {
    "grant": "Name of the grant",
    "borough": "For which borough?",
    "confirmed_until": "Confirmed until",
    "posts_covered": "How many posts does it cover?",
    "restricted": "It may be spent on its purpose only",
    "owner": "Who looks after it?",
}
HINTS = {
    "grant": "For example, Channel co-ordination",
    "expected": "All of it, whether it is confirmed or not",
    "confirmed": "What the funder has confirmed in writing. Empty or 0 if nothing is",
    "confirmed_until": "The last day that the confirmed money pays for. For example, 31 12 2026",
    "posts_covered": "As the funder says. Empty if it says nothing",
    "conditions": "For example, the rest is decided after a review",
    "owner": "A post, such as Head of community safety. Never a name",
}


class FinancialYearField(forms.CharField):
    """2026/27, typed with a stroke or a dash. Old years too, so that an old paper's figures can be found again."""

    def clean(self, value: Any) -> str:
        text = super().clean(value).replace("-", "/").replace(" ", "")
        found = _YEAR.fullmatch(text)
        year = int(found[1]) if found else 0
        if found is None or Quarter(year, 1).financial_year != text:
            raise forms.ValidationError("Enter the financial year like 2026/27")
        if not FIRST_YEAR <= year <= Quarter.of(timezone.localdate()).year + 5:
            raise forms.ValidationError(f"Enter a financial year from {Quarter(FIRST_YEAR, 1).financial_year} on")
        return text


class _Money(forms.BaseForm):
    """What the two forms share."""

    instance: FundingLine

    def settle(self) -> None:
        for name in ("confirmed", "claimed", "received"):
            self.fields[name].required = False
        self.fields["conditions"].widget.attrs["rows"] = 3

    def check(self, data: dict[str, Any]) -> None:
        for name in ("confirmed", "claimed", "received"):
            if name not in self.errors:
                data[name] = data.get(name) or 0
        expected, confirmed = data.get("expected"), data.get("confirmed")
        if expected is not None and confirmed is not None and confirmed > expected:
            self.add_error("confirmed", "What is confirmed cannot be more than what is expected")
        if confirmed and not data.get("confirmed_until") and "confirmed_until" not in self.errors:
            self.add_error("confirmed_until", "Enter the day until which the money is confirmed")


class FundingForm(_Money, PortalModelForm):
    financial_year = FinancialYearField(label="Financial year", help_text="From April to March, like 2026/27")

    class Meta:
        model = FundingLine
        fields = ("funder", "grant", "borough", "financial_year", *_TERMS)
        labels, help_texts = LABELS, HINTS
        field_classes = dict.fromkeys(_AMOUNTS, MoneyField)

    field_order = Meta.fields

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.settle()
        offered: dict[str, Any] = self.fields
        funders = Organisation.objects.visible_to(user).exclude(kind__in=("community", "education"))
        offered["funder"].queryset, offered["funder"].empty_label = funders, "Choose one"
        self._offer_boroughs(offered["borough"], user)

    def _offer_boroughs(self, field: Any, user: Any) -> None:
        """A borough's lead has lines of that borough, a strand lead lines for all of London."""
        scope, boroughs = scope_of(user, "resource.edit"), Borough.objects.visible_to(user)
        if scope.everywhere or scope.boards:
            field.queryset, field.empty_label = boroughs, "All of London"
            return
        field.queryset = boroughs.filter(pk__in=scope.boroughs)
        field.required = not scope.strands
        field.empty_label = "All of London" if scope.strands else None

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        self.check(data)
        key = {name: data.get(name) for name in ("funder", "grant", "borough", "financial_year")}
        if not self.errors and FundingLine.is_there(**key):
            self.add_error("grant", "This line is there already. Change that one, or give this one a name of its own")
        return data


class FundingChangeForm(_Money, EditForm):
    reason = forms.CharField(
        label="Why does it change?",
        max_length=300,
        help_text="For example, the Home Office confirmed the rest on 10 September. It is kept in the history",
    )

    class Meta:
        model = FundingLine
        fields = _TERMS
        labels, help_texts = LABELS, HINTS
        field_classes = dict.fromkeys(_AMOUNTS, MoneyField)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.settle()

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        self.check(data)
        return data
