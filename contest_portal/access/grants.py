"""What a person may do, and where: one query for all their live grants, then plain sets.

The only module that imports guardian, which carries the named exceptions: one record or paper, opened to one person.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import connection, models
from django.utils import timezone
from guardian.models import GroupObjectPermissionBase, UserObjectPermissionBase
from guardian.shortcuts import assign_perm, get_users_with_perms, remove_perm
from guardian.utils import get_user_obj_perms_model

from contest_portal.access.models import Grant, ScopeKind
from contest_portal.access.roles import LONDON, ROLES, SIGNED_IN, roles_with
from contest_portal.accounts.models import User
from contest_portal.core.conditions import NOTHING


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


# What a deputy may do in the place of a person on leave. Letting others in by name stays with the person.
LENT = frozenset(
    {
        "activity.list",
        "activity.read",
        "activity.sensitive",
        "activity.log",
        "return.read",
        "return.submit",
        "return.accept",
        "return.send_back",
        "comment.write",
    }
)
# The role whose grants are lent.
LENDING_ROLE = "borough_lead"
# Nobody reads this as a deputy who has no such right of their own anywhere.
OWN_FIRST = frozenset({"activity.sensitive"})


@dataclass
class _Rights:
    """What is known of one person: their live grants, of which models anything was opened to them by name, and the
    scopes that were worked out so far."""

    grants: list[Grant]
    opened: set[Any]
    scopes: dict[str, Scope]


def _rights(user: Any) -> _Rights:
    """Read once for each User object, which lives as long as a request or task."""
    if not user.is_authenticated or not user.is_active:
        return _Rights([], set(), {})
    if not hasattr(user, "_rights"):
        user._rights = _in_force(user)
    return user._rights


def live_grants(user: Any) -> list[Grant]:
    """The person's grants of today, and those of people on leave for whom they are the deputy."""
    return _rights(user).grants


# In words of its own, since every request asks it: building it from querysets takes twelve times as long.
_IN_FORCE = """
SELECT opened.*, given.* FROM (SELECT {opened}) AS opened LEFT JOIN access_grant AS given
ON %(today)s BETWEEN given.starts AND given.ends
  AND (given.user_id = %(user)s OR given.role = %(lending_role)s AND given.user_id IN (
    SELECT cover.person_id FROM access_deputy AS cover
    JOIN accounts_user AS person ON person.id = cover.person_id AND person.is_active
    WHERE cover.deputy_id = %(user)s AND %(today)s BETWEEN cover.starts AND cover.ends))
ORDER BY given.user_id <> %(user)s, given.role, given.scope_name
"""


def _in_force(user: Any) -> _Rights:
    exceptions, asked_of_each = _named_exceptions()
    asked = {"today": timezone.localdate(), "user": user.pk, "lending_role": LENDING_ROLE}
    with connection.cursor() as cursor:
        cursor.execute(_IN_FORCE.format(opened=asked_of_each), asked)
        columns = [column.name for column in cursor.description][len(exceptions) :]
        rows = cursor.fetchall()
    opened = {model for model, is_any in zip(exceptions, rows[0], strict=False) if is_any}
    given = [row[len(exceptions) :] for row in rows]
    # Whoever has no grant has a row without one.
    grants = [Grant.from_db(connection.alias, columns, row) for row in given if any(row)]
    for grant in grants:
        if grant.user_id == user.pk:
            grant.user = user
    models.prefetch_related_objects([grant for grant in grants if grant.user_id != user.pk], "user")
    return _Rights(grants, opened, {})


@cache
def _named_exceptions() -> tuple[list[Any], str]:
    """The models that have named exceptions, and what asks of each whether the person has any."""
    kinds: list[Any] = NamedException.__subclasses__()
    tables = {each._meta.get_field("content_object").related_model: each for each in kinds}
    found = [f"EXISTS (SELECT FROM {each._meta.db_table} WHERE user_id = %(user)s)" for each in tables.values()]
    return list(tables), ", ".join(found)


def rights_of(user: Any) -> str:
    """Changes with what the person may read by their roles."""
    grants = sorted(f"{grant.role} {grant.scope_kind} {grant.scope_key}" for grant in live_grants(user))
    return "; ".join(grants)


def lent_grants(user: Any) -> list[Grant]:
    return [grant for grant in live_grants(user) if grant.user_id != user.pk]


def grants_with(user: Any, permission: str) -> list[Grant]:
    """The live grants that give the person this permission, their own or as a deputy."""
    found = [grant for grant in live_grants(user) if permission in ROLES[grant.role].permissions]
    own = [grant for grant in found if grant.user_id == user.pk]
    lends = permission in LENT and (bool(own) or permission not in OWN_FIRST)
    return found if lends else own


def stands_in_for(user: Any, permission: str, *, borough: str) -> Any:
    """The person on leave whose right it is there; None when it is the user's own, or nobody's."""
    scopes = {ScopeKind.BOROUGH: borough, ScopeKind.ALL: ""}
    found = [
        grant for grant in grants_with(user, permission) if scopes.get(ScopeKind(grant.scope_kind)) == grant.scope_key
    ]
    if not found or any(grant.user_id == user.pk for grant in found):
        return None
    return found[0].user


def holders_of(permission: str, *, borough: str = "") -> list[User]:
    """Who holds a permission today, found by role and scope: for that borough, or without one beyond any borough."""
    grants = Grant.objects.live_on(timezone.localdate()).filter(role__in=roles_with(permission))
    if borough:
        grants = grants.filter(scope_kind=ScopeKind.BOROUGH, scope_key=borough)
    else:
        grants = grants.exclude(scope_kind=ScopeKind.BOROUGH)
    return list(User.objects.active().filter(pk__in=grants.values("user_id")).order_by("name"))


def holders_in(permission: str, boroughs: Iterable[str]) -> dict[str, list[User]]:
    """The same for many boroughs in one query. A borough that nobody holds it for has an empty list."""
    found: dict[str, list[User]] = {code: [] for code in boroughs}
    grants = Grant.objects.live_on(timezone.localdate()).filter(role__in=roles_with(permission), user__is_active=True)
    rows = grants.filter(scope_kind=ScopeKind.BOROUGH, scope_key__in=found).select_related("user")
    for grant in rows.order_by("user__name"):
        if grant.user not in found[grant.scope_key]:
            found[grant.scope_key].append(grant.user)
    return found


def scope_of(user: Any, permission: str) -> Scope:
    """Worked out once for each permission, from grants that are read once: a page asks dozens of times."""
    rights = _rights(user)
    if not rights.grants:
        return NOWHERE
    if permission not in rights.scopes:
        rights.scopes[permission] = _scope(grants_with(user, permission), permission)
    return rights.scopes[permission]


def _scope(grants: list[Grant], permission: str) -> Scope:
    if not grants:
        return NOWHERE
    keys = {kind: frozenset(grant.scope_key for grant in grants if grant.scope_kind == kind) for kind in ScopeKind}
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
    _rights(user).opened.add(type(record))


def close_to(user: Any, record: models.Model, permission: str) -> None:
    remove_perm(permission, user, record)


def people_let_in(record: models.Model, permission: str) -> Any:
    people: Any = get_users_with_perms(record, only_with_perms_in=[permission], with_group_users=False)
    return people.order_by("name")


def opened_to(user: Any, model: type[models.Model], permission: str) -> models.Q:
    """The condition that a row of `model` was opened to this person by name. Nearly nobody has any."""
    if model not in _rights(user).opened:
        return NOTHING
    return models.Q(pk__in=keys_opened_to(user, model, permission))


def keys_opened_to(user: Any, model: type[models.Model], permission: str) -> Any:
    """Straight from the exceptions: guardian's own way joins the rows themselves, and takes longer to build."""
    rows = _exceptions(model).filter(user_id=user.pk, permission__codename=permission)
    return rows.values_list("content_object_id", flat=True)


@cache
def _exceptions(model: Any) -> Any:
    return get_user_obj_perms_model(model)._default_manager.all()
