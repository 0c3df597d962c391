"""The pages of measures, from a proposal to a value that is final."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from contest_portal.accounts.models import User
from contest_portal.audit.models import AccessRecord
from contest_portal.notifications.models import Message
from strands.models import Measure, MeasureVersion, Observation
from tests import make
from tests.cast import as_
from tests.strands.answers import day
from tests.strands.measuring import Q1, measure, observed, proposal

pytestmark = pytest.mark.django_db
PROPOSED = {
    "code": "PV-03",
    "strand": "prevent",
    "name": "Staff trained",
    "definition": "People who completed a course.",
    "unit": "people",
    "kind": "flow",
    "direction": "higher",
    "frequency": "quarterly",
    "lag_days": "14",
    "sensitivity": "S0",
    "collection_level": "borough",
    "publication_level": "borough",
    "source": "staff_trained",
    "amber_percent": "10",
    "target": "600",
    **day("starts", dt.date(2026, 4, 1)),
}


@pytest.fixture(autouse=True)
def in_october(time_machine: Any) -> None:
    time_machine.move_to(dt.datetime(2026, 10, 26, 10, tzinfo=dt.UTC), tick=True)


def words(response: Any) -> str:
    return " ".join(response.content.decode().split())


def errors(response: Any) -> dict[str, list[str]]:
    return {name: list(said) for name, said in response.context["form"].errors.items()}


def listed(client: Client) -> Any:
    return client.get(reverse("measures"), {"quarter": Q1.key})


def test_story_2_a_measure_goes_from_proposal_to_force_on_its_pages(
    analyst: User, prevent_lead: User, chair: User, member: User
) -> None:
    made = as_(analyst).post(reverse("measure_new"), PROPOSED)
    version = Measure.objects.get(code="PV-03").versions.get()

    assert made.url == "/measures/PV-03/"
    assert "version 1 is proposed" in words(listed(as_(chair)))
    assert "PV-03" not in words(listed(as_(member)))
    assert as_(member).get(made.url).status_code == 404
    decision = reverse("measure_decision", args=[version.pk])
    assert "Nobody beside Anand Lister has agreed" in words(as_(chair).get(decision))
    agreement = reverse("measure_agreement", args=[version.pk])
    page = as_(prevent_lead).post(agreement, {"seen": version.version}, follow=True)
    assert "You have agreed to PV-03." in words(page)
    assert agreement not in words(page)
    answer = {"answer": "yes", "seen": MeasureVersion.objects.get().version}
    assert "agreed by Priya Preventt" in words(as_(chair).get(decision))
    assert "Approve Staff trained?" in words(as_(chair).get(decision))
    as_(chair).post(decision, answer)
    page = words(listed(as_(member)))
    assert "PV-03 Staff trained" in page
    assert "Overdue" in page


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"code": "training"}, "code", "Enter two capitals"),
        ({"direction": "none"}, "target", "has no target"),
        ({"direction": "band"}, "upper", "A band needs"),
        ({"sensitivity": "S2"}, "collection_level", "for London alone"),
        ({"code": "PV-07"}, "code", "This code is taken"),
    ],
)
def test_a_wrong_proposal_is_told_beside_the_box(
    analyst: User, typed: dict[str, str], field: str, sentence: str
) -> None:
    measure("PV-07")

    response = as_(analyst).post(reverse("measure_new"), PROPOSED | typed)
    assert sentence in errors(response)[field][0]
    assert "People who completed a course." in words(response)


def test_a_strand_lead_proposes_for_the_own_strand_alone(prevent_lead: User) -> None:
    response = as_(prevent_lead).post(reverse("measure_new"), PROPOSED | {"strand": "prepare"})

    assert "strand" in errors(response)


def test_a_new_version_begins_with_what_the_one_before_says_and_aims_at(analyst: User) -> None:
    measure("PV-03")

    initial = as_(analyst).get(reverse("measure_version_new", args=["PV-03"])).context["form"].initial
    assert (initial["name"], initial["target"]) == ("Staff trained", "600")


def test_the_log_fills_the_box_and_the_analyst_confirms_it(analyst: User) -> None:
    of = measure("PV-03")
    make.activity(kind="training", particulars={"completed": {"value": 31, "qualifier": "exact"}})
    address = reverse("observation_new", args=["PV-03"])

    page = as_(analyst).get(address, {"quarter": Q1.key})
    assert "from 1 activity." in words(page)
    assert page.context["form"].initial["value"] == 31
    typed = {"quarter": Q1.key, "value": "31", "qualifier": "exact", "received": "1", "expected": "1"}
    assert as_(analyst).post(address, typed).url == "/measures/PV-03/"
    assert (of.observations.get().value, of.observations.get().state) == (31, "checked")
    assert "Say why it is corrected" in errors(as_(analyst).post(address, typed))["reason"][0]


def test_a_value_is_checked_explained_and_made_final_on_its_page(
    analyst: User, prevent_lead: User, chair: User
) -> None:
    found = observed(measure("PV-07"), Q1, by="prevent.lead", numerator=91, denominator=100)

    page = as_(analyst).post(reverse("observation_check", args=[found.pk]), follow=True)
    assert "is checked" in words(page)
    refused = as_(chair).post(reverse("observation_approval", args=[found.pk]))
    assert "commentary has to be written first" in words(refused)
    said = {"commentary": "Two panels were put off; the deputy chairs from November."}
    as_(prevent_lead).post(reverse("observation_commentary", args=[found.pk]), said)
    as_(chair).post(reverse("observation_approval", args=[found.pk]))
    assert Observation.objects.get().state == "approved"


def test_b3_another_colour_is_asked_for_and_set_by_the_chair_beside_the_one_of_the_target(
    analyst: User, prevent_lead: User, chair: User, member: User
) -> None:
    found = observed(measure("PV-07"), Q1, by="analyst", numerator=91, denominator=100)
    address, own = reverse("observation_colour", args=[found.pk]), found.measure.get_absolute_url()
    assert "Ask for another colour" in words(as_(prevent_lead).get(own))
    assert "Ask for another colour" not in words(as_(chair).get(own))
    assert [key for key, _ in as_(prevent_lead).get(address).context["form"].fields["colour"].choices] == ["G", "R"]

    as_(prevent_lead).post(address, {"colour": "G", "reason": "Two panels met a day later, for a funeral."})
    decision = reverse("observation_colour_decision", args=[found.pk])
    asked = Message.objects.get(recipient=chair)
    assert (asked.subject, asked.link) == (f"PV-07, {Q1.short}: another colour is asked for", decision)
    assert "funeral" not in asked.text
    assert as_(analyst).post(decision, {"answer": "yes"}).status_code == 403
    assert "another colour is asked for" in words(as_(chair).get("/measures/", {"quarter": Q1.key}))
    assert "by Priya Preventt" in words(as_(chair).get(decision))
    assert as_(chair).post(decision, {"answer": "yes", "seen": "0"}).status_code == 409
    as_(chair).post(decision, {"answer": "yes", "seen": Observation.objects.get().version})

    assert Message.objects.get(recipient=prevent_lead).text == "The chair set the colour that you asked for."
    assert Message.objects.count() == 2
    page = words(as_(member).get("/measures/", {"quarter": Q1.key}))
    assert "G: within target</strong>" in page
    assert "Set by the chair; by its target A: close to target" in page
    # What is said of all of them goes by their targets.
    assert "0 of 1 measures with data and a target are within target" in page
    # A corrected value has the colour of its own target.
    observed(found.measure, Q1, by="analyst", numerator=90, denominator=100, reason="One more was put off")
    assert "A: close to target</strong>" in words(as_(member).get("/measures/", {"quarter": Q1.key}))


def test_b10_a_measure_is_put_under_review_and_retired_on_its_pages(analyst: User, chair: User) -> None:
    measure("PV-03")
    typed = {"reason": "It adds nothing.", **day("last_day", dt.date(2026, 9, 30))}

    as_(analyst).post(reverse("measure_review", args=["PV-03"]), typed)
    version = Measure.objects.get().versions.get()
    assert version.state == "under_review"
    answer = {"answer": "yes", "seen": version.version}
    as_(chair).post(reverse("measure_decision", args=[version.pk]), answer)
    assert Measure.objects.get().versions.get().state == "retired"


def test_a_small_number_about_individuals_is_read_by_its_checker_on_one_page_and_by_nobody_else(
    analyst: User, prevent_lead: User, chair: User, member: User
) -> None:
    found = observed(measure("PV-11"), Q1, by="prevent.lead", value=4)
    address, own = reverse("observation_check", args=[found.pk]), found.measure.get_absolute_url()

    checking = as_(analyst).get(address)
    assert '<p class="portal-figure-value">4</p>' in checking.content.decode()
    assert AccessRecord.objects.get().what == "value of PV-11, Q1 2026/27"
    assert as_(prevent_lead).get(address).status_code == 409
    assert [as_(other).get(address).status_code for other in (chair, member)] == [403, 403]
    page = as_(analyst).post(address, follow=True)
    assert "[c] fewer than 5" in words(page)
    assert as_(analyst).get(address).status_code == 409
    for response in [page, *(as_(reader).get(own) for reader in (analyst, chair, member)), listed(as_(analyst))]:
        assert "[c] fewer than 5" in words(response)
        assert "[p]" not in words(response)
    assert AccessRecord.objects.count() == 1


def test_an_ordinary_number_is_checked_without_a_record_of_reading(analyst: User) -> None:
    found = observed(measure("PV-07"), Q1, by="prevent.lead", numerator=91, denominator=100)

    assert "91% (91 of 100)" in words(as_(analyst).get(reverse("observation_check", args=[found.pk])))
    assert not AccessRecord.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_as_much_for_many_as_for_one(
    analyst: User, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for code in ("PV-03", "PV-07", "PR-02")[:count]:
        observed(measure(code), Q1, **({"value": 7} if code == "PV-03" else {"numerator": 6, "denominator": 7}))
        proposal(code, starts=dt.date(2026, 10, 1))
    client = as_(analyst)
    listed(client)

    with django_assert_num_queries(QUERIES):
        listed(client)


QUERIES = 13


def test_a_version_that_begins_later_says_from_when(analyst: User, member: User) -> None:
    found = measure("PV-07")
    measure("PV-07", starts=dt.date(2027, 4, 1), definition="Counted anew.")

    page = words(as_(member).get(found.get_absolute_url()))

    assert (
        'Version 2: Channel panels held on schedule <strong class="govuk-tag govuk-tag--grey">From 1 April 2027' in page
    )
