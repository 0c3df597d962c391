"""What a person types into the form of an activity."""

import datetime as dt
from typing import Any
from uuid import uuid4

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from contest_portal.accounts.models import User
from strands.models import Activity, Objective
from tests.cast import BRENT, as_

HELD = dt.date(2026, 5, 13)


def conference(**changes: Any) -> dict[str, Any]:
    """Story 3: 200 people at least, and £3,150."""
    typed: dict[str, Any] = {
        "title": "Women's leadership conference",
        "kind": "community_event",
        "status": "delivered",
        "lead_borough": BRENT,
        **day("starts", HELD),
        "date_precision": "exact",
        "attendance": "200",
        "attendance_qualifier": "at_least",
        "attendance_basis": "headcount",
        "cost_actual": "3,150",
        "marking": "OFFICIAL",
        "public_sentence": "A conference brought women leaders of the borough together.",
        "internal_note": "Ask the charity for a second hall.",
        "objectives": [objective("2023-PV-2").pk],
        "no_personal_data": "on",
        "form_key": str(uuid4()),
        "joint_rows": "4",
    }
    return typed | changes


def day(name: str, value: dt.date) -> dict[str, str]:
    return {f"{name}-day": str(value.day), f"{name}-month": str(value.month), f"{name}-year": str(value.year)}


def objective(code: str) -> Objective:
    return Objective.objects.get(code=code)


def tomorrow() -> dt.date:
    return timezone.localdate() + dt.timedelta(days=1)


def send(user: User, **changes: Any) -> Any:
    """Sent once, and once more when the page asks whether it is right."""
    return press(as_(user), reverse("activity_new"), conference(**changes))


def press(client: Client, address: str, typed: dict[str, Any]) -> Any:
    response = client.post(address, typed)
    if response.status_code == 200 and response.context["form"].cautions:
        return client.post(address, typed | {"sure": response.context["form"].data["sure"]})
    return response


def logged(user: User, **changes: Any) -> Activity:
    response = send(user, **changes)
    assert response.status_code == 302, errors(response)
    return Activity.objects.latest("pk")


def errors(response: Any) -> dict[str, list[str]]:
    return {name: list(words) for name, words in response.context["form"].errors.items()}
