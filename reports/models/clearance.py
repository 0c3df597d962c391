"""Consultees who are asked to clear a draft, and the chair who approves it for the agenda.

Both bind to the words of one version (`paper_words`): whatever changes after them ends them.
"""

import datetime as dt
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from contest_portal.access.grants import scope_of
from contest_portal.access.models import Grant
from contest_portal.accounts.models import User
from contest_portal.audit.models import TrackedModel, TrackedQuerySet
from contest_portal.core.conditions import NOTHING, any_of
from reports.models.paper import Paper
from reports.models.suppression_override import Decision


class Office(models.TextChoices):
    ACSO = "acso", "ACSO’s office"
    TREASURER = "treasurer", "Treasurer"
    SOLICITOR = "solicitor", "Solicitor"
    EQUALITY = "equality", "Equality officer"
    NAMED = "named", "Another named officer"

    @property
    def role(self) -> str:
        """Whose it is to speak for it."""
        return "strand_lead" if self == Office.ACSO else "board_member"


def consultees_on(board: str, day: dt.date) -> dict[str, list[User]]:
    """By role, who can be asked to clear a paper of that board."""
    grants = Grant.objects.live_on(day).filter(user__is_active=True).select_related("user").order_by("user__name")
    of_board = Q(role="board_member", scope_key__in=[board, ""])
    found: dict[str, list[User]] = {office.role: [] for office in Office}
    for grant in grants.filter(of_board | Q(role="strand_lead")):
        if grant.user not in found[grant.role]:
            found[grant.role].append(grant.user)
    return found


class Answer(models.TextChoices):
    WAITING = "waiting", "No answer yet"
    CLEAR = "clear", "Cleared"
    AMEND = "amend", "Clears it with an amendment"
    REFUSE = "refuse", "Refused"
    OFF = "off", "Called off"

    @property
    def colour(self) -> str:
        return {"waiting": "blue", "clear": "green", "amend": "yellow", "refuse": "red"}.get(self.value, "grey")


ANSWERS = (Answer.CLEAR, Answer.AMEND, Answer.REFUSE)


class PaperWriter(TrackedModel):
    """Somebody who changed a paper while it was a draft. Whoever wrote in it neither clears nor approves it."""

    paper = models.ForeignKey(Paper, models.PROTECT, related_name="writers")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["paper", "person"], name="paper_writer_once")]

    def __str__(self) -> str:
        return f"{self.person} in {self.paper}"


def wrote(user: Any, paper: Paper) -> bool:
    return paper.author_id == user.pk or PaperWriter.objects.filter(paper_id=paper.pk, person_id=user.pk).exists()


class ClearanceQuerySet(TrackedQuerySet):
    def visible_to(self, user: Any) -> "ClearanceQuerySet":
        """Those of papers whose making the person may read, and their own. `rendering.clearances` says what was
        answered to whom."""
        drafts = Paper.objects.visible_to(user) & Paper.objects.drafting_read_by(user)
        return self.filter(Q(paper__in=drafts) | Q(person_id=user.pk))

    def answered(self) -> "ClearanceQuerySet":
        return self.filter(answer__in=ANSWERS, lapsed_at=None)

    def current(self) -> "ClearanceQuerySet":
        """What stands for each office and person: the newest asking that was not called off."""
        newest = self.exclude(answer=Answer.OFF).order_by("office", "person_id", "-pk").distinct("office", "person_id")
        return self.filter(pk__in=newest.values("pk")).select_related("person").order_by("pk")


def askable_by(user: Any) -> Any:
    """Drafts that the person may have cleared: their own, and those of a board whose secretary they are."""
    own = Q(author_id=user.pk) if scope_of(user, "paper.draft") else NOTHING
    return Paper.objects.editable_by(user).filter(any_of(own, Q(pk__in=Paper.objects.issuable_by(user).values("pk"))))


class Clearance(TrackedModel):
    """One asking of one person for an office, and their one answer to it."""

    paper = models.ForeignKey(Paper, models.PROTECT, related_name="clearances")
    office = models.CharField(max_length=10, choices=Office.choices)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="clearances")
    mandatory = models.BooleanField("has to clear it before it goes out", default=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    days = models.PositiveSmallIntegerField("working days to answer")
    due = models.DateField()
    answer = models.CharField(max_length=8, choices=Answer.choices, default=Answer.WAITING)
    words = models.TextField("amendment or reason", max_length=3000, blank=True, default="")
    answered_at = models.DateTimeField(null=True)
    sha256 = models.CharField("words that were answered to", max_length=64, blank=True, default="")
    figures = models.JSONField("what the figures said", default=dict)
    lapsed_at = models.DateTimeField("changed since", null=True)

    objects = ClearanceQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["paper", "office", "person"],
                condition=Q(answer="waiting"),
                name="one_clearance_waits_for_a_person",
            ),
            models.CheckConstraint(
                condition=Q(answer__in=["waiting", "off"]) | Q(answered_at__isnull=False) & ~Q(sha256=""),
                name="clearance_is_of_a_version",
            ),
            models.CheckConstraint(
                condition=~Q(answer__in=["amend", "refuse"]) | ~Q(words=""), name="clearance_says_what_it_asks"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_office_display()} on {self.paper}"

    def get_absolute_url(self) -> str:
        return reverse("clearance", args=[self.paper_id, self.pk])

    @property
    def state(self) -> Answer:
        return Answer(self.answer)

    @property
    def is_waiting(self) -> bool:
        return self.answer == Answer.WAITING

    @property
    def has_lapsed(self) -> bool:
        return self.lapsed_at is not None

    def holds_for(self, sha256: str) -> bool:
        """Whether exactly these words were cleared."""
        return self.answer == Answer.CLEAR and not self.has_lapsed and self.sha256 == sha256

    def why_not_answer(self, user: Any) -> str:
        if self.person_id != user.pk:
            return f"{self.get_office_display()} was asked, and answers for itself."
        scope = scope_of(user, "paper.clear")
        if not scope:
            return "Your role does not clear papers any more."
        if not self.is_waiting:
            return f"You have answered: {self.state.label.lower()}. One asking has one answer."
        if not self.paper.is_draft:
            return "The paper was issued. There is nothing left to clear."
        return "You wrote in this paper, so somebody else clears it." if wrote(user, self.paper) else ""


class ApprovalQuerySet(TrackedQuerySet):
    def visible_to(self, user: Any) -> "ApprovalQuerySet":
        return self.filter(paper__in=Paper.objects.visible_to(user) & Paper.objects.drafting_read_by(user))

    def latest(self) -> "Approval | None":
        return self.select_related("proposed_by", "decided_by").order_by("-pk").first()


class Approval(TrackedModel):
    """A paper that the secretary proposed for the agenda, and what the chair said of it."""

    paper = models.ForeignKey(Paper, models.PROTECT, related_name="approvals")
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    decision = models.CharField(max_length=8, choices=Decision.choices, default=Decision.WAITING)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    reason = models.TextField("why it was refused", max_length=1000, blank=True, default="")
    urgency = models.TextField("why it is urgent", max_length=500, blank=True, default="")
    sha256 = models.CharField("words that were decided on", max_length=64, blank=True, default="")
    lapsed_at = models.DateTimeField("changed since", null=True)

    objects = ApprovalQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["paper"], condition=Q(decision="waiting"), name="one_approval_waits_for_a_paper"
            ),
            models.CheckConstraint(
                condition=Q(decision="waiting", decided_by=None)
                | ~Q(decision="waiting") & Q(decided_by__isnull=False, decided_at__isnull=False) & ~Q(sha256=""),
                name="approval_is_of_a_version",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("proposed_by")), name="approval_by_somebody_else"
            ),
            models.CheckConstraint(condition=~Q(decision="refused") | ~Q(reason=""), name="refused_approval_says_why"),
        ]

    def __str__(self) -> str:
        return f"Approval of {self.paper}"

    @property
    def state(self) -> Decision:
        return Decision(self.decision)

    @property
    def is_waiting(self) -> bool:
        return self.decision == Decision.WAITING

    def holds_for(self, sha256: str) -> bool:
        return self.decision == Decision.APPROVED and self.lapsed_at is None and self.sha256 == sha256
