"""Forms that change a row which somebody else may have changed since it was opened."""

from dataclasses import dataclass
from datetime import date, time
from typing import Any

from django import forms

from contest_portal.ui.formats import day
from contest_portal.ui.forms import PortalModelForm

OVERTAKEN = (
    "Someone else changed this after you opened it. Compare what is saved now with what you typed; "
    "saving again keeps what is in the boxes"
)


@dataclass(frozen=True)
class Overtaken:
    """One field that differs: as it is saved now, and as it was typed."""

    label: str
    stored: str
    typed: str


class EditForm(PortalModelForm):
    """Carries the version that was opened. A save over somebody else's change shows both texts and loses neither."""

    version = forms.IntegerField(
        widget=forms.HiddenInput, error_messages={"required": "Open the page again, then make your change"}
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["version"] = self.opened = self.instance.version
        self.overtaken: list[Overtaken] = []

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if "version" in data and data["version"] != self.opened:
            self.overtaken = [self._compared(name) for name in data if self._differs(name, data)]
            self.add_error(None, OVERTAKEN)
            # Saving again is then a decision made with both texts in sight.
            self.data = self.data.copy()  # type: ignore[attr-defined]
            self.data[self.add_prefix("version")] = str(self.opened)  # type: ignore[index]
        return data

    def _differs(self, name: str, data: dict[str, Any]) -> bool:
        return name != "version" and name in self.initial and data[name] != self.initial[name]

    def _compared(self, name: str) -> Overtaken:
        return Overtaken(
            str(self[name].label), self._words(name, self.initial[name]), self._words(name, self.cleaned_data[name])
        )

    def _words(self, name: str, value: Any) -> str:
        words = {str(key): str(text) for key, text in getattr(self.fields[name], "choices", ())}
        if isinstance(value, date):
            return day(value)
        if isinstance(value, time):
            return f"{value:%H:%M}"
        return words.get(str(value), str(value or ""))
