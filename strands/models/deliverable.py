"""Deliverables: what the plan of a year promises under a strand, by when, and how sure its owner is of it."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q

from boroughs.models import Borough, Grouping
from contest_portal.access.grants import may, scope_of
from contest_portal.audit.models import TrackedModel, TrackedQuerySet
from contest_portal.core.addresses import address
from contest_portal.core.quarters import Quarter
from strands.models.areas import AreasProgress
from strands.models.deliverable_words import OPEN, Confidence, DeliverableState, DeliverableStatus
from strands.models.measure import Measure, within
from strands.models.milestone import Milestone, Slip
from strands.models.strategy import Objective, Strand

# Allowed moves. It is delivered when its last milestone is reached, and by nothing else.
MOVES: dict[DeliverableState, tuple[DeliverableState, ...]] = {
    DeliverableState.NOT_STARTED: (
        DeliverableState.UNDER_WAY,
        DeliverableState.DELIVERED,
        DeliverableState.CANCELLED,
    ),
    DeliverableState.UNDER_WAY: (DeliverableState.DELIVERED, DeliverableState.CANCELLED),
    DeliverableState.DELIVERED: (),
    DeliverableState.CANCELLED: (),
}


class DeliverableQuerySet(TrackedQuerySet):
    def visible_to(self, user: Any) -> "DeliverableQuerySet":
        """All of London's, for everybody who reads deliverables: they are OFFICIAL, and hold no notes."""
        return self if may(user, "deliverable.read") else self.none()

    def editable_by(self, user: Any) -> "DeliverableQuerySet":
        return self.visible_to(user).filter(within(user, "deliverable.edit", "strand"))

    def in_force_on(self, day: dt.date) -> "DeliverableQuerySet":
        """Those of the plan of that year, and those of earlier ones that are still open. Not what was cancelled."""
        year = Quarter.of(day).year
        open_still = Q(year__lt=year, state__in=OPEN)
        return self.filter(Q(year=year) | open_still).exclude(state=DeliverableState.CANCELLED)

    def late(self, today: dt.date) -> "DeliverableQuerySet":
        """Those whose last milestone is, or was, behind the day first agreed; and the open ones that are overdue."""
        last = Milestone.objects.filter(deliverable=OuterRef("pk"), is_last=True)
        behind = last.filter(Q(actual__gt=F("baseline")) | Q(actual=None, forecast__gt=F("baseline")))
        overdue = last.filter(actual=None, forecast__lt=today)
        return self.filter(Exists(behind) | Exists(overdue)).exclude(state=DeliverableState.CANCELLED)

    def for_table(self) -> "DeliverableQuerySet":
        """Read along with what a list says of each: a fixed number of queries."""
        done = Count("progress", filter=Q(progress__delivered_on__isnull=False))
        related = self.select_related("strand", "objective", "population")
        return related.prefetch_related("milestones__slips", "population__memberships__borough").annotate(
            areas_done=done
        )

    def in_full(self) -> "DeliverableQuerySet":
        slips = Prefetch("milestones__slips", Slip.objects.select_related("made_by", "accepted_by"))
        related = self.select_related("strand", "objective__strategy", "measure", "population", "judged_by")
        return related.prefetch_related("milestones", slips)

    def in_order(self) -> "DeliverableQuerySet":
        """By plan, the newest first; then strand by strand."""
        return self.order_by("-year", "strand__order", "reference")


class Deliverable(TrackedModel):
    """Something that a plan promises. Its owner is a post; its dates are those of its milestones."""

    reference = models.CharField(max_length=20, unique=True, editable=False)
    strand = models.ForeignKey(Strand, models.PROTECT, related_name="deliverables")
    objective = models.ForeignKey(Objective, models.PROTECT, null=True, blank=True, related_name="deliverables")
    measure = models.ForeignKey(Measure, models.PROTECT, null=True, blank=True, related_name="deliverables")
    year = models.PositiveSmallIntegerField("plan")
    title = models.CharField(max_length=160)
    done_when = models.TextField("counts as delivered when", max_length=500)
    owner = models.CharField("owner, a post", max_length=120)
    state = models.CharField(max_length=12, choices=DeliverableState.choices, default=DeliverableState.NOT_STARTED)
    confidence = models.CharField("delivery confidence", max_length=2, choices=Confidence.choices, blank=True)
    why = models.CharField("why", max_length=300, blank=True)
    judged_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    judged_at = models.DateTimeField(null=True, blank=True)
    population = models.ForeignKey(Grouping, models.PROTECT, null=True, blank=True, related_name="deliverables")

    objects = DeliverableQuerySet.as_manager()
    areas_done: int

    class Meta:
        ordering = ["reference"]
        constraints = [
            models.CheckConstraint(
                condition=Q(confidence="") | (Q(state="under_way") & ~Q(why="")),
                name="deliverable_confidence_while_under_way_and_with_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state="cancelled") | ~Q(why=""), name="deliverable_cancelled_for_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(judged_by=None, judged_at=None) | Q(judged_by__isnull=False, judged_at__isnull=False),
                name="deliverable_judged_by_and_at",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    def get_absolute_url(self) -> str:
        return address("deliverable", self.pk)

    @property
    def plan(self) -> str:
        """2026/27"""
        return Quarter(self.year, 1).financial_year

    @property
    def last(self) -> Milestone:
        """The milestone that is its deadline."""
        return next(milestone for milestone in self.milestones.all() if milestone.is_last)

    @property
    def slip_count(self) -> int:
        """How often its deadline was put off."""
        return sum(slip.is_later for slip in self.last.slips.all())

    def status_on(self, today: dt.date) -> DeliverableStatus:
        is_open = self.state in OPEN
        return DeliverableStatus.OVERDUE if is_open and self.last.is_overdue(today) else DeliverableStatus(self.state)

    def is_late(self, today: dt.date) -> bool:
        if self.state == DeliverableState.CANCELLED:
            return False
        return self.last.days_late > 0 or self.last.is_overdue(today)

    @property
    def confidence_shown(self) -> Confidence | None:
        return Confidence(self.confidence) if self.confidence else None

    @property
    def areas_words(self) -> str:
        """31 of 33 areas, of a row that was read `for_table`; empty where it is not counted by borough."""
        if self.population is None:
            return ""
        day = self.last.baseline
        expected = [found.borough for found in self.population.memberships.all() if found.holds_on(day)]
        noun = "areas" if any(borough.is_the_city for borough in expected) else "boroughs"
        return f"{self.areas_done} of {len(expected)} {noun}"

    def areas(self) -> Any:
        """The boroughs that it is for: its grouping as it stood on the day first agreed."""
        if self.population_id is None:
            return Borough.objects.none()
        return Borough.objects.in_grouping(self.population_id, self.last.baseline)

    def areas_marked_by(self, user: Any) -> Any:
        """Of these, the ones for which the person may say that it was delivered."""
        scope = scope_of(user, "deliverable.mark")
        if scope.everywhere or scope.boards or self.strand_id in scope.strands:
            return self.areas()
        return self.areas().filter(pk__in=scope.boroughs)

    def areas_shown_to(self, user: Any) -> Any:
        """All of them for those who read London's progress; to a borough's people their own."""
        if scope_of(user, "deliverable.areas").everywhere:
            return self.areas()
        return self.areas().filter(pk__in=scope_of(user, "deliverable.read").boroughs)

    def progress_of_areas(self) -> AreasProgress:
        return AreasProgress.of(self.population, self.last, list(self.areas()), list(self.progress.all()))

    def why_not_judge(self) -> str:
        if self.state in OPEN:
            return ""
        return f"{self.reference} is {self.get_state_display().lower()}, and stays so."
