"""Checking a whole spreadsheet at once: every cell, then the rules of the form, then what the log has already."""

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError

from boroughs.models import Borough
from contest_portal.core.markings import Marking
from contest_portal.core.personal_data import findings
from strands.forms import rules
from strands.forms.shares import fill_shares
from strands.kinds import KINDS, Kind
from strands.models.answers import Status
from strands.spreadsheets import cells
from strands.spreadsheets.answers import read_answers, texts_of
from strands.spreadsheets.columns import BY_KEY, EMPTY, LONG_TEXTS, SHEET
from strands.spreadsheets.lines import Line, Problem, Sheet, missing, read_sheet
from strands.spreadsheets.matching import match
from strands.spreadsheets.opening import Contents, NoSheet, contents
from strands.spreadsheets.reference import Reference
from strands.workflow.logging import NOT_YOUR_BOROUGH, Entry

EVERY = 500
OPTIONAL = {column.key for column in BY_KEY.values() if not column.needed}
_REASONS = {Status.POSTPONED.value: "status_reason", Status.CANCELLED.value: "status_reason"}
_PLAN = ("deliverables", "measures")
_LINKED = ("lead_share", "other_shares", "funding", "objectives", *_PLAN, "partners", "other_strands", "reference")
_OWN = tuple(key for key in BY_KEY if key not in _LINKED)
_EMPTY_LISTS = ("objectives", *_PLAN, "partners", "other_strands", "audience")


def check(name: str, content: bytes, *, user: Any, report: Callable[[int], None]) -> Sheet:
    """Everything that is wrong, by cell. Reads as the person who sent it may read. `report` hears how far it is."""
    try:
        found = contents(name, content)
    except NoSheet as other:
        names = ", ".join(f"“{sheet}”" for sheet in other.names[:5])
        says = f"The file has no sheet named “{SHEET}”, only {names}. Name the sheet with your rows “{SHEET}”."
        return Sheet([], [Problem("", 0, "", says)])
    report(10)
    return _checked(found, Reference(user), report)


def _checked(found: Contents, reference: Reference, report: Callable[[int], None]) -> Sheet:
    sheet = read_sheet(found)
    readers = cells.readers(reference, typed=found.typed)
    parents = (line.cells.get("parent") for line in sheet.lines)
    reference.find_programmes(str(value).strip().upper() for value in parents if value)
    strands, editions = list(reference.strands.values()), reference.editions
    for index, line in enumerate(sheet.lines):
        if index % EVERY == 0:
            report(10 + 70 * index // len(sheet.lines))
        _read(line, readers)
        read_answers(line, typed=found.typed)
        _apply_rules(line, strands, editions, reference)
    match(sheet.lines, reference)
    report(95)
    if not sheet.lines and not sheet.problems:
        says = "There is no row to load. Fill in rows under the headings, and send the spreadsheet again."
        sheet.problems.append(Problem(SHEET, 0, "", says))
    return sheet


def problems_of(sheet: Sheet) -> list[Problem]:
    found = [*sheet.problems, *(problem for line in sheet.lines for problem in line.problems)]
    return sorted(found, key=lambda problem: (problem.row, len(problem.cell), problem.cell))


def questions_of(sheet: Sheet) -> list[Problem]:
    return [question for line in sheet.lines for question in line.questions]


def _read(line: Line, readers: dict[str, cells.Reader]) -> None:
    for key, value in line.cells.items():
        if key in line.unread:
            continue
        try:
            line.given[key] = readers[key](value)
        except cells.Unreadable as reason:
            line.add_error(key, str(reason))
    for column in missing(line):
        line.add_error(column.key, f"“{column.heading}” is empty. Every row needs it.")
    kind = KINDS.get(line.given.get("kind", ""))
    for key in OPTIONAL & line.letters.keys() - line.cells.keys() - line.unread:
        line.given[key] = _empty(key, kind)


def _empty(key: str, kind: Kind | None) -> Any:
    if key == "marking":
        return kind.marking if kind else Marking.OFFICIAL.value
    if key in EMPTY:
        return EMPTY[key]
    if key in _EMPTY_LISTS:
        return []
    return "" if BY_KEY[key].reads == "text" else {} if key in ("other_shares", "funding") else None


def _apply_rules(line: Line, strands: Iterable[Any], editions: Iterable[Any], reference: Reference) -> None:
    given = line.given
    rules.settle_strand(given, strands)
    rules.check_dates(line, given)
    if line.is_wrong("starts"):
        # What depends on the date would only be wrong with it.
        given.pop("starts", None)
    if not given.get("reference"):
        rules.check_kind(line, given, "")
    if "status_reason" in given and "status" in given:
        rules.check_status(line, given, _REASONS)
    if "attendance_basis" in given:
        rules.check_attendance(line, given)
    rules.check_objectives(line, given, editions)
    rules.check_scores(line, given)
    _check_boroughs(line, reference)
    for key in LONG_TEXTS:
        if given.get(key):
            _look_for_people(line, key, given[key])
    for key, text in texts_of(line).items():
        _look_for_people(line, key, text)


def _check_boroughs(line: Line, reference: Reference) -> None:
    lead: Borough | None = line.given.get("lead_borough")
    if lead is None:
        return
    if lead.pk not in reference.own:
        line.add_error("lead_borough", NOT_YOUR_BOROUGH)
    if not {"lead_share", "other_shares"} <= line.given.keys():
        return
    others: dict[Borough, Decimal | None] = line.given["other_shares"]
    if lead in others:
        line.add_error("other_shares", f"{lead} leads the activity and has its share in its own column.")
        return
    try:
        line.given["shares"] = fill_shares({lead: line.given["lead_share"], **others})
    except ValidationError as error:
        line.add_error("other_shares" if others else "lead_share", error)


def _look_for_people(line: Line, key: str, text: str) -> None:
    """What is certain is a problem and is not quoted: the list of problems must not hold it either."""
    for finding in findings(text):
        if finding.is_certain:
            line.add_error(key, f"The text holds what looks like {finding.what}. {finding.advice}")
        else:
            line.questions.append(line.problem(key, f"“{finding.words}” {finding.what}."))


def entry_of(line: Line) -> Entry:
    """A line without problems, as the form would hand it on."""
    given = line.given
    columns = {key: given[key] for key in _OWN if key in given}
    return Entry(
        columns=columns | {"particulars": given["particulars"]},
        shares={borough.pk: share for borough, share in given["shares"].items()},
        objectives=[objective.pk for objective in given["objectives"]],
        deliverables=[deliverable.pk for deliverable in given["deliverables"]],
        measures=[measure.pk for measure in given["measures"]],
        partners=[partner.pk for partner in given["partners"]],
        other_strands=[strand.pk for strand in given["other_strands"]],
        funding={used.pk: amount for used, amount in given["funding"].items()},
    )
