"""Which activities: everything that a list, a page or a count of them starts from."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.contrib.postgres.search import TrigramSimilarity
from django.db import models
from django.db.models import Exists, F, OuterRef, Prefetch, Q

from contest_portal.access.grants import opened_to, scope_of
from contest_portal.audit.models import TrackedQuerySet
from contest_portal.core.conditions import NOTHING, all_of, any_of
from contest_portal.core.markings import Marking
from contest_portal.core.quarters import Quarter
from strands.kinds import KINDS
from strands.models.answers import Status
from strands.models.parts import ActivityShare

# Of 1. “Workshop for school staff” and “Workshops for staff of schools” have 0.64 in common.
ALIKE = 0.5
FEW_ALIKE = 3
# A median of fewer than these is not yet what is usual.
ENOUGH = 5
# What stands beside an activity that is read in full.
IN_FULL = ("objective_links__objective", "partner_links__organisation", "strand_links__strand", "funding__line")
TWO_YEARS = dt.timedelta(days=731)


class Median(models.Aggregate):
    function = "percentile_cont"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = models.FloatField()


class ActivityQuerySet(TrackedQuerySet):
    """Which activities. Every read starts at `visible_to`."""

    def visible_to(self, user: Any) -> "ActivityQuerySet":
        """Those whose public face the person may read: title, date, kind, boroughs, quantities, public sentence.

        OFFICIAL ones everywhere for those who read all London; all of them within one's own boroughs or strand
        as far as the role goes; and any that was opened to the person by name.
        """
        return self.filter(any_of(self._face(user), self._beyond_official(user)))

    def read_in_full_by(self, user: Any) -> "ActivityQuerySet":
        """Those whose internal note the person may read too."""
        return self.filter(any_of(self._official(user), self._beyond_official(user)))

    def read_if_sensitive_by(self, user: Any) -> "ActivityQuerySet":
        """Those of which the person would read everything, were they OFFICIAL-SENSITIVE."""
        return self.filter(self._beyond_official(user))

    def editable_by(self, user: Any) -> "ActivityQuerySet":
        """Those the person may change: the ones led by a borough of theirs."""
        return self._led_for(user).exclude(status=Status.MERGED)

    def merged_by(self, user: Any) -> "ActivityQuerySet":
        """Those that the person may take apart again from the one they were merged into."""
        return self._led_for(user).filter(status=Status.MERGED)

    def _led_for(self, user: Any) -> "ActivityQuerySet":
        scope = scope_of(user, "activity.log")
        return self if scope.everywhere else self.filter(lead_borough__in=scope.boroughs)

    def not_merged(self) -> "ActivityQuerySet":
        return self.exclude(status=Status.MERGED)

    def _face(self, user: Any) -> Q:
        """Whoever reads the faces of all OFFICIAL ones need not be asked which of them they read in full."""
        everywhere = scope_of(user, "activity.face").everywhere
        return Q(marking=Marking.OFFICIAL) if everywhere else self._official(user)

    def _official(self, user: Any) -> Q:
        return all_of(_within(scope_of(user, "activity.read")), Q(marking=Marking.OFFICIAL))

    def _beyond_official(self, user: Any) -> Q:
        opened = opened_to(user, self.model, "read_activity")
        return any_of(_within(scope_of(user, "activity.sensitive")), opened)

    def sensitive_to(self, user: Any) -> "ActivityQuerySet":
        """The OFFICIAL-SENSITIVE ones that the person may see."""
        return self.sensitive().filter(self._beyond_official(user))

    def older_than(self, starts: dt.date, pk: int) -> "ActivityQuerySet":
        """Those that come after that one in a list with the newest first."""
        return self.filter(Q(starts__lt=starts) | Q(starts=starts, pk__lt=pk), starts__lte=starts)

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

    def unsettled(self) -> "ActivityQuerySet":
        """Those of which nobody has said yet what became of them."""
        return self.filter(status__in=[Status.PLANNED, Status.POSTPONED])

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

    def alike(self, title: str, first: dt.date, last: dt.date, boroughs: Iterable[str]) -> "ActivityQuerySet":
        """The few that may be the same activity: nearly its title, in those days, in one of the boroughs."""
        near = self.not_merged().filter(starts__range=(first, last)).in_boroughs(boroughs)
        likeness = near.annotate(likeness=TrigramSimilarity("title", title)).filter(likeness__gte=ALIKE)
        return likeness.order_by("-likeness", "pk")[:FEW_ALIKE]

    def usual_attendance(self, day: dt.date) -> int | None:
        """The median of what was counted in the two years before the day; None while too few were."""
        counted = self.delivered().filter(attendance__gt=0, starts__range=(day - TWO_YEARS, day))
        found = counted.aggregate(usual=Median("attendance"), count=models.Count("pk"))
        return round(found["usual"]) if found["count"] >= ENOUGH else None

    def programmes(self) -> "ActivityQuerySet":
        """Those that can have sessions: of a kind that has them, and not sessions themselves."""
        kinds = [kind.key for kind in KINDS.values() if kind.has_sessions]
        return self.filter(kind__in=kinds, parent__isnull=True)

    def in_order(self) -> "ActivityQuerySet":
        """As a programme lists its sessions."""
        return self.order_by("starts", F("session_number").asc(nulls_first=True), "pk")

    def with_face(self) -> "ActivityQuerySet":
        """Read along with what a public face names."""
        shares = Prefetch("shares", ActivityShare.objects.select_related("borough"))
        return self.select_related("strand", "lead_borough").prefetch_related(shares)

    def listed(self) -> "ActivityQuerySet":
        """Read along with what a row of a list names: of the shares those alone that make it joint."""
        partners = ActivityShare.objects.exclude(borough=F("activity__lead_borough")).select_related("borough")
        shares = Prefetch("shares", partners, to_attr="beside_the_lead")
        return self.select_related("strand", "lead_borough").prefetch_related(shares)

    def for_table(self) -> "ActivityQuerySet":
        """Read along with the columns of a download."""
        return self.with_face().with_plan_lines().prefetch_related("funding__line")

    def with_plan_lines(self) -> "ActivityQuerySet":
        return self.prefetch_related("deliverable_links__deliverable", "measure_links__measure")

    def in_full(self) -> "ActivityQuerySet":
        """Read along with everything that somebody who reads it in full sees."""
        return self.with_face().select_related("logged_by").prefetch_related(*IN_FULL)

    def newest_first(self) -> "ActivityQuerySet":
        return self.order_by("-starts", "-pk")

    def oldest_first(self) -> "ActivityQuerySet":
        return self.order_by("starts", "pk")


def _joint() -> models.QuerySet:
    return ActivityShare.objects.exclude(borough=F("activity__lead_borough")).values("activity_id")


def _within(scope: Any) -> Q:
    """Rows within a scope of boroughs or strands. A subquery, not a join: a joint activity stays one row."""
    if scope.everywhere:
        return Q()
    boroughs = strands = NOTHING
    if scope.boroughs:
        # Asked as a range, which holds one row, since PostgreSQL answers an equation here by reading all shares of
        # the borough first. So the newest few are found by looking at the newest, however long the log is.
        of_this = {"activity_id__gte": OuterRef("pk"), "activity_id__lte": OuterRef("pk")}
        boroughs = Q(Exists(ActivityShare.objects.filter(borough_id__in=scope.boroughs, **of_this)))
    if scope.strands:
        strands = Q(strand__in=scope.strands)
    return any_of(boroughs, strands)
