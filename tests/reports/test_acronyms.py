"""Acronyms: a list with days, kept by those who keep reference data; and the glossary at the end of a paper."""

import pytest
from django.urls import reverse

from contest_portal.accounts.models import User
from contest_portal.audit.acting import acting
from reports.models import Acronym, Paper
from reports.rendering.contents import Contents
from tests import make
from tests.cast import as_

pytestmark = pytest.mark.django_db


def test_e17_the_glossary_has_what_the_paper_uses_and_is_frozen_with_it(in_august: None, secretary: User) -> None:
    paper = make.paper()
    make.block(paper, "The MPS and the BTP took part.")
    make.block(paper, "The NPIA closed.", exempt_ground="3", public_interest="A tender runs.")
    paper.refresh_from_db()
    with acting(secretary):
        paper.with_glossary = True
        paper.save()
    assert (
        "<dt>MPS</dt><dd>Metropolitan Police Service</dd>"
        in as_(secretary).get(paper.get_absolute_url()).content.decode()
    )

    issue = make.issue(paper)
    with acting(secretary):
        found = Acronym.objects.get(short="MPS")
        found.expansion = "Something Else"
        found.save()

    entries = Contents(issue.snapshot).context()["glossary"]
    assert [(each["short"], each["expansion"]) for each in entries] == [
        ("BTP", "British Transport Police"),
        ("MPS", "Metropolitan Police Service"),
        ("NPIA", "National Policing Improvement Agency"),
    ]
    public = Contents(issue.open_snapshot).context()["glossary"]
    assert [each["short"] for each in public] == ["BTP", "MPS"]


def test_e17_a_paper_ends_with_a_glossary_only_where_it_is_asked_for(in_august: None, secretary: User) -> None:
    paper: Paper = make.paper()
    make.block(paper, "The MPS took part.")

    assert "glossary" not in make.issue(paper).content


def test_who_keeps_reference_data_adds_an_acronym_with_a_reason(analyst: User) -> None:
    typed = {"short": "XYA", "expansion": "Example Young Adults", "reason": "It is in the new strategy."}

    assert as_(analyst).post(reverse("acronym_new"), typed).status_code == 302
    assert b"That is in the list already" in as_(analyst).post(reverse("acronym_new"), typed).content
    page = as_(analyst).get(reverse("acronym_history", args=[Acronym.objects.get(short="XYA").pk]))
    assert b"It is in the new strategy." in page.content
    assert b"Example Young Adults" in as_(analyst).get(reverse("acronyms")).content
