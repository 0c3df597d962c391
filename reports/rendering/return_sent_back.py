"""What became of the submissions before: what was asked at which line, what was answered, and what lapsed."""

from functools import cached_property
from typing import Any

from contest_portal.ui.formats import day
from reports.models import QuarterlyReturn, ReturnDecision, ReturnLine, ReturnReason, ReturnStatus
from reports.rendering.return_reasons import reasons_of, unanswered
from strands.models import Activity


class SentBack:
    """Part of ReturnPage."""

    quarterly_return: QuarterlyReturn
    reader: Any
    lines: list[ReturnLine]
    all_lines: list[ReturnLine]

    @cached_property
    def decisions(self) -> list[ReturnDecision]:
        return list(self.quarterly_return.decisions.select_related("by"))

    @property
    def asked(self) -> ReturnDecision | None:
        """What the borough was asked to change, while it has not answered."""
        is_back = self.quarterly_return.status in (ReturnStatus.SENT_BACK, ReturnStatus.ACCEPTED)
        last = self.decisions[0] if self.decisions else None
        return last if last and is_back and last.decision == "sent_back" else None

    @cached_property
    def reasons(self) -> list[ReturnReason]:
        """What was asked, at lines that the reader may read and at answers."""
        found = reasons_of(self.quarterly_return) if self.quarterly_return.submission else []
        keys = [reason.activity_id for reason in found if reason.activity_id]
        seen = set(Activity.objects.visible_to(self.reader).filter(pk__in=keys).values_list("pk", flat=True))
        return [reason for reason in found if not reason.activity_id or reason.activity_id in seen]

    @cached_property
    def lines_asked(self) -> list[tuple[ReturnLine, list[ReturnReason]]]:
        """Each line with what was asked about it, answered or not."""
        return [(line, [each for each in self.reasons if each.activity_id == line.activity_id]) for line in self.lines]

    @property
    def unanswered(self) -> list[ReturnReason]:
        """What the borough still has to answer, for whoever writes it."""
        return unanswered(self.quarterly_return, self.all_lines, self.reasons)

    @property
    def lapsed(self) -> ReturnDecision | None:
        """The borough's approval of an earlier submission, while what was sent since waits for a new one."""
        if self.quarterly_return.status != ReturnStatus.SUBMITTED:
            return None
        earlier = (each for each in self.decisions if each.decision == "approved")
        return next((each for each in earlier if each.content_hash != self.quarterly_return.content_hash), None)

    @property
    def lapsed_words(self) -> str:
        if self.lapsed is None:
            return ""
        return (
            f"{self.lapsed.by} approved submission {self.lapsed.submission} on {day(self.lapsed.at)}. What was "
            "submitted since says something else, so that approval no longer holds."
        )

    @property
    def answers_asked(self) -> list[ReturnReason]:
        return [reason for reason in self.reasons if reason.answer]
