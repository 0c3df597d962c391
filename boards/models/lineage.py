"""How a board stands to others, read from its own side."""

from dataclasses import dataclass

from boards.models.board import Board, BoardRelation, RelationKind

# Kind: in words from the side of the board, and from the side of the other one.
WORDS: dict[str, tuple[str, str]] = {
    RelationKind.PARENT_OF: ("Parent of", "Part of"),
    RelationKind.REPORTS_TO: ("Reports to", "Receives reports from"),
    RelationKind.JOINT_WITH: ("Sits jointly with", "Sits jointly with"),
    RelationKind.MERGED_INTO: ("Merged into", "Took in"),
    RelationKind.SPLIT_FROM: ("Split from", "Split off"),
    RelationKind.RENAMED_TO: ("Renamed to", "Renamed from"),
    RelationKind.SUCCESSOR_OF: ("Successor of", "Succeeded by"),
}

# These happen on one day; the others last.
EVENTS = {
    RelationKind.MERGED_INTO,
    RelationKind.SPLIT_FROM,
    RelationKind.RENAMED_TO,
    RelationKind.SUCCESSOR_OF,
}


@dataclass(frozen=True)
class Link:
    words: str
    board: Board
    dates: str
    note: str


def lineage(board: Board) -> list[Link]:
    """Its relations of all times, oldest first."""
    own = board.relations.select_related("other")
    others = board.relations_from_others.select_related("board")
    links = [(row, WORDS[row.kind][0], row.other) for row in own]
    links += [(row, WORDS[row.kind][1], row.board) for row in others]
    links.sort(key=lambda link: (link[0].starts is not None, link[0].starts, link[0].pk))
    return [Link(words, other, _dates(row), row.note) for row, words, other in links]


def _dates(relation: BoardRelation) -> str:
    if relation.kind in EVENTS and relation.starts:
        return f"on {relation.starts:%-d %B %Y}"
    return relation.dates_in_words
