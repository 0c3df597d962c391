"""What each kind asks beside what every activity is asked: declared, offered, checked, kept and shown."""

import csv
import datetime as dt
import io
import re
from typing import Any

import pytest
from django.urls import reverse

from contest_portal.accounts.models import User
from strands.kinds import KINDS
from strands.kinds.particular import Answer
from strands.models import Activity
from tests import make
from tests.access.typed import changed_activity
from tests.cast import HARROW, as_
from tests.strands.answers import conference, day, errors, logged, press, send

ANSWERS: dict[Answer, Any] = {
    Answer.NUMBER: lambda asked: {f"p-{asked.key}": "3"},
    Answer.QUANTITY: lambda asked: {f"p-{asked.key}": "1,200", f"p-{asked.key}-is": "at_least"},
    Answer.MONEY: lambda asked: {f"p-{asked.key}": "£450.50"},
    Answer.DAY: lambda asked: day(f"p-{asked.key}", dt.date(2026, 5, 13)),
    Answer.YES_NO: lambda asked: {f"p-{asked.key}": "no"},
    Answer.CHOICE: lambda asked: {f"p-{asked.key}": asked.offered(dt.date(2026, 5, 13))[-1].key},
    Answer.CHOICES: lambda asked: {f"p-{asked.key}": [choice.key for choice in asked.choices[:2]]},
    Answer.TEXT: lambda asked: {f"p-{asked.key}": "WM-0127"},
}
WORDS = {
    Answer.NUMBER: "3",
    Answer.QUANTITY: "at least 1,200",
    Answer.MONEY: "£450.50",
    Answer.DAY: "13 May 2026",
    Answer.YES_NO: "No",
    Answer.TEXT: "WM-0127",
}
IN_USE = [kind for kind in KINDS.values() if dt.date(2026, 5, 13) in kind.in_use]


def answered(kind: str, **typed: Any) -> dict[str, Any]:
    return {"kind": kind, "kind_shown": kind, "objectives": [], **typed}


def training(**typed: Any) -> dict[str, Any]:
    known = {"p-attended": "31", "p-attended-is": "exact", "p-completed": "27", "p-completed-is": "exact"}
    return answered("training", **known | {"p-course": "wrap", "p-minutes": "90", "p-accredited": "yes"} | typed)


@pytest.mark.parametrize("kind", IN_USE, ids=lambda kind: kind.key)
def test_a1_every_kind_keeps_and_shows_the_answers_to_its_own_questions(brent_lead: User, kind: Any) -> None:
    typed = answered(kind.key)
    for asked in kind.asks:
        typed |= ANSWERS[asked.answer](asked)

    activity = logged(brent_lead, **typed)

    shown = dict(activity.particulars_in_words)
    assert list(shown) == [asked.label for asked in kind.asks]
    for asked in kind.asks:
        assert shown[asked.label] == WORDS.get(asked.answer, shown[asked.label])
    page = as_(brent_lead).get(activity.get_absolute_url()).content.decode()
    assert all(label in page.replace("&#x27;", "'") for label in shown)


def test_pursue_is_governance_only_because_it_asks_for_nothing_else() -> None:
    pursue = {kind.key: [asked.key for asked in kind.asks] for kind in KINDS.values() if kind.strand == "pursue"}

    assert pursue == {
        "impact_assessment": ["completed", "reference"],
        "reassurance_meeting": ["held", "reference"],
        "powers_oversight": ["held", "reference"],
        "governance_milestone": ["completed", "reference"],
    }


def test_no_kind_asks_for_a_name_a_case_or_a_script() -> None:
    """Free text is short, and is the reference, title or code of a thing."""
    texts = {asked.key: asked.most for kind in KINDS.values() for asked in kind.asks if asked.answer is Answer.TEXT}

    assert texts == {
        "course_version": 20,
        "resource": 80,
        "exercise": 60,
        "group": 80,
        "bid": 30,
        "provider": 80,
        "reference": 40,
        "site_code": 12,
        "ward": 40,
        "application": 30,
        "plans": 120,
        "plan": 80,
        "plan_version": 20,
    }
    panel = KINDS["channel_panel"]
    assert {asked.answer for asked in panel.asks} == {Answer.DAY, Answer.YES_NO}


def test_without_a_script_a_button_shows_the_questions_and_nothing_typed_is_lost(brent_lead: User) -> None:
    typed = conference(kind="training", show_kind="open", title="Typed title", no_personal_data="", attendance="x")

    page = as_(brent_lead).post(reverse("activity_new"), typed).content.decode()

    assert Activity.objects.count() == 0
    assert "There is a problem" not in page
    assert 'value="Typed title"' in page
    assert '<details class="portal-fold" id="particulars" open>' in page
    assert 'name="p-accredited"' in page


def test_choosing_a_kind_shows_its_strands_objectives_alone(brent_lead: User) -> None:
    page = as_(brent_lead).post(reverse("activity_new"), conference(kind="exercise", objectives=[], show_kind="folded"))

    shown = [label for _, label in page.context["form"].fields["objectives"].widget.choices]
    assert shown
    assert {label.split(":")[0] for label in shown} == {"Prepare"}
    assert '<details class="portal-fold" id="particulars">' in page.content.decode()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        (training(**{"p-attended": "lots"}), {"p-attended": ["People who attended must be a whole number, like 40"]}),
        (training(**{"p-places": "900000"}), {"p-places": ["Places must be 100000 or less"]}),
        (
            training(**{"p-completed": "32"}),
            {"p-completed": ["People who completed it cannot be more than “People who attended”, which is 31."]},
        ),
        (training(**{"p-course": "alpha"}), {"p-course": ["Choose the course from the list"]}),
        (
            answered("security_advice", marking="OFFICIAL-SENSITIVE", **{"p-site_code": "The Old Mill"}),
            {"p-site_code": ["Site code is not in the right form. " + KINDS["security_advice"].asks[1].hint]},
        ),
        (
            answered("channel_panel", **day("p-scheduled", dt.date(1926, 5, 1))),
            {"p-scheduled": ["The year must be from 2003 to 2029."]},
        ),
    ],
)
def test_an_answer_that_does_not_fit_is_refused_beside_its_box(
    brent_lead: User, typed: dict[str, Any], words: dict[str, list[str]]
) -> None:
    response = send(brent_lead, **typed)

    assert errors(response) == words
    assert Activity.objects.count() == 0


def test_a_part_may_be_more_than_a_whole_that_is_only_known_at_least(brent_lead: User) -> None:
    activity = logged(brent_lead, **training(**{"p-completed": "40", "p-attended-is": "at_least"}))

    assert activity.particulars["completed"] == {"value": 40, "qualifier": "exact"}


def test_advice_on_a_site_is_sensitive_unless_somebody_looked_at_the_marking(brent_lead: User) -> None:
    first = send(brent_lead, **answered("security_advice", kind_shown="community_event"))
    asked = as_(brent_lead).post(reverse("activity_new"), conference(kind="security_advice", show_kind="folded"))
    second = logged(brent_lead, **answered("security_advice"))

    sentence = "“Security advice visit or survey” is OFFICIAL-SENSITIVE as a rule, and it is set so now. "
    assert errors(first) == {"marking": [sentence + "Check the marking."]}
    assert [page.context["form"]["marking"].value() for page in (first, asked)] == ["OFFICIAL-SENSITIVE"] * 2
    assert second.marking == "OFFICIAL"


def test_history_tells_the_answers_one_by_one(brent_lead: User) -> None:
    activity = logged(brent_lead, **training())
    typed = changed_activity(activity) | training(**{"p-completed": "26", "p-minutes": ""})
    assert as_(brent_lead).post(reverse("activity_edit", args=[activity.pk]), typed).status_code == 302

    history = as_(brent_lead).get(reverse("activity_history", args=[activity.pk])).context["changes"]

    told = [(field.label, field.before, field.after) for field in history[0].fields]
    assert ("Length in minutes", "90", "") in told
    assert ("People who completed it", "27", "26") in told
    assert "Particulars" not in {label for label, _, _ in told}


def test_the_csv_has_a_column_for_each_question_that_was_answered(brent_lead: User, member: User) -> None:
    logged(brent_lead, **training(**{"p-attended-is": "at_least", "p-completed": ""}))
    logged(brent_lead)

    own, faces = (_lines(user) for user in (brent_lead, member))

    assert own[0][-4:] == ["Course", "Length in minutes", "Was the facilitator accredited?", "People who attended"]
    assert [line[-4:] for line in own[1:]] == [
        ["", "", "", ""],
        ["Workshop to Raise Awareness of Prevent (WRAP)", "90", "Yes", "at least 31"],
    ]
    assert faces[0][-1] == "Marking"


def test_answers_are_part_of_the_detail_and_not_of_the_public_face(brent_lead: User, member: User) -> None:
    activity = logged(brent_lead, **training())

    pages = [as_(user).get(activity.get_absolute_url()).content.decode() for user in (brent_lead, member)]

    assert ["People who completed it" in page for page in pages] == [True, False]


def test_a14_an_old_theme_stays_with_its_activity_and_is_offered_on_its_own_days_alone(brent_lead: User) -> None:
    old = logged(
        brent_lead,
        **answered("community_event", **day("starts", dt.date(2010, 5, 13)), **{"p-theme": "2009_resilience"}),
    )
    typed = changed_activity(old) | answered("community_event", title="Renamed", **{"p-theme": "2009_resilience"})
    # Moved to a day on which the theme was long gone: what the activity has is kept.
    assert as_(brent_lead).post(reverse("activity_edit", args=[old.pk]), typed).status_code == 302

    new = send(brent_lead, **answered("community_event", **{"p-theme": "2009_resilience"}))

    assert Activity.objects.get(pk=old.pk).particulars == {"theme": "2009_resilience"}
    assert "Making communities more resilient" in as_(brent_lead).get(old.get_absolute_url()).content.decode()
    assert errors(new) == {"p-theme": ["Choose the theme from the list"]}


def test_a14_a_retired_kind_still_shows_and_edits_and_is_no_longer_offered(brent_lead: User) -> None:
    old = make.activity(kind="pathfinder_project", starts=dt.date(2008, 2, 1), particulars={"projects": 4})
    client = as_(brent_lead)

    response = send(brent_lead, kind="pathfinder_project", objectives=[])
    change = changed_activity(old) | answered("pathfinder_project", **day("starts", old.starts), **{"p-projects": "5"})
    changed = press(client, reverse("activity_edit", args=[old.pk]), change)

    assert errors(response) == {"kind": ["“Pathfinder project” was not in use on 13 May 2026. Choose another kind."]}
    assert changed.status_code == 302
    assert Activity.objects.get(pk=old.pk).particulars == {"projects": 5}
    offered = client.get(reverse("activity_new")).content.decode()
    assert re.search('value="pathfinder_project"', offered) is None
    assert "Pathfinder project" in client.get(old.get_absolute_url()).content.decode()


def test_an_answer_that_no_kind_asks_for_any_more_is_shown_and_survives_an_edit(brent_lead: User) -> None:
    old = make.activity(kind="training", particulars={"minutes": 60, "room_code": "B2"})
    client = as_(brent_lead)

    client.post(reverse("activity_edit", args=[old.pk]), changed_activity(old) | training(**{"p-minutes": "75"}))

    changed = Activity.objects.get(pk=old.pk)
    assert (changed.particulars["minutes"], changed.particulars["room_code"]) == (75, "B2")
    assert ("Room code", "B2") in changed.particulars_in_words


def test_the_kinds_that_somebody_logs_most_stand_first(brent_lead: User, harrow_lead: User) -> None:
    for _ in range(2):
        make.activity(kind="channel_panel", logged_by=brent_lead)
    make.activity(kind="exercise", logged_by=harrow_lead, borough=HARROW)

    first = [
        as_(user).get(reverse("activity_new")).context["form"].fields["kind"].choices
        for user in (brent_lead, harrow_lead)
    ]

    assert first[0][1] == ("Often", [("channel_panel", "Channel panel meeting")])
    assert first[1][1][0] == "Prevent"


def _lines(user: User) -> list[list[str]]:
    response = as_(user).get(reverse("activities_csv"))
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
