"""Papers of a board: to a meeting and numbered by its agenda, or with a date and a serial of their own."""

import datetime as dt
from typing import Any

import pytest
from django.db.models.functions import Now
from django.test import Client
from django.urls import reverse

from contest_portal.accounts.models import User
from contest_portal.audit.acting import acting
from contest_portal.core.refusal import Refused
from reports.models import Document, Paper, PaperTemplate, Publication
from reports.rendering import store
from reports.workflow.papers import create_paper
from reports.workflow.publishing import publish_paper, why_late
from tests import make
from tests.cast import as_

pytestmark = pytest.mark.usefixtures("in_august")
TYPED = {"title": "Protection of crowded places", "by_line": "Clerk", "quarter": "2026-27-Q1", "part": "1"}


@pytest.fixture
def briefing(db: None) -> PaperTemplate:
    return make.paper_template("test-briefing", board=make.board(), shape="briefing-paper")


def of_day(day: dt.date, template: PaperTemplate, **values: Any) -> Paper:
    return make.paper(board=make.board(), dated=day, template=template, **values)


def issued(day: dt.date, template: PaperTemplate, **values: Any) -> Any:
    return make.issue(of_day(day, template, **values))


# --- numbers --------------------------------------------------------------------------------------


def test_edge_10_a_serial_of_the_year_is_no_day_and_counts_on(db: None, member: User) -> None:
    template = make.paper_template("mpa-2009", starts=dt.date(2009, 1, 1), first_number=23)
    first, second = issued(dt.date(2009, 9, 2), template), issued(dt.date(2009, 9, 1), template, title="Second")
    later = issued(dt.date(2010, 1, 20), template, title="Of 2010")

    assert [(issue.year, issue.serial) for issue in (first, second, later)] == [(2009, 23), (2009, 24), (2010, 1)]
    assert [issue.number for issue in (first, second)] == ["23/2009 (23/09)", "24/2009 (24/09)"]
    assert str(second) == "Briefing paper 24/2009 (24/09): Second"
    assert first.item is None
    listed = as_(member).get(reverse("papers")).context["page"].object_list
    assert [paper.issue for paper in listed] == [later, second, first]


@pytest.mark.parametrize("words", ["23/09", "23/2009", "briefing 23 of 2009", "Briefing paper 23/2009"])
def test_edge_10_the_list_finds_it_however_the_number_is_written(db: None, member: User, words: str) -> None:
    template = make.paper_template("mpa-2009", starts=dt.date(2009, 1, 1), first_number=23)
    wanted, _ = issued(dt.date(2009, 9, 2), template), issued(dt.date(2009, 9, 3), template)
    of_day(dt.date(2009, 9, 23), template)

    found = as_(member).get(reverse("papers"), {"words": words}).context["page"].object_list

    assert [paper.pk for paper in found] == [wanted.paper_id]


def test_a_running_serial_never_starts_again_and_has_its_letters(db: None, member: User) -> None:
    decision = {"scheme": "running", "series": "Decision", "prefix": "PCD", "first_number": 740}
    template = make.paper_template("test-decision", **decision)
    first, second = issued(dt.date(2026, 3, 2), template), issued(dt.date(2027, 3, 2), template)
    found = as_(member).get(reverse("papers"), {"words": "PCD 741"}).context["page"].object_list

    assert [issue.numbered for issue in (first, second)] == ["Decision PCD 740", "Decision PCD 741"]
    assert [paper.issue for paper in found] == [second]


def test_bodies_and_series_count_for_themselves_and_versions_of_a_shape_go_on(db: None) -> None:
    briefing, other = make.paper_template("everybodys"), make.paper_template("newer")
    day, board = dt.date(2026, 9, 2), make.board("other-board", name="Other board", short_name="Other")
    here = issued(day, briefing), issued(day, other)
    elsewhere = make.issue(make.paper(board=board, dated=day, template=briefing), by=make.secretary_of(board))

    assert [issue.serial for issue in (*here, elsewhere)] == [1, 2, 1]


# --- what names it --------------------------------------------------------------------------------


def test_every_name_of_it_has_its_number_and_its_own_date(briefing: PaperTemplate, secretary: User) -> None:
    issue = issued(dt.date(2026, 9, 2), briefing)
    page = as_(secretary).get(issue.paper.get_absolute_url()).content.decode()

    assert issue.content["paper"]["abstract"] == (
        "Briefing paper 1/2026 (1/26) of the London CONTEST Board, 2 September 2026"
    )
    assert "<dt>Briefing paper:</dt><dd>1/2026 (1/26)</dd>" in page
    assert {document.filename for document in issue.documents.all()} == {
        "london-contest-board-2026-09-02-briefing-paper-1-2026-OFFICIAL.pdf",
        "london-contest-board-2026-09-02-briefing-paper-1-2026-public-OFFICIAL.pdf",
    }
    assert "already issued as Briefing paper 1/2026" in issue.paper.why_not_issue(secretary)


def test_it_is_published_without_notice(briefing: PaperTemplate, secretary: User) -> None:
    issue = issued(dt.date(2026, 8, 2), briefing)
    for document in issue.documents.all():
        Document.objects.claim(document.pk).finish(sha256=store.keep(b"%PDF"), size=4, ready_at=Now())
    with acting(secretary):
        made = publish_paper(issue, by=secretary)
    visitor, board = Client(), issue.paper.board.key
    pages = [reverse("published_board", args=[board]), made.get_absolute_url(), reverse("published_hashes")]

    assert (why_late(issue, dt.date(2026, 8, 3)), Publication.objects.get().due) == ("", None)
    assert all("Briefing paper 1/2026 (1/26)" in visitor.get(page).content.decode() for page in pages)
    assert b"Meeting of" not in visitor.get(pages[0]).content
    assert (
        b"no notice has to be left"
        in as_(secretary).get(reverse("paper_publication", args=[of_other(briefing).paper_id])).content
    )
    assert b"Briefing paper 1/2026 (1/26) of the" in visitor.get(reverse("published_feed", args=[board])).content
    assert b"1/2026 (1/26)" in visitor.get(reverse("published_hashes_csv")).content


def of_other(template: PaperTemplate) -> Any:
    issue = issued(dt.date(2026, 8, 2), template)
    document = issue.documents.get(rendition="public")
    Document.objects.claim(document.pk).finish(sha256=store.keep(b"%PDF"), size=4, ready_at=Now())
    return issue


# --- writing one ----------------------------------------------------------------------------------


def test_a_paper_without_a_meeting_has_its_board_its_date_and_a_shape_for_it(
    briefing: PaperTemplate, secretary: User
) -> None:
    board = make.board()
    day = {"dated-day": "2", "dated-month": "9", "dated-year": "2026"}

    as_(secretary).post(reverse("paper_new"), TYPED | day | {"board": board.pk})

    paper = Paper.objects.get()
    assert (paper.board, paper.meeting, paper.day, paper.template) == (board, None, dt.date(2026, 9, 2), briefing)


def test_where_several_shapes_hold_on_the_day_one_is_chosen(briefing: PaperTemplate, secretary: User) -> None:
    make.paper_template("ended", ends=dt.date(2026, 9, 1))
    other = make.paper_template("other")
    typed = TYPED | {"board": make.board().pk, "dated": "2026-09-02"}

    asked = as_(secretary).post(reverse("paper_new"), typed)
    as_(secretary).post(reverse("paper_new"), typed | {"template": other.pk})

    assert set(asked.context["form"].fields["template"].queryset) == {briefing, other}
    assert "Choose the shape" in asked.content.decode()
    assert Paper.objects.get().template == other


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({}, "Choose a meeting, or the board whose paper it is"),
        ({"board": True}, "Enter the date of the paper"),
        ({"meeting": True, "dated": "2026-09-02"}, "A paper to a meeting has the date of the meeting"),
        ({"board": True, "dated": "1999-09-02"}, "No shape of paper holds on that day"),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_is_kept(
    briefing: PaperTemplate, secretary: User, typed: dict[str, Any], sentence: str
) -> None:
    meeting = make.meeting()
    rows = {"board": meeting.board.pk, "meeting": meeting.pk}
    typed = {name: rows[name] if value is True else value for name, value in typed.items()}

    page = as_(secretary).post(reverse("paper_new"), TYPED | typed).content.decode()

    assert sentence in page
    assert TYPED["title"] in page


def test_the_quarters_paper_is_started_in_the_shape_that_is_chosen_where_several_go_to_meetings(
    db: None, secretary: User
) -> None:
    meeting, address = make.meeting(), reverse("paper_start")
    typed = {"meeting": meeting.pk, "quarter": "2026-27-Q1"}
    one = as_(secretary).get(address, {"meeting": meeting.pk}).context["form"].fields
    other = make.paper_template("other", scheme="agenda", series="Report")

    asked = as_(secretary).post(address, typed)
    several = as_(secretary).get(address, {"meeting": meeting.pk}).context["form"].fields
    as_(secretary).post(address, typed | {"template": other.pk})

    assert ("template" in one, "template" in several) == (False, True)
    assert "Choose the shape" in asked.content.decode()
    assert Paper.objects.get().template == other


def test_a_shape_for_meetings_is_none_for_a_paper_without_one(briefing: PaperTemplate, secretary: User) -> None:
    with acting(secretary), pytest.raises(Refused, match="No such shape"):
        create_paper(
            meeting=make.meeting(), template=briefing, title="T", by_line="B", quarter=make.QUARTER, by=secretary
        )


def test_a_date_of_its_own_is_changed_with_the_details(briefing: PaperTemplate, secretary: User) -> None:
    paper = of_day(dt.date(2026, 9, 2), briefing)
    form = as_(secretary).get(reverse("paper_edit", args=[paper.pk])).context["form"]

    assert {"meeting", "board", "template"} & set(form.fields) == set()
    as_(secretary).post(
        reverse("paper_edit", args=[paper.pk]),
        TYPED | {"summary": "News", "dated": "2026-09-04", "version": paper.version, "opened": form["opened"].value()},
    )
    assert Paper.objects.get().day == dt.date(2026, 9, 4)
