"""A person's access in words: what each role lets them do, where, until when and why, and what stays closed."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from contest_portal.access.grants import grants_with, scope_of
from contest_portal.access.models import Grant, Standing
from contest_portal.access.roles import LONDON, ROLES
from contest_portal.access.sentences import CLOSED, SENTENCES


@dataclass(frozen=True)
class HeldRole:
    """One grant, with what it lets its holder do within the scope and in all of London."""

    grant: Grant
    standing: Standing
    within: tuple[str, ...]
    everywhere: tuple[str, ...]


def held_by(user: Any, day: dt.date) -> list[HeldRole]:
    """The person's grants, those of today first. One query."""
    grants = Grant.objects.held_by(user).select_related("granted_by")
    order = list(Standing)
    held = [_held(grant, day) for grant in grants]
    return sorted(held, key=lambda role: order.index(role.standing))


def _held(grant: Grant, day: dt.date) -> HeldRole:
    permissions = ROLES[grant.role].permissions
    ordered = [(key, sentence) for key, sentence in SENTENCES.items() if key in permissions]
    return HeldRole(
        grant,
        grant.standing_on(day),
        tuple(sentence for key, sentence in ordered if key not in LONDON),
        tuple(sentence for key, sentence in ordered if key in LONDON),
    )


def closed_to(user: Any) -> list[str]:
    """What this person cannot see, each in a sentence; a narrower scope says where it ends."""
    return [sentence for permission in CLOSED if (sentence := _closed(user, permission))]


def _closed(user: Any, permission: str) -> str:
    scope = scope_of(user, permission)
    if scope.everywhere:
        return ""
    if not scope:
        return f"{CLOSED[permission]}."
    names = sorted({grant.scope_name for grant in grants_with(user, permission)})
    return f"{CLOSED[permission]}, outside {' and '.join(names)}."
