"""What is set beside what: a quarter, areas and a day on either side."""

from collections.abc import Iterable
from typing import Any

from django import forms

from boroughs.models import Borough, Grouping
from contest_portal.access.as_at import AsAtForm
from contest_portal.core.quarters import Quarter
from contest_portal.ui.quarter import quarter_choices
from reports.figures.definitions import LONDON_33


class SideForm(AsAtForm):
    """One side. Its fields have the side's name before theirs in the address."""

    quarter = forms.ChoiceField(label="Quarter")
    over = forms.ChoiceField(label="Counted over", required=False)

    field_order = ["quarter", "over", "as_at"]

    def __init__(
        self, *args: Any, default: Quarter, groupings: Iterable[Grouping], areas: Iterable[Borough], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["as_at"].label = "As known on (today if left empty)"
        self.fields["quarter"].choices = quarter_choices(default)  # type: ignore[attr-defined]
        named = [(grouping.pk, grouping.name) for grouping in groupings if grouping.pk != LONDON_33.key]
        self.fields["over"].choices = [  # type: ignore[attr-defined]
            ("", "London (33 authority areas)"),
            *named,
            *[(area.pk, area.name) for area in areas],
        ]
