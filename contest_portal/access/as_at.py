"""The bar of another day: what its address says, and the page as it was known then."""

import datetime as dt
from contextlib import AbstractContextManager
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone

from contest_portal.audit.known_day import KnownDay
from contest_portal.audit.looking_back import first_moment
from contest_portal.audit.models import TrackedModel
from contest_portal.core.refusal import NotKnownThen
from contest_portal.ui.fields import DayField
from contest_portal.ui.formats import day as in_words
from contest_portal.ui.forms import FilterForm

Row = TypeVar("Row", bound=Model)
Day = TypeVar("Day", bound=KnownDay)


class AsAtForm(FilterForm):
    """The day on which somebody wants to have looked. It is in the address, so it goes with a link."""

    as_at = DayField(label="Day", required=False, help_text="For example, 19 11 2026")

    def clean_as_at(self) -> dt.date | None:
        day = self.cleaned_data["as_at"]
        if day is not None and day > timezone.localdate():
            raise ValidationError("Enter a day that has come: what will be known later, nobody knows yet")
        return day


def looked_at(request: HttpRequest, kind: type[Day], *models: type[TrackedModel]) -> tuple[Day, dict[str, Any]]:
    """What was known on the day that the address names, and the bar that says so. A day that is none is told.

    `models` are what the page is made of: on a day before the first of them there is nothing to show, and it says so.
    """
    asked = any(name.startswith("as_at") for name in request.GET)
    form = AsAtForm(request.GET) if asked else None
    day = form.cleaned_data["as_at"] if form and form.is_valid() else None
    known = kind.on(day) if day else kind.now()
    if form is None or not form.errors:
        form = AsAtForm(initial={"as_at": known.day if known.is_past else None})
    kept = [
        (name, value)
        for name, values in request.GET.lists()
        for value in values
        if not name.startswith("as_at") and name != "page"
    ]
    bar = {"known": known, "as_at_form": form, "as_at_kept": kept, "as_at_path": request.path}
    return known, bar | {"as_at_nothing": _nothing_known(known, models)}


def as_it_was(rows: QuerySet[Row], known: KnownDay, then: AbstractContextManager[None], **where: Any) -> Row:
    """The one row, as known then. Whoever may not see it today is not told whether it was there."""
    if not known.is_past:
        return get_object_or_404(rows, **where)
    get_object_or_404(rows, **where)
    with then:
        found = rows.filter(**where).first()
    if found is None:
        raise NotKnownThen(f"At the end of {in_words(known.day)} the portal held nothing of this that you may read.")
    return found


def _nothing_known(known: KnownDay, models: tuple[type[TrackedModel], ...]) -> str:
    """Why the page is empty, in a sentence; nothing where something was known."""
    if not known.is_past or not models:
        return ""
    first = first_moment(models)
    if first is not None and first < known.until:
        return ""
    begins = f"What it knows begins on {in_words(timezone.localdate(first))}." if first else "It knows nothing today."
    return f"At the end of {in_words(known.day)} the portal knew nothing of this yet. {begins}"
