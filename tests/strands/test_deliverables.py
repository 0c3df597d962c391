"""Deliverables: milestones with three days, every slip with its reason, status before colour, areas one by one."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from boroughs.models import Borough
from contest_portal.accounts.models import User
from contest_portal.audit.acting import acting
from contest_portal.core.refusal import Refused
from contest_portal.notifications.models import Message
from strands.figures import delivery
from strands.models import Deliverable, Milestone
from strands.models.deliverable_words import DeliverableStatus
from strands.workflow.deliverables import accept_slip, add_milestone
from tests.cast import BRENT, HARROW
from tests.strands.planned import JUNE, MARCH, deliverable, judged, marked, put_off, reached

pytestmark = pytest.mark.django_db
CITY = "E09000001"
TODAY = dt.date(2026, 5, 20)


def step(of: Deliverable, title: str, due: dt.date, by: User) -> Milestone:
    with acting(by):
        return add_milestone(Milestone(deliverable=of, title=title), due=(due, "exact"), by=by)


def test_b1_a_deliverable_stands_in_the_plan_of_a_year_under_strand_and_objective(secretary: User) -> None:
    first, second = deliverable(), deliverable(strand_id="prepare")
    third = deliverable(year=2025)

    assert [each.reference for each in (first, second, third)] == ["PV/2026-27/01", "PR/2026-27/01", "PV/2025-26/01"]
    assert deliverable().reference == "PV/2026-27/02"
    assert (first.plan, first.last.baseline, first.last.title) == ("2026/27", MARCH, "Delivered in full")


def test_b3_a_date_that_slipped_three_times_keeps_each_old_date_and_reason() -> None:
    found = deliverable(dt.date(2026, 9, 30))

    put_off(found, dt.date(2026, 12, 31), "the supplier changed")
    put_off(found, MARCH, "the first data were incomplete")
    put_off(found, JUNE, "testers were on leave")

    found = Deliverable.objects.get(pk=found.pk)
    assert [str(slip) for slip in found.last.slips.all()] == [
        "Was 30 September 2026, now 31 December 2026: the supplier changed",
        "Was 31 December 2026, now 31 March 2027: the first data were incomplete",
        "Was 31 March 2027, now 30 June 2027: testers were on leave",
    ]
    line = delivery.line(found, TODAY)
    assert (line.due, line.dates) == ("30 June 2027", "First agreed for 30 September 2026, put off 3 times")
    assert found.last.lateness_in_words == "273 days later than first agreed"
    assert list(Deliverable.objects.late(TODAY)) == [found]


def test_b3_no_date_changes_without_a_reason() -> None:
    found = deliverable()

    with pytest.raises(IntegrityError), transaction.atomic():
        put_off(found, JUNE, "")
    assert Deliverable.objects.get(pk=found.pk).last.forecast == MARCH


def test_a_milestone_that_somebody_else_changed_is_not_changed_again_unseen(secretary: User) -> None:
    found = deliverable()
    stale = found.milestones.get()
    put_off(found, JUNE, "the supplier changed")

    with pytest.raises(Refused, match="Somebody changed"):
        reached(stale, TODAY)


def test_b7_a_changed_date_is_accepted_by_the_chair_and_by_nobody_who_made_it(secretary: User, chair: User) -> None:
    slip = put_off(deliverable(), JUNE, "the supplier changed")

    with pytest.raises(Refused, match="The chair accepts"):
        accept_slip(slip, by=secretary)
    with acting(chair):
        accepted = accept_slip(slip, by=chair)
    assert (accepted.accepted_by, accepted.accepted_at is not None) == (chair, True)
    with pytest.raises(Refused, match="accepted already"):
        accept_slip(slip, by=chair)
    accepted.accepted_by, accepted.made_by = None, chair
    assert accepted.why_not_accept(chair) == "You made this change, so somebody else accepts it."


def test_b7_milestones_have_owners_and_the_last_one_waits_for_the_others(secretary: User) -> None:
    found = deliverable()
    first = step(found, "Template agreed", dt.date(2026, 5, 18), secretary)

    with pytest.raises(Refused, match="“Template agreed” comes before it"):
        reached(found.milestones.get(is_last=True), TODAY)
    assert reached(first, dt.date(2026, 5, 15)).deliverable.state == "under_way"
    assert reached(found.milestones.get(is_last=True), TODAY).deliverable.state == "delivered"
    with pytest.raises(Refused, match="is delivered"):
        step(found, "One more", JUNE, secretary)


def test_what_is_reached_late_says_why_and_the_reason_is_one_more_slip() -> None:
    found = deliverable(dt.date(2026, 5, 1))
    last = found.milestones.get()

    with pytest.raises(Refused, match="It was forecast for 1 May 2026"):
        reached(last, dt.date(2026, 5, 11))
    reached(last, dt.date(2026, 5, 11), "the printer was late")

    found = Deliverable.objects.get(pk=found.pk)
    assert [str(slip) for slip in found.last.slips.all()] == ["Was 1 May 2026, now 11 May 2026: the printer was late"]
    assert (found.is_late(TODAY), found.last.days_late) == (True, 10)


@pytest.mark.parametrize(
    ("due", "state", "confidence", "status", "shown"),
    [
        (MARCH, "not_started", "", DeliverableStatus.NOT_STARTED, None),
        (MARCH, "under_way", "AG", DeliverableStatus.UNDER_WAY, "AG"),
        (dt.date(2026, 5, 19), "under_way", "R", DeliverableStatus.OVERDUE, "R"),
        (dt.date(2026, 5, 19), "cancelled", "R", DeliverableStatus.CANCELLED, None),
    ],
)
def test_b6_status_comes_before_colour(
    due: dt.date, state: str, confidence: str, status: DeliverableStatus, shown: str | None
) -> None:
    found = judged(deliverable(due), state=state, confidence=confidence, why="As agreed")

    assert (found.status_on(TODAY), found.confidence_shown) == (status, shown)


def test_a_closed_deliverable_is_not_opened_again(secretary: User) -> None:
    found = judged(deliverable(), state="cancelled", why="The grant ended")

    with pytest.raises(Refused, match="is cancelled, and stays so"):
        judged(found, state="under_way", confidence="G", why="It goes on")
    with pytest.raises(Refused, match="is cancelled"):
        put_off(found, JUNE, "the supplier changed")


def test_dates_are_as_exact_as_they_are_known() -> None:
    month, quarter = deliverable(precision="month"), deliverable(precision="quarter")

    assert month.last.forecast_in_words == "March 2027"
    assert quarter.last.forecast_in_words == "Q4 2026/27 (January to March 2027)"


@pytest.mark.parametrize(
    ("population", "count", "begins", "city"),
    [
        ("LONDON_33", 33, "33 of 33 areas have it", "counted"),
        ("MET_32", 32, "32 of 32 boroughs have it", "not counted"),
    ],
)
def test_b4_progress_by_borough_names_its_population_and_says_whether_the_city_is_counted(
    population: str, count: int, begins: str, city: str
) -> None:
    found = deliverable(dt.date(2026, 6, 30), population_id=population)
    for area in found.areas():
        marked(found, area.pk)

    assert found.progress.count() == count
    said = f"{begins}, all by the deadline of 30 June 2026. The City of London is {city}."
    assert found.progress_of_areas().sentence == said
    assert found.progress_of_areas().why_not_complete == ""


def test_edge_6_the_city_is_not_marked_where_it_is_not_counted(secretary: User) -> None:
    found = deliverable(population_id="MET_32")

    with pytest.raises(Refused, match="You do not mark City of London"):
        marked(found, CITY)


def test_areas_that_have_it_late_or_not_at_all_are_told_and_keep_it_open() -> None:
    found = deliverable(dt.date(2026, 5, 1), population_id="LONDON_33")
    for area in Borough.objects.exclude(pk__in=[BRENT, HARROW]):
        marked(found, area.pk)
    marked(found, BRENT, delivered_on=dt.date(2026, 5, 11), delivered_to="Chief executive")
    marked(found, HARROW, remark="The post is vacant")

    areas = found.progress_of_areas()
    assert areas.sentence == (
        "32 of 33 areas have it, 31 of them by the deadline of 1 May 2026. The City of London is counted."
    )
    with pytest.raises(Refused, match="1 area has not got it yet"):
        reached(found.milestones.get(), TODAY, "Harrow")
    row = Deliverable.objects.for_table().get()
    assert row.areas_words == "32 of 33 areas"


def test_a_borough_marks_itself_and_no_other(brent_lead: User) -> None:
    found = deliverable(population_id="LONDON_33")

    assert marked(found, BRENT, by="brent.lead").marked_by == brent_lead
    with pytest.raises(Refused, match="You do not mark Harrow"):
        marked(found, HARROW, by="brent.lead")
    assert [area.pk for area in found.areas_shown_to(brent_lead)] == [BRENT]


def test_who_edits_reads_and_marks(
    secretary: User, prevent_lead: User, analyst: User, brent_lead: User, member: User, admin: User
) -> None:
    prevent, prepare = deliverable(population_id="MET_32"), deliverable(strand_id="prepare")

    def editable(user: User) -> set[Deliverable]:
        return set(Deliverable.objects.editable_by(user))

    assert [editable(user) for user in (secretary, prevent_lead, analyst, brent_lead, member)] == [
        {prevent, prepare},
        {prevent},
        set(),
        set(),
        set(),
    ]
    assert not Deliverable.objects.visible_to(admin).exists()
    assert prevent.areas_shown_to(member).count() == 32
    assert prevent.areas_marked_by(member).count() == 0
    assert prevent.areas_marked_by(prevent_lead).count() == 32


def test_all_deliverables_are_told_in_one_sentence() -> None:
    deliverable()
    judged(deliverable(dt.date(2026, 5, 1)), state="under_way", confidence="A", why="One supplier left")
    reached(deliverable().milestones.get(), TODAY)
    found = list(Deliverable.objects.for_table())

    assert timezone.localdate() == TODAY
    assert delivery.sentence(found, TODAY) == (
        "3 deliverables: 1 not started, 1 overdue, 1 delivered. 1 is later than first agreed, or overdue."
    )
    assert delivery.sentence([], TODAY) == ""


def test_b7_the_chair_is_told_of_a_milestone_that_was_put_off_and_not_of_one_brought_forward(chair: User) -> None:
    found = deliverable()
    put_off(found, JUNE, "the supplier changed")
    put_off(found, MARCH, "it came early")

    (message,) = Message.objects.filter(recipient=chair)
    assert message.subject == f"{found.reference}: a milestone was put off"
    assert "now forecast for 30 June 2027" in message.text
    assert message.link == found.get_absolute_url()
