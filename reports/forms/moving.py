"""Where a part of a paper is moved to: under which heading, and behind what."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django import forms
from django.utils.text import Truncator

from contest_portal.ui.forms import PortalForm
from reports.figures import FIGURES
from reports.figures.told import TOLD
from reports.models import Block, BlockKind
from reports.models.paper import kinds_for
from reports.rendering.markdown import TOKEN
from reports.rendering.numbering import Part, Section, arrange
from reports.rendering.renditions import seen_by
from reports.workflow.moving import Place

_WORDS_SHOWN = 12


class MoveForm(PortalForm):
    """The places are those that the person sees, each as "section/heading/block that it goes behind"."""

    place = forms.ChoiceField(label="Where to", choices=())
    together = forms.BooleanField(label="Move what stands under this heading with it", required=False)

    def __init__(self, *args: Any, block: Block, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = list(_places(block, user))  # type: ignore[attr-defined]
        if block.kind != BlockKind.HEADING:
            del self.fields["together"]

    def to(self) -> Place:
        section, heading, after = self.cleaned_data["place"].split("/")
        return Place(section, heading, UUID(after) if after else None)


def _places(block: Block, user: Any) -> Iterator[tuple[str, str]]:
    """In the sections that take such a block."""
    source = seen_by(block.paper, user)
    takes = {shape["key"] for shape in source.sections if block.kind in kinds_for(shape)}
    for section in arrange(source.sections, source.pieces):
        if section.key in takes:
            yield f"{section.key}//", f"{section.short}: first in “{section.title}”"
            yield from _behind(section, block)


def _behind(section: Section, block: Block) -> Iterator[tuple[str, str]]:
    for part in section.parts:
        if part.kind == "heading" and part.block is None:
            yield f"{section.key}/{part.heading}/", f"{section.short}: first under “{part.text}”"
        elif part.block is not None and part.block.pk != block.pk:
            yield f"{section.key}/{part.heading}/{part.block.pk}", f"{section.short}: after {_named(part)}"


def _named(part: Part) -> str:
    definition = (FIGURES | TOLD).get(part.block.figure)
    words = definition.name if definition else Truncator(TOKEN.sub("…", part.text)).words(_WORDS_SHOWN)
    return f"{part.kind} {part.number}".strip() + f": {words}"
