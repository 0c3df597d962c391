"""Targets of boroughs for one quarter, on one page."""

from decimal import Decimal
from typing import Any

from django import forms

from boroughs.models import Borough
from contest_portal.ui.forms import PortalForm


class BoroughTargetsForm(PortalForm):
    """An empty box is no target. One number for all fills the boxes that are empty."""

    everywhere = forms.DecimalField(
        label="The same target for every area that has none below",
        required=False, max_digits=10, decimal_places=2, min_value=0,
    )  # fmt: skip
    seen = forms.CharField(widget=forms.HiddenInput, error_messages={"required": "Open the page again"})

    def __init__(self, *args: Any, boroughs: list[Borough], now: dict[str, Decimal], seen: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.boroughs, self.was_seen = boroughs, seen
        self.initial["seen"] = seen
        for borough in boroughs:
            self.fields[borough.pk] = forms.DecimalField(
                label=borough.name, required=False, max_digits=10, decimal_places=2, min_value=0
            )
            if borough.pk in now:
                self.initial[borough.pk] = f"{now[borough.pk].normalize():f}"

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("seen") and data["seen"] != self.was_seen:
            self.add_error("everywhere", "Somebody changed these targets after you opened the page. Open it again")
        return data

    @property
    def targets(self) -> dict[Borough, Decimal | None]:
        common = self.cleaned_data.get("everywhere")
        given = {borough: self.cleaned_data.get(borough.pk) for borough in self.boroughs}
        return {borough: common if value is None else value for borough, value in given.items()}
