"""The pages of the shapes of papers: read by all who read papers, changed by the secretary of their board."""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from contest_portal.accounts.models import User
from contest_portal.audit.acting import acting
from contest_portal.core.refusal import Refused
from reports.forms.shape_lines import front_in, front_lines, heading_lines, headings_in
from reports.models import PaperTemplate
from reports.workflow.paper_templates import save_template, start_version
from tests import make
from tests.cast import as_

pytestmark = pytest.mark.usefixtures("in_august")
DAY = dt.date(2026, 9, 1)
SECTION = {"title": "Protect", "letter": "B", "place": "1", "holds": "paragraphs", "numbering": "continuous"}


@pytest.fixture
def own(db: None) -> PaperTemplate:
    return make.paper_template("own", titles=("Performance", "Prevent"), board=make.board())


def again(template: PaperTemplate) -> PaperTemplate:
    return PaperTemplate.objects.get(pk=template.pk)


def address(name: str, template: PaperTemplate, *more: str) -> str:
    return reverse(name, args=[template.pk, *more])


def details(template: PaperTemplate, client: Any, **typed: Any) -> dict[str, Any]:
    """What the page carries, with what is typed in it."""
    form = client.get(address("paper_template_edit", template)).context["form"]
    found = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in found.items() if value is not None and value is not False} | typed


# --- a new version from a day ---------------------------------------------------------------------


def test_e1_a_new_version_ends_the_one_before_it_and_papers_keep_theirs(own: PaperTemplate, secretary: User) -> None:
    paper = make.paper(board=own.board, dated=dt.date(2026, 8, 20), template=own)
    client = as_(secretary)
    started = client.post(address("template_version_new", own), {"starts": "2026-09-01"}, follow=True)
    made = started.context["template"]

    assert (made.starts, made.board, made.sections) == (DAY, own.board, own.sections)
    assert again(own).ends == dt.date(2026, 8, 31)
    assert paper.template == own
    client.post(address("template_section_removal", made, "prevent"), {"version": made.version})
    assert [section["key"] for section in again(made).sections] == ["performance"]
    assert [section["key"] for section in again(own).sections] == ["performance", "prevent"]


def test_e1_everybodys_shape_goes_on_for_the_others(db: None, secretary: User) -> None:
    everybodys, other = PaperTemplate.objects.get(key="briefing-paper"), make.board("other", name="O", short_name="O")
    typed = {"board": make.board().pk, "starts": "2026-09-01"}

    as_(secretary).post(address("template_version_new", everybodys), typed)

    made = PaperTemplate.objects.get(board=make.board())
    offered = PaperTemplate.objects.offered_to
    assert again(everybodys).ends is None
    assert (made.shape, made.regime) == ("briefing-paper", "")
    assert offered(make.board(), DAY, to_meeting=False).get() == made
    assert offered(other, DAY, to_meeting=False).get() == everybodys


@pytest.mark.parametrize(
    ("starts", "sentence"),
    [
        ("2001-01-01", "The version before it starts on 1 January 2001. Choose a later day"),
        ("2026-08-01", "has its own version from 1 September 2026 already. Start from that one"),
    ],
)
def test_two_versions_of_one_shape_never_hold_on_one_day(
    own: PaperTemplate, secretary: User, starts: str, sentence: str
) -> None:
    with acting(secretary):
        start_version(own, board=own.board, starts=DAY, by=secretary)

    page = as_(secretary).post(address("template_version_new", own), {"starts": starts}).content.decode()

    assert sentence in page
    assert PaperTemplate.objects.filter(board=own.board).count() == 2


def test_a_board_that_ended_gets_no_new_version(secretary: User, own: PaperTemplate) -> None:
    own.board.ends = dt.date(2026, 7, 31)

    with acting(secretary), pytest.raises(Refused, match="ended on 31 July 2026"):
        start_version(own, board=own.board, starts=DAY, by=secretary)


def test_a_secretary_starts_and_changes_no_version_of_another_board(own: PaperTemplate, secretary: User) -> None:
    elsewhere = make.board("other", name="Other", short_name="O")
    foreign = make.paper_template("foreign", board=elsewhere)

    with acting(secretary), pytest.raises(Refused, match="Only the secretary of the Other"):
        save_template(foreign, by=secretary)
    with acting(secretary), pytest.raises(Refused, match="Only the secretary of the Other"):
        start_version(PaperTemplate.objects.get(key="briefing-paper"), board=elsewhere, starts=DAY, by=secretary)


# --- changing one ---------------------------------------------------------------------------------


def test_e1_a_version_that_a_paper_has_is_not_changed_any_more(own: PaperTemplate, secretary: User) -> None:
    make.paper(board=own.board, dated=DAY, template=own)
    client = as_(secretary)
    page = client.get(own.get_absolute_url()).content.decode()

    assert "Papers have this version and keep it as it is. Start a new version from a day." in page
    assert client.get(address("paper_template_edit", own)).status_code == 409
    assert client.get(address("template_section_edit", own, "prevent")).status_code == 409


def test_e1_head_and_foot_are_changed_in_a_plain_form(own: PaperTemplate, secretary: User) -> None:
    client = as_(secretary)
    typed = details(
        own, client, name="Briefing", series="Briefing", disclaimer="Nothing is to be decided.",
        front_lines="Subject | must\nKey decision | yes or no", contact_lines="Secretariat\nteam@board.demo.example",
        with_glossary="on",
    )  # fmt: skip
    typed.pop("decides")

    client.post(address("paper_template_edit", own), typed)

    found = again(own)
    assert (found.name, found.decides, found.disclaimer) == ("Briefing", False, "Nothing is to be decided.")
    assert found.contact == ["Secretariat", "team@board.demo.example"]
    assert found.with_glossary
    assert "Every paper ends with one" in client.get(found.get_absolute_url()).content.decode()
    assert found.front == [
        {"key": "subject", "label": "Subject", "answer": "words", "required": True},
        {"key": "key_decision", "label": "Key decision", "answer": "yes_no", "required": False},
    ]


def test_e1_sections_are_added_moved_changed_and_taken_out(own: PaperTemplate, secretary: User) -> None:
    client = as_(secretary)
    headings = "Legal | There are no legal implications.\nRisk"

    client.post(address("template_section_new", own), SECTION | {"version": own.version, "heading_lines": headings})
    added = again(own)
    client.post(
        address("template_section_edit", own, "prevent"),
        SECTION | {"title": "Prevent", "letter": "A", "nil": "Nothing new.", "version": added.version},
    )

    found = again(own).sections
    assert [(section["key"], section["letter"]) for section in found] == [
        ("prevent", "A"), ("protect", "B"), ("performance", ""),
    ]  # fmt: skip
    assert found[0]["nil"] == "Nothing new."
    assert found[1]["headings"] == [
        {"key": "legal", "title": "Legal", "nil": "There are no legal implications."},
        {"key": "risk", "title": "Risk", "nil": ""},
    ]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"letter": "C"}, "The letter C stands twice: before “Protect” and before “Prevent”"),
        ({"title": "Prevent"}, "Two sections are called “Prevent”"),
        ({"holds": "recommendations"}, "Papers of this shape ask for no decision"),
        ({"holds": "contact"}, "There is a section for the contact block, and the block has no lines"),
        ({"heading_lines": " | Nothing."}, "Line 1 has nothing before its bar"),
        ({"nil": "Nothing \U0001f600"}, "The portal cannot print"),
        ({"place": "none"}, "Place among the sections must be a whole number"),
        ({"version": "0"}, "Someone else changed this shape after you opened it"),
    ],
)
def test_e1_a_fault_of_a_section_is_said_beside_it_and_nothing_typed_is_lost(
    own: PaperTemplate, secretary: User, typed: dict[str, str], sentence: str
) -> None:
    own.decides, own.sections = False, [own.sections[0], own.sections[1] | {"letter": "C"}]
    with acting(secretary):
        own.save()

    page = as_(secretary).post(
        address("template_section_new", own), SECTION | {"version": own.version, "standing": "Kept words."} | typed
    ).content.decode()  # fmt: skip

    assert sentence in page
    assert "Kept words." in page
    assert len(again(own).sections) == 2


def test_the_last_section_stays(own: PaperTemplate, secretary: User) -> None:
    client = as_(secretary)
    client.post(address("template_section_removal", own, "prevent"), {"version": own.version})

    refused = client.post(address("template_section_removal", own, "performance"), {"version": again(own).version})

    assert "A shape has at least one section." in refused.content.decode()


def test_a_sub_heading_keeps_its_key_whether_it_is_moved_or_renamed() -> None:
    before = [{"key": "legal", "title": "Legal", "nil": ""}, {"key": "risk", "title": "Risk", "nil": "None."}]

    assert headings_in(heading_lines(before), before) == before
    assert [each["key"] for each in headings_in("Risk | None.\nLegal", before)] == ["risk", "legal"]
    assert [each["key"] for each in headings_in("Law\nRisk", before)] == ["legal", "risk"]
    assert [each["key"] for each in headings_in("Law\nLegal\nRisk", before)] == ["law", "legal", "risk"]


def test_front_matter_is_read_back_as_it_was_typed() -> None:
    typed = "Wards\nKey decision | yes or no | must\nEffective from | day"

    assert front_lines(front_in(typed, [])) == typed


# --- reading --------------------------------------------------------------------------------------


def test_everybody_who_reads_papers_reads_shapes_and_nobody_else_changes_them(
    own: PaperTemplate, member: User, outsider: User
) -> None:
    client = as_(member)
    page = client.get(own.get_absolute_url()).content.decode()

    assert "Where there is nothing to say: “Nothing is to be reported.”" in page
    assert "Start a new version" not in page
    assert client.get(address("paper_template_edit", own)).status_code == 403
    assert as_(outsider).get(own.get_absolute_url()).status_code == 403


def test_the_history_names_the_section_that_changed(own: PaperTemplate, secretary: User) -> None:
    own.sections = [own.sections[0] | {"nil": "All as it was."}, own.sections[1]]
    with acting(secretary):
        save_template(own, by=secretary)

    page = as_(secretary).get(address("paper_template_history", own)).content.decode()

    assert "Section “Performance”" in page
    assert "All as it was." in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_as_many_queries_for_three_more_as_for_one(
    db: None, secretary: User, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        make.paper_template(f"more-{number}", board=make.board())
    client = as_(secretary)

    with django_assert_num_queries(12):
        page = client.get(reverse("paper_templates"))

    assert len(page.context["templates"]) == 8 + count
