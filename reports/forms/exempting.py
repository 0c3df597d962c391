"""Saying that a part of a paper is exempt: on what ground, and why that serves the public better than publishing it."""

from typing import Any

from django import forms

from reports.models import ExemptGround

PUBLIC = "Part 1: everybody"
CHOICES = [("", PUBLIC), *((value, f"Part 2 (exempt). {label}") for value, label in ExemptGround.choices)]


def ground_field(label: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=CHOICES,
        required=False,
        help_text="Paragraphs of Schedule 12A to the Local Government Act 1972. Part 2 stands in the members’ version "
        "alone.",
    )


def interest_field() -> forms.CharField:
    return forms.CharField(
        label="Why it is kept back",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="For Part 2 only: why keeping it back serves the public better than publishing it. Members read it.",
    )


def check_ground(form: Any, ground: str, interest: str) -> None:
    """Neither without the other."""
    if form.cleaned_data.get(ground) and not form.cleaned_data.get(interest):
        form.add_error(interest, "Say why it is kept back")
    if form.cleaned_data.get(interest) and not form.cleaned_data.get(ground):
        form.add_error(ground, "Choose the paragraph of Schedule 12A, or empty the box below")
