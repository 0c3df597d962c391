"""A bound form field as one GOV.UK field: label or legend, hint, error, the box with what was typed."""

from collections.abc import Callable, Iterator
from typing import Any

from django import forms
from django.forms import BoundField
from django.forms.utils import ErrorList
from django.utils.html import escape, format_html_join
from django.utils.safestring import SafeString

from contest_portal.ui.beside import both_texts, overtaken_at, question
from contest_portal.ui.fields import PARTS, DayBoxes, DayParts, MoneyInput
from contest_portal.ui.macros import component

OPTIONAL = " (optional)"
# More answers than this are drawn small.
MANY = 7
NOT_COPIED = {
    *("id", "class", "required", "autocomplete", "inputmode", "aria-describedby", "aria-invalid"),
    *("maxlength", "minlength", "min", "max", "step", "rows", "cols"),
}


def draw(bound: BoundField) -> SafeString:
    widget = bound.field.widget
    if bound.is_hidden:
        return SafeString(bound)
    drawer = next((drawer for kind, drawer in DRAWERS if isinstance(widget, kind)), _input)
    return SafeString(both_texts(bound) + drawer(bound) + question(bound))


def draw_all(form: forms.BaseForm) -> SafeString:
    """Every field in order; fields that an answer reveals are drawn under that answer only."""
    revealed = set(_revealed_names(form))
    return SafeString("\n".join(draw(form[name]) for name in form.fields if name not in revealed))


def options(bound: BoundField) -> Iterator[dict[str, Any]]:
    """The answers of a field as its widget sees them; a group's name stands before each of its answers."""
    widget = bound.field.widget
    for group, found, _ in widget.optgroups(bound.html_name, widget.format_value(bound.value())):
        for option in found:
            yield option | {"label": f"{group}: {option['label']}"} if group else option


def first_box(bound: BoundField) -> str:
    """The id that the error summary links to."""
    if overtaken_at(bound):
        return f"{bound.auto_id}-merge"
    if isinstance(bound.field.widget, DayBoxes):
        return f"{bound.auto_id}-{(_wrong_boxes(bound) or PARTS)[0]}"
    return bound.auto_id


def _input(bound: BoundField) -> SafeString:
    widget = bound.field.widget
    kind = getattr(widget, "input_type", "text")
    numeric = kind == "number"
    decimal = isinstance(bound.field, forms.DecimalField | forms.FloatField)
    params = {
        "type": "text" if numeric else kind,
        "inputmode": widget.attrs.get("inputmode") or (("decimal" if decimal else "numeric") if numeric else None),
        "classes": _classes(bound, "govuk-input--width-5" if numeric else ""),
        "value": _value(bound),
        "spellcheck": False if numeric or kind == "email" else None,
    }
    return component("input", {**_common(bound), **params})


def _money(bound: BoundField) -> SafeString:
    params = {
        "prefix": {"text": "£"},
        "inputmode": "decimal",
        "classes": _classes(bound, "govuk-input--width-10"),
        "value": _value(bound),
        "spellcheck": False,
    }
    return component("input", {**_common(bound), **params})


def _password(bound: BoundField) -> SafeString:
    # Never sends a password back to the page.
    return component("password_input", {**_common(bound), "classes": _classes(bound)})


def _file(bound: BoundField) -> SafeString:
    return component("file_upload", {**_common(bound), "classes": _classes(bound)})


def _textarea(bound: BoundField) -> SafeString:
    limit = getattr(bound.field, "max_length", None)
    # The macros indent what they nest; a line break written as a reference keeps the text as it was typed.
    typed = str(_value(bound) or "").replace("\r\n", "\n")
    text = SafeString(escape(typed).replace("\n", "&#10;"))
    params = {
        **_common(bound),
        "value": text,
        "rows": bound.field.widget.attrs.get("rows") or 5,
        "classes": _classes(bound),
    }
    if limit:
        return component("character_count", {**params, "maxlength": limit, "threshold": 50})
    return component("textarea", params)


def _select(bound: BoundField) -> SafeString:
    return component("select", {**_common(bound), "items": list(_options(bound)), "classes": _classes(bound)})


def _radios(bound: BoundField) -> SafeString:
    items = list(_answers(bound))
    small = "govuk-radios--small" if _is_small(bound, items) else ""
    drawn = component("radios", {**_group(bound), "items": items, "classes": _classes(bound, small)})
    # The macro's own script would put aria-expanded on the radio, which that role may not have; ours does not.
    return SafeString(drawn.replace(" data-aria-controls=", " data-reveals="))


def _checkboxes(bound: BoundField) -> SafeString:
    items = list(_answers(bound))
    small = "govuk-checkboxes--small" if _is_small(bound, items) else ""
    return component("checkboxes", {**_group(bound), "items": items, "classes": _classes(bound, small)})


def _tick(bound: BoundField) -> SafeString:
    """One box with its own words; a lone box has no legend."""
    item = {
        "value": "on",
        "text": bound.label,
        "checked": bool(bound.value()),
        "id": bound.auto_id,
        "disabled": bound.field.disabled or None,
        "hint": _hint(bound),
        "attributes": _attributes(bound),
    }
    params = {
        "name": bound.html_name,
        "id_prefix": bound.auto_id,
        "items": [item],
        "classes": "govuk-checkboxes--small",
        "error_message": _error(bound),
    }
    return component("checkboxes", params)


def _day(bound: BoundField) -> SafeString:
    parts, wrong = DayParts.of(bound.value()), _wrong_boxes(bound)
    items = [
        {
            "name": part,
            "id": f"{bound.auto_id}-{part}",
            "label": part.capitalize(),
            "value": getattr(parts, part),
            "classes": f"govuk-input--width-{4 if part == 'year' else 2}"
            + (" govuk-input--error" if part in wrong else ""),
            "attributes": {"disabled": "disabled"} if bound.field.disabled else None,
        }
        for part in PARTS
    ]
    params = {**_group(bound), "id": bound.auto_id, "name_prefix": bound.html_name, "items": items}
    return component("date_input", params)


def _common(bound: BoundField) -> dict[str, Any]:
    return {
        "id": bound.auto_id,
        "name": bound.html_name,
        "label": {"text": _label(bound), "classes": "govuk-label--s"},
        "hint": _hint(bound),
        "error_message": _error(bound),
        "disabled": bound.field.disabled or None,
        "autocomplete": bound.field.widget.attrs.get("autocomplete"),
        "attributes": _attributes(bound),
    }


def _group(bound: BoundField) -> dict[str, Any]:
    return {
        "name": bound.html_name,
        "id_prefix": bound.auto_id,
        "fieldset": {"legend": {"text": _label(bound), "classes": "govuk-fieldset__legend--s"}},
        "hint": _hint(bound),
        "error_message": _error(bound),
    }


def _label(bound: BoundField) -> str:
    """Every filter is optional, so in a filter panel the word is left out, and where a form says so."""
    without = getattr(bound.form, "without_optional", ())
    quiet = bound.field.required or getattr(bound.form, "is_filter", False) or bound.name in without
    return str(bound.label) if quiet else f"{bound.label}{OPTIONAL}"


def _hint(bound: BoundField) -> dict[str, Any] | None:
    if not bound.help_text:
        return None
    return {"html" if isinstance(bound.help_text, SafeString) else "text": bound.help_text}


def _error(bound: BoundField) -> dict[str, str] | None:
    errors: ErrorList = bound.errors
    return {"html": format_html_join(SafeString("<br>"), "{}", ((error,) for error in errors))} if errors else None


def _value(bound: BoundField) -> Any:
    value = bound.value()
    return "" if value is None else bound.field.widget.format_value(value)


def _attributes(bound: BoundField) -> dict[str, Any]:
    return {name: text for name, text in bound.field.widget.attrs.items() if name not in NOT_COPIED}


def _classes(bound: BoundField, default: str = "") -> str | None:
    given = bound.field.widget.attrs.get("class", "")
    return f"{default} {given}".strip() or None if "width-" not in given else given


def _is_small(bound: BoundField, items: list[dict[str, Any]]) -> bool:
    return len(items) > MANY or getattr(bound.form, "is_filter", False)


def _options(bound: BoundField) -> Iterator[dict[str, Any]]:
    for option in options(bound):
        text = _empty_choice(bound) if _is_blank(option) else str(option["label"])
        yield {"value": str(option["value"]), "text": text, "selected": bool(option["selected"])}


def _is_blank(option: dict[str, Any]) -> bool:
    """Django's own row of dashes, which says nothing to anybody."""
    return option["value"] == "" and set(str(option["label"])) <= {"-"}


def _empty_choice(bound: BoundField) -> str:
    if getattr(bound.form, "is_filter", False):
        return "All"
    return "Choose one" if bound.field.required else "None"


def _answers(bound: BoundField) -> Iterator[dict[str, Any]]:
    reveals = getattr(bound.form, "reveals", {}).get(bound.name, {})
    disabled = bound.field.disabled or None
    for option in options(bound):
        value = str(option["value"])
        if _is_blank(option):
            continue
        item = {
            "value": value,
            "text": str(option["label"]),
            "checked": bool(option["selected"]),
            "disabled": disabled,
            "attributes": _attributes(bound),
            "hint": _answer_hint(bound, value),
        }
        if value in reveals:
            item["conditional"] = {"html": draw(bound.form[reveals[value]])}
        yield item


def _answer_hint(bound: BoundField, value: str) -> dict[str, str] | None:
    """A form explains its answers in `answer_hints`: {"kind": {"workshop": "A session with a group"}}."""
    hint = getattr(bound.form, "answer_hints", {}).get(bound.name, {}).get(value)
    return {"text": hint} if hint else None


def _wrong_boxes(bound: BoundField) -> tuple[str, ...]:
    for error in bound.errors.as_data():
        return tuple((error.params or {}).get("boxes", PARTS))
    return ()


def _revealed_names(form: forms.BaseForm) -> Iterator[str]:
    for answers in getattr(form, "reveals", {}).values():
        yield from answers.values()


DRAWERS: tuple[tuple[type[forms.Widget], Callable[[BoundField], SafeString]], ...] = (
    (DayBoxes, _day),
    (MoneyInput, _money),
    (forms.PasswordInput, _password),
    (forms.FileInput, _file),
    (forms.Textarea, _textarea),
    (forms.CheckboxSelectMultiple, _checkboxes),
    (forms.SelectMultiple, _checkboxes),
    (forms.RadioSelect, _radios),
    (forms.CheckboxInput, _tick),
    (forms.Select, _select),
)
