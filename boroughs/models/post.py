import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Count, Prefetch, Q, Sum

from boroughs.models.borough import Borough, DatedTrackedQuerySet
from boroughs.models.organisation import Organisation
from contest_portal.access.grants import scope_of
from contest_portal.audit.models import TrackedModel
from contest_portal.core.addresses import address
from contest_portal.core.dated import Dated


class PostKind(models.TextChoices):
    """Spelled out: the letters PEO stand for two different posts."""

    ENGAGEMENT_OFFICER = "prevent_engagement_officer", "Prevent engagement officer (police)"
    EDUCATION_OFFICER = "prevent_education_officer", "Prevent education officer (council)"
    COORDINATOR = "prevent_coordinator", "Prevent co-ordinator (council)"
    CHANNEL_COORDINATOR = "channel_coordinator", "Channel co-ordinator"
    PREVENT_POLICE = "prevent_police", "Other Prevent post (police)"
    SECURITY_ADVISER = "security_adviser", "Counter-terrorism security adviser"

    @property
    def strand(self) -> str:
        """Key of the strand whose lead keeps posts of this kind."""
        return "protect" if self == PostKind.SECURITY_ADVISER else "prevent"

    @property
    def is_police(self) -> bool:
        return self not in (PostKind.EDUCATION_OFFICER, PostKind.COORDINATOR)


class PostStatus(models.TextChoices):
    FILLED = "filled", "Filled"
    VACANT = "vacant", "Vacant"
    RECRUITING = "recruiting", "Recruiting"

    @property
    def colour(self) -> str:
        return {"filled": "green", "vacant": "orange", "recruiting": "blue"}[self.value]


class PostQuerySet(DatedTrackedQuerySet):
    def visible_to(self, user: Any) -> "PostQuerySet":
        return self if scope_of(user, "borough.read").everywhere else self.none()

    def editable_by(self, user: Any) -> "PostQuerySet":
        """A borough's lead keeps those of its council, a strand lead those of the strand, a secretary all of them."""
        scope = scope_of(user, "resource.edit")
        if scope.everywhere or scope.boards:
            return self.visible_to(user)
        kinds = [kind for kind in PostKind if kind.strand in scope.strands]
        own = Q(kind__in=kinds) | Q(employer__borough__in=scope.boroughs)
        return self.visible_to(user).filter(own)

    def within(self, first: dt.date, last: dt.date) -> "PostQuerySet":
        """Those of any day from the first to the last."""
        begun, going = Q(starts__isnull=True) | Q(starts__lte=last), Q(ends__isnull=True) | Q(ends__gte=first)
        return self.filter(begun, going)

    def shared_by(self, codes: Collection[str], day: dt.date) -> "PostQuerySet":
        """Those of which one of these boroughs has a share on that day."""
        shares = PostAllocation.objects.on(day).filter(borough__in=codes)
        return self.filter(pk__in=shares.values("post_id"))

    def in_detail(self) -> "PostQuerySet":
        return self.select_related("employer", "funded_by")

    def with_shares_on(self, day: dt.date) -> "PostQuerySet":
        """Each with `shares_then`, largest first."""
        shares = PostAllocation.objects.on(day).select_related("borough").order_by("-share", "borough__name")
        return self.prefetch_related(Prefetch("allocations", shares, to_attr="shares_then"))

    def in_london(self, day: dt.date) -> "PostsInLondon":
        """All posts of that day. Each is counted once, however many boroughs share it."""
        found = self.on(day).aggregate(posts=Count("pk"), fte=Sum("fte", default=Decimal(0)))
        return PostsInLondon(**found)

    def serving(self, borough: Borough, day: dt.date) -> "list[PostHere]":
        """Posts of which the borough has a share on that day. A shared post is one post in each of its boroughs."""
        posts = self.on(day).shared_by([borough.pk], day).in_detail().with_shares_on(day)
        return [PostHere.of(post, borough) for post in posts]


class Post(TrackedModel, Dated):
    """A post, apart from whoever holds it: numbers, never names."""

    number = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=30, choices=PostKind.choices)
    employer = models.ForeignKey(Organisation, models.PROTECT, related_name="posts")
    fte = models.DecimalField("full-time equivalent", max_digits=3, decimal_places=2)
    status = models.CharField(max_length=12, choices=PostStatus.choices)
    funded_by = models.ForeignKey("boroughs.FundingLine", models.PROTECT, null=True, blank=True, related_name="posts")

    objects = PostQuerySet.as_manager()

    shares_then: "list[PostAllocation]"

    class Meta:
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.number} {self.get_kind_display()}"

    def get_absolute_url(self) -> str:
        return address("post", self.pk)

    @classmethod
    def taken(cls, numbers: Collection[str]) -> str:
        """The first of these numbers that another post has; empty when they are all free."""
        return cls.objects.filter(number__in=numbers).order_by("number").values_list("number", flat=True).first() or ""

    @property
    def state(self) -> PostStatus:
        return PostStatus(self.status)

    def shares_seen(self) -> str:
        """What a page showed of its shares, so that somebody else's change is noticed."""
        rows = self.allocations.order_by("pk").values_list("pk", "version")
        return ",".join(f"{key}:{version}" for key, version in rows) or "none"

    def shares_on(self, day: dt.date) -> Decimal:
        """Sum of the boroughs' shares on that day, which must equal `fte`."""
        return sum((row.share for row in self.allocations.on(day)), Decimal(0))

    def weighted_share(self, borough: Borough, first: dt.date, last: dt.date) -> Decimal:
        """The borough's share over a span of days, each day counting alike: a change half-way gives the mean.

        The shares of all its boroughs add up to the post's own; heads are counted by posts, never by shares.
        """
        rows = [row for row in self.allocations.all() if row.borough_id == borough.pk]
        return weighted(self, [(row, row.share) for row in rows], first, last)

    def weighted_fte(self, first: dt.date, last: dt.date) -> Decimal:
        """Of the post itself, whatever its shares: a post that ends half-way counts half."""
        return weighted(self, [(self, self.fte)], first, last)


class PostAllocation(TrackedModel, Dated):
    """A borough's share of a post, in full-time equivalents."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="allocations")
    borough = models.ForeignKey(Borough, models.PROTECT, related_name="post_allocations")
    share = models.DecimalField(
        max_digits=3, decimal_places=2, validators=[MinValueValidator(Decimal("0.01")), MaxValueValidator(Decimal(1))]
    )

    objects = DatedTrackedQuerySet.as_manager()

    class Meta:
        verbose_name = "share of a post"

    def __str__(self) -> str:
        return f"{self.share} of {self.post} in {self.borough}"


def weighted(post: Post, parts: Iterable[tuple[Dated, Decimal]], first: dt.date, last: dt.date) -> Decimal:
    """Each part by the days on which it and the post held, of all days from `first` to `last`."""
    begin, end = max(post.starts or first, first), min(post.ends or last, last)
    days = (last - first).days + 1
    return sum((share * part.days_within(begin, end) for part, share in parts), Decimal(0)) / days


@dataclass(frozen=True)
class PostsInLondon:
    posts: int
    fte: Decimal


@dataclass(frozen=True)
class PostHere:
    """A post as one borough sees it: its own share, and the shares of others."""

    post: Post
    share: Decimal
    elsewhere: tuple[PostAllocation, ...]

    @classmethod
    def of(cls, post: Post, borough: Borough) -> "PostHere":
        """From a post that was read with its shares of the day."""
        shares: list[PostAllocation] = post.shares_then
        here = sum((row.share for row in shares if row.borough_id == borough.pk), Decimal(0))
        return cls(post, here, tuple(row for row in shares if row.borough_id != borough.pk))
