"""Papers of the last two meetings, issued; and a draft for the next one."""

import datetime as dt

from boards.models import Meeting
from boroughs.models import BankHoliday
from contest_portal.accounts.models import User
from contest_portal.audit.acting import acting
from contest_portal.core.quarters import Quarter
from contest_portal.core.working_days import add_working_days
from contest_portal.management.demo.measures import REFERRALS
from reports.models import Block, Paper
from reports.workflow.issuing import issue_paper
from reports.workflow.papers import add_block, create_paper
from strands.models import Observation

BY = "Assistant Commissioner Specialist Operations on behalf of the Commissioner"

ON_REFERRALS = (
    f"On the last day of [[quarter]], [[{REFERRALS}]] referrals to Channel were active in London. This is a count on "
    "one day, and not of all the referrals that the quarter brought."
)


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
    paper = create_paper(
        meeting=meeting,
        title="Delivery of the CONTEST strategy in London: quarterly performance report",
        by_line=BY,
        quarter=Quarter.of(meeting.day).previous(),
        by=secretary,
    )
    if Observation.objects.filter(measure__code=REFERRALS, quarter=paper.quarter, state="approved").exists():
        block = Block(paper=paper, section="supporting", heading="deliverables", kind="paragraph", text=ON_REFERRALS)
        add_block(block, by=secretary)
    return paper


def _at(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(9, 40), dt.UTC)
