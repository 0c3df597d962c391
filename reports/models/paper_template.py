import datetime as dt
from typing import Any, Self

from django.db import models
from django.db.models import Q

from boards.models import Board
from boroughs.models.borough import DatedTrackedQuerySet
from contest_portal.audit.models import TrackedModel
from contest_portal.core.dated import Dated


class Scheme(models.TextChoices):
    """Where the number of an issued paper comes from."""

    AGENDA = "agenda", "The agenda item: Report 6"
    YEARLY = "yearly", "A serial of each year: 23/2009"
    RUNNING = "running", "A serial that never starts again: PCD 740"


class PaperTemplateQuerySet(DatedTrackedQuerySet):
    def offered_to(self, board: Board, day: dt.date, *, to_meeting: bool) -> Self:
        """The shapes that a paper of that day can have, the newest first: each is for papers to a meeting or for
        others."""
        with_item = Q(scheme=Scheme.AGENDA)
        return self.on(day).filter(with_item if to_meeting else ~with_item).order_by("-starts", "name")


class PaperTemplate(TrackedModel, Dated):
    """The shape of a body's papers over a span of time.

    `sections` is a list, in order, of {"key", "letter", "title", "numbering", "headings", "nil"}: numbering is
    "continuous" (numbers run on from the section before), "restart" or "none"; headings are the fixed sub-headings,
    each {"key", "title", "nil"}, where nil is the sentence printed when there is nothing to say. Blank is not an
    answer: where nil is empty, something has to be written. A section with a "lead_in" ("That") holds recommendations
    and nothing else; the one whose key is "contact" is filled by the contact block.
    """

    key = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    sections = models.JSONField()
    contact = models.JSONField(help_text="Lines of the contact block, as a list.")
    scheme = models.CharField("numbered by", max_length=7, choices=Scheme.choices, default=Scheme.AGENDA)
    series = models.CharField("what the number counts", max_length=60, default="Report")
    prefix = models.CharField("letters before the number", max_length=12, blank=True, default="")
    first_number = models.PositiveIntegerField(
        default=1, help_text="Of the version’s first year; lower ones were given before it."
    )

    with_glossary = models.BooleanField("its papers end with a glossary", default=False)

    objects = PaperTemplateQuerySet.as_manager()

    class Meta:
        ordering = ["-starts"]

    def __str__(self) -> str:
        return self.name

    @property
    def goes_to_meeting(self) -> bool:
        """Papers that an agenda numbers go to a meeting; the others have a date of their own."""
        return self.scheme == Scheme.AGENDA

    def section(self, key: str) -> dict[str, Any] | None:
        return next((section for section in self.sections if section["key"] == key), None)

    def has_place(self, section: str, heading: str) -> bool:
        """Is there such a section, with such a fixed sub-heading? The empty heading is the section's own opening."""
        found = self.section(section)
        return found is not None and heading in {"", *(fixed["key"] for fixed in found["headings"])}
