import datetime as dt
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from contest_portal.access.roles import ROLES
from contest_portal.audit.models import TrackedModel, TrackedQuerySet


class ScopeKind(models.TextChoices):
    ALL = "all", "All London"
    BOROUGH = "borough", "Borough"
    BOARD = "board", "Board"
    STRAND = "strand", "Strand"


class Standing(models.TextChoices):
    LIVE = "live", "Live"
    NOT_YET = "not_yet", "Not yet"
    ENDED = "ended", "Ended"

    @property
    def colour(self) -> str:
        return {"live": "green", "not_yet": "blue", "ended": "grey"}[self.value]


class GrantQuerySet(TrackedQuerySet):
    def visible_to(self, user: Any) -> "GrantQuerySet":
        """All for administrators and auditors; for secretaries and chairs those on their own boards."""
        own = Grant.objects.live_on(timezone.localdate()).held_by(user).carrying("grant.list")
        scopes = set(own.values_list("scope_kind", "scope_key"))
        if (ScopeKind.ALL, "") in scopes:
            return self
        boards = [key for kind, key in scopes if kind == ScopeKind.BOARD]
        return self.filter(scope_kind=ScopeKind.BOARD, scope_key__in=boards)

    def held_by(self, user: Any) -> "GrantQuerySet":
        """The person's grants of all times; none for a visitor or a closed account."""
        return self.filter(user_id=user.pk) if user.is_authenticated and user.is_active else self.none()

    def live_on(self, day: dt.date) -> "GrantQuerySet":
        return self.filter(starts__lte=day, ends__gte=day)

    def standing(self, standing: str, day: dt.date) -> "GrantQuerySet":
        if standing == Standing.LIVE:
            return self.live_on(day)
        return self.filter(ends__lt=day) if standing == Standing.ENDED else self.filter(starts__gt=day)

    def administrators_on(self, day: dt.date) -> "GrantQuerySet":
        """Whom anybody may ask for access."""
        return self.live_on(day).filter(role="admin", user__is_active=True).select_related("user")

    def carrying(self, permission: str) -> "GrantQuerySet":
        return self.filter(role__in=[key for key, role in ROLES.items() if permission in role.permissions])


class Grant(TrackedModel):
    """One role for one person on one scope, from one day to another, given by somebody for a reason.

    `scope_key` is the GSS code of a borough, the key of a board or of a strand, and empty for all London: this
    package knows no domain model, and the key survives a change of name.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="grants")
    role = models.CharField(max_length=30, choices=[(role.key, role.name) for role in ROLES.values()])
    scope_kind = models.CharField(max_length=10, choices=ScopeKind.choices)
    scope_key = models.CharField(max_length=80, blank=True)
    scope_name = models.CharField("scope", max_length=200, help_text="The scope in words, as granted.")
    starts = models.DateField()
    ends = models.DateField()
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="grants_given")
    reason = models.TextField()

    objects = GrantQuerySet.as_manager()

    class Meta:
        ordering = ["user__name", "role", "scope_name"]
        constraints = [
            models.CheckConstraint(condition=Q(ends__gte=models.F("starts")), name="grant_ends_after_it_starts"),
            models.CheckConstraint(
                condition=Q(scope_kind="all", scope_key="") | (~Q(scope_kind="all") & ~Q(scope_key="")),
                name="grant_scope_has_a_key_unless_all",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="grant_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}, {self.scope_name}"

    @property
    def sentence(self) -> str:
        return ROLES[self.role].sentence

    def is_live_on(self, day: dt.date) -> bool:
        return self.starts <= day <= self.ends

    def standing_on(self, day: dt.date) -> Standing:
        if self.is_live_on(day):
            return Standing.LIVE
        return Standing.ENDED if self.ends < day else Standing.NOT_YET

    @property
    def standing_today(self) -> Standing:
        return self.standing_on(timezone.localdate())


class DeputyQuerySet(TrackedQuerySet):
    def on(self, day: dt.date) -> "DeputyQuerySet":
        return self.filter(starts__lte=day, ends__gte=day)

    def not_over_on(self, day: dt.date) -> "DeputyQuerySet":
        return self.filter(ends__gte=day)

    def visible_to(self, user: Any) -> "DeputyQuerySet":
        """Those that a person has, is, or has named for a colleague."""
        return self.filter(Q(person_id=user.pk) | Q(deputy_id=user.pk) | Q(named_by_id=user.pk))

    def ended_by(self, user: Any) -> "DeputyQuerySet":
        """Those that the person may end: a deputy may always step back."""
        return self.visible_to(user)


class Deputy(TrackedModel):
    """Somebody stands in for a person on leave, from one day to another: in that person's boroughs, and no further.

    The right is looked up each time in the person's own live grants, so it ends with them and is never passed on.
    """

    # As long as a grant lasts by default.
    LONGEST = dt.timedelta(days=90)

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="deputies")
    deputy = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="deputises")
    starts = models.DateField("first day")
    ends = models.DateField("last day")
    reason = models.CharField(max_length=200)
    named_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="deputies_named")

    objects = DeputyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "deputies"
        ordering = ["-starts", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends__gte=models.F("starts")), name="deputy_ends_after_it_starts"),
            models.CheckConstraint(
                condition=Q(ends__lte=models.F("starts") + dt.timedelta(days=90)), name="deputy_for_90_days_at_most"
            ),
            models.CheckConstraint(condition=~Q(person=models.F("deputy")), name="deputy_is_somebody_else"),
            models.CheckConstraint(condition=~Q(reason=""), name="deputy_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.deputy} for {self.person}, {self.starts:%-d %B %Y} to {self.ends:%-d %B %Y}"

    def standing_on(self, day: dt.date) -> Standing:
        if self.starts <= day <= self.ends:
            return Standing.LIVE
        return Standing.ENDED if self.ends < day else Standing.NOT_YET

    @property
    def standing_today(self) -> Standing:
        return self.standing_on(timezone.localdate())
