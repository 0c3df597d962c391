"""The demo data as they stand in the running product: a believable London, all of it consistent."""

from collections.abc import Callable
from urllib.parse import urlsplit

import psycopg2
import pytest

from contest_portal.core.quarters import Quarter
from contest_portal.management.demo.london import RETURNS
from strands.kinds import KINDS
from tests.browser.conftest import Stack


@pytest.fixture(scope="module")
def ask(stack: Stack) -> Callable[[str], list[tuple]]:
    connection = psycopg2.connect(stack.environment["DATABASE_OWNER_URL"])
    connection.autocommit = True

    def ask(question: str) -> list[tuple]:
        with connection.cursor() as cursor:
            cursor.execute(question)
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


def test_two_past_meetings_have_an_issued_paper(ask: Callable) -> None:
    issued = ask(
        "SELECT m.day, i.issued_at::date FROM reports_issue i JOIN reports_paper p ON p.id = i.paper_id "
        "JOIN boards_meeting m ON m.id = p.meeting_id WHERE m.status = 'held' ORDER BY m.day"
    )

    assert len(issued) == 2
    assert all(issued_on < day for day, issued_on in issued)
