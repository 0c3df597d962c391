import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Min, Q
from django.utils import timezone

from boroughs.models import Organisation, OrganisationName
from boroughs.models.borough import DatedTrackedQuerySet
from contest_portal.access.grants import scope_of
from contest_portal.audit.models import TrackedModel
from contest_portal.core.addresses import address
from contest_portal.core.dated import Dated
from contest_portal.core.markings import Marking


class BoardKind(models.TextChoices):
    PARTNERSHIP = "partnership", "Partnership board"
    INTERNAL = "internal", "Internal board"
    COMMITTEE = "committee", "Committee"
    FORUM = "forum", "Forum"


class AccessRegime(models.TextChoices):
    """What law, if any, says about publishing its papers."""

    COUNCIL_COMMITTEE = "part_va", "Council committee (Local Government Act 1972, Part VA)"
    COUNCIL_EXECUTIVE = "executive", "Council executive (2012 Regulations)"
    MOPAC = "mopac", "MOPAC (2011 Order)"
    INFORMAL = "informal", "Informal: its own terms of reference"


class ExemptStyle(models.TextChoices):
    """What stands in the public version of a paper where something is exempt."""

    CLOSES_UP = "closes_up", "Nothing: the numbers close up"
    PLACEHOLDER = "placeholder", "“[exempt]”, with the ground: the numbers stay"


# Of boards that meet as they please, and of those that the law opens to the public.
_ATTENDING = (
    "This board does not meet in public. Papers of Part 1 are published as its terms of reference say.",
    "Part 1 is open to everybody, who may film, photograph or record it quietly. Part 2 is not open to the public.",
)


class BoardQuerySet(DatedTrackedQuerySet):
    def visible_to(self, user: Any) -> "BoardQuerySet":
        return self if scope_of(user, "board.read").everywhere else self.none()

    def arranged_by(self, user: Any) -> "BoardQuerySet":
        """Boards whose meetings the person arranges."""
        return self.covered_by(user, "meeting.arrange")

    def covered_by(self, user: Any, permission: str) -> "BoardQuerySet":
        """Those on which the person has this permission."""
        scope = scope_of(user, permission)
        return self if scope.everywhere else self.filter(key__in=scope.boards)

    def lasting_on(self, day: dt.date) -> "BoardQuerySet":
        """Those that had not ended before that day, with the day of their next meeting as `next_meeting`."""
        ahead = Q(meetings__day__gte=day, meetings__status="planned")
        return self.exclude(ends__lt=day).annotate(next_meeting=Min("meetings__day", filter=ahead)).order_by("name")

    def lasting(self) -> "BoardQuerySet":
        """Those whose own people have rights today: rights end with the board."""
        return self.filter(_lasts())

    def lasting_for(self, keys: Iterable[str]) -> "BoardQuerySet":
        return self.filter(_lasts(), key__in=keys)

    def ended_before(self, day: dt.date) -> "BoardQuerySet":
        return self.filter(ends__lt=day).order_by("-ends", "name")


def _lasts() -> Q:
    return Q(ends=None) | Q(ends__gte=timezone.localdate())


class Board(TrackedModel, Dated):
    """A board, committee or forum, for as long as it exists. Identity is the key, never the name."""

    key = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    short_name = models.CharField(max_length=40)
    kind = models.CharField(max_length=12, choices=BoardKind.choices)
    access_regime = models.CharField(max_length=12, choices=AccessRegime.choices, default=AccessRegime.INFORMAL)
    purpose = models.TextField()
    secretariat = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="boards_served")
    quorum = models.PositiveSmallIntegerField(null=True, blank=True)
    marking_ceiling = models.CharField(max_length=18, choices=Marking.choices, default=Marking.OFFICIAL_SENSITIVE)
    notice_days = models.PositiveSmallIntegerField("clear working days of notice", default=5)
    exempt_style = models.CharField(
        "where something is exempt", max_length=12, choices=ExemptStyle.choices, default=ExemptStyle.CLOSES_UP
    )
    contact = models.CharField("who answers questions about its papers", max_length=200, blank=True, default="")
    attending = models.TextField("who may come, and whether they may film", max_length=600, blank=True, default="")
    standing_items = ArrayField(models.CharField(max_length=120), default=list, blank=True)

    objects = BoardQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address("board", self.key)

    @property
    def attending_words(self) -> str:
        """What stands on the front of a pack, in the board's own words where it has some."""
        return self.attending or _ATTENDING[self.access_regime != AccessRegime.INFORMAL]

    def has_ended_on(self, day: dt.date) -> bool:
        return self.ends is not None and self.ends < day

    def successors(self) -> "BoardQuerySet":
        """The boards that its work went to."""
        went = Q(relations_from_others__board=self, relations_from_others__kind__in=PASSED_ON)
        came = Q(relations__other=self, relations__kind=RelationKind.SUCCESSOR_OF)
        return Board.objects.filter(went | came).distinct()

    def passed_on(self) -> list[tuple["Board", dt.date | None]]:
        """The same, each with the day on which it took over, the first one first."""
        own = self.relations.filter(kind__in=PASSED_ON).select_related("other")
        others = self.relations_from_others.filter(kind=RelationKind.SUCCESSOR_OF).select_related("board")
        found = [(row.other, row.starts) for row in own] + [(row.board, row.starts) for row in others]
        return sorted(found, key=lambda each: (each[1] is not None, each[1], each[0].pk))

    def why_not_arrange(self, user: Any, day: dt.date) -> str:
        """Why this person cannot arrange a meeting of it, as of `day`; empty when they can."""
        if not Board.objects.arranged_by(user).filter(pk=self.pk).exists():
            return f"Only the secretary of the {self} arranges its meetings."
        if self.has_ended_on(day):
            return f"The {self} ended on {self.ends:%-d %B %Y} and holds no more meetings."
        return ""


class RelationKind(models.TextChoices):
    PARENT_OF = "parent_of", "is the parent of"
    REPORTS_TO = "reports_to", "reports to"
    JOINT_WITH = "joint_with", "sits jointly with"
    MERGED_INTO = "merged_into", "merged into"
    SPLIT_FROM = "split_from", "split from"
    RENAMED_TO = "renamed_to", "was renamed to"
    SUCCESSOR_OF = "successor_of", "is the successor of"


PASSED_ON = (RelationKind.MERGED_INTO, RelationKind.RENAMED_TO)


class BoardRelation(TrackedModel, Dated):
    board = models.ForeignKey(Board, models.PROTECT, related_name="relations")
    kind = models.CharField(max_length=12, choices=RelationKind.choices)
    other = models.ForeignKey(Board, models.PROTECT, related_name="relations_from_others")
    note = models.CharField(max_length=200, blank=True)

    objects = DatedTrackedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.board} {self.get_kind_display()} {self.other}"


class SeatKind(models.TextChoices):
    VOTING = "voting", "Voting"
    NON_VOTING = "non_voting", "Non-voting"
    OBSERVER = "observer", "Observer"
    EX_OFFICIO = "ex_officio", "Ex officio"
    CO_OPTED = "co_opted", "Co-opted"


class SeatOffice(models.TextChoices):
    CHAIR = "chair", "Chair"
    VICE_CHAIR = "vice_chair", "Vice-chair"
    MEMBER = "member", "Member"


class SeatQuerySet(DatedTrackedQuerySet):
    def roster_on(self, day: dt.date) -> "SeatQuerySet":
        """The seats of that day, chair first, each with `holders_then` and its organisation with `names_then`."""
        offices = [models.When(office=office, then=place) for place, office in enumerate(SeatOffice.values)]
        return (
            self.on(day)
            .select_related("organisation")
            .prefetch_related(
                models.Prefetch("holders", SeatHolder.objects.on(day), to_attr="holders_then"),
                models.Prefetch("organisation__names", OrganisationName.objects.on(day), to_attr="names_then"),
            )
            .order_by(models.Case(*offices), "organisation__name", "pk")
        )


class Seat(TrackedModel, Dated):
    """An organisation's seat on a board."""

    board = models.ForeignKey(Board, models.PROTECT, related_name="seats")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="seats")
    kind = models.CharField(max_length=10, choices=SeatKind.choices, default=SeatKind.VOTING)
    office = models.CharField(max_length=10, choices=SeatOffice.choices, default=SeatOffice.MEMBER)
    counts_to_quorum = models.BooleanField(default=True)

    objects = SeatQuerySet.as_manager()

    class Meta:
        ordering = ["office", "organisation__name"]

    def __str__(self) -> str:
        return f"{self.organisation} on {self.board}"

    def holder_on(self, day: dt.date) -> "SeatHolder | None":
        return next((holder for holder in self.holders.all() if holder.holds_on(day)), None)


class SeatHolder(TrackedModel, Dated):
    """Who sits in a seat: a post, and the account of whoever holds it where there is one."""

    seat = models.ForeignKey(Seat, models.PROTECT, related_name="holders")
    post = models.CharField(max_length=160)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="seats")
    substitute = models.BooleanField("named substitute", default=False)

    objects = DatedTrackedQuerySet.as_manager()

    class Meta:
        ordering = ["substitute", "post"]

    def __str__(self) -> str:
        return self.post
