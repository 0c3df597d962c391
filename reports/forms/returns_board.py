from typing import Any

import django_filters
from django.http import QueryDict

from contest_portal.core.quarters import Quarter
from contest_portal.ui.forms import PortalForm
from reports.forms.quarterly_return import QuarterFilter
from reports.models import QuarterlyReturn, ReturnState
from reports.models.return_states import NIL
from reports.rendering.returns_board import BoardRow, ReturnsBoard, followed_by
from strands.figures.known import Known

STUCK = [("borough", "With the borough"), ("acceptance", "Waiting to be accepted"), ("chair", "On the chair’s list")]
CHAIR = 3


class BoardFilter(django_filters.FilterSet):
    """The board's quarter, the last one that is over unless another is chosen; and which of its areas are listed."""

    quarter = QuarterFilter(label="Quarter", empty_label=None)
    state = django_filters.MultipleChoiceFilter(label="State", choices=[*ReturnState.choices, NIL])
    stuck = django_filters.MultipleChoiceFilter(label="Where it is stuck", choices=STUCK)

    class Meta:
        model = QuarterlyReturn
        fields: list[str] = []
        form = PortalForm

    def __init__(self, data: QueryDict, *, user: Any, known: Known) -> None:
        followed = followed_by(user)
        super().__init__(data, queryset=followed)
        self.user, self.known = user, known
        with known.of(QuarterlyReturn):
            quarters = followed.order_by("-quarter").values_list("quarter", flat=True).distinct()
            self.quarters: list[Quarter] = list(quarters)
        self.filters["quarter"].extra["choices"] = [(quarter.key, str(quarter)) for quarter in self.quarters]
        self.filters["quarter"].extra["initial"] = self._latest.key if self._latest else None

    @property
    def _latest(self) -> Quarter | None:
        over = (quarter for quarter in self.quarters if quarter.end < self.known.day)
        return next(over, next(iter(self.quarters), None))

    @property
    def shown(self) -> Quarter | None:
        chosen = self.form.cleaned_data.get("quarter") if self.is_valid() else None
        return Quarter.from_key(chosen) if chosen else self._latest

    def board(self) -> ReturnsBoard | None:
        """None while no return was ever called for."""
        return ReturnsBoard(self.shown, reader=self.user, known=self.known) if self.shown else None

    def rows(self, board: ReturnsBoard) -> list[BoardRow]:
        if not self.is_valid():
            return []
        states, stuck = self.form.cleaned_data["state"], self.form.cleaned_data["stuck"]
        rows = [row for row in board.rows if not states or row.now.key in states or _is_nil(row, states)]
        found = [row for row in rows if not stuck or stuck_at(row) & set(stuck)]
        # What somebody has to act on stands first, the latest of all at the top.
        return sorted(found, key=lambda row: (row.waiting is None, -row.now.days_late, row.borough.name))


def _is_nil(row: BoardRow, states: list[str]) -> bool:
    return NIL[0] in states and row.now.is_in and row.now.is_nil


def stuck_at(row: BoardRow) -> set[str]:
    found = set()
    if row.waiting:
        found.add("acceptance" if row.now.is_in else "borough")
    if row.is_overdue and any(chaser.level == CHAIR for chaser in row.chasers):
        found.add("chair")
    return found
