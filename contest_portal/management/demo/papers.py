"""Papers of the last two meetings, issued; and a draft for the next one."""

import datetime as dt

from boards.models import Meeting
from boroughs.models import BankHoliday
from contest_portal.accounts.models import User
from contest_portal.audit.acting import acting
from contest_portal.core.markings import Marking
from contest_portal.core.quarters import Quarter
from contest_portal.core.working_days import add_working_days
from contest_portal.management.demo.measures import REFERRALS
from contest_portal.management.demo.promises import keep_promise, make_promise
from reports.models import Answer, Block, Decision, Document, Issue, Office, Paper, Rendition
from reports.models.paper_words import words_sha256
from reports.rendering.making import make
from reports.workflow.approving import decide_on_paper, propose_paper
from reports.workflow.clearing import answer_clearance, ask_for_clearance
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
    "marking": Marking.OFFICIAL_SENSITIVE,
    "public_interest": "Saying what the secretariat is ready to settle for would weaken it in the mediation.",
}


def make_papers(meetings: list[Meeting], today: dt.date, people: dict[str, User]) -> int:
    """How many were issued, of which the last is published. The other PDFs are made when the workers start."""
    secretary = people["secretary"]
    past = [meeting for meeting in meetings if meeting.day < today][-2:]
    ahead = [meeting for meeting in meetings if meeting.day >= today][:1]
    for meeting, upcoming in zip(past, [*past[1:], *ahead, None], strict=False):
        published = add_working_days(meeting.day, -6, BankHoliday.objects.days())
        with acting(secretary, at=_at(add_working_days(published, -8, BankHoliday.objects.days()))):
            paper = _paper(meeting, secretary)
            promise = keep_promise if meeting == past[-1] else make_promise
            promise(paper, upcoming, secretary)
        if meeting == past[-1]:
            with acting(secretary, at=_at(add_working_days(published, -2, BankHoliday.objects.days()))):
                add_block(Block(paper=paper, **EXEMPT), by=secretary)
        clear(paper, _at(add_working_days(published, -1, BankHoliday.objects.days())), people)
        with acting(secretary, at=_at(published)):
            issue = issue_paper(paper, by=secretary)
    if past:
        _publish(issue, _at(published) + dt.timedelta(minutes=25), secretary)
    for meeting in ahead:
        with acting(secretary):
            start_paper(meeting=meeting, quarter=Quarter.of(meeting.day).previous(), by=secretary)
    return len(past)


def clear(paper: Paper, at: dt.datetime, people: dict[str, User], *, urgency: str = "") -> None:
    """ACSO's office and the solicitor clear it, and the chair approves it for the agenda."""
    secretary, chair = people["secretary"], people["chair"]
    found = Paper.objects.get(pk=paper.pk)
    for office, account in ((Office.ACSO, "prevent.lead"), (Office.SOLICITOR, "boardmember")):
        with acting(secretary, at=at - dt.timedelta(days=3)):
            asked = ask_for_clearance(found, office=office, person=people[account], days=5, by=secretary)
        with acting(people[account], at=at - dt.timedelta(days=1)):
            answer_clearance(asked, Answer.CLEAR, seen=words_sha256(found), by=people[account])
    with acting(secretary, at=at - dt.timedelta(hours=2)):
        propose_paper(found, by=secretary)
    with acting(chair, at=at):
        decide_on_paper(found, Decision.APPROVED, seen=words_sha256(found), urgency=urgency, by=chair)


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
