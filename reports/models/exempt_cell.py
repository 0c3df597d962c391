"""A cell, a row or a column of a table or chart that is kept from the public while the rest of it is not."""

from typing import Any

from django.db import models
from django.db.models import Q

from contest_portal.audit.models import TrackedModel, TrackedQuerySet
from reports.models.exemption import ExemptGround
from reports.models.paper import Block, Paper

# Every row, or every column.
ALL = "*"


class ExemptCellQuerySet(TrackedQuerySet):
    def visible_to(self, user: Any) -> "ExemptCellQuerySet":
        """Whoever reads the paper whole knows what of it is exempt."""
        papers = Paper.objects
        return self.filter(paper__in=papers.visible_to(user)).filter(paper__in=papers.exempt_read_by(user))


class ExemptCell(TrackedModel):
    """`row` and `column` are the keys that the figure gives them; the total row has an empty key."""

    paper = models.ForeignKey(Paper, models.PROTECT, related_name="exempt_cells")
    block = models.ForeignKey(Block, models.PROTECT, related_name="exempt_cells")
    row = models.CharField(max_length=60, blank=True)
    column = models.CharField(max_length=60)
    ground = models.CharField("who reads it", max_length=1, choices=ExemptGround.choices)
    interest = models.TextField("why it is kept back", max_length=1000)

    objects = ExemptCellQuerySet.as_manager()

    class Meta:
        ordering = ["block", "row", "column"]
        constraints = [
            models.UniqueConstraint(fields=["block", "row", "column"], name="exempt_cell_once"),
            models.CheckConstraint(condition=~Q(ground="") & ~Q(interest=""), name="exempt_cell_says_why"),
            models.CheckConstraint(condition=~Q(row=ALL, column=ALL), name="exempt_cells_leave_something"),
        ]

    def __str__(self) -> str:
        return "A column" if self.row == ALL else "A row" if self.column == ALL else "A cell"

    def covers(self, row: str, column: str) -> bool:
        return self.row in (ALL, row) and self.column in (ALL, column)
