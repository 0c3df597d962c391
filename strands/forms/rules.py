"""What has to fit together in an activity. Each rule says in one sentence what is wrong and what to do."""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any, Protocol

from django.utils import timezone

from contest_portal.core.quantity import Qualifier
from contest_portal.core.quarters import Quarter
from strands.kinds import KINDS, Kind
from strands.models import Activity, Objective, Strand, StrategyVersion
from strands.models.answers import Precision, Status

FIRST_DAY = dt.date(2003, 4, 1)
YEARS_AHEAD = 3
Given = dict[str, Any]


class TakesErrors(Protocol):
    """A form, or a row of a spreadsheet: the rules are the same for both."""

    def add_error(self, field: str | None, error: Any) -> None: ...


def settle_strand(given: Given, strands: Iterable[Strand]) -> None:
    """The kind brings its strand, unless another was chosen; an activity does not serve its own strand twice."""
    kind = KINDS.get(given.get("kind", ""))
    if kind and "strand" in given and given["strand"] is None:
        given["strand"] = next(strand for strand in strands if strand.pk == kind.strand)
    if given.get("strand") and "other_strands" in given:
        given["other_strands"] = [strand for strand in given["other_strands"] if strand != given["strand"]]


def last_day() -> dt.date:
    """The last one that a date can be."""
    return dt.date(timezone.localdate().year + YEARS_AHEAD, 12, 31)


def settle_start(form: TakesErrors, given: Given, *, is_month: bool) -> None:
    """A quarter is chosen from a list, and a month is a date without its day; any other date has to be there."""
    precision = given.get("date_precision")
    if precision == Precision.QUARTER and given.get("starts_quarter"):
        given["starts"] = Quarter.from_key(given["starts_quarter"]).start
    elif is_month and precision == Precision.EXACT:
        given["date_precision"] = Precision.MONTH
    if "starts" in given and given["starts"] is None:
        missing = "starts_quarter" if precision == Precision.QUARTER else "starts"
        form.add_error(missing, "Choose the quarter." if missing == "starts_quarter" else "Enter the date")


def check_dates(form: TakesErrors, given: Given) -> None:
    starts, ends = given.get("starts"), given.get("ends")
    if not starts:
        return
    last_year = last_day().year
    if starts < FIRST_DAY or starts.year > last_year:
        form.add_error("starts", f"The date must be from {FIRST_DAY.year} to {last_year}. Check the year.")
    elif ends and ends < starts:
        form.add_error("ends", "The date it ended must be the same as or after the date it started.")
    else:
        given["starts"] = _first_day(starts, given.get("date_precision", ""))


def _first_day(starts: dt.date, precision: str) -> dt.date:
    if precision == Precision.MONTH:
        return starts.replace(day=1)
    return Quarter.of(starts).start if precision == Precision.QUARTER else starts


def check_status(form: TakesErrors, given: Given, reasons: dict[str, str]) -> None:
    """`reasons` names the box of the reason for each status that needs one."""
    status, starts = given.get("status"), given.get("starts")
    given["status_reason"] = given.get(reasons.get(status or "", ""), "")
    if status in reasons and not given["status_reason"] and reasons[status] in given:
        form.add_error(reasons[status], f"Say why it was {Status(status).label.lower()}.")
    if status == Status.DELIVERED and starts and starts > timezone.localdate():
        form.add_error("status", "The date has not come yet. Choose “Planned”, or correct the date.")


def check_attendance(form: TakesErrors, given: Given) -> None:
    if "attendance" not in given or "attendance_qualifier" not in given:
        return
    value, recorded = given["attendance"], given["attendance_qualifier"] != Qualifier.NOT_RECORDED
    if value is None:
        given["attendance_basis"] = ""
        if recorded:
            form.add_error("attendance", "Enter the number of people, or choose “not recorded”.")
        return
    if not recorded:
        words = f"You entered {value:,} people. Say how exact the number is, or leave the number empty."
        form.add_error("attendance_qualifier", words)
    if given.get("attendance_basis") == "":
        form.add_error("attendance_basis", "Say how the people were counted.")


def check_scores(form: TakesErrors, given: Given) -> None:
    scale = given.get("score_scale")
    for name in ("score_before", "score_after"):
        score = given.get(name)
        if score is None:
            continue
        if scale is None and "score_scale" in given:
            form.add_error("score_scale", "Say what the highest score possible was, such as 5.")
            return
        if scale is not None and score > scale:
            form.add_error(name, f"The score cannot be more than {scale}, the highest score possible.")


def check_series(form: TakesErrors, given: Given, of: Activity) -> None:
    """`of` is the activity as it is saved, or a new one."""
    number, count, parent = (given.get(name) for name in ("session_number", "session_count", "parent"))
    if count is not None and number is None and "session_number" in given:
        form.add_error("session_number", f"Say which of the {count} sessions it is.")
    elif number == 0:
        form.add_error("session_number", "Sessions are numbered from 1.")
    elif number is not None and count is not None and number > count:
        form.add_error("session_number", f"It cannot be session {number} of {count}.")
    elif parent and number is not None:
        same = parent.sessions.filter(session_number=number).exclude(pk=of.pk).first()
        if same:
            form.add_error("session_number", f"{same.reference} is session {number} of {parent.reference} already.")
    if parent and parent.attendance is not None:
        words = "has a number of people of its own, and its sessions would be counted twice. Remove that number first."
        form.add_error("parent", f"{parent.reference} {words}")
    if parent and parent.pk == of.pk:
        form.add_error("parent", "It cannot be a session of itself.")
    if of.pk and of.sessions.exists():
        _check_programme(form, given)


def _check_programme(form: TakesErrors, given: Given) -> None:
    kind = KINDS.get(given.get("kind", ""))
    if given.get("parent"):
        form.add_error("parent", "It has sessions of its own, so it cannot be a session of something else.")
    if given.get("attendance") is not None:
        form.add_error("attendance", "Its sessions carry the number of people. Leave this empty, or it counts twice.")
    if kind and not kind.has_sessions:
        form.add_error("kind", f"It has sessions, and “{kind.name}” cannot have any.")


def check_parts(form: TakesErrors, kind: Kind, answers: Given, name_of: Callable[[str], str]) -> None:
    """A part cannot be more than its whole, where both numbers are exact enough to tell. `name_of` gives the box."""
    for particular in kind.asks:
        whole = kind.asked(particular.within) if particular.within else None
        if whole and _is_more(answers.get(particular.key), answers.get(whole.key)):
            most = _number(answers[whole.key])
            words = f"{particular.label} cannot be more than “{whole.label}”, which is {most:,}."
            form.add_error(name_of(particular.key), words)


def _is_more(part: Any, whole: Any) -> bool:
    if part is None or whole is None or _number(part) <= _number(whole):
        return False
    return _qualifier(part) in ("exact", "at_least") and _qualifier(whole) in ("exact", "at_most")


def _number(answer: Any) -> int:
    return answer["value"] if isinstance(answer, dict) else answer


def _qualifier(answer: Any) -> str:
    return answer["qualifier"] if isinstance(answer, dict) else "exact"


def check_kind(form: TakesErrors, given: Given, before: str) -> None:
    """A kind that is no longer used stays where it was; `before` is the kind of the activity as it is saved."""
    kind, starts = KINDS.get(given.get("kind", "")), given.get("starts")
    if kind and starts and starts not in kind.in_use and kind.key != before:
        form.add_error("kind", f"“{kind.name}” was not in use on {starts:%-d %B %Y}. Choose another kind.")


def check_objectives(form: TakesErrors, given: Given, editions: Iterable[StrategyVersion]) -> None:
    chosen, strand, starts = given.get("objectives"), given.get("strand"), given.get("starts")
    if not (chosen and strand and starts):
        return
    current = next((edition for edition in editions if edition.holds_on(starts)), None)
    for objective in chosen:
        words = _not_of_its_day(objective, current, starts) or _not_of_its_strand(objective, strand)
        if words:
            form.add_error("objectives", words)
            return


def _not_of_its_day(objective: Objective, current: StrategyVersion | None, day: dt.date) -> str:
    if current and objective.strategy_id == current.pk:
        return ""
    ask = f"Choose from those of {current}, which are shown now." if current else "No objectives were in force then."
    return f"“{objective}” belongs to {objective.strategy}, not in force on {day:%-d %B %Y}. {ask}"


def _not_of_its_strand(objective: Objective, strand: Strand) -> str:
    if objective.strand_id == strand.pk:
        return ""
    return (
        f"“{objective}” is an objective of {objective.strand}, but the activity is of {strand}. "
        f"Choose objectives of {strand}, or change the strand."
    )
