import datetime as dt
from collections import Counter
from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from boards.models import Board
from boards.models.board import AccessRegime
from boroughs.models.borough import DatedTrackedQuerySet
from contest_portal.access.grants import scope_of
from contest_portal.audit.models import TrackedModel
from contest_portal.core.dated import Dated
from reports.models.shape_fields import FrontField, SectionsField

CONTACT = "contact"


class Scheme(models.TextChoices):
    """Where the number of an issued paper comes from."""

    AGENDA = "agenda", "The agenda item: Report 6"
    YEARLY = "yearly", "A serial of each year: 23/2009"
    RUNNING = "running", "A serial that never starts again: PCD 740"


class Numbering(models.TextChoices):
    """How the paragraphs of one section are numbered."""

    RESTART = "restart", "From 1 in this section"
    CONTINUOUS = "continuous", "On from the section before"
    DECIMAL = "decimal", "With the number of the section: 2.1, 2.2"
    NONE = "none", "Not at all"


class Answer(models.TextChoices):
    """What a line of the front matter takes."""

    WORDS = "words", "Words"
    DAY = "day", "A day"
    YES_NO = "yes_no", "Yes or no"


class PaperTemplateQuerySet(DatedTrackedQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Shapes are no secret: for everybody who reads papers."""
        return self if scope_of(user, "paper.read").everywhere else self.none()

    def editable_by(self, user: Any) -> Self:
        """Those of boards whose papers the person issues; those of every body where that is all of them."""
        scope = scope_of(user, "paper.issue")
        return self if scope.everywhere else self.filter(board__in=Board.objects.lasting_for(scope.boards))

    def offered_to(self, board: Board, day: dt.date, *, to_meeting: bool) -> Self:
        """The shapes that a paper of that day can have, the usual one first. Each is for papers to a meeting or for
        others. A board's own version stands in the place of the one that every body has."""
        own = PaperTemplate.objects.on(day).filter(board=board, shape=OuterRef("shape"))
        everybodys = Q(board=None, regime__in=["", board.access_regime]) & ~Exists(own)
        with_item = Q(scheme=Scheme.AGENDA)
        found = self.on(day).filter(Q(board=board) | everybodys, with_item if to_meeting else ~with_item)
        return found.order_by("place", "-starts", "name")

    def listed(self) -> Self:
        """By shape, every body's before those of one board, the newest first."""
        rows = self.select_related("board")
        return rows.order_by("place", "shape", models.F("board__name").asc(nulls_first=True), "-starts")


class PaperTemplate(TrackedModel, Dated):
    """The shape of a body's papers over a span of time; of every body's, where it names no board.

    `sections` is a list, in order, of {"key", "letter", "title", "numbering", "headings", "nil"}: numbering is one of
    `Numbering`; headings are the fixed sub-headings, each {"key", "title", "nil"}, where nil is the sentence printed
    when there is nothing to say. Blank is not an answer: where nil is empty, something has to be written. A section
    with a "lead_in" ("That") holds recommendations and nothing else; "standing" is a sentence that every paper prints
    under its heading; the one whose key is "contact" is filled by the contact block. A section without a title is a
    text that stands before the first heading.

    `front` lists what stands at the head beside number, day and by-line: {"key", "label", "answer", "required"}.
    """

    key = models.SlugField(max_length=120, unique=True)
    name = models.CharField(max_length=120)
    board = models.ForeignKey(
        Board, models.PROTECT, null=True, blank=True, related_name="paper_templates", verbose_name="board"
    )
    regime = models.CharField(
        "for bodies under", max_length=12, choices=AccessRegime.choices, blank=True, default="", help_text="Empty: all."
    )
    shape = models.SlugField("kind of paper", max_length=60, default="committee-report")
    place = models.PositiveSmallIntegerField(
        default=1, help_text="In the list of what is offered. The first is taken where nothing is chosen."
    )
    sections = SectionsField()
    contact = models.JSONField("contact block", default=list, blank=True, help_text="Its lines, as a list.")
    scheme = models.CharField("numbered by", max_length=7, choices=Scheme.choices, default=Scheme.AGENDA)
    series = models.CharField("what the number counts", max_length=60, default="Report")
    prefix = models.CharField("letters before the number", max_length=12, blank=True, default="")
    first_number = models.PositiveIntegerField(
        "first number", default=1, help_text="Of the version’s first year; lower ones were given before it."
    )
    day_label = models.CharField("word before the day", max_length=40, default="Date")
    by_label = models.CharField("word before the by-line", max_length=40, blank=True, default="By")
    by_words = models.CharField("words that the by-line has", max_length=60, blank=True, default="")
    front = FrontField("front matter", default=list, blank=True)
    has_summary = models.BooleanField("begins with a summary", default=True)
    summary_heading = models.CharField("heading of the summary", max_length=60, blank=True, default="Summary")
    decides = models.BooleanField("can ask for a decision", default=True)
    disclaimer = models.CharField("standing disclaimer", max_length=300, blank=True, default="")

    with_glossary = models.BooleanField("its papers end with a glossary", default=False)

    objects = PaperTemplateQuerySet.as_manager()

    class Meta:
        verbose_name = "shape"
        ordering = ["-starts"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("paper_template", args=[self.pk])

    @property
    def numbered_by(self) -> str:
        """With an example that has its own letters: A serial that never starts again: CB 740."""
        words: str = self.get_scheme_display()
        return words.replace("PCD", self.prefix or "PCD")

    @property
    def goes_to_meeting(self) -> bool:
        """Papers that an agenda numbers go to a meeting; the others have a date of their own."""
        return self.scheme == Scheme.AGENDA

    @property
    def body(self) -> str:
        if self.board:
            return self.board.name
        return f"Every body under: {self.get_regime_display()}" if self.regime else "Every body"

    def section(self, key: str) -> dict[str, Any] | None:
        return next((section for section in self.sections if section["key"] == key), None)

    def has_place(self, section: str, heading: str) -> bool:
        """Is there such a section, with such a fixed sub-heading? The empty heading is the section's own opening."""
        found = self.section(section)
        return found is not None and heading in {"", *(fixed["key"] for fixed in found["headings"])}

    def faults(self) -> list[str]:
        """What is wrong with the shape, in sentences. A paper in it could not come out right."""
        return [sentence for _, sentence in self.faults_by_part()]

    def faults_by_part(self) -> list[tuple[str, str]]:
        """The same, each with the part of the shape that it is about."""
        found = [("letter", _repeated(each, self.sections)) for each in _more_than_once(self.sections, "letter")]
        found += [("title", f"Two sections are called “{each}”.") for each in _more_than_once(self.sections, "title")]
        asks = [section["title"] for section in self.sections if section.get("lead_in")]
        if asks and not self.decides:
            words = f"Papers of this shape ask for no decision, so “{asks[0]}” cannot hold recommendations."
            found.append(("decides", words))
        if not self.sections:
            found.append(("sections", "A shape has at least one section."))
        if self.section(CONTACT) and not self.contact:
            found.append(("contact", "There is a section for the contact block, and the block has no lines."))
        return found

    def startable_by(self, user: Any) -> bool:
        """Whether the person starts versions for the board of this one; from everybody's, for any board of theirs."""
        scope = scope_of(user, "paper.issue")
        return scope.everywhere or (self.board.key in scope.boards if self.board else bool(scope.boards))

    def why_not_edit(self, user: Any) -> str:
        """Why this person cannot change this version, in a sentence; empty when they can."""
        if not PaperTemplate.objects.editable_by(user).filter(pk=self.pk).exists():
            return f"Only the secretary of the {self.board} changes it." if self.board else _EVERYBODYS
        if self.papers.exists():
            return "Papers have this version and keep it as it is. Start a new version from a day."
        return ""


_EVERYBODYS = "Every body has this shape. A secretary starts a version of their own board from it."


def _more_than_once(sections: list[dict[str, Any]], name: str) -> list[str]:
    counted = Counter(section[name].strip() for section in sections)
    return [value for value, times in counted.items() if value and times > 1]


def _repeated(letter: str, sections: list[dict[str, Any]]) -> str:
    titles = [f"“{section['title']}”" for section in sections if section["letter"].strip() == letter]
    return f"The letter {letter} stands twice: before {' and before '.join(titles)}."
