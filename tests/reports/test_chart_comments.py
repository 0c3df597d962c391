"""What people say of a chart: for everybody who may read it, kept for good, and told without its words."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from contest_portal.accounts.models import User
from contest_portal.audit.acting import acting
from contest_portal.core.refusal import Refused
from contest_portal.notifications.models import Mail, Message
from reports.figures import figure
from reports.figures.parts import WHOLE
from reports.models import ChartComment
from reports.workflow.chart_comments import comment_on_chart, resolve_comment
from strands.models import Activity
from strands.workflow.observing import check_observation
from tests import cast, make
from tests.cast import BRENT, HARROW, as_
from tests.strands.measuring import measure, observed

QUARTER = make.QUARTER
BY_STRAND = "activities_by_strand"
WORDS = "Prepare has one exercise a year, so this is no gap."

pytestmark = pytest.mark.usefixtures("in_august")


def say(person: User, text: str = WORDS, key: str = BY_STRAND, **query: str) -> Any:
    address = reverse("chart_comment_new", args=[key], query={"quarter": QUARTER.key} | query)
    return as_(person).post(address, {"text": text})


def discussion(person: User, key: str = BY_STRAND, **query: str) -> Any:
    return as_(person).get(reverse("chart_comments", args=[key]), {"quarter": QUARTER.key} | query)


def words(response: Any) -> str:
    return " ".join(response.content.decode().split())


def test_f5_a_chart_is_discussed_by_those_who_read_it(log: list[Activity], member: User, analyst: User) -> None:
    assert "Nobody has commented" in words(discussion(member))
    opened = say(member)
    [written] = ChartComment.objects.visible_to(analyst)

    assert (opened.status_code, opened["Location"]) == (
        302,
        f"/dashboards/figures/{BY_STRAND}/comments/?quarter={QUARTER.key}#comment-{written.pk}",
    )
    client = as_(analyst)
    dashboard = words(client.get("/dashboards/", {"quarter": QUARTER.key}))
    assert dashboard.count(">1 comment<") == 1
    client.post(written.reply_address, {"text": "And it is in Q3."})
    shown = words(discussion(member))
    assert "2 comments, 1 open" in shown
    assert shown.index("Mel Overseer") < shown.index(WORDS) < shown.index("And it is in Q3.")
    assert "3 August 2026 at 10:00am" in shown

    client.post(written.resolution_address)

    assert "2 comments, 0 open" in words(discussion(member))
    assert "Resolved by Anand Lister on 3 August 2026" in words(discussion(member))
    assert [row.history_type for row in written.history.order_by("history_id")] == ["+", "~"]


def test_f5_who_took_part_is_told_that_there_is_more_and_not_what(
    log: list[Activity], member: User, analyst: User, chair: User
) -> None:
    say(member)
    say(chair, "Noted by the chair.")
    say(analyst, "Hidden words.")

    told = {message.recipient: message for message in Message.objects.all()}
    last = Message.objects.visible_to(chair).get()
    assert set(told) == {member, chair}
    assert Message.objects.visible_to(member).count() == 2
    assert last.subject == "Activities by strand, Q1 2026/27 (April to June 2026): a comment"
    assert "Hidden words" not in f"{last.subject}{last.text}"
    assert not Mail.objects.filter(body__contains="Hidden").exists()
    assert as_(chair).get(last.link, follow=True).status_code == 200


def test_f5_each_quarter_and_each_part_of_london_has_its_own_discussion(
    log: list[Activity], member: User, brent_lead: User
) -> None:
    say(brent_lead, "Of Brent.", over=BRENT)
    say(brent_lead, "Of Prevent.", "activities_by_borough", strand="prevent")

    assert "Of Brent." in words(discussion(member, over=BRENT))
    for other in ({}, {"over": HARROW}, {"over": BRENT, "strand": "prevent"}, {"over": BRENT, "quarter": "2025-26-Q4"}):
        assert "Of Brent." not in words(discussion(member, **other))
    page = as_(member).get(f"/dashboards/boroughs/{BRENT}/", {"quarter": QUARTER.key})
    strand = as_(member).get("/dashboards/strands/prevent/", {"quarter": QUARTER.key})
    assert words(page).count(">1 comment<") == words(strand).count(">1 comment<") == 1
    assert ">1 comment<" not in words(as_(member).get("/dashboards/", {"quarter": QUARTER.key}))


def test_f5_areas_in_another_order_are_the_same_chart(log: list[Activity], member: User) -> None:
    say(member, over=f"{HARROW},{BRENT}")

    assert WORDS in words(discussion(member, over=f"{BRENT},{HARROW}"))


def test_f5_what_is_said_of_whose_return_is_in_is_for_those_who_may_know(
    log: list[Activity], brent_lead: User, secretary: User, member: User
) -> None:
    say(secretary, key="returns_by_borough")
    say(secretary, "Harrow is late.", "returns_accepted", over=HARROW)
    by_borough, of_harrow = ChartComment.objects.order_by("pk")

    assert discussion(brent_lead, "returns_by_borough").status_code == 403
    assert discussion(brent_lead, "returns_accepted", over=HARROW).status_code == 403
    for hidden in (by_borough, of_harrow):
        for name in ("chart_comment", "chart_comment_reply"):
            assert as_(brent_lead).get(reverse(name, args=[hidden.pk])).status_code == 404
        assert as_(brent_lead).post(hidden.resolution_address).status_code == 404
    assert not ChartComment.objects.visible_to(brent_lead).exists()
    assert ChartComment.objects.visible_to(member).count() == 2


@pytest.mark.parametrize("account", ["admin", "outsider"])
def test_f5_without_the_dashboards_there_is_no_discussion(account: str, log: list[Activity], member: User) -> None:
    say(member)
    person = cast.person(account)

    assert discussion(person).status_code == say(person).status_code == 403
    assert not ChartComment.objects.visible_to(person).exists()


def test_f5_an_inspector_reads_it_and_writes_nothing(log: list[Activity], member: User, auditor: User) -> None:
    say(member)

    assert WORDS in words(discussion(auditor))
    assert "Save the comment" not in words(discussion(auditor))
    assert say(auditor).status_code == 403
    with pytest.raises(Refused), acting(auditor):
        comment_on_chart(figure(BY_STRAND, QUARTER), "No.", by=auditor)


def test_f5_who_may_not_read_the_chart_any_more_is_not_told(
    log: list[Activity], member: User, prevent_lead: User
) -> None:
    say(prevent_lead, key="returns_by_borough")
    with acting(User.objects.portal()):
        grant = prevent_lead.grants.get()
        grant.ends = dt.date(2026, 8, 2)
        grant.save()

    say(member, key="returns_by_borough")

    assert not Message.objects.filter(recipient=prevent_lead).exists()


def test_f5_names_of_people_are_caught_and_what_was_typed_is_kept(log: list[Activity], member: User) -> None:
    typed = "Write to jo.bloggs@example.org about it."
    refused = say(member, typed)

    assert "There is a problem" in words(refused)
    assert typed in words(refused)
    assert "Write what you want to say" in words(say(member, ""))
    assert not ChartComment.objects.exists()


def test_f5_a_resolved_comment_is_not_answered_and_not_resolved_twice(
    log: list[Activity], member: User, analyst: User
) -> None:
    say(member)
    written = ChartComment.objects.get()
    as_(analyst).post(written.reply_address, {"text": "Yes."})
    reply = written.replies.get()
    as_(analyst).post(written.resolution_address)

    assert as_(analyst).post(written.resolution_address).status_code == 409
    assert as_(analyst).post(written.reply_address, {"text": "More."}).status_code == 409
    assert as_(analyst).post(reply.reply_address, {"text": "More."}).status_code == 409
    with pytest.raises(Refused), acting(analyst):
        resolve_comment(reply.pk, by=analyst)


def test_f5_the_chart_as_it_was_when_somebody_spoke_stays_beside_the_words(log: list[Activity], member: User) -> None:
    say(member)
    said = ChartComment.objects.get().showed
    assert "The chart said then" not in words(discussion(member))

    for _ in range(3):
        make.activity(strand_id="protect", kind="exercise")

    assert said == ChartComment.objects.get().showed != figure(BY_STRAND, QUARTER, part=WHOLE).finding
    assert f"The chart said then: {said}" in words(discussion(member))


def test_f5_on_a_day_that_is_over_stands_what_had_been_said_by_then(
    log: list[Activity], member: User, analyst: User
) -> None:
    say(member)
    with time_machine.travel(dt.datetime(2026, 8, 6, 9, tzinfo=dt.UTC), tick=False):
        say(analyst, "Said later.")
        as_(analyst).post(ChartComment.objects.earliest("pk").resolution_address)
        then = words(discussion(member, as_at="2026-08-04"))
        dashboard = words(as_(member).get("/dashboards/", {"quarter": QUARTER.key, "as_at": "2026-08-04"}))

    assert "1 comment, 1 open" in then
    assert WORDS in then
    assert "Said later." not in then
    assert "Save the comment" not in then
    assert dashboard.count(">1 comment<") == 1


@pytest.mark.parametrize("rows", [1, 3])
def test_a_discussion_takes_as_many_queries_for_three_comments_as_for_one(
    rows: int, log: list[Activity], member: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(rows):
        say(member)
    client = as_(member)
    address = reverse("chart_comments", args=[BY_STRAND], query={"quarter": QUARTER.key})
    client.get(address)

    with django_assert_num_queries(13):
        client.get(address)


def test_f5_a_measure_is_discussed_for_london_alone(log: list[Activity], member: User, analyst: User) -> None:
    found = observed(measure("PV-03"), QUARTER, by="prevent.lead", value=600)
    with acting(analyst):
        check_observation(found, by=analyst)
    said = say(member, key="PV-03")
    strand = words(as_(member).get("/dashboards/strands/prevent/", {"quarter": QUARTER.key}))

    assert said.status_code == 302
    assert WORDS in words(discussion(analyst, "PV-03"))
    assert strand.count(">1 comment<") == 1
    assert "1 comment on it" in words(as_(member).get(f"/measures/PV-03/{QUARTER.key}/"))
    assert ChartComment.objects.get().showed == ""
    assert as_(analyst).post(ChartComment.objects.get().reply_address, {"text": "Yes."}).status_code == 302
    assert discussion(member, "PV-03", over=BRENT).status_code == 404
    assert discussion(member, "PV-99").status_code == say(member, key="PV-99").status_code == 404
