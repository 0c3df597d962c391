"""Boroughs and what they belong to; organisations and their names; bank holidays."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from boroughs.models import (
    BankHoliday,
    Borough,
    CommandUnit,
    CommandUnitMembership,
    Grouping,
    GroupingMembership,
    Neighbour,
    Organisation,
    OrganisationName,
    Succession,
)
from boroughs.reference.rows import Row, keep, read

_FILES = Path(__file__).parent


def load() -> int:
    """Load everything of this app and return how many rows were saved. Runs within `acting`."""
    return load_boroughs() + load_organisations() + load_bank_holidays()


def load_boroughs() -> int:
    return sum(
        [
            keep(Borough, read(_FILES / "boroughs.csv"), "gss_code"),
            keep(CommandUnit, read(_FILES / "command_units.csv"), "code"),
            keep(CommandUnitMembership, read(_FILES / "command_unit_memberships.csv"), "borough_id", "unit_id"),
            keep(Grouping, read(_FILES / "groupings.csv"), "key"),
            keep(GroupingMembership, read(_FILES / "grouping_memberships.csv"), "grouping_id", "borough_id"),
            keep(Neighbour, read(_FILES / "neighbours.csv"), "first_id", "second_id"),
        ]
    )


def load_organisations() -> int:
    saved = keep(Organisation, read(_FILES / "organisations.csv"), "key")
    ids = dict(Organisation.objects.values_list("key", "pk"))
    names = _with_ids(read(_FILES / "organisation_names.csv"), {"organisation": "organisation_id"}, ids)
    successions = _with_ids(read(_FILES / "successions.csv"), {"before": "before_id", "after": "after_id"}, ids)
    saved += keep(OrganisationName, names, "organisation_id", "starts")
    return saved + keep(Succession, successions, "before_id", "after_id")


def load_bank_holidays() -> int:
    """Only years that have none yet: people move, add and remove bank holidays, and what they did must stand."""
    known = {day.year for day in BankHoliday.objects.days()}
    rows = [row for row in read(_FILES / "bank_holidays.csv") if int(row["day"][:4]) not in known]
    return keep(BankHoliday, rows, "day")


def _with_ids(rows: Iterable[dict[str, str]], columns: dict[str, str], ids: dict[str, int]) -> Iterator[Row]:
    """Rows that name organisations by key, with their primary keys instead."""
    for row in rows:
        yield {columns.get(name, name): ids[value] if name in columns else value for name, value in row.items()}
