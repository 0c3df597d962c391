"""Who is told when a return moves, and in which words. No reason is ever quoted."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine

from contest_portal.accounts.models import User
from contest_portal.audit.acting import acting
from contest_portal.notifications.models import Message
from reports.models import QuarterlyReturn
from reports.models.return_content import hash_now
from reports.models.return_line import lines_from_log
from reports.workflow.return_decisions import accept_return, send_back_return
from reports.workflow.return_writing import submit_return
from reports.workflow.returns import ask_again, excuse_return, unlock_return
from tests import make
from tests.cast import person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(dt.datetime(2026, 7, 8, 9, 0, tzinfo=dt.UTC), tick=False):
        yield


def submitted(**values: Any) -> QuarterlyReturn:
    found, lead = make.quarterly_return(**values), person("brent.lead")
    with acting(lead):
        found = submit_return(found, seen=hash_now(found, lines_from_log(found)), by=lead)
    Message.objects.all().delete()
    return found


def accepted(found: QuarterlyReturn, by: str = "brent.head") -> QuarterlyReturn:
    user = person(by)
    with acting(user):
        return accept_return(found, seen=found.content_hash, by=user)


def told() -> dict[str, tuple[str, str]]:
    """By account: what the message is about, and its text."""
    rows = Message.objects.select_related("recipient").order_by("pk")
    return {row.recipient.email.partition("@")[0]: (row.about, row.text) for row in rows}


def test_an_approval_reaches_those_who_accept_next_and_those_who_wrote_it() -> None:
    make.activity()
    accepted(submitted(levels=2))

    messages = told()
    assert messages["prevent.lead"][0] == "return_submitted"
    assert messages["prevent.lead"][1].endswith("Somebody else has to accept it for London or send it back.")
    assert messages["brent.lead"][0] == "return_approved"
    assert messages["brent.lead"][1].endswith("It waits to be accepted for London.")
    assert set(messages) == {"prevent.lead", "brent.lead"}


def test_sent_back_it_is_said_how_many_lines_and_answers_are_meant(analyst: User) -> None:
    first, second = make.activity(), make.activity()
    found = submitted()
    with acting(analyst):
        lines = {first.pk: "xreason", second.pk: "xreason"}
        send_back_return(found, reason="", by=analyst, lines=lines, answers={"commentary": "xreason"})

    about, text = told()["brent.lead"]
    assert about == "return_sent_back"
    assert text.endswith("says what has to change in 2 lines and 1 answer of it.")
    assert "xreason" not in str(told())


def test_an_excuse_reaches_the_borough_and_the_deputy_who_may_still_send_it(secretary: User, harrow_lead: User) -> None:
    found = make.quarterly_return()
    with acting(secretary):
        excuse_return(found, reason="xreason", deputy=harrow_lead, by=secretary)

    messages = told()
    assert set(messages) == {"brent.lead", "brent.head", "harrow.lead"}
    assert messages["brent.lead"] == ("return_arranged", f"{secretary} excused it. {harrow_lead} may still send it.")

    with acting(secretary):
        ask_again(QuarterlyReturn.objects.get(pk=found.pk), by=secretary)
    assert told()["brent.lead"][1] == f"{secretary} asks for it after all. It is due on 14 July 2026."


def test_an_unlocking_reaches_the_one_person_who_may_correct(secretary: User, brent_lead: User) -> None:
    make.activity()
    found = accepted(submitted())
    Message.objects.all().delete()
    with acting(secretary):
        unlock_return(found, person=brent_lead, ends=dt.date(2026, 7, 15), reason="xreason", by=secretary)

    (message,) = told().items()
    assert message == (
        "brent.lead",
        ("return_arranged", f"{secretary} opened {found.reference} for a correction by you, until 15 July 2026."),
    )
