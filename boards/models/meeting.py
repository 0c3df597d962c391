import datetime as dt
from typing import Any

from django.db import models

from boards.models.board import Board
from boroughs.models import BankHoliday
from contest_portal.access.grants import scope_of
from contest_portal.audit.models import TrackedModel, TrackedQuerySet
from contest_portal.core.models import next_number
from contest_portal.core.working_days import clear_days_before


class MeetingStatus(models.TextChoices):
    PLANNED = "planned", "Planned"
    HELD = "held", "Held"
    CANCELLED = "cancelled", "Cancelled"


class MeetingQuerySet(TrackedQuerySet):
    def visible_to(self, user: Any) -> "MeetingQuerySet":
        return self if scope_of(user, "board.read").everywhere else self.none()

    def arranged_by(self, user: Any) -> "MeetingQuerySet":
        scope = scope_of(user, "meeting.arrange")
        return self if scope.everywhere else self.filter(board__key__in=scope.boards)

    def from_day(self, day: dt.date) -> "MeetingQuerySet":
        return self.filter(day__gte=day).order_by("day", "time")

    def before_day(self, day: dt.date) -> "MeetingQuerySet":
        return self.filter(day__lt=day).order_by("-day", "-time")


class Meeting(TrackedModel):
    board = models.ForeignKey(Board, models.PROTECT, related_name="meetings")
    day = models.DateField("date")
    time = models.TimeField(default=dt.time(10, 0))
    venue = models.CharField(max_length=120)
    status = models.CharField(max_length=10, choices=MeetingStatus.choices, default=MeetingStatus.PLANNED)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ["-day"]
        constraints = [models.UniqueConstraint(fields=["board", "day", "time"], name="meeting_once_at_a_time")]

    def __str__(self) -> str:
        return f"{self.board.short_name}, {self.day:%-d %B %Y}"

    @property
    def publish_by(self) -> dt.date:
        """The last day on which its papers can go out with the notice that the board's rules ask for."""
        return clear_days_before(self.day, self.board.notice_days, BankHoliday.objects.days())

    def next_item_number(self) -> int:
        """The next agenda number, which is also the report number. Waits for others who take one."""
        return next_number(f"agenda:{self.pk}")


class ItemPart(models.TextChoices):
    """Meeting status, an axis apart from the marking: an OFFICIAL item can be exempt."""

    PART_1 = "1", "Part 1 (public)"
    PART_2 = "2", "Part 2 (exempt)"


class AgendaItem(TrackedModel):
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="items")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    part = models.CharField(max_length=1, choices=ItemPart.choices, default=ItemPart.PART_1)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["meeting", "number"], name="agenda_number_once")]

    def __str__(self) -> str:
        return f"Item {self.number}: {self.title}"
