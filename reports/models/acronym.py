import datetime as dt
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from boroughs.models.borough import DatedTrackedQuerySet
from contest_portal.access.grants import may
from contest_portal.audit.models import TrackedModel
from contest_portal.core.dated import Dated


class AcronymQuerySet(DatedTrackedQuerySet):
    def visible_to(self, user: Any) -> "AcronymQuerySet":
        return self if may(user, "reference.read") else self.none()

    def editable_by(self, user: Any) -> "AcronymQuerySet":
        return self if may(user, "acronym.edit") else self.none()


class Acronym(TrackedModel, Dated):
    """What a short form stands for, from one day to another: bodies and schemes change their names."""

    short = models.CharField("short form", max_length=12)
    expansion = models.CharField("what it stands for", max_length=120)
    note = models.CharField(max_length=200, blank=True, help_text="Such as what took its place.")

    objects = AcronymQuerySet.as_manager()

    class Meta:
        ordering = ["short", "starts"]
        constraints = [
            models.UniqueConstraint(fields=["short", "expansion"], name="acronym_expanded_once"),
            models.CheckConstraint(
                condition=Q(starts=None) | Q(ends=None) | Q(starts__lte=F("ends")), name="acronym_begins_before_it_ends"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.short}: {self.expansion}"

    def get_absolute_url(self) -> str:
        return reverse("acronyms")

    def is_there_already(self) -> bool:
        """Whether another row says the same."""
        return Acronym.objects.filter(short=self.short, expansion=self.expansion).exclude(pk=self.pk).exists()

    @classmethod
    def on_day(cls, day: dt.date) -> dict[str, "Acronym"]:
        """By short form, what each stood for on that day; where none did, the last that did."""
        found = {each.short: each for each in cls.objects.order_by(F("starts").asc(nulls_first=True))}
        return found | {each.short: each for each in cls.objects.on(day)}
