"""The demo data as they stand in the running product: a believable London, all of it consistent."""

import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2
import pytest

from contest_portal.core.quarters import Quarter
from contest_portal.management.demo.london import RETURNS
from strands.kinds import KINDS
from tests.browser.conftest import Stack
from tests.reports.conformance import assert_conforms, verapdf
from tests.reports.reading import marked_and_reached


@pytest.fixture(scope="module")
def ask(stack: Stack) -> Callable[[str], list[tuple]]:
    connection = psycopg2.connect(stack.environment["DATABASE_OWNER_URL"])
    connection.autocommit = True

    def ask(question: str, **values: object) -> list[tuple]:
        with connection.cursor() as cursor:
            cursor.execute(question, values)
            return cursor.fetchall()

    assert urlsplit(stack.environment["DATABASE_OWNER_URL"]).path
    yield ask
    connection.close()


def test_activities_of_every_kind_and_borough(stack: Stack, ask: Callable) -> None:
    kinds = {kind for (kind,) in ask("SELECT DISTINCT kind FROM strands_activity")}
    [(count, boroughs, first)] = ask(
        "SELECT count(*), count(DISTINCT lead_borough_id), min(starts) FROM strands_activity"
    )
    [(joint,)] = ask(
        "SELECT count(*) FROM (SELECT 1 FROM strands_activityshare GROUP BY activity_id HAVING count(*) > 1) j"
    )

    assert kinds == {kind.key for kind in KINDS.values() if kind.in_use.until is None}
    assert 1350 < count < 1700
    assert boroughs == 33
    assert first >= Quarter.of(stack.day).shifted(-8).start
    assert joint > 60


def test_shares_sum_to_100(ask: Callable) -> None:
    wrong = ask("SELECT activity_id FROM strands_activityshare GROUP BY activity_id HAVING sum(percent) <> 100")

    assert wrong == []


def test_returns_in_every_state(ask: Callable) -> None:
    states = dict(ask("SELECT status, count(*) FROM reports_quarterlyreturn GROUP BY status"))
    [(nil,)] = ask("SELECT count(*) FROM reports_quarterlyreturn WHERE nil_reason <> ''")

    assert set(states) == {"open", "excused", "submitted", "approved", "sent_back", "accepted"}
    assert sum(states.values()) == 33 * RETURNS
    assert nil >= 1


def test_posts_are_shared_in_full(ask: Callable) -> None:
    wrong = ask(
        "SELECT p.number FROM boroughs_post p JOIN boroughs_postallocation a ON a.post_id = p.id "
        "GROUP BY p.id HAVING sum(a.share) <> p.fte"
    )
    [(shared,)] = ask(
        "SELECT count(*) FROM (SELECT 1 FROM boroughs_postallocation GROUP BY post_id HAVING count(*) > 1) s"
    )

    assert wrong == []
    assert shared >= 4


def test_some_money_is_confirmed_only_until_a_day(ask: Callable) -> None:
    [(count,)] = ask(
        "SELECT count(*) FROM boroughs_fundingline WHERE confirmed < expected AND confirmed_until IS NOT NULL"
    )

    assert count >= 1


def test_two_past_meetings_have_an_issued_paper_and_one_of_them_a_late_one(ask: Callable) -> None:
    issued = ask(
        "SELECT m.day, i.issued_at::date FROM reports_issue i JOIN reports_paper p ON p.id = i.paper_id "
        "JOIN boards_meeting m ON m.id = p.meeting_id WHERE m.status = 'held' ORDER BY m.day"
    )

    assert len(issued) == 3
    assert len({day for day, _ in issued}) == 2
    assert all(issued_on < day for day, issued_on in issued)


def test_one_promise_is_kept_and_the_next_meeting_is_owed_another(ask: Callable) -> None:
    promises = ask(
        "SELECT p.kept_in_id IS NOT NULL, m.status FROM reports_promise p "
        "LEFT JOIN boards_meeting m ON m.id = p.due_meeting_id ORDER BY p.id"
    )

    assert promises == [(True, "held"), (False, "planned"), (False, None)]


def test_the_members_version_of_an_issued_paper_says_more_than_the_public_one(ask: Callable) -> None:
    [(marking, open_marking, exempt)] = ask(
        "SELECT p.marking, p.open_marking, b.marking FROM reports_block b JOIN reports_paper p ON p.id = b.paper_id "
        "WHERE b.exempt_ground <> '' AND p.status = 'issued'"
    )

    assert (marking, open_marking, exempt) == ("OFFICIAL-SENSITIVE", "OFFICIAL", "OFFICIAL-SENSITIVE")


# --- files ----------------------------------------------------------------------------------------

# (what it is, its state, the hash of its bytes). What journeys through the portal issue today is left to them.
PDFS = """
SELECT i.series || ', ' || d.rendition, d.state, d.sha256
    FROM reports_document d JOIN reports_issue i ON i.id = d.issue_id
    WHERE d.format = 'pdf' AND i.issued_at < %(day)s
UNION ALL SELECT (CASE p.serial WHEN 0 THEN 'Pack, ' ELSE 'Supplement, ' END) || f.rendition, f.state, f.sha256
    FROM reports_packfile f JOIN reports_pack p ON p.id = f.pack_id WHERE p.issued_at < %(day)s
UNION ALL SELECT 'Archived paper', state, sha256 FROM reports_archivedcopy WHERE format = 'pdf'
"""
KINDS_OF_FILES = {"Archived paper"} | {
    f"{kind}, {rendition}"
    for kind in ("Report", "Briefing paper", "Decision", "Pack", "Supplement")
    for rendition in ("members", "public")
}
# Each page has so many words in its margins that are no part of its text: marking, number, report, hash, running head.
MOST_IN_MARGINS = 7


def test_every_issued_pdf_conforms_and_its_structure_covers_every_page(stack: Stack, ask: Callable) -> None:
    """The validator that archives use, the quick one, and a look at what a screen reader reaches. No letter was
    missing: a file with one is stopped."""
    found = made(lambda: ask(PDFS, day=stack.day))
    folder = Path(stack.environment["PORTAL_VAR"], "documents")
    files = {sha256: folder / sha256[:2] / sha256 for _, _, sha256 in found}

    assert {kind for kind, *_ in found} == KINDS_OF_FILES
    assert verapdf(*files.values()) == "ua1 conforms\n3a conforms\n" * len(files)
    for path in files.values():
        pdf = path.read_bytes()
        marked, reached = marked_and_reached(pdf)
        assert_conforms(pdf)
        assert [page for page in marked if not reached.get(page)] == []
        assert max(len(ids - reached[page]) for page, ids in marked.items()) <= MOST_IN_MARGINS


def made(look: Callable[[], list[tuple]], seconds: int = 120) -> list[tuple]:
    """The files, once the workers of the stack have made all of them."""
    end = time.monotonic() + seconds
    found = look()
    while {"queued", "working"} & {state for _, state, _ in found} and time.monotonic() < end:
        time.sleep(0.5)
        found = look()
    assert {state for _, state, _ in found} == {"ready"}
    return found
