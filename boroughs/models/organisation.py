import datetime as dt
from typing import Any

from django.db import models
from django.db.models import F, Q

from boroughs.models.borough import Borough, DatedTrackedQuerySet
from contest_portal.access.grants import may
from contest_portal.access.roles import SIGNED_IN
from contest_portal.audit.models import TrackedModel, TrackedQuerySet
from contest_portal.core.dated import Dated


class OrganisationKind(models.TextChoices):
    COUNCIL = "council", "Council"
    POLICE = "police", "Police"
    OVERSIGHT = "oversight", "Oversight body"
    GOVERNMENT = "government", "Government"
    HEALTH = "health", "Health"
    EDUCATION = "education", "Education"
    EMERGENCY = "emergency", "Emergency service"
    COMMUNITY = "community", "Community or charity"
    BUSINESS = "business", "Business"


class OrganisationQuerySet(TrackedQuerySet):
    def visible_to(self, user: Any) -> "OrganisationQuerySet":
        """Names of public bodies and partners: for everybody who is signed in."""
        return self if may(user, SIGNED_IN) else self.none()

    def called(self, text: str) -> "OrganisationQuerySet":
        """Those that have, or had, a name with these words or these very initials."""
        names = OrganisationName.objects.filter(Q(name__icontains=text) | Q(abbreviation__iexact=text))
        return self.filter(Q(name__icontains=text) | Q(pk__in=names.values("organisation_id")))

    def with_names(self) -> "OrganisationQuerySet":
        """With all that a list of dated names and successors shows, in a fixed number of queries."""
        return self.select_related("borough").prefetch_related("names", "successors__after", "predecessors__before")


class Organisation(TrackedModel):
    """A partner. Its name changes over time, its key does not; papers print the name of their own day."""

    key = models.SlugField(max_length=60, unique=True)
    kind = models.CharField(max_length=12, choices=OrganisationKind.choices)
    borough = models.ForeignKey(Borough, models.PROTECT, null=True, blank=True, related_name="organisations")
    name = models.CharField(max_length=120, help_text="The name of today, or the last one it had.")

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def past(self) -> list["OrganisationName"]:
        """Its dated names, first to last; none when it has only ever had the one it has."""
        names = list(self.names.all())
        return names if len(names) > 1 or any(name.ends for name in names) else []

    @property
    def abbreviation(self) -> str:
        return next((name.abbreviation for name in reversed(self.names.all())), "")

    def name_on(self, day: dt.date) -> str:
        found = self.names.on(day).first()
        return found.name if found else self.name


class OrganisationName(TrackedModel, Dated):
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="names")
    name = models.CharField(max_length=120)
    abbreviation = models.CharField(max_length=20, blank=True)

    objects = DatedTrackedQuerySet.as_manager()

    class Meta:
        # The name that a body had before anybody wrote down since when is its first one.
        ordering = [F("starts").asc(nulls_first=True)]

    def __str__(self) -> str:
        return self.name


class Succession(TrackedModel):
    """One body took over from another on a day."""

    before = models.ForeignKey(Organisation, models.PROTECT, related_name="successors")
    after = models.ForeignKey(Organisation, models.PROTECT, related_name="predecessors")
    on = models.DateField()
    note = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return f"{self.after} after {self.before}"
