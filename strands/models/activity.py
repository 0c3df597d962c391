import datetime as dt
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from boroughs.models import Borough, Organisation
from contest_portal.access.grants import GroupException, NamedException, scope_of
from contest_portal.audit.acting import moment
from contest_portal.audit.models import TrackedModel
from contest_portal.core.addresses import address
from contest_portal.core.markings import Marking
from contest_portal.core.quantity import Qualifier, Quantity
from contest_portal.core.quarters import Quarter
from strands.kinds import KINDS, kind_choices
from strands.models.activity_rows import ActivityQuerySet
from strands.models.answers import Audience, Basis, Outcome, Precision, Status
from strands.models.evaluation import SCORES, Evaluated
from strands.models.merged import MERGED, Merged
from strands.models.particulars import ParticularsField, answers_of, cells_of
from strands.models.parts import ActivityObjective, ActivityPartner, ActivityShare, ActivityStrand
from strands.models.series import SESSIONS, InSeries
from strands.models.strategy import Objective, Strand

# Allowed moves. What was entered wrongly is put right in the form, with a reason; that is not a move.
MOVES: dict[Status, tuple[Status, ...]] = {
    Status.PLANNED: (Status.DELIVERED, Status.POSTPONED, Status.CANCELLED),
    Status.POSTPONED: (Status.PLANNED, Status.DELIVERED, Status.CANCELLED),
    Status.DELIVERED: (),
    Status.CANCELLED: (),
    Status.MERGED: (),
}


A_FEW_DAYS = dt.timedelta(days=3)


def days_alike(starts: dt.date, precision: str) -> tuple[dt.date, dt.date]:
    """A few days round an exact date; the quarter of one that is known less exactly."""
    if precision == Precision.EXACT:
        return starts - A_FEW_DAYS, starts + A_FEW_DAYS
    quarter = Quarter.of(starts)
    return quarter.start, quarter.end


class Activity(Evaluated, InSeries, Merged, TrackedModel):
    """Something that partners did or plan to do. It has a public face and an internal note, and no field for people."""

    reference = models.CharField(max_length=20, unique=True, editable=False)
    title = models.CharField(max_length=160)
    kind = models.CharField(max_length=30, choices=kind_choices)
    strand = models.ForeignKey(Strand, models.PROTECT, related_name="activities", db_index=False)
    lead_borough = models.ForeignKey(Borough, models.PROTECT, related_name="led_activities", db_index=False)
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
    # What the kind asks beside this: strands.kinds declares it.
    particulars = ParticularsField("particulars", default=dict, blank=True)
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
            models.Index(fields=["lead_borough"], name="activity_lead_borough"),
            models.Index(
                fields=["-starts", "-id"],
                condition=Q(marking=Marking.OFFICIAL_SENSITIVE),
                name="activity_sensitive_newest",
            ),
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
            *SCORES,
            *SESSIONS,
            *MERGED,
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    def get_absolute_url(self) -> str:
        return address("activity", self.pk)

    @property
    def moves(self) -> tuple[Status, ...]:
        return MOVES[Status(self.status)]

    @property
    def why_it_stays(self) -> str:
        return f"{self.reference} is {self.get_status_display().lower()}, and stays so. Change it if that is wrong."

    @property
    def can_have_sessions(self) -> bool:
        return KINDS[self.kind].has_sessions and self.parent_id is None

    def why_not_move(self, to: str, on: dt.date) -> str:
        """Why it cannot take that status on that day; empty when it can."""
        if to not in self.moves:
            return self.why_it_stays
        if to == Status.DELIVERED and self.starts > on:
            return f"{self.reference} is planned for {self.date_in_words}, which has not come yet."
        return ""

    @property
    def attendance_quantity(self) -> Quantity:
        return Quantity(self.attendance, self.attendance_qualifier)

    @property
    def quarter(self) -> Quarter:
        return Quarter.of(self.starts)

    @property
    def days_alike(self) -> tuple[dt.date, dt.date]:
        """On which days an activity may be the same one."""
        return days_alike(self.starts, self.date_precision)

    @property
    def date_in_words(self) -> str:
        """As exact as it is known: 13 May 2026, May 2026, or Q1 2026/27 (April to June 2026)."""
        if self.date_precision == Precision.QUARTER:
            return str(self.quarter)
        style = "%B %Y" if self.date_precision == Precision.MONTH else "%-d %B %Y"
        first, last = f"{self.starts:{style}}", f"{self.ends or self.starts:{style}}"
        return first if first == last else f"{first} to {last}"

    @property
    def particulars_in_words(self) -> list[tuple[str, str]]:
        return answers_of(self.kind, self.particulars)

    @property
    def particulars_in_cells(self) -> dict[str, Any]:
        return cells_of(self.kind, self.particulars)

    @property
    def audience_in_words(self) -> list[str]:
        return [str(Audience(key).label) for key in self.audience]

    @property
    def is_joint(self) -> bool:
        return bool(self.shares_beside_the_lead)

    @property
    def shares_beside_the_lead(self) -> "list[ActivityShare]":
        """Those of partners. A list has read them alone."""
        read: list[ActivityShare] | None = getattr(self, "beside_the_lead", None)
        if read is not None:
            return read
        return [share for share in self.shares.all() if share.borough_id != self.lead_borough_id]

    def read_in_full_by(self, user: Any) -> bool:
        """Whoever reads all London’s OFFICIAL ones in full need not be looked for among the others."""
        if self.marking == Marking.OFFICIAL and scope_of(user, "activity.read").everywhere:
            return True
        return Activity.objects.read_in_full_by(user).filter(pk=self.pk).exists()

    def editable_by(self, user: Any) -> bool:
        return Activity.objects.editable_by(user).filter(pk=self.pk).exists()


class ActivityException(NamedException):
    """One activity, opened in full to one person by name."""

    content_object = models.ForeignKey(Activity, models.PROTECT)


class ActivityGroupException(GroupException):
    content_object = models.ForeignKey(Activity, models.PROTECT)
