"""Figures in the text that people type: which there are, and a refusal of those that there are not."""

from django import forms

from contest_portal.core.quarters import Quarter
from reports.figures import FIGURES, Figure
from reports.figures.told import TOLD, is_table
from reports.figures.values import codes_in_force
from reports.rendering.composition import QUARTER, read_figures
from reports.rendering.fonts import unprintable
from reports.rendering.markdown import keys_in, tame
from reports.rendering.remarks import why_not_in_prose


def clean_prose(text: str) -> str:
    """The text without what misleads reader or renderer; refused when a figure is unknown or a letter unprintable."""
    text = tame(text).strip()
    if lacking := unprintable(text):
        named = ", ".join(f"“{character}”" for character in lacking[:5])
        raise forms.ValidationError(f"The portal cannot print {named}. Take it out or say it in other words.")
    for reason in filter(None, map(why_not_in_prose, keys_in(text))):
        keys = ", ".join(f"[[{key}]]" for key in prose_keys())
        raise forms.ValidationError(f"{reason} These can stand in a sentence: {keys}.")
    return text


def prose_keys() -> list[str]:
    sentences = [key for key in TOLD if not is_table(key)]
    return [*[key for key in [QUARTER, *FIGURES] if not why_not_in_prose(key)], *sentences, *codes_in_force()]


def prose_figures(quarter: Quarter) -> list[tuple[str, str]]:
    """(key, what it says now) of everything that can stand in a sentence."""
    words = [(key, f"{figure.definition.name}: {figure.words}") for key, figure in figures_now(quarter).items()]
    return [(QUARTER, f"The quarter: {quarter}"), *words]


def figures_now(quarter: Quarter) -> dict[str, Figure]:
    """Every figure that can stand in a sentence."""
    return read_figures([key for key in prose_keys() if key != QUARTER], quarter)
