"""What an activity hands on to another one that is like it: never its dates, numbers, money, outcome or note."""

from collections.abc import Mapping
from typing import Any

from strands.kinds import KINDS
from strands.kinds.particular import Answer

KEPT_ANSWERS = {Answer.CHOICE, Answer.CHOICES, Answer.TEXT}


def kept_answers(kind: str, particulars: Mapping[str, Any]) -> dict[str, Any]:
    """Of the questions of the kind those that are the same for the next one."""
    kept = {asked.key for asked in KINDS[kind].asks if asked.answer in KEPT_ANSWERS}
    return {key: answer for key, answer in particulars.items() if key in kept}


def next_session(programme: Any) -> int:
    """The number after the highest that its sessions have."""
    return max((number or 0 for number in programme.sessions.values_list("session_number", flat=True)), default=0) + 1
