"""Measures: who proposes and who decides, how a quarter stands before it has a colour, and what becomes of values."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from contest_portal.access.grants import may
from contest_portal.accounts.models import User
from contest_portal.audit.acting import acting
from contest_portal.audit.models import LedgerEntry
from contest_portal.core.refusal import Refused
from strands.figures.from_log import proposed
from strands.figures.known import Known
from strands.figures.measuring import standing_of
from strands.figures.standing import DataState, Rag
from strands.figures.year_to_date import year_to_date
from strands.models import Measure, MeasureVersion, Observation
from strands.workflow.measures import agree_to_measure, decide_on_measure, put_under_review
from strands.workflow.observing import approve_observation, check_observation, explain
from tests import make
from tests.cast import grant, person
from tests.strands.measuring import Q1, Q2, measure, observed, proposal

pytestmark = pytest.mark.django_db

JULY, OCTOBER = dt.date(2026, 7, 20), dt.date(2026, 10, 26)


@pytest.fixture(autouse=True)
def in_october(time_machine: Any) -> None:
    time_machine.move_to(dt.datetime(2026, 10, 26, 10, tzinfo=dt.UTC), tick=True)


def decided(version: MeasureVersion, by: User, *, yes: bool = True) -> MeasureVersion:
    with acting(by):
        return decide_on_measure(version, yes=yes, seen=version.version, by=by)


def final(observation: Observation, chair: User) -> Observation:
    with acting(chair):
        return approve_observation(observation, by=chair)


# --- definitions ----------------------------------------------------------------------------------


def test_b2_a_proposed_measure_gets_a_target_for_each_quarter_of_its_year() -> None:
    targets = {target.quarter.short: target.value for target in proposal("PV-03").targets.all()}

    assert targets == dict.fromkeys([f"Q{number} 2026/27" for number in range(1, 5)], Decimal(600))


def test_nobody_decides_on_what_they_proposed_not_even_through_a_second_role(analyst: User, admin: User) -> None:
    made = proposal()
    with acting(admin):
        grant(analyst, "chair", "board", "london-contest-board", by=admin)
    again = person("analyst")

    with pytest.raises(Refused, match="You proposed this"):
        decided(made, again)


def test_only_a_chair_decides(prevent_lead: User, chair: User) -> None:
    made = proposal()

    with pytest.raises(Refused, match="The chair decides"):
        decided(made, prevent_lead)
    found = decided(made, chair)
    assert (found.state, found.approved_by) == ("in_force", chair)
    with pytest.raises(Refused, match="nothing to decide"):
        decided(found, chair)


def test_the_chair_decides_on_what_was_read(chair: User, analyst: User) -> None:
    made = proposal()
    with acting(analyst):
        changed = MeasureVersion.objects.get(pk=made.pk)
        changed.definition = "Something else."
        changed.save()

    with pytest.raises(Refused, match="Read it again"):
        decided(made, chair)


def test_b10_a_new_version_replaces_the_old_one_and_says_where_the_series_breaks(chair: User) -> None:
    of = measure("PV-03")
    new = proposal("PV-03", starts=dt.date(2026, 7, 1), comparable=False, comparability_note="Counts e-learning too.")
    decided(new, chair)

    old, new = of.versions.order_by("number")
    assert (old.state, old.ends) == ("replaced", dt.date(2026, 6, 30))
    assert (new.number, new.state, new.breaks()) == (2, "in_force", True)
    assert standing_of(of, Q1, Known(OCTOBER)).version == old
    assert standing_of(of, Q2, Known(OCTOBER)).version == new


def test_b10_a_measure_is_retired_by_two_people(analyst: User, chair: User) -> None:
    of = measure("PV-03")
    version = of.versions.get()
    with acting(analyst):
        under_review = put_under_review(version, reason="It adds nothing.", last_day=dt.date(2026, 6, 30), by=analyst)

    assert standing_of(of, Q1, Known(OCTOBER)).state == DataState.UNDER_REVIEW
    assert decided(under_review, chair).state == "retired"
    assert standing_of(of, Q2, Known(OCTOBER)).state == DataState.RETIRED
    assert standing_of(of, Q1, Known(OCTOBER)).state == DataState.OVERDUE


def agreed(version: MeasureVersion, by: User) -> MeasureVersion:
    with acting(by):
        return agree_to_measure(version, seen=version.version, by=by)


def test_the_strand_lead_agrees_to_what_the_analyst_proposed(
    analyst: User, prevent_lead: User, chair: User, brent_lead: User
) -> None:
    made = proposal("PV-03")

    for person_, words in ((analyst, "You proposed this"), (chair, "of this strand"), (brent_lead, "of this strand")):
        with pytest.raises(Refused, match=words):
            agreed(made, person_)
    with pytest.raises(Refused, match="of this strand"):
        agreed(proposal("PR-02"), prevent_lead)
    found = agreed(made, prevent_lead)
    assert (found.agreed_by, found.state) == (prevent_lead, "proposed")
    with pytest.raises(Refused, match="has agreed to it already"):
        agreed(found, prevent_lead)
    assert decided(found, chair).agreed_by == prevent_lead
    with pytest.raises(Refused, match="nothing to agree to"):
        agreed(MeasureVersion.objects.get(pk=made.pk), prevent_lead)


def test_an_agreement_is_to_one_proposal_alone(analyst: User, prevent_lead: User, chair: User) -> None:
    found = decided(agreed(proposal("PV-03"), prevent_lead), chair)

    with acting(analyst):
        found = put_under_review(found, reason="It adds nothing.", last_day=dt.date(2027, 3, 31), by=analyst)
    assert found.agreed_by is None
    stale = MeasureVersion.objects.get(pk=found.pk)
    stale.version -= 1
    with pytest.raises(Refused, match="Read it again"):
        agreed(stale, prevent_lead)
    assert agreed(found, prevent_lead).agreed_at is not None


def test_who_sees_a_proposal(analyst: User, prevent_lead: User, chair: User, member: User, admin: User) -> None:
    proposal("PV-03")
    proposal("PR-02")

    def seen(user: User) -> list[str]:
        return [found.code for found in Measure.objects.visible_to(user)]

    assert seen(analyst) == seen(chair) == ["PR-02", "PV-03"]
    assert seen(prevent_lead) == ["PV-03"]
    assert (seen(member), seen(admin), may(admin, "measure.read")) == ([], [], False)


def test_a_change_of_a_measure_is_in_its_history_and_in_the_ledger() -> None:
    of = measure("PV-03")
    version = of.versions.get()

    assert [row.state for row in version.history.order_by("history_id")] == ["proposed", "in_force"]
    assert LedgerEntry.objects.filter(table="strands_measureversion", key=str(version.pk)).count() == 2


# --- status before colour -------------------------------------------------------------------------


def test_b6_the_blanks_of_a_quarter_are_told_apart(analyst: User) -> None:
    of = measure("PV-03", lag_days=14)

    assert standing_of(of, Q1.previous(), Known(OCTOBER)).words == "Not measured in this quarter"
    assert standing_of(of, Q2, Known(dt.date(2026, 9, 30))).words == "Not yet due"
    assert standing_of(of, Q2, Known(dt.date(2026, 10, 14))).words == "Data not yet complete (0 of 1)"
    assert standing_of(of, Q2, Known(dt.date(2026, 10, 15))).words == "Overdue"
    observed(of, Q2, value=500, received=28, expected=33)
    assert standing_of(of, Q2, Known(OCTOBER)).words == "Data not yet complete (28 of 33)"
    with acting(analyst):
        put_under_review(of.versions.get(), reason="Why?", last_day=dt.date(2027, 3, 31), by=analyst)
    assert standing_of(of, Q2, Known(OCTOBER)).words == "Under review"


def test_edge_3_a_measure_that_comes_two_months_late_is_not_overdue_until_then() -> None:
    of = measure("PV-11")

    assert standing_of(of, Q1, Known(JULY)).words == "Data not yet complete (0 of 1)"
    assert standing_of(of, Q1, Known(dt.date(2026, 8, 29))).state == DataState.INCOMPLETE
    assert standing_of(of, Q1, Known(dt.date(2026, 8, 30))).state == DataState.OVERDUE


@pytest.mark.parametrize(
    ("direction", "target", "upper", "value", "rag"),
    [
        ("higher", 600, None, 600, Rag.GREEN),
        ("higher", 600, None, 540, Rag.AMBER),
        ("higher", 600, None, 539, Rag.RED),
        ("lower", 10, None, 10, Rag.GREEN),
        ("lower", 10, None, 11, Rag.AMBER),
        ("lower", 10, None, 12, Rag.RED),
        ("lower", 0, None, 2, Rag.AMBER),
        ("lower", 0, None, 3, Rag.RED),
        ("band", 80, 100, 90, Rag.GREEN),
        ("band", 80, 100, 105, Rag.AMBER),
        ("band", 80, 100, 75, Rag.RED),
        ("none", 10, None, 12, None),
    ],
)
def test_b2_the_colour_follows_the_thresholds(
    direction: str, target: int, upper: int | None, value: int, rag: Rag | None
) -> None:
    of = measure("XX-01", direction=direction, target=Decimal(target), tolerance=Decimal(2))
    for aim in of.versions.get().targets.all() if upper else []:
        aim.upper = Decimal(upper or 0)
        with acting(person("analyst")):
            aim.save()
    observed(of, Q1, value=value)

    assert standing_of(of, Q1, Known(OCTOBER)).rag == rag


def test_the_letter_and_a_word_stand_beside_each_colour() -> None:
    assert [str(rag.label) for rag in Rag] == ["G: within target", "A: close to target", "R: off target"]


def test_without_data_there_is_no_colour() -> None:
    of = measure("PV-03")
    observed(of, Q1, value=700, received=1, expected=2)

    assert standing_of(of, Q1, Known(OCTOBER)).rag is None


# --- values ---------------------------------------------------------------------------------------


def test_a_strand_lead_supplies_an_analyst_checks_a_chair_approves(
    prevent_lead: User, analyst: User, chair: User, member: User
) -> None:
    of = measure("PV-11")
    found = observed(of, Q1, by="prevent.lead", value=45)

    assert standing_of(of, Q1, Known(JULY)).state == DataState.INCOMPLETE
    assert not Observation.objects.visible_to(member).exists()
    with acting(prevent_lead), pytest.raises(Refused, match="somebody else checks"):
        check_observation(found, by=prevent_lead)
    with acting(analyst):
        found = check_observation(found, by=analyst)
    assert standing_of(of, Q1, Known(JULY)).words == "45 [p]"
    found = final(found, chair)
    assert standing_of(of, Q1, Known(JULY)).words == "45"
    assert (found.supplied_by, found.checked_by, found.approved_by) == (prevent_lead, analyst, chair)


def test_an_analyst_checks_figures_about_individuals_and_never_enters_them(analyst: User, prevent_lead: User) -> None:
    of = measure("PV-11")

    assert of not in Measure.objects.entered_by(analyst)
    assert of in Measure.objects.entered_by(prevent_lead)
    with pytest.raises(Measure.DoesNotExist):
        observed(of, Q1, value=45)


@pytest.mark.parametrize(("value", "words"), [(0, "[c] fewer than 5"), (4, "[c] fewer than 5"), (5, "5 [p]")])
def test_a_small_number_about_individuals_is_withheld(value: int, words: str, analyst: User) -> None:
    of = measure("PV-11")
    found = observed(of, Q1, by="prevent.lead", value=value)
    with acting(analyst):
        check_observation(found, by=analyst)

    assert standing_of(of, Q1, Known(OCTOBER)).words == words


def test_b10_a_correction_is_a_revision_beside_the_value_that_was_final(chair: User) -> None:
    of = measure("PV-03")
    final(observed(of, Q1, value=611), chair)

    with pytest.raises(Refused, match="Say why it is corrected"):
        observed(of, Q1, value=609)
    later = observed(of, Q1, value=609, reason="Counted twice.")
    assert standing_of(of, Q1, Known(OCTOBER)).words == "611"
    final(later, chair)
    assert standing_of(of, Q1, Known(OCTOBER)).words == "609 [r]"
    assert sorted(each.value for each in of.observations.all()) == [609, 611]


def test_a_colour_that_changes_is_explained_before_it_is_final(analyst: User, chair: User) -> None:
    of = measure("PV-07")
    found = observed(of, Q1, numerator=91, denominator=100)

    assert standing_of(of, Q1, Known(OCTOBER)).needs_commentary
    with pytest.raises(Refused, match="commentary has to be written first"):
        final(found, chair)
    with acting(analyst):
        found = explain(found, "Two panels were put off. The deputy chairs from now on, by November.", by=analyst)
    assert final(found, chair).state == "approved"
    assert standing_of(of, Q1, Known(OCTOBER)).rag == Rag.AMBER


def test_b5_a_year_to_date_adds_up_by_kind() -> None:
    flow, share, stock = measure("PV-03"), measure("PV-07"), measure("XX-01", kind="stock")
    pairs = {flow: ({"value": 580}, {"value": 611, "qualifier": "at_least"}), stock: ({"value": 8}, {"value": 12})}
    pairs[share] = ({"numerator": 10, "denominator": 10}, {"numerator": 20, "denominator": 30})

    def year(of: Measure) -> str:
        return year_to_date(
            [observed(of, quarter, **values) for quarter, values in zip((Q1, Q2), pairs[of], strict=True)]
        )

    assert [year(of) for of in (flow, share, stock)] == ["at least 1,191", "75.0% (30 of 40)", "12"]


def test_b5_there_is_no_year_to_date_across_a_break(chair: User) -> None:
    of = measure("PV-03")
    first = observed(of, Q1, value=580)
    decided(proposal("PV-03", starts=dt.date(2026, 7, 1), comparable=False), chair)

    assert year_to_date([first, observed(of, Q2, value=611)]) == ""


# --- what the log says ----------------------------------------------------------------------------


def test_the_log_proposes_how_many_staff_were_trained() -> None:
    make.activity(kind="training", particulars={"completed": {"value": 31, "qualifier": "exact"}})
    make.activity(kind="training", particulars={"attended": {"value": 20, "qualifier": "at_least"}})
    make.activity(kind="training", starts=dt.date(2026, 7, 2), particulars={})

    found = proposed("staff_trained", Q1)
    assert found is not None
    assert (str(found.quantity), found.read) == ("at least 51", 2)


def test_the_log_proposes_how_many_exercises_were_debriefed_in_time() -> None:
    for day in ("2026-07-12", "2026-07-13", None):
        make.activity(kind="exercise", strand_id="prepare", particulars={"cold_debrief": day} if day else {})

    found = proposed("debriefed", Q1)
    assert found is not None
    assert (found.numerator, found.denominator) == (1, 3)


def test_the_log_proposes_how_many_panels_were_held() -> None:
    for held in (True, False, None):
        make.activity(kind="channel_panel", particulars={} if held is None else {"held": held})

    found = proposed("panels_held", Q1)
    assert found is not None
    assert (found.numerator, found.denominator, found.read) == (1, 2, 3)
    assert proposed("typed", Q1) is None
