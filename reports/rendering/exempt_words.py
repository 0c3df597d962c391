"""Which words of a paper are exempt, and what of them stands where everybody reads it."""

import re
from collections.abc import Iterator

from reports.rendering.renditions import MembersPaper, OpenPaper

# So many words in a row are no accident.
RUN = 6
_WORD = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")


def texts_of(source: OpenPaper) -> list[tuple[str, str]]:
    """(place, text) of everything that an author wrote, in order; the place is that of a remark."""
    return [("summary", source.summary), *((str(piece.pk), piece.text) for piece in source.pieces if piece.text)]


def said_twice(source: MembersPaper) -> Iterator[tuple[str, str]]:
    """(place, words) of each public text with words in a row that stand in an exempt one as well."""
    exempt = {str(piece.pk) for piece in source.pieces if piece.exempt}
    if source.summary_exempt:
        exempt.add("summary")
    texts = texts_of(source)
    kept = {run for place, text in texts if place in exempt for run in runs_of(text)}
    public = [*(found for found in texts if found[0] not in exempt), ("summary", source.title)]
    for place, text in public:
        words = next((run for run in runs_of(text) if run in kept), "")
        if words:
            yield place, words


def runs_of(text: str) -> list[str]:
    words = _WORD.findall(text.lower())
    return [" ".join(words[start : start + RUN]) for start in range(len(words) - RUN + 1)]
