"""Who is told when a return moves. Reasons are counted and never quoted: they are read where they stand."""

from collections.abc import Collection

from contest_portal.access.grants import holders_of
from contest_portal.accounts.models import User
from contest_portal.notifications.telling import tell
from contest_portal.ui.formats import day
from reports.models import QuarterlyReturn, ReturnUnlocking


def tell_submitted(found: QuarterlyReturn, *, by: User) -> None:
    """Those of the borough who may accept it: anybody but whoever submitted it."""
    others = [person for person in holders_of("return.accept", borough=found.borough_id) if person != by]
    text = f"{by} submitted it as {found.reference}. Somebody else has to accept it or send it back."
    link = found.get_absolute_url()
    tell(others, f"{found}: the return waits for you", text, link=link, about="return_submitted")


def tell_sent_back(found: QuarterlyReturn, *, by: User, lines: int = 0, answers: int = 0) -> None:
    """How many lines of it, and how many answers, have a reason of their own."""
    counted = [(lines, "line"), (answers, "answer")]
    places = " and ".join(f"{count} {noun}{'' if count == 1 else 's'}" for count, noun in counted if count)
    text = f"{by} sent it back and says what has to change in {f'{places} of it' if places else 'it'}."
    _tell_writers(found, f"{found}: the return was sent back", text, by=by, about="return_sent_back")


def tell_approved(found: QuarterlyReturn, *, by: User) -> None:
    """Those who accept it for London next, and those who wrote it."""
    link, text = found.get_absolute_url(), f"{by} approved {found.reference} for {found.borough}."
    following = [person for person in holders_of("return.accept") if not found.why_not_accept(person)]
    next_ = f"{text} Somebody else has to accept it for London or send it back."
    tell(following, f"{found}: the return waits for you", next_, link=link, about="return_submitted")
    subject, text = f"{found}: the return was approved", f"{text} It waits to be accepted for London."
    _tell_writers(found, subject, text, by=by, about="return_approved", but=following)


def tell_excused(found: QuarterlyReturn, *, by: User) -> None:
    """Those who would have written it, and the deputy who still may. The reason stands on its page."""
    still = f"{found.deputy} may still send it." if found.deputy else "Nobody has to send it."
    subject = f"{found}: the return is excused"
    also = [found.deputy] if found.deputy else []
    _tell_writers(found, subject, f"{by} excused it. {still}", by=by, about="return_arranged", also=also)


def tell_asked_again(found: QuarterlyReturn, *, by: User) -> None:
    text = f"{by} asks for it after all. It is due on {day(found.due)}."
    _tell_writers(found, f"{found}: the return is asked for again", text, by=by, about="return_arranged")


def tell_unlocked(unlocking: ReturnUnlocking, *, by: User) -> None:
    """The one person who may correct it."""
    found = unlocking.quarterly_return
    text = f"{by} opened {found.reference} for a correction by you, until {day(unlocking.ends)}."
    subject = f"{found}: the return is open for a correction"
    tell([unlocking.person], subject, text, link=found.get_absolute_url(), about="return_arranged")


def tell_accepted(found: QuarterlyReturn, *, by: User) -> None:
    text = f"{by} accepted {found.reference}. There is nothing left to do."
    _tell_writers(found, f"{found}: the return was accepted", text, by=by, about="return_accepted")


def _tell_writers(
    found: QuarterlyReturn,
    subject: str,
    text: str,
    *,
    by: User,
    about: str,
    also: Collection[User] = (),
    but: Collection[User] = (),
) -> None:
    """Those who write the borough's returns, and `also` others; `but` those who were told something else."""
    writers = [*holders_of("return.submit", borough=found.borough_id), *also]
    people = [person for person in writers if person != by and person not in but]
    tell(people, subject, text, link=found.get_absolute_url(), about=about)
