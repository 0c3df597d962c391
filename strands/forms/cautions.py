"""What is worth a second look before an activity is saved. It stops nobody: sent again, the same form is saved."""

import datetime as dt
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils import timezone

from contest_portal.core.markings import Marking
from contest_portal.core.quantity import Qualifier, Quantity
from contest_portal.core.quarters import Quarter
from contest_portal.core.sensitive_words import sensitive_words
from strands.models import Activity
from strands.models.activity import days_alike

# So many times the usual attendance is likely to be a slip of the keyboard.
SLIP = 10
TEXTS = ("title", "place", "purpose", "outcome", "public_sentence", "internal_note")
A_YEAR = dt.timedelta(days=366)


@dataclass(frozen=True)
class Caution:
    """One sentence, the field to look at, and activities that may be the same one."""

    sentence: str
    field: str = ""
    alike: Sequence[Activity] = ()


class Cautious(forms.Form):
    """A valid form that is sent for the first time asks; `sure` carries what the person was told."""

    sure = forms.CharField(required=False, widget=forms.HiddenInput)

    user: Any
    instance: Activity
    cautions: Sequence[Caution] = ()

    def is_sure(self) -> bool:
        """Of a valid form. Nothing to ask, or the person has seen exactly these sentences."""
        self.cautions = list(cautions(self.cleaned_data, self.user, self._is_new, self.instance))
        told = hashlib.sha256("\n".join(caution.sentence for caution in self.cautions).encode()).hexdigest()[:16]
        if not self.cautions or self.cleaned_data["sure"] == told:
            return True
        self.data = cast(QueryDict, self.data).copy()
        self.data["sure"] = told
        return False

    def _is_new(self, *names: str) -> bool:
        """What was saved with these answers was asked about then."""
        return self.instance._state.adding or any(name in self.changed_data for name in names)


def cautions(given: dict[str, Any], user: Any, is_new: Any, instance: Activity) -> Iterator[Caution]:
    if is_new("attendance", "lead_borough"):
        yield from _crowd(given, user, instance)
    if is_new("starts", "starts_quarter", "date_precision"):
        yield from _day(given)
    if is_new("title", "starts", "starts_quarter", "lead_borough"):
        yield from _alike(given, user, instance)
    if is_new("marking", *TEXTS):
        yield from _sensitive(given)


def _crowd(given: dict[str, Any], user: Any, instance: Activity) -> Iterator[Caution]:
    borough, people = given["lead_borough"], given["attendance"]
    earlier = Activity.objects.visible_to(user).in_borough(borough.pk).exclude(pk=instance.pk)
    usual = earlier.usual_attendance(timezone.localdate()) if people else None
    if usual and people >= SLIP * usual:
        entered = Quantity(people, given["attendance_qualifier"] or Qualifier.EXACT)
        yield Caution(
            f"You entered {entered} people. {borough} usually counts about {usual:,} at an activity. "
            "Look at the number once more.",
            "attendance",
        )


def _day(given: dict[str, Any]) -> Iterator[Caution]:
    """Returns are asked for the quarter that ended last, and plans made for the year ahead."""
    starts, today = given["starts"], timezone.localdate()
    quarter, now = Quarter.of(starts), Quarter.of(today)
    if quarter < now.previous():
        yield Caution(
            f"Its date lies in {quarter}, and the return for that quarter has been asked for already. If the year is "
            "right, save it: it stands in the log, and a return that was submitted stays as it is.",
            "starts",
        )
    elif starts > today + A_YEAR:
        yield Caution(f"Its date lies in {quarter}, more than a year from now. Look at the year once more.", "starts")


def _alike(given: dict[str, Any], user: Any, instance: Activity) -> Iterator[Caution]:
    first, last = days_alike(given["starts"], given["date_precision"])
    boroughs = [borough.pk for borough in given["shares"]]
    # The same form sent twice is no look-alike: it is saved once.
    others = Activity.objects.visible_to(user).exclude(pk=instance.pk).exclude(form_key=given.get("form_key"))
    alike = list(others.with_face().alike(given["title"], first, last, boroughs))
    if alike:
        what = "An activity like this one is" if len(alike) == 1 else f"{len(alike)} activities like this one are"
        yield Caution(f"{what} in the log already. Logged twice, it would count twice.", "title", alike)


def _sensitive(given: dict[str, Any]) -> Iterator[Caution]:
    if given["marking"] != Marking.OFFICIAL:
        return
    for name in TEXTS:
        found = sensitive_words(str(given.get(name) or ""))
        if found:
            words = " and ".join(f"“{word}”" for word in found[:3])
            yield Caution(
                f"You wrote {words} in an activity that is OFFICIAL. Mark it OFFICIAL-SENSITIVE, or write it "
                "in other words, if it must not be read by every partner.",
                name,
            )
