"""Issuing: once, numbered without gaps, frozen for ever; and the same paper read back from its snapshot."""

import datetime as dt
import hashlib
import json
import threading
from typing import Any

import pytest
from django.db import DatabaseError, connection, connections, transaction
from django.urls import reverse

from boards.models import Meeting
from contest_portal.accounts.models import User
from contest_portal.audit.acting import acting
from contest_portal.core.quantity import Quantity, total
from contest_portal.core.refusal import Refused
from reports.figures import figure
from reports.models import Document, Issue, Paper, PaperTemplate, ReleasedFigure
from reports.rendering.frozen import compared, frozen_passport, head_of, table_of
from reports.rendering.remarks import remarks_on, typed_numbers
from reports.rendering.renditions import members_paper
from reports.rendering.snapshot import adds_up, canonical
from reports.workflow.issuing import issue_paper, why_not_issue
from strands.models import Activity
from tests import cast, make
from tests.cast import BRENT, as_
from tests.reports.figure_log import fill_log

pytestmark = pytest.mark.usefixtures("in_august")


def number_of(content: dict[str, Any], key: str) -> int:
    return next(head["n"] for head in content["figures"] if head["key"] == key)


def change(activity: Activity, **values: Any) -> None:
    """As the borough does it, after the paper went out."""
    found = Activity.objects.get(pk=activity.pk)
    for name, value in values.items():
        setattr(found, name, value)
    with acting(cast.person("brent.lead")):
        found.save()


# --- once, and numbered --------------------------------------------------------------------------


def test_issuing_gives_number_item_hash_ledger_and_document(log: list[Any], secretary: User) -> None:
    issue = make.issue()
    paper = Paper.objects.get(pk=issue.paper_id)

    assert (paper.status, issue.item.number, issue.item.title) == ("issued", 1, paper.title)
    assert issue.sha256 == hashlib.sha256(issue.snapshot.encode()).hexdigest()
    assert issue.snapshot == canonical(json.loads(issue.snapshot))
    assert issue.content["paper"]["report"] == "1"
    assert issue.content["paper"]["abstract"] == "Report 1 of the 17 September 2026 meeting of the London CONTEST Board"
    assert issue.content["issued"]["by"] == secretary.post
    assert set(issue.documents.values_list("rendition", "state")) == {("members", "queued"), ("public", "queued")}


def test_issuing_twice_gives_one_issue(log: list[Any], secretary: User) -> None:
    paper = make.paper()
    make.issue(paper)

    with acting(secretary), pytest.raises(Refused, match="already issued as Report 1"):
        issue_paper(paper, by=secretary)

    assert (Issue.objects.count(), Document.objects.count(), Meeting.objects.get().items.count()) == (1, 2, 1)


def test_the_page_issues_and_confirms_once_however_often_it_is_sent(log: list[Any], secretary: User) -> None:
    paper, client = make.approved(make.paper()), as_(secretary)
    address = reverse("paper_issue", args=[paper.pk])

    first, second = client.post(address, follow=True), client.post(address, follow=True)

    assert "Issued as Report 1" in first.content.decode()
    assert "Issued as Report 1" in second.content.decode()
    assert reverse("document", args=[Document.objects.get(rendition="members").pk]) in first.content.decode()
    assert Issue.objects.count() == 1


def test_an_issue_that_fails_gives_its_number_back(log: list[Any], secretary: User, monkeypatch: Any) -> None:
    first, second = make.paper(title="First"), make.paper(title="Second")

    def broken(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("the power went")

    with monkeypatch.context() as patched:
        patched.setattr("reports.workflow.issuing.queue_document", broken)
        with pytest.raises(RuntimeError):
            make.issue(first)

    assert make.issue(second).item.number == 1
    assert make.issue(first).item.number == 2


def test_papers_issued_at_the_same_time_get_gapless_numbers(committed: None) -> None:
    with transaction.atomic():
        fill_log()
        papers = [make.approved(make.paper(title=f"Paper {number}")) for number in range(6)]
    twice = [*papers, *papers]
    refused: list[str] = []

    def press(paper: Paper) -> None:
        secretary = cast.person("secretary")
        try:
            with acting(secretary):
                issue_paper(paper, by=secretary)
        except Refused as reason:
            refused.append(str(reason))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=press, args=[paper]) for paper in twice]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(Issue.objects.values_list("item__number", flat=True)) == [1, 2, 3, 4, 5, 6]
    assert len(refused) == 6
    assert Document.objects.count() == 12


def test_a_connection_that_is_lost_after_the_commit_takes_nothing_back(committed: None) -> None:
    def lose() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")

    paper, secretary = make.approved(make.paper()), cast.person("secretary")

    with acting(secretary):
        transaction.on_commit(lose, robust=True)
        issue_paper(paper, by=secretary)

    connection.close()
    assert Document.objects.get(rendition="members").state == "queued"


# --- why not -------------------------------------------------------------------------------------


@pytest.mark.parametrize("account", ["analyst", "chair", "prevent.lead"])
def test_only_the_secretary_of_the_board_issues(log: list[Any], account: str) -> None:
    person = cast.person(account)
    paper = make.paper(by=person if account != "chair" else None)

    assert why_not_issue(paper, by=person) == "Only the secretary of the London CONTEST Board issues its papers."
    assert as_(person).post(reverse("paper_issue", args=[paper.pk])).status_code == 403


def test_a_cancelled_meeting_takes_no_paper(log: list[Any], secretary: User) -> None:
    paper = make.paper()
    paper.meeting.status = "cancelled"
    with acting(secretary):
        paper.meeting.save()

    assert why_not_issue(paper, by=secretary).startswith("The meeting was cancelled.")


def test_a_board_takes_nothing_above_its_ceiling(log: list[Any], secretary: User) -> None:
    board = make.board()
    board.marking_ceiling = "OFFICIAL"
    with acting(secretary):
        board.save()
    paper = make.paper()
    make.block(paper, marking="OFFICIAL-SENSITIVE")

    reason = why_not_issue(Paper.objects.get(pk=paper.pk), by=secretary)

    assert reason == "The London CONTEST Board takes papers up to OFFICIAL, and this one is OFFICIAL-SENSITIVE."


def test_a_mandatory_heading_left_blank_stops_it(log: list[Any], secretary: User) -> None:
    paper = make.paper()
    with acting(secretary):
        for block in paper.blocks.filter(heading="deliverables"):
            block.delete()

    heading = "Work on key corporate deliverables and relative performance"
    assert why_not_issue(paper, by=secretary) == f"{heading}: Nothing is written here. Blank is not an answer."


def test_a_paper_without_recommendation_or_summary_is_stopped(log: list[Any], secretary: User) -> None:
    paper = make.paper()
    paper.summary = " "
    with acting(secretary):
        paper.save()
        paper.blocks.get(kind="recommendation").delete()

    assert [(remark.place, remark.kind) for remark in remarks_on(members_paper(paper)) if remark.stops] == [
        ("summary", "blank"),
        ("section-recommendation", "blank"),
    ]


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"text": "With [[gone]]."}, "There is no figure called [[gone]]."),
        ({"text": "", "kind": "table", "figure": "gone"}, "There is no table called [[gone]]. Choose another figure."),
        ({"text": "", "kind": "chart", "figure": "activities_by_borough"}, "has no chart. Show it as a table."),
        ({"text": "Chess: \u265e"}, "The portal cannot print “\u265e”."),
    ],
)
def test_what_cannot_be_printed_stops_it(log: list[Any], values: dict[str, str], words: str) -> None:
    paper = make.paper()
    block = make.block(paper, **values)

    stopping = [remark for remark in remarks_on(members_paper(paper)) if remark.stops]

    assert [remark.place for remark in stopping] == [str(block.pk)]
    assert stopping[0].words.endswith(words)
    assert as_(cast.person("secretary")).post(reverse("paper_issue", args=[paper.pk])).status_code == 409


@pytest.mark.parametrize("values", [{"title": "Chess: \u265e"}, {"by_line": "Chess: \u265e"}])
def test_title_that_cannot_be_printed_stops_it(log: list[Any], values: dict[str, str], secretary: User) -> None:
    """An issued paper cannot be changed any more, and its PDF could never be made."""
    paper = make.paper(**values)

    assert why_not_issue(paper, by=secretary) == "Title and by-line: The portal cannot print “\u265e”."


def test_the_check_page_names_what_is_provisional_typed_and_nil(log: list[Any], secretary: User) -> None:
    paper = make.paper()
    block = make.block(paper, "Some 450 people came on 27 March 2026.")

    page = as_(secretary).get(reverse("paper_check", args=[paper.pk]))

    shown = page.content.decode()
    assert "Typed number, no source: 450." in shown
    assert f'href="{paper.get_absolute_url()}#block-{block.pk}"' in shown
    assert "Provisional: 0 of 33 returns accepted." in shown
    assert "There are no direct legal implications." in shown
    assert page.context["stopping"] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("118 activities and 4,310 people.", ["118", "4,310"]),
        ("On 27 March 2026, in Q2 2026/27, at 9.40am.", []),
        ("In 2024 and 2024/25; paragraph 3 of report 6.", []),
        ("Up to 3 boroughs, 91% of panels, £3,150.", ["3", "91", "3,150"]),
        ("SO15 and the 2015 Act.", []),
        ("From 1 to 5 May; on the 3rd June.", []),
        ("With [[attendance]] people.", []),
        ("No digits at all.", []),
    ],
)
def test_typed_numbers_are_told_from_dates(text: str, expected: list[str]) -> None:
    assert typed_numbers(text) == expected


# --- frozen --------------------------------------------------------------------------------------


def test_rows_behind_every_number_of_a_snapshot_add_up_to_it(log: list[Any]) -> None:
    paper = make.paper()
    make.block(paper, text="", kind="chart", figure="activities_trend")
    make.block(paper, text="", kind="table", figure="returns_by_borough")
    content = make.issue(paper).content

    for head in content["figures"]:
        if head["shape"] == "value":
            assert frozen_passport(content, head["n"]).total == Quantity(*head["number"])
            continue
        table = table_of(content, head["n"])
        for line in [*table["rows"], *([table["total"]] if table["total"] else [])]:
            for column, number in zip(table["columns"][1:], line["numbers"], strict=True):
                if number is not None:
                    behind = frozen_passport(content, head["n"], line["key"], column["key"])
                    assert behind.total == Quantity(*number), (head["key"], line["key"], column["key"])


def test_a_later_change_moves_the_dashboard_and_not_the_paper(log: list[Any], secretary: User) -> None:
    issue = make.issue()
    before, hashed = issue.snapshot, issue.sha256

    change(log[1], attendance=530)

    after = Issue.objects.get(pk=issue.pk)
    moved = [line for line in compared(after.content, secretary) if line.differs]
    assert (after.snapshot, after.sha256) == (before, hashed)
    assert [(line.title, line.cell, line.issued, line.now) for line in moved] == [
        ("Attendance", "", "about 326", "about 826"),
        ("Activities by borough", "Brent, attendance", "about 317", "about 817"),
        ("Activities by borough", "London, attendance", "about 326", "about 826"),
    ]
    page = as_(secretary).get(issue.paper.get_absolute_url()).content.decode()
    assert "3 numbers have changed in the log since" in page
    assert ">about 326</a> attendances" in page


def test_the_issued_page_is_made_from_the_snapshot(log: list[Any], member: User, secretary: User) -> None:
    issue = make.issue()
    paper = issue.paper
    template = PaperTemplate.objects.get(pk=paper.template_id)
    template.sections = template.sections[:1]
    board = paper.meeting.board
    board.name = "Renamed Board"
    with acting(secretary):
        template.save()
        board.save()

    page = as_(member).get(paper.get_absolute_url()).content.decode()

    assert "E. Contact details" in page
    assert "Report 1 of the 17 September 2026 meeting of the London CONTEST Board" in page


def test_twin_has_the_order_letters_and_numbers_of_the_snapshot(log: list[Any], member: User) -> None:
    issue = make.issue()

    page = as_(member).get(issue.paper.get_absolute_url()).content.decode()

    at = 0
    for section in issue.content["sections"]:
        at = page.index(f"{section['letter']}. {section['title']}", at)
        for block in section["blocks"]:
            if block.get("number"):
                at = page.index(f">{block['number']}.</span>", at)


def test_every_figure_of_the_twin_opens_its_rows(log: list[Any], member: User) -> None:
    issue = make.issue()
    client = as_(member)
    page = client.get(issue.paper.get_absolute_url()).content.decode()
    start = reverse("paper", args=[issue.paper_id]) + "figures/"
    addresses = {part.split('"')[0].replace("&amp;", "&") for part in page.split('href="') if part.startswith(start)}

    assert len(addresses) > 15
    for address in addresses:
        assert client.get(address).status_code == 200, address


def test_the_ledger_of_released_figures_has_every_number_once(log: list[Any]) -> None:
    issue = make.issue()
    found = ReleasedFigure.objects.filter(issue=issue)

    assert found.get(figure="activities").value == 6
    attendance = found.get(figure="activities_by_borough", cell=f"{BRENT}/attendance")
    assert (attendance.value, attendance.qualifier, attendance.population) == (317, "about", "LONDON_33")
    assert found.filter(figure="activities_by_borough").count() == 34 * 3
    assert found.values("figure", "cell").distinct().count() == found.count()


@pytest.mark.parametrize("table", ["reports_issue", "reports_releasedfigure", "reports_historicalissue"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_what_was_issued_cannot_be_changed_in_the_database(log: list[Any], table: str, statement: str) -> None:
    make.issue()
    if "historical" in table:
        statement = statement.replace("id = id", "history_id = history_id")

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(table))


def test_a_snapshot_whose_rows_do_not_add_up_is_not_taken(log: list[Any]) -> None:
    from_now = figure("attendance", make.QUARTER)
    behind = frozen_passport(make.issue().content, 4)

    assert adds_up(from_now, behind) is (behind.total == from_now.quantity)
    assert not adds_up(from_now, type(behind)(**{**behind.__dict__, "rows": behind.rows[1:]}))


def test_an_attendance_with_one_open_end_is_frozen_as_at_least(db: None) -> None:
    make.activity(attendance=30)
    make.activity(title="Women's leadership conference", attendance=200, attendance_qualifier="at_least")

    content = make.issue().content

    assert head_of(content, number_of(content, "attendance"))["words"] == "at least 230"


# --- the rows, as each person may see them --------------------------------------------------------


def rows_page(issue: Issue, person: User, key: str, **cell: str) -> Any:
    n = number_of(issue.content, key)
    return as_(person).get(reverse("paper_figure", args=[issue.paper_id, n]), cell)


def test_a_member_sees_every_row_behind_a_figure(log: list[Any], member: User) -> None:
    page = rows_page(make.issue(), member, "attendance")

    assert page.context["seen"].hidden_count == 0
    assert page.context["seen"].total_words == page.context["words"] == "about 326"
    assert len(page.context["page"].object_list) == 6


def test_a_borough_lead_sees_own_rows_and_one_remainder(log: list[Any], harrow_lead: User) -> None:
    page = rows_page(make.issue(), harrow_lead, "attendance")
    seen = page.context["seen"]
    own = {activity.pk for activity in Activity.objects.visible_to(harrow_lead)}

    assert {row.activity_id for row in seen.rows} <= own
    assert (len(seen.rows), seen.hidden_count) == (2, 4)
    assert total([*(row.quantity for row in seen.rows), seen.hidden_total]) == seen.total
    assert seen.hidden_label in page.content.decode()
    for title in ("Women", log[0].reference):
        assert title not in page.content.decode()


def test_a_cell_opens_the_rows_behind_it(log: list[Any], member: User) -> None:
    issue = make.issue()

    page = rows_page(issue, member, "activities_by_borough", row=BRENT, column="attendance")

    assert page.context["words"] == page.context["seen"].total_words == "about 317"
    assert all(BRENT in row.borough_codes for row in page.context["page"])


def test_e14_a_changed_number_names_the_row_the_post_and_the_moment(
    log: list[Any], member: User, harrow_lead: User
) -> None:
    issue = make.issue()
    change(log[0], attendance=40, attendance_qualifier="exact")
    make.activity(title="Logged late", attendance=12)
    found = {cause.row.title: cause for cause in rows_page(issue, member, "attendance").context["since"].causes}
    page = rows_page(issue, member, "attendance").content.decode()

    assert set(found) == {log[0].title, "Logged late"}
    assert (found["Logged late"].issued, found["Logged late"].now) == ("not counted", "12")
    assert found[log[0].title].now == "40"
    assert "by the Prevent lead, Brent" in page
    hidden = rows_page(issue, harrow_lead, "attendance")
    assert hidden.context["since"].hidden == 2 - len(hidden.context["since"].causes)
    assert "Logged late" not in hidden.content.decode()
    assert not rows_page(make.issue(make.paper(title="Next")), member, "attendance").context["since"]


def test_rows_stay_as_they_were_and_rights_are_todays(log: list[Any], member: User, brent_lead: User) -> None:
    issue = make.issue()
    change(log[0], attendance=999, title="Renamed")
    change(log[1], marking="OFFICIAL-SENSITIVE")

    for_member, for_lead = (rows_page(issue, person, "attendance") for person in (member, brent_lead))

    assert for_member.context["seen"].total_words == "about 326"
    assert log[0].title in [row.title for row in for_member.context["seen"].rows]
    assert log[1].pk not in [row.activity_id for row in for_member.context["seen"].rows]
    assert for_member.context["seen"].hidden_count == 1
    assert log[1].pk in [row.activity_id for row in for_lead.context["seen"].rows]


@pytest.mark.parametrize("address", ["99/", "1/?row=x&column=y", "6/?row=nowhere&column=attendance"])
def test_there_is_nothing_behind_what_the_paper_does_not_have(log: list[Any], member: User, address: str) -> None:
    issue = make.issue()
    expected = 200 if address.startswith("1/") else 404

    assert as_(member).get(f"{issue.paper.get_absolute_url()}figures/{address}").status_code == expected


def test_a_draft_has_no_frozen_figures(log: list[Any], secretary: User) -> None:
    assert as_(secretary).get(f"{make.paper().get_absolute_url()}figures/1/").status_code == 404


def test_figures_of_an_exempt_paper_are_for_the_board(log: list[Any], member: User, board_member: User) -> None:
    paper = make.issue(make.paper(part="2")).paper

    assert as_(member).get(f"{paper.get_absolute_url()}figures/1/").status_code == 404
    assert as_(board_member).get(f"{paper.get_absolute_url()}figures/1/").status_code == 200


def test_two_meetings_number_their_reports_each_from_one(log: list[Any]) -> None:
    first, second = make.paper(), make.paper(at=make.meeting(dt.date(2026, 11, 19)))

    assert (make.issue(first).item.number, make.issue(second).item.number) == (1, 1)


def test_a_provisional_figure_is_named_where_the_paper_names_it_first(log: list[Any]) -> None:
    paper = make.paper()
    make.block(paper, "Again, [[attendance]].", heading="partners")
    first = paper.blocks.get(text__contains="[[boroughs_active]]")

    places = {remark.where: remark.place for remark in remarks_on(members_paper(paper)) if remark.kind == "provisional"}

    assert places["Attendance"] == str(first.pk)
    assert places["Activities delivered"] == "summary"


def test_todays_returns_are_compared_for_those_who_follow_them(log: list[Any], brent_lead: User, member: User) -> None:
    paper = make.paper()
    make.block(paper, text="", kind="table", figure="returns_by_borough")
    content = make.issue(paper).content

    def keys(person: User) -> set[int]:
        return {line.n for line in compared(content, person)}

    assert keys(member) - keys(brent_lead) == {number_of(content, "returns_by_borough")}
