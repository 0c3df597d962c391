"""The two base forms. Labels, hints, errors and boxes are drawn by contest_portal.ui.drawing."""

from typing import Any

from django import forms
from django.db import models
from django.forms.models import ModelFormMetaclass

from contest_portal.ui.fields import DayField, WholeNumberField
from contest_portal.ui.guarding import PersonalDataGuard
from contest_portal.ui.wording import word_errors


class PlainWords(PersonalDataGuard):
    """What both forms share: errors in plain words, no personal data, and answers that ask a further question.

    `reveals` names, for a field of radios or checkboxes, the field shown under each answer:
    {"attendance_basis": {"other": "attendance_basis_note"}}.
    """

    use_required_attribute = False
    reveals: dict[str, dict[str, str]] = {}
    is_only_shown = False

    def word_errors(self) -> None:
        for name, field in self.fields.items():
            word_errors(field, str(field.label or forms.utils.pretty_name(name)))

    def show_as_typed(self) -> None:
        """Shows what it was given without a word on what is wrong or missing, and saves nothing."""
        self._errors, self.cleaned_data, self.is_only_shown = forms.utils.ErrorDict(), {}, True

    def is_valid(self) -> bool:
        return super().is_valid() and not self.is_only_shown

    def full_clean(self) -> None:
        """Fields may be added or changed after __init__, so the words are settled last."""
        self.word_errors()
        super().full_clean()


class PortalForm(PlainWords, forms.Form):
    pass


class FilterForm(PortalForm):
    """What is looked for is not kept, so it is not read for personal data."""

    is_filter = True


def portal_formfield(db_field: models.Field, **kwargs: Any) -> forms.Field | None:
    if isinstance(db_field, models.DateTimeField) or kwargs.get("form_class"):
        return db_field.formfield(**kwargs)
    if isinstance(db_field, models.DateField):
        return db_field.formfield(**{"form_class": DayField, **kwargs})
    if isinstance(db_field, models.IntegerField) and not db_field.choices:
        return db_field.formfield(**{"form_class": WholeNumberField, **kwargs})
    return db_field.formfield(**kwargs)


class PortalModelFormMetaclass(ModelFormMetaclass):
    """A Meta class does not inherit, so the choice of fields is put into each one here."""

    def __new__(mcs, name: str, bases: tuple[type, ...], attrs: dict[str, Any]) -> Any:
        meta = attrs.get("Meta")
        if meta is not None and not hasattr(meta, "formfield_callback"):
            meta.formfield_callback = staticmethod(portal_formfield)
        return super().__new__(mcs, name, bases, attrs)


class PortalModelForm(PlainWords, forms.ModelForm, metaclass=PortalModelFormMetaclass):
    pass
