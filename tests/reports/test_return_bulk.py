"""Several returns at once, the freeze of story 6, and figures that say what was revised."""

import datetime as dt
from typing import Any

import pytest
import time_machine

from boroughs.models import Borough
from contest_portal.accounts.models import User
from contest_portal.audit.acting import acting
from contest_portal.core.quarters import Quarter
from reports.figures import figures
from reports.models import QuarterlyReturn, ReturnUnlocking
from reports.models.return_content import hash_now
from reports.models.return_line import lines_from_log
from reports.workflow.return_decisions import accept_return
from reports.workflow.return_writing import describe_return, submit_return, submit_return_for
from reports.workflow.returns import excuse_return, open_returns, unlock_return
from tests import make
from tests.cast import BRENT, HARROW, as_, grant, person

Q1, Q2 = Quarter(2026, 1), Quarter(2026, 2)
BEXLEY, RICHMOND, CITY = "E09000004", "E09000027", "E09000001"


@pytest.fixture(autouse=True)
def _today() -> Any:
    with time_machine.travel(dt.datetime(2026, 7, 8, 9, 0, tzinfo=dt.UTC), tick=False):
        yield


def _text(response: Any) -> str:
    return " ".join(response.content.decode().split())


def _submitted(borough: str = BRENT, by: str = "brent.lead", **values: Any) -> QuarterlyReturn:
    found = make.quarterly_return(borough, **{"nil_reason": "The team moved."} | values)
    user = person(by)
    with acting(user):
        return submit_return(found, seen=hash_now(found, []), by=user)


def _accepted(borough: str = BRENT, by: str = "brent.lead") -> QuarterlyReturn:
    found, london = _submitted(borough, by), person("prevent.lead")
    with acting(london):
        return accept_return(found, seen=found.content_hash, by=london)


def _chosen(*rows: QuarterlyReturn) -> dict[str, Any]:
    return {"return": [row.pk for row in rows]} | {f"seen-{row.pk}": row.content_hash for row in rows}


# --- c14 --------------------------------------------------------------------------------------------


def test_c14_several_are_accepted_after_a_preview_that_says_why_some_cannot_be(prevent_lead: User) -> None:
    brent = _submitted()
    harrow = _submitted(HARROW, "harrow.lead", levels=2)
    client = as_(prevent_lead)

    preview = client.get("/returns/acceptance", {"return": [brent.pk, harrow.pk]})
    untouched = set(QuarterlyReturn.objects.values_list("status", flat=True))
    client.post("/returns/acceptance", _chosen(brent, harrow))

    found = {each.quarterly_return.pk: (each.what, each.why_not) for each in preview.context["prospects"]}
    assert found[brent.pk] == ("Accepted", "")
    assert found[harrow.pk][1] == "Head of community safety of Harrow approves this return first."
    assert untouched == {"submitted"}
    assert dict(QuarterlyReturn.objects.values_list("borough", "status")) == {BRENT: "accepted", HARROW: "submitted"}


def test_c14_one_that_is_not_in_reach_refuses_them_all(brent_head: User) -> None:
    brent, harrow = _submitted(), _submitted(HARROW, "harrow.lead")
    client = as_(brent_head)

    statuses = [
        client.get("/returns/acceptance", {"return": [brent.pk, harrow.pk]}).status_code,
        client.post("/returns/acceptance", _chosen(brent, harrow)).status_code,
    ]

    assert statuses == [404, 404]
    assert set(QuarterlyReturn.objects.values_list("status", flat=True)) == {"submitted"}


def test_c14_one_that_moved_since_the_preview_refuses_them_all(prevent_lead: User) -> None:
    brent, harrow = _submitted(), _submitted(HARROW, "harrow.lead")

    response = as_(prevent_lead).post("/returns/acceptance", _chosen(brent, harrow) | {f"seen-{harrow.pk}": "older"})

    assert response.status_code == 409
    assert set(QuarterlyReturn.objects.values_list("status", flat=True)) == {"submitted"}


def test_c14_several_are_opened_for_whoever_submitted_them(secretary: User, brent_lead: User) -> None:
    brent, harrow = _accepted(), _submitted(HARROW, "harrow.lead")
    client = as_(secretary)
    ticked = {"return": [brent.pk, harrow.pk]}
    until = {"ends-day": "20", "ends-month": "7", "ends-year": "2026"}

    preview = client.get("/returns/unlocking", ticked)
    without = client.post("/returns/unlocking", ticked | until)
    client.post("/returns/unlocking", ticked | until | {"reason": "A count came late."})

    found = {each.quarterly_return.pk: each.why_not for each in preview.context["prospects"]}
    assert found == {
        brent.pk: "",
        harrow.pk: "Only an accepted return is opened for a correction; this one is not locked.",
    }
    assert "Enter why it may be corrected" in _text(without)
    made = ReturnUnlocking.objects.get()
    assert (made.quarterly_return, made.person, made.granted_by) == (brent, brent_lead, secretary)
    assert made.ends == dt.date(2026, 7, 20)


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("account", "path", "queries"), [("prevent.lead", "acceptance", 9), ("secretary", "unlocking", 10)]
)
def test_choosing_takes_as_many_queries_for_three_returns_as_for_one(
    db: None, account: str, path: str, queries: int, count: int, django_assert_num_queries: Any
) -> None:
    for borough in (BRENT, BEXLEY, CITY)[:count]:
        with acting(User.objects.portal()):
            grant(person("brent.lead"), "borough_lead", "borough", borough, by=User.objects.portal())
        _submitted(borough) if path == "acceptance" else _accepted(borough)
    client = as_(person(account))
    client.get(f"/returns/{path}")

    with django_assert_num_queries(queries):
        client.get(f"/returns/{path}")


# --- figures ----------------------------------------------------------------------------------------


def test_c13_figures_read_the_revision_in_force_and_say_revised(brent_lead: User, secretary: User) -> None:
    found = _accepted()
    with acting(secretary):
        unlock_return(found, person=brent_lead, ends=dt.date(2026, 7, 9), reason="Late", by=secretary)
    with acting(brent_lead):
        found.correction_reason = "The venue sent its count."
        describe_return(found, by=brent_lead)
        sent = submit_return(found, seen=hash_now(found, lines_from_log(found)), by=brent_lead)
    waiting = figures(["returns_by_borough"], Q1)["returns_by_borough"]
    with acting(person("prevent.lead")):
        accept_return(sent, seen=sent.content_hash, by=person("prevent.lead"))
    settled = figures(["returns_by_borough"], Q1)["returns_by_borough"]

    rows = [next(row for row in each.rows if row.key == BRENT) for each in (waiting, settled)]
    assert [row.cells[0] for row in rows] == ["Accepted, correction waits", "Accepted [r]"]
    assert [row.values[0] for row in rows] == [1, 1]
    assert settled.status_words == "Provisional: 1 of 33 returns accepted, 1 of them revised [r]"


# --- story 6 ----------------------------------------------------------------------------------------


def test_story_6_thirty_two_of_thirty_three_are_in_by_the_freeze(secretary: User, analyst: User) -> None:
    """Called on 1 October, due on the 14th; Richmond sends a nil return, Bexley is excused with a deputy."""
    with time_machine.travel(dt.datetime(2026, 10, 1, 8, 0, tzinfo=dt.UTC), tick=False):
        with acting(User.objects.portal()):
            found = {each.borough_id: each for each in open_returns(Q2, by=User.objects.portal())}
        _leads()
        with acting(secretary):
            deputy = person("brent.lead")
            excuse_return(found[BEXLEY], reason="Officer on long leave.", deputy=deputy, by=secretary)
    with time_machine.travel(dt.datetime(2026, 10, 13, 8, 0, tzinfo=dt.UTC), tick=False):
        for borough, each in found.items():
            if borough != BEXLEY:
                _send_for(each, secretary)
    with time_machine.travel(dt.datetime(2026, 10, 22, 8, 0, tzinfo=dt.UTC), tick=False):
        rows = QuarterlyReturn.objects.filter(quarter=Q2)
        page = _text(as_(analyst).get("/returns/?quarter=2026-27-Q2"))

        assert {each.due for each in rows} == {dt.date(2026, 10, 14)}
        assert (rows.count(), rows.are_in().count()) == (33, 32)
        assert "32 of 33" in page
        assert CITY in set(rows.are_in().values_list("borough", flat=True))
        assert rows.get(borough=RICHMOND).is_nil
        assert [str(each.state.label) for each in rows.filter(borough=BEXLEY)] == ["Excused"]
        assert not rows.overdue_on(dt.date(2026, 10, 22)).exists()


def _leads() -> None:
    """A lead for each area that has none."""
    portal = User.objects.portal()
    with acting(portal):
        for borough in Borough.objects.exclude(pk__in=[BRENT, HARROW]):
            lead = User(email=f"{borough.code.lower()}@demo.example", name=f"Lead of {borough}", post="Prevent lead")
            lead.save()
            grant(lead, "borough_lead", "borough", borough.pk, by=portal)


def _send_for(found: QuarterlyReturn, secretary: User) -> None:
    played = {BRENT: "brent.lead", HARROW: "harrow.lead"}
    lead = person(played.get(found.borough_id, found.borough.code.lower()))
    with acting(lead):
        if found.borough_id != RICHMOND:
            make.activity(borough=found.borough_id, starts=dt.date(2026, 8, 3), attendance=5, logged_by=lead)
        for name, text in (make.ANSWERED | {"nil_reason": "The team moved office."}).items():
            setattr(found, name, text)
        describe_return(found, by=lead)
    seen = hash_now(found, lines_from_log(found))
    by = secretary if found.borough_id == CITY else lead
    with acting(by):
        if by is secretary:
            submit_return_for(found, officer=lead, reason="The lead is away.", seen=seen, by=by)
        else:
            submit_return(found, seen=seen, by=by)
