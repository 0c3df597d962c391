"""What one paper of a board says otherwise than another one: heading by heading, word by word, figure by figure."""

import html
import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from reports.rendering.composition import Content
from reports.rendering.numbering import heading_of
from reports.rendering.word_changes import FigureChange, WordChange, Words, compared_words

# Paragraphs that have less in common than this are two, not one reworded.
ALIKE = 0.4
_BREAK, _TAG = re.compile(r"</?(p|ul|ol|li|br)[^>]*>"), re.compile(r"<[^>]*>")


def paper_changes(before: Content, after: Content) -> tuple[list[WordChange], list[FigureChange]]:
    """Of two papers as one person reads them. The blocks of two papers have nothing in common but what they say."""
    old, new = list(_words(before)), list(_words(after))
    return compared_words(_matched(old, new), new), list(_figures(before, after))


def plain(words: str) -> str:
    """HTML of prose without its tags."""
    return " ".join(html.unescape(_TAG.sub("", _BREAK.sub(" ", words))).split())


def _words(content: Content) -> Iterator[Words]:
    paper = content["paper"]
    yield Words("title", "Title", paper["title"])
    yield Words("summary", "Summary", plain(paper.get("summary", "")))
    for section in content["sections"]:
        slot, where = (section["key"], ""), heading_of(section["letter"], section["title"])
        for block in section["blocks"]:
            if "heading" in block:
                slot, where = (section["key"], block["heading"]), block["text"]
                continue
            text = plain(block["html"]) if "html" in block else block.get("text") or block.get("caption", "")
            kind = "nil sentence" if block["kind"] == "nil" else block["kind"]
            yield Words(block["id"], f"{where}: {kind} {block.get('number', '')}".strip(), text, slot)


def _matched(old: list[Words], new: list[Words]) -> list[Words]:
    """The older parts, each under the key of the newer one under the same heading that it is most like."""
    free, found = list(new), []
    for part in old:
        if best := _most_alike(part, [other for other in free if other.slot == part.slot]):
            free.remove(best)
        found.append(Words(best.key if best else f"gone-{part.key}", part.where, part.text, part.slot))
    return found


def _most_alike(part: Words, others: list[Words]) -> Words | None:
    if same := next((other for other in others if other.key == part.key), None):
        return same
    rated = [(SequenceMatcher(None, part.text.split(), other.text.split()).ratio(), other) for other in others]
    ratio, best = max(rated, key=lambda pair: pair[0], default=(0.0, None))
    return best if ratio >= ALIKE else None


def _figures(before: Content, after: Content) -> Iterator[FigureChange]:
    """Values that both papers print, each of its own quarter."""
    old = {head["key"]: head for head in before["figures"] if head["shape"] == "value"}
    for head in after["figures"]:
        was = old.get(head["key"])
        if was and head["shape"] == "value" and was["words"] != head["words"]:
            name = head["title"].rpartition(", Q")[0] or head["title"]
            yield FigureChange(name, f"{was['words']} ({_quarter(was)})", f"{head['words']} ({_quarter(head)})")


def _quarter(head: Content) -> str:
    return str(head["quarter_words"]).partition(" (")[0]
