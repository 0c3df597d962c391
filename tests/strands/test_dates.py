"""A date as exact as it is known, and how every page says it. Evaluation and funding are entered beside it."""

import csv
import datetime as dt
import io
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from boroughs.models import Borough, FundingLine, Organisation
from contest_portal.accounts.models import User
from contest_portal.audit.acting import acting
from contest_portal.core.quarters import Quarter
from strands.models import Activity
from tests.access.typed import changed_activity
from tests.cast import BRENT, HARROW, as_
from tests.strands.answers import day, errors, logged, send


def month(name: str, number: int) -> dict[str, str]:
    return {f"{name}-day": "", f"{name}-month": str(number), f"{name}-year": "2026"}


def test_a_month_is_a_date_without_its_day(brent_lead: User) -> None:
    activity = logged(brent_lead, **month("starts", 5))

    assert (activity.starts, activity.date_precision, activity.date_in_words) == (
        dt.date(2026, 5, 1),
        "month",
        "May 2026",
    )
    form = as_(brent_lead).get(reverse("activity_edit", args=[activity.pk])).context["form"]
    assert (form["starts"].value().day, form["starts"].value().month) == ("", "5")


def test_several_months_are_said_as_months(brent_lead: User) -> None:
    activity = logged(brent_lead, **month("starts", 4), **month("ends", 6))

    assert (activity.ends, activity.date_in_words) == (dt.date(2026, 6, 30), "April 2026 to June 2026")


def test_a_quarter_needs_neither_day_nor_month(brent_lead: User) -> None:
    empty = {"starts-day": "", "starts-month": "", "starts-year": ""}

    asked = send(brent_lead, **empty, date_precision="quarter")
    activity = logged(brent_lead, **empty, date_precision="quarter", starts_quarter="2026-27-Q2", status="planned")

    assert errors(asked) == {"starts_quarter": ["Choose the quarter."]}
    assert (activity.starts, activity.date_in_words) == (dt.date(2026, 7, 1), "Q2 2026/27 (July to September 2026)")


def test_edge_7_a_quarter_is_always_written_with_its_financial_year_and_months(brent_lead: User) -> None:
    activity = logged(brent_lead, status="planned", date_precision="quarter", starts_quarter="2026-27-Q2")

    pages = [
        as_(brent_lead).get(path).content.decode() for path in (activity.get_absolute_url(), reverse("activities"))
    ]

    assert all("Q2 2026/27 (July to September 2026)" in page for page in pages)
    assert str(Quarter.of(dt.date(2026, 5, 13))) == "Q1 2026/27 (April to June 2026)"


@pytest.mark.parametrize(
    ("typed", "cells"),
    [
        ({}, ["13 May 2026", "2026-05-13", "Exact date", "Q1 2026/27"]),
        (month("starts", 5), ["May 2026", "2026-05", "Month only", "Q1 2026/27"]),
        ({"date_precision": "quarter"}, ["Q1 2026/27 (April to June 2026)", "", "Quarter only", "Q1 2026/27"]),
    ],
)
def test_the_csv_gives_no_day_that_nobody_knows(brent_lead: User, typed: dict[str, str], cells: list[str]) -> None:
    logged(brent_lead, **typed)

    response = as_(brent_lead).get(reverse("activities_csv"))

    heading, line = csv.reader(io.StringIO(response.content.decode("utf-8-sig")))
    names = ("Date", "Day or month", "How exact the date is", "Quarter")
    assert [line[heading.index(name)] for name in names] == cells


def test_evaluation_is_kept_and_said_in_one_line(brent_lead: User) -> None:
    typed = {"evaluation_method": "forms", "evaluation_responses": "27", "equality_monitoring": "banded"}

    activity = logged(brent_lead, score_before="2.9", score_after="4.1", score_scale="5", **typed)

    assert activity.evaluation_in_words == "Feedback forms; 27 came back; 2.9 before and 4.1 after, of 5"
    page = as_(brent_lead).get(activity.get_absolute_url()).content.decode()
    assert activity.evaluation_in_words in page
    assert "A summary in bands" in page


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"score_after": "4.1"}, {"score_scale": ["Say what the highest score possible was, such as 5."]}),
        (
            {"score_after": "41", "score_scale": "5"},
            {"score_after": ["The score cannot be more than 5, the highest score possible."]},
        ),
    ],
)
def test_scores_need_a_scale_that_they_fit(brent_lead: User, typed: dict[str, str], words: dict[str, Any]) -> None:
    assert errors(send(brent_lead, **typed)) == words


def line(borough: str | None, grant: str = "Local authority Prevent funding") -> FundingLine:
    with acting(User.objects.portal()):
        made = FundingLine(
            funder=Organisation.objects.earliest("pk"),
            grant=grant,
            borough=Borough.objects.filter(pk=borough).first(),
            financial_year="2026/27",
            expected=Decimal(9000),
        )
        made.save()
    return made


def test_funding_is_kept_by_line_and_told_in_history(brent_lead: User) -> None:
    own, london = line(BRENT), line(None, "Channel co-ordination")
    activity = logged(brent_lead, funding_1=own.pk, funding_1_amount="£3,000", funding_2=london.pk)

    typed = changed_activity(activity) | {"funding_1": own.pk, "funding_1_amount": "2,500"}
    as_(brent_lead).post(reverse("activity_edit", args=[activity.pk]), typed)

    changed = Activity.objects.get(pk=activity.pk)
    assert [str(used) for used in changed.funding.all()] == ["Local authority Prevent funding 2026/27: £2,500"]
    history = as_(brent_lead).get(reverse("activity_history", args=[activity.pk])).content.decode()
    assert "Channel co-ordination" in history


def test_funding_of_another_borough_is_not_offered(brent_lead: User) -> None:
    other = line(HARROW)

    response = send(brent_lead, funding_1=other.pk, funding_2_amount="20")

    assert errors(response) == {
        "funding_1": ["Choose the funding line 1 from the list"],
        "funding_2": ["Choose the funding line that paid this amount."],
    }


def test_another_line_can_be_added_and_nothing_typed_is_lost(brent_lead: User) -> None:
    response = send(
        brent_lead, add_funding="1", funding_rows="2", title="Typed title", **day("ends", dt.date(2026, 5, 14))
    )

    page = response.content.decode()
    assert [name in page for name in ("funding_3_amount", "funding_4_amount", 'value="Typed title"')] == [
        True,
        False,
        True,
    ]
    assert '<details class="portal-fold" id="money" open>' in page
