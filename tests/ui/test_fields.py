import datetime as dt
from decimal import Decimal

import pytest
from django import forms

from contest_portal.ui.fields import DayField, DayParts, MoneyField, WholeNumberField
from contest_portal.ui.forms import PortalForm
from tests.ui.pages import Reader, render


class OneOfEach(PortalForm):
    title = forms.CharField(max_length=20, help_text="As it was <b>advertised</b>")
    email = forms.EmailField(required=False)
    outcome = forms.CharField(widget=forms.Textarea, max_length=400, required=False)
    note = forms.CharField(widget=forms.Textarea, required=False)
    kind = forms.ChoiceField(choices=[("workshop", "Workshop"), ("other", "Other")], widget=forms.RadioSelect)
    other_kind = forms.CharField(required=False)
    boroughs = forms.MultipleChoiceField(choices=[("brent", "Brent"), ("harrow", "Harrow")])
    strand = forms.ChoiceField(choices=[("", "---------"), ("prevent", "Prevent")])
    held_on = DayField()
    people = WholeNumberField(min_value=1)
    cost = MoneyField(required=False)
    password = forms.CharField(widget=forms.PasswordInput)
    report = forms.FileField(required=False)
    sure = forms.BooleanField(label="I have checked it")
    hidden = forms.CharField(widget=forms.HiddenInput, required=False)
    reveals = {"kind": {"other": "other_kind"}}
    answer_hints = {"kind": {"workshop": "With one group"}}


TYPED = {
    "title": "Women’s leadership conference", "email": "nobody", "outcome": "one\n  two\n\nthree", "kind": "other",
    "other_kind": "<script>", "boroughs": ["brent"], "strand": "prevent", "held_on-day": "31", "held_on-month": "2",
    "held_on-year": "2026", "people": "over 200", "cost": "£3,150.5x", "password": "secret words", "hidden": "kept",
}  # fmt: skip


def drawn(data: dict[str, object] | None = None) -> str:
    return render("{% error_summary form %}{% fields form %}", form=OneOfEach(data))


@pytest.mark.parametrize("data", [None, {}, TYPED])
def test_every_box_has_a_label_and_nothing_that_the_policy_refuses(data: dict[str, object] | None) -> None:
    page = Reader(drawn(data))

    assert (page.refused, page.repeated, page.dangling) == ([], [], set())


def test_hint_is_text_and_label_says_what_is_optional() -> None:
    html = drawn()

    assert "As it was &lt;b&gt;advertised&lt;/b&gt;" in html
    texts = Reader(html).texts
    assert "Outcome (optional)" in texts
    assert "Title (optional)" not in texts


def test_wrong_input_is_kept_as_it_was_typed() -> None:
    html = drawn(TYPED)

    for kept in ('value="nobody"', 'value="over 200"', 'value="£3,150.5x"', 'value="31"', 'value="&lt;script&gt;"'):
        assert kept in html
    assert "one&#10;  two&#10;&#10;three</textarea>" in html
    assert '<option value="prevent" selected>' in html
    assert "secret words" not in html


def test_error_summary_links_to_the_first_wrong_box_with_the_sentence_of_the_field() -> None:
    html = render("{% error_summary form %}", form=OneOfEach(TYPED))

    assert 'href="#id_title">Title must be 20 characters or fewer</a>' in html
    assert 'href="#id_held_on-day">Held on must be a real date, like 27 3 2026</a>' in html
    assert 'href="#id_people">People must be a whole number, like 40</a>' in html
    assert 'href="#id_sure">Tick “I have checked it”</a>' in html


def test_form_without_errors_has_no_summary() -> None:
    assert render("{% error_summary form %}", form=OneOfEach()) == ""
    assert render("{% error_summary form %}", form=None) == ""


def test_error_of_the_whole_form_stands_in_the_summary_without_a_link() -> None:
    form = OneOfEach({})
    form.add_error(None, "The shares must add up to 100")

    assert "The shares must add up to 100" in render("{% error_summary form %}", form=form)
    assert 'href="#">' not in render("{% error_summary form %}", form=form)


def test_a_question_that_an_answer_asks_is_drawn_under_it_once() -> None:
    html = drawn(TYPED)

    assert html.count('name="other_kind"') == 1
    assert 'data-reveals="conditional-id_kind-2"' in html
    assert "aria-expanded" not in html


def test_macro_extras_of_a_field_are_drawn() -> None:
    html = drawn()

    assert 'data-maxlength="400"' in html
    assert "With one group" in html
    assert '<div class="govuk-input__prefix" aria-hidden="true">£</div>' in html
    assert '<option value="" selected>Choose one</option>' in html
    assert "maxlength=" not in html.replace("data-maxlength=", "")


def test_disabled_field_is_drawn_disabled() -> None:
    form = OneOfEach()
    for name in ("title", "kind", "held_on", "sure"):
        form.fields[name].disabled = True

    assert render("{% field form.title %}{% field form.sure %}", form=form).count(" disabled") == 2
    assert render("{% field form.kind %}", form=form).count(" disabled") == 2
    assert render("{% field form.held_on %}", form=form).count('disabled="disabled"') == 3


class Dates(PortalForm):
    day = DayField(label="Date it was held", required=False)


@pytest.mark.parametrize(
    ("day", "month", "year", "read", "errors"),
    [
        ("27", "3", "2026", dt.date(2026, 3, 27), []),
        ("1", "March", "2026", dt.date(2026, 3, 1), []),
        ("1", "sept", "2026", dt.date(2026, 9, 1), []),
        ("", "", "", None, []),
        ("27", "", "2026", None, ["Date it was held must include a month"]),
        ("", "", "2026", None, ["Date it was held must include a day and a month"]),
        ("31", "2", "2026", None, ["Date it was held must be a real date, like 27 3 2026"]),
        ("1", "x", "2026", None, ["Date it was held must be a real date, like 27 3 2026"]),
        ("1", "1", "26", None, ["Date it was held must have a year of 4 numbers, like 2026"]),
    ],
)
def test_day_is_read_from_three_boxes(day: str, month: str, year: str, read: dt.date | None, errors: list[str]) -> None:
    form = Dates({"day-day": day, "day-month": month, "day-year": year})

    form.full_clean()

    assert (form.cleaned_data.get("day"), form.errors.get("day", [])) == (read, errors)


def test_only_the_wrong_boxes_are_marked() -> None:
    html = render("{% field form.day %}", form=Dates({"day-day": "27", "day-month": "", "day-year": "2026"}))

    assert html.count("govuk-input--error") == 1
    assert "govuk-input--width-2 govuk-input--error" in html


def test_day_is_read_from_one_iso_date_in_an_address() -> None:
    form = Dates({"day": "2026-03-27"})

    assert form.is_valid()
    assert form.cleaned_data["day"] == dt.date(2026, 3, 27)
    assert 'value="27"' in render("{% field form.day %}", form=form)


def test_day_shows_what_is_stored_and_notices_a_change() -> None:
    same = Dates({"day-day": "27", "day-month": "3", "day-year": "2026"}, initial={"day": dt.date(2026, 3, 27)})
    other = Dates({"day-day": "28", "day-month": "3", "day-year": "2026"}, initial={"day": dt.date(2026, 3, 27)})

    assert 'value="2026"' in render("{% field form.day %}", form=Dates(initial={"day": dt.date(2026, 3, 27)}))
    assert (same.has_changed(), other.has_changed()) == (False, True)


@pytest.mark.parametrize("value", [dt.date(2026, 3, 27), dt.datetime(2026, 3, 27, 9, 40, tzinfo=dt.UTC)])
def test_day_of_a_stored_value(value: dt.date) -> None:
    assert DayField().to_python(value) == dt.date(2026, 3, 27)
    assert DayParts.of(value) == DayParts("27", "3", "2026")


@pytest.mark.parametrize(
    ("typed", "amount"),
    [("3150", Decimal(3150)), ("£3,150.50", Decimal("3150.50")), (" 12 ", Decimal(12)), ("", None)],
)
def test_money_is_read_with_or_without_its_sign(typed: str, amount: Decimal | None) -> None:
    assert MoneyField(required=False).clean(typed) == amount


def test_money_shows_pence_only_where_there_are_pence() -> None:
    field = MoneyField()

    assert field.prepare_value(Decimal("3150.00")) == "3,150"
    assert field.prepare_value(Decimal("3150.5")) == "3,150.50"
    assert field.prepare_value("about £3") == "about £3"


def test_whole_number_is_read_with_commas() -> None:
    assert WholeNumberField().clean("1,200") == 1200
