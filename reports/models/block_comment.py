"""What those who read a draft say about a part of it, and the changes that they suggest."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from contest_portal.audit.acting import moment
from contest_portal.audit.models import TrackedModel, TrackedQuerySet
from contest_portal.notifications.comments import Comment, CommentQuerySet
from reports.models.paper import Block, Paper


def _readable(user: Any) -> Q:
    """Of papers whose drafts the person reads; on a part that is exempt, was so then, or is gone, for those alone who
    read what is exempt."""
    here = Exists(Block.objects.filter(pk=OuterRef("piece"), exempt_ground=""))
    whole = Q(paper__in=Paper.objects.exempt_read_by(user))
    return Q(paper__in=Paper.objects.making_read_by(user)) & (whole | Q(here, exempt=False))


class BlockCommentQuerySet(CommentQuerySet):
    def visible_to(self, user: Any) -> Self:
        return self.filter(_readable(user))


class BlockComment(Comment):
    """On one block, known by its id, so that it outlives the block. A reply answers a comment, never a reply."""

    paper = models.ForeignKey(Paper, models.PROTECT, related_name="comments")
    piece = models.UUIDField("block")
    exempt = models.BooleanField("written on an exempt part", default=False)
    answers = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="replies")

    objects = BlockCommentQuerySet.as_manager()

    class Meta(Comment.Meta):
        abstract = False
        indexes = [models.Index(fields=["paper", "piece"], name="comments_of_a_block")]

    def get_absolute_url(self) -> str:
        return f"{reverse('paper_comments', args=[self.paper_id])}#comment-{self.pk}"

    @property
    def about_words(self) -> str:
        return ""

    @property
    def reply_address(self) -> str:
        return reverse("block_comment_reply", args=[self.paper_id, self.pk])

    @property
    def resolution_address(self) -> str:
        return reverse("block_comment_resolution", args=[self.paper_id, self.pk])

    @property
    def reopening_address(self) -> str:
        return reverse("block_comment_reopening", args=[self.paper_id, self.pk])


class SuggestionAnswer(models.TextChoices):
    ACCEPTED = "accepted", "Accepted"
    DECLINED = "declined", "Declined"


class SuggestionQuerySet(TrackedQuerySet):
    def visible_to(self, user: Any) -> Self:
        return self.filter(_readable(user))

    def open(self) -> Self:
        return self.filter(answer="")


class BlockSuggestion(TrackedModel):
    """Another text for one block. `before` is what the block said when it was suggested."""

    paper = models.ForeignKey(Paper, models.PROTECT, related_name="suggestions")
    piece = models.UUIDField("block")
    exempt = models.BooleanField("of an exempt part", default=False)
    before = models.TextField("text when it was suggested")
    text = models.TextField("suggested text")
    reason = models.CharField("why", max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="suggestions")
    at = models.DateTimeField(default=moment, editable=False)
    answer = models.CharField(max_length=8, choices=SuggestionAnswer.choices, blank=True, default="")
    answer_reason = models.CharField("why it was declined", max_length=500, blank=True, default="")
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        verbose_name = "suggestion"
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["paper", "piece"], name="suggestions_for_a_block")]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="", answered_by=None, answered_at=None)
                | ~Q(answer="") & Q(answered_by__isnull=False, answered_at__isnull=False),
                name="answered_suggestion_has_person_and_moment",
            ),
            models.CheckConstraint(
                condition=~Q(answer="declined") | ~Q(answer_reason=""), name="declined_suggestion_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"Suggestion of {self.at:%-d %B %Y}"

    def get_absolute_url(self) -> str:
        return f"{reverse('paper_comments', args=[self.paper_id])}#suggestion-{self.pk}"
