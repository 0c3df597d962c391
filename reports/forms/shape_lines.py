"""Lists that are typed one entry a line, with bars between the parts of an entry."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.text import slugify

from reports.models.paper_template import Answer

LONGEST_TITLE, LONGEST_SENTENCE, MOST = 120, 300, 40
MUST = "must"
_ANSWERS = {"": Answer.WORDS, "words": Answer.WORDS, "day": Answer.DAY, "yes or no": Answer.YES_NO}
_WORDS = {Answer.DAY: "day", Answer.YES_NO: "yes or no"}


def lines_in(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def heading_lines(headings: Iterable[dict[str, str]]) -> str:
    return "\n".join(" | ".join(filter(None, (found["title"], found["nil"]))) for found in headings)


def headings_in(text: str, before: list[dict[str, str]]) -> list[dict[str, str]]:
    """A sub-heading that was there keeps its key, by its title; where only words changed, by its place."""
    typed = [_parts(line, 2, number) for number, line in enumerate(lines_in(text), start=1)]
    keys = _keys([title for title, _ in typed], [(found["title"], found["key"]) for found in before])
    return [{"key": key, "title": title, "nil": nil} for key, (title, nil) in zip(keys, typed, strict=True)]


def front_lines(front: Iterable[dict[str, Any]]) -> str:
    return "\n".join(
        " | ".join(filter(None, (line["label"], _WORDS.get(line["answer"], ""), MUST if line["required"] else "")))
        for line in front
    )


def front_in(text: str, before: list[dict[str, Any]]) -> list[dict[str, Any]]:
    typed = [_front_line(line, number) for number, line in enumerate(lines_in(text), start=1)]
    keys = _keys([line["label"] for line in typed], [(line["label"], line["key"]) for line in before])
    return [{"key": key} | line for key, line in zip(keys, typed, strict=True)]


def _front_line(line: str, number: int) -> dict[str, Any]:
    label, *more = _parts(line, 3, number)
    asked = [part.casefold() for part in more if part]
    required = bool(asked) and asked[-1] == MUST
    answer = "".join(asked[:-1] if required else asked)
    if answer not in _ANSWERS:
        raise ValidationError(f"Line {number}: after the bar say “words”, “day” or “yes or no”, and “must” at the end")
    return {"label": label, "answer": str(_ANSWERS[answer]), "required": required}


def _parts(line: str, most: int, number: int) -> list[str]:
    """The parts of one line, `most` of them, the missing ones empty."""
    parts = [part.strip() for part in line.split("|", most - 1)]
    if not parts[0]:
        raise ValidationError(f"Line {number} has nothing before its bar")
    if len(parts[0]) > LONGEST_TITLE or len(line) > LONGEST_TITLE + LONGEST_SENTENCE:
        raise ValidationError(f"Line {number} is too long: {LONGEST_TITLE} characters before the bar, "
                              f"{LONGEST_SENTENCE} behind it")  # fmt: skip
    if number > MOST:
        raise ValidationError(f"There must be {MOST} lines or fewer")
    return parts + [""] * (most - len(parts))


def _keys(titles: list[str], before: list[tuple[str, str]]) -> list[str]:
    known, same_length = dict(before), len(titles) == len(before)
    if len(set(map(str.casefold, titles))) < len(titles):
        raise ValidationError("Two lines have the same words before the bar")
    found: list[str] = []
    for place, title in enumerate(titles):
        moved = same_length and before[place][0] not in titles
        wanted = known.get(title) or (before[place][1] if moved else slugify(title)[:36].replace("-", "_") or "line")
        numbered = (wanted, *(f"{wanted}_{n}" for n in range(2, MOST + 2)))
        found.append(next(key for key in numbered if key not in found))
    return found
