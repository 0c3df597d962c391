"""Files beside an activity: of five kinds, each with its own marking, and never a list of who came."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from contest_portal.audit.acting import moment
from contest_portal.audit.models import TrackedModel, TrackedQuerySet
from contest_portal.core.markings import Marking
from strands.models.activity import Activity


class AttachmentKind(models.TextChoices):
    EVALUATION = "evaluation", "Summary of an evaluation"
    PROGRAMME = "programme", "Programme or agenda"
    PUBLICITY = "publicity", "Poster, leaflet or other publicity"
    PRESENTATION = "presentation", "Presentation or handout"
    PHOTOGRAPH = "photograph", "Photograph without people"


class Scan(models.TextChoices):
    WAITING = "waiting", "Waits for the virus check"
    CLEAN = "clean", "Checked for viruses"
    INFECTED = "infected", "A virus was found"
    NONE = "none", "Not checked for viruses"


class AttachmentQuerySet(TrackedQuerySet):
    def visible_to(self, user: Any) -> "AttachmentQuerySet":
        """Of activities that the person reads in full; a sensitive one where they would read a sensitive activity."""
        return self.remembered_by(user).filter(removed_at=None)

    def remembered_by(self, user: Any) -> "AttachmentQuerySet":
        """The same with those that were taken out, which only a history still names."""
        activities = Activity.objects.read_in_full_by(user).values("pk")
        sensitive = Activity.objects.read_if_sensitive_by(user).values("pk")
        return self.filter(activity__in=activities).filter(Q(marking=Marking.OFFICIAL) | Q(activity__in=sensitive))

    def once_of(self, activity: Activity) -> "AttachmentQuerySet":
        """Those that belong to it now, and those that did before it was merged into another."""
        return self.filter(pk__in=self.model.history.filter(activity=activity).values("id"))

    def editable_by(self, user: Any) -> "AttachmentQuerySet":
        return self.filter(activity__in=Activity.objects.editable_by(user).values("pk"), removed_at=None)

    def waiting(self) -> "AttachmentQuerySet":
        return self.filter(scan=Scan.WAITING, removed_at=None)


class Attachment(TrackedModel):
    """The row; the bytes lie under their SHA-256 outside what the web server serves."""

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="attachments")
    kind = models.CharField(max_length=12, choices=AttachmentKind.choices)
    name = models.CharField("file name", max_length=120)
    media_type = models.CharField(max_length=100)
    sha256 = models.CharField(max_length=64, editable=False)
    size = models.PositiveIntegerField(editable=False)
    marking = models.CharField(max_length=18, choices=Marking.choices, default=Marking.OFFICIAL)
    scan = models.CharField("virus check", max_length=8, choices=Scan.choices)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=moment, editable=False)
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        ordering = ["-added_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(marking__in=Marking.values), name="attachment_marking_within_the_ceiling"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def why_not_open(self, user: Any) -> str:
        """Fails closed: what nobody has checked is not handed out, unless the operator decided so for its editors."""
        if self.scan == Scan.CLEAN:
            return ""
        if self.scan == Scan.INFECTED:
            return "A virus was found in this file. Nobody can open it. Take it out, and check the computer it is from."
        if self.scan == Scan.WAITING:
            return "This file waits for the virus check. Try again in a few minutes."
        if settings.PORTAL_OPEN_UNSCANNED and self.activity.editable_by(user):
            return ""
        return "No virus checker is set up here, so nobody can open this file. Ask the person who runs the portal."
