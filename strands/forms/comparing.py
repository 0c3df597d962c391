"""What a person typed beside what somebody else saved meanwhile."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from boroughs.models import Borough, FundingLine
from contest_portal.audit.changes import in_words
from contest_portal.ui.editing import Overtaken
from strands.forms.wording import LABELS
from strands.models import Activity, ActivityFunding
from strands.models.parts import per_cent


def differences(given: dict[str, Any], stored: Activity) -> list[Overtaken]:
    """The answers that differ, in the order of the form. `given` is what a valid form was sent."""
    pairs = [*_columns(given, stored), _shares(given, stored), *_links(given, stored)]
    return [Overtaken(label, saved, typed) for label, saved, typed in pairs if saved != typed]


def _columns(given: dict[str, Any], stored: Activity) -> Iterable[tuple[str, str, str]]:
    labels = LABELS | {"status_reason": "Reason for the status"}
    typed = Activity(particulars=given["particulars"], **{name: given[name] for name in labels})
    columns = [(label, in_words(stored, name), in_words(typed, name)) for name, label in labels.items()]
    before, after = dict(stored.particulars_in_words), dict(typed.particulars_in_words)
    asked = [(label, before.get(label, ""), after.get(label, "")) for label in dict.fromkeys([*before, *after])]
    return [*columns, *asked]


def _shares(given: dict[str, Any], stored: Activity) -> tuple[str, str, str]:
    saved = {share.borough: share.percent for share in stored.shares.all()}
    return "Boroughs and shares", _listed(saved), _listed(given["shares"])


def _listed(shares: dict[Borough, Decimal]) -> str:
    return "\n".join(sorted(f"{borough} {per_cent(share)}%" for borough, share in shares.items()))


def _links(given: dict[str, Any], stored: Activity) -> Iterable[tuple[str, str, str]]:
    return [
        ("Objectives", _lines(stored.objective_links.all()), _lines(given["objectives"])),
        ("Partners", _lines(stored.partner_links.all()), _lines(given["partners"])),
        ("Funding", _lines(stored.funding.all()), _lines(_used(given["funding"]))),
        ("Other strands", _lines(stored.strand_links.all()), _lines(given["other_strands"])),
    ]


def _used(funding: dict[FundingLine, Decimal | None]) -> list[ActivityFunding]:
    return [ActivityFunding(line=line, amount=amount) for line, amount in funding.items()]


def _lines(rows: Iterable[Any]) -> str:
    return "\n".join(sorted(map(str, rows)))
