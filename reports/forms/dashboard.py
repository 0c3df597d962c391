"""What a dashboard is asked for, and whose boroughs somebody sees first."""

from collections.abc import Iterable
from typing import Any

from django import forms

from boroughs.models import Borough, Grouping
from contest_portal.core.quarters import Quarter
from contest_portal.ui.forms import PortalForm
from contest_portal.ui.quarter import QuarterForm
from reports.figures.definitions import LONDON_33
from reports.figures.parts import Part


class DashboardForm(QuarterForm):
    """A quarter, and the areas that it is counted over: all of London, a grouping, or one's own link boroughs."""

    def __init__(self, chosen: Quarter, part: Part, groupings: Iterable[Grouping], own: Part | None) -> None:
        super().__init__(chosen)
        choices = {"": "London (33 authority areas)"}
        choices |= {grouping.pk: grouping.name for grouping in groupings if grouping.pk != LONDON_33.key}
        choices |= {own.over: f"Your link boroughs: {own.name}"} if own else {}
        if part.over not in choices:
            choices[part.over] = part.name
        self.fields["over"] = forms.ChoiceField(label="Counted over", choices=list(choices.items()), required=False)
        self.initial["over"] = part.over


class LinkBoroughsForm(PortalForm):
    boroughs = forms.MultipleChoiceField(
        label="Your link boroughs",
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Your dashboard opens over them. Choose none to begin with all of London.",
    )

    def __init__(self, *args: Any, areas: Iterable[Borough], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["boroughs"].choices = [(area.pk, area.name) for area in areas]  # type: ignore[attr-defined]
