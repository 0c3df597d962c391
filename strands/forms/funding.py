"""The lines of funding that an activity used, one row each, without a script."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django import forms
from django.forms import BoundField

from boroughs.models import FundingLine
from contest_portal.ui.fields import MoneyField
from strands.forms.asking import AsksAgain

LINES = 2
MOST_LINES = 12


@dataclass(frozen=True)
class FundingRow:
    line: BoundField
    amount: BoundField


class FundingRows(AsksAgain):
    """The form that uses it calls `add_lines`, and `funding_given` once it is clean."""

    line_count = LINES

    def add_lines(self, lines: Iterable[FundingLine], present: Mapping[int, Decimal | None]) -> None:
        """`present` holds the amounts of the lines that the activity has already."""
        asked = (
            self.rows_asked_for("funding_rows", part="money", least=LINES, most=MOST_LINES) if self.is_bound else LINES
        )
        self.line_count = max(asked, len(present))
        by_key = {str(line.pk): line for line in lines}
        choices = [("", "None"), *((key, _name(line)) for key, line in by_key.items())]
        for number in range(1, self.line_count + 1):
            self.fields[f"funding_{number}"] = forms.TypedChoiceField(
                label=f"Funding line {number}", choices=choices, coerce=by_key.get, empty_value=None, required=False
            )
            box = MoneyField.widget(
                {"aria-label": f"Amount from funding line {number}", "class": "govuk-input--width-5"}
            )
            self.fields[f"funding_{number}_amount"] = MoneyField(
                label="Amount", max_digits=10, required=False, widget=box
            )
        for number, (key, amount) in enumerate(present.items(), start=1):
            self.initial[f"funding_{number}"] = str(key)
            self.initial[f"funding_{number}_amount"] = amount

    @property
    def funding_rows(self) -> list[FundingRow]:
        names = [f"funding_{number}" for number in range(1, self.line_count + 1)]
        return [FundingRow(self[name], self[f"{name}_amount"]) for name in names]

    def funding_names(self) -> list[str]:
        return [field for row in self.funding_rows for field in (row.line.name, row.amount.name)]

    def funding_given(self) -> dict[FundingLine, Decimal | None]:
        """Amount by line. Adds an error to the form where a row does not fit."""
        given: dict[FundingLine, Decimal | None] = {}
        for number in range(1, self.line_count + 1):
            name = f"funding_{number}"
            line, amount = self.cleaned_data.get(name), self.cleaned_data.get(f"{name}_amount")
            if line is None and amount is not None and name in self.cleaned_data:
                self.add_error(name, "Choose the funding line that paid this amount.")
            elif line in given:
                self.add_error(name, f"{line} is there twice. Keep one of the two rows.")
            elif line is not None:
                given[line] = amount
        return given


def _name(line: FundingLine) -> str:
    return f"{line}, {line.borough}" if line.borough else str(line)
