import datetime as dt
from decimal import Decimal
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

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


class PostQuerySet(DatedTrackedQuerySet):
    def visible_to(self, user: Any) -> "PostQuerySet":
        return self if scope_of(user, "borough.read").everywhere else self.none()


class Post(TrackedModel, Dated):
    """A post, apart from whoever holds it: numbers, never names."""

    number = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=30, choices=PostKind.choices)
    employer = models.ForeignKey(Organisation, models.PROTECT, related_name="posts")
    fte = models.DecimalField("full-time equivalent", max_digits=3, decimal_places=2)
    status = models.CharField(max_length=12, choices=PostStatus.choices)
    funded_by = models.ForeignKey("boroughs.FundingLine", models.PROTECT, null=True, blank=True, related_name="posts")

    objects = PostQuerySet.as_manager()

    class Meta:
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.number} {self.get_kind_display()}"

    def shares_on(self, day: dt.date) -> Decimal:
        """Sum of the boroughs' shares on that day, which must equal `fte`."""
        return sum((row.share for row in self.allocations.on(day)), Decimal(0))


class PostAllocation(TrackedModel, Dated):
    """A borough's share of a post, in full-time equivalents."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="allocations")
    borough = models.ForeignKey(Borough, models.PROTECT, related_name="post_allocations")
    share = models.DecimalField(
        max_digits=3, decimal_places=2, validators=[MinValueValidator(Decimal("0.01")), MaxValueValidator(Decimal(1))]
    )

    objects = DatedTrackedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.share} of {self.post} in {self.borough}"
