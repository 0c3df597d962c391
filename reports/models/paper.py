import datetime as dt
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, When
from django.urls import reverse

from boards.models import Board, Meeting
from boards.models.meeting import ItemPart, MeetingStatus
from contest_portal.access.grants import GroupException, NamedException, opened_to, scope_of
from contest_portal.audit.models import TrackedModel, TrackedQuerySet
from contest_portal.core.addresses import address
from contest_portal.core.conditions import NOTHING, all_of, any_of
from contest_portal.core.markings import Marking, highest
from contest_portal.core.quarters import QuarterField
from reports.models.exemption import ExemptGround, grounded
from reports.models.paper_list import PaperListQuerySet
from reports.models.paper_template import PaperTemplate


class PaperStatus(models.TextChoices):
    DRAFT = "draft", "Draft"
    ISSUED = "issued", "Issued"


MOVES: dict[str, tuple[str, ...]] = {PaperStatus.DRAFT: (PaperStatus.ISSUED,), PaperStatus.ISSUED: ()}


class PaperQuerySet(PaperListQuerySet):
    def visible_to(self, user: Any) -> "PaperQuerySet":
        """Issued OFFICIAL Part 1 papers for every role, and drafts of such for those who read drafts; Part 2 and
        OFFICIAL-SENSITIVE ones, drafts among them, for the board's own people.

        A paper is OFFICIAL here when it is so without its exempt parts: `read_whole_by` says who reads those."""
        public = Q(part=ItemPart.PART_1, open_marking=Marking.OFFICIAL)
        part_2, drafting = scope_of(user, "paper.part2"), scope_of(user, "paper.draft.read")
        own_board, of_board = _on_boards(part_2), _on_boards(drafting)
        every_role = public if scope_of(user, "paper.read").everywhere else NOTHING
        issued = all_of(Q(status=PaperStatus.ISSUED), any_of(every_role, own_board))
        # Who reads Part 2 wherever they read drafts need not be asked which of these are public.
        all_drafts = not drafting.everywhere and drafting.boards <= part_2.boards
        shown = of_board if all_drafts else all_of(of_board, any_of(public, own_board))
        drafts = all_of(Q(status=PaperStatus.DRAFT), shown)
        return self.filter(any_of(issued, drafts, self._own(user), opened_to(user, Paper, "read_paper")))

    def editable_by(self, user: Any) -> "PaperQuerySet":
        scope = scope_of(user, "paper.draft")
        return self.filter(all_of(Q(status=PaperStatus.DRAFT), any_of(_on_boards(scope), self._own(user))))

    def issuable_by(self, user: Any) -> "PaperQuerySet":
        return self.filter(_on_boards(scope_of(user, "paper.issue")))

    def drafting_read_by(self, user: Any) -> "PaperQuerySet":
        """Those whose making the person may read, text that was thrown away included: more than the issued paper."""
        return self.filter(self._making(user))

    def making_read_by(self, user: Any) -> "PaperQuerySet":
        """Drafts that the person sees, and issued papers whose making they may read: what is said about a draft."""
        return self.visible_to(user).filter(any_of(Q(status=PaperStatus.DRAFT), self._making(user)))

    def known_again_by(self, user: Any, until: dt.datetime) -> "PaperQuerySet":
        """Those of which a list of that day may tell: of the drafts that there were, to who reads their history."""
        return self.drafting_read_by(user) | self.filter(issue__issued_at__lt=until)

    def read_whole_by(self, user: Any) -> "PaperQuerySet":
        """Those of which the person, if they see the paper at all, reads the exempt parts too."""
        return self.filter(self._whole(user))

    def marked_for(self, user: Any) -> "PaperQuerySet":
        """With `shown_marking`: that of as much of each as the person reads."""
        return self.annotate(shown_marking=Case(When(self._whole(user), then=F("marking")), default=F("open_marking")))

    def exempt_read_by(self, user: Any) -> "PaperQuerySet":
        """Those whose exempt parts, if they have or had any, are for this person."""
        return self.filter(self._exempt(user))

    def _whole(self, user: Any) -> Q:
        return any_of(Q(has_exempt=False), self._exempt(user))

    def _exempt(self, user: Any) -> Q:
        of_board = _on_boards(scope_of(user, "paper.part2"))
        return any_of(of_board, self._own(user), opened_to(user, Paper, "read_paper"))

    def _making(self, user: Any) -> Q:
        return any_of(_on_boards(scope_of(user, "paper.draft.read")), self._own(user))

    def _own(self, user: Any) -> Q:
        """What its author may do ends with the board too."""
        if not scope_of(user, "paper.draft"):
            return NOTHING
        return Q(author_id=user.pk, board__in=Board.objects.lasting())


def _on_boards(scope: Any) -> Q:
    # Not an empty Q, which would vanish from an "or" and take all papers with it.
    if scope.everywhere:
        return Q(pk__isnull=False)
    return Q(board__in=Board.objects.lasting_for(scope.boards)) if scope.boards else NOTHING


class Paper(TrackedModel):
    """A paper of a board, to one of its meetings or with a date of its own. What was issued is in `issue`, frozen;
    this row is the paper as it is being written."""

    board = models.ForeignKey(Board, models.PROTECT, related_name="papers")
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, blank=True, related_name="papers")
    dated = models.DateField("date", null=True, blank=True, help_text="Of a paper that goes to no meeting.")
    template = models.ForeignKey(PaperTemplate, models.PROTECT, related_name="papers")
    title = models.CharField(max_length=200)
    by_line = models.CharField("by", max_length=200)
    quarter = QuarterField(help_text="Figures in the paper are for this quarter.")
    summary = models.TextField(blank=True)
    front = models.JSONField("front matter", default=dict, blank=True, help_text="Answers, by key of the template.")
    part = models.CharField(max_length=1, choices=ItemPart.choices, default=ItemPart.PART_1)
    marking = models.CharField(max_length=18, choices=Marking.choices, default=Marking.OFFICIAL)
    # What follows is worked out whenever a block changes: workflow.papers.
    open_marking = models.CharField(
        "marking without exempt parts", max_length=18, choices=Marking.choices, default=Marking.OFFICIAL
    )
    has_exempt = models.BooleanField("has exempt parts", default=False)
    summary_ground = models.CharField(
        "who reads the summary", max_length=1, choices=ExemptGround.choices, blank=True, default=""
    )
    summary_interest = models.TextField("why the summary is kept back", blank=True, default="")
    with_glossary = models.BooleanField("append a glossary", default=False)
    summary_rested_on = models.JSONField(
        default=dict, blank=True, editable=False, help_text="What its figures said when it was last saved."
    )
    status = models.CharField(max_length=8, choices=PaperStatus.choices, default=PaperStatus.DRAFT)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="papers")

    objects = PaperQuerySet.as_manager()

    class Meta:
        ordering = ["title"]
        permissions = [("read_paper", "Read this paper")]
        constraints = [
            models.CheckConstraint(
                condition=Q(meeting=None, dated__isnull=False) | Q(meeting__isnull=False, dated=None),
                name="paper_has_a_meeting_or_a_date",
            ),
            models.CheckConstraint(
                condition=grounded("summary_ground", "summary_interest"), name="exempt_summary_says_why"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return address("paper", self.pk)

    @property
    def day(self) -> dt.date:
        """The day that stands on it: that of its meeting, or its own."""
        day: dt.date = self.meeting.day if self.meeting else self.dated  # type: ignore[assignment]
        return day

    @property
    def occasion(self) -> str:
        """Under what a list of papers puts it."""
        return f"{self.board}, {self.day:%-d %B %Y}" if self.meeting else f"{self.board}, {self.day:%Y}, to no meeting"

    @property
    def is_draft(self) -> bool:
        return self.status == PaperStatus.DRAFT

    @property
    def is_open(self) -> bool:
        """Whether the public may read it, once it is published, without its exempt parts."""
        return self.part == ItemPart.PART_1 and self.open_marking == Marking.OFFICIAL

    def is_whole_for(self, user: Any) -> bool:
        """Whether this person reads its exempt parts too, or would if it had any."""
        return Paper.objects.read_whole_by(user).filter(pk=self.pk).exists() if self.has_exempt else True

    def takes_exempt_from(self, user: Any) -> bool:
        """Whether this person may say that a part of it is exempt: whoever then goes on reading it."""
        return Paper.objects.exempt_read_by(user).filter(pk=self.pk).exists()

    def marking_for(self, user: Any) -> str:
        return self.marking if self.is_whole_for(user) else self.open_marking

    def editable_by(self, user: Any) -> bool:
        return Paper.objects.editable_by(user).filter(pk=self.pk).exists()

    def issuable_by(self, user: Any) -> bool:
        return Paper.objects.issuable_by(user).filter(pk=self.pk).exists()

    def why_not_edit(self, user: Any) -> str:
        """Why this person cannot change it now, in a sentence; empty when they can."""
        if not self.is_draft:
            return f"This paper was issued as {self.issue.numbered}. What was issued does not change any more."
        if not self.editable_by(user):
            return f"Only its author, analysts and the secretary of the {self.board} change this paper."
        return ""

    def why_not_issue(self, user: Any) -> str:
        """What the paper's own row says; workflow.issuing adds what its text says."""
        board = self.board
        if not self.issuable_by(user):
            return f"Only the secretary of the {board} issues its papers."
        if PaperStatus.ISSUED not in MOVES[self.status]:
            return f"This paper was already issued as {self.issue.numbered}. A paper is issued once."
        if self.meeting and self.meeting.status == MeetingStatus.CANCELLED:
            return "The meeting was cancelled. Choose another meeting for this paper before you issue it."
        if highest([self.marking, board.marking_ceiling]) != board.marking_ceiling:
            return f"The {board} takes papers up to {board.marking_ceiling}, and this one is {self.marking}."
        return ""


class BlockKind(models.TextChoices):
    HEADING = "heading", "Heading"
    PARAGRAPH = "paragraph", "Paragraph"
    RECOMMENDATION = "recommendation", "Recommendation"
    TABLE = "table", "Table of a figure"
    CHART = "chart", "Chart of a figure"


DRAWN = frozenset({BlockKind.TABLE, BlockKind.CHART})


def kinds_for(section: dict[str, Any]) -> list[BlockKind]:
    """What may stand in a section of a template: one with a lead-in holds recommendations and nothing else."""
    if section.get("lead_in"):
        return [BlockKind.RECOMMENDATION]
    return [BlockKind.PARAGRAPH, BlockKind.TABLE, BlockKind.CHART, BlockKind.HEADING]


class BlockQuerySet(TrackedQuerySet):
    def visible_to(self, user: Any) -> "BlockQuerySet":
        """Of papers that the person sees: all of those that they read whole, of others what is not exempt."""
        whole = Q(exempt_ground="") | Q(paper__in=Paper.objects.read_whole_by(user))
        return self.filter(whole, paper__in=Paper.objects.visible_to(user))


class Block(TrackedModel):
    """One piece of a paper. Its number is computed from its place, never stored."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    paper = models.ForeignKey(Paper, models.PROTECT, related_name="blocks")
    section = models.CharField(max_length=40, help_text="Key of a section of the paper's template.")
    heading = models.CharField(max_length=60, blank=True, help_text="Key of the fixed sub-heading it stands under.")
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=14, choices=BlockKind.choices)
    text = models.TextField(blank=True, help_text="Markdown. A figure is written [[attendance]].")
    figure = models.CharField(max_length=60, blank=True, help_text="Key of the figure, for a table or chart.")
    marking = models.CharField(max_length=18, choices=Marking.choices, default=Marking.OFFICIAL)
    source = models.CharField("source of numbers that you typed", max_length=200, blank=True, default="")
    exempt_ground = models.CharField(
        "who reads it", max_length=1, choices=ExemptGround.choices, blank=True, default="", help_text="Empty: Part 1."
    )
    public_interest = models.TextField("why it is kept back", blank=True, default="")
    rested_on = models.JSONField(
        default=dict, blank=True, editable=False, help_text="What its figures said when its words were last saved."
    )

    objects = BlockQuerySet.as_manager()

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=grounded("exempt_ground", "public_interest"), name="exempt_block_says_why"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["table", "chart"], text="") & ~Q(figure="")
                | ~Q(kind__in=["table", "chart"]) & Q(figure="") & ~Q(text=""),
                name="block_has_text_or_a_figure",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} in {self.paper}"

    def get_absolute_url(self) -> str:
        return f"{reverse('paper', args=[self.paper_id])}#block-{self.pk}"

    @property
    def is_exempt(self) -> bool:
        return bool(self.exempt_ground)

    @property
    def is_drawn(self) -> bool:
        """A table or a chart: it has a figure and no text of its own."""
        return self.kind in DRAWN


class PaperException(NamedException):
    """One paper, opened to one person by name."""

    content_object = models.ForeignKey(Paper, models.PROTECT)


class PaperGroupException(GroupException):
    content_object = models.ForeignKey(Paper, models.PROTECT)
