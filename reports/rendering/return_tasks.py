"""The task list of a return: what is asked, which of it is ready, and where each thing is done."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from reports.models import QuarterlyReturn
from reports.rendering.return_checks import Finding, Severity

# In the order of the page. Each: its key, its title, the text fields in which it is explained, and what is asked.
PARTS = [
    ("activities", "Activities of the quarter", ("nil_reason",)),
    ("attendance", "People who came", ("uncounted_reason",)),
    ("joint", "Joint work and own shares", ()),
    ("cost", "What it cost", ()),
    ("posts", "Posts and own shares of them", ("posts_note",)),
    ("funding", "Funding, and until when it is confirmed", ("funding_note",)),
    ("panel", "Channel panel meetings", ("panel_reason",)),
    ("commentary", "What the board should know", ("commentary", "commentary_gap")),
    ("help", "What you need from the board", ("help_needed",)),
    ("plan", "Plan for the next quarter", ("next_plan",)),
    ("asked", "What was asked about", ()),
]
# Parts of which the log or the portal knows something.
KNOWN = ("activities", "attendance", "posts", "funding", "panel", "plan")
FIELDS = {key: fields for key, _, fields in PARTS}
TITLES = {key: title for key, title, _ in PARTS}


@dataclass(frozen=True)
class Part:
    """One task. `says` is what the return has for it already, from the log or in the borough's words."""

    key: str
    says: str
    findings: tuple[Finding, ...] = ()

    @property
    def title(self) -> str:
        return TITLES[self.key]

    @property
    def fields(self) -> tuple[str, ...]:
        return FIELDS[self.key]

    @property
    def known(self) -> str:
        """What the log and the portal say of it, where they do; the borough's words stand in the boxes."""
        return self.says if self.key in KNOWN and self.says != "Written" else ""

    @property
    def is_written(self) -> bool:
        """Something can be typed for it."""
        return bool(self.fields) or (self.key == "asked" and bool(self.findings))

    @property
    def is_ready(self) -> bool:
        return not any(each.severity == Severity.ERROR for each in self.findings)


def parts_of(says: dict[str, str], findings: Iterable[Finding]) -> list[Part]:
    found = list(findings)
    return [
        Part(key, words, tuple(each for each in found if each.part == key))
        for key, words in ((key, says[key]) for key in TITLES if key in says)
    ]


def not_ready(parts: list[Part]) -> str:
    """3 of 11 not ready"""
    count = sum(not part.is_ready for part in parts)
    return f"{count} of {len(parts)} not ready" if count else f"All {len(parts)} are ready"


def task_list(parts: list[Part], quarterly_return: QuarterlyReturn, edit: str) -> list[dict[str, Any]]:
    """For the task list of the design system. A part that nothing can be typed for leads to the lines below."""
    return [_task(part, f"{edit}?part={part.key}" if part.is_written else "#lines") for part in parts]


def _task(part: Part, href: str) -> dict[str, Any]:
    task: dict[str, Any] = {"title": {"text": part.title}, "href": href}
    if part.findings:
        task["hint"] = {"text": " ".join(each.text for each in part.findings)}
    elif part.says:
        task["hint"] = {"text": part.says}
    if not part.is_ready:
        task["status"] = {"tag": {"text": "Not ready", "classes": "govuk-tag--blue"}}
    elif part.findings:
        task["status"] = {"tag": {"text": "To look at", "classes": "govuk-tag--yellow"}}
    else:
        task["status"] = {"text": "Ready"}
    return task
