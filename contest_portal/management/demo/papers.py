"""Papers of the last two meetings, issued; and a draft for the next one."""

import datetime as dt

from boards.models import Meeting
from boroughs.models import BankHoliday
from contest_portal.accounts.models import User
from contest_portal.audit.acting import acting
from contest_portal.core.quarters import Quarter
from contest_portal.core.working_days import add_working_days
from contest_portal.management.demo.measures import REFERRALS
from reports.models import Block, Document, Issue, Paper, Rendition
from reports.rendering.making import make
from reports.workflow.issuing import issue_paper
from reports.workflow.papers import add_block, create_paper, start_paper
from reports.workflow.publishing import publish_paper
from strands.models import Observation

BY = "Assistant Commissioner Specialist Operations on behalf of the Commissioner"

ON_REFERRALS = (
    f"On the last day of [[quarter]], [[{REFERRALS}]] referrals to Channel were active in London. This is a count on "
    "one day, and not of all the referrals that the quarter brought."
)

# The solicitor asked for it to be taken in Part 2.
EXEMPT = {
    "section": "implications",
    "heading": "financial",
    "kind": "paragraph",
    "text": "A supplier of training materials disputes an invoice for the spring. The secretariat offered to settle "
    "it by mediation, and advises that the Board plan for up to a quarter of the contract’s yearly cost until then.",
    "exempt_ground": "3",
    "public_interest": "Saying what the secretariat is ready to settle for would weaken it in the mediation.",
}


def make_papers(meetings: list[Meeting], today: dt.date, secretary: User) -> int:
    """How many were issued, of which the last is published. The other PDFs are made when the workers start."""
    past = [meeting for meeting in meetings if meeting.day < today][-2:]
    ahead = [meeting for meeting in meetings if meeting.day >= today][:1]
    for meeting in past:
        published = add_working_days(meeting.day, -6, BankHoliday.objects.days())
        with acting(secretary, at=_at(add_working_days(published, -8, BankHoliday.objects.days()))):
            paper = _paper(meeting, secretary)
        if meeting == past[-1]:
            with acting(secretary, at=_at(add_working_days(published, -2, BankHoliday.objects.days()))):
                add_block(Block(paper=paper, **EXEMPT), by=secretary)
        with acting(secretary, at=_at(published)):
            issue = issue_paper(paper, by=secretary)
    if past:
        _publish(issue, _at(published) + dt.timedelta(minutes=25), secretary)
    for meeting in ahead:
        with acting(secretary):
            start_paper(meeting=meeting, quarter=Quarter.of(meeting.day).previous(), by=secretary)
    return len(past)


def _publish(issue: Issue, at: dt.datetime, secretary: User) -> None:
    """With its public PDF, which has to be there first."""
    document = Document.objects.claim(issue.documents.get(rendition=Rendition.PUBLIC).pk)
    if document is not None:
        make(document)
    with acting(secretary, at=at):
        publish_paper(issue, by=secretary)


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
