"""Who sits on a board on one day: every seat with its holder and named substitutes."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from boards.models.board import Board, Seat, SeatHolder, SeatOffice
from boroughs.models import OrganisationName
from strands.figures.known import Known


@dataclass(frozen=True)
class Place:
    """One seat in words. The organisation carries the name that it had on the day."""

    organisation: str
    office: str
    holder: str
    substitutes: tuple[str, ...]
    kind: str
    counts_to_quorum: bool
    dates: str


def roster(board: Board, day: dt.date, known: Known) -> list[Place]:
    """The places of that day, as they were known then, chair first."""
    with known.of(Seat, SeatHolder, OrganisationName):
        return [_place(seat) for seat in board.seats.roster_on(day)]


def _place(seat: Any) -> Place:
    named = seat.organisation.names_then
    return Place(
        organisation=named[0].name if named else seat.organisation.name,
        office="" if seat.office == SeatOffice.MEMBER else seat.get_office_display(),
        holder=next((holder.post for holder in seat.holders_then if not holder.substitute), "Vacant"),
        substitutes=tuple(holder.post for holder in seat.holders_then if holder.substitute),
        kind=seat.get_kind_display(),
        counts_to_quorum=seat.counts_to_quorum,
        dates=seat.dates_in_words,
    )
