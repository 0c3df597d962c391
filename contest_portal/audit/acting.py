"""Who is changing things now, in which request, and why.

History reads it in Python; the ledger's triggers read the same three facts from settings that are local to the
transaction, so that no connection carries one person's identity into the next request.
"""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import uuid4

from django.db import connection, transaction
from django.utils import timezone

from contest_portal.core.refusal import NoAuthor


@dataclass(frozen=True)
class Act:
    author: Any
    request_id: str
    reason: str
    at: dt.datetime | None = None

    @cached_property
    def told(self) -> list[str]:
        """What the database heard of it when it began."""
        actor = str(self.author.pk) if self.author is not None and self.author.pk else ""
        return [actor, self.request_id, self.reason]


_current: ContextVar[Act | None] = ContextVar("portal_act", default=None)


@contextmanager
def acting(author: Any, *, reason: str = "", request_id: str = "", at: dt.datetime | None = None) -> Iterator[Act]:
    """One transaction in which `author` (a User, or None for a visitor) makes every change.

    An act inside another keeps its request and moment unless it names its own. `at` is for records that are brought
    in later than they were made: history then carries that moment, the ledger always the real one.
    """
    outer = _current.get()
    if outer is not None:
        at, request_id = at or outer.at, request_id or outer.request_id
    act = Act(author, request_id or uuid4().hex, reason, at)
    is_told = outer is not None and outer.told == act.told
    token = _current.set(act)
    try:
        with transaction.atomic():
            if not is_told:
                _tell_database(act)
            yield act
            if outer is not None and not is_told:
                _tell_database(outer)
    finally:
        _current.reset(token)


def current_author() -> Any:
    act = _current.get()
    if act is None or act.author is None or not act.author.pk:
        raise NoAuthor("Wrap the change in `with acting(user):`; a change without an author is not saved.")
    return act.author


def moment() -> dt.datetime:
    """When the change is made: the moment of the act, or now."""
    act = _current.get()
    return (act.at if act else None) or timezone.now()


def current_reason() -> str:
    act = _current.get()
    return act.reason if act else ""


def current_request_id() -> str:
    act = _current.get()
    return act.request_id if act else ""


def _tell_database(act: Act) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('portal.actor', %s, true), set_config('portal.request_id', %s, true), "
            "set_config('portal.reason', %s, true)",
            act.told,
        )
