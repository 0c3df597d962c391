"""What a borough was asked to change, line by line, and whether it has been answered."""

from reports.models import QuarterlyReturn, ReturnLine, ReturnReason
from reports.models.return_content import submission_of
from reports.models.return_line import frozen_lines


def reasons_of(quarterly_return: QuarterlyReturn) -> list[ReturnReason]:
    """Every one there ever was, oldest first."""
    rows = ReturnReason.objects.filter(quarterly_return=quarterly_return)
    return list(rows.select_related("decision__by", "activity", "replied_by"))


def unanswered(
    quarterly_return: QuarterlyReturn, lines: list[ReturnLine], reasons: list[ReturnReason]
) -> list[ReturnReason]:
    """Those without a reply whose line or answer still says what it said when it was sent back.

    A change is an answer. `lines` are those of the return as it would be sent now.
    """
    waiting = [reason for reason in reasons if not reason.reply]
    before = {reason.decision.submission: None for reason in waiting}
    sent = {number: _sent(quarterly_return, number) for number in before}
    now = {line.activity_id: line.words() for line in lines}
    found = []
    for reason in waiting:
        was_lines, was_texts = sent[reason.decision.submission]
        if reason.activity_id:
            is_same = now.get(reason.activity_id) == was_lines.get(reason.activity_id)
        else:
            is_same = getattr(quarterly_return, reason.answer) == was_texts.get(reason.answer, "")
        found += [reason] if is_same else []
    return found


def _sent(quarterly_return: QuarterlyReturn, number: int) -> tuple[dict[int, dict[str, str]], dict[str, str]]:
    texts = submission_of(quarterly_return, number)
    lines = {line.activity_id: line.words() for line in frozen_lines(quarterly_return, number)}
    return lines, texts.texts() if texts else {}
