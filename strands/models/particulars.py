"""The answers to what an activity's kind asks, kept as JSON and read as words."""

from collections.abc import Mapping
from typing import Any

from django.db import models

from strands.kinds import KINDS

Kept = Mapping[str, Any]


def answers_of(kind_key: str, kept: Kept) -> list[tuple[str, str]]:
    """Label and words of each answer, in the order of the kind; what it does not ask any more comes last."""
    asks = KINDS[kind_key].asks
    asked = [(particular.label, particular.in_words(kept.get(particular.key))) for particular in asks]
    known = {particular.key for particular in asks}
    left = [(key.replace("_", " ").capitalize(), str(value)) for key, value in kept.items() if key not in known]
    return [(label, words) for label, words in [*asked, *left] if words]


def cells_of(kind_key: str, kept: Kept) -> dict[str, Any]:
    """The same for a spreadsheet: by label, and a number wherever it is one and exact."""
    exact = {
        particular.label: particular.as_number(kept[particular.key])
        for particular in KINDS[kind_key].asks
        if particular.key in kept
    }
    return {label: words if exact.get(label) is None else exact[label] for label, words in answers_of(kind_key, kept)}


class ParticularsField(models.JSONField):
    """History shows it answer by answer, each under the label of its question."""

    def answers_in(self, row: Any) -> dict[str, str]:
        """Of a row of the table or of its history."""
        return dict(answers_of(row.kind, getattr(row, self.attname) or {}))
