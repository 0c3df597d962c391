"""Papers of the past, as they were: brought in from a file, and never changed. What is odd in them is flagged."""

import json
from functools import cached_property
from typing import Any

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from boards.models import Board
from boroughs.models import Organisation, Succession
from contest_portal.access.grants import may, scope_of
from contest_portal.audit.acting import moment
from contest_portal.audit.models import TrackedModel, TrackedQuerySet
from reports.archive.numbers import asked

WORDS = SearchVector("title", "words", config="english")


class PaperShape(models.TextChoices):
    REPORT = "report", "Committee report"
    BRIEFING = "briefing", "Briefing paper"
    NOTE = "note", "Briefing note"
    PUBLICATION = "publication", "Publication"
    OTHER = "other", "Other paper"


class ArchivedPaperQuerySet(TrackedQuerySet):
    def visible_to(self, user: Any) -> "ArchivedPaperQuerySet":
        """They were public in their day: for every role. One that was taken out, for those who keep the archive."""
        if may(user, "archive.keep"):
            return self
        return self.filter(removal=None) if scope_of(user, "archive.read").everywhere else self.none()

    def kept_by(self, user: Any) -> "ArchivedPaperQuerySet":
        """Those whose flags and history the person may see."""
        return self if may(user, "archive.keep") else self.none()

    def listed(self) -> "ArchivedPaperQuerySet":
        """By year, newest first, and within it by number; without the texts, which are long."""
        rows = self.select_related("organisation", "board", "removal").prefetch_related("organisation__names")
        return rows.defer("content", "words").order_by(
            F("year").desc(nulls_last=True),
            "series",
            F("meeting_day").desc(nulls_last=True),
            F("serial").desc(nulls_last=True),
            "-suffix",
            "title",
        )

    def in_full(self) -> "ArchivedPaperQuerySet":
        after = models.Prefetch("organisation__successors", Succession.objects.select_related("after"))
        return self.select_related("organisation", "board", "imported_by", "removal__removed_by").prefetch_related(
            "organisation__names", after
        )

    def found_by(self, words: str) -> "ArchivedPaperQuerySet":
        """By number, in any way of writing it: 23/09, 23/2009, briefing 23 of 2009; else by the words of the text."""
        number = asked(words)
        if number is None:
            return self.annotate(search=WORDS).filter(
                search=SearchQuery(words, config="english", search_type="websearch")
            )
        rows = self.filter(serial=number.serial, suffix=number.suffix)
        rows = rows.filter(year__in=number.years) if number.years else rows
        return rows.filter(Q(series__icontains=number.series) | Q(shape__icontains=number.series))


class ArchivedPaper(TrackedModel):
    """One old paper. `content` is all of it as JSON: reports.archive.pieces says what is in it."""

    append_only = True

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="archived_papers")
    board = models.ForeignKey(Board, models.PROTECT, null=True, blank=True, related_name="archived_papers")
    body_name = models.CharField("committee, as printed", max_length=160, blank=True)
    shape = models.CharField(max_length=12, choices=PaperShape.choices)
    series = models.CharField("what the number counts", max_length=80, blank=True)
    printed_number = models.CharField("number, as printed", max_length=20, blank=True)
    serial = models.PositiveSmallIntegerField(null=True, blank=True)
    suffix = models.CharField(max_length=1, blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    meeting_day = models.DateField("day of the meeting", null=True, blank=True)
    written_on = models.DateField("day of writing", null=True, blank=True)
    title = models.CharField(max_length=300)
    by_line = models.CharField("by", max_length=300, blank=True)
    abstract = models.TextField(blank=True)
    summary = models.TextField(blank=True)
    content = models.TextField(help_text="JSON. reports.archive.pieces says what is in it.")
    words = models.TextField(help_text="All words of the paper, for search.")
    sha256 = models.CharField("SHA-256 of its lines", max_length=64, db_index=True)
    source_name = models.CharField("file", max_length=120)
    imported_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    imported_at = models.DateTimeField(default=moment, editable=False)

    objects = ArchivedPaperQuerySet.as_manager()

    class Meta:
        verbose_name = "archived paper"
        indexes = [GinIndex(WORDS, name="archived_paper_words")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("archived_paper", args=[self.pk])

    @cached_property
    def read(self) -> dict[str, Any]:
        return json.loads(self.content)

    @property
    def is_removed(self) -> bool:
        return hasattr(self, "removal")

    @property
    def day(self) -> Any:
        return self.meeting_day or self.written_on

    @property
    def body_then(self) -> str:
        """The organisation under the name that it had on the paper's day."""
        day = self.day
        names = [name for name in self.organisation.names.all() if day and name.holds_on(day)]
        return names[0].name if names else self.organisation.name

    @property
    def number_words(self) -> str:
        """Long, so that nobody takes it for a day: “MPA briefing paper 23 of 2009”, “Report 6”."""
        if self.serial is None:
            return ""
        name = self.series or self.get_shape_display()
        year = f" of {self.year}" if "/" in self.printed_number and self.year else ""
        return f"{name} {self.serial}{self.suffix}{year}"

    @property
    def successors(self) -> list[Succession]:
        return sorted(self.organisation.successors.all(), key=lambda row: row.on)


class ArchiveRemoval(TrackedModel):
    """A paper taken out of the archive, which should not have come in or was not read well. Its row stays."""

    append_only = True

    paper = models.OneToOneField(ArchivedPaper, models.PROTECT, related_name="removal")
    reason = models.TextField("why it was taken out")
    removed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(default=moment, editable=False)

    class Meta:
        verbose_name = "removal"

    def __str__(self) -> str:
        return f"{self.paper}, taken out"


class ArchiveFlagQuerySet(TrackedQuerySet):
    def visible_to(self, user: Any) -> "ArchiveFlagQuerySet":
        """For those who keep the archive."""
        return self.filter(paper__in=ArchivedPaper.objects.kept_by(user))

    def open(self) -> "ArchiveFlagQuerySet":
        return self.filter(resolved_at=None)


class ArchiveFlag(TrackedModel):
    """Something odd in an archived paper, for a person to look at. Resolving it leaves a note beside the text."""

    paper = models.ForeignKey(ArchivedPaper, models.PROTECT, related_name="flags")
    kind = models.CharField(max_length=12)
    text = models.TextField("what is odd")
    line = models.PositiveIntegerField("line of the file", help_text="0 is the whole of it.")
    note = models.TextField(blank=True)
    resolved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    resolved_at = models.DateTimeField(null=True, blank=True)

    objects = ArchiveFlagQuerySet.as_manager()

    class Meta:
        verbose_name = "flag"
        ordering = ["line", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(resolved_at=None, resolved_by=None, note="")
                | (Q(resolved_at__isnull=False, resolved_by__isnull=False) & ~Q(note="")),
                name="resolved_flag_has_note_and_person",
            )
        ]

    def __str__(self) -> str:
        return self.text
