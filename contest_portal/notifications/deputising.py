"""Naming a deputy for leave, and ending it. Both people are told."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from contest_portal.access.grants import LENDING_ROLE
from contest_portal.access.models import Deputy, Grant, ScopeKind
from contest_portal.accounts.models import User
from contest_portal.core.refusal import Refused
from contest_portal.notifications.telling import tell
from contest_portal.ui.formats import day

_LEADS = Q(role=LENDING_ROLE, scope_kind=ScopeKind.BOROUGH)


def colleagues_of(user: Any) -> list[User]:
    """The person and those who lead in the same boroughs: for any of them a deputy can be named."""
    own = Grant.objects.live_on(timezone.localdate()).filter(_LEADS)
    boroughs = own.filter(user_id=user.pk).values("scope_key")
    people = User.objects.active().filter(Q(pk=user.pk) | Q(pk__in=own.filter(scope_key__in=boroughs).values("user")))
    return sorted(people, key=lambda found: (found.pk != user.pk, found.name))


def person_with(email: str) -> User | None:
    return User.objects.active().filter(email__iexact=email).first()


def why_not_deputy(person: User, deputy: User) -> str:
    """Why this deputy cannot stand in for the person, in a sentence; empty when they can.

    A deputy is somebody who was let in already: on the staff of the same borough, or the lead of another one; for
    people with any other role, somebody with the same role. So nobody enters the portal by being named.
    """
    if person.pk == deputy.pk:
        return "A deputy is somebody else."
    live = Grant.objects.live_on(timezone.localdate())
    lends = live.filter(_LEADS, user=person)
    if lends.exists():
        same = Q(role="borough_reader", scope_kind=ScopeKind.BOROUGH, scope_key__in=lends.values("scope_key"))
        fits = live.filter(_LEADS | same, user=deputy).exists()
        return "" if fits else f"{deputy} has no role in this borough and leads no other one. Choose somebody who does."
    roles = set(live.filter(user=person).values_list("role", "scope_kind", "scope_key"))
    theirs = set(live.filter(user=deputy).values_list("role", "scope_kind", "scope_key"))
    return "" if roles & theirs else f"{deputy} does not have the same role. Choose somebody who does."


@transaction.atomic
def name_deputy(person: User, deputy: User, *, starts: dt.date, ends: dt.date, reason: str, by: User) -> Deputy:
    if by not in colleagues_of(person):
        raise Refused(f"Only {person}, or somebody who leads in the same borough, names a deputy for {person}.")
    if refusal := why_not_deputy(person, deputy) or _why_not_then(person, starts, ends):
        raise Refused(refusal)
    named = Deputy(person=person, deputy=deputy, starts=starts, ends=ends, reason=reason, named_by=by)
    named.save()
    text = f"{deputy} stands in for {person} from {day(starts)} to {day(ends)}. Named by {by}."
    tell([person, deputy], f"{deputy} is deputy for {person}", text, link="/account/deputies/", about="deputy")
    return named


def _why_not_then(person: User, starts: dt.date, ends: dt.date) -> str:
    if ends < max(starts, timezone.localdate()):
        return "The last day must be today or later, and not before the first day."
    if ends - starts > Deputy.LONGEST:
        return f"A deputy is named for {Deputy.LONGEST.days} days at most. Name them again when that is over."
    # Two who name at once wait for each other here.
    User.objects.select_for_update().get(pk=person.pk)
    taken = Deputy.objects.filter(person=person, starts__lte=ends, ends__gte=starts).select_related("deputy").first()
    return f"{taken.deputy} is the deputy until {day(taken.ends)} already. End that first." if taken else ""


@transaction.atomic
def end_deputy(found: Deputy, *, by: User) -> None:
    """From now on. What has not begun, or began today, is as if it had not been; its history stays."""
    today = timezone.localdate()
    if found.ends < today:
        raise Refused("It is over already.")
    people, text = (
        [found.person, found.deputy],
        f"{found.deputy} no longer stands in for {found.person}. Ended by {by}.",
    )
    found.change_reason = "Ended early"
    if found.starts < today:
        found.ends = today - dt.timedelta(days=1)
        found.save()
    else:
        found.delete()
    tell(people, f"{people[1]} is no longer deputy for {people[0]}", text, link="/account/deputies/", about="deputy")
