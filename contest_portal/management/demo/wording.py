"""What a kind of activity is called, what it is for, and who comes: the shape of the demo's texts."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Wording:
    weight: int
    titles: tuple[str, ...]
    topics: tuple[str, ...]
    purpose: str
    outcomes: tuple[str, ...]
    audience: tuple[str, ...]
    attendance: tuple[int, int] = (0, 0)
    cost: tuple[int, int] = (0, 0)
    sensitive: bool = False
