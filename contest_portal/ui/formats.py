"""How values are written for people, everywhere in the same words."""

from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils import timezone

NOT_RECORDED = "Not recorded"


def day(value: date | datetime | None) -> str:
    """27 March 2026"""
    if value is None or value == "":
        return NOT_RECORDED
    if isinstance(value, datetime):
        value = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{value.day} {value:%B %Y}"


def moment(value: datetime | None) -> str:
    """27 March 2026 at 9:40am, in London"""
    if value is None or value == "":
        return NOT_RECORDED
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{day(local)} at {time_of_day(local)}"


def time_of_day(value: datetime) -> str:
    """11:52pm, in London"""
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{local.hour % 12 or 12}:{local:%M}{'am' if local.hour < 12 else 'pm'}"


def number(value: Any) -> str:
    """4,310. A quantity that carries its own words ("at least 4,310") keeps them."""
    if value is None or value == "":
        return NOT_RECORDED
    if isinstance(value, (int, float, Decimal)):
        exact = Decimal(str(value)).normalize()
        return f"{exact:,f}"
    return str(value)


def pounds(value: Any) -> str:
    """£3,150, with pence only where there are pence."""
    if value is None or value == "":
        return NOT_RECORDED
    try:
        amount = Decimal(str(value)).quantize(Decimal("0.01"))
    except InvalidOperation:
        return str(value)
    sign = "-" if amount < 0 else ""
    amount = abs(amount)
    return f"{sign}£{amount:,.0f}" if amount == amount.to_integral_value() else f"{sign}£{amount:,.2f}"
