"""Lines of funding. Each change keeps its reason, so that what was confirmed on which day can be told later."""

from typing import Any

from django.db import transaction

from boroughs.models import FundingLine
from contest_portal.audit.acting import acting


@transaction.atomic
def save_funding_line(line: FundingLine, *, by: Any, reason: str = "") -> FundingLine:
    with acting(by, reason=reason):
        line.save()
    return line
