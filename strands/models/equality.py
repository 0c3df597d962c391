"""Equality monitoring in bands: how many people of each came to an activity, and never who they were.

The counts of one activity are small, so only those who enter them read them. Everybody else reads London's sums, in
which small numbers are withheld, once they are released: reports.models.release.
"""

from dataclasses import dataclass
from typing import Any

from django.db import models

from contest_portal.audit.models import TrackedModel, TrackedQuerySet
from strands.models.activity import Activity

NOT_SAID = ("not_said", "Not said")


@dataclass(frozen=True)
class EqualityQuestion:
    """One characteristic with its bands, each a key and a label."""

    key: str
    name: str
    answers: tuple[tuple[str, str], ...]

    @property
    def bands(self) -> list[tuple[str, str]]:
        """As they are kept: the key of the question stands before that of the answer."""
        return [(f"{self.key}_{answer}", label) for answer, label in (*self.answers, NOT_SAID)]


QUESTIONS = (
    EqualityQuestion(
        "age",
        "Age",
        (
            ("under_18", "Under 18"),
            ("18_to_24", "18 to 24"),
            ("25_to_44", "25 to 44"),
            ("45_to_64", "45 to 64"),
            ("65_or_over", "65 or over"),
        ),
    ),
    EqualityQuestion("sex", "Sex", (("women", "Women"), ("men", "Men"))),
    EqualityQuestion("disability", "Disability", (("yes", "Disabled"), ("no", "Not disabled"))),
    EqualityQuestion(
        "ethnicity",
        "Ethnic group",
        (("asian", "Asian"), ("black", "Black"), ("mixed", "Mixed"), ("white", "White"), ("other", "Another")),
    ),
)


def band_choices() -> list[tuple[str, str]]:
    return [(band, f"{question.name}: {label}") for question in QUESTIONS for band, label in question.bands]


class EqualityCountQuerySet(TrackedQuerySet):
    def editable_by(self, user: Any) -> "EqualityCountQuerySet":
        return self.filter(activity__in=Activity.objects.editable_by(user).values("pk"))

    def once_of(self, activity: Activity) -> "EqualityCountQuerySet":
        """Those that belong to it now, and those that did before it was merged into another."""
        return self.filter(pk__in=self.model.history.filter(activity=activity).values("id"))


class EqualityCount(TrackedModel):
    """How many of the people at an activity were of one band. A band without a row was not asked, or nobody's."""

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="equality_counts")
    band = models.CharField(max_length=24, choices=band_choices)
    people = models.PositiveIntegerField()

    objects = EqualityCountQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["activity", "band"], name="one_equality_count_per_band")]

    def __str__(self) -> str:
        return f"{self.get_band_display()}: {self.people:,}"
