"""The questions of a kind, as boxes made from its declaration in strands.kinds."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.forms import BoundField

from contest_portal.core.quantity import Qualifier
from contest_portal.ui.fields import DayField, MoneyField, WholeNumberField
from strands.forms.rules import FIRST_DAY, last_day
from strands.forms.wording import NO_NAMES
from strands.kinds import Kind
from strands.kinds.particular import Answer, Particular

HOW_EXACT = [choice for choice in Qualifier.choices if choice[0] != Qualifier.NOT_RECORDED]
YES_NO = [("", "Not known"), ("yes", "Yes"), ("no", "No")]

Box = Callable[[Particular, dict[str, Any]], forms.Field]


def name_of(key: str) -> str:
    return f"p-{key}"


def qualifier_of(key: str) -> str:
    return f"p-{key}-is"


def boxes_of(particular: Particular, on: dt.date, kept: Any) -> Iterator[tuple[str, forms.Field]]:
    """The boxes of one question, by name. `kept` is the answer that the activity has already."""
    common = {"label": particular.label, "help_text": particular.hint, "required": False}
    if particular.answer in (Answer.CHOICE, Answer.CHOICES):
        common["choices"] = _offered(particular, on, kept)
    yield name_of(particular.key), BOXES[particular.answer](particular, common)
    if particular.answer is Answer.QUANTITY:
        spoken = forms.Select({"aria-label": f"How exact: {particular.label}"})
        yield (
            qualifier_of(particular.key),
            forms.ChoiceField(label="How exact", choices=HOW_EXACT, required=False, widget=spoken),
        )


def _offered(particular: Particular, on: dt.date, kept: Any) -> list[tuple[str, str]]:
    present = kept if isinstance(kept, list) else [kept]
    choices = [(choice.key, choice.label) for choice in particular.offered(on, present)]
    return choices if particular.answer is Answer.CHOICES else [("", "Not known"), *choices]


def _number(particular: Particular, common: dict[str, Any]) -> forms.Field:
    return WholeNumberField(min_value=0, max_value=particular.most, **common)


def _text(particular: Particular, common: dict[str, Any]) -> forms.Field:
    field = forms.CharField(max_length=particular.most, **common)
    field.help_text = f"{particular.hint} {NO_NAMES}"
    if particular.pattern:
        message = f"{particular.label} is not in the right form. {particular.hint}"
        field.validators.append(RegexValidator(rf"^{particular.pattern}$", message))
    return field


def _day(particular: Particular, common: dict[str, Any]) -> forms.Field:
    latest = last_day()
    field = DayField(**common)
    years = f"The year must be from {FIRST_DAY.year} to {latest.year}."
    field.validators += [MinValueValidator(FIRST_DAY, years), MaxValueValidator(latest, years)]
    return field


BOXES: dict[Answer, Box] = {
    Answer.NUMBER: _number,
    Answer.QUANTITY: _number,
    Answer.MONEY: lambda _, common: MoneyField(max_digits=10, **common),
    Answer.DAY: _day,
    Answer.YES_NO: lambda _, common: forms.ChoiceField(choices=YES_NO, **common),
    Answer.CHOICE: lambda _, common: forms.ChoiceField(**common),
    Answer.CHOICES: lambda _, common: forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple, **common),
    Answer.TEXT: _text,
}

# An answer as it was typed, made fit to be kept.
KEPT: dict[Answer, Callable[[Any], Any]] = {
    Answer.MONEY: str,
    Answer.DAY: lambda day: day.isoformat(),
    Answer.YES_NO: lambda answer: answer == "yes",
}
# And the other way round, for the boxes.
TYPED: dict[Answer, Callable[[Any], Any]] = {
    Answer.QUANTITY: lambda kept: kept["value"],
    Answer.DAY: dt.date.fromisoformat,
    Answer.YES_NO: lambda kept: "yes" if kept else "no",
}


@dataclass(frozen=True)
class Question:
    box: BoundField
    how_exact: BoundField | None


class KindQuestions(forms.BaseForm):
    """The form that uses it calls `add_questions`, and `particulars_given` once it is clean."""

    # Not `kind`: on a page that name is the box itself.
    chosen_kind: Kind | None = None

    def add_questions(self, kind: Kind | None, on: dt.date, kept: Mapping[str, Any]) -> None:
        """`kept` holds the answers of the activity as it is, when it is of this kind."""
        self.chosen_kind, self.kept = kind, kept
        for particular in kind.asks if kind else ():
            answer = kept.get(particular.key)
            self.fields.update(boxes_of(particular, on, answer))
            if answer is not None:
                self.initial[name_of(particular.key)] = TYPED.get(particular.answer, lambda value: value)(answer)
            if particular.answer is Answer.QUANTITY:
                self.initial[qualifier_of(particular.key)] = (answer or {}).get("qualifier", Qualifier.EXACT)

    def question_names(self) -> list[str]:
        return [name for name in self.fields if name.startswith("p-")]

    def kind_questions(self) -> list[Question]:
        """As they are drawn: a quantity with its qualifier beside it."""
        asks = self.chosen_kind.asks if self.chosen_kind else ()
        return [
            Question(
                self[name_of(asked.key)], self[qualifier_of(asked.key)] if asked.answer is Answer.QUANTITY else None
            )
            for asked in asks
        ]

    def particulars_given(self) -> dict[str, Any]:
        """What to keep: the answers given, and whatever the activity has that its kind does not ask any more."""
        asks = self.chosen_kind.asks if self.chosen_kind else ()
        asked = {particular.key for particular in asks}
        found = {key: value for key, value in self.kept.items() if key not in asked}
        for particular in asks:
            typed = self.cleaned_data.get(name_of(particular.key))
            if typed not in (None, "", []):
                found[particular.key] = self._kept(particular, typed)
        return found

    def _qualifier(self, particular: Particular) -> str:
        return str(self.cleaned_data.get(qualifier_of(particular.key)) or Qualifier.EXACT)

    def _kept(self, particular: Particular, typed: Any) -> Any:
        if particular.answer is Answer.QUANTITY:
            return {"value": typed, "qualifier": self._qualifier(particular)}
        return KEPT.get(particular.answer, lambda value: value)(typed)
