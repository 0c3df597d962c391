import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from contest_portal.core.quarters import Quarter, QuarterField


@pytest.mark.parametrize(
    ("day", "key", "words"),
    [
        ("2026-04-01", "2026-27-Q1", "Q1 2026/27 (April to June 2026)"),
        ("2026-06-30", "2026-27-Q1", "Q1 2026/27 (April to June 2026)"),
        ("2026-07-01", "2026-27-Q2", "Q2 2026/27 (July to September 2026)"),
        ("2026-09-30", "2026-27-Q2", "Q2 2026/27 (July to September 2026)"),
        ("2026-12-31", "2026-27-Q3", "Q3 2026/27 (October to December 2026)"),
        ("2027-01-01", "2026-27-Q4", "Q4 2026/27 (January to March 2027)"),
        ("2027-03-31", "2026-27-Q4", "Q4 2026/27 (January to March 2027)"),
        ("2000-03-31", "1999-00-Q4", "Q4 1999/00 (January to March 2000)"),
    ],
)
def test_a_day_lies_in_the_quarter_of_its_financial_year(day: str, key: str, words: str) -> None:
    quarter = Quarter.of(dt.date.fromisoformat(day))

    assert (quarter.key, str(quarter)) == (key, words)


@pytest.mark.parametrize(
    ("key", "start", "end"),
    [
        ("2026-27-Q1", "2026-04-01", "2026-06-30"),
        ("2026-27-Q2", "2026-07-01", "2026-09-30"),
        ("2026-27-Q3", "2026-10-01", "2026-12-31"),
        ("2026-27-Q4", "2027-01-01", "2027-03-31"),
        ("2011-12-Q4", "2012-01-01", "2012-03-31"),
    ],
)
def test_a_quarter_runs_from_its_first_day_to_its_last(key: str, start: str, end: str) -> None:
    quarter = Quarter.from_key(key)

    assert (quarter.start.isoformat(), quarter.end.isoformat()) == (start, end)


@pytest.mark.parametrize("day", ["2026-04-01", "2026-06-30"])
def test_both_ends_belong_to_the_quarter(day: str) -> None:
    assert dt.date.fromisoformat(day) in Quarter(2026, 1)


@pytest.mark.parametrize("day", ["2026-03-31", "2026-07-01"])
def test_the_days_beside_the_ends_do_not(day: str) -> None:
    assert dt.date.fromisoformat(day) not in Quarter(2026, 1)


def test_after_the_fourth_quarter_comes_the_first_of_the_next_year() -> None:
    assert Quarter(2026, 4).next() == Quarter(2027, 1)
    assert Quarter(2026, 1).previous() == Quarter(2025, 4)
    assert Quarter(2026, 2).last(3) == [Quarter(2025, 4), Quarter(2026, 1), Quarter(2026, 2)]


def test_keys_sort_as_the_quarters_do() -> None:
    quarters = Quarter(2026, 3).last(12)

    assert sorted(quarter.key for quarter in quarters) == [quarter.key for quarter in quarters]
    assert sorted(quarters) == quarters


@pytest.mark.parametrize("key", ["2026-28-Q1", "2026-27-Q5", "2026-27-Q0", "2026/27 Q1", "", "Q1", "2026-27-Q1 "])
def test_what_is_not_a_key_is_refused(key: str) -> None:
    with pytest.raises(ValueError, match="is not a quarter such as 2026-27-Q2"):
        Quarter.from_key(key)


def test_a_field_reads_a_key_and_refuses_anything_else() -> None:
    field = QuarterField()

    assert field.to_python("2026-27-Q2") == Quarter(2026, 2)
    assert field.get_prep_value(Quarter(2026, 2)) == "2026-27-Q2"
    with pytest.raises(ValidationError, match="Choose a quarter from the list"):
        field.to_python("next one")
