import datetime as dt

import pytest

from boroughs.models import BankHoliday
from contest_portal.core.working_days import add_working_days, clear_days_before, is_working_day

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("meeting", "published"),
    [
        ("Tue 17 Oct 2017", "Mon 9 Oct 2017"),
        ("Thu 31 Jan 2019", "Wed 23 Jan 2019"),
        ("Thu 29 Jan 2009", "Wed 21 Jan 2009"),
        ("Thu 8 Sep 2011", "Wed 31 Aug 2011"),
        ("Tue 3 May 2011", "Tue 19 Apr 2011"),
        ("Thu 7 Jun 2012", "Mon 28 May 2012"),
        ("Thu 22 Sep 2022", "Tue 13 Sep 2022"),
        ("Thu 9 Apr 2026", "Mon 30 Mar 2026"),
        ("Fri 8 Jan 2027", "Wed 30 Dec 2026"),
        ("Thu 19 Nov 2026", "Wed 11 Nov 2026"),
    ],
)
def test_latest_publication_for_five_clear_working_days(meeting: str, published: str) -> None:
    day = clear_days_before(_day(meeting), 5, BankHoliday.objects.days())

    assert f"{day:%a %-d %b %Y}" == published


def test_without_the_holiday_announced_late_the_funeral_week_counts_one_day_more() -> None:
    without = BankHoliday.objects.days() - {dt.date(2022, 9, 19)}

    assert clear_days_before(dt.date(2022, 9, 22), 5, without) == dt.date(2022, 9, 14)


@pytest.mark.parametrize("day", range(7, 15))
def test_a_meeting_soon_after_easter_2026_is_published_before_good_friday(day: int) -> None:
    published = clear_days_before(dt.date(2026, 4, day), 5, BankHoliday.objects.days())

    assert published < dt.date(2026, 4, 3)


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        ("Tue 30 Jun 2026", 1, "Wed 1 Jul 2026"),
        ("Tue 30 Jun 2026", 10, "Tue 14 Jul 2026"),
        ("Wed 30 Sep 2026", 1, "Thu 1 Oct 2026"),
        ("Wed 30 Sep 2026", 10, "Wed 14 Oct 2026"),
        ("Thu 31 Dec 2026", 1, "Mon 4 Jan 2027"),
        ("Thu 2 Apr 2026", 1, "Tue 7 Apr 2026"),
        ("Tue 7 Apr 2026", -1, "Thu 2 Apr 2026"),
        ("Sat 4 Apr 2026", 0, "Sat 4 Apr 2026"),
    ],
)
def test_working_days_are_counted_over_weekends_and_holidays(start: str, count: int, end: str) -> None:
    assert add_working_days(_day(start), count, BankHoliday.objects.days()) == _day(end)


@pytest.mark.parametrize(
    ("day", "works"),
    [("Fri 3 Apr 2026", False), ("Sat 4 Apr 2026", False), ("Mon 6 Apr 2026", False), ("Tue 7 Apr 2026", True)],
)
def test_weekends_and_bank_holidays_are_no_working_days(day: str, works: bool) -> None:
    assert is_working_day(_day(day), BankHoliday.objects.days()) is works


def _day(words: str) -> dt.date:
    """Reads "Thu 9 Apr 2026", and minds the name of the day."""
    found = dt.datetime.strptime(words, "%a %d %b %Y").replace(tzinfo=dt.UTC).date()
    assert f"{found:%a %-d %b %Y}" == words
    return found
