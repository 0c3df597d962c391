"""What page and lists say over the papers of a board that is no more. Nothing of it stands in the papers themselves."""

import datetime as dt
from collections.abc import Iterable, Iterator

from boards.models import Board
from boroughs.models import Organisation, Succession
from contest_portal.ui.formats import day


def banner_of(board: Board, today: dt.date) -> str:
    """Empty while the board lasts."""
    if not board.has_ended_on(today):
        return ""
    told = [f"The {board} ended on {day(board.ends)}."]
    told += [f"Its work went to the {other}{_on(since)}." for other, since in board.passed_on()]
    told += _of_organisation(board)
    return " ".join([*told, "Its papers stay as they were issued, with the names of their day."])


def banners(boards: Iterable[Board], today: dt.date) -> dict[int, str]:
    """By board, of those that have ended; each is read once."""
    return {board.pk: banner_of(board, today) for board in set(boards) if board.has_ended_on(today)}


def _of_organisation(board: Board) -> Iterator[str]:
    """Of the body that ran it, by the names of the day on which another one took over."""
    if board.secretariat is None or board.ends is None:
        return
    rows = Succession.objects.filter(before=board.secretariat).select_related("after").order_by("on")
    for row in rows:
        then = board.secretariat.name_on(board.ends)
        yield f"The {then} was replaced by the {_by_its_name_then(row.after, row.on)} on {day(row.on)}."


def _by_its_name_then(after: Organisation, on: dt.date) -> str:
    then = after.name_on(on)
    return then if then == after.name else f"{then} (today the {after.name})"


def _on(since: dt.date | None) -> str:
    return f" on {day(since)}" if since else ""
