"""Which numbers of a table are withheld, so that none of them points to a person. Numbers in, marks out.

A small number is withheld for itself; where only one is withheld in a row or column whose total is shown it could be
had by subtraction, so the next smallest goes too, over rows and columns until nothing changes.
"""

from collections.abc import Iterator, Sequence

CONFIDENTIAL = "[c]"
THRESHOLD = 5
EQUALITY_THRESHOLD = 10

Cell = tuple[int, int]


def is_small(value: int, *, threshold: int = THRESHOLD, s2: bool = False) -> bool:
    """Whether a number is withheld for itself. Of individuals of concern even none is."""
    return value < threshold and (s2 or value > 0)


def withheld(rows: Sequence[Sequence[int]], *, threshold: int = THRESHOLD, s2: bool = False) -> set[Cell]:
    """Places (row, column) to withhold in a table whose totals of rows and columns are all shown."""
    hidden = {
        (across, down)
        for across, row in enumerate(rows)
        for down, value in enumerate(row)
        if is_small(value, threshold=threshold, s2=s2)
    }
    groups = list(_groups(rows))
    while more := next(filter(None, (_next(rows, group, hidden, threshold) for group in groups)), None):
        hidden.add(more)
    return hidden


def _groups(rows: Sequence[Sequence[int]]) -> Iterator[list[Cell]]:
    """Each row and each column. One with a single cell is its own total, and has nothing beside it to hide."""
    width = len(rows[0]) if rows else 0
    lines = [[(across, down) for down in range(width)] for across in range(len(rows))]
    columns = [[(across, down) for across in range(len(rows))] for down in range(width)]
    yield from (group for group in [*lines, *columns] if len(group) > 1)


def _next(rows: Sequence[Sequence[int]], group: list[Cell], hidden: set[Cell], threshold: int) -> Cell | None:
    """The next cell to withhold in a group that could still be worked out; those that are not 0 first."""
    inside = [cell for cell in group if cell in hidden]
    shown = [cell for cell in group if cell not in hidden]
    if not inside or not shown:
        return None
    if len(inside) > 1 and sum(rows[across][down] for across, down in inside) >= threshold:
        return None
    return min(shown, key=lambda cell: (rows[cell[0]][cell[1]] == 0, rows[cell[0]][cell[1]], cell))


def total_is_safe(hidden: Sequence[int], *, threshold: int = THRESHOLD) -> bool:
    """Whether the total of a line may be shown: it tells what the withheld numbers come to, if there are any."""
    return not hidden or (len(hidden) > 1 and sum(hidden) >= threshold)


def with_marks(rows: Sequence[Sequence[int]], hidden: set[Cell]) -> list[list[str]]:
    """The table in words, as it may be printed."""
    return [
        [CONFIDENTIAL if (across, down) in hidden else f"{value:,}" for down, value in enumerate(row)]
        for across, row in enumerate(rows)
    ]
