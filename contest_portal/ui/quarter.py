from django import forms
from django.utils import timezone

from contest_portal.core.quarters import Quarter
from contest_portal.ui.forms import FilterForm

CHOICES = 12


def quarter_choices(chosen: Quarter) -> list[tuple[str, str]]:
    """The one that runs now and those before it, newest first, and the one looked at."""
    quarters = {*Quarter.of(timezone.localdate()).last(CHOICES), chosen}
    return [(quarter.key, str(quarter)) for quarter in sorted(quarters, reverse=True)]


class QuarterForm(FilterForm):
    """Which quarter to look at."""

    def __init__(self, chosen: Quarter) -> None:
        super().__init__(initial={"quarter": chosen.key})
        self.fields["quarter"] = forms.ChoiceField(label="Quarter", choices=quarter_choices(chosen))
