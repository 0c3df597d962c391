"""What a person may do, and where: one query for all their live grants, then plain sets.

The only module that imports guardian, which carries the named exceptions: one record or paper, opened to one person.
"""

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils import timezone
from guardian.models import GroupObjectPermissionBase, UserObjectPermissionBase
from guardian.shortcuts import assign_perm, get_objects_for_user, get_users_with_perms, remove_perm

from contest_portal.access.models import Grant, ScopeKind
from contest_portal.access.roles import LONDON, ROLES, SIGNED_IN


@dataclass(frozen=True)
class Scope:
    """Where one permission reaches. False when it reaches nowhere."""

    everywhere: bool = False
    boroughs: frozenset[str] = frozenset()
    strands: frozenset[str] = frozenset()
    boards: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return self.everywhere or bool(self.boroughs or self.strands or self.boards)


NOWHERE = Scope()


def live_grants(user: Any) -> list[Grant]:
    """The person's grants of today. Read once for each User object, which lives as long as a request or task."""
    if not user.is_authenticated or not user.is_active:
        return []
    if not hasattr(user, "_live_grants"):
        user._live_grants = list(Grant.objects.live_on(timezone.localdate()).filter(user_id=user.pk))
    return user._live_grants


def scope_of(user: Any, permission: str) -> Scope:
    grants = [grant for grant in live_grants(user) if permission in ROLES[grant.role].permissions]
    if not grants:
        return NOWHERE
    keys = {
        kind: frozenset(grant.scope_key for grant in grants if grant.scope_kind == kind) for kind in ScopeKind.values
    }
    everywhere = permission in LONDON or bool(keys[ScopeKind.ALL])
    return Scope(everywhere, keys[ScopeKind.BOROUGH], keys[ScopeKind.STRAND], keys[ScopeKind.BOARD])


def may(user: Any, permission: str) -> bool:
    if permission == SIGNED_IN:
        return bool(user.is_authenticated and user.is_active)
    return bool(scope_of(user, permission))


class NamedException(UserObjectPermissionBase):
    """Base of a model's own table of named exceptions. `content_object` is its foreign key to that model."""

    recorded_in_ledger = True

    class Meta(UserObjectPermissionBase.Meta):
        abstract = True


class GroupException(GroupObjectPermissionBase):
    """guardian wants the pair; the portal has no groups, and grants none."""

    recorded_in_ledger = True

    class Meta(GroupObjectPermissionBase.Meta):
        abstract = True


def open_to(user: Any, record: models.Model, permission: str) -> None:
    assign_perm(permission, user, record)


def close_to(user: Any, record: models.Model, permission: str) -> None:
    remove_perm(permission, user, record)


def people_let_in(record: models.Model, permission: str) -> Any:
    people: Any = get_users_with_perms(record, only_with_perms_in=[permission], with_group_users=False)
    return people.order_by("name")


def opened_to(user: Any, model: type[models.Model], permission: str) -> Any:
    """Primary keys of the rows of `model` that were opened to this person by name, as a subquery."""
    rows = get_objects_for_user(
        user,
        permission,
        klass=model._default_manager.all(),
        use_groups=False,
        with_superuser=False,
        accept_global_perms=False,
    )
    return rows.order_by().values("pk")
