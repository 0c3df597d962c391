"""Components are drawn once and kept, and what one page shows never reaches another by that."""

import pytest
from django.utils.safestring import SafeString

from contest_portal.ui import macros
from contest_portal.ui.macros import component

WORDS = "<b>Brent</b>"


def test_the_same_component_is_drawn_once(monkeypatch: pytest.MonkeyPatch) -> None:
    first = component("tag", {"text": "Drawn once", "classes": "govuk-tag--blue"})
    monkeypatch.setattr(macros, "macro", lambda name: pytest.fail("drawn again"))

    assert component("tag", {"text": "Drawn once", "classes": "govuk-tag--blue"}) == first


@pytest.mark.parametrize("order", [[str, SafeString], [SafeString, str]])
def test_words_that_are_trusted_and_words_that_are_not_are_drawn_apart(order: list[type[str]]) -> None:
    drawn = {kind: component("tag", {"text": kind(WORDS)}) for kind in order}

    assert WORDS in drawn[SafeString]
    assert WORDS not in drawn[str]


def test_a_yes_and_a_one_are_drawn_apart() -> None:
    yes, one = ({"attributes": {"data-many": value}, "text": "Many"} for value in (True, 1))

    assert component("tag", yes) != component("tag", one)


@pytest.mark.parametrize("name", ["input", "textarea"])
def test_what_somebody_typed_is_not_kept(name: str) -> None:
    before = macros._drawn_once.cache_info().currsize
    typed = {"id": "note", "name": "note", "label": "Note", "value": "Wallaby"}

    assert component(name, typed)
    assert macros._drawn_once.cache_info().currsize == before
