"""What can be put into the text of a paper, and how it is found among the rest: by name, key, words or kind."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django import forms

from contest_portal.ui.forms import FilterForm
from reports.figures import FIGURES
from reports.figures.definitions import is_code
from reports.forms.prose import figures_now
from reports.models import Paper
from reports.rendering.composition import QUARTER, places_in
from reports.rendering.markdown import REFERENCE
from reports.rendering.renditions import seen_by
from strands.models import Measure

LOG, WORDS, MEASURES, PARAGRAPHS = "log", "words", "measures", "paragraphs"
GROUPS = [
    ("", "All kinds"),
    (LOG, "Counted in the log"),
    (WORDS, "Figures in words"),
    (MEASURES, "Measures"),
    (PARAGRAPHS, "Paragraphs of this paper"),
]
MOST_SHOWN = 12


class PickerForm(FilterForm):
    find = forms.CharField(label="Find a figure or a paragraph", required=False, max_length=60)
    group = forms.ChoiceField(label="Of which kind", choices=GROUPS, required=False)


@dataclass(frozen=True)
class Offer:
    """`words` is what it says today, in the quarter of the paper; `about` its strand or kind."""

    key: str
    name: str
    words: str
    group: str
    about: str = ""

    def has(self, words: list[str]) -> bool:
        own = f"{self.key} {self.name} {self.words} {self.about}".casefold()
        return all(word in own for word in words)


@dataclass(frozen=True)
class Picked:
    shown: list[Offer]
    more: int


def picked(found: Iterable[Offer], find: str = "", group: str = "") -> Picked:
    words = find.casefold().split()
    rows = [offer for offer in found if group in ("", offer.group) and offer.has(words)]
    return Picked(rows[:MOST_SHOWN], max(0, len(rows) - MOST_SHOWN))


def offers(paper: Paper, user: Any, *, without: str = "") -> Iterator[Offer]:
    """Figures, and paragraphs to refer to, by the numbers that this person sees; not the block itself."""
    yield Offer(QUARTER, "The quarter", str(paper.quarter), LOG)
    found = figures_now(paper.quarter)
    codes = [key for key in found if is_code(key)]
    named = Measure.objects.visible_to(user).filter(code__in=codes)
    strands = dict(named.values_list("code", "strand__name"))
    for key, figure in found.items():
        about = f"{strands.get(key, '')} {figure.kind}".strip()
        yield Offer(key, figure.definition.name, figure.words, _group(key), about)
    for key, place in places_in(seen_by(paper, user)).items():
        if key != without:
            yield Offer(f"{REFERENCE}{key}", f"Refer to {place.seen_from('')}", "", PARAGRAPHS)


def _group(key: str) -> str:
    if is_code(key):
        return MEASURES
    return LOG if key in FIGURES else WORDS
