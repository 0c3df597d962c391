"""The boroughs that share an activity: one row each, without a script, and shares that add up to 100 per cent."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField

from boroughs.models import Borough
from strands.forms.asking import AsksAgain
from strands.models.parts import per_cent

ROWS = 4
MOST_ROWS = 32
HUNDRED = Decimal(100)
OUT_OF_RANGE = "A share must be from 0.01 to 100 per cent."


class PercentField(forms.DecimalField):
    """A share, typed with or without the sign."""

    widget = forms.NumberInput
    default_error_messages = {
        "invalid": "Enter the share as a number from 1 to 100, like 40.",
        "min_value": OUT_OF_RANGE,
        "max_value": OUT_OF_RANGE,
        "max_digits": OUT_OF_RANGE,
        "max_whole_digits": OUT_OF_RANGE,
        "max_decimal_places": "A share must have no more than 2 numbers after the point.",
    }
    worded = True

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            required=False, min_value=Decimal("0.01"), max_value=HUNDRED, max_digits=5, decimal_places=2, **kwargs
        )

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        return super().to_python(value.strip().removesuffix("%").strip() if isinstance(value, str) else value)

    def prepare_value(self, value: Any) -> Any:
        return per_cent(value) if isinstance(value, Decimal) else value


@dataclass(frozen=True)
class Row:
    borough: BoundField
    share: BoundField


class JointRows(AsksAgain):
    """Fields and rules for the boroughs beside the lead. The form that uses it calls `add_rows` and `shares_for`."""

    row_count = ROWS

    def add_rows(self, boroughs: Iterable[Borough], present: Mapping[str, Decimal]) -> None:
        """`present` holds the shares of the other boroughs as they are; the person may have asked for more rows."""
        asked = self.rows_asked_for("joint_rows", part="joint", least=ROWS, most=MOST_ROWS) if self.is_bound else ROWS
        self.row_count = max(asked, len(present))
        by_code = {borough.gss_code: borough for borough in boroughs}
        choices = [("", "None"), *((code, borough.name) for code, borough in by_code.items())]
        for number in range(1, self.row_count + 1):
            self.fields[f"joint_{number}"] = forms.TypedChoiceField(
                label=f"Borough {number}", choices=choices, coerce=by_code.get, empty_value=None, required=False
            )
            box = forms.NumberInput({"aria-label": f"Per cent of borough {number}"})
            self.fields[f"joint_{number}_share"] = PercentField(label="Per cent", widget=box)
        for number, (gss_code, percent) in enumerate(present.items(), start=1):
            self.initial[f"joint_{number}"] = gss_code
            self.initial[f"joint_{number}_share"] = percent

    @property
    def rows(self) -> list[Row]:
        names = [f"joint_{number}" for number in range(1, self.row_count + 1)]
        return [Row(self[name], self[f"{name}_share"]) for name in names]

    def row_names(self) -> list[str]:
        return [row_field for row in self.rows for row_field in (row.borough.name, row.share.name)]

    def shares_for(self, lead: Borough, lead_share: Decimal | None) -> dict[Borough, Decimal]:
        """Per cent by borough, the lead first. Adds an error to the form and gives nothing when they do not fit."""
        typed = {lead: lead_share}
        for name, borough, share in self._typed_rows():
            if borough is None and share is not None:
                self.add_error(name, f"Choose the borough that has the share of {per_cent(share)}%.")
            elif borough == lead:
                self.add_error(name, f"{lead} leads the activity and has its own share. Choose another borough here.")
            elif borough in typed:
                self.add_error(name, f"{borough} is there twice. Keep one of the two rows.")
            elif borough is not None:
                typed[borough] = share
        try:
            return fill_shares(typed)
        except ValidationError as error:
            self.add_error("lead_share", error)
            return {}

    def _typed_rows(self) -> Iterator[tuple[str, Borough | None, Decimal | None]]:
        for number in range(1, self.row_count + 1):
            name = f"joint_{number}"
            yield name, self.cleaned_data.get(name), self.cleaned_data.get(f"{name}_share")


def fill_shares(typed: Mapping[Borough, Decimal | None]) -> dict[Borough, Decimal]:
    """The empty shares take what the others leave, evenly, the odd hundredths going to the first."""
    if list(typed.values()) == [None]:
        return dict.fromkeys(typed, HUNDRED)
    given = sum((share for share in typed.values() if share is not None), Decimal(0))
    empty = [borough for borough, share in typed.items() if share is None]
    if not empty and given != HUNDRED:
        raise ValidationError(f"The shares add up to {per_cent(given)}%. They must add up to 100%.")
    left = int((HUNDRED - given) * 100)
    if empty and left < len(empty):
        names = " and ".join(map(str, empty))
        raise ValidationError(
            f"The shares that you entered add up to {per_cent(given)}%, which leaves nothing for {names}. "
            "All shares together must add up to 100%."
        )
    each, odd = divmod(left, len(empty)) if empty else (0, 0)
    parts = {borough: Decimal(each + (at < odd)) / 100 for at, borough in enumerate(empty)}
    return {borough: parts[borough] if share is None else share for borough, share in typed.items()}
