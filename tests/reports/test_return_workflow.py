"""How a quarter's returns are called for, submitted, accepted and sent back."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from boroughs.models import Borough
from contest_portal.accounts.models import User
from contest_portal.audit.acting import acting
from contest_portal.core.quarters import Quarter
from contest_portal.core.refusal import Refused, Stale
from contest_portal.home.tasks import call_for_returns
from reports.models import QuarterlyReturn, ReturnDecision, ReturnLine, ReturnState, ReturnStatus
from reports.models.return_content import hash_now
from reports.models.return_line import compare, frozen_lines, lines_from_log, lines_of
from reports.models.return_states import MOVES
from reports.workflow.return_decisions import accept_return, send_back_return
from reports.workflow.return_writing import describe_return, submit_return
from reports.workflow.returns import (
    call_day,
    due_day,
    next_call,
    open_returns,
)
from strands.models import Activity
from tests import make
from tests.cast import BRENT, HARROW, person

Q1 = Quarter(2026, 1)
IN_JULY = dt.datetime(2026, 7, 8, 9, 0, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _today() -> Any:
    with time_machine.travel(IN_JULY, tick=False):
        yield


def _submit(found: QuarterlyReturn, by: str = "brent.lead") -> QuarterlyReturn:
    user = person(by)
    with acting(user):
        return submit_return(found, seen=hash_now(found, lines_from_log(found)), by=user)


def _accept(found: QuarterlyReturn, by: str = "brent.head") -> QuarterlyReturn:
    user = person(by)
    with acting(user):
        return accept_return(found, seen=found.content_hash, by=user)


def _send_back(found: QuarterlyReturn, by: str = "analyst", reason: str = "The cost is missing.") -> QuarterlyReturn:
    user = person(by)
    with acting(user):
        return send_back_return(found, reason=reason, by=user)


def _change(activity: Activity, **values: Any) -> None:
    with acting(person("brent.lead")):
        for name, value in values.items():
            setattr(activity, name, value)
        activity.save()


# --- the call ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("quarter", "called", "due"),
    [
        ("2026-27-Q1", "2026-07-01", "2026-07-14"),
        ("2026-27-Q2", "2026-10-01", "2026-10-14"),
        ("2026-27-Q3", "2027-01-04", "2027-01-15"),
        ("2025-26-Q4", "2026-04-01", "2026-04-16"),
    ],
)
def test_returns_are_called_for_on_the_first_working_day_and_due_on_the_tenth(
    db: None, quarter: str, called: str, due: str
) -> None:
    found = Quarter.from_key(quarter)

    assert (call_day(found).isoformat(), due_day(found).isoformat()) == (called, due)


def test_each_of_the_33_areas_gets_one_return(analyst: User) -> None:
    with acting(analyst):
        first, second = open_returns(Q1, by=analyst), open_returns(Q1, by=analyst)

    assert [len(first), len(second)] == [33, 0]
    assert {found.borough_id for found in QuarterlyReturn.objects.filter(quarter=Q1)} == set(
        Borough.objects.values_list("gss_code", flat=True)
    )
    assert set(QuarterlyReturn.objects.values_list("due", flat=True)) == {dt.date(2026, 7, 14)}


def test_opening_again_adds_only_what_is_missing(analyst: User) -> None:
    there = make.quarterly_return(BRENT, commentary="Kept")

    with acting(analyst):
        assert len(open_returns(Q1, by=analyst)) == 32

    there.refresh_from_db()
    assert there.commentary == "Kept"


def test_the_command_opens_a_quarter_and_says_how_many(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("open_returns", "2026-27-Q1")
    call_command("open_returns", "2026-27-Q1")

    assert capsys.readouterr().out == (
        "Q1 2026/27 (April to June 2026): 33 returns opened, 33 in all.\n"
        "Q1 2026/27 (April to June 2026): 0 returns opened, 33 in all.\n"
    )


def test_the_command_refuses_what_is_not_a_quarter(db: None) -> None:
    with pytest.raises(CommandError, match="“summer” is not a quarter such as 2026-27-Q2"):
        call_command("open_returns", "summer")


@pytest.mark.parametrize(
    ("now", "opened"),
    [("2026-09-30", []), ("2026-10-01", [Quarter(2026, 2)]), ("2026-12-31", [Quarter(2026, 2)]), ("2027-01-01", [])],
)
def test_the_daily_task_opens_the_quarter_that_ended_once_its_call_day_has_come(
    db: None, now: str, opened: list[Quarter]
) -> None:
    with acting(User.objects.portal()):
        open_returns(Q1, by=User.objects.portal())

    with time_machine.travel(f"{now}T06:00:00Z", tick=False):
        call_for_returns()
        call_for_returns()

    found = QuarterlyReturn.objects.exclude(quarter=Q1)
    assert sorted(set(found.values_list("quarter", flat=True))) == opened
    assert found.count() == 33 * len(opened)


@pytest.mark.parametrize(
    ("day", "quarter", "called"),
    [
        ("2026-09-30", Quarter(2026, 2), "2026-10-01"),
        ("2026-10-01", Quarter(2026, 3), "2027-01-04"),
        ("2027-01-02", Quarter(2026, 3), "2027-01-04"),
        ("2027-01-04", Quarter(2026, 4), "2027-04-01"),
    ],
)
def test_the_next_call_is_known_in_advance(db: None, day: str, quarter: Quarter, called: str) -> None:
    assert next_call(dt.date.fromisoformat(day)) == (quarter, dt.date.fromisoformat(called))


# --- states -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "day", "state", "late"),
    [
        ("open", "2026-06-30", ReturnState.NOT_DUE, 0),
        ("open", "2026-07-01", ReturnState.DUE, 0),
        ("open", "2026-07-14", ReturnState.DUE, 0),
        ("open", "2026-07-15", ReturnState.OVERDUE, 1),
        ("open", "2026-08-14", ReturnState.OVERDUE, 31),
        ("sent_back", "2026-07-10", ReturnState.SENT_BACK, 0),
        ("sent_back", "2026-07-16", ReturnState.SENT_BACK, 2),
        ("submitted", "2026-08-14", ReturnState.SUBMITTED, 3),
        ("accepted", "2026-08-14", ReturnState.ACCEPTED, 3),
    ],
)
def test_the_state_in_words_follows_status_and_calendar(
    db: None, status: str, day: str, state: ReturnState, late: int
) -> None:
    sent = {} if status == "open" else {"submitted_by": person("brent.lead"), "submitted_at": _at(2026, 7, 17)}
    made = make.quarterly_return(status=status, **sent)

    today = dt.date.fromisoformat(day)

    assert (made.state_on(today), made.days_late_on(today)) == (state, late)
    assert list(QuarterlyReturn.objects.in_states([state], today)) == [made]
    others = [other for other in ReturnState if other != state]
    assert list(QuarterlyReturn.objects.in_states(others, today)) == []


def _at(*day: int) -> dt.datetime:
    return dt.datetime(*day, 12, tzinfo=dt.UTC)  # type: ignore[misc,arg-type]


@pytest.mark.parametrize("status", list(ReturnStatus))
def test_every_status_has_its_moves_and_none_is_a_dead_end(status: ReturnStatus) -> None:
    assert MOVES[status]
    assert set(MOVES[status]) <= set(ReturnStatus)


# --- submitting -------------------------------------------------------------------------------------


def test_submitting_freezes_the_log_as_it_stands(brent_lead: User) -> None:
    activity = make.activity(title="Conference", attendance=200, attendance_qualifier="at_least", cost_actual=3150)
    found = _submit(make.quarterly_return())

    _change(activity, title="Renamed later", attendance=250)

    [line] = lines_of(found)
    assert (line.title, str(line.attendance_quantity), line.cost_actual) == ("Conference", "at least 200", 3150)
    assert (line.reference, line.activity_version, line.submission) == (activity.reference, 0, 1)
    assert (found.status, found.submission, found.submitted_by, found.submitted_at) == (
        "submitted", 1, brent_lead, IN_JULY,
    )  # fmt: skip


def test_a_return_holds_the_activities_of_its_quarter_and_borough_with_the_own_share(db: None) -> None:
    make.activity(title="First day", starts=dt.date(2026, 4, 1))
    make.activity(title="Last day", starts=dt.date(2026, 6, 30))
    make.activity(title="Day before", starts=dt.date(2026, 3, 31))
    make.activity(title="Day after", starts=dt.date(2026, 7, 1))
    make.activity(title="Harrow's own", borough=HARROW)
    make.activity(title="Joint", borough=HARROW, shares={HARROW: 60, BRENT: 40}, starts=dt.date(2026, 5, 1))

    brent = lines_from_log(make.quarterly_return(BRENT))
    harrow = lines_from_log(make.quarterly_return(HARROW))

    assert [(line.title, line.percent) for line in brent] == [("First day", 100), ("Joint", 40), ("Last day", 100)]
    assert [(line.title, line.percent) for line in harrow] == [("Joint", 60), ("Harrow's own", 100)]


def test_a_nil_return_needs_its_reason(brent_lead: User) -> None:
    found = make.quarterly_return()

    with pytest.raises(Refused, match="Say why there is nothing to report: a nil return needs a reason"):
        _submit(found)

    with acting(brent_lead):
        found.nil_reason = "The officer was on leave."
        describe_return(found, by=brent_lead)
    sent = _submit(found)
    assert (sent.is_nil, sent.nil_reason, lines_of(sent)) == (True, "The officer was on leave.", [])


def test_a_reason_for_nothing_goes_once_there_is_something(db: None) -> None:
    found = make.quarterly_return(nil_reason="Nothing happened.")
    make.activity()

    sent = _submit(found)

    assert (sent.is_nil, sent.nil_reason) == (False, "")


def test_what_was_checked_is_what_is_submitted(brent_lead: User) -> None:
    activity = make.activity(attendance=10)
    found = make.quarterly_return()
    seen = hash_now(found, lines_from_log(found))
    _change(activity, attendance=11)

    with acting(brent_lead), pytest.raises(Refused, match="The log changed while you were checking this return"):
        submit_return(found, seen=seen, by=brent_lead)

    assert not ReturnLine.objects.exists()


@pytest.mark.parametrize(
    ("account", "sentence"),
    [
        ("harrow.lead", "Only a Prevent lead for Brent submits this return"),
        ("brent.reader", "Only a Prevent lead for Brent submits this return"),
        ("prevent.lead", "Only a Prevent lead for Brent submits this return"),
        ("secretary", "Only a Prevent lead for Brent submits this return"),
    ],
)
def test_only_a_lead_of_the_borough_submits(db: None, account: str, sentence: str) -> None:
    make.activity()

    with pytest.raises(Refused, match=sentence):
        _submit(make.quarterly_return(), by=account)


@pytest.mark.parametrize("then", [[], [_accept]])
def test_a_return_that_is_in_is_not_submitted_again(db: None, then: list[Any]) -> None:
    make.activity()
    found = _submit(make.quarterly_return())
    for step in then:
        found = step(found)

    with pytest.raises(Refused, match="cannot be submitted again"):
        _submit(found)

    assert ReturnLine.objects.count() == 1


# --- deciding ---------------------------------------------------------------------------------------


def test_somebody_else_accepts_and_the_decision_is_kept(brent_head: User) -> None:
    make.activity()
    found = _accept(_submit(make.quarterly_return()))

    decision = ReturnDecision.objects.get()
    assert (found.status, found.accepted_by, found.accepted_at) == ("accepted", brent_head, IN_JULY)
    assert (decision.decision, decision.by, decision.submission, decision.content_hash) == (
        "accepted", brent_head, 1, found.content_hash,
    )  # fmt: skip


ACCEPTING = [
    ("brent.lead", "You submitted this return, so somebody else has to accept it."),
    ("brent.head", ""),
    ("prevent.lead", ""),
    ("harrow.lead", "You cannot accept returns of this borough."),
    ("brent.reader", "You cannot accept returns of this borough."),
    ("analyst", "You cannot accept returns of this borough."),
    ("secretary", "You cannot accept returns of this borough."),
    ("auditor", "You cannot accept returns of this borough."),
    ("admin", "You cannot accept returns of this borough."),
]


@pytest.mark.parametrize(("account", "sentence"), ACCEPTING)
def test_who_accepts_what_brents_lead_submitted(db: None, account: str, sentence: str) -> None:
    make.activity()
    found = _submit(make.quarterly_return())

    assert found.why_not_accept(person(account)) == sentence
    if sentence:
        with pytest.raises(Refused, match=sentence):
            _accept(found, by=account)
        found.refresh_from_db()
        assert found.status == "submitted"


SENDING_BACK = [
    ("brent.lead", True), ("brent.head", True), ("prevent.lead", True), ("analyst", True), ("secretary", True),
    ("harrow.lead", False), ("brent.reader", False), ("auditor", False), ("chair", False), ("admin", False),
]  # fmt: skip


@pytest.mark.parametrize(("account", "may"), SENDING_BACK)
def test_who_sends_back_what_brents_lead_submitted(db: None, account: str, may: bool) -> None:
    make.activity()
    found = _submit(make.quarterly_return())

    assert (found.why_not_send_back(person(account)) == "") is may


@pytest.mark.parametrize("status", ["open", "sent_back", "accepted"])
def test_only_a_submitted_return_is_decided_on(db: None, status: str) -> None:
    found = make.quarterly_return(status=status)

    assert found.why_not_accept(person("brent.head")) == "Only a submitted return can be accepted."
    assert found.why_not_send_back(person("analyst")) == "Only a submitted return can be sent back."


def test_an_acceptance_holds_for_what_was_read_and_nothing_else(brent_head: User) -> None:
    activity = make.activity(attendance=10)
    found = _submit(make.quarterly_return())
    read = found.content_hash
    _send_back(found)
    _change(activity, attendance=11)
    found = _submit(found)

    with acting(brent_head), pytest.raises(Refused, match="This return is no longer what you read"):
        accept_return(found, seen=read, by=brent_head)
    with acting(brent_head), pytest.raises(Refused, match="This return is no longer what you read"):
        accept_return(found, seen="", by=brent_head)

    assert _accept(found).status == "accepted"


def test_text_that_moved_under_a_submission_is_not_accepted(brent_lead: User) -> None:
    make.activity()
    found = _submit(make.quarterly_return(commentary="As submitted"))
    with acting(brent_lead):
        found.commentary = "Slipped in afterwards"
        found.save()

    with pytest.raises(Refused, match="This return is no longer what you read"):
        _accept(found)


def test_a_return_is_sent_back_with_a_reason(analyst: User) -> None:
    make.activity()
    found = _submit(make.quarterly_return())

    with pytest.raises(Refused, match="Say what has to change"):
        _send_back(found, reason="  ")

    _send_back(found, reason="The cost of the conference is missing.")
    decision = ReturnDecision.objects.get()
    assert (decision.decision, decision.reason, decision.by) == (
        "sent_back", "The cost of the conference is missing.", analyst,
    )  # fmt: skip


def test_every_reason_is_kept_and_every_submission_has_its_own_lines(db: None) -> None:
    activity = make.activity(attendance=10)
    found = make.quarterly_return()
    for attendance, reason in [(11, "First"), (12, "Second")]:
        found = _send_back(_submit(found), reason=reason)
        _change(activity, attendance=attendance)
    found = _accept(_submit(found))

    assert list(found.decisions.values_list("decision", "reason", "submission").order_by("pk")) == [
        ("sent_back", "First", 1),
        ("sent_back", "Second", 2),
        ("accepted", "", 3),
    ]
    assert [frozen_lines(found, number)[0].attendance for number in (1, 2, 3)] == [10, 11, 12]


def test_a_resubmission_says_what_was_added_changed_and_removed(db: None) -> None:
    stays = make.activity(title="Stays")
    changes = make.activity(title="Changes", attendance=10, cost_actual=None)
    goes = make.activity(title="Goes")
    found = _send_back(_submit(make.quarterly_return()))
    _change(changes, attendance=12, cost_actual=Decimal("50.00"))
    _change(goes, starts=dt.date(2026, 7, 1))
    make.activity(title="Comes")

    found = _submit(found)

    told = compare(frozen_lines(found, 1), frozen_lines(found, 2))
    assert [(change.what, change.line.title, change.fields) for change in told] == [
        ("Added", "Comes", ()),
        ("Changed", "Changes", (("People", "10", "12"), ("Cost", "not recorded", "£50.00"))),
        ("Removed", "Goes", ()),
    ]
    assert stays.reference in {line.reference for line in lines_of(found)}


def test_the_text_waits_while_the_return_is_in(brent_lead: User) -> None:
    make.activity()
    found = _submit(make.quarterly_return())

    found.commentary = "Too late"
    with acting(brent_lead), pytest.raises(Refused, match="is submitted, so its text cannot change any more"):
        describe_return(found, by=brent_lead)


def test_text_typed_before_somebody_submitted_is_stale(brent_lead: User) -> None:
    make.activity()
    opened = make.quarterly_return()
    _submit(QuarterlyReturn.objects.get(pk=opened.pk))

    opened.commentary = "Typed in the meantime"
    with acting(brent_lead), pytest.raises(Stale):
        describe_return(opened, by=brent_lead)


@pytest.mark.parametrize(
    "statement",
    ["UPDATE reports_returnline SET title = 'x'", "DELETE FROM reports_returnline",
     "UPDATE reports_returndecision SET reason = 'x'", "DELETE FROM reports_returndecision"],
)  # fmt: skip
def test_the_database_refuses_to_change_frozen_lines_and_decisions(db: None, statement: str) -> None:
    make.activity()
    _accept(_submit(make.quarterly_return()))

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
