"""Which lines are new, which change an activity, and which say what the log says already."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID, uuid5

from strands.forms import rules
from strands.models import Activity, Deliverable, Measure
from strands.spreadsheets.answers import changed_answers, settle_answers
from strands.spreadsheets.columns import BY_KEY
from strands.spreadsheets.lines import Line
from strands.spreadsheets.reference import Reference

SERIES = ("parent", "session_number", "session_count")
NEW, CHANGED, SAME = "new", "changed", "same"
# Of the content of a row without a reference: the same row sent again has the same key, whoever sends it.
ROWS = UUID("6f0a7c1e-52a4-4c0f-9d64-0b7f6b1f3c55")
Likeness = tuple[str, Any, str] | None


def match(lines: Iterable[Line], reference: Reference) -> None:
    """Settle `outcome`, `activity` and `changes` of each line, or add what stands in the way."""
    user = reference.user
    # Without a column there is nothing to hold against the log; that it is missing is said of the sheet.
    whole = [line for line in lines if BY_KEY.keys() <= line.letters.keys()]
    named = [line for line in whole if line.given.get("reference")]
    unnamed = [line for line in whole if not line.given.get("reference")]
    _find_named(named, user)
    _find_unnamed([line for line in unnamed if "shares" in line.given and _likeness(line)], user)
    for line in whole:
        _check_plan_lines(line, reference)
    _check_sessions(line for line in whole if line.outcome in (NEW, CHANGED))


def _check_sessions(lines: Iterable[Line]) -> None:
    """What two rows say between them: one number twice, or a programme with people of its own."""
    loading = list(lines)
    rows: dict[tuple[int, int], int] = {}
    sessions = {line.given["parent"].pk: line.number for line in loading if line.given["parent"]}
    for line in loading:
        parent, number = line.given["parent"], line.given["session_number"]
        if parent and number is not None:
            before = rows.setdefault((parent.pk, number), line.number)
            if before != line.number:
                line.add_error("session_number", f"Row {before} is session {number} of {parent.reference} too.")
        own = sessions.get(line.activity.pk) if line.activity else None
        if own and line.given["attendance"] is not None:
            says = f"Row {own} is a session of it and carries the number of people. Leave this empty."
            line.add_error("attendance", says)


def _check_plan_lines(line: Line, reference: Reference) -> None:
    """As the form does: of the strand and in force on the day, or tied to the activity already."""
    strand, day = line.given.get("strand"), line.given.get("starts")
    for key, model in (("deliverables", Deliverable), ("measures", Measure)):
        chosen = line.given.get(key)
        if not (chosen and strand and day):
            continue
        fits = reference.in_force(model, day) | (_tied(line.activity, key) if line.activity else set())
        for row in chosen:
            if row.strand_id != strand.pk:
                line.add_error(key, f"“{row}” is of {row.strand}, but the activity is of {strand}.")
            elif row.pk not in fits:
                line.add_error(key, f"“{row}” was not in force on {day:%-d %B %Y}.")


def _tied(activity: Activity, key: str) -> set[int]:
    if key == "deliverables":
        return {link.deliverable_id for link in activity.deliverable_links.all()}
    return {link.measure_id for link in activity.measure_links.all()}


def _find_named(lines: list[Line], user: Any) -> None:
    rows: dict[str, int] = {}
    wanted = {line.given["reference"] for line in lines}
    found = {row.reference: row for row in _whole(user).filter(reference__in=wanted)} if wanted else {}
    for line in lines:
        reference = line.given["reference"]
        line.activity = found.get(reference)
        settle_answers(line, line.activity)
        if reference in rows:
            line.add_error("reference", f"{reference} stands in row {rows[reference]} too. Keep one of the two rows.")
        elif line.activity is None:
            says = f"You may change no activity {reference[:30]}. Correct it, or leave it empty for a new one."
            line.add_error("reference", says)
        elif not line.problems:
            _compare(line, line.activity)
            if line.changes:
                rules.check_series(line, line.given, line.activity)
        rows.setdefault(reference, line.number)


def _find_unnamed(lines: list[Line], user: Any) -> None:
    rows: dict[Likeness, int] = {}
    for line in lines:
        settle_answers(line, None)
        like = _likeness(line)
        if like in rows:
            says = f"Row {rows[like]} has the same title, date and borough. Keep one, or tell them apart by title."
            line.add_error("title", says)
        rows.setdefault(like, line.number)
    clean = [line for line in lines if not line.problems]
    for line in lines:
        if line.problems:
            # Whether its programme has that session cannot be told: it may be this very row.
            rules.check_series(line, line.given | {"parent": None}, Activity())
    loaded, alike = _loaded(clean, user), _alike(clean, user)
    for line in clean:
        line.outcome = NEW
        before = loaded.get(row_key(line)) or alike.get(_likeness(line))
        if before is not None:
            settle_answers(line, before)
            _settle_known(line, before, was_loaded=row_key(line) in loaded)
        elif any(line.given[key] is not None for key in SERIES):
            rules.check_series(line, line.given, Activity())


def _settle_known(line: Line, before: Activity, *, was_loaded: bool) -> None:
    """A row that was loaded as it is stays as it is, even when somebody has changed the activity since."""
    _compare(line, before)
    if was_loaded:
        line.outcome, line.changes = SAME, []
    elif line.outcome == CHANGED:
        line.outcome = ""
        says = (
            f"It is logged already as {before.reference}, with other answers. To change that activity, put "
            f"{before.reference} in {line.cell_of('reference')}. If it is another one, give it another title."
        )
        line.add_error("title", says)


def _loaded(lines: list[Line], user: Any) -> dict[UUID, Activity]:
    keys = [row_key(line) for line in lines]
    return {row.form_key: row for row in _whole(user).filter(form_key__in=keys)} if keys else {}


def _alike(lines: list[Line], user: Any) -> dict[Likeness, Activity]:
    """Logged ones with the title, day and lead borough of a line."""
    if not lines:
        return {}
    wanted = {_likeness(line) for line in lines}
    days = [line.given["starts"] for line in lines]
    rows = _editable(user).filter(starts__range=(min(days), max(days)))
    known = rows.values_list("pk", "lead_borough_id", "starts", "title")
    keys = {pk: (lead, starts, _plain(title)) for pk, lead, starts, title in known.iterator()}
    keys = {pk: like for pk, like in keys.items() if like in wanted}
    return {keys[row.pk]: row for row in _whole(user).filter(pk__in=keys)} if keys else {}


def _editable(user: Any) -> Any:
    return Activity.objects.editable_by(user)


def _whole(user: Any) -> Any:
    """Read along with everything that a row says."""
    return _editable(user).in_full().with_plan_lines()


def _likeness(line: Line) -> Likeness:
    given = line.given
    if given.get("lead_borough") and given.get("starts") and given.get("title"):
        return given["lead_borough"].pk, given["starts"], _plain(given["title"])
    return None


def _plain(title: str) -> str:
    return " ".join(title.split()).casefold().replace("’", "'")


def row_key(line: Line) -> UUID:
    if line.key is None:
        words = [f"{key}={_word(value)!r}" for key, value in sorted(line.given.items()) if value and key != "reference"]
        line.key = uuid5(ROWS, "\n".join(words))
    return line.key


def _word(value: Any) -> Any:
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        return sorted([_word(key), _word(share)] for key, share in value.items())
    if isinstance(value, list):
        return sorted(map(str, map(_word, value)))
    return str(getattr(value, "pk", value))


def _compare(line: Line, activity: Activity) -> None:
    line.activity = activity
    line.changes = [BY_KEY[key].heading for key in _differing(line, activity)] + changed_answers(line, activity)
    line.outcome = CHANGED if line.changes else SAME


def _differing(line: Line, activity: Activity) -> Iterable[str]:
    linked = {
        "other_shares": ({borough.pk: share for borough, share in line.given["shares"].items()}, _shares(activity)),
        "objectives": (_keys(line, "objectives"), {link.objective_id for link in activity.objective_links.all()}),
        "deliverables": (_keys(line, "deliverables"), _tied(activity, "deliverables")),
        "measures": (_keys(line, "measures"), _tied(activity, "measures")),
        "partners": (_keys(line, "partners"), {link.organisation_id for link in activity.partner_links.all()}),
        "other_strands": (_keys(line, "other_strands"), {link.strand_id for link in activity.strand_links.all()}),
        "funding": (
            {used.pk: amount for used, amount in line.given["funding"].items()},
            {used.line_id: used.amount for used in activity.funding.all()},
        ),
        "audience": (set(line.given["audience"]), set(activity.audience)),
    }
    for key in BY_KEY:
        said: Any
        stands: Any
        if key in linked:
            said, stands = linked[key]
        elif key in ("reference", "lead_share"):
            continue
        elif key == "parent":
            said, stands = getattr(line.given[key], "pk", None), activity.parent_id
        else:
            said, stands = line.given[key], getattr(activity, key)
        if said != stands:
            yield key


def _shares(activity: Activity) -> dict[str, Any]:
    return {share.borough_id: share.percent for share in activity.shares.all()}


def _keys(line: Line, key: str) -> set[Any]:
    return {row.pk for row in line.given[key]}
