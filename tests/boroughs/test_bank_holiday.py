import datetime as dt

import pytest

from boroughs.models import BankHoliday
from contest_portal.accounts.models import User
from contest_portal.audit.acting import acting
from contest_portal.audit.models import LedgerEntry
from tests.cast import as_

pytestmark = pytest.mark.django_db

QUERIES_OF_THE_LIST = 14


def make_holiday(day: dt.date, name: str = "Extra bank holiday") -> BankHoliday:
    with acting(User.objects.portal()):
        made = BankHoliday(day=day, name=name)
        made.save()
    return made


def posted(day: dt.date, name: str, reason: str, **values: object) -> dict[str, object]:
    boxes = {"day-day": day.day, "day-month": day.month, "day-year": day.year}
    return {"name": name, "reason": reason, **boxes, **values}


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_number_of_questions_for_1_and_3_rows(count, analyst, django_assert_num_queries):
    for month in range(1, count + 1):
        make_holiday(dt.date(2040, month, 2))
    client = as_(analyst)

    with django_assert_num_queries(QUERIES_OF_THE_LIST):
        response = client.get("/reference/bank-holidays/2040/")

    assert len(response.context["rows"]) == count


def test_an_administrator_adds_one_with_a_reason(admin):
    day = dt.date(2027, 7, 5)

    response = as_(admin).post("/reference/bank-holidays/new/", posted(day, "Jubilee", "Announced today"), follow=True)

    made = BankHoliday.objects.get(day=day)
    assert made.history.get().history_change_reason == "Announced today"
    assert made.history.get().history_user == admin
    assert LedgerEntry.objects.filter(table="boroughs_bankholiday", key=str(made.pk)).get().reason == "Announced today"
    assert "Jubilee, 5 July 2027 has been added" in response.content.decode()


def test_a_change_moves_the_day_and_keeps_what_it_was(admin):
    holiday = make_holiday(dt.date(2027, 7, 5))
    data = posted(dt.date(2027, 7, 12), "Jubilee", "Moved by a week", version=0)

    as_(admin).post(f"/reference/bank-holidays/day/{holiday.pk}/edit/", data)

    changes = as_(admin).get(f"/reference/bank-holidays/day/{holiday.pk}/history/").context["changes"]
    assert (changes[0].why, changes[0].who) == ("Moved by a week", admin.name)
    assert [(field.before, field.after) for field in changes[0].fields] == [
        ("5 July 2027", "12 July 2027"),
        ("Extra bank holiday", "Jubilee"),
    ]


def test_a_change_over_somebody_elses_change_shows_both_texts(admin):
    holiday = make_holiday(dt.date(2027, 7, 5))
    with acting(User.objects.portal()):
        holiday.name = "Meant for somebody else"
        holiday.save()
    data = posted(holiday.day, "Jubilee", "Better name", version=0)

    body = as_(admin).post(f"/reference/bank-holidays/day/{holiday.pk}/edit/", data).content.decode()

    assert "changed this while you were writing. Choose what to keep." in body
    assert "Meant for somebody else" in body
    assert BankHoliday.objects.get(pk=holiday.pk).name == "Meant for somebody else"


def test_one_that_is_removed_no_longer_counts_and_stays_readable_with_the_reason(admin):
    holiday = make_holiday(dt.date(2027, 7, 5))

    response = as_(admin).post(
        f"/reference/bank-holidays/day/{holiday.pk}/removal/", {"reason": "Called off"}, follow=True
    )

    assert holiday.day not in BankHoliday.objects.days()
    body = response.content.decode()
    assert "Extra bank holiday, 5 July 2027, by Addie Keyes" in body
    assert "Called off" in body


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (posted(dt.date(2027, 12, 27), "Another", "Why not"), "is already on that day. Choose another day"),
        (posted(dt.date(2027, 7, 5), "Jubilee", ""), "Enter the reason for the change"),
        (posted(dt.date(2027, 7, 5), "", "Why not"), "Enter the name"),
    ],
)
def test_what_cannot_be_saved_is_said_and_kept(data, error, admin):
    before = BankHoliday.objects.count()

    response = as_(admin).post("/reference/bank-holidays/new/", data)

    assert error in response.content.decode()
    assert BankHoliday.objects.count() == before


@pytest.mark.parametrize("path", ["new/", "day/{pk}/edit/", "day/{pk}/removal/"])
def test_who_only_reads_reference_data_does_not_change_it(path, analyst):
    holiday = make_holiday(dt.date(2027, 7, 5))

    response = as_(analyst).post(f"/reference/bank-holidays/{path.format(pk=holiday.pk)}", {"reason": "No"})

    assert response.status_code == 403
    assert BankHoliday.objects.filter(pk=holiday.pk).exists()


def test_a_reader_sees_no_links_to_change_anything(analyst):
    body = as_(analyst).get("/reference/bank-holidays/2026/").content.decode()

    assert "Add a bank holiday" not in body
    assert "/edit/" not in body


def test_borough_leads_do_not_open_reference_data(brent_lead):
    assert as_(brent_lead).get("/reference/bank-holidays/").status_code == 403
