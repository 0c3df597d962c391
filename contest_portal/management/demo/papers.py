"""Papers of the last two meetings, issued; and a draft for the next one."""

import datetime as dt

from boards.models import Meeting
from boroughs.models import BankHoliday
from contest_portal.accounts.models import User
from contest_portal.audit.acting import acting
from contest_portal.core.quarters import Quarter
from contest_portal.core.working_days import add_working_days
from reports.models import Paper
from reports.workflow.issuing import issue_paper
from reports.workflow.papers import create_paper

BY = "Assistant Commissioner Specialist Operations on behalf of the Commissioner"


def make_papers(meetings: list[Meeting], today: dt.date, secretary: User) -> int:
    """How many were issued. The PDFs are made when the workers start."""
    past = [meeting for meeting in meetings if meeting.day < today][-2:]
    ahead = [meeting for meeting in meetings if meeting.day >= today][:1]
    for meeting in past:
        published = add_working_days(meeting.day, -6, BankHoliday.objects.days())
        with acting(secretary, at=_at(add_working_days(published, -8, BankHoliday.objects.days()))):
            paper = _paper(meeting, secretary)
        with acting(secretary, at=_at(published)):
            issue_paper(paper, by=secretary)
    for meeting in ahead:
        with acting(secretary):
            _paper(meeting, secretary)
    return len(past)


def _paper(meeting: Meeting, secretary: User) -> Paper:
    return create_paper(
        meeting=meeting,
        title="Delivery of the CONTEST strategy in London: quarterly performance report",
        by_line=BY,
        quarter=Quarter.of(meeting.day).previous(),
        by=secretary,
    )


def _at(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(9, 40), dt.UTC)
