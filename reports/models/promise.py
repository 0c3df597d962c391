import datetime as dt
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, When
from django.urls import reverse

from boards.models import Board, Meeting
from boards.models.meeting import ItemPart
from contest_portal.audit.models import TrackedModel, TrackedQuerySet
from contest_portal.core.markings import Marking
from reports.models.paper import Block, PaperStatus


class PromiseQuerySet(TrackedQuerySet):
    def visible_to(self, user: Any) -> "PromiseQuerySet":
        """Those of paragraphs that the person reads."""
        return self.filter(block__in=Block.objects.visible_to(user))

    def made(self) -> "PromiseQuerySet":
        """What a draft promises nobody has been promised yet."""
        return self.filter(block__paper__status=PaperStatus.ISSUED)

    def unkept(self) -> "PromiseQuerySet":
        """One that a draft keeps is not kept yet."""
        return self.exclude(kept_in__paper__status=PaperStatus.ISSUED)

    def untaken(self) -> "PromiseQuerySet":
        """Those that no paper keeps, not even a draft."""
        return self.filter(kept_in=None)

    def in_order(self) -> "PromiseQuerySet":
        """With `due`, the day of the meeting or the day named, the earliest first."""
        due = Case(When(due_meeting__isnull=False, then=F("due_meeting__day")), default=F("due_on"))
        rows = self.annotate(due=due).select_related(
            "due_meeting__board", "block__paper__board", "block__paper__meeting", "kept_in__paper__meeting", "kept_by"
        )
        return rows.order_by("due", "pk")

    def open_to_all(self) -> "PromiseQuerySet":
        """Those in parts that everybody may read."""
        return self.filter(block__exempt_ground="", block__paper__part=ItemPart.PART_1).filter(
            block__marking=Marking.OFFICIAL, block__paper__open_marking=Marking.OFFICIAL
        )

    def to_board(self, board: Board) -> "PromiseQuerySet":
        """In papers of that board."""
        return self.filter(block__paper__board=board)


class Promise(TrackedModel):
    """A paragraph that promises something by a meeting or a day. It counts from the issue of its paper."""

    block = models.OneToOneField(Block, models.PROTECT, related_name="promise")
    what = models.CharField("what is promised", max_length=160)
    due_meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, blank=True, related_name="promises_due")
    due_on = models.DateField("due on", null=True, blank=True)
    kept_in = models.ForeignKey(Block, models.PROTECT, null=True, blank=True, related_name="promises_kept")
    kept_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    kept_at = models.DateTimeField(null=True, blank=True)

    objects = PromiseQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(due_meeting=None, due_on__isnull=False) | Q(due_meeting__isnull=False, due_on=None),
                name="promise_falls_due_once",
            ),
            models.CheckConstraint(
                condition=Q(kept_in=None, kept_by=None, kept_at=None)
                | Q(kept_in__isnull=False, kept_by__isnull=False, kept_at__isnull=False),
                name="promise_kept_in_by_and_at",
            ),
        ]

    def __str__(self) -> str:
        return self.what

    def get_absolute_url(self) -> str:
        return reverse("promises") + f"#promise-{self.pk}"

    @property
    def is_kept(self) -> bool:
        return self.kept_in is not None and not self.kept_in.paper.is_draft

    @property
    def due_day(self) -> dt.date:
        day = self.due_meeting.day if self.due_meeting else self.due_on
        if day is None:
            raise ValueError("The database has let in a promise without a day.")
        return day

    @property
    def due_words(self) -> str:
        """The meeting of 17 December 2026, or by 31 March 2027."""
        words = f"{self.due_day:%-d %B %Y}"
        return f"the meeting of {words}" if self.due_meeting else f"by {words}"

    @property
    def is_exempt(self) -> bool:
        """Whether not everybody may read it."""
        paper = self.block.paper
        return self.block.is_exempt or not paper.is_open or self.block.marking != Marking.OFFICIAL

    def is_overdue_on(self, day: dt.date) -> bool:
        return not self.is_kept and self.due_day < day
