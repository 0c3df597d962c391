"""The pack of a meeting: who builds and reads it, what is in it, and that what was issued stays."""

import datetime as dt
import json
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from boards.models import Meeting
from contest_portal.accounts.models import User
from contest_portal.audit.acting import acting
from contest_portal.audit.models import AccessRecord
from contest_portal.core.jobs import JobState
from contest_portal.core.refusal import Refused
from contest_portal.notifications.models import Message
from reports.models import Document, Erratum, Issue, Pack, PackFile, Publication, Rendition
from reports.rendering import pack_leaks, store
from reports.rendering.pdf import document
from reports.tasks import render_pack
from reports.workflow.packs import Choices, build_pack, issue_pack, why_not_build
from reports.workflow.printing import cancel
from reports.workflow.publishing import add_erratum, publish_paper, withdraw_paper
from tests import make
from tests.cast import as_, person
from tests.reports.reading import pages_of
from tests.reports.sample_snapshot import sample

SECRET = "Quorblexian arbitration"


@cache
def some_pdf() -> bytes:
    return document(sample())


@cache
def telling_pdf() -> bytes:
    return document(sample(title=SECRET))


@pytest.fixture
def meeting(db: None) -> Meeting:
    return make.meeting()


@pytest.fixture
def first(meeting: Meeting) -> Issue:
    return issued(meeting, "Delivery in the spring")


@pytest.fixture
def exempt(meeting: Meeting, first: Issue) -> Issue:
    paper = make.paper(at=meeting, title="A dispute with a supplier", part="2")
    make.block(paper, f"The {SECRET} goes on.", exempt_ground="3", public_interest="A tender runs.")
    return made(make.issue(paper))


def issued(meeting: Meeting, title: str) -> Issue:
    return made(make.issue(make.paper(at=meeting, title=title)))


def made(issue: Issue, pdf: bytes = b"") -> Issue:
    """With its files, as if a worker had made them."""
    content = pdf or some_pdf()
    ready = {"state": JobState.READY, "sha256": store.keep(content), "size": len(content), "ready_at": issue.issued_at}
    Document.objects.filter(issue=issue).update(**ready)
    return issue


def built(meeting: Meeting, by: User, **chosen: Any) -> Pack:
    with acting(by):
        return build_pack(meeting, Choices({6: "3", 2: "3"}, **chosen), by=by)


def rendered(pack: Pack) -> dict[str, PackFile]:
    for file in pack.current():
        render_pack(str(file.pk))
    return {file.rendition: file for file in pack.current()}


def issued_pack(meeting: Meeting, by: User, **chosen: Any) -> Pack:
    pack = built(meeting, by, **chosen)
    rendered(pack)
    with acting(by):
        return issue_pack(pack, by=by)


# --- what is in it --------------------------------------------------------------------------------


def test_e9_one_build_makes_a_pack_for_each_circle_of_readers(meeting: Meeting, exempt: Issue, secretary: User) -> None:
    files = rendered(built(meeting, secretary))
    public, members = (store.read(files[each].sha256) for each in ("public", "members"))

    assert len(pages_of(members)) == len(pages_of(public)) + len(pages_of(some_pdf()))
    for text in (pages_of(public)[0], pages_of(members)[0]):
        assert "A dispute with a supplier" in text
        assert "Schedule 12A, paragraph 3" in text
    assert files["public"].filename == "london-contest-board-2026-09-17-pack-public-OFFICIAL.pdf"
    assert Message.objects.filter(recipient=secretary, subject__contains="ready to download").count() == 2


def test_e9_public_pack_that_tells_of_part_2_is_parked(
    meeting: Meeting, exempt: Issue, secretary: User, tmp_path: Path, capsys: pytest.CaptureFixture
) -> None:
    made(meeting.items.get(number=1).issue, telling_pdf())

    files = rendered(built(meeting, secretary))

    assert (files["members"].state, files["public"].state) == (JobState.READY, JobState.PARKED)
    assert "exempt part were found in the text of page 2" in files["public"].reason
    assert "quorblexian" not in files["public"].reason
    call_command("render", str(files["public"].pk), f"--out={tmp_path / 'again.pdf'}")
    assert "“quorblexian” stands only in an exempt part" in capsys.readouterr().out


def test_secrets_of_a_meeting_leave_out_what_another_paper_says_in_public(meeting: Meeting, exempt: Issue) -> None:
    front = {"title": "A dispute with a supplier"}

    alone = pack_leaks.secrets_of_meeting(Issue.objects.all(), front)
    beside = pack_leaks.secrets_of_meeting(Issue.objects.all(), front | {"said": SECRET})

    assert "quorblexian" in alone.words
    assert "quorblexian" not in beside.words


def test_e13_draft_is_to_follow_and_then_goes_out_in_a_supplement(
    meeting: Meeting, first: Issue, secretary: User
) -> None:
    draft = make.paper(at=meeting, title="Money for next year")
    pack = issued_pack(meeting, secretary, follow=[draft])
    before = rendered(pack)["public"].sha256

    made(make.issue(draft))
    with pytest.raises(Refused, match="Say why its papers are late"):
        built(meeting, secretary)
    supplement = issued_pack(meeting, secretary, late_reason="Its figures came late.")

    assert "To follow" in pages_of(store.read(before))[0]
    text = pages_of(store.read(rendered(supplement)["public"].sha256))[0]
    assert (supplement.name, "Money for next year" in text, "Delivery in the spring" in text) == (
        "Supplement S1", True, False)  # fmt: skip
    assert rendered(pack)["public"].sha256 == before


# --- building and issuing -------------------------------------------------------------------------


def test_e14_pack_built_again_with_nothing_changed_is_the_same_file(
    meeting: Meeting, first: Issue, secretary: User
) -> None:
    files = rendered(built(meeting, secretary))
    again = built(meeting, secretary)

    assert {file.pk for file in again.current()} == {file.pk for file in files.values()}
    issued(meeting, "Another paper")
    assert not set(built(meeting, secretary).current()) & set(files.values())


def test_e14_issued_pack_is_downloaded_in_the_same_bytes(meeting: Meeting, first: Issue, secretary: User) -> None:
    pack = issued_pack(meeting, secretary)
    file = pack.current().get(rendition="public")
    member = as_(person("member"))

    one, other = (member.get(file.download_url).content for _ in range(2))
    with acting(secretary):
        meeting.venue = "Another hall"
        meeting.save()

    assert one == other == member.get(file.download_url).content
    assert json.loads(file.snapshot)["venue"] == "City Hall"
    with pytest.raises(Refused, match="does not change any more"), acting(secretary):
        issue_pack(pack, by=secretary)
    assert why_not_build(meeting, by=secretary).startswith("Every issued paper is in an issued pack.")


def test_pack_waits_for_the_papers_own_files(meeting: Meeting, first: Issue, secretary: User) -> None:
    make.issue(make.paper(at=meeting, title="Just issued"))

    assert why_not_build(meeting, by=secretary) == "The PDF of Report 2 is still being made."
    assert why_not_build(meeting, by=person("analyst")).startswith("Only the secretary")


READERS = {
    "secretary": (["members", "public"], ["members", "public"]),
    "boardmember": ([], ["members", "public"]),
    "member": ([], ["public"]),
    "brent.lead": ([], ["public"]),
    "outsider": ([], []),
}


def test_members_pack_is_for_those_who_read_part_2(meeting: Meeting, first: Issue, secretary: User) -> None:
    def seen(who: str) -> list[str]:
        return sorted(PackFile.objects.visible_to(person(who)).values_list("rendition", flat=True))

    pack = built(meeting, secretary)
    while_built = {who: seen(who) for who in READERS}
    rendered(pack)
    with acting(secretary):
        issue_pack(pack, by=secretary)

    assert {who: (while_built[who], seen(who)) for who in READERS} == READERS


def test_published_pack_is_open_once_all_that_is_in_it_is(meeting: Meeting, first: Issue, secretary: User) -> None:
    second = issued(meeting, "Another paper")
    pack = issued_pack(meeting, secretary)
    address = reverse("published_pack", args=[meeting.board.key, pack.pk])
    visitor = as_(person("outsider"))
    visitor.logout()
    answers = [visitor.get(address).status_code]

    for issue in (first, second):
        with acting(secretary):
            publish_paper(issue, by=secretary, late_reason="Late.")
        answers.append(visitor.get(address).status_code)

    assert answers == [404, 404, 200]
    assert address in visitor.get(reverse("published_board", args=[meeting.board.key])).content.decode()


def given_out(meeting: Meeting, by: User, *issues: Issue) -> list[Publication]:
    with acting(by):
        return [publish_paper(issue, by=by, late_reason="Late.") for issue in issues]


def seen_by_everybody(meeting: Meeting, pack: Pack) -> tuple[int, str]:
    board = Client().get(reverse("published_board", args=[meeting.board.key])).content.decode()
    shown = " ".join(strip_tags(board.partition("Packs of meetings")[2].partition("SHA-256")[0]).split())
    return Client().get(reverse("published_pack", args=[meeting.board.key, pack.pk])).status_code, shown


def test_e10_a_pack_with_a_withdrawn_paper_is_not_to_be_had_and_one_with_a_superseded_one_says_so(
    meeting: Meeting, first: Issue, secretary: User
) -> None:
    second = issued(meeting, "Another paper")
    pack = issued_pack(meeting, secretary)
    one, other = given_out(meeting, secretary, first, second)
    with acting(secretary):
        withdraw_paper(one, reason="A table was missing.", successor=other, by=secretary)
    superseded = seen_by_everybody(meeting, pack)
    with acting(secretary):
        withdraw_paper(other, reason="Published too early.", by=secretary)
    status, words = seen_by_everybody(meeting, pack)

    assert superseded[0] == 200
    assert "Report 1 in it was superseded on" in superseded[1]
    assert f"Read {other.issue} instead." in superseded[1]
    assert status == 404
    assert "Report 2 in it was withdrawn on" in words
    assert "The pack is no longer available." in words
    assert as_(person("member")).get(pack.current().get(rendition="public").download_url).status_code == 200


@pytest.mark.usefixtures("in_august")
def test_e13_an_erratum_is_not_told_any_more_once_its_paper_is_withdrawn(meeting: Meeting, secretary: User) -> None:
    earlier = issued(make.meeting(dt.date(2026, 6, 18)), "The one before")
    (published,) = given_out(meeting, secretary, earlier)
    wrong = Erratum(issue=earlier, place="Paragraph 1", printed="Xold", corrected="Xnew", reason="Counted anew.")
    with acting(secretary):
        add_erratum(wrong, by=secretary)
    wrong.refresh_from_db()
    paper = issued(wrong.told_to, "The one after")
    pack = issued_pack(wrong.told_to, secretary)
    given_out(meeting, secretary, paper)
    page = published.get_absolute_url()
    before = seen_by_everybody(wrong.told_to, pack)[0], "Xold" in Client().get(page).content.decode()
    with acting(secretary):
        withdraw_paper(published, reason="Published too early.", by=secretary)
    status, words = seen_by_everybody(wrong.told_to, pack)

    assert before == (200, True)
    assert (status, "Xold" in Client().get(page).content.decode()) == (404, False)
    assert "It tells of an erratum to Report 1 of 18 June 2026, which was withdrawn on" in words


# --- pages ----------------------------------------------------------------------------------------


def test_secretary_builds_and_issues_on_pages(meeting: Meeting, exempt: Issue, secretary: User) -> None:
    browser = as_(secretary)
    build = reverse("pack_build", args=[meeting.pk])

    asked = browser.post(build, {})
    told = browser.post(build, {"ground_2": "3"})
    pack = Pack.objects.get()
    rendered(pack)
    browser.post(reverse("pack_issue", args=[pack.pk]))

    assert "Why item 2, A dispute with a supplier, is exempt" in asked.content.decode()
    assert "The exempt parts of the paper itself name paragraph 3." in asked.content.decode()
    assert told.headers["Location"] == reverse("packs", args=[meeting.pk])
    pack.refresh_from_db()
    assert pack.is_issued
    assert list(pack.entries.values_list("issue__item__number", flat=True).order_by("issue__item__number")) == [1, 2]
    assert "Pack, issued on" in browser.get(meeting.get_absolute_url()).content.decode()


def test_e11_queue_shows_what_is_made_stops_it_and_tries_it_again(
    meeting: Meeting, first: Issue, secretary: User
) -> None:
    file = built(meeting, secretary).current().get(rendition="members")
    browser, queue = as_(secretary), reverse("print_queue", args=[meeting.board.key])
    busy = browser.get(f"{queue}progress")

    browser.post(file.cancel_url)
    stopped = browser.get(queue).content.decode()
    browser.post(file.retry_url)
    render_pack(str(file.pk))

    assert busy.status_code == 200
    assert "Board secretary cancelled it." in stopped
    file.refresh_from_db()
    assert file.is_ready
    render_pack(str(PackFile.objects.get(rendition="public").pk))
    assert browser.get(f"{queue}progress").status_code == 286


def test_e11_cancelled_while_it_is_made_leaves_nothing_behind(meeting: Meeting, first: Issue, secretary: User) -> None:
    file = built(meeting, secretary).current().get(rendition="members")
    claimed = PackFile.objects.claim(file.pk)

    cancel(file, by=secretary)

    claimed.fail("Too late.")
    file.refresh_from_db()
    assert (file.state, file.failures, file.reason[:27]) == (JobState.PARKED, 0, "Board secretary cancelled i")
    with pytest.raises(Refused):
        cancel(file, by=secretary)


def test_queue_asks_as_much_for_many_files_as_for_one(
    meeting: Meeting, first: Issue, secretary: User, django_assert_num_queries: Any
) -> None:
    browser, queue = as_(secretary), reverse("print_queue", args=[meeting.board.key])
    browser.get(queue)

    with django_assert_num_queries(13):
        browser.get(queue)
    for number in range(2):
        issued(meeting, f"Paper {number}")
    with django_assert_num_queries(13):
        assert browser.get(queue).content.decode().count("Download") == 6


def test_download_of_a_sensitive_pack_is_recorded(meeting: Meeting, first: Issue, secretary: User) -> None:
    make.paper(at=meeting)
    pack = built(meeting, secretary)
    file = rendered(pack)[Rendition.MEMBERS]
    PackFile.objects.filter(pk=file.pk).update(marking="OFFICIAL-SENSITIVE")

    as_(secretary).get(file.download_url)

    assert AccessRecord.objects.get().action == "download"


def test_marking_of_members_pack_is_that_of_its_most_sensitive_paper(
    meeting: Meeting, first: Issue, secretary: User
) -> None:
    paper = make.paper(at=meeting, title="Something sensitive")
    make.block(paper, "What is sensitive.", marking="OFFICIAL-SENSITIVE")
    made(make.issue(paper))

    files = rendered(built(meeting, secretary))

    assert files["members"].marking == "OFFICIAL-SENSITIVE"
    assert files["public"].marking == "OFFICIAL"
    with pikepdf.open(BytesIO(store.read(files["members"].sha256))) as opened:
        assert "OFFICIAL-SENSITIVE" in str(opened.docinfo.Keywords)
