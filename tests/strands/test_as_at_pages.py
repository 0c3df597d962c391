"""Pages of one thing, and long downloads, as they were known on a day: from history, with the rights of today."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from boroughs.models import FundingLine, Organisation, Post
from boroughs.workflow.funding import save_funding_line
from boroughs.workflow.posts import add_posts
from contest_portal.accounts.models import User
from contest_portal.audit.acting import acting
from strands.models import Activity, ActivityDeliverable, EqualityAssessment, ExportJob, Risk
from strands.tasks import write_export
from strands.views import activity_list
from strands.workflow.risks import add_risk, save_assessment
from tests import make
from tests.cast import BRENT, HARROW, as_, person
from tests.strands.planned import JUNE, deliverable, marked, put_off
from tests.strands.test_assurance import own

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 5, 20)
THEN = {"as_at": DAY.isoformat()}
LATER = dt.datetime(2026, 5, 23, 9, tzinfo=dt.UTC)
EARLIER = {"as_at": "2026-05-19"}


def changed(row: Any, **values: Any) -> None:
    found = type(row).objects.get(pk=row.pk)
    for name, value in values.items():
        setattr(found, name, value)
    with acting(person("brent.lead")):
        found.save()


def text(response: Any) -> str:
    return " ".join(response.content.decode().split("<main")[1].split("</main>")[0].split())


@pytest.fixture
def log() -> tuple[Activity, Any]:
    """A conference that serves a deliverable; three days later both have changed."""
    activity = make.activity(
        title="First title", internal_note="First note", attendance=30, shares={BRENT: 60, HARROW: 40}
    )
    found = deliverable(population_id="MET_32")
    marked(found, BRENT)
    make.many([ActivityDeliverable(activity=activity, deliverable=found)])
    with time_machine.travel(LATER, tick=True):
        changed(activity, title="Second title", internal_note="Second note", attendance=45)
        with acting(person("brent.lead")):
            activity.shares.get(borough=HARROW).delete()
            ActivityDeliverable.objects.get().delete()
        put_off(found, JUNE, "the supplier changed")
        marked(found, HARROW)
    return activity, found


@pytest.fixture(autouse=True)
def a_week_later(log: Any, time_machine: Any) -> None:
    time_machine.move_to(dt.datetime(2026, 5, 27, 10, tzinfo=dt.UTC), tick=True)


def test_f8_the_page_of_an_activity_is_as_it_was(log: tuple[Activity, Any], brent_lead: User) -> None:
    activity, found = log

    then, now = (text(as_(brent_lead).get(activity.get_absolute_url(), query)) for query in (THEN, {}))

    for words in ("First title", "First note", "Brent 60% and Harrow 40%", f"{found.get_absolute_url()}?as_at={DAY}"):
        assert words in then
        assert words not in now
    assert "As known on 20 May 2026" in then
    assert "Change it" not in then
    assert "Second note" in now


def test_f8_the_page_of_a_deliverable_is_as_it_was(log: tuple[Activity, Any], secretary: User) -> None:
    activity, found = log

    then, now = (text(as_(secretary).get(found.get_absolute_url(), query)) for query in (THEN, {}))

    assert "1 of 32 boroughs" in then
    assert "2 of 32 boroughs" in now
    assert "1 activity that you may see" in then
    assert f"{activity.get_absolute_url()}?as_at={DAY}" in then
    assert "the supplier changed" in now
    for words in ("the supplier changed", "Say how it stands", "Mark<"):
        assert words not in then


def test_what_was_not_there_yet_is_told_to_those_alone_who_may_see_it_now(
    log: tuple[Activity, Any], brent_lead: User, harrow_lead: User, member: User
) -> None:
    activity, found = log
    changed(activity, marking="OFFICIAL-SENSITIVE")
    sentence = "At the end of 19 May 2026 the portal held nothing of this that you may read."

    told, hidden = (as_(user).get(activity.get_absolute_url(), EARLIER) for user in (brent_lead, member))

    assert (told.status_code, sentence in text(told)) == (404, True)
    assert (hidden.status_code, sentence in text(hidden)) == (404, False)
    assert sentence in text(as_(member).get(found.get_absolute_url(), EARLIER))
    assert as_(member).get(activity.get_absolute_url(), THEN).status_code == 404


def test_a_long_download_is_written_as_known_on_its_day(
    log: tuple[Activity, Any], brent_lead: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(activity_list, "MOST_AT_ONCE", 0)
    client = as_(brent_lead)
    asked = client.get(reverse("activities_csv"), THEN | {"borough": HARROW})
    assert "As known on 20 May 2026." in text(asked)

    client.post(reverse("activities_export_new"), {"format": "csv", "query": asked.context["query"]})
    job = ExportJob.objects.get()
    write_export(str(job.pk))
    file = client.get(reverse("activities_export_file", args=[job.pk]))

    assert 'filename="activities-as-known-on-2026-05-20.csv"' in file["Content-Disposition"]
    lines = file.content.decode()
    assert "First title" in lines
    assert "Second title" not in lines


@pytest.fixture
def kept() -> dict[str, Any]:
    """A line of funding, a post of it, a risk and an equality assessment of 20 May; a week later all are otherwise."""
    by, london = person("secretary"), {"strand_id": "prevent", "owner": "Prevent manager"}
    with time_machine.travel(dt.datetime(2026, 5, 20, 10, tzinfo=dt.UTC), tick=True):
        home_office = Organisation.objects.get(key="home-office")
        about = {"funder": home_office, "grant": "Channel", "financial_year": "2026/27", "expected": 700}
        line = save_funding_line(FundingLine(**about), by=by)
        post = Post(number="PEO-901", kind="prevent_coordinator", employer=home_office, fte=1, status="filled")
        post.funded_by = line
        post = add_posts([post], {}, by=by)[0]
        likely = {"likelihood": 4, "impact": 5, "review_on": dt.date(2026, 9, 1), "mitigation": "Asked", **london}
        risk = add_risk(Risk(title="Money ends", cause="Review", effect="Posts go", **likely), by=by)
        assessment = save_assessment(EqualityAssessment(subject="Prevent", stage="planned", **london), by=by)
    with time_machine.travel(LATER, tick=True):
        changed(line, expected=400)
        changed(post, status="vacant")
        changed(risk, likelihood=1)
        changed(assessment, owner="Another post")
    return {"line": line, "post": post, "risk": risk, "assessment": assessment}


def test_f8_posts_money_risks_and_assessments_are_as_they_were(kept: dict[str, Any], secretary: User) -> None:
    told = {
        reverse("resources"): ("£700", "£400"),
        reverse("posts"): ("Filled</strong>", "Vacant</strong>"),
        kept["post"].get_absolute_url(): ("Filled</strong>", "Vacant</strong>"),
        kept["line"].get_absolute_url(): ("£700", "£400"),
        reverse("risks"): ("4 × 5 = 20", "1 × 5 = 5"),
        kept["risk"].get_absolute_url(): ("20 of 25", "5 of 25"),
        reverse("equality_assessments"): ("Prevent manager", "Another post"),
        kept["assessment"].get_absolute_url(): ("Prevent manager", "Another post"),
    }
    client = as_(secretary)

    for address, (before, after) in told.items():
        then, now = text(client.get(address, THEN)), text(client.get(address))
        assert (before in then, after in then) == (True, False), address
        assert (before in now, after in now) == (False, True), address
        assert "As known on 20 May 2026" in then
        assert "Change it" not in then
    for name in ("line", "post", "risk", "assessment"):
        assert client.get(kept[name].get_absolute_url(), EARLIER).status_code == 404


def test_f8_the_page_of_a_borough_is_as_it_was(kept: dict[str, Any], secretary: User) -> None:
    address = reverse("borough", args=[BRENT])

    then, now = (text(as_(secretary).get(address, query)) for query in (THEN, {}))

    assert ("£700" in then, "£400" in then) == (True, False)
    assert ("£700" in now, "£400" in now) == (False, True)
    # Brent and Harrow held it together then; Brent alone later.
    assert ("First title" in then, "Second title" in now) == (True, False)


def test_f8_scores_of_a_cycle_are_as_they_were(brent_lead: User, secretary: User) -> None:
    own(brent_lead, 1)
    addresses = [reverse("assurance_cycle", args=["toolkit-eight"])]
    addresses.append(reverse("assurance_borough", args=["toolkit-eight", BRENT]))

    for address in addresses:
        then, now = text(as_(secretary).get(address, THEN)), text(as_(secretary).get(address))
        assert ("Minutes of 4 March" in now or "<span>Met" in now) is True
        assert "Minutes of 4 March" not in then
        assert "<span>Met" not in then
