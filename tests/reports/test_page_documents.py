"""The PDF of a dashboard: what the page showed when somebody asked for it, made by a worker, for that person alone."""

import datetime as dt
import json
from io import BytesIO
from typing import Any

import pikepdf
import pytest
import time_machine
from django.db.models.functions import Now
from django.urls import reverse

from contest_portal.access.models import Grant
from contest_portal.accounts.models import User
from contest_portal.audit.acting import acting
from contest_portal.core.jobs import JobState
from reports.models import PageDocument
from reports.rendering import pdf, store
from reports.tasks import forget_pages, render_page
from strands.models import Activity, Strand
from tests import cast, make
from tests.cast import BRENT, HARROW, as_
from tests.reports.conformance import assert_conforms
from tests.reports.figure_log import accept
from tests.reports.reading import elements_of, pages_of
from tests.strands.planned import deliverable

QUARTER = make.QUARTER
QUARTER_WORDS = "Q1 2026/27 (April to June 2026)"

pytestmark = pytest.mark.usefixtures("in_august")


def ask(person: User, **query: str) -> Any:
    return as_(person).post(reverse("page_document_new", query={"quarter": QUARTER.key} | query))


def asked(person: User, **query: str) -> PageDocument:
    response = ask(person, **query)
    return PageDocument.objects.get(pk=response["Location"].rsplit("/", 1)[1])


def content(document: PageDocument) -> dict[str, Any]:
    return json.loads(document.snapshot)


def findings(document: PageDocument) -> list[str]:
    return [piece["finding"] for piece in content(document)["pieces"]]


def test_f6_a_dashboard_becomes_a_pdf_as_the_person_saw_it(log: list[Activity], member: User) -> None:
    accept(BRENT)
    client = as_(member)
    shown = client.get("/dashboards/", {"quarter": QUARTER.key})
    assert "PDF of this page" in shown.content.decode()
    document = asked(member)
    make.activity(attendance=999)

    assert "Waiting" in client.get(document.get_absolute_url()).content.decode()
    render_page(str(document.pk))
    document.refresh_from_db()

    assert document.state == JobState.READY, document.reason
    assert "Download the PDF" in client.get(document.get_absolute_url()).content.decode()
    made = client.get(document.download_url)
    assert made["Content-Disposition"] == (
        'attachment; filename="dashboard-london-in-q1-202627-april-to-june-2026-OFFICIAL.pdf"'
    )
    assert_conforms(made.content)
    pages = pages_of(made.content)
    for number, text in enumerate(pages, start=1):
        assert text.count("OFFICIAL") >= 2
        assert f"Page {number} of {len(pages)}" in text
    text = " ".join(pages)
    wanted = [
        f"London in {QUARTER_WORDS}",
        f"Quarter: {QUARTER_WORDS}",
        "Counted over: 33 London local authority areas",
        "Strand: All four",
        "Data as at: 3 August 2026 at 10:00am",
        "Made for: Mel Overseer, Member, oversight body",
        "1 of 33 returns accepted",
        *(shown.context[f"by_activities_by_{split}"].finding for split in ("borough", "strand")),
        "Source: Activity log, 33 London local authority areas. Data as at 3 August 2026 at 10:00am.",
    ]
    assert [words for words in wanted if words not in text] == []
    assert "999" not in text
    drawings = [alt for kind, alt in elements_of(made.content) if kind == "/Figure"]
    assert [alt.split(" ")[0] for alt in drawings] == ["Map", "Bar", "Bar", "Line"]
    with pikepdf.open(BytesIO(made.content)) as opened:
        assert str(opened.docinfo.Title) == f"London in {QUARTER_WORDS}"


def test_f6_the_strand_over_a_population_and_its_small_charts_are_printed_too(
    log: list[Activity], member: User
) -> None:
    document = asked(member, over="MET_32", strand="prevent", as_at="2026-08-03")

    chosen = dict(content(document)["page"]["chosen"])
    assert chosen["Strand"] == "Prevent"
    assert chosen["Counted over"] == "Metropolitan Police area (32 boroughs)"
    made = pdf.document(document.snapshot)
    assert_conforms(made)
    assert any(alt.startswith("32 small bar charts") for kind, alt in elements_of(made) if kind == "/Figure")


def test_f6_a_borough_is_beside_the_others(log: list[Activity], brent_lead: User) -> None:
    document = asked(brent_lead, over=BRENT)
    page = as_(brent_lead).get(f"/dashboards/boroughs/{BRENT}/", {"quarter": QUARTER.key})

    assert content(document)["page"]["title"] == f"Brent in {QUARTER_WORDS}"
    assert findings(document)[1:3] == [
        page.context["spread_words"],
        page.context["found"]["activities_by_strand"].finding,
    ]
    assert document.address == f"/dashboards/boroughs/{BRENT}/?quarter={QUARTER.key}"
    assert page.status_code == as_(brent_lead).get(document.address).status_code == 200


def test_f6_own_boroughs_are_picked_out_and_hidden_figures_are_not_there(
    log: list[Activity], brent_lead: User, member: User
) -> None:
    own, whole = content(asked(brent_lead)), content(asked(member))

    assert "Your borough: Brent" in [piece["finding"] for piece in own["pieces"]]
    assert "Brent (your borough)" in json.dumps(own)
    assert "our borough" not in json.dumps(whole)
    assert "Returns by borough" in json.dumps(whole)
    assert "Returns by borough" not in json.dumps(own)


def test_f6_what_was_known_on_a_day_says_so(log: list[Activity], member: User) -> None:
    with time_machine.travel(dt.datetime(2026, 8, 6, 9, tzinfo=dt.UTC), tick=False):
        make.activity()
        then, now = (asked(member, **query) for query in ({"as_at": "2026-08-03"}, {}))

    assert dict(content(then)["page"]["chosen"])["As known on"] == "3 August 2026, at its end"
    assert "As known on" not in dict(content(now)["page"]["chosen"])
    assert content(then)["asked"]["as_at"].startswith("2026-08-03T23:59:59")
    assert [content(each)["pieces"][0]["rows"][0]["cells"] for each in (then, now)] == [["6"], ["7"]]


def test_f6_asked_for_again_with_nothing_changed_it_is_the_same_document(log: list[Activity], member: User) -> None:
    first = asked(member)

    assert asked(member) == first
    assert asked(member, over="MET_32") != first
    make.activity()
    assert asked(member) != first


def test_f6_it_belongs_to_who_asked(log: list[Activity], member: User, analyst: User) -> None:
    document = asked(member)

    for name in ("page_document", "page_document_progress", "page_document_download"):
        assert as_(analyst).get(reverse(name, args=[document.pk])).status_code == 404
    assert as_(analyst).post(document.retry_url).status_code == 404
    assert asked(analyst) != document


def test_f6_it_is_not_theirs_any_more_once_they_may_read_other_things(log: list[Activity], member: User) -> None:
    document = asked(member)
    with acting(User.objects.portal()):
        cast.grant(member, "auditor", "all", "", by=User.objects.portal())

    assert as_(member).get(document.get_absolute_url()).status_code == 404
    render_page(str(document.pk))
    document.refresh_from_db()
    assert (document.state, document.reason) == (JobState.PARKED, PageDocument.no_longer)
    with acting(User.objects.portal()):
        for grant in Grant.objects.filter(user=member):
            grant.ends = dt.date(2026, 8, 1)
            grant.save()
    assert not PageDocument.objects.visible_to(User.objects.get(pk=member.pk)).exists()


def test_f6_a_parked_one_is_tried_again_by_its_person(log: list[Activity], member: User) -> None:
    document = asked(member)
    PageDocument.objects.claim(document.pk).park("The disk was full.")
    client = as_(member)

    assert "The disk was full." in client.get(document.get_absolute_url()).content.decode()
    assert client.post(document.retry_url)["Location"] == document.get_absolute_url()
    document.refresh_from_db()
    assert (document.state, document.reason) == (JobState.QUEUED, "")
    assert client.post(document.retry_url).status_code == 409


def test_f6_progress_is_polled_until_it_is_settled(log: list[Activity], member: User) -> None:
    document, client = asked(member), as_(member)
    PageDocument.objects.claim(document.pk).report(40)
    assert 'value="40"' in client.get(document.progress_url).content.decode()

    PageDocument.objects.filter(pk=document.pk).update(
        state="ready", sha256=store.keep(b"%PDF"), size=4, ready_at=Now()
    )

    assert client.get(document.progress_url).status_code == 286
    assert client.get(document.download_url).content == b"%PDF"


@pytest.mark.parametrize(
    "query", [{"over": "NO_GROUPING"}, {"strand": "no-strand"}, {"quarter": "2026-Q9"}, {"as_at": "2027-01-01"}]
)
def test_f6_of_a_page_that_there_is_not_there_is_no_pdf(query: dict[str, str], member: User) -> None:
    assert ask(member, **query).status_code == 404
    assert not PageDocument.objects.exists()


@pytest.mark.parametrize("account", ["admin", "outsider"])
def test_f6_without_the_dashboards_there_is_none(account: str, db: None) -> None:
    assert ask(cast.person(account)).status_code == 403


def test_every_strand_and_area_can_be_asked_for(log: list[Activity], chair: User) -> None:
    for strand in Strand.objects.all():
        assert findings(asked(chair, strand=strand.pk))[0] == "Key numbers"
    assert findings(asked(chair, over=f"{BRENT},{HARROW}"))[0] == "Key numbers"


def test_a_file_of_a_dashboard_is_gone_after_30_days(
    log: list[Activity], member: User, django_capture_on_commit_callbacks: Any
) -> None:
    old = asked(member)
    digest = store.keep(b"made then")
    with time_machine.travel(dt.datetime(2026, 8, 20, 9, tzinfo=dt.UTC), tick=False):
        young = asked(member)
        PageDocument.objects.filter(pk=young.pk).update(
            state=JobState.READY, sha256=store.keep(b"later"), size=5, ready_at=Now()
        )
    PageDocument.objects.filter(pk=old.pk).update(state=JobState.READY, sha256=digest, size=9, ready_at=Now())

    with time_machine.travel(dt.datetime(2026, 9, 3, 9, tzinfo=dt.UTC), tick=False):
        with django_capture_on_commit_callbacks(execute=True):
            forget_pages()
        page = as_(member).get(old.get_absolute_url()).content.decode()

    assert "It was kept for 30 days and is gone." in page
    assert "Try again" not in page
    assert not store.path_of(digest).exists()
    assert [each.state for each in PageDocument.objects.order_by("created_at")] == [JobState.PARKED, JobState.READY]


def test_f6_lists_that_are_dashboards_become_pdfs_with_their_filters_and_rights(
    log: list[Activity], member: User, secretary: User, brent_lead: User
) -> None:
    accept(BRENT)
    deliverable(title="Local profiles")
    deliverable(title="Guide for venues", strand_id="protect")
    address = reverse("page_document_new")
    made = {}
    for name, query in (
        ("resources", "on=2026-06-01&kind=all"),
        ("returns_board", ""),
        ("deliverables", "strand=prevent"),
    ):
        page = as_(secretary).get(f"{reverse(name)}?{query}").content.decode()
        assert f'action="{address}?list={name}' in page
        asked_for = as_(secretary).post(f"{address}?list={name}&{query}")
        made[name] = PageDocument.objects.get(pk=asked_for["Location"].rsplit("/", 1)[1])

    titles = [content(each)["page"]["title"].partition(" in ")[0] for each in made.values()]
    assert titles == ["Posts and money (Posts of all kinds)", "Returns", "Deliverables"]
    assert made["resources"].address == f"{reverse('resources')}?on=2026-06-01&kind=all"
    assert findings(made["returns_board"])[0] == "1 of 1 returns are in"
    rows = content(made["deliverables"])["pieces"][0]["rows"]
    assert ["Local profiles" in row["label"] for row in rows] == [True]
    assert_conforms(pdf.document(made["returns_board"].snapshot))
    # Whoever may not open the page has no file of it.
    assert as_(brent_lead).post(f"{address}?list=returns_board").status_code == 404
    assert as_(member).post(f"{address}?list=grants").status_code == 404
