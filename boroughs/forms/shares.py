"""The boroughs that share a post, one row each, with shares that add up to its full-time equivalent."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from django import forms
from django.forms import BoundField

from boroughs.models import Borough, PostAllocation
from contest_portal.ui.formats import number

ROWS = 4
# Rows that stay empty under those that are filled.
SPARE = 2
LEAST, MOST = Decimal("0.01"), Decimal(1)
NOT_A_SHARE = "Enter the share as a number from 0.01 to 1, like 0.4"


def fte_field(label: str, **kwargs: object) -> forms.DecimalField:
    return forms.DecimalField(label=label, max_digits=3, decimal_places=2, min_value=LEAST, max_value=MOST, **kwargs)  # type: ignore[arg-type]


@dataclass(frozen=True)
class ShareRow:
    borough: BoundField
    share: BoundField


class ShareRows(forms.BaseForm):
    """The form that uses it calls `add_rows`, and `shares_of` once it is clean."""

    row_count = ROWS

    def add_rows(self, boroughs: Iterable[Borough], present: Iterable[PostAllocation] = ()) -> None:
        rows = list(present)
        self.row_count = max(ROWS, len(rows) + SPARE)
        by_code = {borough.gss_code: borough for borough in boroughs}
        choices = [("", "None"), *((code, borough.name) for code, borough in by_code.items())]
        for at in range(1, self.row_count + 1):
            self.fields[f"borough_{at}"] = forms.TypedChoiceField(
                label=f"Borough {at}", choices=choices, coerce=by_code.get, empty_value=None, required=False
            )
            words = {"invalid": NOT_A_SHARE, "min_value": NOT_A_SHARE, "max_value": NOT_A_SHARE}
            box = forms.NumberInput({"class": "govuk-input--width-4", "aria-label": f"Share of borough {at}"})
            self.fields[f"share_{at}"] = fte_field(f"Share {at}", required=False, error_messages=words, widget=box)
        for at, row in enumerate(rows, 1):
            self.initial[f"borough_{at}"], self.initial[f"share_{at}"] = row.borough_id, number(row.share)

    @property
    def share_rows(self) -> list[ShareRow]:
        return [ShareRow(self[f"borough_{at}"], self[f"share_{at}"]) for at in range(1, self.row_count + 1)]

    def shares_of(self, fte: Decimal) -> dict[Borough, Decimal]:
        """By borough; of one borough alone all of it. Adds an error to the form and gives nothing when it is wrong."""
        typed = list(self._typed())
        if len(typed) == 1 and typed[0][2] is None and typed[0][1] is not None:
            return {typed[0][1]: fte}
        shares: dict[Borough, Decimal] = {}
        for at, borough, share in typed:
            if borough is None:
                self.add_error(f"borough_{at}", "Choose the borough that has this share")
            elif borough in shares:
                self.add_error(f"borough_{at}", f"{borough} is there twice. Keep one of the two rows")
            elif share is None:
                self.add_error(f"share_{at}", f"Enter the share of {borough}")
            else:
                shares[borough] = share
        total = sum(shares.values(), Decimal(0))
        if shares and total != fte and not self.errors:
            words = f"The shares add up to {number(total)}. They must add up to the {number(fte)} of the post"
            self.add_error(f"share_{typed[-1][0]}", words)
        return {} if self.errors else shares

    def _typed(self) -> Iterator[tuple[int, Borough | None, Decimal | None]]:
        for at in range(1, self.row_count + 1):
            borough, share = self.cleaned_data.get(f"borough_{at}"), self.cleaned_data.get(f"share_{at}")
            if borough is not None or share is not None:
                yield at, borough, share
