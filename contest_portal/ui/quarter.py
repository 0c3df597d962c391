from django import forms
from django.utils import timezone

from contest_portal.core.quarters import Quarter
from contest_portal.ui.forms import FilterForm

CHOICES = 12


class QuarterForm(FilterForm):
    """Which quarter to look at: the one that runs now and those before it, newest first, and the one looked at."""

    def __init__(self, chosen: Quarter) -> None:
        super().__init__(initial={"quarter": chosen.key})
        quarters = {*Quarter.of(timezone.localdate()).last(CHOICES), chosen}
        choices = [(quarter.key, str(quarter)) for quarter in sorted(quarters, reverse=True)]
        self.fields["quarter"] = forms.ChoiceField(label="Quarter", choices=choices)
