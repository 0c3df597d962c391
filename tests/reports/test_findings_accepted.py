"""What the checker found is put right, or accepted under a name and with a reason, before a paper can be issued."""

from typing import Any

import pytest
from django.urls import reverse

from contest_portal.accounts.models import User
from contest_portal.audit.acting import acting
from reports.models import AcceptedFinding, Paper
from reports.rendering.findings import judged_by, what_a_finding_stops
from reports.workflow.issuing import why_not_issue
from reports.workflow.papers import save_block
from tests import make
from tests.cast import as_

pytestmark = pytest.mark.django_db
WRONG = "The panel met on Friday 18 June 2026."


@pytest.fixture
def paper(in_august: None, secretary: User) -> Paper:
    return make.paper()


def accept(paper: Paper, by: User, reason: str = "It is quoted from the minutes.") -> Any:
    (judged,) = [each for each in judged_by(paper, by) if each.is_open]
    page = reverse("finding_acceptance", args=[paper.pk, judged.finding.digest])
    return as_(by).post(page, {"reason": reason})


def test_leap_13_a_finding_keeps_the_paper_back_until_it_is_accepted(paper: Paper, secretary: User) -> None:
    block = make.block(paper, WRONG)
    where = "B. Supporting information, paragraph 3"
    assert why_not_issue(paper, by=secretary) == f"{where}: 18 June 2026 is a Thursday, and not a Friday."
    page = as_(secretary).get(reverse("paper_check", args=[paper.pk])).content.decode()
    assert f'href="/papers/{paper.pk}/#block-{block.pk}"' in page

    assert accept(paper, secretary).status_code == 302

    assert what_a_finding_stops(paper) == ""
    page = as_(secretary).get(reverse("paper_check", args=[paper.pk])).content.decode()
    assert f"Accepted as it is by {secretary} on" in page
    assert "It is quoted from the minutes." in page


def test_leap_13_an_acceptance_is_void_once_the_text_changes(paper: Paper, secretary: User) -> None:
    block = make.block(paper, WRONG)
    accept(paper, secretary)

    block.text = f"{WRONG} It meets again soon."
    with acting(secretary):
        save_block(block, by=secretary)

    (judged,) = judged_by(paper, secretary)
    assert judged.stops
    assert AcceptedFinding.objects.count() == 1


def test_a_finding_is_not_accepted_without_a_reason_nor_twice(paper: Paper, secretary: User) -> None:
    make.block(paper, WRONG)
    digest = judged_by(paper, secretary)[0].finding.digest
    page = reverse("finding_acceptance", args=[paper.pk, digest])

    assert b"There is a problem" in as_(secretary).post(page, {"reason": " "}).content
    assert accept(paper, secretary).status_code == 302
    assert as_(secretary).post(page, {"reason": "Again."}).status_code == 404
    assert AcceptedFinding.objects.count() == 1


def test_leap_13_findings_in_exempt_parts_are_for_their_readers_alone(
    paper: Paper, secretary: User, analyst: User
) -> None:
    make.block(paper, WRONG, exempt_ground="3", public_interest="A tender runs.", marking="OFFICIAL")
    page = reverse("paper_check", args=[paper.pk])
    digest = judged_by(paper, secretary)[0].finding.digest

    assert b"18 June 2026 is a Thursday" in as_(secretary).get(page).content
    assert b"18 June" not in as_(analyst).get(page).content
    address = reverse("finding_acceptance", args=[paper.pk, digest])
    assert as_(analyst).post(address, {"reason": "So it was."}).status_code == 404
    accept(paper, secretary)
    assert b"minutes" not in as_(analyst).get(page).content
    assert list(AcceptedFinding.objects.visible_to(analyst)) == []
