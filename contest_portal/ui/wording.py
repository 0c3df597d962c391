"""Error messages in plain words, made from the label of the field they stand beside."""

from django import forms

from contest_portal.ui.fields import DayField, MoneyField

WITHOUT_ARTICLE = ("a ", "an ", "the ", "your ", "any ", "how ", "what ", "who ", "when ", "why ", "which ")


def word_errors(field: forms.Field, label: str) -> None:
    """Replace the messages that nobody has worded for this field; a message given to the field stays."""
    if getattr(field, "worded", False):
        return
    given = _given(field)
    for code, message in _messages(field, label).items():
        if code not in given:
            field.error_messages[code] = message
    field.worded = True  # type: ignore[attr-defined]


def _given(field: forms.Field) -> set[str]:
    defaults: dict[str, object] = {}
    for kind in reversed(type(field).__mro__):
        defaults.update(getattr(kind, "default_error_messages", {}))
    return {code for code, message in field.error_messages.items() if message != defaults.get(code)}


def _messages(field: forms.Field, label: str) -> dict[str, str]:
    subject, object_ = _subject(label), _object(label)
    return {
        "required": _required(field, label, object_).replace("%%", "%"),
        "max_length": f"{subject} must be %(limit_value)d characters or fewer",
        "min_length": f"{subject} must be %(limit_value)d characters or more",
        "invalid_choice": f"Choose {object_} from the list",
        "invalid_pk_value": f"Choose {object_} from the list",
        "max_value": f"{subject} must be %(limit_value)s or less",
        **_messages_by_type(field, subject),
    }


def _messages_by_type(field: forms.Field, subject: str) -> dict[str, str]:
    if isinstance(field, DayField):
        return {
            "missing": f"{subject} must include a %(missing)s",
            "unreal": f"{subject} must be a real date, like 27 3 2026",
            "year": f"{subject} must have a year of 4 numbers, like 2026",
        }
    if isinstance(field, MoneyField):
        return {
            "invalid": f"{subject} must be an amount in pounds, like 3150 or 3,150.50",
            "min_value": f"{subject} must be £%(limit_value)s or more",
            "max_decimal_places": f"{subject} must have no more than 2 numbers after the point",
        }
    if isinstance(field, forms.EmailField):
        return {"invalid": "Enter an email address in the correct format, like name@example.com"}
    # Both are kinds of IntegerField, so they come first.
    if isinstance(field, forms.DecimalField | forms.FloatField):
        return {
            "invalid": f"{subject} must be a number, like 40",
            "min_value": f"{subject} must be %(limit_value)s or more",
        }
    if isinstance(field, forms.IntegerField):
        return {
            "invalid": f"{subject} must be a whole number, like 40",
            "min_value": f"{subject} must be %(limit_value)s or more",
        }
    return {}


def _required(field: forms.Field, label: str, object_: str) -> str:
    if isinstance(field, forms.BooleanField):
        return f"Tick “{label}”"
    if label.endswith("?"):
        return f"Answer the question: {label}"
    if isinstance(field, forms.FileField):
        return f"Choose a file for {object_}"
    return f"{'Choose' if isinstance(field, forms.ChoiceField | forms.ModelChoiceField) else 'Enter'} {object_}"


def _subject(label: str) -> str:
    return label.rstrip("?").replace("%", "%%")


def _object(label: str) -> str:
    words = label.rstrip("?").replace("%", "%%")
    if not words[1:2].isupper():
        words = words[:1].lower() + words[1:]
    return words if words.lower().startswith(WITHOUT_ARTICLE) else f"the {words}"
