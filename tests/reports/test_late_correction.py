"""A number is corrected after its paper went out: the paper keeps what it said, and everybody is told what is right."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone

from contest_portal.accounts.models import User
from contest_portal.audit.acting import acting
from contest_portal.core.refusal import Refused
from reports.models import Block, Decision, Document, Erratum, Issue, Pack, PaperTemplate
from reports.rendering import store
from reports.rendering.pack_contents import contents
from reports.rendering.pdf import document
from reports.workflow.overriding import ask_for_override, decide_on_override
from reports.workflow.publishing import add_erratum, publish_paper, withdraw_paper
from tests import make
from tests.cast import as_, person
from tests.reports.reading import pages_of
from tests.reports.test_releasing import NOW, Q2, WHY, draft, referrals


@pytest.fixture(autouse=True)
def in_april() -> Iterator[None]:
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture
def issue(db: None, in_april: None) -> Issue:
    """Issued and published with 45, its PDFs as a worker makes them."""
    referrals(45)
    made, secretary = make.issue(draft()), person("secretary")
    for found in made.documents.all():
        claimed = Document.objects.claim(found.pk)
        content = document(made.snapshot_of(found.rendition))
        claimed.finish(sha256=store.keep(content), size=len(content), ready_at=Now())
    with acting(secretary):
        publish_paper(made, late_reason="The value came late.", by=secretary)
    return Issue.objects.get(pk=made.pk)


def download(issue: Issue, who: str) -> bytes:
    found = issue.documents.get(rendition="members", format="pdf")
    return bytes(b"".join(as_(person(who)).get(reverse("document_download", args=[found.pk]))))


def erratum(issue: Issue) -> Erratum:
    about = {"place": "Paragraph 2", "printed": "45", "corrected": "43", "reason": "Two were counted twice."}
    return Erratum(issue=issue, figure="PV-11", **about)


def test_late_correction_leaves_the_issued_paper_as_it_is_and_is_told_beside_it(
    issue: Issue, secretary: User, analyst: User
) -> None:
    before, page = download(issue, "secretary"), reverse("paper", args=[issue.paper_id])
    referrals(43, reason="Two were counted twice.")
    _edit_the_template(issue, secretary)
    again = document(issue.snapshot)

    assert download(issue, "secretary") == before == again
    assert pages_of(again) == pages_of(before)
    assert "45" in " ".join(pages_of(again))
    shown = as_(person("chair")).get(page)
    line = next(each for each in shown.context["comparisons"] if each.issued.startswith("45"))
    assert (line.issued, line.now) == ("45 [p]", "43 [p] [r]")
    figure = as_(person("chair")).get(reverse("paper_figure", args=[issue.paper_id, line.n]), follow=True)
    told = figure.content.decode()
    assert "45 before" in told
    assert "Two were counted twice." in told
    assert person("analyst").post in told

    # A change of two tells of two people: it is held until two others let it out.
    with acting(secretary), pytest.raises(Refused, match="tells of so few people"):
        add_erratum(erratum(issue), by=secretary)
    with acting(analyst):
        asked = ask_for_override("PV-11", Q2, reason=WHY, by=analyst)
    with acting(secretary):
        decide_on_override(asked, Decision.APPROVED, by=secretary)
        add_erratum(erratum(issue), by=secretary)
    for reader in (as_(person("member")).get(page), as_(secretary).get(issue.publication.get_absolute_url())):
        assert "“45” was printed and should be “43”. Two were counted twice." in reader.content.decode()
    assert download(issue, "secretary") == before


def test_erratum_is_told_to_the_boards_next_meeting_and_stands_in_its_pack(issue: Issue, secretary: User) -> None:
    board, today = issue.paper.board, timezone.localdate()
    make.meeting(today + dt.timedelta(days=20), board=make.board(key="another-board"))
    following = make.meeting(today + dt.timedelta(days=30), board=board)
    make.meeting(today + dt.timedelta(days=60), board=board)
    with acting(secretary):
        told = erratum(issue)
        told.figure = ""
        add_erratum(told, by=secretary)
    words = "Paragraph 2: “45” was printed and should be “43”. Two were counted twice."

    assert told.told_to == following
    assert words in as_(person("member")).get(following.get_absolute_url()).content.decode()
    packed = {each: contents(Pack(meeting=following), [], [], each)["errata"] for each in ("members", "public")}
    there = [{"key": told.pk, "paper": f"{issue.numbered}, {issue.paper.title}", "words": words}]
    assert packed == {"members": there, "public": there}


def test_erratum_to_a_paper_that_is_not_published_stays_out_of_the_public_pack(issue: Issue, secretary: User) -> None:
    following = make.meeting(timezone.localdate() + dt.timedelta(days=30), board=issue.paper.board)
    with acting(secretary):
        withdraw_paper(issue.publication, reason="It goes to another meeting.", by=secretary)
        told = erratum(issue)
        told.figure = ""
        add_erratum(told, by=secretary)

    packed = {each: contents(Pack(meeting=following), [], [], each)["errata"] for each in ("members", "public")}
    assert (len(packed["members"]), packed["public"]) == (1, [])


def _edit_the_template(issue: Issue, secretary: User) -> None:
    """And the row of the draft behind it, as nobody can on a page."""
    template: Any = PaperTemplate.objects.get(pk=issue.paper.template_id)
    template.contact = ["Another address"]
    block = Block.objects.filter(paper=issue.paper_id, text__contains="PV-11").get()
    block.text = "Other words."
    with acting(secretary):
        template.save()
        block.save()
