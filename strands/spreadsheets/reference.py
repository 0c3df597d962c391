"""What rows may name, as far as the person may read it."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from boroughs.models import Borough, FundingLine, Organisation
from strands.models import Activity, Deliverable, Measure, Objective, Strand
from strands.spreadsheets.columns import name_of


class Reference:
    """Everything that rows may name, read once for a spreadsheet and as far as the person may read it."""

    def __init__(self, user: Any) -> None:
        self.user = user
        self.boroughs = {row.name: row for row in Borough.objects.visible_to(user)}
        self.own = set(Borough.objects.logged_by(user).values_list("pk", flat=True))
        self.strands = {row.name: row for row in Strand.objects.visible_to(user)}
        objectives = Objective.objects.visible_to(user).select_related("strand", "strategy")
        self.objectives = {row.code: row for row in objectives}
        self.deliverables = {row.reference: row for row in self._plan(Deliverable)}
        self.measures = {row.code: row for row in self._plan(Measure)}
        self.partners = {row.name: row for row in Organisation.objects.visible_to(user)}
        near = Q(borough__isnull=True) | Q(borough__in=self.own)
        lines = FundingLine.objects.visible_to(user).filter(near).select_related("borough")
        self.funding = {name_of(row): row for row in lines.order_by("pk")}
        self.programmes: dict[str, Activity] = {}
        self._in_force: dict[tuple[Any, dt.date], set[int]] = {}

    def find_programmes(self, references: Iterable[str]) -> None:
        """Those of them to which the person may add sessions."""
        wanted = set(references)
        found = Activity.objects.editable_by(self.user).programmes().filter(reference__in=wanted) if wanted else ()
        self.programmes = {row.reference: row for row in found}

    def _plan(self, model: Any) -> Any:
        """Lines of the plan, which stand in a spreadsheet by their references and codes."""
        return model.objects.visible_to(self.user).select_related("strand")

    def in_force(self, model: Any, day: dt.date) -> set[int]:
        """Asked once for each day on which a row names any."""
        if (model, day) not in self._in_force:
            self._in_force[model, day] = set(self._plan(model).in_force_on(day).values_list("pk", flat=True))
        return self._in_force[model, day]

    @property
    def editions(self) -> list[Any]:
        return list({row.strategy_id: row.strategy for row in self.objectives.values()}.values())

    @property
    def own_boroughs(self) -> list[Borough]:
        return [borough for borough in self.boroughs.values() if borough.pk in self.own]
