"""What kinds ask, evaluation, series and funding in a spreadsheet: taken as the form takes them, and back unchanged."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.urls import reverse

from contest_portal.accounts.models import User
from contest_portal.audit.acting import acting
from strands.kinds import KINDS
from strands.kinds.particular import Answer, Particular
from strands.models import Activity, ActivityFunding
from strands.spreadsheets.lines import letter
from tests import make
from tests.cast import BRENT, HARROW, as_
from tests.strands.spreadsheets.sheets import KEYS, cell, checked, loaded, row, told, xlsx
from tests.strands.test_dates import line

DAY = dt.date(2026, 5, 13)
TRAINING = "Training or briefing"
PROGRAMME = "Structured programme"


def download(user: User) -> bytes:
    return as_(user).get(reverse("spreadsheet_template", args=[BRENT]), {"quarter": "2026-27-Q1"}).content


def an_answer(asked: Particular) -> Any:
    """As it is kept. Money has no pence, which nobody types either."""
    offered = [choice.key for choice in asked.offered(DAY)]
    answers = {
        Answer.NUMBER: 3,
        Answer.QUANTITY: {"value": 20, "qualifier": "about"},
        Answer.MONEY: "3150",
        Answer.DAY: "2026-05-20",
        Answer.YES_NO: False,
        Answer.CHOICE: offered[:1] and offered[0],
        Answer.CHOICES: offered[:2],
        Answer.TEXT: "WM-0127",
    }
    return answers[asked.answer]


def test_h3_answers_of_every_kind_with_evaluation_and_funding_come_back_as_they_went_out(brent_lead: User) -> None:
    for kind in KINDS.values():
        answers = {asked.key: an_answer(asked) for asked in kind.asks}
        make.activity(title=kind.name, kind=kind.key, strand_id=kind.strand, starts=DAY, particulars=answers)
    programme = make.activity(title="Six evenings", kind="structured_programme", attendance=None)
    session = make.activity(
        title="First evening",
        parent=programme,
        session_number=1,
        session_count=6,
        evaluation_method="before_after",
        evaluation_responses=12,
        score_before="2.9",
        score_after="4.1",
        score_scale=5,
        equality_monitoring="banded",
    )
    with acting(brent_lead):
        ActivityFunding(activity=session, line=line(BRENT), amount=Decimal("1200.50")).save()
        ActivityFunding(activity=session, line=line(None, "Small grants"), amount=None).save()

    job = checked(brent_lead, download(brent_lead))

    assert job.problems == []
    assert job.result["changes"] == []
    assert job.counts == {"new": 0, "changed": 0, "same": len(KINDS) + 2}


def test_a_new_row_answers_what_its_kind_asks(brent_lead: User) -> None:
    own = line(BRENT)
    programme = make.activity(kind="structured_programme", attendance=None)
    filled = row(
        kind=TRAINING,
        **{
            "training.course": "prevent duty briefing",
            "training.mode": "Live online",
            "training.minutes": 90,
            "training.accredited": "Yes",
            "training.attended": 40,
            "training.attended.is": "at least",
            "training.completed": 38,
            "training.course_version": "4.1",
        },
        evaluation_method="Feedback forms",
        evaluation_responses=30,
        score_after="4.25",
        score_scale=5,
        parent=programme.reference,
        session_number=2,
        session_count=6,
        funding=f"{own}, Brent: £1,200",
    )

    loaded(brent_lead, xlsx([filled]))
    again = checked(brent_lead, xlsx([filled]))

    made = Activity.objects.get(kind="training")
    assert made.particulars == {
        "course": "duty_briefing",
        "mode": "live_online",
        "minutes": 90,
        "accredited": True,
        "attended": {"value": 40, "qualifier": "at_least"},
        "completed": {"value": 38, "qualifier": "exact"},
        "course_version": "4.1",
    }
    assert (made.parent, made.session_in_words) == (programme, "session 2 of 6")
    assert made.evaluation_in_words == "Feedback forms; 30 came back; 4.25 after, of 5"
    assert [(used.line, used.amount) for used in made.funding.all()] == [(own, Decimal(1200))]
    assert made.history.get().particulars == made.particulars
    assert again.counts == {"new": 0, "changed": 0, "same": 1}


def test_a_changed_answer_is_shown_by_its_question_and_others_stay(brent_lead: User) -> None:
    before = {"minutes": 60, "places": 20, "asked_long_ago": "Yes"}
    activity = make.activity(title="Workshop 1", kind="training", particulars=before)
    changed = row(kind=TRAINING, reference=activity.reference, **{"training.minutes": 90})

    job = loaded(brent_lead, xlsx([changed]))

    assert "Length in minutes" in job.result["changes"][0]["fields"]
    assert Activity.objects.get().particulars == before | {"minutes": 90}


def test_every_wrong_answer_is_told_by_its_cell(brent_lead: User) -> None:
    programme = make.activity(kind="structured_programme", attendance=None)
    other = make.activity(kind="structured_programme", attendance=None, borough=HARROW)
    line(HARROW)
    answers: list[tuple[str, Any, str, dict[str, Any]]] = [
        ("training.minutes", 9000, "5,000 is the most", {}),
        ("training.mode", "By post", "is not an answer to “How it was given”", {}),
        ("training.accredited", "Perhaps", "is not Yes or No", {}),
        ("training.completed", 50, "cannot be more than “People who attended”, which is 40", {"training.attended": 40}),
        ("training.attended.is", "about", "Enter the number in “People who attended”", {}),
        ("training.course_version", "AB 12 34 56 C", "National Insurance number", {}),
        ("structured_programme.sessions", 6, "does not ask this", {}),
        ("score_after", 4, "Say what the highest score possible was", {}),
        ("score_before", 6, "cannot be more than 5", {"score_scale": 5}),
        ("session_count", 6, "Say which of the 6 sessions it is", {}),
        ("parent", other.reference, "is no programme that you may add sessions to", {}),
        ("funding", "Local authority Prevent funding 2026/27, Harrow: 5", "is not a line of funding", {}),
    ]
    rows = [row(n, kind=TRAINING, **{key: value, **more}) for n, (key, value, _, more) in enumerate(answers)]
    rows += [row(n, parent=programme.reference, session_number=1) for n in (50, 51)]

    found = told(checked(brent_lead, xlsx(rows)))

    keys = [*KEYS, *dict.fromkeys(key for cells in rows for key in cells if key not in KEYS)]
    beside = {"score_after": "score_scale", "session_count": "session_number"}
    wanted = {
        f"{letter(keys.index(beside.get(key, key)))}{at}": says for at, (key, _, says, _) in enumerate(answers, start=2)
    }
    twice = {cell("session_number", len(rows) + 1): f"is session 1 of {programme.reference} too"}
    wanted |= twice
    assert {where: found.get(where) for where in wanted if wanted[where] not in found.get(where, "")} == {}
    assert found.keys() == wanted.keys()


def test_the_themes_of_another_edition_are_refused_on_a_day_they_were_not_in_use(brent_lead: User) -> None:
    job = checked(brent_lead, xlsx([row(1, **{"community_event.theme": "Challenging the ideology"})]))

    assert [problem["says"] for problem in job.problems] == [
        "“Challenging the ideology” was not in use on 13 May 2026. Choose another answer."
    ]
