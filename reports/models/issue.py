import json
from functools import cached_property
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from boards.models import AgendaItem
from contest_portal.audit.models import TrackedModel, TrackedQuerySet
from reports.models.exemption import Rendition
from reports.models.paper import Paper


class IssueQuerySet(TrackedQuerySet):
    def visible_to(self, user: Any) -> "IssueQuerySet":
        return self.filter(paper__in=Paper.objects.visible_to(user))


class Issue(TrackedModel):
    """A paper as it was issued, once: number, text, every figure with its rows, and the hash of all that.

    The database refuses any change of it (`append_only`).
    """

    append_only = True

    paper = models.OneToOneField(Paper, models.PROTECT, related_name="issue")
    item = models.OneToOneField(AgendaItem, models.PROTECT, null=True, blank=True, related_name="issue")
    # Its number: the item's, where it has no serial of its own.
    series = models.CharField(max_length=60, default="Report")
    prefix = models.CharField(max_length=12, blank=True, default="")
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    serial = models.PositiveIntegerField(null=True, blank=True)
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="issues")
    snapshot = models.TextField(help_text="Canonical JSON. reports.rendering.snapshot says what is in it.")
    sha256 = models.CharField(max_length=64, unique=True)
    open_snapshot = models.TextField(
        blank=True, default="", help_text="The same of its public version. Empty where it can have none."
    )
    open_sha256 = models.CharField(max_length=64, blank=True, default="")

    objects = IssueQuerySet.as_manager()

    class Meta:
        ordering = ["-issued_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(item__isnull=False) | Q(serial__isnull=False), name="issued_paper_has_a_number"
            )
        ]

    def __str__(self) -> str:
        return f"{self.numbered}: {self.paper.title}"

    @property
    def number(self) -> str:
        """As it stands on the paper: “6”, “23/2009 (23/09)” or “PCD 740”."""
        if self.year:
            return f"{self.serial}/{self.year} ({self.serial}/{self.year % 100:02})"
        return f"{self.prefix} {self.item.number if self.serial is None and self.item else self.serial}".strip()

    @property
    def numbered(self) -> str:
        """What it is called: “Report 6”, “Briefing paper 23/2009 (23/09)” or “Decision PCD 740”."""
        return f"{self.series} {self.number}"

    @cached_property
    def content(self) -> dict[str, Any]:
        return json.loads(self.snapshot)

    @cached_property
    def open_content(self) -> dict[str, Any]:
        """The public version with the rows behind its figures, which the public version itself does not hold."""
        opened = json.loads(self.open_snapshot)
        rows = {figure["key"]: figure["rows"] for figure in self.content["figures"]}
        there = _numbers_of(opened)
        heads = [head | {"rows": _of_open(head, rows[head["key"]], there)} for head in opened["figures"]]
        return opened | {"figures": heads}

    def content_for(self, user: Any) -> dict[str, Any]:
        """As much as this person reads of it."""
        return self.content if self.paper.is_whole_for(user) else self.open_content

    def snapshot_of(self, rendition: str) -> str:
        return self.open_snapshot if rendition == Rendition.PUBLIC else self.snapshot


def _numbers_of(opened: dict[str, Any]) -> set[tuple[int, str, str]]:
    """(figure, row, column) of each number in the tables of the public version."""
    tables = [block for section in opened["sections"] for block in section["blocks"] if "columns" in block]
    return {
        (table["figure"], line["key"], column["key"])
        for table in tables
        for line in [*table["rows"], *([table["total"]] if table["total"] else [])]
        for column, number in zip(table["columns"][1:], line["numbers"], strict=True)
        if number is not None
    }


def _of_open(head: dict[str, Any], rows: list[Any], there: set[tuple[int, str, str]]) -> list[Any]:
    """The rows behind what is left of a figure, of which some may be exempt."""
    if not head.get("kept_back"):
        return rows
    left = [row | {"cells": [cell for cell in row["cells"] if (head["n"], *cell) in there]} for row in rows]
    return [row for row in left if row["cells"]]
