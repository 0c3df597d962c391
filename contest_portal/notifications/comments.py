"""Comments on a record, and the follow-ups that some of them ask for. Each app has its own table of them.

A comment is never changed; it is resolved. Who reads it in full is who reads its record in full.
"""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from contest_portal.accounts.models import User
from contest_portal.audit.acting import moment
from contest_portal.audit.models import TrackedModel, TrackedQuerySet
from contest_portal.core.refusal import Refused
from contest_portal.notifications.telling import tell
from contest_portal.ui.formats import day as in_words


class CommentQuerySet(TrackedQuerySet):
    def unresolved(self) -> "CommentQuerySet":
        return self.filter(resolved_at=None)

    def to_follow_up_on(self, day: dt.date) -> "CommentQuerySet":
        return self.unresolved().filter(follow_up_on__lte=day)


class Comment(TrackedModel):
    text = models.TextField("comment", max_length=2000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="%(class)ss")
    at = models.DateTimeField(default=moment, editable=False)
    follow_up_on = models.DateField("follow up by", null=True, blank=True)
    follow_up_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="%(class)ss_to_follow_up"
    )
    resolved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    resolved_at = models.DateTimeField(null=True, blank=True)

    objects = CommentQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(follow_up_on=None, follow_up_by=None)
                | Q(follow_up_on__isnull=False, follow_up_by__isnull=False),
                name="%(class)s_follow_up_has_a_day_and_a_person",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="%(class)s_says_something"),
        ]

    def __str__(self) -> str:
        return f"Comment of {self.at:%-d %B %Y}"

    @property
    def is_late(self) -> bool:
        return bool(self.follow_up_on and not self.resolved_at and self.follow_up_on < timezone.localdate())


def threads(rows: Iterable[Any]) -> list[Any]:
    """Each comment with its replies beside it, in the order in which they were written."""
    found = {row.pk: row for row in rows}
    for row in found.values():
        row.answered_by = [reply for reply in found.values() if reply.answers_id == row.pk]
    return [row for row in found.values() if row.answers_id is None]


def tell_comment(comment: Any, others: Iterable[User], *, name: str, link: str, about: str = "comment") -> None:
    """The others hear that there is one; whoever shall follow it up hears that it is theirs. Its words are not sent."""
    owner = comment.follow_up_by
    people = [person for person in others if person not in (comment.by, owner)]
    tell(people, f"{name}: a comment", f"{comment.by} commented on {name}.", link=link, about=about)
    if owner and owner != comment.by:
        text = f"{comment.by} asks you to follow up a comment on {name} by {in_words(comment.follow_up_on)}."
        tell([owner], f"{name}: a follow-up for you", text, link=link, about="follow_up")


def tell_follow_up_due(comment: Any, *, name: str, link: str) -> None:
    text = f"The follow-up on {name} is due on {in_words(comment.follow_up_on)}."
    event = f"follow-up-{comment._meta.model_name}-{comment.pk}"
    tell([comment.follow_up_by], f"{name}: a follow-up is due", text, link=link, about="follow_up", event=event)


def reopen(comment: Any, *, by: User) -> None:
    """History keeps who had resolved it."""
    if not comment.resolved_at:
        raise Refused("It is open already.")
    comment.resolved_by = comment.resolved_at = None
    comment.save()


def resolve(comment: Any, *, by: User) -> None:
    if comment.resolved_at:
        raise Refused("It is resolved already.")
    comment.resolved_by, comment.resolved_at = by, moment()
    comment.save()
