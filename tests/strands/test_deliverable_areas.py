"""Many boroughs of a deliverable marked on one page, after a preview of what changes."""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse

from contest_portal.accounts.models import User
from strands.models import Deliverable, DeliverableProgress
from tests.cast import BRENT, HARROW, as_
from tests.strands.answers import day
from tests.strands.planned import deliverable, marked

pytestmark = pytest.mark.django_db
TYPED = {"delivered_to": "Chief executive", **day("delivered_on", dt.date(2026, 5, 6))}


@pytest.fixture
def found() -> Deliverable:
    """Brent has it; Harrow says why not."""
    made = deliverable(population_id="MET_32")
    marked(made, BRENT)
    marked(made, HARROW, remark="The director is new")
    return made


def press(user: User, found: Deliverable, **typed: Any) -> Any:
    return as_(user).post(reverse("deliverable_areas", args=[found.pk]), TYPED | typed)


def words(response: Any) -> str:
    return " ".join(response.content.decode().split())


def test_b3_all_that_are_left_are_marked_at_once_after_a_preview(found: Deliverable, secretary: User) -> None:
    assert "Mark several at once" in words(as_(secretary).get(found.get_absolute_url()))

    preview = press(secretary, found, everywhere="on")

    assert "Now 1 of 32 boroughs have it; then 32 of 32 boroughs. Nothing is saved yet." in words(preview)
    assert "Not yet: The director is new" in words(preview)
    assert len(preview.context["rows"]) == 31
    assert found.progress.filter(delivered_on=None).count() == 1

    saved = press(secretary, found, everywhere="on", seen=preview.context["seen"])

    assert saved.status_code == 302
    page = words(as_(secretary).get(found.get_absolute_url()))
    assert "32 of 32 boroughs have it, all by the deadline of 31 March 2027." in page
    assert "Mark several at once" not in page
    first = found.progress.get(borough=BRENT)
    assert (first.version, found.progress.get(borough=HARROW).remark) == (0, "")


def test_what_somebody_else_marked_meanwhile_is_previewed_anew(found: Deliverable, secretary: User) -> None:
    seen = press(secretary, found, areas=[HARROW, "E09000025"]).context["seen"]
    marked(found, "E09000025")

    again = press(secretary, found, areas=[HARROW, "E09000025"], seen=seen)
    overtaken = press(secretary, found, areas=[HARROW], seen=seen)

    assert "areas" in again.context["form"].errors
    assert "Somebody marked a borough of it after you opened this page" in words(overtaken)
    assert not DeliverableProgress.objects.exclude(delivered_on=None).filter(borough=HARROW).exists()


def test_a_borough_lead_marks_the_own_borough_alone(found: Deliverable, harrow_lead: User, brent_lead: User) -> None:
    assert [area.pk for area in press(harrow_lead, found, everywhere="on").context["form"].chosen] == [HARROW]
    refused = press(brent_lead, found, areas=[HARROW])
    assert "areas" in refused.context["form"].errors
    assert "Mark several at once" not in words(as_(harrow_lead).get(found.get_absolute_url()))


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({}, "areas", "Tick those that have it"),
        ({"everywhere": "on", "delivered_to": ""}, "delivered_to", ""),
        ({"everywhere": "on", "delivered_on-year": "2027"}, "delivered_on", "must be today or before"),
    ],
)
def test_a_wrong_answer_is_told_beside_its_box(
    found: Deliverable, secretary: User, typed: dict[str, str], field: str, sentence: str
) -> None:
    assert sentence in press(secretary, found, **typed).context["form"].errors[field][0]
