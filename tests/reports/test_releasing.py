"""Tables and figures about people go out once, by a deliberate act, and never so that two of them tell of somebody."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.core.exceptions import FieldDoesNotExist
from django.db import IntegrityError, transaction
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from boroughs.models import Grouping
from contest_portal.accounts.models import User
from contest_portal.audit.acting import acting
from contest_portal.core.quarters import Quarter
from contest_portal.core.refusal import Refused
from contest_portal.notifications.models import Message
from reports.models import Decision, EqualityRelease, FrozenAnswers, ReleasedFigure, SuppressionOverride
from reports.workflow.issuing import why_not_issue
from reports.workflow.overriding import ask_for_override, decide_on_override
from reports.workflow.releasing import release_equality
from strands.figures.standing import said
from strands.figures.year_to_date import year_to_date
from strands.models import EqualityCount, MeasureVersion, Observation
from tests import make
from tests.cast import BRENT, HARROW, as_, person
from tests.strands.measuring import Q1, Q2, measure, observed, proposal

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2027, 4, 26, 10, tzinfo=dt.UTC)
CITY = "E09000001"
WHY = "The board meets on Thursday."


@pytest.fixture(autouse=True)
def in_april() -> Iterator[None]:
    with time_machine.travel(NOW, tick=True):
        yield


def came(borough: str, women: int, men: int, *, quarter: Quarter = Q2) -> None:
    made = make.activity(borough=borough, starts=quarter.start + dt.timedelta(days=40))
    with acting(made.logged_by):
        for band, people in (("sex_women", women), ("sex_men", men)):
            EqualityCount(activity=made, band=band, people=people).save()


def release(population: str = "LONDON_33", quarter: Quarter = Q2, **more: Any) -> EqualityRelease:
    secretary = person("secretary")
    with acting(secretary):
        place = Grouping.objects.get(pk=population)
        return release_equality(quarter, population=place, by=secretary, **{"reason": WHY} | more)


def shown(of: EqualityRelease) -> dict[str, int | None]:
    rows = ReleasedFigure.objects.filter(equality_release=of, figure="equality_sex")
    return {row.cell: row.value for row in rows if row.cell != "sex_not_said"}


# --- equality tables ------------------------------------------------------------------------------


def test_edge_6_the_city_is_not_to_be_had_by_subtraction() -> None:
    came(BRENT, 40, 50)
    came(HARROW, 30, 20)
    came(CITY, 3, 25)

    assert shown(release()) == {"sex_women": 73, "sex_men": 95, "total": 168}
    # 73 less 70 would be the City's 3. The City's 28 in all may be known: they say nothing of its women.
    assert shown(release("MET_32")) == {"sex_women": None, "sex_men": None, "total": 140}


def test_edge_6_the_other_way_round_london_does_not_go_out_after_the_32() -> None:
    came(BRENT, 70, 70)
    came(CITY, 3, 4)

    assert shown(release("MET_32")) == {"sex_women": 70, "sex_men": 70, "total": 140}
    with pytest.raises(Refused, match="by subtraction from what was released before"):
        release()


def test_two_populations_go_out_where_what_lies_between_them_is_large() -> None:
    came(BRENT, 40, 50)
    came(CITY, 23, 25)

    assert shown(release()) == {"sex_women": 63, "sex_men": 75, "total": 138}
    assert shown(release("MET_32")) == {"sex_women": 40, "sex_men": 50, "total": 90}


def test_the_year_less_its_quarters_tells_no_small_number() -> None:
    year = [Quarter(2026, number) for number in (1, 2, 3, 4)]
    for quarter, women in zip(year, (30, 31, 32, 4), strict=True):
        came(BRENT, women, 40, quarter=quarter)
    for quarter in year[:3]:
        assert shown(release(quarter=quarter))["sex_women"] is not None

    found = shown(release(quarter=year[3], quarters=4))

    # 97 less 93 would be the 4 of the last quarter.
    assert found == {"sex_women": None, "sex_men": None, "total": 257}
    assert shown(release(quarter=year[3])) == {"sex_women": None, "sex_men": None, "total": 44}


def test_whoever_looks_twice_sees_what_was_released_and_nothing_that_came_later(analyst: User) -> None:
    came(BRENT, 40, 50)
    before = as_(analyst).get(reverse("consolidation"), {"quarter": Q2.key}).content.decode()
    assert "No equality table of this quarter has been released" in before
    assert ">40<" not in before
    release()
    first = as_(analyst).get(reverse("consolidation_csv"), {"quarter": Q2.key}).content

    came(HARROW, 3, 0)

    rows = as_(analyst).get(reverse("consolidation_csv"), {"quarter": Q2.key}).content.decode()
    assert "Sex,Women,40," in rows
    assert first.decode().split("Equality,Band")[1] == rows.split("Equality,Band")[1]
    with pytest.raises(Refused, match="released already"):
        release()
    # Another population of the quarter is counted from the same frozen answers.
    assert shown(release("MET_32"))["sex_women"] == 40
    assert FrozenAnswers.objects.get().content == [{"boroughs": [BRENT], "people": {"sex_men": 50, "sex_women": 40}}]
    assert not hasattr(FrozenAnswers.history.get(), "content")


def test_before_the_returns_are_in_it_takes_a_reason(secretary: User) -> None:
    came(BRENT, 40, 50)
    make.quarterly_return(quarter=Q2, due=dt.date(2026, 10, 14))
    address = f"{reverse('equality_release')}?quarter={Q2.key}"

    typed = {"population": "LONDON_33", "quarters": "1", "rounded_to": "1"}
    page = as_(secretary).post(address, typed)
    assert list(page.context["form"].errors) == ["reason"]
    assert "0 of 1 returns for Q2 2026/27 are accepted or excused" in page.content.decode()
    with pytest.raises(Refused, match="Say why it is released now: 0 of 1 returns"):
        release(reason=" ")
    assert not EqualityRelease.objects.exists()

    answer = as_(secretary).post(address, typed | {"reason": WHY})
    assert answer.status_code == 302
    assert EqualityRelease.objects.get().reason == WHY


def test_where_numbers_are_rounded_fewer_are_withheld_with_a_small_one(member: User) -> None:
    made = make.activity(starts=Q2.start)
    with acting(made.logged_by):
        for band, people in (("18_to_24", 41), ("25_to_44", 82), ("45_to_64", 12), ("65_or_over", 4)):
            EqualityCount(activity=made, band=f"age_{band}", people=people).save()

    release(rounded_to=5)

    (age,) = as_(member).get(reverse("consolidation"), {"quarter": Q2.key}).context["found"].equality[0].tables
    assert [words for _, words in age.rows] == ["0", "40", "80", "10", "[c]", "0"]
    assert age.total == "140"
    assert {row.qualifier for row in ReleasedFigure.objects.filter(value__gt=0)} == {"about"}


def test_a_quarter_that_runs_and_a_year_that_is_no_year_are_refused() -> None:
    with pytest.raises(Refused, match="not over yet"):
        release(quarter=Quarter(2027, 1))
    with pytest.raises(Refused, match="when its last quarter is over"):
        release(quarters=4)


# --- figures in papers ----------------------------------------------------------------------------


def measure_of() -> Any:
    found = MeasureVersion.objects.filter(measure__code="PV-11").first()
    return found.measure if found else measure("PV-11")


def referrals(value: int, **more: Any) -> Observation:
    return checked(observed(measure_of(), Q2, by="prevent.lead", value=value, **more))


def checked(found: Observation) -> Observation:
    analyst = person("analyst")
    found.state, found.checked_by = "checked", analyst
    with acting(analyst):
        found.save()
    return found


def draft(text: str = "Active referrals: [[PV-11]].") -> Any:
    with acting(person("secretary")):
        paper = make.paper(quarter=Q2)
        make.block(paper, text)
    return paper


def corrected() -> Any:
    """A paper with 45 has gone out; it is 43 now, and stands in a draft."""
    referrals(45)
    with acting(person("secretary")):
        make.issue(draft())
    referrals(43, reason="Two were counted twice.")
    return draft()


def test_a_correction_by_two_is_held_until_two_people_let_it_out(
    analyst: User, secretary: User, prevent_lead: User
) -> None:
    paper = corrected()
    assert "An earlier paper has 45 where this one has 43" in why_not_issue(paper, by=secretary)
    page = as_(secretary).get(reverse("paper_check", args=[paper.pk])).content.decode()
    assert "tells of so few people, so the figure is held" in page

    typed = {"figure": "PV-11", "quarter": Q2.key, "reason": "The borough named both numbers in public."}
    assert as_(secretary).post(reverse("override_new"), typed).status_code == 403
    assert as_(analyst).post(reverse("override_new"), typed).status_code == 302
    asked = SuppressionOverride.objects.get()
    assert Message.objects.filter(recipient=secretary, about="override").exists()
    assert "held" in why_not_issue(paper, by=secretary)

    with pytest.raises(Refused, match="The secretary decides"):
        decide_on_override(asked, Decision.APPROVED, by=analyst)
    assert as_(secretary).post(asked.get_absolute_url(), {"answer": "yes"}).status_code == 302
    assert why_not_issue(make.approved(paper), by=secretary) == ""
    with acting(secretary), pytest.raises(Refused, match="approved already"):
        decide_on_override(asked, Decision.REFUSED, by=secretary)
    assert [row.history_user for row in SuppressionOverride.history.order_by("history_id")] == [analyst, secretary]


def test_whoever_checks_a_correction_by_few_is_told_so(analyst: User) -> None:
    referrals(45)
    for value, told in ((43, True), (38, False)):
        found = observed(measure_of(), Q2, by="prevent.lead", value=value, reason="Counted twice.")
        page = as_(analyst).get(reverse("observation_check", args=[found.pk])).content.decode()
        assert ("differs by very few" in page) is told


def test_nobody_decides_on_their_own_override_not_even_through_a_second_role(analyst: User, secretary: User) -> None:
    with acting(analyst):
        asked = ask_for_override("PV-11", Q2, reason=WHY, by=analyst)
    asked.asked_by = secretary

    assert "somebody else decides" in asked.why_not_decide(secretary)
    asked.decision, asked.decided_by, asked.decided_at = Decision.APPROVED, secretary, NOW
    with acting(secretary), transaction.atomic(), pytest.raises(IntegrityError):
        asked.save()


def test_a_refused_override_lets_nothing_out(analyst: User, secretary: User) -> None:
    paper = corrected()
    with acting(analyst):
        asked = ask_for_override("PV-11", Q2, reason=WHY, by=analyst)
    with acting(secretary):
        decide_on_override(asked, Decision.REFUSED, by=secretary)

    assert "held" in why_not_issue(paper, by=secretary)


def test_a_correction_by_many_goes_out(secretary: User) -> None:
    referrals(45)
    with acting(secretary):
        make.issue(draft())
    referrals(38, reason="Seven were counted twice.")

    assert why_not_issue(make.approved(draft()), by=secretary) == ""


def test_the_ledger_of_what_left_is_read_by_those_who_look_after_it(analyst: User, auditor: User, member: User) -> None:
    came(BRENT, 40, 3)
    release()
    referrals(3)
    with acting(person("secretary")):
        make.issue(draft())

    for reader in (analyst, auditor):
        page = as_(reader).get(reverse("released_figures"))
        rows = {(row.figure, row.cell): row for row in page.context["page"]}
        assert (rows["PV-11", ""].value, rows["PV-11", ""].sensitivity) == (None, "S2")
        assert rows["equality_sex", "sex_men"].value is None
        assert rows["equality_sex", "total"].population == "LONDON_33"
    assert as_(member).get(reverse("released_figures")).status_code == 403


# --- individuals of concern -----------------------------------------------------------------------


@pytest.mark.parametrize("level", ["collection_level", "publication_level"])
@pytest.mark.parametrize("lower", ["borough", "command_unit"])
def test_f11_nothing_about_individuals_is_kept_below_london(level: str, lower: str, analyst: User) -> None:
    with pytest.raises((IntegrityError, Refused)), transaction.atomic():
        proposal("PV-11", **{level: lower})

    names = {field.name for field in Observation._meta.get_fields()}
    assert not names & {"borough", "command_unit", "area", "shares"}
    with pytest.raises(FieldDoesNotExist):
        Observation._meta.get_field("borough")


def test_f11_nobody_opens_a_figure_about_individuals_down_to_a_borough() -> None:
    referrals(45)
    for account in ("brent.lead", "prevent.lead", "analyst", "secretary", "chair", "member", "auditor"):
        client = as_(person(account))
        for name in ("figure_rows", "figure_csv", "figure_rows_csv"):
            for row in ("", BRENT):
                query = {"quarter": Q2.key, "row": row}
                assert client.get(reverse(name, args=["PV-11"]), query).status_code == 404
        page = client.get(reverse("value", args=["PV-11", Q2.key]), {"borough": BRENT}).content.decode()
        assert "Brent" not in page.split("<main")[1]


def test_f11_a_year_does_not_tell_the_quarter_that_is_withheld() -> None:
    of = measure("PV-11", kind="flow")
    found = [observed(of, quarter, by="prevent.lead", value=value) for quarter, value in ((Q1, 3), (Q2, 40))]

    assert year_to_date(found) == "[c]"
    assert year_to_date(found[1:]) == "40"


# --- pages ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 3])
def test_the_ledger_asks_as_much_for_many_as_for_one(
    analyst: User, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(1, count + 1):
        came(BRENT, 40, 50, quarter=Quarter(2026, number))
        release(quarter=Quarter(2026, number))
        with acting(analyst):
            ask_for_override("PV-11", Quarter(2026, number), reason=WHY, by=analyst)
    client = as_(analyst)
    client.get(reverse("released_figures"))

    with django_assert_num_queries(QUERIES):
        client.get(reverse("released_figures"))


QUERIES = 11


@pytest.mark.parametrize(
    ("part", "whole", "shown"),
    [
        (4, 7, "[c]"),
        (9, 9, "[c]"),
        (3, 40, "[c]"),
        (38, 40, "[c]"),
        (20, 40, "50% (20 of 40)"),
        (40, 40, "100% (40 of 40)"),
    ],
)
def test_f11_a_percentage_tells_of_no_few_people(part: int, whole: int, shown: str) -> None:
    of = measure("PV-07", sensitivity="S1", publication_level="london")

    assert said(observed(of, Q2, numerator=part, denominator=whole)) == shown
