from typing import Any

from django import forms

from contest_portal.ui.forms import PortalForm
from reports.figures import Figure
from reports.figures.tables import ALL as EVERY_STRAND
from reports.models import ExemptGround
from reports.models.exempt_cell import ALL


class ExemptCellForm(PortalForm):
    """Which part of a table is exempt. Totals are not chosen: those over what is exempt go with it."""

    row = forms.ChoiceField(label="Row", choices=())
    column = forms.ChoiceField(label="Column", choices=())
    ground = forms.ChoiceField(label="Ground", choices=ExemptGround.choices, help_text="Of Schedule 12A.")
    interest = forms.CharField(
        label="Why it is kept back",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Why keeping it back serves the public better than publishing it. Members read it.",
    )

    def __init__(self, *args: Any, figure: Figure, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = [(row.key, row.label) for row in figure.rows]
        columns = [(column.key, column.label) for column in figure.columns[1:] if column.key != EVERY_STRAND]
        self.fields["row"].choices = [("", "Choose"), (ALL, "Every row"), *rows]  # type: ignore[attr-defined]
        self.fields["column"].choices = [("", "Choose"), (ALL, "Every column"), *columns]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("row") == data.get("column") == ALL:
            self.add_error("row", "Choose a row or a column. To keep back the whole table, make the block exempt")
        return data
