"""The lists that a paper template keeps, each told in its history entry by entry."""

from typing import Any

from django.db import models


class SectionsField(models.JSONField):
    """Sections of a shape, in order."""

    def answers_in(self, row: Any) -> dict[str, str]:
        sections = enumerate(getattr(row, self.attname), start=1)
        return {f"Section “{found['title'] or 'the opening'}”": _section(place, found) for place, found in sections}


class FrontField(models.JSONField):
    """Lines of the front matter, in order."""

    def answers_in(self, row: Any) -> dict[str, str]:
        return {f"Front matter “{line['label']}”": _line(line) for line in getattr(row, self.attname)}


def _section(place: int, found: dict[str, Any]) -> str:
    lines = [f"Place {place}, {found['letter'] or 'no letter'}, numbered: {found['numbering']}"]
    lines += [found[name] for name in ("lead_in", "standing", "nil") if found.get(name)]
    lines += [f"{heading['title']}: {heading['nil'] or 'to be written'}" for heading in found["headings"]]
    return "\n".join(lines)


def _line(line: dict[str, Any]) -> str:
    return f"{line['answer']}, {'must be answered' if line['required'] else 'may stay empty'}"
