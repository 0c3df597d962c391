"""Sending back at the line, levels of approval, delegates, submitting for somebody, and corrections."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.test import Client

from contest_portal.access.models import Deputy
from contest_portal.accounts.models import User
from contest_portal.audit.acting import acting
from contest_portal.core.refusal import Refused
from reports.models import QuarterlyReturn, ReturnAssignment, ReturnDelegate, ReturnReason
from reports.models.return_content import hash_now
from reports.models.return_line import frozen_lines, lines_from_log, lines_of
from reports.workflow.return_decisions import accept_return, send_back_return
from reports.workflow.return_writing import describe_return, submit_return, submit_return_for
from reports.workflow.returns import ask_again, excuse_return, unlock_return
from strands.models import Activity
from tests import make
from tests.cast import BRENT, HARROW, as_, person

TODAY = dt.date(2026, 7, 8)


@pytest.fixture(autouse=True)
def _today() -> Any:
    with time_machine.travel(dt.datetime(2026, 7, 8, 9, 0, tzinfo=dt.UTC), tick=False):
        yield


def _text(response: Any) -> str:
    return " ".join(response.content.decode().split())


def _submit(found: QuarterlyReturn, by: str = "brent.lead") -> QuarterlyReturn:
    user = person(by)
    found = QuarterlyReturn.objects.get(pk=found.pk)
    with acting(user):
        return submit_return(found, seen=hash_now(found, lines_from_log(found)), by=user)


def _accept(found: QuarterlyReturn, by: str = "brent.head") -> QuarterlyReturn:
    user = person(by)
    with acting(user):
        return accept_return(found, seen=found.content_hash, by=user)


def _send_back(found: QuarterlyReturn, by: str = "analyst", **asked: Any) -> QuarterlyReturn:
    user = person(by)
    with acting(user):
        return send_back_return(found, by=user, **{"reason": ""} | asked)


def _set(row: Any, **values: Any) -> Any:
    with acting(person("brent.lead")):
        for name, value in values.items():
            setattr(row, name, value)
        row.save()
    return row


def _unlock(found: QuarterlyReturn, person_: str = "brent.lead", days: int = 7) -> None:
    secretary = person("secretary")
    with acting(secretary):
        ends = dt.date(2026, 7, 8) + dt.timedelta(days=days)
        unlock_return(found, person=person(person_), ends=ends, reason="A venue sent its count late.", by=secretary)


def _delegate(account: str, borough: str = BRENT, **days: dt.date) -> None:
    values = {"starts": TODAY, "ends": dt.date(2026, 9, 30)} | days
    with acting(person("secretary")):
        made = ReturnDelegate(person=person(account), borough_id=borough, reason="Nobody else", **values)
        made.appointed_by = person("secretary")
        made.save()


# --- c5: sent back at the line ----------------------------------------------------------------------


def test_c5_a_reason_stands_beside_its_line_until_it_is_answered_and_after(brent_lead: User, analyst: User) -> None:
    fair, talk = make.activity(title="Fair", attendance=3), make.activity(title="Talk", attendance=4)
    found = _submit(make.quarterly_return(commentary="A good quarter."))
    client = as_(analyst)

    empty = client.post(f"/returns/{found.pk}/sending-back", {"reason": " "})
    client.post(
        f"/returns/{found.pk}/sending-back",
        {f"line_{fair.pk}": "The cost is missing.", "answer_commentary": "Which part was good?"},
    )

    assert "Say what has to change, for the whole return or at one of its lines" in _text(empty)
    hers = as_(brent_lead).get(f"/returns/{found.pk}/")
    asked = {line.title: [each.text for each in reasons] for line, reasons in hers.context["page"].lines_asked}
    assert asked == {"Fair": ["The cost is missing."], "Talk": []}
    assert "Asked about “What the board should know”" in _text(hers)
    assert "1 of 11 not ready" in _text(hers)
    with pytest.raises(Refused, match="Answer what was asked about “Fair”, or change it"):
        _submit(found)

    _set(Activity.objects.get(pk=fair.pk), cost_actual=120)
    with acting(brent_lead):
        reason = ReturnReason.objects.get(answer="commentary")
        described = QuarterlyReturn.objects.get(pk=found.pk)
        describe_return(described, by=brent_lead, replies={reason.pk: "The second half."})
    found = _submit(found)

    page = _text(as_(analyst).get(f"/returns/{found.pk}/"))
    assert "The cost is missing." in page
    assert "The second half." in page
    assert talk.title in page


def test_c5_the_answer_is_typed_where_the_question_is_read(brent_lead: User, analyst: User) -> None:
    fair = make.activity(title="Fair", attendance=3)
    found = _send_back(_submit(make.quarterly_return()), lines={fair.pk: "Is 3 right?"})
    client = as_(brent_lead)
    edit = client.get(f"/returns/{found.pk}/edit?part=asked")
    reason = ReturnReason.objects.get()

    client.post(
        f"/returns/{found.pk}/edit?part=asked",
        {f"reply_{reason.pk}": "Yes, it rained.", "version": edit.context["form"].instance.version},
    )

    assert "asked about “Fair”: Is 3 right?" in _text(edit)
    reason.refresh_from_db()
    assert (reason.reply, reason.replied_by) == ("Yes, it rained.", brent_lead)
    assert _submit(found).status == "submitted"


def test_c5_a_reason_at_a_sensitive_line_is_for_those_who_read_the_line(brent_lead: User, analyst: User) -> None:
    make.activity(title="Open one")
    hidden = make.activity(title="Xsensitive", marking="OFFICIAL-SENSITIVE")
    found = _submit(make.quarterly_return())
    form = as_(analyst).get(f"/returns/{found.pk}/sending-back").context["form"]
    _send_back(found, by="brent.head", lines={hidden.pk: "xaskedsensitive"})

    assert f"line_{hidden.pk}" not in form.fields
    assert "xaskedsensitive" in _text(as_(brent_lead).get(f"/returns/{found.pk}/"))
    assert "xaskedsensitive" not in _text(as_(analyst).get(f"/returns/{found.pk}/"))


def test_c12_who_decides_on_a_resubmission_sees_what_changed_since_field_by_field(brent_head: User) -> None:
    fair = make.activity(title="Fair", attendance=3)
    make.activity(title="Untouched", attendance=4)
    found = _send_back(_submit(make.quarterly_return(commentary="Old words")), reason="Count again.")
    _set(Activity.objects.get(pk=fair.pk), attendance=5)
    _set(QuarterlyReturn.objects.get(pk=found.pk), commentary="New words")
    found = _submit(found)

    page = as_(brent_head).get(f"/returns/{found.pk}/acceptance").context["page"]

    assert [(change.line.title, change.fields) for change in page.since_last_submission] == [
        ("Fair", (("People", "3", "5"),))
    ]
    assert page.text_changes == [("What the board should know", "Old words", "New words")]


# --- c6: levels of approval -------------------------------------------------------------------------


def test_c6_the_borough_approves_and_then_london_accepts(brent_head: User, prevent_lead: User) -> None:
    make.activity()
    found = _submit(make.quarterly_return(levels=2))

    early = found.why_not_accept(prevent_lead)
    approved = _accept(found)
    again = approved.why_not_accept(person("brent.head"))
    accepted = _accept(approved, by="prevent.lead")

    assert early == "Head of community safety of Brent approves this return first."
    assert (approved.status, approved.approved_by) == ("approved", brent_head)
    assert again == "The borough has approved this return; a strand lead accepts it for London."
    assert (accepted.status, accepted.accepted_by) == ("accepted", prevent_lead)
    assert list(accepted.decisions.order_by("pk").values_list("decision", flat=True)) == ["approved", "accepted"]


def test_c6_an_approval_lapses_when_the_content_moves_and_the_page_says_why(brent_head: User, analyst: User) -> None:
    fair = make.activity(attendance=3)
    found = _send_back(_accept(_submit(make.quarterly_return(levels=2))), reason="Count again.")
    _set(Activity.objects.get(pk=fair.pk), attendance=5)
    found = _submit(found)

    page = _text(as_(brent_head).get(f"/returns/{found.pk}/"))

    assert (found.status, found.approved_by) == ("submitted", None)
    assert f"{brent_head} approved submission 1 on 8 July 2026. What was submitted since says something else" in page


@pytest.mark.parametrize(
    ("days", "sentence"),
    [
        ({}, ""),
        ({"ends": dt.date(2026, 7, 8)}, ""),
        (
            {"starts": dt.date(2026, 7, 1), "ends": dt.date(2026, 7, 7)},
            "You cannot accept returns of this borough.",
        ),
        ({"starts": dt.date(2026, 7, 9)}, "You cannot accept returns of this borough."),
    ],
)
def test_c6_a_delegate_approves_while_appointed_and_not_a_day_longer(
    harrow_lead: User, days: dict[str, dt.date], sentence: str
) -> None:
    make.activity()
    found = _submit(make.quarterly_return())
    _delegate("harrow.lead", **days)

    assert found.why_not_accept(harrow_lead) == sentence
    assert as_(harrow_lead).get(f"/returns/{found.pk}/").status_code == (404 if sentence else 200)
    if not sentence:
        assert _accept(found, by="harrow.lead").status == "accepted"


def test_c6_a_delegate_neither_writes_nor_submits(harrow_lead: User) -> None:
    found = make.quarterly_return()
    _delegate("harrow.lead")

    assert as_(harrow_lead).get(f"/returns/{found.pk}/edit").status_code == 404


# --- c9: on behalf ----------------------------------------------------------------------------------


def test_c9_both_names_stay_with_a_return_that_was_submitted_for_somebody(brent_lead: User, secretary: User) -> None:
    make.activity()
    found = make.quarterly_return()
    client = as_(secretary)
    seen = client.get(f"/returns/{found.pk}/submission-for").context["seen"]

    refused = client.post(f"/returns/{found.pk}/submission-for", {"officer": brent_lead.pk, "seen": seen})
    client.post(
        f"/returns/{found.pk}/submission-for",
        {"officer": brent_lead.pk, "reason": "She has no network.", "seen": seen},
    )

    assert "Enter why you submit it for them" in _text(refused)
    found.refresh_from_db()
    sent = found.submissions.get()
    assert (found.submitted_by, found.submitted_for) == (secretary, brent_lead) == (sent.by, sent.behalf_of)
    assert f"by {secretary} on behalf of {brent_lead}" in _text(client.get(f"/returns/{found.pk}/"))
    assert found.why_not_accept(brent_lead) == (
        "This return was submitted on your behalf, so somebody else has to accept it."
    )
    assert _accept(found).status == "accepted"


def test_c9_nobody_submits_for_a_borough_what_they_may_not_read(brent_lead: User, secretary: User) -> None:
    make.activity(marking="OFFICIAL-SENSITIVE")
    found = make.quarterly_return()
    seen = hash_now(found, lines_from_log(found))

    with acting(secretary), pytest.raises(Refused, match="OFFICIAL-SENSITIVE lines that you do not read"):
        submit_return_for(found, officer=brent_lead, reason="Away", seen=seen, by=secretary)


def test_c9_a_deputy_on_leave_cover_is_named_and_does_not_accept_it_either(brent_lead: User, harrow_lead: User) -> None:
    make.activity()
    with acting(brent_lead):
        leave = {"starts": TODAY, "ends": dt.date(2026, 7, 20), "reason": "Leave"}
        Deputy(person=brent_lead, deputy=harrow_lead, named_by=brent_lead, **leave).save()
    found = _submit(make.quarterly_return(), by="harrow.lead")

    assert (found.submitted_by, found.submitted_for) == (harrow_lead, brent_lead)
    assert found.why_not_accept(person("harrow.lead")).startswith("You submitted this return")


def test_c9_a_deputy_does_not_accept_what_the_absent_lead_submitted(brent_lead: User, harrow_lead: User) -> None:
    make.activity()
    found = _submit(make.quarterly_return())
    with acting(brent_lead):
        leave = {"starts": TODAY, "ends": dt.date(2026, 7, 20), "reason": "Leave"}
        Deputy(person=brent_lead, deputy=harrow_lead, named_by=brent_lead, **leave).save()

    assert found.why_not_accept(person("harrow.lead")) == (
        f"You stand in for {brent_lead}, who submitted this return, so somebody else has to accept it."
    )


# --- excused ----------------------------------------------------------------------------------------


def test_an_excused_return_is_neither_late_nor_in_and_its_deputy_may_still_send_it(
    secretary: User, harrow_lead: User
) -> None:
    make.activity()
    found = make.quarterly_return()
    client = as_(secretary)

    client.post(f"/returns/{found.pk}/excuse", {"reason": "Officer on long leave.", "deputy": harrow_lead.pk})

    found.refresh_from_db()
    day = dt.date(2026, 8, 1)
    assert (found.status, found.deputy, found.days_late_on(day)) == ("excused", harrow_lead, 0)
    assert not QuarterlyReturn.objects.overdue_on(day).exists()
    assert not QuarterlyReturn.objects.are_in().exists()
    assert "Officer on long leave." in _text(client.get(f"/returns/{found.pk}/"))
    sent = _submit(found, by="harrow.lead")
    assert "as deputy for the Prevent lead" in _text(client.get(f"/returns/{sent.pk}/"))


def test_an_excuse_is_taken_back(secretary: User) -> None:
    found = make.quarterly_return()
    with acting(secretary):
        excuse_return(found, reason="Long leave", deputy=None, by=secretary)
        again = ask_again(found, by=secretary)

    assert (again.status, again.excuse_reason) == ("open", "")


@pytest.mark.parametrize("account", ["brent.lead", "analyst", "prevent.lead", "chair", "admin"])
def test_only_a_secretary_excuses(db: None, account: str) -> None:
    found, user = make.quarterly_return(), person(account)

    with acting(user), pytest.raises(Refused, match="You cannot excuse this return"):
        excuse_return(found, reason="Long leave", deputy=None, by=user)


# --- c7 and c13: locked, opened, corrected -------------------------------------------------------


def test_c7_an_accepted_return_is_locked_but_for_a_named_person_until_a_day(brent_lead: User, brent_head: User) -> None:
    make.activity()
    found = _accept(_submit(make.quarterly_return()))
    locked = found.why_not_edit(brent_lead)
    _unlock(found)

    assert locked == "This return is accepted, so its text cannot change any more."
    assert found.why_not_edit(brent_lead) == ""
    assert found.why_not_edit(brent_head) == locked
    with time_machine.travel(dt.datetime(2026, 7, 15, 20, 0, tzinfo=dt.UTC), tick=False):
        assert found.why_not_edit(person("brent.lead")) == ""
    with time_machine.travel(dt.datetime(2026, 7, 16, 9, 0, tzinfo=dt.UTC), tick=False):
        assert found.why_not_edit(person("brent.lead")) == locked


@pytest.mark.parametrize(
    ("account", "days", "sentence"),
    [
        ("harrow.lead", 7, "Choose somebody who sends the returns of Brent"),
        ("brent.lead", 91, "Choose a last day from today to 6 October 2026"),
        ("brent.lead", -1, "Choose a last day from today to 6 October 2026"),
    ],
)
def test_c7_an_exception_is_for_a_sender_and_short(db: None, account: str, days: int, sentence: str) -> None:
    make.activity()
    found = _accept(_submit(make.quarterly_return()))

    with pytest.raises(Refused, match=sentence):
        _unlock(found, account, days)


def _corrected(client: Client, found: QuarterlyReturn) -> QuarterlyReturn:
    """As the person does it who was named."""
    version = client.get(f"/returns/{found.pk}/edit").context["form"].instance.version
    answers = make.ANSWERED | {"correction_reason": "The venue sent its count.", "version": version}
    client.post(f"/returns/{found.pk}/edit", answers)
    seen = client.get(f"/returns/{found.pk}/submission").context["seen"]
    client.post(f"/returns/{found.pk}/submission", {"seen": seen})
    return QuarterlyReturn.objects.get(pk=found.pk)


def test_c13_a_late_correction_is_a_new_reasoned_revision_beside_the_old_one(brent_lead: User) -> None:
    fair = make.activity(attendance=43)
    found = _accept(_submit(make.quarterly_return()))
    _set(Activity.objects.get(pk=fair.pk), attendance=45)
    _unlock(found)
    unchanged = [line.attendance for line in lines_of(found)]

    sent = _corrected(as_(brent_lead), found)
    waiting = (sent.status, sent.has_accepted, sent.accepted_submission)
    accepted = _accept(sent)

    assert unchanged == [43]
    assert waiting == ("submitted", True, 1)
    assert (accepted.status, accepted.revision, accepted.accepted_submission) == ("accepted", 1, 2)
    assert [frozen_lines(found, number)[0].attendance for number in (1, 2)] == [43, 45]
    assert [sent.correction_reason for sent in found.submissions.all()] == ["", "The venue sent its count."]
    assert "Revised" in _text(as_(brent_lead).get(f"/returns/{found.pk}/"))


def test_c13_a_correction_that_is_sent_back_leaves_what_is_accepted(brent_lead: User, brent_head: User) -> None:
    fair = make.activity(attendance=43)
    found = _accept(_submit(make.quarterly_return()))
    _set(Activity.objects.get(pk=fair.pk), attendance=45)
    _unlock(found)
    sent = _corrected(as_(brent_lead), found)

    back = _send_back(sent, reason="Say who counted.")

    assert (back.status, back.accepted_by, back.accepted_submission, back.revision) == ("accepted", brent_head, 1, 0)
    assert [line.attendance for line in lines_of(back)] == [43]
    page = _text(as_(brent_lead).get(f"/returns/{found.pk}/"))
    assert "Say who counted." in page
    assert "You may correct this return" in page


def test_c13_a_correction_needs_its_reason_and_makes_nothing_late(brent_lead: User) -> None:
    make.activity()
    found = _accept(_submit(make.quarterly_return()))
    _unlock(found)
    with pytest.raises(Refused, match="Say why the accepted return is corrected"):
        _submit(found)

    with time_machine.travel(dt.datetime(2026, 7, 15, 12, 0, tzinfo=dt.UTC), tick=False):
        sent = _corrected(as_(brent_lead), found)
        assert (sent.status, sent.days_late_on(dt.date(2026, 9, 1))) == ("submitted", 0)


# --- who is asked for what --------------------------------------------------------------------------


def test_c10_where_it_is_stuck_is_a_step_a_post_and_days(prevent_lead: User) -> None:
    make.activity()
    found = make.quarterly_return(levels=2)
    late = dt.date(2026, 7, 18)

    steps = [found.who_is_blocking(dt.date(2026, 6, 30)), found.who_is_blocking(late)]
    for act in (_submit, _accept, lambda each: _accept(each, by="prevent.lead")):
        found = act(found)
        steps.append(found.who_is_blocking(late))

    assert [step and (step.step, step.post, step.days) for step in steps] == [
        None,
        ("To be written", "Prevent lead, Brent", 17),
        ("To be approved", "Head of community safety, Brent", 10),
        ("To be accepted", "Strand lead", 10),
        None,
    ]


def test_the_secretary_says_who_owes_a_return_and_appoints_a_delegate(secretary: User, harrow_lead: User) -> None:
    found = ReturnAssignment.objects.get(borough=BRENT)
    client = as_(secretary)
    path = found.get_absolute_url()
    typed = {
        "lead_post": "Prevent officer",
        "approver_post": "Director",
        "levels": "2",
        "lag_days": "0",
        "version": "0",
    }

    client.post(path, typed)
    dates = {"starts-day": "8", "starts-month": "7", "starts-year": "2026", "ends-day": "1", "ends-year": "2026"}
    long = client.post(
        f"{path}delegate", dates | {"ends-month": "12", "person": harrow_lead.pk, "reason": "No second person"}
    )
    client.post(f"{path}delegate", dates | {"ends-month": "9", "person": harrow_lead.pk, "reason": "No second person"})

    found.refresh_from_db()
    assert (found.lead_post, found.levels) == ("Prevent officer", 2)
    assert "The last day must be within 90 days of the first" in _text(long)
    made = ReturnDelegate.objects.get()
    assert (made.person, made.borough_id, made.appointed_by) == (harrow_lead, BRENT, secretary)
    assert str(harrow_lead) in _text(client.get("/returns/assignments/"))


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_who_owes_a_return_asks_the_same_for_one_delegate_and_three(
    secretary: User, count: int, django_assert_num_queries: Any
) -> None:
    for account in ("harrow.lead", "brent.head", "prevent.lead")[:count]:
        _delegate(account, borough=HARROW)
    client = as_(secretary)
    client.get("/returns/assignments/")

    with django_assert_num_queries(10):
        client.get("/returns/assignments/")
