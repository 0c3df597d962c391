"""What exactly was sent: the hash that an acceptance is bound to, and how two submissions differ in words."""

import hashlib
import json
from typing import Any

from reports.models.quarterly_return import QuarterlyReturn
from reports.models.return_facts import FACTS, facts_now
from reports.models.return_line import ReturnLine
from reports.models.return_states import ReturnStatus
from reports.models.return_submission import ReturnSubmission
from reports.models.return_texts import TEXTS, ReturnTexts


def hash_of(lines: list[ReturnLine], texts: dict[str, str], facts: dict[str, str]) -> str:
    """SHA-256 over the lines in order of reference, the texts and the facts.

    Only texts and facts that are there count, so that one more kind of them changes no hash of an earlier return.
    """
    content: dict[str, Any] = {"commentary": "", "nil_reason": ""} | texts
    content["lines"] = [line.content() for line in sorted(lines, key=lambda line: line.reference)]
    if facts:
        content["facts"] = facts
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def hash_now(quarterly_return: QuarterlyReturn, lines: list[ReturnLine]) -> str:
    """Of the return with these lines: those of the log while they are not saved, else those that were sent.

    A reason for nothing to report counts only where there is nothing.
    """
    texts = quarterly_return.texts()
    if lines:
        texts.pop("nil_reason", None)
    return hash_of(lines, texts, facts_of(quarterly_return))


def facts_of(quarterly_return: QuarterlyReturn) -> dict[str, str]:
    """As the portal knows them now while the return is written or corrected, and as they were sent after that."""
    if quarterly_return.is_open or quarterly_return.status == ReturnStatus.ACCEPTED:
        return facts_now(quarterly_return)
    found = submission_of(quarterly_return, quarterly_return.submission)
    return found.facts if found else {}


def submission_of(quarterly_return: QuarterlyReturn, number: int) -> ReturnSubmission | None:
    found = ReturnSubmission.objects.filter(quarterly_return=quarterly_return, number=number)
    return found.select_related("by", "behalf_of").first()


def differences(
    before: ReturnTexts | None, after: ReturnTexts, facts: tuple[dict[str, str], dict[str, str]] = ({}, {})
) -> list[tuple[str, str, str]]:
    """(label, before, after) of every text and fact that is not the same; `facts` are those before and after."""
    old = (before.texts() if before else {}) | facts[0]
    new = after.texts() | facts[1]
    pairs = [(label, old.get(key, ""), new.get(key, "")) for key, label in (TEXTS | FACTS).items()]
    return [pair for pair in pairs if pair[1] != pair[2]]
