import datetime as dt
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from contest_portal.core.jobs import Job, JobQuerySet, JobState


class Phase(models.TextChoices):
    CHECK = "check", "Check"
    LOAD = "load", "Load"


class ImportJobQuerySet(JobQuerySet):
    def never_loaded(self) -> Self:
        return self.exclude(phase=Phase.LOAD, state=JobState.READY)

    def sent_before(self, moment: dt.datetime) -> Self:
        return self.filter(created_at__lt=moment)


class ImportJob(Job):
    """A spreadsheet of activities that somebody sent: checked first, and loaded when they say so.

    The file stands in the row, so that it goes with it: what was loaded is in the log, and the rest is nobody's.
    """

    task = "strands.tasks.work_on_spreadsheet"

    form_key = models.UUIDField(unique=True, editable=False)
    filename = models.CharField(max_length=160)
    content = models.BinaryField()
    phase = models.CharField(max_length=5, choices=Phase.choices, default=Phase.CHECK)
    # What the check found, or what was loaded: counts, problems by cell, and what would change.
    result = models.JSONField(default=dict)

    objects = ImportJobQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["state", "next_dispatch"], condition=~Q(state="ready"), name="import_job_not_ready")
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(state="parked") | ~Q(reason=""), name="parked_import_job_says_why")
        ]

    def __str__(self) -> str:
        return self.filename

    def get_absolute_url(self) -> str:
        return reverse("spreadsheet_import", args=[self.pk])

    @property
    def problems(self) -> list[dict[str, Any]]:
        return self.result.get("problems", [])

    @property
    def counts(self) -> dict[str, int]:
        return self.result.get("counts", {})

    @property
    def is_loading(self) -> bool:
        return self.phase == Phase.LOAD

    @property
    def is_loaded(self) -> bool:
        return self.is_loading and self.is_ready

    @property
    def why_not_load(self) -> str:
        """The sentence of a refusal; empty when it can be loaded."""
        if self.is_loading or self.state != JobState.READY:
            return "This spreadsheet is not waiting to be loaded. Look at how far it is."
        if self.problems:
            return "Nothing can be loaded before every problem is put right. Correct the spreadsheet and send it again."
        if not self.counts.get("new", 0) + self.counts.get("changed", 0):
            return "Everything in this spreadsheet is in the log already. There is nothing to load."
        return ""

    @property
    def unshown_problems(self) -> int:
        return self.result.get("problem_count", 0) - len(self.problems)

    @property
    def outcome_in_words(self) -> str:
        """38 new, 2 changed, 5 the same"""
        counts = self.counts
        return f"{counts['new']:,} new, {counts['changed']:,} changed, {counts['same']:,} the same"

    @property
    def state_in_words(self) -> str:
        if self.state == JobState.QUEUED:
            return "Waiting"
        if self.state == JobState.WORKING:
            return "Loading" if self.is_loading else "Checking"
        if self.is_ready:
            return "Loaded" if self.is_loading else "Problems found" if self.problems else "Checked"
        return self.get_state_display()
