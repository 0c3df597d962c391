"""Story 10, a member asks where a number comes from: the page of a value, and the pages as they were on another day."""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from contest_portal.accounts.models import User
from contest_portal.audit.acting import acting
from reports.models import Issue, ReleasedFigure
from strands.models import Measure, Observation
from strands.workflow.observing import approve_observation, check_observation
from tests import make
from tests.cast import as_, person
from tests.strands.measuring import Q2, measure, observed, proposal

pytestmark = pytest.mark.django_db
WHY = "Two referrals were closed in September."


@pytest.fixture(autouse=True)
def in_december(time_machine: Any) -> None:
    time_machine.move_to(dt.datetime(2026, 12, 2, 10, tzinfo=dt.UTC), tick=True)


def on(month: int, day: int) -> dt.datetime:
    return dt.datetime(2026, month, day, 10, tzinfo=dt.UTC)


def supplied(of: Measure, value: int, *days: tuple[int, int], **values: Any) -> Observation:
    """Supplied, checked and approved, as far as there are days for it."""
    lead, analyst, chair = (person(name) for name in ("prevent.lead", "analyst", "chair"))
    with acting(lead, at=on(*days[0])):
        found = observed(of, Q2, by="prevent.lead", value=value, **values)
    if len(days) > 1:
        with acting(analyst, at=on(*days[1])):
            found = check_observation(found, by=analyst)
    if len(days) > 2:
        with acting(chair, at=on(*days[2])):
            found = approve_observation(found, by=chair)
    return found


def referrals(first: int = 45, then: int | None = 43) -> Measure:
    with acting(person("analyst"), at=on(3, 2)):
        of = measure("PV-11", source_name="SO15 Channel team, own case system")
    supplied(of, first, (10, 12), (10, 19), (10, 21))
    if then is not None:
        supplied(of, then, (11, 30), (11, 30), (12, 1), reason=WHY)
    return of


def page(user: User, of: Measure, **query: str) -> str:
    response = as_(user).get(reverse("value", args=[of.code, Q2.key]), query)
    assert response.status_code == 200
    return main(response)


def main(response: Any) -> str:
    return " ".join(response.content.decode().split("<main")[1].split("</main>")[0].split())


def test_f3_a_value_says_what_it_is_and_who_stands_behind_it(member: User) -> None:
    shown = page(member, referrals(then=None))

    for words in (
        '<p class="portal-figure-value">45</p>',
        "Approved on 21 October 2026",
        "Stock: how things stood at its end",
        "As at 30 September 2026",
        "SO15 Channel team, own case system",
        "12 October 2026, by Prevent strand lead",
        "19 October 2026, by Performance analyst",
        "21 October 2026, by Chair of the board",
        "A flow: what happened in a quarter",
        "There is no split by borough, by policy",
        "A sum of what the boroughs log",
    ):
        assert words in shown


def test_story_10_a_corrected_value_shows_both_and_why(member: User) -> None:
    of = referrals()
    shown = page(member, of)

    assert '<p class="portal-figure-value">43 [r]</p>' in shown
    assert "It was corrected: 45 before." in shown
    assert WHY in shown
    for name in ("measures", "consolidation", "dashboards"):
        listed = main(as_(member).get(reverse(name), {"quarter": Q2.key}))
        assert "43 [r]" in listed
        assert "45 before" in listed
        assert reverse("value", args=[of.code, Q2.key]) in listed


def test_a_correction_that_nobody_has_checked_is_nowhere_on_it(prevent_lead: User) -> None:
    of = referrals(then=None)
    supplied(of, 43, (11, 30), reason=WHY)

    shown = page(prevent_lead, of)
    assert '<p class="portal-figure-value">45</p>' in shown
    assert WHY not in shown


@pytest.mark.parametrize(("first", "then", "value"), [(45, 3, "[c] fewer than 5"), (3, 45, "45 [r]")])
def test_f11_a_small_number_is_told_in_no_revision(analyst: User, first: int, then: int, value: str) -> None:
    shown = page(analyst, referrals(first, then))

    assert f'<p class="portal-figure-value">{value}</p>' in shown
    assert "It was corrected" not in shown
    assert ">3<" not in shown
    assert ("45" in shown) == (then == 45)


def test_a_new_version_that_breaks_the_series_is_named_beside_it(member: User, time_machine: Any) -> None:
    of = referrals(then=None)
    measure("PV-11", starts=dt.date(2026, 11, 1), comparable=False, comparability_note="Closed cases left out.")

    shown = page(member, of)
    assert "Values from 1 November 2026" in shown
    assert "Closed cases left out." in shown


@pytest.mark.parametrize(
    ("day", "said", "unsaid"),
    [
        ("2026-10-11", "Data not yet complete (0 of 1)", "45"),
        ("2026-10-18", "Data not yet complete (0 of 1)", "45"),
        ("2026-10-20", "45 [p]", "21 October"),
        ("2026-11-19", '"portal-figure-value">45</p>', "43"),
        ("2026-12-01", "43 [r]", "Back to now"),
    ],
)
def test_f8_what_was_known_on_a_day_and_nothing_later(member: User, day: str, said: str, unsaid: str) -> None:
    of = referrals()
    shown = page(member, of, as_at=day)

    assert said in shown
    assert unsaid not in shown
    assert "As known on" in shown
    assert WHY in shown if day == "2026-12-01" else WHY not in shown
    if day == "2026-11-19":
        listed = main(as_(member).get(reverse("measures"), {"quarter": Q2.key, "as_at": day}))
        own = main(as_(member).get(of.get_absolute_url(), {"as_at": day}))
        for html in (listed, own):
            assert "As known on 19 November 2026" in html
            assert "43" not in html
            assert f"{reverse('value', args=['PV-11', Q2.key])}?as_at=2026-11-19" in html
            assert "Back to today" in html


def test_f8_a_measure_that_was_not_approved_yet_is_not_there(analyst: User) -> None:
    of = referrals(then=None)
    day = {"as_at": "2026-02-02"}

    assert "PV-11 had no definition in force" in page(analyst, of, **day)
    assert "No measure had been approved then" in as_(analyst).get(reverse("measures"), day).content.decode()
    assert "Not approved yet on that day" in as_(analyst).get(reverse("measure", args=["PV-11"]), day).content.decode()


@pytest.mark.parametrize(
    ("day", "sentence"),
    [("2026-12-03", "Enter a day that has come"), ("soon", "must include a month and a year"), ("2026-02-30", "must")],
)
def test_f8_a_day_that_is_none_is_told_beside_its_boxes(member: User, day: str, sentence: str) -> None:
    of = referrals(then=None)
    for address in (reverse("value", args=["PV-11", Q2.key]), reverse("measures"), of.get_absolute_url()):
        html = main(as_(member).get(address, {"as_at": day}))
        assert sentence in html
        assert "As known on <" not in html
        assert "Back to today" not in html


@pytest.mark.parametrize("corrections", [0, 2])
def test_a_value_asks_as_much_with_corrections_as_without(
    member: User, corrections: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    of = referrals(then=None)
    for _ in range(corrections):
        supplied(of, 44, (11, 30), (11, 30), (12, 1), reason=WHY)
    client, address = as_(member), reverse("value", args=["PV-11", Q2.key])
    client.get(address)

    with django_assert_num_queries(NOW):
        client.get(address)
    with django_assert_num_queries(THEN):
        client.get(address, {"as_at": "2026-12-01"})


NOW, THEN = 17, 17


# --- in papers -----------------------------------------------------------------------------------


def issued_on(day: dt.datetime, text: str = "Active Channel referrals: [[PV-11]].") -> Issue:
    secretary = person("secretary")
    with acting(secretary, at=day):
        paper = make.paper(quarter=Q2)
        make.block(paper, text)
        return make.issue(paper)


def test_story_10_an_issued_paper_keeps_45_and_says_that_it_is_43_today(member: User, secretary: User) -> None:
    of = referrals(then=None)
    issue = issued_on(on(11, 11))
    assert (head_of(issue)["words"], head_of(issue)["status"]) == ("45", "final")
    assert "Yes" in page(member, of).split('id="printed"')[1]
    supplied(of, 43, (11, 30), (11, 30), (12, 1), reason=WHY)

    paper = main(as_(member).get(issue.paper.get_absolute_url()))
    assert f'<a class="figure" href="{issued_figure(issue)}">45</a>' in paper
    assert "43 [r]" in paper.split('id="now"')[1]
    shown = as_(member).get(issued_figure(issue), follow=True)
    assert shown.redirect_chain[0][0] == reverse("value", args=["PV-11", Q2.key])
    printed = main(shown).split('id="printed"')[1]
    for words in (issue.paper.title, ">45<", ">43 [r]<", "No, it was corrected since"):
        assert words in printed
    assert "2026-27" not in printed
    assert issue.paper.title not in page(member, of, as_at="2026-11-10")


def head_of(issue: Issue) -> dict[str, Any]:
    return next(head for head in issue.content["figures"] if head["key"] == "PV-11")


def issued_figure(issue: Issue) -> str:
    return reverse("paper_figure", args=[issue.paper_id, head_of(issue)["n"]])


def test_f11_what_an_issued_paper_freezes_of_a_small_number_is_no_number(secretary: User) -> None:
    referrals(3, None)
    issue = issued_on(on(11, 11))

    released = ReleasedFigure.objects.get(figure="PV-11")
    assert (released.value, released.qualifier, released.quarter) == (None, "not_recorded", Q2)
    head = head_of(issue)
    assert (head["words"], head["number"], head["value"]["revision"]) == ("[c] fewer than 5", None, None)


def test_both_parts_of_a_percentage_are_in_the_ledger_of_released_figures(secretary: User) -> None:
    observed(measure("PV-07"), Q2, numerator=91, denominator=100)
    issued_on(on(11, 11), "Panels on schedule: [[PV-07]].")

    found = {row.cell: row.value for row in ReleasedFigure.objects.filter(figure="PV-07")}
    assert found == {"numerator": 91, "denominator": 100}


def test_a_paper_takes_no_value_of_a_measure_that_is_only_proposed(secretary: User) -> None:
    proposal("PV-05")
    paper = make.paper(quarter=Q2)
    made = make.block(paper, "So many: [[PV-05]].")

    assert "There is no figure called [[PV-05]]." in main(as_(secretary).get(reverse("paper_check", args=[paper.pk])))
    address = reverse("block_edit", args=[paper.pk, made.pk])
    assert "PV-05" not in str(as_(secretary).get(reverse("paper_edit", args=[paper.pk])).context["figure_keys"])
    assert as_(secretary).get(address).status_code == 200
