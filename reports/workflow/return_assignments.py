"""Who owes returns, and who approves a borough's returns for a while."""

import datetime as dt
from typing import Any

from django.db import transaction

from boroughs.models import Borough
from contest_portal.core.refusal import Refused
from reports.models import ReturnAssignment, ReturnDelegate


@transaction.atomic
def save_assignment(assignment: ReturnAssignment, *, by: Any) -> ReturnAssignment:
    if not ReturnAssignment.objects.editable_by(by).filter(pk=assignment.pk).exists():
        raise Refused("You cannot say who owes returns.")
    assignment.save()
    return assignment


@transaction.atomic
def appoint_delegate(
    borough: Borough, *, person: Any, starts: dt.date, ends: dt.date, reason: str, by: Any
) -> ReturnDelegate:
    """From one day to another; nobody appoints themselves."""
    if person.pk == by.pk:
        raise Refused("Nobody appoints themselves. Choose somebody else.")
    made = ReturnDelegate(
        borough=borough, person=person, starts=starts, ends=ends, reason=reason.strip(), appointed_by=by
    )
    made.save()
    return made
