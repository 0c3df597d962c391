import pytest
from hypothesis import given
from hypothesis import strategies as st

from contest_portal.core.quantity import NOT_RECORDED, Qualifier, Quantity, combine, total

EXACT, AT_LEAST, AT_MOST, ABOUT = Qualifier.EXACT, Qualifier.AT_LEAST, Qualifier.AT_MOST, Qualifier.ABOUT


@pytest.mark.parametrize(
    ("quantity", "words"),
    [
        (Quantity(0), "0"),
        (Quantity(4310), "4,310"),
        (Quantity(4310, AT_LEAST), "at least 4,310"),
        (Quantity(3, AT_MOST), "at most 3"),
        (Quantity(40, ABOUT), "about 40"),
        (NOT_RECORDED, "not recorded"),
    ],
)
def test_a_quantity_says_how_exact_it_is(quantity: Quantity, words: str) -> None:
    assert str(quantity) == words


# What 100 of one kind and 10 of the other add up to.
SUMS = [
    (EXACT, EXACT, "110"),
    (EXACT, AT_LEAST, "at least 110"),
    (EXACT, AT_MOST, "at most 110"),
    (EXACT, ABOUT, "about 110"),
    (EXACT, None, "at least 100"),
    (AT_LEAST, AT_LEAST, "at least 110"),
    (AT_LEAST, AT_MOST, "about 110"),
    (AT_LEAST, ABOUT, "about 110"),
    (AT_LEAST, None, "at least 100"),
    (AT_MOST, AT_MOST, "at most 110"),
    (AT_MOST, ABOUT, "about 110"),
    (AT_MOST, None, "about 100"),
    (ABOUT, ABOUT, "about 110"),
    (ABOUT, None, "about 100"),
]


@pytest.mark.parametrize(("first", "second", "words"), SUMS)
def test_a_sum_is_no_more_exact_than_its_parts(first: str, second: str | None, words: str) -> None:
    one = Quantity(100, first)
    other = NOT_RECORDED if second is None else Quantity(10, second)

    assert str(one + other) == words
    assert str(other + one) == words


def test_a_sum_of_nothing_is_exactly_nothing() -> None:
    assert total([]) == Quantity(0)


def test_a_sum_of_missing_parts_is_missing() -> None:
    assert total([NOT_RECORDED, NOT_RECORDED]) == NOT_RECORDED


@pytest.mark.parametrize(("value", "qualifier"), [(None, EXACT), (None, AT_LEAST), (5, Qualifier.NOT_RECORDED)])
def test_a_value_and_not_recorded_exclude_each_other(value: int | None, qualifier: str) -> None:
    with pytest.raises(ValueError, match="no value exactly when it was not recorded"):
        Quantity(value, qualifier)


QUANTITIES = st.one_of(
    st.just(NOT_RECORDED),
    st.builds(Quantity, st.integers(0, 10**6), st.sampled_from([EXACT, AT_LEAST, AT_MOST, ABOUT])),
)


@given(st.lists(QUANTITIES, max_size=6))
def test_the_order_of_the_parts_does_not_matter(parts: list[Quantity]) -> None:
    assert total(parts) == total(list(reversed(parts)))


@given(st.lists(QUANTITIES, max_size=6))
def test_counts_of_qualifiers_give_the_same_sum_as_the_parts(parts: list[Quantity]) -> None:
    counts = {key: sum(part.qualifier == key for part in parts) for key in Qualifier.values}

    assert combine(sum(part.value or 0 for part in parts), counts) == total(parts)
