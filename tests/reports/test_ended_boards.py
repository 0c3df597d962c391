"""Papers of a board that is no more: as they were, under a banner, and out of the hands of its people."""

import datetime as dt
from typing import Any

import pytest
from django.db.models.functions import Now
from django.test import Client
from django.urls import reverse

from boards.models import Board, BoardRelation
from boroughs.models import Organisation, OrganisationName, Succession
from contest_portal.accounts.models import User
from contest_portal.audit.acting import acting
from reports.models import Document, Issue, Paper, PaperTemplate
from reports.rendering import store
from reports.workflow.issuing import why_not_issue
from reports.workflow.publishing import publish_paper
from tests import cast, make
from tests.cast import as_
from tests.reports.test_exempt import EXEMPT

pytestmark = pytest.mark.usefixtures("in_august")
LAST = dt.date(2026, 7, 31)
ENDED = "The London CONTEST Board ended on 31 July 2026."


def issued() -> Issue:
    """With an exempt paragraph; published while the board lasted."""
    paper = make.paper()
    make.block(paper, "The supplier Quillfeather disputes its invoice.", **EXEMPT)
    issue = make.issue(Paper.objects.get(pk=paper.pk))
    for document in issue.documents.all():
        Document.objects.claim(document.pk).finish(sha256=store.keep(b"%PDF as it was"), size=14, ready_at=Now())
    secretary = cast.person("secretary")
    with acting(secretary):
        publish_paper(issue, by=secretary)
    return issue


def end(board: Board) -> None:
    """As a body is abolished: its board ends, another takes over, and so does another organisation, since renamed."""
    heir = make.board("heir", name="Board of Heirs", short_name="Heirs")
    with acting(User.objects.portal()):
        before, after = (Organisation(key=key, kind="oversight", name=key.title()) for key in ("authority", "office"))
        before.save()
        after.name = "Office of Today"
        after.save()
        OrganisationName(organisation=after, name="Office of Its First Day", ends=dt.date(2026, 8, 2)).save()
        Succession(before=before, after=after, on=dt.date(2026, 8, 1)).save()
        BoardRelation(board=heir, kind="successor_of", other=board, starts=dt.date(2026, 8, 1)).save()
        board.ends, board.secretariat = LAST, before
        board.save()


@pytest.fixture
def issue(db: None) -> Issue:
    found = issued()
    end(found.paper.board)
    return Issue.objects.get(pk=found.pk)


def test_i3_page_and_lists_have_a_banner_that_names_the_successor_by_its_name_of_that_day(
    issue: Issue, member: User
) -> None:
    publication, board = issue.publication, issue.paper.board
    signed_in = [issue.paper.get_absolute_url(), reverse("papers")]
    public = [publication.get_absolute_url(), reverse("published_board", args=[board.key])]
    pages = [as_(member).get(page) for page in signed_in] + [Client().get(page) for page in public]

    for page in pages:
        words = page.content.decode()
        assert ENDED in words
        assert "Its work went to the Board of Heirs on 1 August 2026." in words
        assert "replaced by the Office of Its First Day (today the Office of Today) on 1 August 2026." in words


def test_edge_5_what_was_issued_is_as_it_was_with_the_names_of_its_day(issue: Issue, member: User) -> None:
    with acting(User.objects.portal()):
        issue.paper.board.name = "Another Name"
        issue.paper.board.save()
    page = as_(member).get(issue.paper.get_absolute_url()).content.decode()
    pdf = Client().get(reverse("published_pdf", args=[issue.paper.board.key, issue.publication.pk])).content

    assert "Report 1 of the 17 September 2026 meeting of the London CONTEST Board" in page
    assert ENDED.split(".")[0] not in issue.snapshot
    assert "Heirs" not in issue.snapshot + issue.open_snapshot
    assert pdf == b"%PDF as it was"


def test_i3_while_the_board_lasts_there_is_no_banner(db: None, member: User) -> None:
    found = issued()

    assert b"no longer exists" not in as_(member).get(found.paper.get_absolute_url()).content
    assert b"ended on" not in as_(member).get(reverse("papers")).content


@pytest.mark.parametrize("who", ["secretary", "chair", "boardmember"])
def test_edge_5_the_rights_of_its_people_end_with_the_board(issue: Issue, who: str) -> None:
    user = cast.person(who)
    exempt, draft = make_more(issue)
    page = as_(user).get(issue.paper.get_absolute_url())

    assert page.status_code == 200
    assert b"Quillfeather" not in page.content
    assert not Paper.objects.visible_to(user).filter(pk__in=[exempt.pk, draft.pk]).exclude(author=user).exists()
    assert not Paper.objects.issuable_by(user).exists()
    assert not Paper.objects.exempt_read_by(user).exclude(author=user).exists()
    assert not PaperTemplate.objects.editable_by(user).exists()
    assert why_not_issue(draft, by=user) == "Only the secretary of the London CONTEST Board issues its papers."


def make_more(issue: Issue) -> tuple[Paper, Paper]:
    """A Part 2 paper and a draft of the board that has ended, by somebody else."""
    analyst: Any = cast.person("analyst")
    at = issue.paper.meeting
    return make.paper(at=at, by=analyst, part="2", title="Exempt"), make.paper(at=at, by=analyst, title="Draft")
