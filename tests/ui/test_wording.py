import pytest
from django import forms
from django.db import models

from contest_portal.ui.fields import DayField, MoneyField, WholeNumberField
from contest_portal.ui.forms import PortalForm, portal_formfield


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        (forms.CharField(label="Title"), "", "Enter the title"),
        (forms.CharField(label="Your name"), "", "Enter your name"),
        (forms.CharField(label="FOI stance"), "", "Enter the FOI stance"),
        (forms.CharField(label="Who led it?"), "", "Answer the question: Who led it?"),
        (forms.CharField(label="Title", max_length=3), "long", "Title must be 3 characters or fewer"),
        (forms.CharField(label="100% of it", max_length=3), "long", "100% of it must be 3 characters or fewer"),
        (forms.CharField(label="Title", error_messages={"required": "Give it a title"}), "", "Give it a title"),
        (forms.ChoiceField(label="Strand", choices=[("a", "A")]), "", "Choose the strand"),
        (forms.ChoiceField(label="Strand", choices=[("a", "A")]), "b", "Choose the strand from the list"),
        (forms.BooleanField(label="I agree"), "", "Tick “I agree”"),
        (forms.FileField(label="Report"), "", "Choose a file for the report"),
        (forms.EmailField(label="Email"), "x", "Enter an email address in the correct format, like name@example.com"),
        (WholeNumberField(label="People", min_value=1), "0", "People must be 1 or more"),
        (WholeNumberField(label="People", max_value=9), "10", "People must be 9 or less"),
        (forms.DecimalField(label="Score"), "x", "Score must be a number, like 40"),
        (MoneyField(label="Cost"), "x", "Cost must be an amount in pounds, like 3150 or 3,150.50"),
        (MoneyField(label="Cost"), "-1", "Cost must be £0 or more"),
        (MoneyField(label="Cost"), "1.234", "Cost must have no more than 2 numbers after the point"),
        (DayField(label="Date"), "", "Enter the date"),
    ],
)
def test_errors_are_said_in_plain_words(field: forms.Field, typed: str, sentence: str) -> None:
    form = type("Form", (PortalForm,), {"box": field})({"box": typed})

    assert form.errors["box"] == [sentence]


@pytest.mark.parametrize(
    ("column", "kind"),
    [
        (models.DateField("date"), DayField),
        (models.PositiveIntegerField("people"), WholeNumberField),
        (models.PositiveIntegerField("part", choices=[(1, "Part 1")]), forms.TypedChoiceField),
        (models.DateTimeField("moment"), forms.DateTimeField),
        (models.CharField("title", max_length=5), forms.CharField),
    ],
)
def test_columns_get_the_boxes_of_the_design_system(column: models.Field, kind: type[forms.Field]) -> None:
    assert type(portal_formfield(column)) is kind


def test_a_form_may_choose_the_field_of_a_column() -> None:
    field = portal_formfield(models.DecimalField("cost", max_digits=9, decimal_places=2), form_class=MoneyField)

    assert type(field) is MoneyField
