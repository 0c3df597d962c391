from django.db import models
from django.db.models import F, Q


class InSeries(models.Model):
    """A session of a programme or project, and which of how many. Each is an activity and counts once."""

    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="sessions", verbose_name="programme or project"
    )
    session_number = models.PositiveSmallIntegerField("number of the session", null=True, blank=True)
    session_count = models.PositiveSmallIntegerField("sessions in all", null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def session_in_words(self) -> str:
        """session 2 of 6"""
        if self.session_number is None:
            return ""
        return f"session {self.session_number}" + (f" of {self.session_count}" if self.session_count else "")


SESSIONS = [
    models.CheckConstraint(
        condition=Q(session_count__isnull=True) | Q(session_number__gte=1, session_number__lte=F("session_count")),
        name="activity_session_within_its_series",
    ),
    models.CheckConstraint(
        condition=Q(parent__isnull=True) | ~Q(parent=F("id")), name="activity_is_not_its_own_session"
    ),
]
