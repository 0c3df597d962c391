from typing import Any

from django.db import models

from boroughs.models.borough import DatedTrackedQuerySet
from contest_portal.audit.models import TrackedModel
from contest_portal.core.dated import Dated


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

    objects = DatedTrackedQuerySet.as_manager()

    class Meta:
        ordering = ["-starts"]

    def __str__(self) -> str:
        return self.name

    def section(self, key: str) -> dict[str, Any] | None:
        return next((section for section in self.sections if section["key"] == key), None)

    def has_place(self, section: str, heading: str) -> bool:
        """Is there such a section, with such a fixed sub-heading? The empty heading is the section's own opening."""
        found = self.section(section)
        return found is not None and heading in {"", *(fixed["key"] for fixed in found["headings"])}
