from collections.abc import Collection
from typing import Any

from django.db import transaction

from reports.models import LinkBorough


@transaction.atomic
def choose_link_boroughs(codes: Collection[str], *, by: Any) -> None:
    """Keep these and no others."""
    for row in LinkBorough.objects.visible_to(by):
        if row.borough_id not in codes:
            row.delete()
    kept = set(LinkBorough.objects.visible_to(by).values_list("borough", flat=True))
    for code in sorted(set(codes) - kept):
        LinkBorough(person=by, borough_id=code).save()
