"""What the portal knows of a borough's quarter besides its activities: posts, money, and what is planned next."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q

from boroughs.models import FundingLine, Post, PostAllocation
from contest_portal.core.quarters import Quarter
from contest_portal.ui.formats import day, number, pounds
from reports.models.quarterly_return import QuarterlyReturn
from strands.models import Activity
from strands.models.activity import Status

# Labels of the facts, in the order in which a return shows them.
FACTS = {"posts": "Posts", "vacancies": "Posts not filled", "funding": "Funding", "plan": "Planned next"}
MOST_TITLES = 12


@dataclass(frozen=True)
class OwnPosts:
    """The borough's part in posts over one quarter. A shared post is one post, and the borough has its share of it."""

    fte: Decimal
    posts: tuple[Post, ...]
    unsettled: tuple[Post, ...]

    @property
    def empty(self) -> list[Post]:
        return [post for post in self.posts if post.status != "filled"]

    @property
    def words(self) -> str:
        if not self.posts:
            return "None"
        count = len(self.posts)
        return f"{number(self.fte)} full-time equivalent{'' if self.fte == 1 else 's'} in {count} post{_s(count)}"


def own_posts(borough: str, quarter: Quarter) -> OwnPosts:
    """Shares weighted by the days of the quarter on which they held, to two places."""
    held = PostAllocation.objects.filter(_overlaps(quarter), borough=borough).select_related("post")
    rows = [row for row in held if _days(row, quarter) > 0]
    whole = Decimal((quarter.end - quarter.start).days + 1)
    fte = sum((row.share * _days(row, quarter) / whole for row in rows), Decimal(0))
    posts = {row.post_id: row.post for row in sorted(rows, key=lambda row: row.post.number)}
    return OwnPosts(fte.quantize(Decimal("0.01")), tuple(posts.values()), _unsettled(posts, quarter.end))


def _overlaps(quarter: Quarter) -> Q:
    begun = Q(starts__isnull=True) | Q(starts__lte=quarter.end)
    return begun & (Q(ends__isnull=True) | Q(ends__gte=quarter.start))


def _days(row: PostAllocation, quarter: Quarter) -> int:
    """Days of the quarter on which the share held and the post was there; both ends count."""
    first = max(filter(None, [row.starts, row.post.starts, quarter.start]))
    last = min(filter(None, [row.ends, row.post.ends, quarter.end]))
    return max(0, (last - first).days + 1)


def _unsettled(posts: dict[int, Post], on: dt.date) -> tuple[Post, ...]:
    """Those whose shares on that day do not add up to the post."""
    sums: dict[int, Decimal] = {}
    for row in PostAllocation.objects.on(on).filter(post__in=posts):
        sums[row.post_id] = sums.get(row.post_id, Decimal(0)) + row.share
    return tuple(post for key, post in posts.items() if key in sums and sums[key] != post.fte)


def own_funding(borough: str, quarter: Quarter) -> list[FundingLine]:
    """The lines of the borough's own for the year. Lines for all of London are nobody's to confirm here."""
    rows = FundingLine.objects.filter(borough=borough, financial_year=quarter.financial_year)
    return list(rows.order_by("grant", "pk"))


def planned_next(borough: str, quarter: Quarter) -> list[Activity]:
    """What is planned for the quarter after this one. OFFICIAL ones alone: it is read with the return."""
    rows = Activity.objects.in_quarter(quarter.next()).in_borough(borough).official()
    return list(rows.filter(status=Status.PLANNED).order_by("starts", "reference"))


def facts_now(quarterly_return: QuarterlyReturn) -> dict[str, str]:
    """In words, by key; what a submission freezes beside the lines."""
    borough, quarter = quarterly_return.borough_id, quarterly_return.quarter
    posts = own_posts(borough, quarter)
    return {
        "posts": posts.words,
        "vacancies": _listed(str(post) for post in posts.empty),
        "funding": _listed((_money(line) for line in own_funding(borough, quarter)), "; "),
        "plan": _listed((activity.title for activity in planned_next(borough, quarter)), "; "),
    }


def _money(line: FundingLine) -> str:
    until = f", confirmed until {day(line.confirmed_until)}" if line.confirmed_until else ", none of it confirmed"
    return f"{line.grant}: {pounds(line.confirmed)} of {pounds(line.expected)}{until}"


def _listed(items: Iterable[str], between: str = ", ") -> str:
    """At most as many as fit on a page, and how many more there are."""
    found = list(items)
    more = len(found) - MOST_TITLES
    shown = between.join(found[:MOST_TITLES])
    return (f"{shown} and {more} more" if more > 0 else shown) or "None"


def _s(count: int) -> str:
    return "" if count == 1 else "s"
