from typing import Any

from django.conf import settings
from django.db import models

from boards.models import Board
from contest_portal.audit.models import TrackedModel, TrackedQuerySet
from reports.models.pack import BUILD


class WordTemplateQuerySet(TrackedQuerySet):
    def visible_to(self, user: Any) -> "WordTemplateQuerySet":
        """For those who issue the board's papers."""
        return self.filter(board__in=Board.objects.covered_by(user, BUILD))

    def of(self, board: Board) -> "WordTemplate | None":
        """The one in force: the last that was sent in. None where the house's own is used."""
        return self.filter(board=board).order_by("-sent_at").first()


class WordTemplate(TrackedModel):
    """A Word document of a board's secretariat, with places for the title, the text and so on. A paper that was made
    with it stays as it was made; the next one sent in is for papers issued later."""

    append_only = True

    board = models.ForeignKey(Board, models.PROTECT, related_name="word_templates")
    name = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = WordTemplateQuerySet.as_manager()

    class Meta:
        ordering = ["board", "-sent_at"]

    def __str__(self) -> str:
        return self.name
