"""The figures of a paper of September 2011, typed into the pages by those whose job it is, and told back in words."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from boroughs.models import Borough, FundingLine, Organisation
from contest_portal.access.models import Grant
from contest_portal.accounts.models import User
from contest_portal.audit.acting import acting
from contest_portal.core.quarters import Quarter
from reports.figures import figures
from reports.figures.told import told
from reports.rendering.composition import PaperFigures
from reports.rendering.markdown import to_html
from strands.models import Deliverable, Measure
from tests.cast import as_, person
from tests.strands.answers import day

pytestmark = pytest.mark.django_db
THEN = dt.datetime(2011, 9, 8, 9, tzinfo=dt.UTC)
Q1 = Quarter(2011, 1)
OLYMPIC = ("E09000002", "E09000011", "E09000012", "E09000025", "E09000030", "E09000031")
ROLES = {"secretary": "secretary", "prevent.lead": "strand_lead", "analyst": "analyst", "chair": "chair"}
IN_FORCE = dt.date(2011, 4, 1)


@pytest.fixture
def clients() -> Iterator[dict[str, Client]]:
    """On the day of the meeting, with grants of that year."""
    with time_machine.travel(THEN, tick=False):
        with acting(User.objects.portal()):
            for account in ROLES:
                own = Grant.objects.get(user=person(account))
                own.starts = dt.date(2011, 1, 1)
                own.save()
        yield {account: as_(person(account)) for account in ROLES}


def send(client: Client, page: str, *args: Any, **typed: Any) -> None:
    response = client.post(reverse(page, args=args), typed)
    assert response.status_code == 302, f"{page}: {response.context['form'].errors}"


def officers(client: Client) -> None:
    """Three for each Olympic borough; of the others four have two, fourteen have one, and four pairs share one."""
    met, serial = Organisation.objects.get(key="metropolitan-police-service").pk, 1
    others = list(Borough.objects.policed_by_the_met().exclude(pk__in=OLYMPIC).values_list("pk", flat=True))
    rows = [({code: ""}, 3) for code in OLYMPIC] + [({code: ""}, 2) for code in others[:4]]
    rows += [({code: ""}, 1) for code in others[4:18]]
    rows += [({first: "0.5", second: "0.5"}, 1) for first, second in zip(others[18:22], others[22:], strict=True)]
    line = FundingLine.objects.get(posts_covered=68).pk
    about = {"employer": met, "fte": "1", "status": "filled"} | day("starts", IN_FORCE)
    for shares, count in rows:
        typed = about | {"kind": "prevent_engagement_officer", "funded_by": line, "count": count}
        for at, (code, share) in enumerate(shares.items(), 1):
            typed |= {f"borough_{at}": code, f"share_{at}": share}
        send(client, "post_new", number=f"PEO-{serial:03d}", **typed)
        serial += count
    send(client, "post_new", number="PP-001", count=24, kind="prevent_police", funded_by=line, **about)
    channel = FundingLine.objects.get(posts_covered=10).pk
    send(client, "post_new", number="CC-01", count=10, kind="channel_coordinator", funded_by=channel, **about)


def grants(client: Client) -> None:
    home_office = Organisation.objects.get(key="home-office").pk
    about = {"funder": home_office, "borough": "", "financial_year": "2011/12"}
    police = {"grant": "Specific grant, Prevent", "expected": "4,100,000", "confirmed": "4,100,000"}
    until = day("confirmed_until", dt.date(2012, 3, 31))
    send(client, "funding_new", posts_covered=68, **about, **police, **until)
    channel = {"grant": "Channel", "expected": "700,000", "confirmed": "500,000"}
    until = day("confirmed_until", dt.date(2011, 12, 31))
    send(client, "funding_new", posts_covered=10, **about, **channel, **until)


def profiles(client: Client) -> None:
    typed = {"year": "2010", "strand": "prevent", "title": "Local profiles", "done_when": "Each borough has its own."}
    typed |= {"owner": "Prevent manager", "population": "MET_32"} | day("due", dt.date(2011, 3, 31))
    send(client, "deliverable_new", **typed)
    found = Deliverable.objects.get()
    received = {"delivered_to": "Borough commander and chief executive"} | day("delivered_on", dt.date(2011, 3, 28))
    for code in found.areas().values_list("pk", flat=True):
        send(client, "deliverable_area", found.pk, code, **received)
    last = found.milestones.get(is_last=True)
    send(client, "milestone_reached", last.pk, seen=last.version, **day("day", dt.date(2011, 3, 31)))


def measure(clients: dict[str, Client], code: str, **values: Any) -> Measure:
    about = {"name": code, "definition": "As agreed.", "unit": "cases", "kind": "flow", "direction": "higher"}
    about |= {"frequency": "quarterly", "lag_days": "90", "sensitivity": "S0", "collection_level": "london"}
    about |= {"publication_level": "london", "source": "typed", "amber_percent": "10", "code": code}
    send(clients["prevent.lead"], "measure_new", **about | {"strand": "prevent"} | day("starts", IN_FORCE) | values)
    version = Measure.objects.get(code=code).versions.get()
    send(clients["chair"], "measure_decision", version.pk, answer="yes", seen=version.version)
    return version.measure


def value(clients: dict[str, Client], of: Measure, number: int, **typed: Any) -> None:
    """Supplied by the strand's lead, checked by the analyst and made final by the chair where it is complete."""
    about = {"quarter": Q1.key, "value": number, "qualifier": "exact", "received": 1, "expected": 1}
    send(clients["prevent.lead"], "observation_new", of.code, **about | typed)
    made = of.observations.get()
    send(clients["analyst"], "observation_check", made.pk)
    send(clients["chair"], "observation_approval", made.pk)


def test_the_figures_of_report_6_come_back_in_words(clients: dict[str, Client]) -> None:
    grants(clients["secretary"])
    officers(clients["prevent.lead"])
    profiles(clients["prevent.lead"])
    channel = {"direction": "none", "sensitivity": "S2"}
    value(clients, measure(clients, "PV-10", **channel), 17, months="2")
    stock = measure(clients, "PV-11", kind="stock", **channel)
    value(clients, stock, 45, **day("as_at", dt.date(2011, 5, 31)))
    for code in ("PV-01", "PV-02"):
        value(clients, measure(clients, code, target="10"), 12)
    value(clients, measure(clients, "PV-03", target="10"), 2, received="20", expected="32")

    reference = Deliverable.objects.get().reference
    found = told(["officers", "officers_spread", "money", "measures", reference], Q1)
    words = {key: figure.words for key, figure in found.items()}
    assert words["officers"] == "44 posts, all filled, over all 32 boroughs"
    assert words["officers_spread"] == (
        "A borough has up to 3 (Barking and Dagenham, Greenwich, Hackney, Newham, Tower Hamlets and Waltham Forest); "
        "8 share a post with others; 1 of 33 areas has none. Olympic host boroughs, all six: each has 3. "
        "Prevent priority boroughs, 2011 (16): from 0.5 to 3"
    )
    assert words["money"] == (
        "Channel: £0.7m is expected in 2011/12 for 10 posts. Of this, £0.5m is confirmed, to 31 December 2011. "
        "Specific grant, Prevent: £4.1m is expected in 2011/12 for 68 posts. All of it is confirmed, to 31 March 2012"
    )
    assert words[reference] == (
        "32 of 32 boroughs have it, all by the deadline of 31 March 2011. The City of London is not counted"
    )
    assert words["measures"] == (
        "All 2 measures with data and a target are within target; "
        "2 report quarterly, and their first quarter is not yet complete; 1 has data and no target to be within"
    )
    numbers = figures(["PV-10", "PV-11"], Q1)
    assert numbers["PV-10"].words == "Data not yet complete: 17 in April and May 2011"
    assert numbers["PV-11"].words == "45 as at 31 May 2011"
    assert [numbers[code].kind for code in ("PV-10", "PV-11")] == ["flow", "stock"]

    text = f"The 2010/11 profiles: [[{reference}]]. We have [[officers]]."
    printed = to_html(text, PaperFigures(Q1, [reference, "officers"]).in_prose)
    assert "44 posts, all filled, over all 32 boroughs" in printed
    assert "32 of 32 boroughs have it" in printed
