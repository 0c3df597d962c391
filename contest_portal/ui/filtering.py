"""The filter panel beside a list, from a django-filter FilterSet; its state is the address and nothing else."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast
from urllib.parse import urlencode

from django import forms
from django.forms import BoundField
from django.http import QueryDict
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from contest_portal.ui.drawing import draw, options
from contest_portal.ui.fields import PARTS, DayBoxes, DayParts
from contest_portal.ui.formats import day
from contest_portal.ui.paging import address_without

# A longer list of answers is folded away until somebody chooses from it.
SHOWN_OPEN = 6
AS_AT = "as_at"

CHOSEN = SafeString(" checked")
ANSWER = (
    '<div class="govuk-{0}__item"><input class="govuk-{0}__input" id="{1}" name="{2}" type="{3}" value="{4}"{5}>'
    '<label class="govuk-label govuk-{0}__label" for="{1}">{6}</label></div>'
)
ANSWERS = (
    '<fieldset class="govuk-fieldset"><legend class="govuk-fieldset__legend">{0}</legend>'
    '<div class="govuk-{1} govuk-{1}--small" data-module="govuk-{1}">{2}</div></fieldset>'
)


@dataclass(frozen=True)
class Chosen:
    """One chosen value and the address of the page without it."""

    label: str
    text: str
    url: str


@dataclass(frozen=True)
class Group:
    label: str
    html: SafeString
    folds: bool
    is_open: bool
    count: int


def panel(filterset: Any, path: str) -> dict[str, Any]:
    """Context of ui/filters.html."""
    form = filterset.form
    form.is_filter = True
    # A page may have a form of its own with the same names.
    form.auto_id = "filter_%s"
    for field in form.fields.values():
        _read_once(field.widget)
    chosen = {bound.name: list(_chosen(bound, path)) for bound in form}
    # The day as which the list is read is no filter, and stays when filters change.
    kept = [(name, value) for name, value in (form.data or {}).items() if name.startswith(AS_AT)]
    return {
        "groups": [_group(bound, len(chosen[bound.name])) for bound in form],
        "chosen": [item for items in chosen.values() for item in items],
        "path": path,
        "kept": kept,
        "clear": f"{path}?{urlencode(kept)}" if kept else path,
    }


def _read_once(widget: Any) -> None:
    """Answers that are rows would be read again for every use."""
    if not isinstance(getattr(widget, "choices", []), list):
        widget.choices = list(widget.choices)


def _group(bound: BoundField, count: int) -> Group:
    widget: Any = bound.field.widget
    if not isinstance(widget, forms.CheckboxSelectMultiple | forms.SelectMultiple | forms.RadioSelect):
        return Group(str(bound.label), draw(bound), folds=False, is_open=True, count=count)
    few = len(list(widget.choices)) <= SHOWN_OPEN
    return Group(str(bound.label), _answers(bound), folds=True, is_open=bool(count) or few, count=count)


def _answers(bound: BoundField) -> SafeString:
    # Not by its class: Django's boxes for several answers are a kind of its radio buttons.
    several = getattr(bound.field.widget, "allow_multiple_selected", False)
    kind = "checkboxes" if several else "radios"
    # In plain strings, whatever they were: what is kept is found by them, and has to have been escaped.
    offered = tuple((f"{each['value']}", f"{each['label']}", bool(each["selected"])) for each in options(bound))
    return _fieldset(f"{bound.label}", kind, f"{bound.auto_id}", bound.html_name, offered)


@lru_cache(maxsize=256)
def _fieldset(legend: str, kind: str, first: str, name: str, offered: tuple[tuple[str, str, bool], ...]) -> SafeString:
    """What the macros would draw, without them: 33 boroughs take them 10 ms, and a list draws its panel each time.

    Most readers are offered the same answers, so these are drawn once.
    """
    answers = (_answer(kind, first if at == 1 else f"{first}-{at}", name, each) for at, each in enumerate(offered, 1))
    return format_html(ANSWERS, legend, kind, format_html_join("\n", ANSWER, answers))


def _answer(kind: str, place: str, name: str, offer: tuple[str, str, bool]) -> tuple[str, ...]:
    value, label, chosen = offer
    box = "radio" if kind == "radios" else "checkbox"
    return kind, place, name, box, value, CHOSEN if chosen else "", label if value else "All"


def _chosen(bound: BoundField, path: str) -> Iterator[Chosen]:
    query = cast(QueryDict, bound.form.data)
    if isinstance(bound.field.widget, DayBoxes):
        if bound.value():
            yield Chosen(str(bound.label), _day_text(bound), _without_day(bound, query, path))
        return
    words = _words(bound)
    for value in query.getlist(bound.html_name) if query else ():
        if value.strip():
            url = address_without(query, path, bound.html_name, value)
            yield Chosen(str(bound.label), words.get(value, value), url)


def _words(bound: BoundField) -> dict[str, str]:
    choices = getattr(bound.field.widget, "choices", ())
    return {str(value): str(text) for value, text in choices if not isinstance(text, list | tuple)}


def _day_text(bound: BoundField) -> str:
    """The day in words, or what was typed where that is no day."""
    parts = DayParts.of(bound.value())
    value = bound.form.cleaned_data.get(bound.name) if bound.form.is_valid() else None
    return day(value) if value else " ".join(filter(None, (parts.day, parts.month, parts.year)))


def _without_day(bound: BoundField, query: QueryDict, path: str) -> str:
    left = query.copy()
    for name in (bound.html_name, *(f"{bound.html_name}-{part}" for part in PARTS)):
        left.pop(name, None)
    return address_without(left, path, "page")
