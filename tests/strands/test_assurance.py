"""Benchmarks: two scores side by side, evidence and actions, and cycles that are never compared."""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse

from contest_portal.accounts.models import User
from contest_portal.core.refusal import Refused
from strands.models import AssuranceCycle, BenchmarkScore, ImprovementAction
from strands.models.assurance import steps_between
from tests.cast import BRENT, HARROW, as_
from tests.strands.answers import day

pytestmark = pytest.mark.django_db
EIGHT, TEN = "toolkit-eight", "toolkit-ten"
QUERIES_OF_A_CYCLE, QUERIES_OF_A_BOROUGH = 15, 15


def own(by: User, number: int = 1, *, key: str = EIGHT, borough: str = BRENT, **values: Any) -> Any:
    typed = {"self_score": "Met", "self_reason": "The group meets each quarter.", "evidence": "Minutes of 4 March"}
    return as_(by).post(reverse("assurance_own_score", args=[key, borough, number]), typed | values)


def assessed(by: User, number: int = 1, *, borough: str = BRENT, **values: Any) -> Any:
    typed = {"assessor_score": "Exceeding", "assessor_reason": "Letter of 2 May"} | values
    found = BenchmarkScore.objects.filter(
        benchmark__cycle__key=EIGHT, borough=borough, benchmark__number=number
    ).first()
    seen = {"version": found.version, "opened": ""} if found else {}
    return as_(by).post(reverse("assurance_assessment", args=[EIGHT, borough, number]), typed | seen)


def test_b11_the_eight_of_today_and_the_ten_before_have_criteria_and_scales_of_their_own(analyst) -> None:
    cycles = {cycle.key: (cycle.benchmarks.count(), cycle.steps) for cycle in AssuranceCycle.objects.all()}

    assert cycles == {EIGHT: (8, ["Not met", "Met", "Exceeding"]), TEN: (10, ["Red", "Amber", "Green"])}


def test_b11_a_borough_scores_itself_and_the_assessors_score_stands_beside_it(brent_lead, analyst, auditor) -> None:
    assert own(brent_lead).status_code == 302
    assert assessed(analyst).status_code == 302

    score = BenchmarkScore.objects.get()
    assert (score.own_words, score.assessor_words, score.differs) == ("Met", "Exceeding", True)
    assert (score.self_scored_by, score.recorded_by) == (brent_lead, analyst)
    page = as_(auditor).get(reverse("assurance_borough", args=[EIGHT, BRENT])).content.decode()
    assert "Exceeding (not the borough’s own). Letter of 2 May" in page
    assert "Minutes of 4 March" in page
    changes = as_(auditor).get(reverse("assurance_history", args=[EIGHT, BRENT, 1])).context["changes"]
    assert [change.who for change in changes] == [analyst.name, brent_lead.name]


def test_b11_scores_of_two_cycles_are_never_compared(brent_lead) -> None:
    own(brent_lead)
    own(brent_lead, 2, self_score="Exceeding")
    own(brent_lead, key=TEN, self_score="Green")
    now, second = BenchmarkScore.objects.filter(benchmark__cycle__key=EIGHT).order_by("benchmark__number")
    then = BenchmarkScore.objects.get(benchmark__cycle__key=TEN)

    assert steps_between(now, second) == 1
    with pytest.raises(Refused, match="criteria and scales of their own"):
        steps_between(then, now)


def test_a_step_of_another_scale_is_refused(brent_lead) -> None:
    page = own(brent_lead, self_score="Green")

    assert "self_score" in page.context["form"].errors
    assert not BenchmarkScore.objects.exists()


def test_b11_what_is_done_about_a_score_has_an_owner_and_a_day(brent_lead, harrow_lead) -> None:
    new = reverse("assurance_action_new", args=[EIGHT, BRENT, 1])
    typed = {"what": "A deputy chairs", "owner": "Head of community safety"} | day("due", dt.date(2026, 9, 30))
    assert as_(brent_lead).post(new, typed).status_code == 409
    own(brent_lead)
    as_(brent_lead).post(new, typed)
    action = ImprovementAction.objects.get()
    done = reverse("assurance_action_done", args=[action.pk])

    assert as_(harrow_lead).get(done).status_code == 404
    late = as_(brent_lead).post(done, day("day", dt.date(2026, 6, 1)))
    assert "today or before" in late.context["form"].errors["day"][0]
    as_(brent_lead).post(done, day("day", dt.date(2026, 5, 20)))

    action.refresh_from_db()
    assert action.done_on == dt.date(2026, 5, 20)
    assert as_(brent_lead).post(done, day("day", dt.date(2026, 5, 19))).status_code == 409


def test_b11_a_borough_sees_its_own_row_and_london_sees_all(brent_lead, harrow_lead, analyst, member) -> None:
    own(brent_lead)
    own(harrow_lead, borough=HARROW)
    cycle = reverse("assurance_cycle", args=[EIGHT])

    seen = as_(brent_lead).get(cycle).context["board"]
    assert [row.borough.pk for row in seen.rows] == [BRENT]
    board = as_(analyst).get(cycle).context["board"]
    assert len(board.rows) == 33
    assert board.tallies[0][1] == [("Not met", 0), ("Met", 2), ("Exceeding", 0)]
    assert board.sentence == "0 of 33 areas have scored themselves against all 8 criteria."
    assert as_(brent_lead).get(reverse("assurance_borough", args=[EIGHT, HARROW])).status_code == 404
    assert own(brent_lead, borough=HARROW).status_code == 404
    assert as_(member).get(cycle).status_code == 403


def test_an_analyst_begins_a_cycle_and_the_one_before_ends(analyst) -> None:
    typed = {"name": "Two benchmarks", "key": "two", "criteria": "Plan\nPanel\n", "scale": "No\nYes"}
    typed["framework"] = "prevent-duty"

    twice = as_(analyst).post(
        reverse("assurance_new"), typed | {"scale": "No\nNo"} | day("starts", dt.date(2027, 4, 1))
    )
    assert "at least two steps" in twice.context["form"].errors["scale"][0]
    as_(analyst).post(reverse("assurance_new"), typed | day("starts", dt.date(2027, 4, 1)))

    made = AssuranceCycle.objects.get(key="two")
    assert ([each.title for each in made.benchmarks.all()], made.steps) == (["Plan", "Panel"], ["No", "Yes"])
    assert AssuranceCycle.objects.get(key=EIGHT).ends == dt.date(2027, 3, 31)


def test_an_analyst_puts_a_cycle_right_and_ends_it_and_scores_stay(brent_lead, analyst, auditor) -> None:
    own(brent_lead, 2)
    change, page = reverse("assurance_cycle_edit", args=[EIGHT]), reverse("assurance_cycle", args=[EIGHT])
    assert as_(brent_lead).get(change).status_code == as_(auditor).get(change).status_code == 403
    form = as_(analyst).get(change).context["form"]
    typed = {name: form[name].value() for name in ("name", "criteria", "scale", "version", "opened")}
    typed |= {"reason": "Two words were wrong"} | day("starts", dt.date(2024, 2, 7)) | day("ends", dt.date(2026, 3, 31))
    criteria = [f"Criterion {number}" for number in range(1, 10)]

    wrong = typed | {"scale": "Not met\nExceeding", "criteria": "One"} | day("starts", dt.date(2024, 1, 1))
    errors = as_(analyst).post(change, wrong).context["form"].errors
    assert list(errors["scale"]) == ["Boroughs are scored “Met”. Keep it"]
    assert "scored against 8 criteria" in errors["criteria"][0]
    assert "Ten benchmarks, until 2023 holds from 1 July 2015 to 6 February 2024" in errors["starts"][0]
    as_(analyst).post(change, typed | {"criteria": "\n".join(criteria), "scale": "Not met\nMet\nWell met"})

    cycle = AssuranceCycle.objects.get(key=EIGHT)
    assert (cycle.ends, cycle.steps) == (dt.date(2026, 3, 31), ["Not met", "Met", "Well met"])
    assert [each.title for each in cycle.benchmarks.all()] == criteria
    assert (BenchmarkScore.objects.get().benchmark.number, BenchmarkScore.objects.get().own_words) == (2, "Met")
    assert "to 31 March 2026" in as_(brent_lead).get(page).content.decode()
    changes = as_(auditor).get(reverse("assurance_cycle_history", args=[EIGHT])).context["changes"]
    assert [change.why for change in changes if change.who == analyst.name] == ["Two words were wrong"]


def test_b11_a_framework_of_another_body_has_cycles_and_scores_of_its_own(brent_lead, analyst, auditor) -> None:
    about = {"name": "Readiness inspection", "key": "readiness", "body": "Regional inspectorate", "about": ""}
    taken = as_(analyst).post(reverse("assurance_framework_new"), about | {"key": "prevent-duty"})
    assert "taken" in taken.context["form"].errors["key"][0]
    assert as_(brent_lead).get(reverse("assurance_framework_new")).status_code == 403

    asked = as_(analyst).post(reverse("assurance_framework_new"), about, follow=True)
    assert asked.context["form"]["framework"].value() == "readiness"
    typed = {"framework": "readiness", "name": "Five questions", "key": "five", "criteria": "Leadership"}
    steps = "Inadequate\nGood\nOutstanding"
    as_(analyst).post(reverse("assurance_new"), typed | {"scale": steps} | day("starts", dt.date(2026, 4, 1)))
    own(brent_lead, key="five", self_score="Good")

    change = reverse("assurance_framework_edit", args=["readiness"])
    opened = as_(analyst).get(change).context["form"]
    typed = about | {"name": "Readiness review", "reason": "Its new name", "version": opened["version"].value()}
    as_(analyst).post(change, typed)
    history = as_(auditor).get(reverse("assurance_framework_history", args=["readiness"])).content.decode()
    assert "Its new name" in history
    assert as_(auditor).get(change).status_code == 403

    listed = as_(auditor).get(reverse("assurance")).content.decode()
    assert "Readiness review</h2>" in listed
    assert "Set by: Regional inspectorate." in listed
    assert "Set by: Home Office." in listed
    page = as_(auditor).get(reverse("assurance_cycle", args=["five"]))
    assert "Readiness review, Regional inspectorate" in page.content.decode()
    assert page.context["board"].tallies[0][1] == [("Inadequate", 0), ("Good", 1), ("Outstanding", 0)]
    assert AssuranceCycle.objects.get(key=EIGHT).ends is None


@pytest.mark.parametrize("count", [1, 3])
def test_pages_ask_the_same_number_of_questions_for_1_and_3_scores(
    count, brent_lead, analyst, django_assert_num_queries
) -> None:
    for number in range(1, count + 1):
        own(brent_lead, number)
    client = as_(analyst)

    with django_assert_num_queries(QUERIES_OF_A_CYCLE):
        client.get(reverse("assurance_cycle", args=[EIGHT]))
    with django_assert_num_queries(QUERIES_OF_A_BOROUGH):
        client.get(reverse("assurance_borough", args=[EIGHT, BRENT]))
