"""The pack of a meeting: its papers in one file for each circle of readers, and supplements for late ones."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q
from django.urls import reverse

from boards.models import Board, Meeting
from contest_portal.access.grants import scope_of
from contest_portal.audit.models import TrackedModel, TrackedQuerySet
from contest_portal.core.jobs import JobQuerySet
from contest_portal.core.markings import Marking
from reports.models.exemption import Rendition
from reports.models.issue import Issue
from reports.models.rendered import Rendered

# Packs are built by who may issue the papers of their board, and read whole by who reads its Part 2.
BUILD, WHOLE = "paper.issue", "paper.part2"


class PackQuerySet(TrackedQuerySet):
    def visible_to(self, user: Any) -> "PackQuerySet":
        """Issued ones for everybody who reads papers; those being put together for who builds them."""
        found = Q(meeting__board__in=Board.objects.covered_by(user, BUILD))
        if scope_of(user, "paper.read").everywhere:
            found |= Q(issued_at__isnull=False)
        return self.filter(found)

    def editable_by(self, user: Any) -> "PackQuerySet":
        return self.filter(issued_at=None, meeting__board__in=Board.objects.covered_by(user, BUILD))

    def let_out(self) -> "PackQuerySet":
        """Issued ones of which every open paper was published, whatever became of it."""
        opened = PackEntry.objects.filter(pack=OuterRef("pk")).exclude(issue__open_snapshot="")
        unpublished = opened.filter(issue__publication=None)
        return self.filter(~Exists(unpublished), Exists(opened), issued_at__isnull=False)

    def published(self) -> "PackQuerySet":
        """Those that everybody may have: nothing that was withdrawn is in them, neither a paper nor an erratum to one.
        A paper that was superseded is still read, under a banner, and so are packs that have it."""
        papers = PackEntry.objects.withdrawn().filter(pack=OuterRef("pk"))
        errata = PackErratum.objects.withdrawn().filter(pack=OuterRef("pk"))
        return self.let_out().filter(~Exists(papers), ~Exists(errata))

    def in_order(self) -> "PackQuerySet":
        return self.order_by("meeting", "serial")


class Pack(TrackedModel):
    """Built as often as papers come in, and issued once. From then on its page numbers are cited, so it never changes,
    and what comes later goes into a supplement. `serial` is 0, or the number of the supplement."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="packs")
    serial = models.PositiveSmallIntegerField(default=0)
    late_reason = models.TextField("why its papers are late", blank=True)
    # Which of the files are those of the last build.
    members_input = models.CharField(max_length=64, blank=True)
    public_input = models.CharField(max_length=64, blank=True)
    issued_at = models.DateTimeField(null=True, blank=True)
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    objects = PackQuerySet.as_manager()

    # Of a pack that was read as one that was let out.
    taken_back: "list[PackEntry]"
    errata_withdrawn: "list[PackErratum]"

    class Meta:
        ordering = ["meeting", "serial"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "serial"], name="pack_serial_once"),
            models.CheckConstraint(
                condition=Q(issued_at=None, issued_by=None) | Q(issued_at__isnull=False, issued_by__isnull=False),
                name="issued_pack_says_who",
            ),
            models.CheckConstraint(condition=Q(serial=0) | ~Q(late_reason=""), name="supplement_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.meeting}"

    def get_absolute_url(self) -> str:
        return reverse("packs", args=[self.meeting_id])

    @property
    def name(self) -> str:
        return f"Supplement S{self.serial}" if self.serial else "Pack"

    @property
    def is_issued(self) -> bool:
        return self.issued_at is not None

    def current(self) -> "PackFileQuerySet":
        """The files of the last build, members' first."""
        return self.files.filter(input_hash__in=[self.members_input, self.public_input]).order_by("rendition")

    def why_not_issue(self, user: Any) -> str:
        if self.is_issued:
            return f"It was issued on {self.issued_at:%-d %B %Y}. What was issued does not change any more."
        if not Pack.objects.editable_by(user).filter(pk=self.pk).exists():
            return f"Only the secretary of the {self.meeting.board} issues its packs."
        files = list(self.current())
        stopped = next((file for file in files if file.is_parked), None)
        if stopped:
            return stopped.reason
        return "" if all(file.is_ready for file in files) else "Its files are still being made. Try again in a moment."


class PackEntryQuerySet(TrackedQuerySet):
    def taken_back(self) -> Self:
        """Of papers that were withdrawn or superseded since."""
        return self.filter(issue__publication__withdrawal__isnull=False)

    def withdrawn(self) -> Self:
        """Of these the ones that nobody reads any more."""
        return self.taken_back().filter(issue__publication__withdrawal__successor=None)

    def told(self) -> Self:
        """With what is said of them."""
        after = "issue__publication__withdrawal__successor__issue"
        rows = self.select_related("issue__item", f"{after}__item", f"{after}__paper__board")
        return rows.defer("issue__snapshot", "issue__open_snapshot", f"{after}__snapshot", f"{after}__open_snapshot")


class PackEntry(TrackedModel):
    """A paper that went out in a pack. It stands in one of them."""

    append_only = True

    pack = models.ForeignKey(Pack, models.PROTECT, related_name="entries")
    issue = models.OneToOneField(Issue, models.PROTECT, related_name="pack_entry")

    objects = PackEntryQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.issue} in {self.pack}"


class PackErratumQuerySet(TrackedQuerySet):
    def withdrawn(self) -> Self:
        """To papers that were withdrawn since, and that nobody reads any more."""
        gone = "erratum__issue__publication__withdrawal"
        return self.filter(**{f"{gone}__isnull": False, f"{gone}__successor": None})

    def told(self) -> Self:
        """With what is said of them."""
        rows = self.select_related(
            "erratum__issue__item", "erratum__issue__paper__meeting", "erratum__issue__publication__withdrawal"
        )
        return rows.defer("erratum__issue__snapshot", "erratum__issue__open_snapshot")


class PackErratum(TrackedModel):
    """An erratum that an issued pack tells everybody."""

    append_only = True

    pack = models.ForeignKey(Pack, models.PROTECT, related_name="errata")
    erratum = models.ForeignKey("reports.Erratum", models.PROTECT, related_name="pack_errata")

    objects = PackErratumQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["pack", "erratum"], name="erratum_once_in_a_pack")]

    def __str__(self) -> str:
        return f"{self.erratum} in {self.pack}"


class PackFileQuerySet(JobQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Of packs that the person sees. The members' one is for those who read Part 2 on its board."""
        whole = Q(pack__meeting__board__in=Board.objects.covered_by(user, WHOLE))
        current = Q(input_hash=models.F("pack__members_input")) | Q(input_hash=models.F("pack__public_input"))
        return self.filter(Q(rendition=Rendition.PUBLIC) | whole, current, pack__in=Pack.objects.visible_to(user))

    def published(self) -> Self:
        """Public ones that everybody may have, signed in or not."""
        return self._public().filter(pack__in=Pack.objects.published())

    def let_out(self) -> Self:
        """Those that everybody could have at one time, with what of them was taken back since."""
        papers = Prefetch("pack__entries", PackEntry.objects.taken_back().told(), to_attr="taken_back")
        errata = Prefetch("pack__errata", PackErratum.objects.withdrawn().told(), to_attr="errata_withdrawn")
        found = self._public().filter(pack__in=Pack.objects.let_out()).select_related("pack__meeting")
        return found.prefetch_related(papers, errata).order_by("-pack__meeting__day", "pack__serial")

    def _public(self) -> Self:
        current = Q(input_hash=models.F("pack__public_input"), rendition=Rendition.PUBLIC, state="ready")
        return self.filter(current)

    def retriable_by(self, user: Any) -> Self:
        return self.visible_to(user).filter(pack__meeting__board__in=Board.objects.covered_by(user, BUILD))


class PackFile(Rendered):
    """A pack for one circle of readers. What it is made of was frozen when it was asked for; built again with nothing
    changed, it is the same file."""

    task = "reports.tasks.render_pack"
    page = "pack_file"
    no_longer = "The person who asked for this pack may no longer read it. Somebody who may can ask for it again."

    pack = models.ForeignKey(Pack, models.PROTECT, related_name="files")
    rendition = models.CharField(max_length=7, choices=Rendition.choices)
    marking = models.CharField(max_length=18, choices=Marking.choices)
    snapshot = models.TextField(help_text="Canonical JSON. reports.rendering.pack_contents says what is in it.")

    objects = PackFileQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["state", "next_dispatch"], condition=~Q(state="ready"), name="pack_file_not_ready")
        ]
        constraints = [
            models.UniqueConstraint(fields=["pack", "rendition", "input_hash"], name="one_pack_file_for_a_content"),
            models.CheckConstraint(
                condition=~Q(state="ready") | (~Q(sha256="") & Q(size__isnull=False, ready_at__isnull=False)),
                name="ready_pack_file_has_bytes",
            ),
            models.CheckConstraint(condition=~Q(state="parked") | ~Q(reason=""), name="parked_pack_file_says_why"),
        ]

    @property
    def content_hash(self) -> str:
        return self.input_hash

    @property
    def is_public(self) -> bool:
        return self.rendition == Rendition.PUBLIC

    @property
    def queue_name(self) -> str:
        return str(self.pack)

    @property
    def name(self) -> str:
        return f"{self.pack.name}, {self.get_rendition_display()}"
