from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Prefetch, Q
from django.urls import reverse

from boroughs.models import Borough, Organisation
from contest_portal.access.grants import GroupException, NamedException, opened_to, scope_of
from contest_portal.audit.acting import moment
from contest_portal.audit.models import TrackedModel, TrackedQuerySet
from contest_portal.core.markings import Marking
from contest_portal.core.quantity import Qualifier, Quantity
from contest_portal.core.quarters import Quarter
from strands.kinds import KINDS
from strands.models.parts import ActivityObjective, ActivityPartner, ActivityShare, ActivityStrand
from strands.models.strategy import Objective, Strand


class Status(models.TextChoices):
    PLANNED = "planned", "Planned"
    DELIVERED = "delivered", "Delivered"
    POSTPONED = "postponed", "Postponed"
    CANCELLED = "cancelled", "Cancelled"


class Precision(models.TextChoices):
    EXACT = "exact", "Exact date"
    MONTH = "month", "Month only"
    QUARTER = "quarter", "Quarter only"


class Basis(models.TextChoices):
    HEADCOUNT = "headcount", "Headcount"
    SIGN_IN = "sign_in", "Sign-in sheet (number only)"
    TICKETS = "tickets", "Tickets"
    PLATFORM = "platform", "Online platform's log"
    ESTIMATE = "estimate", "Estimate"


class Outcome(models.IntegerChoices):
    DELIVERED = 0, "Delivered, nothing measured"
    REACTION = 1, "People told us what they thought of it"
    LEARNING = 2, "Learning was measured"
    BEHAVIOUR = 3, "An institution or group changed what it does"
    SYSTEM = 4, "The way the system works changed"


class Audience(models.TextChoices):
    SCHOOLS = "schools", "Schools"
    COLLEGES = "colleges", "Colleges and universities"
    COUNCIL_STAFF = "council_staff", "Council staff"
    ELECTED_MEMBERS = "elected_members", "Elected members"
    HEALTH = "health", "Health"
    POLICE = "police", "Police"
    PROBATION = "probation", "Probation and prisons"
    FAITH = "faith", "Faith institutions"
    WOMEN = "women", "Women's groups"
    YOUTH = "youth", "Youth groups"
    PARENTS = "parents", "Parents"
    CHARITIES = "charities", "Charities"
    BUSINESSES = "businesses", "Businesses and venues"
    PUBLIC = "public", "General public"


class ActivityQuerySet(TrackedQuerySet):
    """Which activities. Every read starts at `visible_to`."""

    def visible_to(self, user: Any) -> "ActivityQuerySet":
        """Those whose public face the person may read: title, date, kind, boroughs, quantities, public sentence.

        OFFICIAL ones everywhere for those who read all London; all of them within one's own boroughs or strand
        as far as the role goes; and any that was opened to the person by name.
        """
        return self.filter(self._face(user) | self._detail(user))

    def read_in_full_by(self, user: Any) -> "ActivityQuerySet":
        """Those whose internal note the person may read too."""
        return self.filter(self._detail(user))

    def editable_by(self, user: Any) -> "ActivityQuerySet":
        """Those the person may change: the ones led by a borough of theirs."""
        scope = scope_of(user, "activity.log")
        return self if scope.everywhere else self.filter(lead_borough__in=scope.boroughs)

    def _face(self, user: Any) -> Q:
        return Q(marking=Marking.OFFICIAL) if scope_of(user, "activity.face").everywhere else Q(pk__in=[])

    def _detail(self, user: Any) -> Q:
        official = _within(scope_of(user, "activity.read")) & Q(marking=Marking.OFFICIAL)
        sensitive = _within(scope_of(user, "activity.sensitive"))
        return official | sensitive | Q(pk__in=opened_to(user, Activity, "read_activity"))

    def in_quarter(self, quarter: Quarter) -> "ActivityQuerySet":
        return self.filter(starts__gte=quarter.start, starts__lte=quarter.end)

    def delivered(self) -> "ActivityQuerySet":
        return self.filter(status=Status.DELIVERED)

    def in_borough(self, gss_code: str) -> "ActivityQuerySet":
        """Those the borough takes part in, joint ones included."""
        return self.filter(pk__in=ActivityShare.objects.filter(borough_id=gss_code).values("activity_id"))

    def official(self) -> "ActivityQuerySet":
        return self.filter(marking=Marking.OFFICIAL)

    def sensitive(self) -> "ActivityQuerySet":
        return self.filter(marking=Marking.OFFICIAL_SENSITIVE)

    def published(self) -> "ActivityQuerySet":
        """Those that published figures count, whoever reads them: delivered, and OFFICIAL."""
        return self.delivered().official()

    def in_boroughs(self, gss_codes: Iterable[str]) -> "ActivityQuerySet":
        """Those in which at least one of the boroughs takes part."""
        return self.filter(pk__in=ActivityShare.objects.filter(borough__in=gss_codes).values("activity_id"))

    def joint(self) -> "ActivityQuerySet":
        """Those with more than one borough: somebody besides the lead has a share."""
        return self.filter(pk__in=_joint())

    def not_joint(self) -> "ActivityQuerySet":
        return self.exclude(pk__in=_joint())

    def with_face(self) -> "ActivityQuerySet":
        """Read along with what a public face names."""
        shares = Prefetch("shares", ActivityShare.objects.select_related("borough"))
        return self.select_related("strand", "lead_borough").prefetch_related(shares)

    def in_full(self) -> "ActivityQuerySet":
        """Read along with everything that somebody who reads it in full sees."""
        links = ("objective_links__objective", "partner_links__organisation", "strand_links__strand")
        return self.with_face().select_related("logged_by").prefetch_related(*links)

    def newest_first(self) -> "ActivityQuerySet":
        return self.order_by("-starts", "-pk")


def _joint() -> models.QuerySet:
    return ActivityShare.objects.exclude(borough=F("activity__lead_borough")).values("activity_id")


def _within(scope: Any) -> Q:
    """Rows within a scope of boroughs or strands. A subquery, not a join: a joint activity stays one row."""
    if scope.everywhere:
        return Q()
    found = Q(pk__in=[])
    if scope.boroughs:
        found |= Q(pk__in=ActivityShare.objects.filter(borough_id__in=scope.boroughs).values("activity_id"))
    if scope.strands:
        found |= Q(strand__in=scope.strands)
    return found


class Activity(TrackedModel):
    """Something that partners did or plan to do. It has a public face and an internal note, and no field for people."""

    reference = models.CharField(max_length=20, unique=True, editable=False)
    title = models.CharField(max_length=160)
    kind = models.CharField(max_length=30, choices=[(kind.key, kind.name) for kind in KINDS.values()])
    strand = models.ForeignKey(Strand, models.PROTECT, related_name="activities")
    lead_borough = models.ForeignKey(Borough, models.PROTECT, related_name="led_activities")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DELIVERED)
    status_reason = models.CharField(
        "reason", max_length=300, blank=True, help_text="Needed when it was postponed or cancelled."
    )
    starts = models.DateField("date it started")
    ends = models.DateField("date it ended", null=True, blank=True)
    date_precision = models.CharField(max_length=8, choices=Precision.choices, default=Precision.EXACT)
    place = models.CharField(max_length=120, blank=True)

    attendance = models.PositiveIntegerField(null=True, blank=True)
    attendance_qualifier = models.CharField(max_length=12, choices=Qualifier.choices, default=Qualifier.NOT_RECORDED)
    attendance_basis = models.CharField(max_length=10, choices=Basis.choices, blank=True)
    audience = ArrayField(models.CharField(max_length=16, choices=Audience.choices), default=list, blank=True)

    purpose = models.CharField("what it was for", max_length=300, blank=True)
    outcome = models.CharField("what came of it", max_length=300, blank=True)
    outcome_level = models.PositiveSmallIntegerField(choices=Outcome.choices, null=True, blank=True)
    cost_planned = models.DecimalField("budgeted cost", max_digits=10, decimal_places=2, null=True, blank=True)
    cost_actual = models.DecimalField("actual cost", max_digits=10, decimal_places=2, null=True, blank=True)

    marking = models.CharField(max_length=18, choices=Marking.choices, default=Marking.OFFICIAL)
    public_sentence = models.TextField("publishable sentence", blank=True)
    internal_note = models.TextField(blank=True)
    logged_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="logged_activities")
    logged_at = models.DateTimeField(default=moment, editable=False)
    # Moves when a share, partner or objective changes too, so that the version covers the whole of the record.
    changed_at = models.DateTimeField(default=moment, editable=False)
    form_key = models.UUIDField(
        unique=True, editable=False, help_text="One for each opened form: sent twice, saved once."
    )

    boroughs: "models.ManyToManyField[Borough, ActivityShare]" = models.ManyToManyField(
        Borough, through="ActivityShare", related_name="activities"
    )
    objectives: "models.ManyToManyField[Objective, ActivityObjective]" = models.ManyToManyField(
        Objective, through="ActivityObjective", related_name="activities"
    )
    partners: "models.ManyToManyField[Organisation, ActivityPartner]" = models.ManyToManyField(
        Organisation, through="ActivityPartner", related_name="activities"
    )
    other_strands: "models.ManyToManyField[Strand, ActivityStrand]" = models.ManyToManyField(
        Strand, through="ActivityStrand", related_name="other_activities"
    )

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "activities"
        permissions = [("read_activity", "Read this activity in full, internal note included")]
        indexes = [
            models.Index(fields=["-starts", "-id"], name="activity_newest_first"),
            models.Index(fields=["strand", "starts"], name="activity_strand_starts"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(attendance__isnull=True, attendance_qualifier="not_recorded")
                | (Q(attendance__isnull=False) & ~Q(attendance_qualifier="not_recorded")),
                name="activity_attendance_has_its_qualifier",
            ),
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gte=F("starts")), name="activity_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["postponed", "cancelled"]) | ~Q(status_reason=""),
                name="activity_not_delivered_has_a_reason",
            ),
            models.CheckConstraint(condition=Q(marking__in=Marking.values), name="activity_marking_within_the_ceiling"),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("activity", args=[self.pk])

    @property
    def attendance_quantity(self) -> Quantity:
        return Quantity(self.attendance, self.attendance_qualifier)

    @property
    def quarter(self) -> Quarter:
        return Quarter.of(self.starts)

    @property
    def date_in_words(self) -> str:
        if self.date_precision == Precision.QUARTER:
            return str(self.quarter)
        if self.date_precision == Precision.MONTH:
            return f"{self.starts:%B %Y}"
        first = f"{self.starts:%-d %B %Y}"
        return first if self.ends in (None, self.starts) else f"{first} to {self.ends:%-d %B %Y}"

    @property
    def audience_in_words(self) -> list[str]:
        return [str(Audience(key).label) for key in self.audience]

    @property
    def is_joint(self) -> bool:
        return len(self.shares.all()) > 1

    @property
    def shares_beside_the_lead(self) -> "list[ActivityShare]":
        return [share for share in self.shares.all() if share.borough_id != self.lead_borough_id]

    def read_in_full_by(self, user: Any) -> bool:
        return Activity.objects.read_in_full_by(user).filter(pk=self.pk).exists()

    def editable_by(self, user: Any) -> bool:
        return Activity.objects.editable_by(user).filter(pk=self.pk).exists()


class ActivityException(NamedException):
    """One activity, opened in full to one person by name."""

    content_object = models.ForeignKey(Activity, models.PROTECT)


class ActivityGroupException(GroupException):
    content_object = models.ForeignKey(Activity, models.PROTECT)
