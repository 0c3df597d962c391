import django_filters
import pytest
from django import forms
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import QueryDict

from contest_portal.ui.fields import DayField
from tests.ui.pages import Reader, render


class DayFilter(django_filters.DateFilter):
    field_class = DayField


class Filter(django_filters.FilterSet):
    words = django_filters.CharFilter(label="Words")
    strand = django_filters.MultipleChoiceFilter(
        label="Strand", choices=[("prevent", "Prevent"), ("prepare", "Prepare")]
    )
    borough = django_filters.MultipleChoiceFilter(label="Borough", choices=[(str(n), f"B{n}") for n in range(33)])
    state = django_filters.ChoiceFilter(label="State", choices=[("planned", "Planned")])
    since = DayFilter(label="Since")


def panel(query: str) -> str:
    data = QueryDict(query)
    return render("{% filters filter %}", f"/list/?{query}", filter=Filter(data, queryset=QuerySet()))


def test_each_chosen_value_is_removed_on_its_own_and_the_rest_stays() -> None:
    html = panel("strand=prevent&strand=prepare&words=school&page=3")

    assert 'href="?strand=prepare&amp;words=school"' in html
    assert 'href="?strand=prevent&amp;words=school"' in html
    assert 'href="?strand=prevent&amp;strand=prepare"' in html
    assert {"Strand: Prevent", "Strand: Prepare", "Words: school", "3 chosen"} <= set(Reader(html).texts)


def test_last_chosen_value_leads_back_to_the_whole_list() -> None:
    assert '<a class="portal-chip" href="/list/">' in panel("words=school")


def test_chosen_day_is_said_in_words_and_removed_whole() -> None:
    html = panel("since-day=27&since-month=3&since-year=2026&words=school")

    assert "Since: 27 March 2026" in Reader(html).texts
    assert 'href="?words=school"' in html
    assert "Since: 31 2 2026" in Reader(panel("since-day=31&since-month=2&since-year=2026")).texts


def test_panel_works_without_a_script_and_names_nothing_optional() -> None:
    html = panel("")
    page = Reader(html)

    assert 'action="/list/" method="get"' in html
    assert "(optional)" not in html
    assert "All" in page.texts
    assert "Chosen filters" not in page.texts
    assert (page.refused, page.repeated, page.dangling) == ([], [], set())


def test_long_group_is_folded_until_something_in_it_is_chosen() -> None:
    assert panel("").count('<details class="portal-filter__group" open>') == 1
    assert panel("borough=7").count('<details class="portal-filter__group" open>') == 2


class Boxes(django_filters.FilterSet):
    state = django_filters.MultipleChoiceFilter(
        label="State", choices=[("draft", "Draft"), ("issued", "Issued")], widget=forms.CheckboxSelectMultiple
    )
    sort = django_filters.ChoiceFilter(
        label="Order", choices=[("new", "Newest")], widget=forms.RadioSelect, empty_label=None
    )


def test_several_answers_are_ticked_and_one_of_several_is_chosen() -> None:
    html = render("{% filters filter %}", "/list/", filter=Boxes(QueryDict("state=draft"), queryset=QuerySet()))

    assert (html.count('type="checkbox"'), html.count('type="radio"')) == (2, 1)


@pytest.mark.parametrize(
    ("count", "page", "words"),
    [
        (0, 1, "No activities"),
        (38, 1, "Showing 1 to 25 of 38 activities"),
        (38, 2, "Showing 26 to 38 of 38 activities"),
        (4310, 1, "Showing 1 to 25 of 4,310 activities"),
    ],
)
def test_list_says_what_it_shows(count: int, page: int, words: str) -> None:
    html = render('{% pagination page "activities" %}', page=Paginator(range(count), 25).page(page))

    assert Reader(html).texts[0] == words


def test_list_without_a_noun_speaks_of_results() -> None:
    assert "of 3 results" in render("{% pagination page %}", page=Paginator(range(3), 25).page(1))


def test_pages_keep_the_filters_and_one_page_needs_no_links() -> None:
    html = render("{% pagination page %}", "/list/?strand=prevent&page=2", page=Paginator(range(300), 25).page(2))

    assert 'href="?strand=prevent&amp;page=3" rel="next"' in html
    assert 'href="?strand=prevent&amp;page=1" rel="prev"' in html
    assert "&ctdot;" in html
    assert "<nav" not in render("{% pagination page %}", page=Paginator(range(3), 25).page(1))
