"""Conditions of queries put together, without the parts that find nothing: each part costs time to put into words."""

from functools import reduce
from operator import and_, or_

from django.db.models import Q

NOTHING = Q(pk__in=[])


def any_of(*ways: Q) -> Q:
    """An empty Q is no condition at all, so with one of them everything is found. Django's own “or” forgets it."""
    found = [way for way in ways if way is not NOTHING]
    if not all(found):
        return Q()
    return reduce(or_, found) if found else NOTHING


def all_of(*conditions: Q) -> Q:
    return NOTHING if any(each is NOTHING for each in conditions) else reduce(and_, conditions)
