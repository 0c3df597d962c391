"""The quarter's paper, started at one press: full, honest, live, and without a typed digit."""

import datetime as dt
import random
import time
from typing import Any

import pytest
from django.urls import reverse

from contest_portal.accounts.models import User
from contest_portal.audit.acting import acting
from contest_portal.core.quarters import Quarter
from contest_portal.management.demo.assurance import make_risks
from contest_portal.management.demo.deliverables import make_deliverables
from contest_portal.management.demo.measures import make_measures
from contest_portal.management.demo.resources import make_charities, make_resources
from reports.models import Block, Paper, PaperTemplate, QuarterlyReturn
from reports.rendering.composition import compose
from reports.rendering.findings import findings_on
from reports.rendering.remarks import remarks_on, typed_numbers
from reports.rendering.renditions import members_paper
from reports.workflow.papers import start_paper
from tests import make
from tests.cast import BRENT, HARROW, as_, person
from tests.reports.figure_log import CAMDEN, accept, fill_log

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 8, 3)


@pytest.fixture
def told(in_august: None) -> None:
    """What the demo records of plans, posts, money and risks; a small log; three returns, one of them in."""
    people = {account: person(account) for account in ("secretary", "analyst", "chair", "prevent.lead")}
    with acting(User.objects.portal()):
        make_charities()
        make_resources(random.Random(7), TODAY)
    make_measures(Quarter.of(TODAY).last(9), TODAY, people)
    make_deliverables(TODAY, people)
    make_risks(TODAY, people)
    fill_log()
    accept(BRENT)
    make.quarterly_return(HARROW, nil_reason="")
    make.quarterly_return(CAMDEN, status="excused", excuse_reason="The officer is away.")


def start(meeting: Any, by: User) -> Paper:
    as_(by).post(reverse("paper_start"), {"meeting": meeting.pk, "quarter": make.QUARTER.key})
    return Paper.objects.latest("pk")


def words_of(paper: Paper) -> str:
    """Everything that the paper says, as HTML."""
    content, _ = compose(paper)
    blocks = [block for section in content["sections"] for block in section["blocks"]]
    return " ".join([content["paper"]["summary"], *(block.get("html", "") for block in blocks)])


def test_e3_one_press_writes_a_full_paper_with_figures_in_its_prose_and_no_typed_digit(told: None, secretary) -> None:
    began = time.perf_counter()
    paper = start(make.meeting(), secretary)
    page = as_(secretary).get(paper.get_absolute_url())
    took = time.perf_counter() - began

    assert page.status_code == 200
    assert took < 60
    texts = [paper.summary, *Block.objects.filter(paper=paper).values_list("text", flat=True)]
    assert [number for text in texts for number in typed_numbers(text)] == []
    found = remarks_on(members_paper(paper))
    assert [(remark.where, remark.words) for remark in found if remark.stops or remark.kind == "typed"] == []
    assert findings_on(paper, members_paper(paper)) == []
    headings = {remark.where for remark in found if remark.kind == "nil"}
    assert headings == {"D. Background papers", "Legal Implications", "Environmental Implications"}


def test_e3_its_sentences_tables_and_charts_come_from_what_is_recorded(told: None, secretary) -> None:
    paper = start(make.meeting(), secretary)

    content, named = compose(paper)
    words = words_of(paper)
    assert "1 of 33 returns, the City of London’s among them, are accepted" in words
    assert "Overdue: Harrow. Excused: Camden. Not called for: 30" in words
    assert "in paragraph" in words.partition("The risks to delivery")[2]
    drawn = [block for section in content["sections"] for block in section["blocks"] if "columns" in block]
    assert [(block["kind"], named.order[block["figure"] - 1]) for block in drawn] == [
        ("chart", "activities_by_strand"),
        ("table", "measures_table"),
        ("table", "deliverables_table"),
        ("table", "activities_by_borough"),
    ]
    colours = {row["label"]: row["cells"][-1] for row in drawn[1]["rows"]}
    assert colours["Exercises with debrief closed in 60 days"].startswith("R: ")


def test_leap_4_a_return_that_becomes_overdue_changes_its_sentence(told: None, secretary) -> None:
    found = QuarterlyReturn.objects.get(borough=CAMDEN)
    paper = start(make.meeting(), secretary)
    before = words_of(paper)

    with acting(secretary):
        found.status, found.excuse_reason = "open", ""
        found.save()

    assert "Overdue: Harrow. Excused: Camden" in before
    assert "Overdue: Camden and Harrow. Not called for" in words_of(paper)


def test_e15_the_values_in_the_table_of_measures_are_entered_in_the_ledger(told: None, secretary) -> None:
    paper = start(make.meeting(), secretary)

    issue = make.issue(paper)

    entered = set(issue.released_figures.values_list("figure", flat=True))
    assert {"PV-03", "activities", "activities_by_borough"} <= entered
    assert "measures_table" not in entered


@pytest.mark.usefixtures("told")
def test_every_shape_that_goes_to_a_meeting_has_all_of_its_sections_filled(secretary: User) -> None:
    blank = {}
    for template in PaperTemplate.objects.filter(scheme="agenda"):
        regime = {"access_regime": template.regime} if template.regime else {}
        meeting = make.meeting(template.ends or dt.date(2026, 9, 17), board=make.board(template.key, **regime))
        with acting(secretary):
            paper = start_paper(meeting=meeting, quarter=make.QUARTER, by=secretary, template=template)
        # Who decides, or which wards it is about, the author alone can say.
        about = [each for each in remarks_on(members_paper(paper)) if each.place.startswith("section-")]
        blank[template.key] = [each.words for each in [*about, *findings_on(paper, members_paper(paper))]]
        assert "activities in" in words_of(paper)

    assert len(blank) > 2
    assert {key: found for key, found in blank.items() if found} == {}
