"""Personal data in the boxes of a form: refused beside the box, or asked about, with nothing typed lost."""

from django import forms
from django.http import QueryDict

from contest_portal.ui.forms import FilterForm, PortalForm
from tests.ui.pages import render

RINGING = (
    "“07700 900123” looks like a phone number. Take it out, or give a public line such as one that begins with 0300."
)
SUBJECT = "“subject” is often how a person in a case is called. "


class Note(PortalForm):
    title = forms.CharField()
    note = forms.CharField(widget=forms.Textarea, required=False)
    office = forms.CharField(required=False)
    office.scanned = False  # type: ignore[attr-defined]
    email = forms.EmailField(required=False)
    hidden = forms.CharField(widget=forms.HiddenInput, required=False)


def filled(initial: str = "", **typed: str) -> Note:
    data = QueryDict(mutable=True)
    data.update({"title": "Workshop"} | typed)
    return Note(data, initial={"note": initial})


def page(form: Note) -> str:
    return render("{% error_summary form %}{% fields form %}", form=form)


def test_what_is_certain_is_refused_beside_the_box_and_kept_in_it() -> None:
    form = filled(note="Ring 07700 900123 or write to ali@home.example")

    assert not form.is_valid()
    assert form.errors["note"] == [
        "“ali@home.example” looks like an email address. Take it out: no contact details of people are kept here.",
        RINGING,
    ]
    assert "Ring 07700 900123 or write to ali@home.example" in page(form)


def test_every_text_is_read_and_no_tick_lets_certain_things_through() -> None:
    form = filled(title="AB123456C", **{"title-not-a-person": "ab123456c"})

    assert list(form.errors) == ["title"]


def test_a_word_with_two_meanings_is_asked_about_once() -> None:
    asked = filled(note="The subject was maths")

    assert asked.errors["note"][0].startswith(SUBJECT)
    assert 'name="note-not-a-person"' in page(asked)
    assert 'value="subject"' in page(asked)
    assert filled(note="The subject was maths", **{"note-not-a-person": "subject"}).is_valid()


def test_a_tick_answers_for_the_words_that_it_was_asked_about() -> None:
    form = filled(note="The subject met a nominal", **{"note-not-a-person": "subject"})

    assert [words.split("”")[0] for words in form.errors["note"]] == ["“subject", "“nominal"]


def test_a_tick_stays_when_something_else_is_wrong() -> None:
    form = filled(title="", note="The subject was maths", **{"note-not-a-person": "subject"})

    assert list(form.errors) == ["title"]
    assert "checked" in page(form).split('name="note-not-a-person"')[1].split(">")[0]


def test_a_word_that_was_let_through_before_is_not_asked_about_again() -> None:
    assert filled("The subject was maths", note="The subject was maths, and more").is_valid()


def test_fields_that_are_meant_for_contact_details_keep_out_of_it() -> None:
    assert filled(office="020 7946 0958", email="office@brent.example", hidden="office@brent.example").is_valid()


def test_a_filter_is_not_read() -> None:
    class Words(FilterForm):
        words = forms.CharField()

    assert Words({"words": "ali@home.example"}).is_valid()
