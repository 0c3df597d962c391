"""What the page of posts and money is asked for: a day, and the kinds of post."""

import datetime as dt
from typing import Any

from django import forms
from django.http import QueryDict

from boroughs.models.post import PostKind
from contest_portal.ui.fields import DayField
from contest_portal.ui.forms import FilterForm

ALL = "all"


class ResourcesForm(FilterForm):
    kind = forms.ChoiceField(label="Kind of post", choices=[(ALL, "All kinds"), *PostKind.choices], required=False)
    on = DayField(label="As it stood on", help_text="For example, 8 9 2011. Today if left empty", required=False)

    def __init__(self, data: QueryDict, *, today: dt.date) -> None:
        self.today = today
        chosen = data.copy()
        chosen.setdefault("kind", PostKind.ENGAGEMENT_OFFICER.value)
        super().__init__(chosen)
        self.is_valid()

    @property
    def day(self) -> dt.date:
        return self._given("on") or self.today

    @property
    def chosen_kind(self) -> str:
        """The one that is asked for first: police officers in the boroughs."""
        return self._given("kind") or PostKind.ENGAGEMENT_OFFICER.value

    @property
    def kinds(self) -> list[str]:
        return [] if self.chosen_kind == ALL else [self.chosen_kind]

    @property
    def kind_words(self) -> str:
        return "Posts of all kinds" if self.chosen_kind == ALL else str(PostKind(self.chosen_kind).label)

    def _given(self, name: str) -> Any:
        return getattr(self, "cleaned_data", {}).get(name)
