"""A programme and its sessions: separate records, each counted once."""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse

from contest_portal.accounts.models import User
from contest_portal.core.quarters import Quarter
from reports.figures import figures
from strands.models import Activity
from tests import make
from tests.access.typed import changed_activity
from tests.cast import BRENT, HARROW, as_
from tests.strands.answers import conference, errors, logged, send

Q1 = Quarter(2026, 1)


def programme(**values: Any) -> Activity:
    return make.activity(**{"kind": "structured_programme", "title": "Women's leadership programme"} | values)


def test_a11_a_conference_and_its_six_workshops_stay_separate_records_under_one_programme(brent_lead: User) -> None:
    parent = programme(starts=dt.date(2026, 4, 20), particulars={"sessions": 6})
    held = logged(brent_lead, parent=parent.pk)
    for number in range(1, 7):
        typed = {"title": "Leadership workshop", "session_number": str(number), "session_count": "6"}
        logged(brent_lead, parent=parent.pk, attendance="31", attendance_qualifier="exact", cost_actual="", **typed)

    page = as_(brent_lead).get(parent.get_absolute_url())

    assert page.context["series"].sessions[0] == held
    assert len(page.context["series"].sessions) == 7
    # 200 at least and six times 31: no more exact than its parts.
    assert str(page.context["series"].people) == "at least 386"
    assert "session 2 of 6" in page.content.decode()
    shown = figures(["activities", "attendance"], Q1)
    assert [shown[name].words for name in ("activities", "attendance")] == ["8", "at least 386"]


def test_a_session_says_what_it_is_a_session_of_to_those_who_may_know(brent_lead: User, member: User) -> None:
    parent = programme(marking="OFFICIAL-SENSITIVE", title="Quiet programme")
    session = make.activity(parent=parent, session_number=2, session_count=6)

    own, face = (as_(user).get(session.get_absolute_url()).content.decode() for user in (brent_lead, member))

    assert "Session 2 of 6 of <a" in own
    assert ("Quiet programme" in own, "Quiet programme" in face) == (True, False)
    assert "Session 2 of 6" in face


def test_a_page_that_names_something_sensitive_is_marked_so(brent_lead: User) -> None:
    parent = programme(marking="OFFICIAL-SENSITIVE", title="Quiet programme")
    session = make.activity(parent=parent)
    client = as_(brent_lead)

    page = client.get(session.get_absolute_url())
    blank = client.get(reverse("activity_new"))
    like = client.get(f"{reverse('activity_new')}?like={parent.pk}")

    assert [each.context["marking"] for each in (page, blank, like)] == [
        "OFFICIAL-SENSITIVE",
        "OFFICIAL",
        "OFFICIAL-SENSITIVE",
    ]
    assert "Quiet programme" not in blank.content.decode()
    assert parent.reference in blank.content.decode()


def test_the_sessions_and_their_total_are_those_that_the_reader_sees(brent_lead: User, member: User) -> None:
    parent = programme()
    make.activity(parent=parent, attendance=20)
    make.activity(parent=parent, attendance=300, marking="OFFICIAL-SENSITIVE")
    make.activity(parent=parent, status="planned")

    series = [as_(user).get(parent.get_absolute_url()).context["series"] for user in (brent_lead, member)]

    assert [(len(each.sessions), each.delivered, str(each.people)) for each in series] == [(3, 2, "320"), (2, 1, "20")]


def test_a_total_with_a_session_that_nobody_counted_is_at_least(brent_lead: User) -> None:
    parent = programme()
    make.activity(parent=parent, attendance=20)
    make.activity(parent=parent)

    assert str(as_(brent_lead).get(parent.get_absolute_url()).context["series"].people) == "at least 20"


def test_the_next_session_begins_with_what_the_programme_serves(brent_lead: User) -> None:
    parent = programme(shares={BRENT: 70, HARROW: 30}, particulars={"sessions": 6})
    make.activity(parent=parent, session_number=1, session_count=6)

    form = as_(brent_lead).get(f"{reverse('activity_new')}?session_of={parent.pk}").context["form"]

    names = ("parent", "session_number", "session_count", "joint_1", "kind")
    assert [form[name].value() for name in names] == [parent.pk, 2, 6, HARROW, None]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"session_number": "7", "session_count": "6"}, {"session_number": ["It cannot be session 7 of 6."]}),
        ({"session_count": "6"}, {"session_number": ["Say which of the 6 sessions it is."]}),
        ({"session_number": "0"}, {"session_number": ["Sessions are numbered from 1."]}),
    ],
)
def test_numbers_of_sessions_have_to_fit(brent_lead: User, typed: dict[str, str], words: dict[str, list[str]]) -> None:
    assert errors(send(brent_lead, **typed)) == words


def test_a_session_is_there_once(brent_lead: User) -> None:
    parent = programme()
    first = make.activity(parent=parent, session_number=2, session_count=6)

    response = send(brent_lead, parent=parent.pk, session_number="2", session_count="6")

    assert errors(response) == {"session_number": [f"{first.reference} is session 2 of {parent.reference} already."]}


def test_people_are_not_counted_at_the_programme_and_again_at_its_sessions(brent_lead: User) -> None:
    counted, parent = programme(attendance=40), programme(title="Another programme")
    make.activity(parent=parent, attendance=20)

    session = send(brent_lead, parent=counted.pk)
    typed = changed_activity(parent) | {"kind": "structured_programme", "objectives": []}
    change = as_(brent_lead).post(reverse("activity_edit", args=[parent.pk]), typed)

    words = "has a number of people of its own, and its sessions would be counted twice. Remove that number first."
    assert errors(session) == {"parent": [f"{counted.reference} {words}"]}
    ask = "Its sessions carry the number of people. Leave this empty, or it counts twice."
    assert errors(change) == {"attendance": [ask]}


def test_a_programme_of_somebody_else_is_no_parent(brent_lead: User) -> None:
    other = programme(borough=HARROW)

    assert errors(send(brent_lead, parent=other.pk)) == {"parent": ["Choose the programme or project from the list"]}


def test_a_session_has_no_sessions_of_its_own(brent_lead: User) -> None:
    parent = programme()
    inner = programme(title="Inner", parent=parent)

    assert errors(send(brent_lead, parent=inner.pk)) == {"parent": ["Choose the programme or project from the list"]}


def test_a4_a_joint_activity_counts_once_for_london_and_once_in_each_boroughs_list(
    brent_lead: User, harrow_lead: User
) -> None:
    logged(brent_lead, joint_1=HARROW, joint_2="E09000009")

    lists = [as_(user).get(reverse("activities")).content.decode() for user in (brent_lead, harrow_lead)]

    shown = figures(["activities", "attendance"], Q1)
    assert [shown[name].words for name in ("activities", "attendance")] == ["1", "at least 200"]
    assert [page.count("joint with") for page in lists] == [1, 1]


def test_a3_one_activity_serves_several_objectives(brent_lead: User) -> None:
    typed = conference()
    page = as_(brent_lead).get(reverse("activity_new"))
    of_prevent = [pk for pk, label in page.context["form"].fields["objectives"].widget.choices if "Prevent" in label]

    activity = logged(brent_lead, **typed | {"objectives": of_prevent})

    assert activity.objective_links.count() == len(of_prevent) > 1
