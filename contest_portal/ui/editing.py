"""Forms that change a row which somebody else may have changed since it was opened: nobody loses a word."""

import json
from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest
from typing import Any

from django import forms

from contest_portal.ui.comparing import data_of, in_words, plain, typed_in
from contest_portal.ui.forms import PortalModelForm

THEIRS, MINE, BOX = "theirs", "mine", "box"
PARTS = ("values", "mine")


@dataclass(frozen=True)
class Overtaken:
    """One field that two people changed: as it is saved now, by whom and when, and as this person typed it."""

    name: str
    label: str
    stored: str
    typed: str
    who: str
    at: datetime | None
    choice: str

    @property
    def sentence(self) -> str:
        return f"{self.who} changed this while you were writing. Choose what to keep."


class EditForm(PortalModelForm):
    """Carries what the person saw when they opened it, and merges with what was saved since, field by field.

    What only one of the two changed is taken from that one without asking. Where both changed one field, nothing is
    saved: the page shows both texts beside each other (`overtaken`) and asks which to keep; the box holds what was
    typed. Fields that only make sense together are one unit: see `units`.
    """

    version = forms.IntegerField(
        widget=forms.HiddenInput, error_messages={"required": "Open the page again, then make your change"}
    )
    opened = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["instance"] = _locked(kwargs["instance"]) if _is_bound(args, kwargs) else kwargs["instance"]
        super().__init__(*args, **kwargs)
        self.overtaken: list[Overtaken] = []
        # Labels of what somebody else changed and this person did not.
        self.taken: list[str] = []
        if self.instance._state.adding:
            del self.fields["version"], self.fields["opened"]
            return
        self.initial.setdefault("version", self.instance.version)
        self.initial.setdefault("opened", lambda: self._seen(self.stored(), {}))

    def units(self) -> dict[str, list[str]]:
        """Names of the fields that are merged together, by the one of them where both texts are shown."""
        return {}

    def words_of(self, key: str, values: list[Any]) -> str:
        """One text in words. `values` are those of the unit, or of the one field."""
        words = (in_words(self.fields[name], value) for name, value in zip(self._names(key), values, strict=False))
        return "\n".join(filter(None, words))

    def full_clean(self) -> None:
        if self.is_bound and not self.instance._state.adding:
            self.data = self.data.copy()  # type: ignore[attr-defined]
            self._merge()
        super().full_clean()
        for field in self.overtaken:
            self.add_error(field.name, field.sentence)

    @property
    def merged_words(self) -> str:
        """What to tell somebody whose save took in somebody else's: empty when there was nothing."""
        if not self.taken:
            return ""
        return f"Somebody else had changed {' and '.join(self.taken)} meanwhile, and that is kept too."

    def _merge(self) -> None:
        version = self.data.get(self.add_prefix("version"), "")
        if not str(version).isdecimal():
            return
        seen, stored = self._was_seen(), self.stored()
        undecided = [key for key, mine in seen["mine"].items() if not self._decide(key, mine, seen["values"])]
        if int(version) != self.instance.version:
            undecided += [key for key in stored if key not in undecided and self._differs(key, stored, seen["values"])]
        typed = {key: self._typed(key) for key in undecided}
        self.overtaken = [self._compared(key, stored[key], typed[key]) for key in typed]
        # From here on this person has seen what is saved now.
        self._set("version", str(self.instance.version))
        self._set("opened", self._seen(stored, typed))

    def _decide(self, key: str, mine: list[Any], values: dict[str, list[Any]]) -> bool:
        """Take the chosen one of both texts. No when nothing was chosen."""
        choice = self.data.get(self._choice_name(key), "")
        if choice in (THEIRS, MINE):
            self.take(key, mine if choice == MINE else values.get(key, mine))
        return choice in (THEIRS, MINE, BOX)

    def _differs(self, key: str, stored: dict[str, list[Any]], seen: dict[str, list[Any]]) -> bool:
        """Whether both changed it. What only the other one changed is taken from there."""
        typed, before = self._typed(key), seen.get(key, [] if seen else None)
        if typed == stored[key] or before == stored[key]:
            return False
        if typed != before:
            return True
        self.take(key, stored[key])
        self.taken.append(f"“{self[key].label}”")
        return False

    def _compared(self, key: str, stored: list[Any], typed: list[Any]) -> Overtaken:
        who, at = self._author(key)
        words = self.words_of(key, stored), self.words_of(key, typed)
        return Overtaken(key, str(self[key].label), *words, who, at, str(self.data.get(self._choice_name(key), "")))

    def _author(self, key: str) -> tuple[str, datetime | None]:
        """Who wrote what is stored now: the oldest of the latest rows of history that all say the same."""
        rows = iter(self.instance.history.select_related("history_user").order_by("-history_date", "-history_id"))
        author = next(rows, None)
        if author is None:
            return "Somebody else", None
        column = {field.name: field.attname for field in self.instance._meta.concrete_fields}.get(key)
        for row in rows:
            if column is None or getattr(row, column) != getattr(author, column):
                break
            author = row
        return str(author.history_user), author.history_date

    def _keys(self) -> list[str]:
        """What is compared. A box that starts empty for everybody, such as the reason of a change, is not."""
        units = self.units()
        grouped = {name for names in units.values() for name in names}
        kept = [name for name, field in self.fields.items() if not field.widget.is_hidden and not field.disabled]
        return [name for name in kept if name in units or (name in self.initial and name not in grouped)]

    def _names(self, key: str) -> list[str]:
        return self.units().get(key, [key])

    def stored(self) -> dict[str, list[Any]]:
        """What is saved now, by field or unit."""
        return {key: _trimmed([self._initial(name) for name in self._names(key)]) for key in self._keys()}

    def _initial(self, name: str) -> Any:
        field = self.fields[name]
        return plain(field, self.get_initial_for_field(field, name))

    def _typed(self, key: str) -> list[Any]:
        boxes = ((self.fields[name], self.add_prefix(name)) for name in self._names(key))
        return _trimmed([typed_in(field, self.data, self.files, name) for field, name in boxes])

    def take(self, key: str, values: list[Any]) -> None:
        for name, value in zip_longest(self._names(key), values, fillvalue=""):
            for box, words in data_of(self.fields[name], self.add_prefix(name), value).items():
                self._put(box, words)

    def _set(self, name: str, words: str) -> None:
        self._put(self.add_prefix(name), words)

    def _put(self, box: str, words: Any) -> None:
        data: Any = self.data
        if isinstance(words, list) and hasattr(data, "setlist"):
            data.setlist(box, words)
        elif words is None:
            data.pop(box, None)
        else:
            data[box] = words

    def _choice_name(self, key: str) -> str:
        return f"{self.add_prefix(key)}-merge"

    def _seen(self, values: dict[str, list[Any]], mine: dict[str, list[Any]]) -> str:
        return json.dumps({"values": values, "mine": mine})

    def _was_seen(self) -> dict[str, dict[str, list[Any]]]:
        """What the page carried; nothing when it is damaged, so that every difference is shown."""
        try:
            seen = json.loads(self.data.get(self.add_prefix("opened")) or "{}")
            return {part: {key: list(seen[part][key]) for key in seen[part] if key in self._keys()} for part in PARTS}
        except (ValueError, TypeError, KeyError):
            return {part: {} for part in PARTS}


def _trimmed(values: list[Any]) -> list[Any]:
    """Without the empty ones at the end, so that a page with more rows says the same."""
    while values and values[-1] in ("", [], [""] * 3):
        values = values[:-1]
    return values


def _is_bound(args: tuple[Any, ...], kwargs: dict[str, Any]) -> bool:
    return (args[0] if args else kwargs.get("data")) is not None


def _locked(instance: Any) -> Any:
    """The row as it is now, and as it stays until this request has saved it."""
    if instance._state.adding:
        return instance
    return type(instance)._base_manager.select_for_update().get(pk=instance.pk)
