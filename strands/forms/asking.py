"""Buttons that change what a form asks: another borough, another line of funding, the questions of a kind."""

from django import forms

# Name of the button, and the part of the form that it is about.
BUTTONS = {"add_borough": "joint", "add_funding": "money", "show_kind": "particulars"}
# What a script sends for the button of the kind: it swaps the questions and leaves them folded as they are.
FOLDED = "folded"


class AsksAgain(forms.BaseForm):
    """Pressing one of the buttons saves nothing and finds fault with nothing: the page comes back as it was typed."""

    @property
    def asked_for(self) -> str:
        """The part that the button which was pressed is about; empty when the form itself was sent."""
        pressed = (name for name in BUTTONS if self.is_bound and name in self.data)
        return next((BUTTONS[name] for name in pressed), "")

    @property
    def opened_part(self) -> str:
        return "" if self.data.get("show_kind") == FOLDED else self.asked_for

    def full_clean(self) -> None:
        if self.asked_for:
            self._errors, self.cleaned_data = forms.utils.ErrorDict(), {}
            return
        super().full_clean()

    def is_valid(self) -> bool:
        return super().is_valid() and not self.asked_for

    def rows_asked_for(self, name: str, *, part: str, least: int, most: int) -> int:
        """How many rows a part shows: as many as it had (in the hidden box `name`), and one more when asked for."""
        had = self.data.get(name, "")
        count = int(had) if had.isdecimal() else least
        return min(max(count + (self.asked_for == part), least), most)
