"""Who is told when a return moves. Reasons are counted and never quoted: they are read where they stand."""

from contest_portal.access.grants import holders_of
from contest_portal.accounts.models import User
from contest_portal.notifications.telling import tell
from reports.models import QuarterlyReturn


def tell_submitted(found: QuarterlyReturn, *, by: User) -> None:
    """Those of the borough who may accept it: anybody but whoever submitted it."""
    others = [person for person in holders_of("return.accept", borough=found.borough_id) if person != by]
    text = f"{by} submitted it as {found.reference}. Somebody else has to accept it or send it back."
    link = found.get_absolute_url()
    tell(others, f"{found}: the return waits for you", text, link=link, about="return_submitted")


def tell_sent_back(found: QuarterlyReturn, *, by: User, lines: int = 0) -> None:
    where = f"{lines} line{'' if lines == 1 else 's'} of it" if lines else "it"
    text = f"{by} sent it back and says what has to change in {where}."
    _tell_writers(found, f"{found}: the return was sent back", text, by=by, about="return_sent_back")


def tell_accepted(found: QuarterlyReturn, *, by: User) -> None:
    text = f"{by} accepted {found.reference}. There is nothing left to do."
    _tell_writers(found, f"{found}: the return was accepted", text, by=by, about="return_accepted")


def _tell_writers(found: QuarterlyReturn, subject: str, text: str, *, by: User, about: str) -> None:
    writers = [person for person in holders_of("return.submit", borough=found.borough_id) if person != by]
    tell(writers, subject, text, link=found.get_absolute_url(), about=about)
