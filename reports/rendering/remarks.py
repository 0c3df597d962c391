"""What is wrong with a draft, and what its author should know before it goes out. A sentence each, with its place."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from contest_portal.core.quarters import Quarter
from reports.figures import FIGURES
from reports.figures.definitions import is_code
from reports.figures.released import held
from reports.figures.told import is_table, known_told
from reports.figures.values import codes_in_force
from reports.models import Paper
from reports.rendering import markdown
from reports.rendering.composition import QUARTER, PaperFigures, keys_of
from reports.rendering.exempt_words import said_twice, texts_of
from reports.rendering.fonts import unprintable
from reports.rendering.kept_back import is_counted, kept_back, told_by
from reports.rendering.numbering import OPENING, Part, Section, arrange
from reports.rendering.renditions import MembersPaper, OpenPaper, OpenPiece, members_paper

# What layout can bear in one paper; longer lists go out as a download beside it.
MOST_ROWS = 500

_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
# Digits that are no counts: dates, years, quarters, times, and numbers of laws, paragraphs and reports.
_NO_COUNT = re.compile(
    rf"\b\d{{1,2}}(st|nd|rd|th)?( to \d{{1,2}})? ({_MONTH})\b|\b(19|20)\d\d(/\d\d(\d\d)?)?\b|\bQ[1-4]\b"
    r"|\b\d{1,2}[:.]\d\d ?[ap]m\b"
    r"|\b(section|paragraph|schedule|report|item|part|table|chart|appendix|SO)\s?\d+\w*|\(https?:[^)]*\)",
    re.IGNORECASE,
)
_COUNT = re.compile(r"(?<![\w.,/-])\d[\d,.]*\d|(?<![\w.,/-])\d(?![\w])")


@dataclass(frozen=True)
class Remark:
    """`stops` when the paper cannot be issued with it. `place` is the id of its block or sub-heading on the page."""

    place: str
    where: str
    words: str
    stops: bool = False
    kind: str = "note"

    @property
    def anchor(self) -> str:
        return self.place if self.place.startswith("section-") else f"block-{self.place}"


def remarks_on(source: OpenPaper) -> list[Remark]:
    """All of them, in the order of the paper. Reads the figures, but not the rows behind them."""
    named = PaperFigures(source.quarter, keys_of(source))
    sections = arrange(source.sections, source.pieces)
    found = [*_in_summary(source)]
    for section in sections:
        found += _in_section(section, named)
    rows = sum(len(named.found[piece.figure].rows) for piece in source.pieces if piece.figure in named.found)
    if rows > MOST_ROWS:
        found.append(
            Remark(
                "summary", "Tables and charts", f"They have {rows} rows; a paper has at most {MOST_ROWS}.", stops=True
            )
        )
    if isinstance(source, MembersPaper):
        found += [*_in_references(source), *_said_twice(source), *_told_by_others(source, named)]
    return [*found, *_in_standing(source, sections, named)]


def what_stops(paper: Paper) -> str:
    """The first thing that keeps the paper from being issued, in a sentence; empty when nothing does."""
    found = remarks_on(members_paper(paper))
    return next((f"{each.where}: {each.words}" for each in found if each.stops), "")


def typed_numbers(text: str) -> list[str]:
    """Numbers in the prose that look like counts and come from no figure."""
    return _COUNT.findall(_NO_COUNT.sub(" ", markdown.without_figures(text)))


def why_not_in_prose(key: str, quarter: Quarter | None = None) -> str:
    """Why [[key]] cannot stand in a sentence; empty when it can. A measure stands in a paper of a quarter that it had
    a definition for."""
    if is_code(key) and key in codes_in_force():
        late = quarter is not None and key not in codes_in_force(quarter)
        return f"[[{key}]] had no definition in {quarter} yet." if late else ""
    if (
        key == QUARTER
        or (key in FIGURES and FIGURES[key].shape == "value")
        or (known_told([key]) and not is_table(key))
    ):
        return ""
    if key in FIGURES or is_table(key):
        return f"[[{key}]] is a table. Add it as a table or chart of its own."
    return f"There is no figure called [[{key}]]."


def _in_summary(paper: OpenPaper) -> Iterator[Remark]:
    if paper.has_summary and not paper.summary.strip():
        yield Remark(
            "summary", "Summary", "Write a summary: a report cannot go out without one.", stops=True, kind="blank"
        )
    yield from _in_prose("summary", "Summary", paper.summary, paper.quarter)
    yield from _in_front(paper)


def _in_front(paper: OpenPaper) -> Iterator[Remark]:
    words = " ".join([paper.title, paper.by_line, *(line.words for line in paper.front)])
    yield from _in_print("front", "Title and by-line", words)
    for line in paper.front:
        if line.required and not line.words:
            yield Remark("front", line.label, "Nothing is said here, and it has to be.", stops=True, kind="blank")
    if paper.by_words.casefold() not in paper.by_line.casefold():
        asked = f"The by-line of this shape has the words “{paper.by_words}”."
        yield Remark("front", "By-line", asked, stops=True, kind="blank")


def _in_section(section: Section, named: PaperFigures) -> Iterator[Remark]:
    where = section.heading or OPENING
    if not section.parts and section.key != "contact":
        yield Remark(f"section-{section.key}", where, _BLANK, stops=True, kind="blank")
    titles = {part.heading: part.text for part in section.parts if part.kind == "heading" and part.block is None}
    filled = {part.heading for part in section.parts if part.block is not None or part.kind == "nil"}
    for part in section.parts:
        if part.block is not None:
            yield from _in_block(part.block, _named(where, part), named)
        elif part.kind == "nil":
            place = f"nil-{section.key}-{part.heading}".strip("-")
            words = f"Nothing is written here, so it says: “{part.text}”"
            yield Remark(place, titles.get(part.heading, where), words, kind="nil")
        elif part.heading not in filled:
            yield Remark(f"heading-{section.key}-{part.heading}", part.text, _BLANK, stops=True, kind="blank")


_BLANK = "Nothing is written here. Blank is not an answer."


def _named(where: str, part: Part) -> str:
    return f"{where}, {part.kind} {part.number}".strip()


def _in_references(source: OpenPaper) -> Iterator[Remark]:
    """In the members' rendition alone: what is missing in the public one may be exempt."""
    here = {str(piece.pk) for piece in source.pieces}
    for place, text in texts_of(source):
        if any(reference not in here for reference in markdown.references_in(text)):
            words = "It refers to a paragraph that is not in the paper any more. Choose another one."
            yield Remark(place, "Reference", words, stops=True, kind="unknown")


def _said_twice(source: MembersPaper) -> Iterator[Remark]:
    for place, words in said_twice(source):
        advice = "Say it in one of them, or make this one exempt as well."
        yield Remark(place, "Exempt words", f"“{words}” stands in an exempt part too. {advice}", True, "exempt")


def _told_by_others(source: MembersPaper, named: PaperFigures) -> Iterator[Remark]:
    """A table whose numbers add up to a total that another one does not show, since a part of it is exempt."""
    drawn = [piece for piece in source.pieces if piece.is_drawn and not piece.exempt and piece.figure in named.found]
    cells = [(piece, place) for piece in drawn for place in kept_back(piece.exempt_cells)]
    for piece, place in cells:
        figure = named.found[piece.figure]
        if not any(place.covers(row.key, column.key) for row in figure.rows for column in figure.columns[1:]):
            words = "A cell of it that was made exempt is not in it any more. Look at its exempt cells."
            yield Remark(str(piece.pk), "Exempt numbers", words, stops=True, kind="exempt")
    for other in drawn:
        definition = named.found[other.figure].definition
        for piece, place in cells:
            told = told_by(named.found[piece.figure], place)
            if piece.figure != other.figure and is_counted(definition) and told & set(definition.measures):
                name = named.found[piece.figure].definition.name
                advice = "Take it out, or make it exempt."
                words = f"Its numbers add up to a total that tells what is exempt in “{name}”. {advice}"
                yield Remark(str(other.pk), "Exempt numbers", words, stops=True, kind="exempt")
                break


def _in_block(block: OpenPiece, where: str, named: PaperFigures) -> Iterator[Remark]:
    if not block.is_drawn:
        yield from _in_prose(str(block.pk), where, block.text, named.quarter, source=block.source)
        return
    figure = named.found.get(block.figure)
    if figure is None or figure.shape != "table":
        words = f"There is no table called [[{block.figure}]]. Choose another figure."
        yield Remark(str(block.pk), where, words, stops=True, kind="unknown")
    elif block.kind == "chart" and not figure.chart:
        yield Remark(
            str(block.pk), where, f"{figure.title} has no chart. Show it as a table.", stops=True, kind="unknown"
        )


def _in_prose(place: str, where: str, text: str, quarter: Quarter, source: str = "") -> Iterator[Remark]:
    for key in markdown.keys_in(text):
        if reason := why_not_in_prose(key, quarter):
            yield Remark(place, where, reason, stops=True, kind="unknown")
    yield from _in_print(place, where, markdown.tame(text))
    for number in [] if source else typed_numbers(text):
        advice = "Use a figure if there is one, or name the source."
        yield Remark(place, where, f"Typed number, no source: {number}. {advice}", kind="typed")


def _in_print(place: str, where: str, text: str) -> Iterator[Remark]:
    """A character that the PDF's fonts lack: once issued, the paper could never be made."""
    if lacking := unprintable(text):
        words = f"The portal cannot print {', '.join(f'“{character}”' for character in lacking[:5])}."
        yield Remark(place, where, words, stops=True, kind="unprintable")


def _in_standing(paper: OpenPaper, sections: list[Section], named: PaperFigures) -> Iterator[Remark]:
    """Figures that are held, which stop the paper, and those that may still move, at their first place."""
    places = dict.fromkeys(markdown.keys_in(paper.summary), "summary")
    for block in (part.block for section in sections for part in section.parts if part.block):
        for key in [block.figure] if block.is_drawn else markdown.keys_in(block.text):
            places.setdefault(key, str(block.pk))
    for key, figure in named.found.items():
        places |= {part.key: places[key] for part in figure.parts if part.key not in places}
    for key, why in held(named.found.values()).items():
        yield Remark(places[key], named.name_of(key), why, stops=True, kind="held")
    for key, figure in named.found.items():
        if figure.status != "final":
            yield Remark(places[key], figure.definition.name, f"{figure.status_words}.", kind="provisional")
