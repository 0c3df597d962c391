"""Posts on one day, counted: by kind, by borough and for London. A post that boroughs share is one post."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from boroughs.models import Borough, Post
from boroughs.models.borough import LASTING, GroupingMembership
from boroughs.models.post import PostKind, PostQuerySet, PostStatus
from contest_portal.core.quarters import Quarter
from contest_portal.ui.formats import number

ZERO = Decimal(0)
# Boroughs named one by one in a sentence; more are counted.
MOST_NAMED = 6
# What fewer boroughs have is read in the table.
LEAST_OF_GROUPING = 5


@dataclass(frozen=True)
class BoroughStaff:
    """What one borough has. A shared post is one of its posts, and its FTE here is its share."""

    borough: Borough
    posts: int
    fte: Decimal
    over_quarter: Decimal
    vacant: int
    shared_with: tuple[str, ...]


@dataclass(frozen=True)
class KindStaff:
    label: str
    posts: int
    fte: Decimal
    vacant: int
    covered: int


@dataclass(frozen=True)
class Staffing:
    """Of the posts of one kind, or of all of them."""

    day: dt.date
    quarter: Quarter
    posts: tuple[Post, ...]
    boroughs: tuple[BoroughStaff, ...]
    kinds: tuple[KindStaff, ...]
    over_quarter: Decimal
    groupings: tuple[tuple[str, frozenset[str]], ...]

    @property
    def fte(self) -> Decimal:
        return sum((post.fte for post in self.posts), ZERO)

    @property
    def vacant(self) -> int:
        return sum(post.status != PostStatus.FILLED for post in self.posts)

    @property
    def covered(self) -> list[BoroughStaff]:
        return [row for row in self.boroughs if row.posts]

    @property
    def shared(self) -> int:
        return sum(len(post.shares_then) > 1 for post in self.posts)

    @property
    def coverage(self) -> str:
        """All 32 boroughs that the Met polices, and not the City of London."""
        met = [row for row in self.boroughs if not row.borough.is_the_city]
        has_city = any(row.posts for row in self.boroughs if row.borough.is_the_city)
        covered = sum(row.posts > 0 for row in met)
        words = f"all {len(met)} boroughs" if covered == len(met) else f"{covered} of {len(met)} boroughs"
        return f"{words} and the City of London" if has_city else words

    @property
    def sentence(self) -> str:
        """44 posts, 2 of them not filled, over all 32 boroughs."""
        count = len(self.posts)
        if not count:
            return "No post is recorded"
        filled = "all filled" if not self.vacant else f"{number(self.vacant)} of them not filled"
        part = "" if self.fte == count else f" ({number(self.fte)} full-time equivalent)"
        return f"{number(count)} {'post' if count == 1 else 'posts'}{part}, {filled}, over {self.coverage}"

    @property
    def variation(self) -> str:
        """What a mean would hide: who has most, who shares, and who has nothing."""
        if not self.covered:
            return "No borough has a share of these posts."
        most = max(row.fte for row in self.covered)
        top = [row.borough.name for row in self.covered if row.fte == most]
        sharing = sum(bool(row.shared_with) for row in self.covered)
        said = [f"A borough has up to {number(most)} ({_named(top)})"]
        if sharing:
            said.append(f"{sharing} share a post with others")
        if without := len(self.boroughs) - len(self.covered):
            said.append(f"{without} of {len(self.boroughs)} areas {'has' if without == 1 else 'have'} none")
        return f"{'; '.join(said)}."

    @property
    def of_groupings(self) -> list[str]:
        """Olympic host boroughs, all six: each has 3."""
        fte = {row.borough.pk: row.fte for row in self.boroughs}
        return [_within(name, [fte[code] for code in members if code in fte]) for name, members in self.groupings]


def staffing(posts: PostQuerySet, day: dt.date, kinds: Iterable[str] = ()) -> Staffing:
    """A fixed number of queries. `kinds` narrows all of it; none of them means every kind."""
    quarter, chosen = Quarter.of(day), set(kinds)
    rows = posts.within(quarter.start, quarter.end).with_shares_on(day)
    everything = list(rows.prefetch_related("allocations"))
    wanted = [post for post in everything if not chosen or post.kind in chosen]
    now = [post for post in wanted if post.holds_on(day)]
    boroughs = list(Borough.objects.all())
    groupings: dict[str, set[str]] = defaultdict(set)
    members = GroupingMembership.objects.on(day).exclude(grouping_id__in=LASTING).select_related("grouping")
    for member in members.order_by("grouping__name"):
        groupings[member.grouping.name].add(member.borough_id)
    named = ((name, frozenset(codes)) for name, codes in groupings.items() if len(codes) >= LEAST_OF_GROUPING)
    return Staffing(
        day,
        quarter,
        tuple(now),
        tuple(_borough(borough, now, wanted, quarter) for borough in boroughs),
        tuple(_kinds([post for post in everything if post.holds_on(day)])),
        sum((post.weighted_fte(quarter.start, quarter.end) for post in wanted), ZERO),
        tuple(named),
    )


def _borough(borough: Borough, now: list[Post], wanted: list[Post], quarter: Quarter) -> BoroughStaff:
    here = [post for post in now if any(row.borough_id == borough.pk for row in post.shares_then)]
    rows = [row for post in here for row in post.shares_then]
    others = {row.borough.name for row in rows if row.borough_id != borough.pk}
    parts = (post.weighted_share(borough, quarter.start, quarter.end) for post in wanted)
    return BoroughStaff(
        borough,
        len(here),
        sum((row.share for row in rows if row.borough_id == borough.pk), ZERO),
        sum(parts, ZERO),
        sum(post.status != PostStatus.FILLED for post in here),
        tuple(sorted(others)),
    )


def _kinds(posts: list[Post]) -> Iterable[KindStaff]:
    for kind in PostKind:
        found = [post for post in posts if post.kind == kind]
        if found:
            covered = {row.borough_id for post in found for row in post.shares_then}
            vacant = sum(post.status != PostStatus.FILLED for post in found)
            yield KindStaff(kind.label, len(found), sum((post.fte for post in found), ZERO), vacant, len(covered))


def _named(names: list[str]) -> str:
    if len(names) == 1:
        return names[0]
    if len(names) <= MOST_NAMED:
        return f"{', '.join(names[:-1])} and {names[-1]}"
    return f"{len(names)} of them"


def _within(name: str, found: list[Decimal]) -> str:
    least, most = min(found, default=ZERO), max(found, default=ZERO)
    if least == most:
        return f"{name}: each has {number(most)}." if most else f"{name}: none has any."
    return f"{name}: from {number(least)} to {number(most)}."
