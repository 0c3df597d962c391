from django.db.models import Q

from contest_portal.core.conditions import NOTHING, all_of, any_of

RED, ROUND = Q(colour="red"), Q(shape="round")


def test_what_finds_nothing_vanishes_from_an_or_and_is_all_that_is_left_of_an_and() -> None:
    assert any_of(NOTHING, RED, NOTHING, ROUND) == RED | ROUND
    assert any_of(NOTHING) is NOTHING
    assert any_of() is NOTHING
    assert all_of(RED, NOTHING) is NOTHING
    assert all_of(RED, ROUND) == RED & ROUND


def test_no_condition_at_all_is_all_that_is_left_of_an_or_and_vanishes_from_an_and() -> None:
    assert any_of(RED, Q()) == Q()
    assert any_of(NOTHING, Q()) == Q()
    assert all_of(RED, Q()) == RED
