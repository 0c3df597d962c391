"""A paper while it is written: who sees it, its first draft, its blocks, its pages."""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from contest_portal.access.grants import open_to
from contest_portal.accounts.models import User
from contest_portal.audit.acting import acting
from contest_portal.core.refusal import Refused, Stale
from reports.models import Block, Paper
from reports.rendering.composition import compose
from reports.workflow.moving import move_block
from reports.workflow.papers import remove_block, save_block
from tests import cast, make
from tests.cast import as_, grant

pytestmark = pytest.mark.usefixtures("in_august")


def texts(paper: Paper, heading: str = "deliverables") -> list[str]:
    return [block.text for block in paper.blocks.filter(heading=heading, kind="paragraph")]


def sees(paper: Paper) -> set[str]:
    return {
        account
        for account in cast.PEOPLE
        if Paper.objects.visible_to(cast.person(account)).filter(pk=paper.pk).exists()
    }


READERS = set(cast.PEOPLE) - {"outsider", "admin"}


# --- who sees it ---------------------------------------------------------------------------------


def test_a_draft_is_for_the_boards_own_people_analysts_and_auditors(db: None) -> None:
    assert sees(make.paper()) == {"secretary", "analyst", "chair", "auditor"}


def test_an_author_sees_their_own_draft(prevent_lead: User) -> None:
    paper = make.paper(by=prevent_lead)

    assert sees(paper) == {"secretary", "analyst", "chair", "auditor", "prevent.lead"}
    assert paper.editable_by(prevent_lead)


def test_an_issued_paper_is_for_every_role(log: list[Any]) -> None:
    assert sees(make.issue().paper) == READERS


@pytest.mark.parametrize("axis", [{"part": "2"}, {"marking": "OFFICIAL-SENSITIVE"}])
def test_an_issued_paper_that_is_exempt_or_sensitive_is_for_the_board(log: list[Any], axis: dict[str, str]) -> None:
    paper = make.paper(part=axis.get("part", "1"))
    if "marking" in axis:
        make.block(paper, marking=axis["marking"])

    assert sees(make.issue(paper).paper) == {"secretary", "chair", "boardmember"}


def test_a_paper_can_be_opened_to_one_person_by_name(db: None, harrow_lead: User, secretary: User) -> None:
    paper, other = make.paper(), make.paper()

    with acting(secretary):
        open_to(harrow_lead, paper, "read_paper")

    assert as_(harrow_lead).get(paper.get_absolute_url()).status_code == 200
    assert as_(harrow_lead).get(other.get_absolute_url()).status_code == 404


def test_somebody_elses_draft_is_not_there(db: None, brent_lead: User, outsider: User) -> None:
    paper = make.paper()

    assert as_(brent_lead).get(paper.get_absolute_url()).status_code == 404
    assert as_(outsider).get(paper.get_absolute_url()).status_code == 403


def test_the_secretary_of_another_board_does_not_find_the_draft(db: None, outsider: User) -> None:
    paper = make.paper()
    with acting(User.objects.portal()):
        grant(outsider, "secretary", "board", "another-board", by=User.objects.portal())

    assert as_(outsider).get(paper.get_absolute_url()).status_code == 404
    assert as_(outsider).get(reverse("paper_issue", args=[paper.pk])).status_code == 404


# --- the first draft -----------------------------------------------------------------------------


FIRST_KINDS = [
    "paragraph",
    *("heading", "paragraph", "chart"),
    *("heading", "paragraph", "table"),
    *("heading", "nil") * 3,
]


def test_a_new_paper_says_what_figures_can_say(log: list[Any]) -> None:
    content, _ = compose(make.paper())

    sections = {section["letter"]: section for section in content["sections"]}
    kinds = [block["kind"] for block in sections["B"]["blocks"]]

    assert [section["title"] for section in content["sections"]] == [
        "Recommendation",
        "Supporting information",
        "Other organisational and community implications",
        "Background papers",
        "Contact details",
    ]
    assert kinds == FIRST_KINDS
    assert {block["kind"] for block in sections["C"]["blocks"]} == {"heading", "nil"}
    assert sections["A"]["blocks"][0]["html"].startswith("<p>That the Board note")
    assert [figure["key"] for figure in content["figures"]][:2] == ["activities", "returns_accepted"]


def test_three_figures_stand_in_one_sentence(log: list[Any]) -> None:
    content, named = compose(make.paper())
    sentence = next(
        b["html"] for b in content["sections"][1]["blocks"] if b["kind"] == "paragraph" and b["number"] == "2"
    )

    assert sentence.count('class="figure"') == 3
    for key in ("activities", "boroughs_active", "attendance"):
        assert f'href="figure:{named.number(key)}">{named.found[key].words}</a>' in sentence


def test_attendance_reads_at_least_when_any_part_of_it_does(log: list[Any]) -> None:
    _, named = compose(make.paper())

    assert named.found["attendance"].words.startswith(("at least", "about"))


def test_one_open_ended_count_makes_the_sentence_open_ended(db: None) -> None:
    make.activity(attendance=30)
    exact = compose(make.paper())[1].found["attendance"].words
    make.activity(attendance=200, attendance_qualifier="at_least")

    assert exact == "30"
    assert "at least 230</a> attendances" in str(compose(make.paper())[0])


def test_a_paper_is_made_through_its_page(log: list[Any], secretary: User) -> None:
    meeting = make.meeting()
    asked = {"meeting": meeting.pk, "title": "Q1 report", "by_line": "Director", "quarter": "2026-27-Q1", "part": "1"}

    response = as_(secretary).post(reverse("paper_new"), asked)

    paper = Paper.objects.get(title="Q1 report")
    assert response.headers["Location"] == paper.get_absolute_url()
    assert (paper.author, paper.meeting, paper.status) == (secretary, meeting, "draft")


def test_the_meeting_in_the_address_is_chosen_already(db: None, secretary: User) -> None:
    meeting = make.meeting()

    page = as_(secretary).get(reverse("paper_new"), {"meeting": meeting.pk}).content.decode()

    assert f'<option value="{meeting.pk}" selected>' in page


def test_a_secretary_writes_for_the_meetings_of_her_own_board(db: None, secretary: User, analyst: User) -> None:
    other = make.meeting(board=make.board("other-board", name="Other board", short_name="Other"))
    asked = {"meeting": other.pk, "title": "T", "by_line": "B", "quarter": "2026-27-Q1", "part": "1"}

    refused = as_(secretary).post(reverse("paper_new"), asked)
    allowed = as_(analyst).post(reverse("paper_new"), asked)

    assert "Choose the meeting from the list" in refused.content.decode()
    assert allowed.status_code == 302


@pytest.mark.parametrize("account", ["brent.lead", "member", "boardmember", "chair", "auditor", "admin"])
def test_others_do_not_write_papers(db: None, account: str) -> None:
    assert as_(cast.person(account)).get(reverse("paper_new")).status_code == 403


# --- the list ------------------------------------------------------------------------------------


def test_the_list_shows_what_each_person_may_see(log: list[Any], secretary: User, member: User) -> None:
    make.issue(make.paper(title="Issued one"))
    make.paper(title="Draft one")

    for person, expected in ((secretary, {"Issued one", "Draft one"}), (member, {"Issued one"})):
        shown = as_(person).get(reverse("papers")).context["page"].object_list
        assert {paper.title for paper in shown} == expected


def test_the_list_is_filtered_by_board_and_state(log: list[Any], secretary: User) -> None:
    make.issue(make.paper(title="Issued one"))
    make.paper(title="Draft one")

    def shown(**query: str) -> list[str]:
        return [paper.title for paper in as_(secretary).get(reverse("papers"), query).context["page"]]

    assert shown(status="draft") == ["Draft one"]
    assert shown(status="issued") == ["Issued one"]
    assert shown(board=cast.BOARD) == ["Issued one", "Draft one"]
    assert shown(board="no-such-board") == ["Issued one", "Draft one"]


def test_the_list_takes_as_many_queries_for_three_as_for_one(
    log: list[Any], secretary: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = as_(secretary)
    make.issue(make.paper(title="First"))
    client.get(reverse("papers"))
    with django_assert_num_queries(LIST_QUERIES):
        client.get(reverse("papers"))
    other = make.meeting(dt.date(2026, 11, 19))
    make.issue(make.paper(at=other, title="Second"))
    make.paper(at=other, title="Third")
    with django_assert_num_queries(LIST_QUERIES):
        client.get(reverse("papers"))


LIST_QUERIES = 12


# --- blocks --------------------------------------------------------------------------------------


def test_a_block_goes_last_under_its_heading_or_behind_another(db: None, secretary: User) -> None:
    paper = make.paper()
    Block.objects.filter(paper=paper, heading="deliverables", kind="chart")
    one, two = make.block(paper, "One."), make.block(paper, "Two.")

    assert texts(paper)[-2:] == ["One.", "Two."]
    assert two.position == one.position + 1


def test_moving_a_block_changes_order_and_numbers(db: None, secretary: User) -> None:
    paper = make.paper()
    make.block(paper, "One.", heading="partners")
    two = make.block(paper, "Two.", heading="partners")

    with acting(secretary):
        move_block(two, "up", by=secretary)
        move_block(two, "up", by=secretary)

    content, _ = compose(paper)
    numbered = [(b["number"], b["html"]) for b in content["sections"][1]["blocks"] if "number" in b]
    assert numbered[-2:] == [("6", "<p>Two.</p>"), ("7", "<p>One.</p>")]


def test_a_block_put_under_another_heading_stands_last_there(db: None, secretary: User) -> None:
    paper = make.paper()
    moved = make.block(paper, "Moved.", heading="partners")
    make.block(paper, "There.", heading="future_risks")

    moved.heading = "future_risks"
    with acting(secretary):
        save_block(moved, by=secretary)

    assert texts(paper, "future_risks") == ["There.", "Moved."]


def test_a_removed_block_is_gone_and_kept_in_the_history(db: None, secretary: User) -> None:
    paper = make.paper()
    block = make.block(paper, "Taken back.")
    client = as_(secretary)

    client.post(reverse("block_removal", args=[paper.pk, block.pk]), {"version": block.version})

    assert not Block.objects.filter(pk=block.pk).exists()
    assert "Taken back." in client.get(reverse("paper_history", args=[paper.pk])).content.decode()


def test_a_block_that_changed_meanwhile_is_not_removed(db: None, secretary: User) -> None:
    paper = make.paper()
    block = make.block(paper, "Old.")
    seen = block.version
    block.text = "New."
    with acting(secretary):
        save_block(block, by=secretary)

    with acting(secretary), pytest.raises(Stale):
        remove_block(block, version=seen, by=secretary)


def test_the_paper_has_the_highest_marking_of_its_blocks(db: None, secretary: User) -> None:
    paper = make.paper()
    sensitive = make.block(paper, marking="OFFICIAL-SENSITIVE")
    assert Paper.objects.get(pk=paper.pk).marking == "OFFICIAL-SENSITIVE"

    with acting(secretary):
        remove_block(sensitive, version=sensitive.version, by=secretary)

    assert Paper.objects.get(pk=paper.pk).marking == "OFFICIAL"


def test_a_sensitive_draft_shows_its_marking_and_leaves_a_record(db: None, secretary: User) -> None:
    paper = make.paper()
    make.block(paper, marking="OFFICIAL-SENSITIVE")

    page = as_(secretary).get(paper.get_absolute_url()).content.decode()

    assert "portal-marking--official-sensitive" in page
    assert list(secretary.access_records.values_list("action", flat=True)) == ["read"]


def new_block(paper: Paper, **place: str) -> str:
    query = {"section": "supporting", "heading": "partners", "kind": "paragraph"} | place
    return reverse("block_new", args=[paper.pk]) + "?" + "&".join(f"{name}={value}" for name, value in query.items())


ANSWER = {"place": "supporting/partners", "marking": "OFFICIAL"}


def test_a_block_is_added_through_its_page(db: None, secretary: User) -> None:
    paper = make.paper()

    as_(secretary).post(new_block(paper), ANSWER | {"text": "Three boroughs and [[attendance]]."})

    assert texts(paper, "partners") == ["Three boroughs and [[attendance]]."]


def test_an_unknown_figure_is_refused_beside_the_field_with_the_keys_there_are(db: None, secretary: User) -> None:
    paper = make.paper()

    page = as_(secretary).post(new_block(paper), ANSWER | {"text": "With [[attendence]]."}).content.decode()

    assert (
        "There is no figure called [[attendence]]. These can stand in a sentence: [[quarter]], [[activities]]" in page
    )
    assert "With [[attendence]]." in page
    assert texts(paper, "partners") == []


def test_a_table_is_no_word_of_a_sentence(db: None, secretary: User) -> None:
    page = as_(secretary).post(new_block(make.paper()), ANSWER | {"text": "See [[activities_by_borough]]."})

    assert "[[activities_by_borough]] is a table. Add it as a table or chart of its own." in page.content.decode()


def test_a_figure_is_put_into_the_text_without_script(db: None, secretary: User) -> None:
    paper = make.paper()
    asked = ANSWER | {"text": "Attended by", "insert_figure": "attendance"}

    page = as_(secretary).post(new_block(paper), asked).content.decode()

    assert "Attended by [[attendance]]" in page
    assert texts(paper, "partners") == []


def test_a_preview_saves_nothing(log: list[Any], secretary: User) -> None:
    paper = make.paper()

    page = as_(secretary).post(new_block(paper), ANSWER | {"text": "With **[[activities]]**", "preview": "1"})

    assert '<strong><a class="figure"' in page.content.decode()
    assert texts(paper, "partners") == []


@pytest.mark.parametrize(
    "place",
    [
        {"section": "nowhere"},
        {"heading": "nowhere"},
        {"kind": "nothing"},
        {"section": "recommendation", "heading": "", "kind": "paragraph"},
    ],
)
def test_there_is_no_block_for_a_place_that_does_not_take_it(db: None, secretary: User, place: dict[str, str]) -> None:
    assert as_(secretary).get(new_block(make.paper(), **place)).status_code == 404


def test_a_recommendation_does_not_say_that_twice(db: None, secretary: User) -> None:
    paper = make.paper()
    address = new_block(paper, section="recommendation", heading="", kind="recommendation")

    as_(secretary).post(address, {"place": "recommendation/", "marking": "OFFICIAL", "text": "That the Board agree."})

    assert paper.blocks.filter(kind="recommendation").last().text == "the Board agree."


def test_a_chart_is_chosen_among_figures_that_have_one(db: None, secretary: User) -> None:
    paper = make.paper()
    address = new_block(paper, kind="chart")

    refused = as_(secretary).post(address, ANSWER | {"figure": "activities_by_borough"})
    as_(secretary).post(address, ANSWER | {"figure": "activities_trend"})

    assert "Choose the figure from the list" in refused.content.decode()
    assert [block.figure for block in paper.blocks.filter(heading="partners")] == ["activities_trend"]


def test_a_block_is_reached_through_its_own_paper_only(db: None, secretary: User) -> None:
    block, other = make.block(make.paper()), make.paper()

    for name in ("block_edit", "block_removal"):
        assert as_(secretary).get(reverse(name, args=[other.pk, block.pk])).status_code == 404
    moved = as_(secretary).post(reverse("block_move", args=[other.pk, block.pk]), {"direction": "up"})
    assert moved.status_code == 404


# --- two people at one text ----------------------------------------------------------------------


def edit(person: User, block: Block, **answers: str) -> Any:
    return as_(person).post(reverse("block_edit", args=[block.paper_id, block.pk]), ANSWER | answers)


def carried(page: Any) -> dict[str, str]:
    """What the page carries about what its person saw."""
    return {name: str(page.context["form"][name].value()) for name in ("version", "opened")}


def seen_by(person: User, block: Block) -> dict[str, str]:
    return carried(as_(person).get(reverse("block_edit", args=[block.paper_id, block.pk])))


def test_a_stale_save_shows_both_texts_and_loses_neither(db: None, secretary: User, analyst: User) -> None:
    block = make.block(make.paper(), "Before.")
    seen = seen_by(secretary, block)
    edit(analyst, block, text="Theirs.", **seen, place="supporting/deliverables")

    page = edit(secretary, block, text="Mine.", **seen, place="supporting/deliverables")

    shown = page.content.decode()
    assert "Theirs." in shown
    assert "Mine." in shown
    assert str(analyst) in shown
    assert Block.objects.get(pk=block.pk).text == "Theirs."

    place = {"place": "supporting/deliverables"}
    again = edit(secretary, block, text="Mine.", **carried(page), **place, **{"text-merge": "box"})

    assert again.status_code == 302
    assert Block.objects.get(pk=block.pk).text == "Mine."


def test_a_block_that_was_only_moved_is_no_conflict(db: None, secretary: User, analyst: User) -> None:
    paper = make.paper()
    block = make.block(paper, "Before.", heading="partners")
    make.block(paper, "Other.", heading="partners")
    seen = seen_by(secretary, block)
    with acting(analyst):
        move_block(block, "down", by=analyst)

    assert edit(secretary, block, text="After.", **seen, place="supporting/partners").status_code == 302
    assert Block.objects.get(pk=block.pk).text == "After."


def test_two_people_at_the_summary_lose_nothing_either(db: None, secretary: User, analyst: User) -> None:
    paper = make.paper()
    address = reverse("paper_edit", args=[paper.pk])
    first = as_(secretary).get(address)
    answers = {"title": paper.title, "by_line": paper.by_line, "meeting": paper.meeting_id, "quarter": "2026-27-Q1"}
    answers |= {"part": "1"} | carried(first)
    as_(analyst).post(address, answers | {"summary": "Theirs."})

    page = as_(secretary).post(address, answers | {"summary": "Mine."}).content.decode()

    assert "Theirs." in page
    assert "Mine." in page
    assert Paper.objects.get(pk=paper.pk).summary == "Theirs."


# --- after issue ---------------------------------------------------------------------------------


def test_an_issued_paper_is_not_changed(log: list[Any], secretary: User) -> None:
    paper = make.issue().paper
    block = paper.blocks.filter(kind="paragraph").first()
    client = as_(secretary)
    addresses = [reverse("paper_edit", args=[paper.pk]), new_block(paper)]
    addresses += [reverse(name, args=[paper.pk, block.pk]) for name in ("block_edit", "block_removal", "block_move")]

    for address in addresses:
        page = client.post(address, {"text": "New."})
        assert page.status_code == 409
        assert "This paper was issued as Report" in page.content.decode()
    with acting(secretary), pytest.raises(Refused):
        save_block(block, by=secretary)


def test_how_a_paper_was_made_is_not_for_its_readers(log: list[Any], member: User, chair: User) -> None:
    paper = make.issue().paper
    address = reverse("paper_history", args=[paper.pk])

    assert as_(member).get(paper.get_absolute_url()).status_code == 200
    assert as_(member).get(address).status_code == 404
    assert as_(chair).get(address).status_code == 200


def test_the_page_of_removal_sends_what_it_shows(db: None, secretary: User) -> None:
    paper = make.paper()
    block = make.block(paper, "Taken back.")
    client, address = as_(secretary), reverse("block_removal", args=[paper.pk, block.pk])

    page = client.get(address).content.decode()

    assert f'name="version" value="{block.version}"' in page
    assert "Taken back." in page
    assert f'href="{block.get_absolute_url()}"' in page
