"""The pages of returns, as each person sees them."""

import csv
import datetime as dt
import io
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from contest_portal.accounts.models import User
from contest_portal.audit.acting import acting
from contest_portal.audit.models import AccessRecord
from contest_portal.core.quarters import Quarter
from reports.models import QuarterlyReturn
from reports.workflow.returns import open_returns
from strands.models import Activity
from strands.workflow.reading import open_activity
from tests import make
from tests.cast import BRENT, HARROW, as_, person

Q1, Q2 = Quarter(2026, 1), Quarter(2026, 2)
CANARY = "Canary at the sensitive venue"


@pytest.fixture(autouse=True)
def _today() -> Any:
    with time_machine.travel(dt.datetime(2026, 7, 16, 9, 0, tzinfo=dt.UTC), tick=False):
        yield


def _text(response: Any) -> str:
    return " ".join(response.content.decode().split())


def _submitted(borough: str = BRENT, by: str = "brent.lead") -> QuarterlyReturn:
    """Submitted through the pages, as people do it."""
    found = make.quarterly_return(borough)
    client = as_(person(by))
    _submit(client, found)
    found.refresh_from_db()
    return found


def _submit(client: Client, found: QuarterlyReturn) -> Any:
    seen = client.get(f"/returns/{found.pk}/submission").context["seen"]
    return client.post(f"/returns/{found.pk}/submission", {"seen": seen}, follow=True)


def _sensitive(**values: Any) -> Activity:
    return make.activity(title=CANARY, marking="OFFICIAL-SENSITIVE", attendance=7, **values)


# --- the journey ------------------------------------------------------------------------------------


def test_a_lead_writes_checks_submits_and_is_told_what_happens_next(brent_lead: User) -> None:
    make.activity(title="Women's leadership conference", attendance=200, attendance_qualifier="at_least")
    found = make.quarterly_return()
    client = as_(brent_lead)

    saved = client.post(f"/returns/{found.pk}/edit", make.ANSWERED | {"commentary": "A good quarter.", "version": "0"})
    check = _text(client.get(f"/returns/{found.pk}/submission"))
    done = _text(_submit(client, found))

    assert saved.status_code == 302
    assert "Check your answers" in check
    assert "At least 200" in check
    assert "A good quarter." in check
    assert "Return submitted" in done
    assert "BEN/2026-27-Q1/1" in done
    assert "What happens next" in done


def test_the_head_accepts_and_the_lead_may_not(brent_lead: User, brent_head: User) -> None:
    make.activity()
    found = _submitted()
    hers, his = as_(brent_lead), as_(brent_head)

    refused = hers.post(f"/returns/{found.pk}/acceptance", {"seen": found.content_hash})
    asked = his.get(f"/returns/{found.pk}/acceptance")
    his.post(f"/returns/{found.pk}/acceptance", {"seen": asked.context["seen"]})

    assert refused.status_code == 409
    assert "You submitted this return, so somebody else has to accept it." in _text(refused)
    assert "You cannot take an acceptance back." in _text(asked)
    found.refresh_from_db()
    assert (found.status, found.accepted_by) == ("accepted", brent_head)


def test_the_page_tells_the_submitter_why_she_cannot_accept(brent_lead: User) -> None:
    make.activity()
    found = _submitted()

    page = _text(as_(brent_lead).get(f"/returns/{found.pk}/"))

    assert "You submitted this return, so somebody else has to accept it." in page
    assert f'href="/returns/{found.pk}/acceptance"' not in page


def test_an_acceptance_without_the_hash_of_what_was_read_is_refused(brent_head: User) -> None:
    make.activity()
    found = _submitted()

    response = as_(brent_head).post(f"/returns/{found.pk}/acceptance")

    assert response.status_code == 409
    assert "This return is no longer what you read." in _text(response)


def test_sending_back_asks_for_a_reason_and_shows_it_to_the_lead(brent_lead: User, analyst: User) -> None:
    make.activity()
    found = _submitted()
    client = as_(analyst)

    empty = client.post(f"/returns/{found.pk}/sending-back", {"reason": " "})
    client.post(f"/returns/{found.pk}/sending-back", {"reason": "The cost is missing."})

    assert "Say what has to change" in _text(empty)
    page = _text(as_(brent_lead).get(f"/returns/{found.pk}/"))
    assert f"{analyst} sent this return back" in page
    assert "The cost is missing." in page
    assert "To do" in page


def test_every_reason_stays_on_the_page(analyst: User, brent_lead: User) -> None:
    make.activity()
    found = _submitted()
    for reason in ("First reason", "Second reason"):
        as_(analyst).post(f"/returns/{found.pk}/sending-back", {"reason": reason})
        _submit(as_(brent_lead), found)

    page = _text(as_(analyst).get(f"/returns/{found.pk}/"))

    assert "First reason" in page
    assert "Second reason" in page


def test_after_a_return_was_sent_back_the_page_tells_what_changed_since(brent_lead: User, analyst: User) -> None:
    activity = make.activity(title="Workshop", attendance=10)
    found = _submitted()
    as_(analyst).post(f"/returns/{found.pk}/sending-back", {"reason": "Count again."})
    with acting(brent_lead):
        activity.attendance = 12
        activity.save()
    make.activity(title="Forgotten one")

    page = as_(brent_lead).get(f"/returns/{found.pk}/")

    assert "Changed in the log since the last submission" in _text(page)
    assert [(change.what, change.line.title) for change in page.context["page"].since_last_submission] == [
        ("Added", "Forgotten one"),
        ("Changed", "Workshop"),
    ]


def test_a_change_of_the_log_after_submission_is_told_and_leaves_the_return_alone(
    brent_lead: User, brent_head: User
) -> None:
    activity = make.activity(title="Workshop", attendance=10)
    found = _submitted()
    with acting(brent_lead):
        activity.attendance = 12
        activity.save()

    page = as_(brent_head).get(f"/returns/{found.pk}/")

    assert str(page.context["page"].people) == "10"
    assert "Changed in the log since it was submitted" in _text(page)
    assert "People: 10 → 12" in _text(page)


def test_a_nil_return_waits_for_its_reason(brent_lead: User) -> None:
    found = make.quarterly_return()
    client = as_(brent_lead)

    before = _text(client.get(f"/returns/{found.pk}/submission"))
    empty = _text(client.post(f"/returns/{found.pk}/edit", {"nil_reason": "", "commentary": "", "version": "0"}))
    client.post(f"/returns/{found.pk}/edit", make.ANSWERED | {"nil_reason": "Officer on leave.", "version": "0"})
    _submit(client, found)

    assert "Say why there is nothing to report" in before
    assert "Submit the return" not in before
    assert "Enter why there is nothing to report" in empty
    found.refresh_from_db()
    assert (found.status, found.is_nil) == ("submitted", True)
    assert "Nil return" in _text(client.get("/returns/"))


def test_where_there_is_something_no_reason_for_nothing_is_asked(brent_lead: User) -> None:
    make.activity()
    found = make.quarterly_return()

    form = as_(brent_lead).get(f"/returns/{found.pk}/edit").context["form"]

    assert "nil_reason" not in form.fields


def test_two_who_write_the_commentary_see_both_texts(brent_lead: User, brent_head: User) -> None:
    make.activity()
    found = make.quarterly_return()
    as_(brent_head).post(f"/returns/{found.pk}/edit", {"commentary": "His text", "version": "0"})

    page = as_(brent_lead).post(f"/returns/{found.pk}/edit", {"commentary": "Her text", "version": "0"})

    [field] = page.context["form"].overtaken
    assert (field.stored, field.typed) == ("His text", "Her text")
    assert ">Her text</textarea>" in _text(page)
    found.refresh_from_db()
    assert found.commentary == "His text"


def test_a_commentary_that_is_too_long_is_refused(brent_lead: User) -> None:
    make.activity()
    found = make.quarterly_return()

    page = _text(as_(brent_lead).post(f"/returns/{found.pk}/edit", {"commentary": "x" * 4001, "version": "0"}))

    assert "must be 4000 characters or fewer" in page


# --- lines and what is missing in them --------------------------------------------------------------


def test_what_seems_to_be_missing_is_listed(brent_lead: User) -> None:
    make.activity(title="Counted", attendance=5)
    make.activity(title="Not counted")
    make.activity(title="Forgotten", status="planned")
    make.activity(title="Called off", status="cancelled", status_reason="Venue closed")
    found = make.quarterly_return()

    doubts = as_(brent_lead).get(f"/returns/{found.pk}/").context["page"].doubts

    assert [(doubt.text, [line.title for line in doubt.lines]) for doubt in doubts] == [
        ("Still “planned”, though the day has passed", ["Forgotten"]),
        ("Delivered, without a number of people", ["Not counted"]),
    ]


def test_totals_count_what_was_delivered_and_the_own_share_of_its_cost(brent_lead: User) -> None:
    make.activity(attendance=30, cost_actual=Decimal("100.00"))
    make.activity(
        borough=HARROW, shares={HARROW: 60, BRENT: 40}, attendance=50, attendance_qualifier="at_least", cost_actual=1000
    )
    make.activity(status="planned", attendance=500, cost_actual=900)
    found = make.quarterly_return()

    page = as_(brent_lead).get(f"/returns/{found.pk}/").context["page"]

    assert (str(page.people), page.own_cost) == ("at least 80", Decimal("500.00"))


def test_a_joint_line_shows_the_boroughs_own_share(brent_lead: User, harrow_lead: User) -> None:
    make.activity(borough=HARROW, shares={HARROW: 60, BRENT: 40}, title="Joint day")
    brent, harrow = make.quarterly_return(BRENT), make.quarterly_return(HARROW)

    hers = as_(brent_lead).get(f"/returns/{brent.pk}/").context["page"].lines
    theirs = as_(harrow_lead).get(f"/returns/{harrow.pk}/").context["page"].lines

    assert [(line.title, line.percent) for line in hers] == [("Joint day", 40)]
    assert [(line.title, line.percent) for line in theirs] == [("Joint day", 60)]


# --- OFFICIAL-SENSITIVE -----------------------------------------------------------------------------

READERS = [
    ("brent.lead", True),
    ("brent.head", True),
    ("prevent.lead", True),
    ("brent.reader", False),
    ("analyst", False),
    ("secretary", False),
    ("auditor", False),
]


@pytest.mark.parametrize(("account", "reads"), READERS)
@pytest.mark.parametrize("submitted", [False, True])
def test_sensitive_lines_are_shown_to_those_who_may_read_them(
    db: None, account: str, reads: bool, submitted: bool
) -> None:
    make.activity(attendance=10)
    _sensitive()
    found = _submitted() if submitted else make.quarterly_return()

    response = as_(person(account)).get(f"/returns/{found.pk}/")

    page = response.context["page"]
    assert (CANARY in response.content.decode()) is reads
    assert (len(page.lines), str(page.people)) == ((2, "17") if reads else (1, "10"))
    assert response.context["marking"] == ("OFFICIAL-SENSITIVE" if reads else "OFFICIAL")
    assert page.withholds is not reads


def test_a_protect_activity_that_is_sensitive_is_not_the_prevent_leads(prevent_lead: User) -> None:
    _sensitive(strand_id="protect", kind="exercise")
    found = _submitted()

    response = as_(prevent_lead).get(f"/returns/{found.pk}/")

    assert CANARY not in response.content.decode()
    assert "Some activities in this return are OFFICIAL-SENSITIVE." in _text(response)


def test_a_sensitive_line_is_read_by_whom_its_activity_was_opened_to(analyst: User, brent_lead: User) -> None:
    make.activity(attendance=10)
    open_activity(_sensitive(), person=analyst, reason="Reviews it", by=brent_lead)
    make.activity(marking="OFFICIAL-SENSITIVE", attendance=3)
    found = _submitted()

    page = as_(analyst).get(f"/returns/{found.pk}/").context["page"]

    assert [line.is_sensitive for line in page.lines].count(True) == 1
    assert page.withholds


@pytest.mark.parametrize("path", ["", "sending-back", "history/"])
def test_no_other_page_of_a_return_tells_a_sensitive_line(analyst: User, brent_lead: User, path: str) -> None:
    activity = _sensitive()
    found = _submitted()
    as_(analyst).post(f"/returns/{found.pk}/sending-back", {"reason": "Again"})
    with acting(brent_lead):
        activity.attendance = 8
        activity.save()
    _submit(as_(brent_lead), found)

    assert CANARY not in as_(analyst).get(f"/returns/{found.pk}/{path}").content.decode()


def test_a_line_marked_up_after_it_was_frozen_is_withheld_too(analyst: User, brent_lead: User) -> None:
    activity = make.activity(title=CANARY)
    found = _submitted()
    with acting(brent_lead):
        activity.marking = "OFFICIAL-SENSITIVE"
        activity.save()

    assert CANARY not in as_(analyst).get(f"/returns/{found.pk}/").content.decode()


def test_a_line_marked_down_later_keeps_what_it_said_to_itself(analyst: User, brent_lead: User) -> None:
    activity = _sensitive()
    found = _submitted()
    with acting(brent_lead):
        activity.title, activity.marking = "Harmless now", "OFFICIAL"
        activity.save()

    assert CANARY not in as_(analyst).get(f"/returns/{found.pk}/").content.decode()


def test_reading_a_sensitive_line_leaves_a_record(brent_head: User) -> None:
    activity = _sensitive()
    found = make.quarterly_return()

    as_(brent_head).get(f"/returns/{found.pk}/")

    assert list(AccessRecord.objects.values_list("user__email", "action", "what")) == [
        ("brent.head@demo.example", "read", f"activity {activity.reference}")
    ]


# --- access -----------------------------------------------------------------------------------------

PATHS = ["", "edit", "history/", "submission", "acceptance", "sending-back"]


@pytest.mark.parametrize("path", PATHS)
def test_another_boroughs_lead_does_not_find_the_return(harrow_lead: User, path: str) -> None:
    make.activity()
    found = _submitted()
    client = as_(harrow_lead)

    statuses = {client.get(f"/returns/{found.pk}/{path}").status_code}
    if path not in ("", "history/"):
        statuses.add(
            client.post(f"/returns/{found.pk}/{path}", {"reason": "x", "seen": found.content_hash}).status_code
        )

    assert statuses == {404}
    found.refresh_from_db()
    assert found.status == "submitted"


# Page of a submitted return of Brent, and what it answers each person's GET.
ANSWERS = [
    ("brent.lead", [200, 409, 200, 200, 409, 200]),
    ("brent.head", [200, 409, 200, 200, 200, 200]),
    ("brent.reader", [200, 403, 200, 403, 403, 403]),
    ("prevent.lead", [200, 403, 200, 403, 200, 200]),
    ("analyst", [200, 403, 200, 403, 403, 200]),
    ("secretary", [200, 403, 200, 403, 403, 200]),
    ("auditor", [200, 403, 200, 403, 403, 403]),
    ("chair", [403] * 6),
    ("boardmember", [403] * 6),
    ("member", [403] * 6),
    ("admin", [403] * 6),
    ("outsider", [403] * 6),
]


@pytest.mark.parametrize(("account", "expected"), ANSWERS)
def test_each_page_answers_each_person(db: None, account: str, expected: list[int]) -> None:
    make.activity()
    found = _submitted()
    client = as_(person(account))

    assert [client.get(f"/returns/{found.pk}/{path}").status_code for path in PATHS] == expected


# --- lists ------------------------------------------------------------------------------------------


def _quarter_of_returns() -> dict[str, QuarterlyReturn]:
    portal = User.objects.portal()
    with acting(portal):
        open_returns(Q1, by=portal)
    return {found.borough_id: found for found in QuarterlyReturn.objects.filter(quarter=Q1)}


def _set(found: QuarterlyReturn, **values: Any) -> None:
    with acting(User.objects.portal()):
        for name, value in values.items():
            setattr(found, name, value)
        found.save()


SENT = {"submitted_at": dt.datetime(2026, 7, 10, 12, tzinfo=dt.UTC)}


def test_a_lead_sees_her_own_boroughs_returns_and_no_others(brent_lead: User) -> None:
    _quarter_of_returns()
    make.quarterly_return(BRENT, Quarter(2025, 4), due=dt.date(2026, 4, 16))

    response = as_(brent_lead).get("/returns/")

    assert [str(found) for found in response.context["page"]] == ["Brent, Q1 2026/27", "Brent, Q4 2025/26"]
    assert "2 days late" in _text(response)
    assert "Harrow" not in _text(response)


@pytest.mark.parametrize("account", ["secretary", "analyst", "prevent.lead", "auditor"])
def test_those_who_check_see_all_33_and_how_many_are_in(db: None, account: str) -> None:
    rows = _quarter_of_returns()
    lead = person("brent.lead")
    for gss_code in ("E09000001", "E09000002", BRENT):
        _set(rows[gss_code], status="submitted", submitted_by=lead, **SENT)
    accepted = {"accepted_by": person("analyst"), "accepted_at": SENT["submitted_at"]}
    _set(rows[HARROW], status="accepted", submitted_by=lead, **accepted, **SENT)
    _set(rows["E09000027"], status="submitted", submitted_by=lead, nil_reason="Nothing", **SENT)

    response = as_(person(account)).get("/returns/")

    page = _text(response)
    assert "5 of 33" in page
    assert "1 of 33 returns accepted" in page
    assert "Data not yet complete" in page
    assert "Showing 1 to 25 of 33 returns" in page
    assert response.context["late"] == 28


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("state=submitted", ["Brent"]),
        ("state=accepted", ["Harrow"]),
        ("state=sent_back", ["Camden"]),
        ("state=nil", ["Harrow"]),
        ("state=submitted&state=sent_back", ["Brent", "Camden"]),
        ("state=not_due", []),
        ("state=due", []),
        ("borough=E09000005&borough=E09000007", ["Brent", "Camden"]),
        ("borough=E09000005&state=overdue", []),
        ("quarter=2030-31-Q1", []),
        ("quarter=2026-27-Q1&state=accepted", ["Harrow"]),
    ],
)
def test_filters_find_what_they_say(analyst: User, query: str, names: list[str]) -> None:
    rows = _quarter_of_returns()
    lead = person("brent.lead")
    _set(rows[BRENT], status="submitted", submitted_by=lead, **SENT)
    _set(rows[HARROW], status="accepted", nil_reason="None", submitted_by=lead, **SENT)
    _set(rows["E09000007"], status="sent_back", submitted_by=lead, **SENT)
    client = as_(analyst)

    page = client.get(f"/returns/?{query}").context["page"]
    lines = list(csv.DictReader(io.StringIO(client.get(f"/returns/returns.csv?{query}").content.decode("utf-8-sig"))))

    assert [found.borough.name for found in page] == names
    assert [line["Borough"] for line in lines] == names


def test_the_csv_says_state_due_and_days_late(analyst: User) -> None:
    make.quarterly_return()

    lines = as_(analyst).get("/returns/returns.csv").content.decode("utf-8-sig").splitlines()

    assert lines[1] == "Brent,E09000005,Q1 2026/27,Overdue,no,2026-07-14,2,0,,,,"


def test_a_lead_downloads_her_own_returns_only(brent_lead: User) -> None:
    _quarter_of_returns()

    lines = as_(brent_lead).get("/returns/returns.csv").content.decode("utf-8-sig").splitlines()

    assert [line.split(",")[0] for line in lines] == ["Borough", "Brent"]


def test_another_quarter_is_in_the_address(analyst: User) -> None:
    make.quarterly_return(quarter=Q1)
    make.quarterly_return(quarter=Quarter(2025, 4))
    client = as_(analyst)

    assert client.get("/returns/").context["quarter"] == Q1
    assert client.get("/returns/?quarter=2025-26-Q4").context["quarter"] == Quarter(2025, 4)


def test_the_quarter_that_is_over_comes_before_the_one_that_runs(analyst: User) -> None:
    for quarter in (Quarter(2025, 4), Q1, Q2):
        make.quarterly_return(quarter=quarter)

    response = as_(analyst).get("/returns/")

    assert response.context["quarter"] == Q1
    assert '<option value="2026-27-Q1" selected>' in response.content.decode()
    assert "Remove filter" not in response.content.decode()


def test_a_quarter_that_runs_is_not_submitted_yet(brent_lead: User) -> None:
    make.activity(starts=dt.date(2026, 7, 2))
    found = make.quarterly_return(quarter=Q2, due=dt.date(2026, 10, 14))
    client = as_(brent_lead)

    page, refused = client.get(f"/returns/{found.pk}/"), client.get(f"/returns/{found.pk}/submission")

    sentence = "The quarter runs until 30 September 2026; its return can be submitted after that."
    assert "Not due yet" in _text(page)
    assert sentence in _text(page)
    assert refused.status_code == 409
    assert sentence in _text(refused)


def test_before_the_first_call_the_page_says_when_it_comes(analyst: User, brent_lead: User) -> None:
    assert "Returns open by themselves" in _text(as_(analyst).get("/returns/"))
    assert "are called for on 1 October 2026" in _text(as_(brent_lead).get("/returns/"))


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("account", "queries"), [("analyst", 16), ("brent.lead", 12)])
def test_a_list_takes_as_many_queries_for_three_returns_as_for_one(
    db: None, account: str, queries: int, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    boroughs = [BRENT, HARROW, "E09000007"]
    for number in range(count):
        make.quarterly_return(boroughs[number], Q1)
        make.quarterly_return(BRENT, Quarter(2025, number + 1))
    client = as_(person(account))
    client.get("/returns/")

    with django_assert_num_queries(queries):
        client.get("/returns/?quarter=2026-27-Q1")


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("account", "queries"), [("brent.lead", 21), ("analyst", 19)])
def test_a_return_takes_as_many_queries_for_three_lines_as_for_one(
    db: None, account: str, queries: int, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(count):
        make.activity()
    found = _submitted()
    client = as_(person(account))
    client.get(f"/returns/{found.pk}/")

    with django_assert_num_queries(queries):
        client.get(f"/returns/{found.pk}/")


def test_history_tells_who_submitted_and_who_decided(brent_lead: User, analyst: User) -> None:
    make.activity()
    found = _submitted()
    as_(analyst).post(f"/returns/{found.pk}/sending-back", {"reason": "The cost is missing."})

    changes = as_(brent_lead).get(f"/returns/{found.pk}/history/").context["changes"]

    assert sorted((change.what, change.who, change.why) for change in changes) == [
        ("Added quarterly return", str(User.objects.portal()), ""),
        ("Changed quarterly return", str(analyst), "The cost is missing."),
        ("Changed quarterly return", str(brent_lead), ""),
    ]
