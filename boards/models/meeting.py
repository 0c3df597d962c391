import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import models

from boards.models.board import Board
from boroughs.models import BankHoliday
from contest_portal.access.grants import scope_of
from contest_portal.audit.models import TrackedModel, TrackedQuerySet
from contest_portal.core.addresses import address
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
        return self if scope.everywhere else self.filter(board__in=Board.objects.lasting_for(scope.boards))

    def planned(self) -> "MeetingQuerySet":
        return self.filter(status=MeetingStatus.PLANNED)

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

    def get_absolute_url(self) -> str:
        return address("meeting", self.pk)

    @property
    def publish_by(self) -> dt.date:
        """The last day on which its papers can go out with the notice that the board's rules ask for."""
        return clear_days_before(self.day, self.board.notice_days, BankHoliday.objects.days())

    def notice_in_words(self, published: dt.date, holidays: Mapping[dt.date, str] | None = None) -> str:
        """Which bank holidays brought the day of publication forward; empty when none did.

        A list of meetings passes the `holidays` and their names, so that they are read once.
        """
        if holidays is None:
            holidays = BankHoliday.objects.named()
        within = sorted(day for day in holidays if published < day < self.day and day.weekday() < 5)
        names = [f"{holidays[day]} ({day:%-d %B})" for day in within]
        if not names:
            return ""
        return (
            f"{_listed(names)} {'fall' if len(names) > 1 else 'falls'} within the notice, so papers go out by "
            f"{published:%A %-d %B %Y}, {(self.day - published).days} days before the meeting."
        )

    def warnings_on(self, today: dt.date) -> list[str]:
        """What speaks against the day that was chosen. None of it forbids the meeting."""
        words = f"{self.day:%-d %B %Y}"
        if self.day < today:
            return [f"{words} is in the past."]
        found = [f"{words} is a {self.day:%A}."] if self.day.weekday() > 4 else []
        found += [f"{words} is a bank holiday: {row.name}." for row in BankHoliday.objects.filter(day=self.day)]
        published = self.publish_by
        if published < today:
            found.append(
                f"Its papers should have gone out by {published:%-d %B %Y}: there is no time left for "
                f"{self.board.notice_days} clear working days of notice."
            )
        return found + list(filter(None, [self.notice_in_words(published)]))

    def has_issued_papers(self) -> bool:
        return self.items.filter(issue__isnull=False).exists()

    def why_not_held(self, today: dt.date) -> str:
        return f"The meeting of {self.day:%-d %B %Y} has not taken place yet." if self.day > today else ""

    def next_item_number(self) -> int:
        """The next agenda number, which is also the report number. Waits for others who take one."""
        return next_number(f"agenda:{self.pk}")


def _listed(names: list[str]) -> str:
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))


class ItemPart(models.TextChoices):
    """Meeting status, an axis apart from the marking: an OFFICIAL item can be exempt."""

    PART_1 = "1", "Part 1 (public)"
    PART_2 = "2", "Part 2 (exempt)"


class AgendaItem(TrackedModel):
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="items")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    part = models.CharField(max_length=1, choices=ItemPart.choices, default=ItemPart.PART_1)
    ground = models.CharField(
        "paragraph of Schedule 12A", max_length=1, blank=True, default="", help_text="Of an item in Part 2."
    )

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["meeting", "number"], name="agenda_number_once")]

    def __str__(self) -> str:
        return f"Item {self.number}: {self.title}"
