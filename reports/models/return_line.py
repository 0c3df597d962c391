from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models

from contest_portal.access.grants import keys_opened_to, scope_of
from contest_portal.audit.models import TrackedModel
from contest_portal.core.markings import Marking
from contest_portal.core.quantity import Qualifier, Quantity
from reports.models.quarterly_return import QuarterlyReturn
from strands.models import Activity, ActivityShare
from strands.models.activity import Status


class ReturnLine(TrackedModel):
    """One activity as it stood when the return was submitted. Never changed; a resubmission makes new lines.

    A line that is not saved shows the activity as it stands in the log now.
    """

    append_only = True

    quarterly_return = models.ForeignKey(QuarterlyReturn, models.PROTECT, related_name="lines")
    submission = models.PositiveSmallIntegerField()
    activity = models.ForeignKey(Activity, models.PROTECT, related_name="return_lines")
    activity_version = models.PositiveIntegerField()
    reference = models.CharField(max_length=20)
    title = models.CharField(max_length=160)
    kind = models.CharField(max_length=30)
    kind_name = models.CharField(max_length=80)
    strand = models.ForeignKey("strands.Strand", models.PROTECT, related_name="+")
    starts = models.DateField()
    date_in_words = models.CharField(max_length=60)
    status = models.CharField(max_length=10)
    percent = models.DecimalField("share", max_digits=5, decimal_places=2)
    attendance = models.PositiveIntegerField(null=True, blank=True)
    attendance_qualifier = models.CharField(max_length=12, choices=Qualifier.choices)
    cost_actual = models.DecimalField(max_digits=10, decimal_places=2, null=True, blank=True)
    marking = models.CharField(max_length=18)
    public_sentence = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["quarterly_return", "submission", "activity"], name="one_line_per_activity_and_submission"
            )
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    @property
    def attendance_quantity(self) -> Quantity:
        return Quantity(self.attendance, self.attendance_qualifier)

    @property
    def is_joint(self) -> bool:
        return self.percent < 100

    @property
    def is_sensitive(self) -> bool:
        """As it was frozen, or as the activity has been marked since."""
        return Marking.OFFICIAL_SENSITIVE in (self.marking, self.activity.marking)

    @property
    def status_label(self) -> str:
        return Status(self.status).label

    def content(self) -> dict[str, str]:
        """What the hash covers."""
        fields = ["reference", "title", "kind", "strand_id", "starts", "date_in_words", "status", "percent"]
        fields += ["attendance", "attendance_qualifier", "cost_actual", "marking", "public_sentence"]
        return {name: str(getattr(self, name)) for name in fields}

    def words(self) -> dict[str, str]:
        """What a reader compares, by label."""
        return {
            "Title": self.title,
            "Kind": self.kind_name,
            "Strand": str(self.strand),
            "Date": self.date_in_words,
            "Status": self.status_label,
            "Share": f"{self.percent.normalize():f}%",
            "People": str(self.attendance_quantity),
            "Cost": "not recorded" if self.cost_actual is None else f"£{self.cost_actual:,.2f}",
            "Marking": self.marking,
            "Publishable sentence": self.public_sentence,
        }


def lines_from_log(quarterly_return: QuarterlyReturn) -> list[ReturnLine]:
    """What the next submission would freeze: every activity of the quarter in which the borough has a share."""
    quarter = quarterly_return.quarter
    shares = ActivityShare.objects.filter(
        borough=quarterly_return.borough_id, activity__starts__range=(quarter.start, quarter.end)
    ).exclude(activity__status=Status.MERGED)
    shares = shares.select_related("activity__strand").order_by("activity__starts", "activity__reference")
    return [_line(quarterly_return, share.activity, share.percent) for share in shares]


def _line(quarterly_return: QuarterlyReturn, activity: Activity, percent: Any) -> ReturnLine:
    same = ["reference", "title", "kind", "strand", "starts", "date_in_words", "status", "attendance"]
    same += ["attendance_qualifier", "cost_actual", "marking", "public_sentence"]
    return ReturnLine(
        quarterly_return=quarterly_return,
        submission=quarterly_return.submission + 1,
        activity=activity,
        activity_version=activity.version,
        kind_name=activity.get_kind_display(),
        percent=percent,
        **{name: getattr(activity, name) for name in same},
    )


def frozen_lines(quarterly_return: QuarterlyReturn, submission: int) -> list[ReturnLine]:
    """The lines of one submission, as they were sent."""
    found = ReturnLine.objects.filter(quarterly_return=quarterly_return, submission=submission)
    return list(found.select_related("strand", "activity").order_by("starts", "reference"))


def lines_of(quarterly_return: QuarterlyReturn) -> list[ReturnLine]:
    """What the return says now: the log while it is open, the latest submission after that."""
    if quarterly_return.is_open:
        return lines_from_log(quarterly_return)
    return frozen_lines(quarterly_return, quarterly_return.standing_submission)


def readable(lines: list[ReturnLine], user: Any) -> list[ReturnLine]:
    """Lines that this reader of the return may read. OFFICIAL-SENSITIVE ones take more than reading the return."""
    if not any(line.is_sensitive for line in lines):
        return lines
    scope = scope_of(user, "activity.sensitive")
    opened = set(keys_opened_to(user, Activity, "read_activity"))
    return [
        line
        for line in lines
        if not line.is_sensitive
        or scope.everywhere
        or line.quarterly_return.borough_id in scope.boroughs
        or line.strand_id in scope.strands
        or line.activity_id in opened
    ]


@dataclass(frozen=True)
class LineChange:
    """How one activity differs between two sets of lines: (label, before, after) for each field that does."""

    what: str
    line: ReturnLine
    fields: tuple[tuple[str, str, str], ...] = ()


def compare(before: Iterable[ReturnLine], after: Iterable[ReturnLine]) -> list[LineChange]:
    """What was added, changed and removed from the one to the other."""
    old, new = ({line.activity_id: line for line in lines} for lines in (before, after))
    found = [LineChange("Added", line) for key, line in new.items() if key not in old]
    for key, line in new.items():
        if key in old and (fields := _differences(old[key], line)):
            found.append(LineChange("Changed", line, fields))
    return found + [LineChange("Removed", line) for key, line in old.items() if key not in new]


def _differences(before: ReturnLine, after: ReturnLine) -> tuple[tuple[str, str, str], ...]:
    new = after.words()
    return tuple((label, was, new[label]) for label, was in before.words().items() if was != new[label])
