"""Every paragraph of issued and archived papers, by itself, so that words are looked for in all of them."""

from typing import Any

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchHeadline, SearchQuery, SearchVector
from django.db import models
from django.db.models import F, Q

from contest_portal.core.markings import Marking
from reports.models.archived_paper import ArchivedPaper
from reports.models.exemption import Rendition
from reports.models.issue import Issue
from reports.models.paper import Paper

_VECTOR = SearchVector("text", config="english")
# What stands around a found word until the text has been escaped: no paper can have them.
BEGINS, ENDS = "\ue000", "\ue001"


def _asked(words: str) -> SearchQuery:
    return SearchQuery(words, config="english", search_type="websearch")


class SaidParagraphQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> "SaidParagraphQuerySet":
        """Of issued papers that the person sees, as far as they read them; of the archive what they read of it."""
        papers = Paper.objects.visible_to(user)
        whole = Paper.objects.read_whole_by(user)
        issued = Q(issue__paper__in=papers)
        issued &= Q(rendition=Rendition.MEMBERS, issue__paper__in=whole) | (
            Q(rendition=Rendition.PUBLIC) & ~Q(issue__paper__in=whole)
        )
        return self.filter(issued | Q(archived__in=ArchivedPaper.objects.visible_to(user)))

    def saying(self, words: str) -> "SaidParagraphQuerySet":
        return self.annotate(vector=_VECTOR).filter(vector=_asked(words))

    def of_bodies(self, keys: list[str]) -> "SaidParagraphQuerySet":
        """Of boards, and of the organisations whose papers are in the archive."""
        boards = Q(issue__paper__board__key__in=keys) | Q(archived__board__key__in=keys)
        return self.filter(boards | Q(archived__organisation__key__in=keys))

    def in_order(self) -> "SaidParagraphQuerySet":
        """By day, the first thing said first; what has no day, last."""
        return self.order_by(F("day").asc(nulls_last=True), "issue_id", "archived_id", "place")

    def with_papers(self) -> "SaidParagraphQuerySet":
        rows = self.select_related("issue__paper__board", "issue__item", "archived__organisation")
        rows = rows.prefetch_related("archived__organisation__names")
        return rows.defer("issue__snapshot", "issue__open_snapshot", "archived__content", "archived__words")

    def highlighted(self, words: str) -> "SaidParagraphQuerySet":
        """With `found`: the text, the words that were looked for between BEGINS and ENDS."""
        found = SearchHeadline(
            "text", _asked(words), config="english", start_sel=BEGINS, stop_sel=ENDS, highlight_all=True
        )
        return self.annotate(found=found)


class SaidParagraph(models.Model):
    """One paragraph of one rendition of an issue, or of an archived paper. The database alone writes it.

    `marker` is its number as printed, `figures` are those that stand in it: [{key, title, words, value}].
    """

    issue = models.ForeignKey(Issue, models.PROTECT, null=True, blank=True, related_name="said")
    archived = models.ForeignKey(ArchivedPaper, models.PROTECT, null=True, blank=True, related_name="said")
    rendition = models.CharField(max_length=7, choices=Rendition.choices, blank=True)
    place = models.PositiveIntegerField("which of the paper's paragraphs")
    anchor = models.CharField("where it stands on the page of its paper", max_length=80)
    section = models.CharField("letter of its section", max_length=8, blank=True)
    marker = models.CharField("number, as printed", max_length=20, blank=True)
    heading = models.CharField("heading over it", max_length=200, blank=True)
    text = models.TextField()
    day = models.DateField("day of the meeting, or of writing", null=True, blank=True)
    quarter = models.CharField("quarter of the figures", max_length=10, blank=True)
    figures = models.JSONField(default=list, blank=True)

    objects = SaidParagraphQuerySet.as_manager()

    class Meta:
        indexes = [
            GinIndex(_VECTOR, name="said_paragraph_words"),
            models.Index(fields=["day"], name="said_paragraph_by_day"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(issue__isnull=False, archived=None) | Q(issue=None, archived__isnull=False),
                name="said_paragraph_is_of_one_paper",
            )
        ]

    def __str__(self) -> str:
        return f"{self.where} of {self.paper}"

    def get_absolute_url(self) -> str:
        return f"{self.paper.get_absolute_url()}#{self.anchor}"

    @property
    def paper(self) -> Any:
        return self.issue.paper if self.issue else self.archived

    @property
    def marking(self) -> str:
        """Of what the reader of this rendition reads of its paper."""
        if self.issue is None:
            return Marking.OFFICIAL
        paper = self.issue.paper
        return paper.open_marking if self.rendition == Rendition.PUBLIC else paper.marking

    @property
    def where(self) -> str:
        number = self.marker.rstrip(".)") if self.marker[:1].isdigit() else ""
        if not number:
            return self.heading or "Paragraph"
        return f"Paragraph {number} of section {self.section}" if self.section else f"Paragraph {number}"

    @property
    def body(self) -> str:
        """By the name that it has in the paper; of an old one, by that of its day."""
        if self.archived:
            return self.archived.body_name or self.archived.body_then
        return self.paper.board.name

    @property
    def report(self) -> str:
        return self.archived.number_words if self.archived else self.paper.issue.numbered
