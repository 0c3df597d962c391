import json
from functools import cached_property
from typing import Any

from django.conf import settings
from django.db import models

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
    item = models.OneToOneField(AgendaItem, models.PROTECT, related_name="issue")
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

    def __str__(self) -> str:
        return f"Report {self.item.number}: {self.paper.title}"

    @cached_property
    def content(self) -> dict[str, Any]:
        return json.loads(self.snapshot)

    @cached_property
    def open_content(self) -> dict[str, Any]:
        """The public version with the rows behind its figures, which the public version itself does not hold."""
        opened = json.loads(self.open_snapshot)
        rows = {figure["key"]: figure["rows"] for figure in self.content["figures"]}
        return opened | {"figures": [figure | {"rows": rows[figure["key"]]} for figure in opened["figures"]]}

    def content_for(self, user: Any) -> dict[str, Any]:
        """As much as this person reads of it."""
        return self.content if self.paper.is_whole_for(user) else self.open_content

    def snapshot_of(self, rendition: str) -> str:
        return self.open_snapshot if rendition == Rendition.PUBLIC else self.snapshot
