"""Measures: what is counted again and again, each in versions that somebody proposes and somebody else approves."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery

from contest_portal.access.grants import may, scope_of
from contest_portal.audit.acting import moment
from contest_portal.audit.models import TrackedModel, TrackedQuerySet
from contest_portal.core.addresses import address
from contest_portal.core.quarters import Quarter, QuarterField
from contest_portal.ui.formats import day as in_words
from strands.models.measure_words import (
    DUE_IN,
    RULES,
    Direction,
    Frequency,
    Level,
    MeasureKind,
    SensitivityClass,
    Source,
    YearRule,
)
from strands.models.strategy import Strand


class MeasureState(models.TextChoices):
    PROPOSED = "proposed", "Proposed"
    IN_FORCE = "in_force", "In force"
    UNDER_REVIEW = "under_review", "Under review"
    REPLACED = "replaced", "Replaced"
    RETIRED = "retired", "Retired"
    REFUSED = "refused", "Refused"

    @property
    def colour(self) -> str:
        return {"proposed": "blue", "in_force": "green", "under_review": "yellow"}.get(self.value, "grey")


# Allowed moves of a version. To propose that a measure is retired puts it under review until the chair decides.
MOVES: dict[MeasureState, tuple[MeasureState, ...]] = {
    MeasureState.PROPOSED: (MeasureState.IN_FORCE, MeasureState.REFUSED),
    MeasureState.IN_FORCE: (MeasureState.UNDER_REVIEW, MeasureState.REPLACED),
    MeasureState.UNDER_REVIEW: (MeasureState.RETIRED, MeasureState.IN_FORCE, MeasureState.REPLACED),
    MeasureState.REPLACED: (),
    MeasureState.RETIRED: (),
    MeasureState.REFUSED: (),
}
# Never in force: only those who work on measures see them.
UNSETTLED = (MeasureState.PROPOSED, MeasureState.REFUSED)
# What the chair has to say yes or no to.
UNDECIDED = (MeasureState.PROPOSED, MeasureState.UNDER_REVIEW)


class MeasureVersionQuerySet(TrackedQuerySet):
    def visible_to(self, user: Any) -> "MeasureVersionQuerySet":
        """What was ever in force, for everybody; proposals for those who work on measures of that strand."""
        if not may(user, "measure.read"):
            return self.none()
        own = within(user, "measure.draft.read", "measure__strand")
        return self.filter(own | ~Q(state__in=UNSETTLED))

    def settled(self) -> "MeasureVersionQuerySet":
        return self.exclude(state__in=UNSETTLED)


class MeasureQuerySet(TrackedQuerySet):
    def visible_to(self, user: Any) -> "MeasureQuerySet":
        versions = MeasureVersion.objects.visible_to(user).filter(measure=OuterRef("pk"))
        return self.filter(Exists(versions))

    def in_force_on(self, day: dt.date) -> "MeasureQuerySet":
        """Those that had a version in force on the day."""
        held = MeasureVersion.objects.settled().filter(measure=OuterRef("pk"), starts__lte=day)
        return self.filter(Exists(held.filter(Q(ends=None) | Q(ends__gte=day))))

    def named(self) -> "MeasureQuerySet":
        """With the name that its newest version gives it."""
        newest = MeasureVersion.objects.settled().filter(measure=OuterRef("pk")).order_by("-number")
        return self.annotate(name=Subquery(newest.values("name")[:1]))

    def proposed_by(self, user: Any) -> "MeasureQuerySet":
        """Those for which the person may propose a version, or that they retire."""
        return self.visible_to(user).filter(within(user, "measure.propose", "strand"))

    def entered_by(self, user: Any) -> "MeasureQuerySet":
        """Those for which the person may enter a value. S2 is for the lead of its own strand alone."""
        scope = scope_of(user, "measure.enter")
        s2 = MeasureVersion.objects.settled().filter(measure=OuterRef("pk"), sensitivity=SensitivityClass.S2)
        own = Q(strand__in=scope.strands)
        return self.visible_to(user).filter(own | ~Exists(s2) if scope.everywhere else own)


class Measure(TrackedModel):
    """What stays the same through its versions: its code, its strand, and where its numbers come from."""

    code = models.CharField(max_length=10, unique=True)
    strand = models.ForeignKey(Strand, models.PROTECT, related_name="measures")

    objects = MeasureQuerySet.as_manager()
    # Of a row that was read `named`.
    name: str

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return address("measure", self.code)

    @classmethod
    def is_taken(cls, code: str) -> bool:
        return cls.objects.filter(code=code).exists()


class MeasureVersion(TrackedModel):
    """A definition that held from one day to another. Once approved its meaning never changes: a new one follows."""

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=12, choices=MeasureState.choices, default=MeasureState.PROPOSED)
    name = models.CharField(max_length=120)
    definition = models.TextField(max_length=1000)
    unit = models.CharField(max_length=40)
    kind = models.CharField(max_length=10, choices=MeasureKind.choices)
    direction = models.CharField(max_length=6, choices=Direction.choices)
    frequency = models.CharField(max_length=11, choices=Frequency.choices, default=Frequency.QUARTERLY)
    roll_up = models.CharField("over several quarters", max_length=7, choices=YearRule.choices, blank=True)
    lag_days = models.PositiveSmallIntegerField("expected lag in days", default=14)
    collection_level = models.CharField(max_length=12, choices=Level.choices, default=Level.LONDON)
    publication_level = models.CharField(
        "lowest level published", max_length=12, choices=Level.choices, default="london"
    )
    sensitivity = models.CharField("sensitivity class", max_length=2, choices=SensitivityClass.choices, default="S0")
    source = models.CharField(max_length=13, choices=Source.choices, default=Source.TYPED)
    source_name = models.CharField("source system or post", max_length=120, blank=True)
    amber_percent = models.PositiveSmallIntegerField("amber within, per cent of the target", default=10)
    tolerance = models.DecimalField("amber within, where the target is 0", max_digits=10, decimal_places=2, default=0)
    starts = models.DateField("valid from")
    ends = models.DateField("valid to", null=True, blank=True)
    comparable = models.BooleanField("can be compared with the version before", default=True)
    comparability_note = models.CharField(max_length=300, blank=True)
    successor = models.ForeignKey(Measure, models.PROTECT, null=True, blank=True, related_name="succeeds")
    reason = models.CharField(max_length=300, blank=True)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(default=moment, editable=False)
    agreed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    agreed_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)

    objects = MeasureVersionQuerySet.as_manager()

    class Meta:
        ordering = ["measure__code", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["measure", "number"], name="one_measure_version_of_each_number"),
            models.CheckConstraint(
                condition=Q(ends=None) | Q(ends__gte=F("starts")), name="measure_version_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=~Q(sensitivity="S2") | Q(collection_level="london", publication_level="london"),
                name="measure_of_individuals_is_for_london_alone",
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("proposed_by")),
                name="measure_version_approved_by_somebody_else",
            ),
            models.CheckConstraint(
                condition=Q(agreed_by=None) | ~Q(agreed_by=F("proposed_by")),
                name="measure_version_agreed_by_somebody_else",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure.code} {self.name}"

    def shown_state_on(self, day: dt.date) -> str:
        """In force, and the like; of one that was approved and has not begun, the day from which it holds."""
        if self.state == MeasureState.IN_FORCE and self.starts > day:
            return f"From {in_words(self.starts)}"
        return str(self.get_state_display())

    @property
    def rule(self) -> YearRule:
        """Over several quarters: its own rule, or that of its kind."""
        return YearRule(self.roll_up) if self.roll_up else RULES[MeasureKind(self.kind)][0]

    def is_due_for(self, quarter: Quarter) -> bool:
        return quarter.number in DUE_IN[Frequency(self.frequency)]

    def due(self, quarter: Quarter) -> dt.date:
        """The last day on which data of that quarter are on time."""
        return quarter.end + dt.timedelta(days=self.lag_days)

    def breaks(self) -> bool:
        """Whether the series starts anew with it: nothing is added up or compared across."""
        return self.number > 1 and not self.comparable

    def why_not_agree(self, user: Any) -> str:
        """To a proposal of somebody else who works on the same measures. The chair sees it, and is not bound by it."""
        scope = scope_of(user, "measure.propose")
        if not scope.everywhere and self.measure.strand_id not in scope.strands:
            return "Those who propose measures of this strand agree to them."
        if self.state not in UNDECIDED:
            return f"{self.measure.code} is {self.get_state_display().lower()}; there is nothing to agree to."
        if self.proposed_by_id == user.pk:
            return "You proposed this, so somebody else agrees to it."
        return f"{self.agreed_by} has agreed to it already." if self.agreed_by else ""

    def why_not_decide(self, user: Any) -> str:
        """On a proposal, or on retiring it. Empty when this person may say yes or no."""
        if not may(user, "measure.approve"):
            return "The chair decides on measures."
        if self.state not in UNDECIDED:
            return f"{self.measure.code} is {self.get_state_display().lower()}; there is nothing to decide."
        if self.proposed_by_id == user.pk:
            return "You proposed this, so somebody else decides on it."
        return ""

    def why_not_retire(self, user: Any) -> str:
        if not Measure.objects.proposed_by(user).filter(pk=self.measure_id).exists():
            return "You cannot propose this for the measure."
        if MeasureState.UNDER_REVIEW not in MOVES[MeasureState(self.state)]:
            return f"{self.measure.code} is {self.get_state_display().lower()}, so it cannot be put under review."
        return ""


class Target(TrackedModel):
    """What one version of a measure is to reach in one quarter; `upper` is the top of a band."""

    measure_version = models.ForeignKey(MeasureVersion, models.PROTECT, related_name="targets")
    quarter = QuarterField()
    value = models.DecimalField(max_digits=10, decimal_places=2)
    upper = models.DecimalField(max_digits=10, decimal_places=2, null=True, blank=True)

    class Meta:
        ordering = ["quarter"]
        constraints = [
            models.UniqueConstraint(fields=["measure_version", "quarter"], name="one_target_per_version_and_quarter"),
            models.CheckConstraint(condition=Q(upper=None) | Q(upper__gte=F("value")), name="target_band_is_a_band"),
        ]

    def __str__(self) -> str:
        return f"{self.measure_version}, {self.quarter}"

    @property
    def in_words(self) -> str:
        """600, 95%, or 80 to 100."""
        unit = "%" if self.measure_version.kind == MeasureKind.PERCENTAGE else ""
        ends = [self.value] if self.upper is None else [self.value, self.upper]
        return " to ".join(f"{end.normalize():,f}{unit}" for end in ends)


def within(user: Any, permission: str, strand: str) -> Q:
    """All measures; those of the person's own strands; or none. A board's scope reaches all of London here."""
    scope = scope_of(user, permission)
    if scope.everywhere or scope.boards:
        return Q(pk__isnull=False)
    return Q(**{f"{strand}__in": scope.strands})
