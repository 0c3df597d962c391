"""Chasers, deputies, partners' notes and comments; and whatever was told long ago is read by now."""

import datetime as dt
from collections.abc import Mapping

from boroughs.models import Borough
from contest_portal.accounts.models import User
from contest_portal.audit.acting import acting
from contest_portal.core.quarters import Quarter
from contest_portal.notifications.deputising import name_deputy
from contest_portal.notifications.models import Mail, MailState, Message
from reports.models import QuarterlyReturn
from reports.workflow.chasing import remind
from reports.workflow.return_comments import comment_on_return
from reports.workflow.returns import due_day
from strands.models import Activity
from strands.workflow.joint_work import boroughs_noting, comment_on, note_of, write_note

BRENT, HARROW, BEXLEY = "E09000005", "E09000015", "E09000004"
# What was told longer ago than this has been read.
FRESH = dt.timedelta(days=45)
NOTES = (
    "We brought most of the young people; the hall and the speakers were Brent’s.",
    "Our schools team would do this again, with a shorter second half.",
    "Fewer came from our side than had booked. The date fell into half-term.",
)


class Notices:
    def __init__(self, today: dt.date, people: Mapping[str, User], colleagues: Mapping[tuple[str, str], User]) -> None:
        self.today, self.people, self.colleagues = today, people, colleagues
        self.quarter = Quarter.of(today).previous()

    def write(self) -> int:
        self._chase()
        self._name_deputies()
        self._note_and_comment()
        self._settle()
        return Message.objects.count()

    def _chase(self) -> None:
        """As the daily job would have done it since the last returns were due."""
        portal = User.objects.portal()
        due = due_day(self.quarter)
        for day in (due + dt.timedelta(days=after) for after in range(1, (self.today - due).days + 1)):
            with acting(portal, reason="Chasers", at=_at(day, 6)):
                remind(day, by=portal)

    def _name_deputies(self) -> None:
        lead, head = self.colleagues[BEXLEY, "lead"], self.colleagues[BEXLEY, "head"]
        self._deputy(lead, head, starts=0, ends=40, reason="Long leave")
        self._deputy(self.people["brent.lead"], self.people["harrow.lead"], starts=21, ends=32, reason="Annual leave")

    def _deputy(self, person: User, deputy: User, *, starts: int, ends: int, reason: str) -> None:
        first, last = (self.today + dt.timedelta(days=days) for days in (starts, ends))
        with acting(person):
            name_deputy(person, deputy, starts=first, ends=last, reason=reason, by=person)

    def _note_and_comment(self) -> None:
        harrow, analyst, brent = (self.people[name] for name in ("harrow.lead", "analyst", "brent.lead"))
        joint = Activity.objects.official().in_borough(HARROW).filter(lead_borough=BRENT).newest_first()
        for activity, text in zip(joint[: len(NOTES)], NOTES, strict=False):
            self._note(activity, text, harrow)
        soon = self.today + dt.timedelta(days=9)
        newest = Activity.objects.official().delivered().filter(lead_borough=BRENT).newest_first().first()
        found = QuarterlyReturn.objects.filter(borough=BRENT, quarter=self.quarter).first()
        if newest:
            with acting(analyst):
                question = "Is this the first session of the programme, or all of them together?"
                comment_on(newest, _follow_up(question, soon, brent), by=analyst)
            with acting(brent):
                comment_on(newest, _follow_up("The first one. The others have entries of their own."), by=brent)
        if found:
            with acting(analyst):
                asked = _follow_up("Please say which venue costs are in the total.", soon, brent)
                comment_on_return(found, asked | {"activity_id": None}, by=analyst)

    def _note(self, activity: Activity, text: str, by: User) -> None:
        note = note_of(activity, Borough.objects.get(pk=HARROW))
        note.text = text
        if boroughs_noting(activity, by):
            with acting(by):
                write_note(note, by=by)

    def _settle(self) -> None:
        """Emails of the past were sent then, and nothing is sent to the addresses of the demo now."""
        Mail.objects.filter(state=MailState.QUEUED).update(state=MailState.SENT)
        Message.objects.filter(created_at__date__lt=self.today - FRESH).mark_read()


def _follow_up(text: str, day: dt.date | None = None, person: User | None = None) -> dict[str, object]:
    return {"text": text, "follow_up_on": day, "follow_up_by": person}


def _at(day: dt.date, hour: int) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(hour), dt.UTC)
