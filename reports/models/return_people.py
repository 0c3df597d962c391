"""Whom a secretary may name in arranging returns."""

from typing import Any

from django.utils import timezone

from contest_portal.access.grants import holders_of
from contest_portal.access.models import Grant
from contest_portal.access.roles import roles_with
from contest_portal.accounts.models import User


def senders(borough: str) -> Any:
    """Who sends the returns of that borough today."""
    return User.objects.active().filter(pk__in=[each.pk for each in holders_of("return.submit", borough=borough)])


def senders_by_borough() -> dict[str, set[int]]:
    """Keys of the people who send returns today, by borough."""
    grants = Grant.objects.live_on(timezone.localdate()).filter(role__in=roles_with("return.submit"))
    found: dict[str, set[int]] = {}
    for borough, person in grants.filter(user__is_active=True).values_list("scope_key", "user_id"):
        found.setdefault(borough, set()).add(person)
    return found


def people_with(permission: str) -> Any:
    """Who holds it today, wherever that reaches."""
    grants = Grant.objects.live_on(timezone.localdate()).filter(role__in=roles_with(permission))
    return User.objects.active().filter(pk__in=grants.values("user_id")).order_by("name")
