"""Money behind the posts: what each line is worth, and where it or a post comes to an end."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from boroughs.models import FundingLine, Post
from boroughs.models.funding import WARNING_DAYS, FundingLineQuerySet, in_days
from boroughs.models.post import PostQuerySet
from contest_portal.core.quarters import Quarter
from contest_portal.ui.formats import day as in_words
from contest_portal.ui.formats import number, pounds

ZERO = Decimal(0)
MILLION, TENTH = Decimal(1_000_000), Decimal("0.1")


def short_pounds(amount: Decimal) -> str:
    """£0.7m where that is exact, else the whole amount: a rounded number would be another number."""
    millions = amount / MILLION
    exact = millions.quantize(TENTH)
    return f"£{exact.normalize():f}m" if amount and exact == millions else pounds(amount)


@dataclass(frozen=True)
class MoneyLine:
    line: FundingLine
    posts: tuple[Post, ...]
    warning: str

    @property
    def fte(self) -> Decimal:
        return sum((post.fte for post in self.posts), ZERO)

    @property
    def posts_words(self) -> str:
        """68 posts, or 66 of the 68 posts that it covers."""
        covered, recorded = self.line.posts_covered, len(self.posts)
        noun = "post" if (recorded if covered is None else covered) == 1 else "posts"
        if covered is None or covered == recorded:
            return f"{number(recorded)} {noun}"
        return f"{number(recorded)} recorded of the {number(covered)} {noun} that it covers"

    @property
    def sentence(self) -> str:
        """£0.7m is expected in 2011/12 for 10 posts. Of this, £0.5m is confirmed, to 31 December 2011."""
        line = self.line
        said = (
            f"{line.grant}: {short_pounds(line.expected)} is expected in {line.financial_year} for {self.posts_words}."
        )
        if not line.confirmed:
            return f"{said} None of it is confirmed."
        until = f"to {in_words(line.confirmed_until)}"
        if not line.unconfirmed:
            return f"{said} All of it is confirmed, {until}."
        return f"{said} Of this, {short_pounds(line.confirmed)} is confirmed, {until}."


@dataclass(frozen=True)
class Cliff:
    """Something that ends soon, or has ended, while posts hang on it."""

    day: dt.date | None
    words: str
    url: str


@dataclass(frozen=True)
class Money:
    lines: tuple[MoneyLine, ...]
    cliffs: tuple[Cliff, ...]

    def total(self, name: str) -> Decimal:
        return sum((getattr(row.line, name) for row in self.lines), ZERO)

    @property
    def totals(self) -> dict[str, Decimal]:
        names = ("expected", "confirmed", "unconfirmed", "claimed", "received")
        return {name: self.total(name) for name in names}


def money(found: FundingLineQuerySet, paid: PostQuerySet, day: dt.date) -> Money:
    """The lines of that day's financial year, and those of the year after that are known already."""
    years = [Quarter.of(day).financial_year, Quarter.of(day).shifted(4).financial_year]
    lines = list(
        found.filter(financial_year__in=years)
        .select_related("funder", "borough")
        .order_by("financial_year", "borough__name", "grant")
    )
    posts = list(paid.on(day).select_related("funded_by"))
    rows = [
        MoneyLine(line, tuple(post for post in posts if post.funded_by_id == line.pk), line.warning_on(day))
        for line in lines
    ]
    cliffs = sorted([*_lines(rows), *_posts(posts, day)], key=lambda cliff: (cliff.day or day, cliff.words))
    return Money(tuple(rows), tuple(cliffs))


def _lines(rows: list[MoneyLine]) -> Iterator[Cliff]:
    for row in rows:
        if row.warning:
            paid = f" {row.posts_words[:1].upper()}{row.posts_words[1:]} are paid from it." if row.posts else ""
            where = f"{row.line}, {row.line.borough}" if row.line.borough else str(row.line)
            yield Cliff(row.line.confirmed_until, f"{where}: {row.warning}{paid}", row.line.get_absolute_url())


def _posts(posts: list[Post], day: dt.date) -> Iterator[Cliff]:
    """Posts that end, and those that are still paid from a grant of a year that is over."""
    year = Quarter.of(day).financial_year
    over: dict[FundingLine, int] = {}
    for post in posts:
        if post.ends is not None and (post.ends - day).days <= WARNING_DAYS:
            words = f"{post} ends on {in_words(post.ends)}, {in_days((post.ends - day).days)}."
            yield Cliff(post.ends, words, post.get_absolute_url())
        if post.funded_by is not None and post.funded_by.financial_year < year:
            over[post.funded_by] = over.get(post.funded_by, 0) + 1
    for line, count in over.items():
        are = "post is" if count == 1 else "posts are"
        words = f"{count} {are} still paid from {line}, and that year is over."
        yield Cliff(line.confirmed_until, words, line.get_absolute_url())
