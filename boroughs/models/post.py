import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Count, Prefetch, Sum

from boroughs.models.borough import Borough, DatedTrackedQuerySet
from boroughs.models.organisation import Organisation
from contest_portal.access.grants import scope_of
from contest_portal.audit.models import TrackedModel
from contest_portal.core.dated import Dated


class PostKind(models.TextChoices):
    """Spelled out: the letters PEO stand for two different posts."""

    ENGAGEMENT_OFFICER = "prevent_engagement_officer", "Prevent engagement officer (police)"
    EDUCATION_OFFICER = "prevent_education_officer", "Prevent education officer (council)"
    COORDINATOR = "prevent_coordinator", "Prevent co-ordinator (council)"
    CHANNEL_COORDINATOR = "channel_coordinator", "Channel co-ordinator"
    SECURITY_ADVISER = "security_adviser", "Counter-terrorism security adviser"


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

    def in_london(self, day: dt.date) -> "PostsInLondon":
        """All posts of that day. Each is counted once, however many boroughs share it."""
        found = self.on(day).aggregate(posts=Count("pk"), fte=Sum("fte", default=Decimal(0)))
        return PostsInLondon(**found)

    def serving(self, borough: Borough, day: dt.date) -> "list[PostHere]":
        """Posts of which the borough has a share on that day. A shared post is one post in each of its boroughs."""
        allocations = PostAllocation.objects.on(day)
        shares = allocations.select_related("borough").order_by("-share", "borough__name")
        posts = (
            self.on(day)
            .filter(pk__in=allocations.filter(borough=borough).values("post_id"))
            .select_related("employer", "funded_by")
            .prefetch_related(Prefetch("allocations", shares, to_attr="shares_then"))
        )
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

    @property
    def state(self) -> PostStatus:
        return PostStatus(self.status)

    def shares_on(self, day: dt.date) -> Decimal:
        """Sum of the boroughs' shares on that day, which must equal `fte`."""
        return sum((row.share for row in self.allocations.on(day)), Decimal(0))

    def weighted_share(self, borough: Borough, first: dt.date, last: dt.date) -> Decimal:
        """The borough's share over a span of days, each day counting alike: a change half-way gives the mean.

        The shares of all its boroughs add up to the post's own; heads are counted by posts, never by shares.
        """
        days = (last - first).days + 1
        rows = self.allocations.filter(borough=borough)
        return sum((row.share * row.days_within(first, last) for row in rows), Decimal(0)) / days


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
