import datetime as dt
from collections.abc import Collection
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from boroughs.models.borough import Borough
from boroughs.models.organisation import Organisation
from contest_portal.access.grants import scope_of
from contest_portal.audit.models import TrackedModel, TrackedQuerySet


class FundingLineQuerySet(TrackedQuerySet):
    def visible_to(self, user: Any) -> "FundingLineQuerySet":
        return self if scope_of(user, "borough.read").everywhere else self.none()

    def editable_by(self, user: Any) -> "FundingLineQuerySet":
        """A borough's lead keeps its own lines, a strand lead those for all of London, a secretary all of them."""
        scope = scope_of(user, "resource.edit")
        if scope.everywhere or scope.boards:
            return self.visible_to(user)
        london = Q(borough__isnull=True) if scope.strands else Q()
        own = Q(borough__in=scope.boroughs)
        return self.visible_to(user).filter(own | london if london else own)

    def in_year(self, financial_year: str) -> "FundingLineQuerySet":
        return self.filter(financial_year=financial_year)

    def for_borough(self, borough: Borough) -> "FundingLineQuerySet":
        """The borough's own lines, and those for all of London."""
        return self.filter(Q(borough=borough) | Q(borough__isnull=True))

    def for_boroughs(self, codes: Collection[str]) -> "FundingLineQuerySet":
        return self.filter(Q(borough__in=codes) | Q(borough__isnull=True))

    def since(self, financial_year: str) -> "FundingLineQuerySet":
        return self.filter(financial_year__gte=financial_year)


# How long before the confirmed money ends people are warned: about as long as it takes to lose a post over it.
WARNING_DAYS = 90


class FundingLine(TrackedModel):
    """A grant for one financial year: what is expected, what is confirmed, and until when."""

    funder = models.ForeignKey(Organisation, models.PROTECT, related_name="funding_given")
    grant = models.CharField(max_length=120)
    borough = models.ForeignKey(
        Borough, models.PROTECT, null=True, blank=True, related_name="funding_lines", help_text="Empty: all London."
    )
    financial_year = models.CharField(max_length=7, help_text="Such as 2026/27.")
    expected = models.DecimalField(max_digits=12, decimal_places=2)
    confirmed = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    confirmed_until = models.DateField(null=True, blank=True)
    conditions = models.TextField(blank=True, max_length=500)
    restricted = models.BooleanField("for one purpose only", default=False)
    posts_covered = models.PositiveSmallIntegerField("posts that it covers", null=True, blank=True)
    claimed = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    received = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    owner = models.CharField("owner, a post", max_length=120, blank=True)

    objects = FundingLineQuerySet.as_manager()

    class Meta:
        ordering = ["-financial_year", "grant"]
        constraints = [
            models.CheckConstraint(condition=Q(confirmed__lte=F("expected")), name="funding_confirmed_within_expected"),
            models.CheckConstraint(
                condition=Q(confirmed=0) | Q(confirmed_until__isnull=False), name="funding_confirmed_until_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.grant} {self.financial_year}"

    @classmethod
    def is_there(cls, **key: Any) -> bool:
        """Whether there is a line of that funder, grant, borough and year."""
        return cls.objects.filter(**key).exists()

    def get_absolute_url(self) -> str:
        return reverse("funding_line", args=[self.pk])

    @property
    def unconfirmed(self) -> Decimal:
        return self.expected - self.confirmed

    def warning_on(self, day: dt.date) -> str:
        """What to look out for about the confirmed money, in a sentence; empty when there is nothing."""
        if self.confirmed_until is None:
            return "None of this money is confirmed."
        left = (self.confirmed_until - day).days
        end = f"{self.confirmed_until:%-d %B %Y}"
        if left < 0:
            return f"The confirmed money ended on {end}."
        if left <= WARNING_DAYS:
            return f"The confirmed money ends on {end}, {in_days(left)}."
        return ""


def in_days(left: int) -> str:
    if left == 0:
        return "today"
    return "tomorrow" if left == 1 else f"in {left} days"
