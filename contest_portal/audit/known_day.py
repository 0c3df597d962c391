"""What was known when a day ended. History has every value that a row ever had, and from when on."""

import datetime as dt
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Any, Self, TypeVar

from django.contrib.auth import get_user_model
from django.utils import timezone

from contest_portal.audit.acting import moment
from contest_portal.audit.looking_back import looking_back
from contest_portal.audit.models import TrackedModel

# An act begins a little before what is done in it.
_NOW = dt.timedelta(hours=1)
Row = TypeVar("Row", bound=TrackedModel)


@dataclass(frozen=True)
class KnownDay:
    """Everything that is known now; with `is_past` what was known at the end of that day, or until a moment in it."""

    day: dt.date
    is_past: bool = False
    moment: dt.datetime | None = None

    @classmethod
    def now(cls) -> Self:
        return cls(timezone.localdate())

    @classmethod
    def on(cls, day: dt.date) -> Self:
        """The day that runs is not over: what is known on it is what is known now."""
        return cls(day, day < timezone.localdate())

    @classmethod
    def of_the_act(cls) -> Self:
        """Now; and for what is brought in later than it was made, the moment at which it was made."""
        at = moment()
        return cls.now() if at >= timezone.now() - _NOW else cls(timezone.localdate(at), True, at)

    @property
    def until(self) -> dt.datetime:
        """The midnight in London that ends the day."""
        return self.moment or timezone.make_aware(dt.datetime.combine(self.day + dt.timedelta(days=1), dt.time()))

    @property
    def query(self) -> str:
        """What links carry, so that a page leads to others of the same day; empty for now."""
        return f"?as_at={self.day.isoformat()}" if self.is_past else ""

    @property
    def more(self) -> str:
        """The same behind a query that there is already."""
        return self.query.replace("?", "&")

    @property
    def seen_at(self) -> dt.datetime:
        """Now, or the last moment that is known of."""
        if not self.is_past:
            return moment()
        return self.moment or self.until - dt.timedelta(microseconds=1)

    @property
    def past_day(self) -> dt.date | None:
        """What an address carries; None for now."""
        return self.day if self.is_past else None

    def of(self, *models: type[TrackedModel], stricter: bool = False) -> AbstractContextManager[None]:
        """Within it these are read as they were known; of now, as they are. `looking_back` says more."""
        return looking_back(self.until, *models, stricter=stricter) if self.is_past else nullcontext()

    def rows(self, model: type[Row], **where: Any) -> list[Row]:
        """One query. `where` names columns that never change, such as the measure of a value."""
        if not self.is_past:
            return list(model._default_manager.filter(**where))
        found = model.history.filter(history_date__lt=self.until, **where)
        newest = found.order_by("id", "-history_date", "-history_id").distinct("id")
        return [row.instance for row in newest if row.history_type != "-"]

    @staticmethod
    def with_people(rows: list[Any], *roles: str) -> None:
        """Fills in who did what, in one query for all of them."""
        named = {getattr(row, f"{role}_id") for row in rows for role in roles}
        people = get_user_model()._default_manager.in_bulk(named - {None})
        for row in rows:
            for role in roles:
                if key := getattr(row, f"{role}_id"):
                    setattr(row, role, people[key])
