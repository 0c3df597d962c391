import datetime as dt
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.template.loader import get_template
from django.test import RequestFactory

from contest_portal.core.quarters import Quarter
from contest_portal.ui import formats, gallery, macros
from contest_portal.ui.prose import prose
from contest_portal.ui.views import components
from tests.ui.pages import Reader, render

ERRORS = ["403", "404", "409", "500", "csrf", "maintenance"]


def gallery_page() -> str:
    request = RequestFactory().get("/components/")
    request.user = SimpleNamespace(is_authenticated=False)
    return components(request).content.decode()


def test_gallery_shows_every_component_within_the_policy() -> None:
    page = Reader(gallery_page())

    assert (page.refused, page.repeated, page.dangling) == ([], [], set())


@pytest.mark.parametrize("name", ERRORS)
def test_error_pages_need_nothing_but_their_template(name: str) -> None:
    html = get_template(f"errors/{name}.html").render()
    page = Reader(html)

    assert page.texts.count("OFFICIAL") == 2
    assert (page.refused, page.repeated, page.dangling) == ([], [], set())


def test_refusal_is_told_as_one_sentence() -> None:
    html = get_template("errors/409.html").render({"reason": "The return is accepted <already>."})

    assert "The return is accepted &lt;already&gt;." in html


def test_page_shows_the_highest_marking_at_head_and_foot() -> None:
    html = render('{% extends "layouts/page.html" %}', marking="OFFICIAL-SENSITIVE", navigation=[])

    assert Reader(html).texts.count("OFFICIAL-SENSITIVE") == 2
    assert html.count("portal-marking--official-sensitive") == 2


def test_breadcrumbs_start_at_home_and_vanish_where_there_are_none() -> None:
    steps = '{% breadcrumb "Roles" "account" %}{% breadcrumb "You" %}'
    source = f'{{% extends "layouts/page.html" %}}{{% block breadcrumbs %}}{steps}{{% endblock %}}'

    html = render(source, navigation=[])

    assert '<a class="govuk-breadcrumbs__link" href="/account/">Roles</a>' in html
    assert '<li class="govuk-breadcrumbs__list-item" aria-current="page">You</li>' in html
    assert Reader(html).texts.count("Home") == 1
    assert "govuk-breadcrumbs" not in render('{% extends "layouts/page.html" %}', navigation=[])


@pytest.mark.parametrize(
    ("level", "role", "title"),
    [
        (constants.SUCCESS, "alert", "Done"),
        (constants.ERROR, "alert", "Not done"),
        (constants.WARNING, "region", "Please note"),
        (constants.INFO, "region", "For information"),
    ],
)
def test_message_stands_in_a_banner_of_its_kind(level: int, role: str, title: str) -> None:
    html = render('{% include "ui/messages.html" %}', messages=[Message(level, "Activity <1> is logged.")])

    assert f'role="{role}"' in html
    assert Reader(html).texts == [title, "Activity <1> is logged."]


def test_history_link_names_the_record() -> None:
    record = SimpleNamespace(get_absolute_url=lambda: "/activities/7/", _meta=SimpleNamespace(verbose_name="activity"))

    assert 'href="/activities/7/history/">History of this activity</a>' in render("{% history_link it %}", it=record)


def test_progress_polls_only_where_there_is_an_address() -> None:
    source = '{% component "progress" label="Rendering" value=40 url=url %}'

    assert 'hx-get="/documents/1/progress" hx-trigger="every 1s"' in render(source, url="/documents/1/progress")
    assert "hx-get" not in render(source, url=None)


def test_component_escapes_text_and_html_that_nobody_vouched_for() -> None:
    html = render('{% component "inset_text" html=words %}{% component "button" text=words %}', words="<b>x</b>")

    assert "<b>" not in html


def test_component_around_other_content_keeps_it() -> None:
    html = render('{% componentblock "details" summary_text="Why?" %}<p>{{ w }}</p>{% endcomponentblock %}', w="<b>")

    assert "<p>&lt;b&gt;</p>" in html


def test_parameters_are_camel_case_without_none_and_texts_become_mappings() -> None:
    given = {"label": "Name", "form_group": {"after_input": None, "classes": "x"}, "attributes": {"data-a_b": "1"},
             "items": [{"text": "a", "hint": None}], "value": None}  # fmt: skip

    assert macros.parameters(given) == {
        "label": {"text": "Name"}, "formGroup": {"classes": "x"}, "attributes": {"data-a_b": "1"},
        "items": [{"text": "a"}],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("value", "html"),
    [
        ("Sent back", '<strong class="govuk-tag govuk-tag--orange">Sent back</strong>'),
        ("Something new", '<strong class="govuk-tag govuk-tag--grey">Something new</strong>'),
        (gallery.GalleryState("<A>", "turquoise"), '<strong class="govuk-tag govuk-tag--teal">&lt;A&gt;</strong>'),
        (None, ""),
    ],
)
def test_state_is_a_word_in_a_tag(value: object, html: str) -> None:
    assert render("{% status value %}", value=value) == html


def test_unknown_colour_is_refused() -> None:
    with pytest.raises(ValueError, match="“pinkish”"):
        render("{% status value %}", value=gallery.GalleryState("A", "pinkish"))


@pytest.mark.parametrize(
    ("filtered", "value", "words"),
    [
        ("day", dt.date(2026, 3, 7), "7 March 2026"),
        ("day", dt.datetime(2026, 6, 30, 23, 30, tzinfo=dt.UTC), "1 July 2026"),
        ("day", None, "Not recorded"),
        ("moment", dt.datetime(2026, 3, 27, 9, 5, tzinfo=dt.UTC), "27 March 2026 at 9:05am"),
        ("moment", dt.datetime(2026, 7, 27, 11, 0, tzinfo=dt.UTC), "27 July 2026 at 12:00pm"),
        ("moment", None, "Not recorded"),
        ("quarter", Quarter(2026, 2), "Q2 2026/27 (July to September 2026)"),
        ("quarter", None, "Not recorded"),
        ("pounds", Decimal("3150.00"), "£3,150"),
        ("pounds", Decimal("-0.5"), "-£0.50"),
        ("pounds", None, "Not recorded"),
        ("pounds", "withheld", "withheld"),
        ("number", 4310, "4,310"),
        ("number", 4310.5, "4,310.5"),
        ("number", Decimal(4000), "4,000"),
        ("number", "at least 4,310", "at least 4,310"),
        ("number", None, "Not recorded"),
    ],
)
def test_values_are_written_for_people(filtered: str, value: object, words: str) -> None:
    assert render(f"{{{{ value|{filtered} }}}}", value=value) == words


def test_text_that_is_no_number_is_left_as_it_is() -> None:
    assert formats.number("about 40") == "about 40"


def test_markdown_is_drawn_without_what_could_run() -> None:
    html = prose("## Head\n\n* one\n\n[x](javascript:alert(1)) <img src=x onerror=y> [y](https://example.org)")

    assert "<h2>Head</h2>" in html
    assert "<img" not in html
    assert 'href="javascript' not in html
    assert 'href="https://example.org"' in html
    assert prose("") == ""


def test_templates_carry_no_styles_or_scripts_of_their_own() -> None:
    """Those of documents are not shown by a browser."""
    found = [
        f"{path.name}: {refused}"
        for path in Path(settings.BASE_DIR, "templates").rglob("*.html")
        if path.parent.name != "document"
        for refused in Reader(path.read_text()).refused
    ]

    assert found == []
