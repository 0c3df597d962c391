import datetime as dt

from django.db import models
from django.db.models import Q
from django.http import QueryDict
from django.urls import reverse

from contest_portal.core.jobs import Job, JobQuerySet


class ExportJobQuerySet(JobQuerySet):
    def forget_contents(self, asked_before: dt.datetime) -> int:
        """Of those that were asked for before that moment. The row stays, and says that the file is gone."""
        return self.filter(created_at__lt=asked_before).exclude(content=b"").update(content=b"")


class ExportJob(Job):
    """A download of so many activities that a worker writes it: what was filtered, for the person who asked."""

    task = "strands.tasks.write_export"

    query = models.TextField("filters, as in the address", blank=True)
    format = models.CharField(max_length=4, choices=[("csv", "CSV"), ("xlsx", "Excel")])
    # Of the person's grants when the file was written: with others, it is not theirs to read any more.
    rights = models.CharField(max_length=64, blank=True)
    marking = models.CharField(max_length=18, blank=True)
    content = models.BinaryField(default=b"")
    rows = models.PositiveIntegerField(default=0)

    objects = ExportJobQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["state", "next_dispatch"], condition=~Q(state="ready"), name="export_job_not_ready")
        ]

    def __str__(self) -> str:
        day = self.past_day
        return f"activities-{f'as-known-on-{day}' if day else f'{self.created_at:%Y-%m-%d}'}.{self.format}"

    @property
    def past_day(self) -> dt.date | None:
        """The day as at which it is written; None for the day on which it is."""
        try:
            return dt.date.fromisoformat(QueryDict(self.query).get("as_at", ""))
        except ValueError:
            return None

    def get_absolute_url(self) -> str:
        return reverse("activities_export", args=[self.pk])
