"""Risks with their mitigation, and equality assessments that a change of the strategy asks for again."""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse

from contest_portal.accounts.models import User
from strands.models import EqualityAssessment, Risk, StrategyVersion
from strands.workflow.strategies import begin_strategy
from tests.cast import BRENT, as_, person
from tests.strands.answers import day

pytestmark = pytest.mark.django_db
QUERIES_OF_RISKS, QUERIES_OF_ASSESSMENTS = 12, 10


def typed_risk(**values: Any) -> dict[str, Any]:
    about = {"strand": "prevent", "borough": "", "title": "A council declines its grant", "cause": "It doubts the aim"}
    about |= {"effect": "No co-ordinator there", "likelihood": "3", "impact": "5", "owner": "Prevent manager"}
    return about | {"mitigation": "The chair writes to its leader"} | day("review_on", dt.date(2026, 9, 30)) | values


def typed_assessment(**values: Any) -> dict[str, Any]:
    about = {"subject": "Delivery of Prevent", "strand": "prevent", "stage": "complete", "owner": "Prevent manager"}
    about |= {"consultation": "By email to 40 contacts; 12 answered", "outcome": "No impact found", "supersedes": ""}
    return about | day("completed_on", dt.date(2026, 5, 1)) | values


def entered(by: User, **values: Any) -> Any:
    return as_(by).post(reverse("risk_new"), typed_risk(**values))


def test_a_risk_is_rated_by_likelihood_times_impact_and_the_worst_stands_first(prevent_lead, auditor) -> None:
    entered(prevent_lead, title="Fewer officers", likelihood="2", impact="2")
    entered(prevent_lead)
    entered(prevent_lead, title="Panels lapse", likelihood="4", impact="2")

    rows = as_(auditor).get(reverse("risks")).context["rows"]

    assert [(risk.reference, risk.score, risk.rating) for risk, _ in rows] == [
        ("RK/LDN/02", 15, "high"),
        ("RK/LDN/03", 8, "medium"),
        ("RK/LDN/01", 4, "low"),
    ]


def test_a_risk_of_a_borough_is_for_that_borough_and_for_london(brent_lead, harrow_lead, analyst, member) -> None:
    entered(brent_lead, borough=BRENT)
    found = Risk.objects.get()

    assert "borough" in entered(brent_lead).context["form"].errors
    assert as_(analyst).get(found.get_absolute_url()).status_code == 200
    assert as_(harrow_lead).get(found.get_absolute_url()).status_code == 404
    assert as_(harrow_lead).get(reverse("risks")).context["rows"] == []
    assert as_(member).get(reverse("risks")).status_code == 403


def test_a_risk_changes_with_its_reason_and_says_when_nobody_looked_again(secretary, auditor, time_machine) -> None:
    entered(secretary)
    found = Risk.objects.get()
    typed = typed_risk(state="open", likelihood="1", reason="It took the grant", version="0", opened="")

    as_(secretary).post(reverse("risk_edit", args=[found.pk]), typed)

    found.refresh_from_db()
    assert (found.score, found.rating) == (5, "low")
    changes = as_(auditor).get(reverse("risk_history", args=[found.pk])).context["changes"]
    assert changes[0].why == "It took the grant"
    assert not found.is_overdue(dt.date(2026, 9, 30))
    assert found.is_overdue(dt.date(2026, 10, 1))


def test_edge_4_a_change_of_the_strategy_asks_for_every_assessment_again(prevent_lead, member) -> None:
    as_(prevent_lead).post(reverse("equality_assessment_new"), typed_assessment())
    found = EqualityAssessment.objects.get()
    assert as_(member).get(found.get_absolute_url()).context["why_review"] == ""

    begin_strategy("CONTEST, May 2026", dt.date(2026, 5, 15), reason="Published", by=person("admin"))

    assert as_(member).get(found.get_absolute_url()).context["why_review"] == (
        "CONTEST, May 2026 came into force on 15 May 2026, after it was completed."
    )
    assert "Now: CONTEST, May 2026" in as_(member).get(reverse("equality_assessments")).content.decode()


def test_a_later_assessment_takes_the_place_of_an_earlier_one(prevent_lead) -> None:
    client, new = as_(prevent_lead), reverse("equality_assessment_new")
    client.post(new, typed_assessment())
    first = EqualityAssessment.objects.get()
    client.post(new, typed_assessment(subject="Delivery again", supersedes=first.pk))

    first.refresh_from_db()
    assert first.stage == "replaced"
    assert first.why_review(dt.date(2030, 1, 1), StrategyVersion.newest()) == ""


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"outcome": ""}, "outcome", "no impact found is an answer too"),
        (dict.fromkeys(day("completed_on", dt.date(2026, 5, 1)), ""), "completed_on", "Enter the day on which"),
        (day("completed_on", dt.date(2027, 1, 1)), "completed_on", "today or before"),
    ],
)
def test_a_complete_assessment_has_a_day_and_an_outcome(secretary, typed, field, sentence) -> None:
    page = as_(secretary).post(reverse("equality_assessment_new"), typed_assessment() | typed)

    assert sentence in page.context["form"].errors[field][0]


@pytest.mark.parametrize("count", [1, 3])
def test_lists_ask_the_same_number_of_questions_for_1_and_3_rows(
    count, secretary, auditor, django_assert_num_queries
) -> None:
    for number in range(count):
        entered(secretary, borough=BRENT)
        as_(secretary).post(reverse("equality_assessment_new"), typed_assessment(subject=f"Delivery {number}"))
    client = as_(auditor)

    with django_assert_num_queries(QUERIES_OF_RISKS):
        client.get(reverse("risks"))
    with django_assert_num_queries(QUERIES_OF_ASSESSMENTS):
        client.get(reverse("equality_assessments"))
