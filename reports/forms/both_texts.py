"""Two people at one text: nobody's words are lost, and nobody overwrites what they have not seen."""

import datetime as dt
import hashlib
import json
from dataclasses import dataclass
from typing import Any

from django import forms

from contest_portal.ui.forms import PortalModelForm


@dataclass(frozen=True)
class Theirs:
    """What somebody else saved in one field while this person was writing."""

    label: str
    text: str
    who: str
    at: dt.datetime


class BothTexts(PortalModelForm):
    """A form that remembers, in a hidden field, what its person saw when they opened it.

    When the row says something else by the time they save, nothing is saved: the page shows the other text
    (`theirs`) beside what they typed, and saving once more replaces it. A row that was only moved is no conflict.
    """

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The form writes what was typed into the instance, so what is stored is kept aside first.
        self.stored = {name: getattr(self.instance, name, None) for name in self._meta.fields or ()}
        self.theirs: list[Theirs] = []
        self.initial.setdefault("seen", self._hash())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.instance._state.adding and cleaned.get("seen") != self._hash():
            self.theirs = [self._theirs(name) for name in self.stored if self._differs(name)]
            self._see()
            raise forms.ValidationError(
                "Somebody else changed this after you opened it. Their text is shown below, and what you typed is "
                "still in the boxes. Save again to replace their text with yours."
            )
        return cleaned

    def _differs(self, name: str) -> bool:
        return name in self.fields and self.stored[name] != self.cleaned_data.get(name)

    def _theirs(self, name: str) -> Theirs:
        """Who wrote what is stored now: the oldest of the latest rows of history that all say the same."""
        rows = iter(self.instance.history.select_related("history_user").order_by("-history_date", "-history_id"))
        author = next(rows)
        for row in rows:
            if getattr(row, name) != getattr(author, name):
                break
            author = row
        text = str(self.stored[name] or "")
        return Theirs(str(self.fields[name].label), text, str(author.history_user), author.history_date)

    def _see(self) -> None:
        """From now on this person has seen the other text."""
        data: Any = self.data
        data = data.copy()
        data[self.add_prefix("seen")] = self._hash()
        self.data = data

    def _hash(self) -> str:
        text = json.dumps({name: str(value) for name, value in sorted(self.stored.items())})
        return hashlib.sha256(text.encode()).hexdigest()[:16]
