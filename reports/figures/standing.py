"""How far a figure can be trusted yet, in words, before any number or colour."""

import datetime as dt
from dataclasses import dataclass

from django.db import models

from contest_portal.core.quarters import Quarter
from contest_portal.ui.formats import day


class Standing(models.TextChoices):
    NOT_COMPLETE = "not_complete", "Not yet complete"
    PROVISIONAL = "provisional", "Provisional"
    FINAL = "final", "Final"

    @property
    def colour(self) -> str:
        return {"not_complete": "grey", "provisional": "yellow", "final": "green"}[self.value]


@dataclass(frozen=True)
class ValueStanding:
    """Where one value of a measure stands, from who has checked and approved it."""

    state: Standing
    words: str


@dataclass(frozen=True)
class ToldStanding:
    """Where a sentence stands that is made from records: by its quarter, and by what those lack."""

    quarter: Quarter
    today: dt.date
    lacks: str = ""

    @property
    def state(self) -> Standing:
        if self.today <= self.quarter.end:
            return Standing.NOT_COMPLETE
        return Standing.PROVISIONAL if self.lacks else Standing.FINAL

    @property
    def words(self) -> str:
        running = f"the quarter ends on {day(self.quarter.end)}" if self.state == Standing.NOT_COMPLETE else ""
        why = ", ".join(filter(None, [running, self.lacks]))
        return f"{self.state.label}: {why or 'nothing is missing from the records, and nothing open in them'}"


@dataclass(frozen=True)
class QuarterStanding:
    """Where a quarter stands on one day, from its returns."""

    quarter: Quarter
    today: dt.date
    accepted: int
    expected: int
    revised: int = 0

    @property
    def state(self) -> Standing:
        if self.today <= self.quarter.end:
            return Standing.NOT_COMPLETE
        return Standing.FINAL if self.accepted == self.expected else Standing.PROVISIONAL

    @property
    def words(self) -> str:
        return f"{self.state.label}: {self.reason}"

    @property
    def reason(self) -> str:
        """Why it stands as it does, for where the state itself is shown beside it."""
        if self.today < self.quarter.start:
            return f"the quarter begins on {day(self.quarter.start)}"
        if self.state == Standing.NOT_COMPLETE:
            return f"the quarter ends on {day(self.quarter.end)}"
        if self.state == Standing.FINAL:
            return f"all {self.expected} returns accepted{self._revised}"
        return f"{self.accepted} of {self.expected} returns accepted{self._revised}"

    @property
    def _revised(self) -> str:
        """With the mark that revised figures carry."""
        return f", {self.revised} of them revised [r]" if self.revised else ""
