"""Leap 10, as known on a day: dashboards, lists, roster and returns read from history, never from today's rows."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from boards.models import SeatHolder
from boroughs.models import Organisation
from contest_portal.accounts.models import User
from contest_portal.audit.acting import acting
from contest_portal.audit.looking_back import looking_back
from contest_portal.audit.models import AccessRecord
from reports.figures import FIGURES, figure, passport
from reports.models import QuarterlyReturn, ReleasedFigure, ReturnStatus
from strands.figures.known import Known
from strands.models import Activity, ActivityShare
from tests import cast, make
from tests.boards.test_board import _seat
from tests.cast import BRENT, HARROW, as_
from tests.reports.figure_log import CAMDEN, IN_AUGUST, accept, submit
from tests.strands.planned import deliverable, put_off

pytestmark = pytest.mark.usefixtures("in_august")
DAY = IN_AUGUST.date()
LATER = dt.datetime(2026, 8, 5, 9, 0, tzinfo=dt.UTC)
THEN = {"as_at": DAY.isoformat()}


def changed(row: Any, **values: Any) -> None:
    found = type(row).objects.get(pk=row.pk)
    for name, value in values.items():
        setattr(found, name, value)
    with acting(cast.person("brent.lead")):
        found.save()


def text(response: Any) -> str:
    assert response.status_code == 200
    return " ".join(response.content.decode().split("<main")[1].split("</main>")[0].split())


def in_every_way(log: list[Activity]) -> None:
    """Two days later: another count, one cancelled, one sensitive, one moved to another quarter, joint and no longer
    joint, one more, one that belongs to another strand, and one return more."""
    changed(log[0], attendance=999)
    changed(log[1], status="cancelled", status_reason="Entered by mistake")
    changed(log[2], marking="OFFICIAL-SENSITIVE")
    changed(log[3], starts=dt.date(2026, 2, 1), strand_id="protect")
    with acting(cast.person("harrow.lead")):
        ActivityShare.objects.get(activity=log[4], borough=CAMDEN).delete()
        ActivityShare(activity=log[5], borough_id=BRENT, percent=1).save()
    make.activity(attendance=4000, cost_actual=7)
    accept(HARROW)


@pytest.fixture
def issued(log: list[Activity]) -> dict[str, dict[str, tuple[int | None, str]]]:
    """What a paper printed of every figure, by key and cell; and since then everything has changed."""
    accept(BRENT)
    paper = make.paper()
    for key, definition in FIGURES.items():
        kind = "table" if definition.rows else "paragraph"
        make.block(
            paper, text="" if definition.rows else f"[[{key}]]", kind=kind, figure=key if definition.rows else ""
        )
    released = ReleasedFigure.objects.filter(issue=make.issue(paper))
    found: dict[str, dict[str, tuple[int | None, str]]] = {}
    for each in released:
        found.setdefault(each.figure, {})[each.cell] = (each.value, each.qualifier)
    with time_machine.travel(LATER, tick=False):
        in_every_way(log)
    return found


def test_f8_every_figure_of_a_day_equals_what_a_paper_of_that_day_printed(issued: dict[str, Any]) -> None:
    with time_machine.travel(LATER, tick=False):
        then = Known.on(DAY)
        for key in FIGURES:
            found = figure(key, make.QUARTER, then)
            assert {cell: (value, word) for cell, value, word in found.released_cells()} == issued[key], key
            assert found.standing.words == "Provisional: 1 of 33 returns accepted"
        today = {key: figure(key, make.QUARTER) for key in FIGURES}
    moved = {
        key for key, found in today.items() if {cell: (n, q) for cell, n, q in found.released_cells()} != issued[key]
    }
    assert moved == set(FIGURES)


def test_f8_the_dashboard_says_of_which_day_it_is_and_leads_on_to_that_day(
    issued: dict[str, Any], member: User
) -> None:
    with time_machine.travel(LATER, tick=False):
        client = as_(member)
        shown = client.get(reverse("dashboards"), THEN)
        assert [each.words for each in shown.context["key_numbers"]][:2] == ["6", "about 326"]
        html = text(shown)
        assert "As known on 3 August 2026" in html
        for link in ("figures/attendance/", "figures/activities_by_borough/table.csv"):
            assert f"{link}?quarter={make.QUARTER.key}&amp;as_at=2026-08-03" in html
        assert '<input type="hidden" name="as_at" value="2026-08-03">' in html
        assert f'href="{reverse("returns_board")}?as_at=2026-08-03"' in html

        page = text(client.get(reverse("figure_rows", args=["attendance"]), THEN))
        assert "about 326" in page
        assert "Entered by mistake" not in page
        file = client.get(reverse("figure_csv", args=["attendance"]), THEN)
        assert "326,about,about 326" in file.content.decode()
        assert "as-known-on-2026-08-03" in file["Content-Disposition"]
        assert client.get(reverse("figure_csv", args=["attendance"]), {"as_at": "soon"}).status_code == 404


def test_f8_rows_of_a_day_go_by_todays_rights_and_markings(issued: dict[str, Any], log: list[Activity]) -> None:
    """The exercise has become sensitive since: it counts in the number that was printed, and is listed for its own."""
    with time_machine.travel(LATER, tick=False):
        behind = passport("attendance", make.QUARTER, known=Known.on(DAY))
        listed = {name: behind.as_seen_by(cast.person(name)) for name in ("member", "brent.lead", "harrow.lead")}
    assert behind.total_words == "about 326"
    assert {row.title for row in behind.rows} == {"Workshop for school staff"}
    for name, seen in listed.items():
        assert (log[2].pk in {row.activity_id for row in seen.rows}) == (name == "brent.lead")
        assert str(seen.total) == "about 326"


def test_f8_what_became_sensitive_since_marks_the_page_and_the_file_of_whoever_reads_it(issued: dict[str, Any]) -> None:
    with time_machine.travel(LATER, tick=False):
        for name, marking in (("brent.lead", "OFFICIAL-SENSITIVE"), ("member", "OFFICIAL")):
            client = as_(cast.person(name))
            assert client.get(reverse("figure_rows", args=["attendance"]), THEN).context["marking"] == marking
            file = client.get(reverse("figure_rows_csv", args=["attendance"]), THEN).content.decode("utf-8-sig")
            assert f"Marking,{marking}\r\n" in file
    assert AccessRecord.objects.count() == 1


def test_f8_the_list_of_a_day_is_stricter_of_both_markings(issued: dict[str, Any], log: list[Activity]) -> None:
    with time_machine.travel(LATER, tick=False):
        query = {**THEN, "quarter": make.QUARTER.key}
        pages = {name: as_(cast.person(name)).get(reverse("activities"), query) for name in ("member", "brent.lead")}
        file = as_(cast.person("member")).get(reverse("activities_csv"), query).content.decode()
        sensitive = as_(cast.person("brent.lead")).get(reverse("activities"), query | {"marking": "OFFICIAL-SENSITIVE"})
    member, lead = ({row.pk: row for row in page.context["page"]} for page in pages.values())
    assert log[2].pk not in member
    assert lead[log[2].pk].marking == "OFFICIAL-SENSITIVE"
    assert {row.title for row in sensitive.context["page"]} == {"Sensitive", "Workshop for school staff"}
    for rows in (member, lead):
        assert rows[log[0].pk].attendance == 200
        assert rows[log[1].pk].status == "delivered"
        assert len(rows[log[4].pk].shares_beside_the_lead) == 2
        assert all(row.attendance != 4000 for row in rows.values())
    assert log[3].pk in member
    assert log[0].reference in file
    assert log[2].reference not in file
    html = text(pages["member"])
    assert "As known on 3 August 2026" in html
    assert '<input type="hidden" name="as_at" value="2026-08-03">' in html
    assert "Log an activity" not in text(pages["brent.lead"])


def test_f8_deliverables_of_a_day_have_the_dates_and_slips_of_that_day(member: User, secretary: User) -> None:
    found = deliverable(dt.date(2026, 8, 31))
    with time_machine.travel(LATER, tick=False):
        put_off(found, dt.date(2026, 12, 31), "The printer was late.")
        deliverable(title="Another")
        client = as_(member)
        then = client.get(reverse("deliverables"), THEN)
        (line,) = then.context["page"]
        assert (line.due, line.dates, line.is_late) == ("31 August 2026", "", False)
        assert "The printer was late." not in client.get(reverse("deliverables_csv"), THEN).content.decode()
        assert len(client.get(reverse("deliverables")).context["page"]) == 2
        assert "Enter a deliverable" not in text(as_(secretary).get(reverse("deliverables"), THEN))


def test_f8_the_roster_of_a_day_is_what_was_entered_by_then(member: User) -> None:
    board = make.board()
    with acting(cast.person("secretary")):
        council = Organisation(key="partner", kind="council", name="Partner")
        council.save()
    seat = _seat(board, council, "Chief executive")
    with time_machine.travel(LATER, tick=False):
        changed(SeatHolder.objects.get(seat=seat), post="Interim chief executive")
        client = as_(member)
        for query, holder in ((THEN, "Chief executive"), ({}, "Interim chief executive")):
            shown = client.get(board.get_absolute_url(), query)
            assert [place.holder for place in shown.context["places"]] == [holder]
        assert shown.context["day"] == LATER.date()
        before = client.get(board.get_absolute_url(), {"as_at": "2026-08-02"})
        assert "At the end of 2 August 2026 the portal knew nothing of this yet." in text(before)


def test_f8_the_board_of_returns_of_a_day(secretary: User, brent_lead: User) -> None:
    submit(BRENT)
    make.quarterly_return(HARROW)
    with time_machine.travel(LATER, tick=False):
        found = QuarterlyReturn.objects.get(borough=BRENT)
        with acting(cast.person("analyst")):
            found.status, found.accepted_by, found.accepted_at = ReturnStatus.ACCEPTED, cast.person("analyst"), LATER
            found.save()
        make.quarterly_return(CAMDEN)
        client = as_(secretary)
        then, now = (client.get(reverse("returns_board"), query).context["board"] for query in (THEN, {}))
        assert (then.counts["accepted"], then.counts["received"], then.counts["expected"]) == (0, 1, 2)
        assert (now.counts["accepted"], now.counts["expected"]) == (1, 3)
        html = text(client.get(reverse("returns_board"), THEN))
        assert "As known on 3 August 2026" in html
        assert "Preview the chasers" not in html
        lines = client.get(reverse("returns_board_csv"), THEN)
        assert "Accepted" not in lines.content.decode().split("\n", 1)[1]
        assert "as-known-on-2026-08-03" in lines["Content-Disposition"]


@pytest.mark.parametrize("name", ["dashboards", "activities", "deliverables", "returns_board", "returns"])
def test_f8_before_anything_was_known_a_page_says_so(name: str, log: list[Activity], secretary: User) -> None:
    deliverable()
    accept(BRENT)

    shown = text(as_(secretary).get(reverse(name), {"as_at": "2019-03-01"}))

    assert "At the end of 1 March 2019 the portal knew nothing of this yet." in shown
    assert "What it knows begins on" in shown
    assert "Activities delivered" not in shown


@pytest.mark.parametrize(
    "name", ["dashboards", "activities", "deliverables", "returns_board", "consolidation", "returns"]
)
def test_f8_a_day_to_come_is_told_beside_its_boxes(name: str, secretary: User) -> None:
    make.quarterly_return()

    assert "Enter a day that has come" in text(as_(secretary).get(reverse(name), {"as_at": "2026-12-01"}))


@pytest.mark.parametrize("rows", [1, 3])
def test_f8_a_day_takes_as_many_queries_for_three_rows_as_for_one(
    rows: int, member: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(rows):
        changed(make.activity(shares={BRENT: 50, HARROW: 50}, attendance=5), attendance=7)
        deliverable()
    with time_machine.travel(LATER, tick=False):
        client = as_(member)
        for name, count in (("dashboards", 21), ("activities", 16), ("deliverables", 14)):
            client.get(reverse(name), THEN)
            with django_assert_num_queries(count):
                client.get(reverse(name), THEN)


def test_what_was_known_cannot_be_written(db: None) -> None:
    found = make.activity().shares.get()

    with (
        looking_back(LATER, ActivityShare),
        acting(cast.person("brent.lead")),
        pytest.raises(TypeError, match="never written"),
    ):
        found.delete()


def test_a_figure_that_is_brought_in_later_is_of_the_moment_at_which_it_was_taken(
    issued: dict[str, Any], secretary: User
) -> None:
    with time_machine.travel(LATER, tick=False):
        with acting(secretary, at=IN_AUGUST + dt.timedelta(hours=1)):
            taken = figure("attendance", make.QUARTER)
            behind = passport("attendance", make.QUARTER)
        assert (taken.words, behind.total_words) == ("about 326", "about 326")
        assert figure("attendance", make.QUARTER).words != taken.words


def test_f8_the_lists_of_returns_are_as_they_were(secretary: User, brent_lead: User) -> None:
    accept(BRENT)
    harrow = submit(HARROW)
    with time_machine.travel(LATER, tick=False):
        changed(harrow, status="accepted", accepted_by=cast.person("analyst"), accepted_at=LATER)
        make.quarterly_return(CAMDEN)
        then, now = (as_(secretary).get(reverse("returns"), query) for query in (THEN, {}))
        file = as_(secretary).get(reverse("returns_csv"), THEN)
        own = as_(brent_lead).get(reverse("returns"), {"as_at": "2026-08-02"})

    assert (then.context["in_words"], then.context["accepted_words"]) == ("2 of 2", "1 of 2")
    assert (now.context["in_words"], now.context["accepted_words"]) == ("2 of 3", "2 of 3")
    assert "Accept several" not in text(then)
    assert "Submitted" in file.content.decode().split("Harrow")[1].split("\n")[0]
    assert "as-known-on-2026-08-03" in file["Content-Disposition"]
    assert list(own.context["page"]) == []


def test_f8_the_page_of_a_return_is_as_it_was(log: list[Activity], secretary: User, brent_reader: User) -> None:
    """Submitted then, accepted since. Of Harrow's, which was open, the log's lines of that day."""
    found, harrow = submit(BRENT), make.quarterly_return(HARROW)
    own = next(each for each in log if each.lead_borough_id == HARROW and each.marking == "OFFICIAL")
    with time_machine.travel(LATER, tick=False):
        changed(found, status="accepted", accepted_by=cast.person("analyst"), accepted_at=LATER)
        changed(own, title="Another title", marking="OFFICIAL-SENSITIVE")
        then, now = (text(as_(secretary).get(found.get_absolute_url(), query)) for query in (THEN, {}))
        assert ("Submitted</strong>" in then, "Accepted</strong>" in then) == (True, False)
        assert "Accepted</strong>" in now
        assert "Accept" not in then.split("Activities")[0]
        lines = text(as_(cast.person("harrow.lead")).get(harrow.get_absolute_url(), THEN))
        assert (own.reference in lines, "Another title" in lines) == (True, False)
        assert f"{own.get_absolute_url()}?as_at=2026-08-03" in lines
        # What is sensitive since is not opened to others by going back, and neither is another borough's return.
        assert own.reference not in text(as_(secretary).get(harrow.get_absolute_url(), THEN))
        assert as_(brent_reader).get(harrow.get_absolute_url(), THEN).status_code == 404
        assert as_(secretary).get(found.get_absolute_url(), {"as_at": "2026-08-02"}).status_code == 404
