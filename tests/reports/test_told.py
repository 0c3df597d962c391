"""Figures in words inside a paper: inserted, issued with what they said, and leading to the page behind them."""

import datetime as dt

import pytest
from django.urls import reverse

from boroughs.models import Post
from reports.figures.told import TOLD, known_told, told
from reports.rendering.frozen import compared
from reports.rendering.remarks import why_not_in_prose
from tests import make
from tests.boroughs.test_resources import make_posts, typed_line
from tests.cast import BRENT, HARROW, as_
from tests.strands.planned import deliverable

# Reference data, which is there before anybody has typed a word.
KNOWN = {"threat"}
pytestmark = pytest.mark.django_db


@pytest.mark.usefixtures("in_august")
def test_an_issued_paper_keeps_what_a_figure_in_words_said_and_says_what_it_says_now(secretary, member) -> None:
    make_posts({BRENT: "0.5", HARROW: "0.5"}, ["PEO-901"])
    paper = make.paper()
    make.block(paper, "We have [[officers]].")
    issued = make.issue(paper)

    make_posts({BRENT: ""}, ["PEO-902"])

    head = next(found for found in issued.content["figures"] if found["key"] == "officers")
    assert (head["words"], head["rows"]) == ("1 post, all filled, over 2 of 32 boroughs", [])
    (line,) = [found for found in compared(issued.content, member) if found.n == head["n"]]
    assert (line.issued, line.now) == (head["words"], "2 posts, all filled, over 2 of 32 boroughs")
    page = as_(member).get(reverse("paper_figure", args=[paper.pk, head["n"]]))
    assert page["Location"] == f"{reverse('resources')}?on=2026-06-30"


def test_a_figure_in_words_without_anything_to_tell_says_so(db: None) -> None:
    found = told(TOLD, make.QUARTER)

    assert {key: figure.words for key, figure in found.items() if key not in KNOWN and not key.startswith("plan_")} == {
        "officers": "No post is recorded",
        "officers_spread": "No borough has a share of these posts",
        "money": "No line of funding is recorded for 2026/27",
        "deliverables": "No deliverable is in the plan of 2026/27",
        "measures": "No measure with a target has data yet",
        "returns": f"None of 33 returns, the City of London’s among them, are accepted for {make.QUARTER}. "
        "Not called for: 33",
        "shortfalls": "No measure with data is short of its target, and no deliverable is late",
        "risks": "No risk for all of London is open",
        "equality": "No equality assessment of this work is recorded",
        "benchmarks": "Eight benchmarks, from 2024: 0 of 33 areas have scored themselves against all 8 criteria",
        "objectives": "The plan for 2026/27 has deliverables under none of 13 objectives of CONTEST, July 2023",
        "measures_table": "",
        "deliverables_table": "",
    }


def test_a_deliverable_is_named_by_its_reference_and_an_unknown_one_is_refused(db: None) -> None:
    found = deliverable(population_id="MET_32")

    assert known_told([found.reference, "PV/2026-27/99", "activities"]) == [found.reference]
    assert why_not_in_prose(found.reference) == ""
    assert "no figure called" in why_not_in_prose("PV/2026-27/99")
    assert told([found.reference], make.QUARTER)[found.reference].words.startswith("None of 32 boroughs has it yet")


def test_money_that_is_not_confirmed_is_told(secretary) -> None:
    typed = typed_line(confirmed="", **dict.fromkeys(("confirmed_until-day", "confirmed_until-month"), ""))
    typed["confirmed_until-year"] = ""
    as_(secretary).post(reverse("funding_new"), typed)

    words = told(["money"], make.QUARTER)["money"].words

    expected = "Channel co-ordination: £0.7m is expected in 2026/27 for 0 recorded of the 10 posts that it covers."
    assert words == f"{expected} None of it is confirmed"
    assert not Post.objects.on(dt.date(2026, 6, 30)).exists()
