"""Posts as they come, change and are shared. Shares of days that are over stay as they were."""

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.db import transaction

from boroughs.models import Borough, Post, PostAllocation
from contest_portal.audit.acting import acting
from contest_portal.core.refusal import Refused

Shares = Mapping[Borough, Decimal]


@transaction.atomic
def add_posts(posts: Iterable[Post], shares: Shares, *, by: Any) -> list[Post]:
    """Each with the same shares, from its first day on. A post that no borough shares works for all of London."""
    made = list(posts)
    with acting(by):
        for post in made:
            _check(post, shares)
            post.save()
            _share(post, shares, post.starts)
    return made


@transaction.atomic
def change_post(post: Post, *, reason: str, by: Any) -> Post:
    with acting(by, reason=reason):
        post.save()
    return post


@transaction.atomic
def share_post(post: Post, shares: Shares, *, day: dt.date, reason: str, seen: str, by: Any) -> Post:
    """From that day on. What held before ends the day before; what was agreed for later days is replaced."""
    found = Post.objects.select_for_update(of=("self",)).get(pk=post.pk)
    if found.shares_seen() != seen:
        raise Refused(f"Somebody changed the shares of {found} after you opened it. Look at them again.")
    _check(found, shares)
    with acting(by, reason=reason):
        for row in list(found.allocations.all()):
            if row.starts is not None and row.starts >= day:
                row.delete()
            elif row.ends is None or row.ends >= day:
                row.ends = day - dt.timedelta(days=1)
                row.save()
        _share(found, shares, day)
    return found


def _share(post: Post, shares: Shares, day: dt.date | None) -> None:
    for borough, share in shares.items():
        PostAllocation(post=post, borough=borough, share=share, starts=day).save()


def _check(post: Post, shares: Shares) -> None:
    if shares and sum(shares.values()) != post.fte:
        raise Refused(f"The shares of {post} must add up to its {post.fte} full-time equivalent.")
