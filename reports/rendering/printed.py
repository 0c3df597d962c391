"""Where a value of a measure stands in print: in which issued papers, and in which words."""

from dataclasses import dataclass
from typing import Any

from contest_portal.core.quarters import Quarter
from reports.models import Issue, ReleasedFigure
from strands.figures.known import Known

_SIGNS = (" [p]", " [r]")


@dataclass(frozen=True)
class Printed:
    """`today` is what the same value says now, or on the day that is looked at."""

    issue: Issue
    words: str
    today: str

    @property
    def differs(self) -> bool:
        """Whether the number is another one. That it has become final since is no difference."""
        return without_signs(self.words) != without_signs(self.today)


def printed_in(code: str, quarter: Quarter, today: str, *, user: Any, known: Known) -> list[Printed]:
    """Papers that the person may read, newest first."""
    released = ReleasedFigure.objects.filter(figure=code, quarter=quarter)
    issues = Issue.objects.visible_to(user).filter(pk__in=released.values("issue"))
    if known.is_past:
        issues = issues.filter(issued_at__lt=known.until)
    found = issues.select_related("item", "paper__board", "paper__meeting").order_by("-issued_at")
    said = ((issue, _words(issue, code, user)) for issue in found)
    return [Printed(issue, words, today) for issue, words in said if words]


def _words(issue: Issue, code: str, user: Any) -> str:
    """Empty where it stands in parts of the paper that are not for this person."""
    return next((head["words"] for head in issue.content_for(user)["figures"] if head["key"] == code), "")


def without_signs(words: str) -> str:
    """43, of “43 [r]”."""
    for sign in _SIGNS:
        words = words.replace(sign, "")
    return words
