"""What is typed into the forms: right in every way, so that only access can refuse it."""

import datetime as dt
from typing import Any
from uuid import uuid4

from boards.models import Board, Meeting
from contest_portal.accounts.models import User
from reports.forms.block import BlockForm
from reports.forms.paper import PaperDetailsForm
from reports.forms.paper_template import TemplateForm
from reports.models import Block
from reports.models.return_content import hash_now
from reports.models.return_line import lines_of
from tests import cast
from tests.strands.answers import conference, day

Q1 = "2026-27-Q1"


def changed_activity(activity: Any) -> dict[str, Any]:
    """Sent as it was, but for the title; the borough stays its own."""
    return conference(
        lead_borough=activity.lead_borough_id, version=activity.version, reason="Put right", marking=activity.marking
    )


def delivered(activity: Any) -> dict[str, Any]:
    return {"status": "delivered"}


def repetition(activity: Any) -> dict[str, Any]:
    return {"form_key": str(uuid4()), "rhythm": "weekly", "times": "2"}


def opening(activity: Any) -> dict[str, Any]:
    return {"email": "member@demo.example", "reason": "They scrutinise it"}


def changed_meeting(meeting: Meeting) -> dict[str, Any]:
    typed = day("day", meeting.day) | {"time": "11:30", "venue": "Town Hall", "status": "planned"}
    return typed | {"version": meeting.version}


def commentary(found: Any) -> dict[str, Any]:
    return {"commentary": "Changed", "nil_reason": "The team moved.", "version": found.version}


def submission(found: Any) -> dict[str, Any]:
    return {"seen": hash_now(found, lines_of(found))}


def acceptance(found: Any) -> dict[str, Any]:
    return {"seen": found.content_hash}


def sending_back(found: Any) -> dict[str, Any]:
    return {"reason": "The cost is missing."}


def _carried(form: Any) -> dict[str, str]:
    """What the page carries about what its person saw."""
    return {name: str(form[name].value()) for name in ("version", "opened")}


def on_behalf(found: Any) -> dict[str, Any]:
    lead = User.objects.get(email=f"{found.borough.name.lower()}.lead@demo.example")
    return submission(found) | {"officer": lead.pk, "reason": "The network is down."}


def excuse(found: Any) -> dict[str, Any]:
    return {"reason": "Long leave."}


def unlocking(found: Any) -> dict[str, Any]:
    lead = User.objects.get(email=f"{found.borough.name.lower()}.lead@demo.example")
    return day("ends", dt.date(2026, 8, 20)) | {"person": lead.pk, "reason": "A late count."}


def assignment(found: Any) -> dict[str, Any]:
    posts = {"lead_post": "Prevent lead", "approver_post": "Director"}
    return posts | {"levels": "1", "lag_days": "0", "version": found.version}


def delegation(found: Any) -> dict[str, Any]:
    days = day("starts", dt.date(2026, 8, 3)) | day("ends", dt.date(2026, 8, 20))
    delegate = User.objects.get(email="prevent.lead@demo.example")
    return days | {"person": delegate.pk, "reason": "No second person"}


def paper_details(paper: Any, meeting: Any = None) -> dict[str, Any]:
    carried = _carried(PaperDetailsForm(instance=paper, user=paper.author))
    typed = {"title": paper.title, "by_line": "Director", "quarter": Q1, "part": paper.part, "summary": "News"}
    return typed | {"meeting": (meeting or paper.meeting).pk} | carried


def changed_shape(found: Any) -> dict[str, Any]:
    typed = {"name": "Briefing", "scheme": "yearly", "series": "Briefing", "first_number": "1", "day_label": "Date"}
    return typed | _carried(TemplateForm(instance=found))


def shape_section(found: Any) -> dict[str, Any]:
    typed = {"title": "Protect", "place": "1", "holds": "paragraphs", "numbering": "none"}
    return typed | {"version": found.version}


def shape_version(found: Any) -> dict[str, Any]:
    typed = day("starts", dt.date(2026, 12, 1))
    return typed if found.board_id else typed | {"board": Board.objects.get(key=cast.BOARD).pk}


def rewritten_block(block: Block) -> dict[str, Any]:
    carried = _carried(BlockForm(instance=block, paper=block.paper, user=block.paper.author))
    place = f"{block.section}/{block.heading}"
    return {"text": "Rewritten.", "marking": block.marking, "place": place} | carried


def suggested_text(block: Block) -> dict[str, Any]:
    return {"text": "Put otherwise.", "reason": "It reads better.", "seen": block.version}


def moved_block(block: Block) -> dict[str, Any]:
    return {"direction": "up"}


def removed_block(block: Block) -> dict[str, Any]:
    return {"version": block.version}


def erratum(paper: Any) -> dict[str, Any]:
    return {"figure": "", "place": "Paragraph 1", "printed": "ten", "corrected": "nine", "reason": "Miscounted."}


def new_measure() -> dict[str, Any]:
    about = {"name": "Staff trained", "definition": "Who completed a course.", "unit": "people", "kind": "flow"}
    about |= {"direction": "higher", "frequency": "quarterly", "lag_days": "14", "sensitivity": "S0"}
    about |= {"collection_level": "london", "publication_level": "london", "source": "typed", "amber_percent": "10"}
    return about | {"code": "PV-33", "strand": "prevent"} | day("starts", dt.date(2026, 10, 1))


def next_version(measure: Any) -> dict[str, Any]:
    return new_measure() | {"comparable": "on", "comparability_note": "The same people", "reason": "Put better"}


def retirement(measure: Any) -> dict[str, Any]:
    return {"reason": "It adds nothing"} | day("last_day", dt.date(2027, 3, 31))


def observed_value(measure: Any) -> dict[str, Any]:
    return {"quarter": "2025-26-Q4", "value": "45", "qualifier": "exact", "received": "1", "expected": "1"} | {
        "numerator": "4",
        "denominator": "7",
        "reason": "Put right",
    }


def new_deliverable() -> dict[str, Any]:
    about = {"year": "2026", "strand": "prevent", "title": "Profiles", "done_when": "All hold one.", "owner": "Manager"}
    return about | day("due", dt.date(2027, 3, 31))


def changed_deliverable(found: Any) -> dict[str, Any]:
    about = {name: getattr(found, name) for name in ("title", "done_when", "owner", "version")}
    return about | {"title": "Other", "reason": "Put better"}


def standing(found: Any) -> dict[str, Any]:
    return {"state": "under_way", "confidence": "A", "why": "One officer left.", "version": found.version}


def milestone(found: Any) -> dict[str, Any]:
    return {"title": "Template agreed"} | day("due", dt.date(2026, 12, 31))


def forecast(found: Any) -> dict[str, Any]:
    return {"seen": found.version, "reason": "the supplier changed"} | day("due", dt.date(2027, 9, 30))


def reached(found: Any) -> dict[str, Any]:
    return {"seen": found.version, "reason": "the printer was late"} | day("day", dt.date(2026, 7, 31))


def received() -> dict[str, Any]:
    return {"delivered_to": "Chief executive"} | day("delivered_on", dt.date(2026, 7, 31))


def new_post(council: int) -> dict[str, Any]:
    """A co-ordinator of that council."""
    about = {"kind": "prevent_coordinator", "number": "P-99", "count": "1", "employer": council, "fte": "1"}
    return about | {"status": "filled", "funded_by": "", "borough_1": "E09000005"}


def changed_post(found: Any) -> dict[str, Any]:
    return {"status": "vacant", "funded_by": "", "reason": "It is vacant", "version": found.version}


def shared_post(found: Any) -> dict[str, Any]:
    shares = {"borough_1": "E09000005", "share_1": "0.5", "borough_2": "E09000015", "share_2": "0.5"}
    return shares | day("day", dt.date(2026, 8, 1)) | {"reason": "Agreed", "seen": found.shares_seen()}


def new_line(funder: int, borough: str) -> dict[str, Any]:
    about = {"funder": funder, "grant": "A new grant", "borough": borough, "financial_year": "2026/27"}
    return about | {"expected": "1,000"}


def changed_line(found: Any) -> dict[str, Any]:
    return {"expected": "2,000", "reason": "More was given", "version": found.version}


def new_cycle() -> dict[str, Any]:
    about = {"name": "Two benchmarks", "key": "two", "criteria": "Plan\nPanel", "scale": "No\nYes"}
    return about | {"framework": "prevent-duty"} | day("starts", dt.date(2030, 4, 1))


def changed_cycle(found: Any) -> dict[str, Any]:
    criteria = "\n".join(benchmark.title for benchmark in found.benchmarks.all())
    about = {"name": found.name, "criteria": criteria, "scale": found.scale, "reason": "It is over"}
    return about | {"version": found.version} | day("starts", found.starts) | day("ends", dt.date(2030, 3, 31))


def new_framework() -> dict[str, Any]:
    return {"name": "Readiness inspection", "key": "readiness", "body": "Regional inspectorate", "about": ""}


def changed_framework(found: Any) -> dict[str, Any]:
    about = {"name": "Prevent duty", "body": "Home Office", "about": "", "reason": "Its name was wrong"}
    return about | {"version": found.version}


def own_score(found: Any) -> dict[str, Any]:
    return {"self_score": "Exceeding", "self_reason": "It did more", "evidence": "", "version": found.version}


def assessment(found: Any) -> dict[str, Any]:
    return {"assessor_score": "Met", "assessor_reason": "Letter of 2 May", "version": found.version}


def improvement(found: Any) -> dict[str, Any]:
    return {"what": "It meets", "owner": "Head"} | day("due", dt.date(2026, 9, 30))


def new_risk(borough: str) -> dict[str, Any]:
    about = {"strand": "prevent", "borough": borough, "title": "Cuts", "cause": "Less money", "effect": "Less work"}
    about |= {"likelihood": "2", "impact": "2", "owner": "Manager", "mitigation": "Bids"}
    return about | day("review_on", dt.date(2026, 9, 30))


def changed_risk(found: Any) -> dict[str, Any]:
    return new_risk("") | {"state": "open", "reason": "It is less likely", "version": found.version}


def equality_answers(strand: str) -> dict[str, Any]:
    return {"subject": "Delivery", "strand": strand, "stage": "planned", "owner": "Manager"}


def changed_assessment(found: Any) -> dict[str, Any]:
    return equality_answers(found.strand_id) | {"version": found.version}
