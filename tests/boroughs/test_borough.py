import datetime as dt
from decimal import Decimal

import pytest
from django.utils import timezone

from boroughs.models import Borough, FundingLine, Grouping, GroupingMembership, Organisation, Post, PostAllocation
from contest_portal.accounts.models import User
from contest_portal.audit.acting import acting
from tests import make
from tests.cast import BRENT, HARROW, as_

pytestmark = pytest.mark.django_db

QUERIES_OF_THE_LIST = 21
EALING, HILLINGDON, CITY = "E09000009", "E09000017", "E09000001"


def make_grouping(*members: str, starts: dt.date | None = None, ends: dt.date | None = None) -> Grouping:
    with acting(User.objects.portal()):
        made = Grouping(key="TESTED", name="Tested boroughs", definition="Those that a test needs.")
        made.save()
        for borough in members:
            GroupingMembership(grouping=made, borough_id=borough, starts=starts, ends=ends, evidence="A test").save()
    return made


def make_post(shares: dict[str, str], line: FundingLine | None = None) -> Post:
    with acting(User.objects.portal()):
        employer = Organisation.objects.get(key="metropolitan-police-service")
        total = sum(Decimal(share) for share in shares.values())
        kind, status = "prevent_engagement_officer", "filled"
        made = Post(number=f"T-{len(shares)}", kind=kind, employer=employer, fte=total, status=status, funded_by=line)
        made.save()
        for borough, share in shares.items():
            PostAllocation(post=made, borough_id=borough, share=Decimal(share)).save()
    return made


def make_line(confirmed_until: dt.date | None, **values: object) -> FundingLine:
    fields = {"grant": "Prevent grant", "expected": 700_000, "confirmed": 500_000 if confirmed_until else 0}
    fields |= {"financial_year": "2099/00", "confirmed_until": confirmed_until, "borough_id": BRENT}
    with acting(User.objects.portal()):
        made = FundingLine(funder=Organisation.objects.get(key="home-office"), **fields | values)
        made.save()
    return made


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_number_of_questions_for_1_and_3_rows(count, member, django_assert_num_queries):
    make_grouping(*[BRENT, HARROW, EALING][:count])
    client = as_(member)

    with django_assert_num_queries(QUERIES_OF_THE_LIST):
        response = client.get("/boroughs/?grouping=TESTED")

    assert len(response.context["rows"]) == count


def test_a_grouping_is_shown_as_it_stood_on_the_day(member):
    response = as_(member).get("/boroughs/?grouping=OLYMPIC_5&on=2008-08-18")

    names = [borough.name for borough in response.context["rows"]]
    assert names == ["Greenwich", "Hackney", "Newham", "Tower Hamlets", "Waltham Forest"]


def test_a_row_names_the_other_groupings_of_that_day_but_not_the_chosen_one(member):
    response = as_(member).get("/boroughs/?grouping=OLYMPIC_6&on=2011-09-08")

    others = {row.name: [member.grouping_id for member in row.groupings_then] for row in response.context["rows"]}
    assert others["Newham"] == ["PRIORITY_16"]
    assert others["Greenwich"] == []


def test_a_grouping_that_has_ended_is_empty_today(member):
    response = as_(member).get("/boroughs/?grouping=TRI_BOROUGH")

    assert list(response.context["rows"]) == []
    assert "No area belonged to this on that day" in response.content.decode()


def test_the_city_is_listed_and_labelled(member):
    body = as_(member).get("/boroughs/").content.decode()

    assert "Not a borough" in body
    assert body.count('class="portal-map__tile') == 33


def test_a_wrong_day_is_said_and_the_list_is_of_today(member):
    response = as_(member).get("/boroughs/?on-day=31&on-month=2&on-year=2011")

    assert "must be a real date" in response.content.decode()
    assert response.context["day"] == timezone.localdate()


def test_a_person_without_a_role_does_not_see_boroughs(outsider):
    assert as_(outsider).get("/boroughs/").status_code == 403
    assert as_(outsider).get(f"/boroughs/{BRENT}/").status_code == 403


def test_a_borough_that_is_not_there_is_not_found(member):
    assert as_(member).get("/boroughs/E09000099/").status_code == 404


def test_a_shared_post_is_one_post_in_each_of_its_boroughs(member):
    make_post({EALING: "0.6", HILLINGDON: "0.4"})

    here = as_(member).get(f"/boroughs/{EALING}/").context
    there = as_(member).get(f"/boroughs/{HILLINGDON}/").context

    assert (len(here["posts"]), here["fte"]) == (1, Decimal("0.60"))
    assert (len(there["posts"]), there["fte"]) == (1, Decimal("0.40"))
    assert [share.borough.name for share in here["posts"][0].elsewhere] == ["Hillingdon"]
    assert "London has 1 post on that day, 1 full-time equivalent" in as_(member).get("/boroughs/").content.decode()


def test_neighbours_across_the_river_are_said_to_be(member):
    body = as_(member).get(f"/boroughs/{CITY}/").content.decode()

    assert body.count("only across the river") == 2


@pytest.mark.parametrize(
    ("left", "warning"),
    [
        (None, "None of this money is confirmed."),
        (-1, "The confirmed money ended on 30 September 2026."),
        (0, "The confirmed money ends on 1 October 2026, today."),
        (1, "The confirmed money ends on 2 October 2026, tomorrow."),
        (90, "The confirmed money ends on 30 December 2026, in 90 days."),
        (91, ""),
    ],
)
def test_people_are_warned_90_days_before_confirmed_money_ends(left, warning):
    today = dt.date(2026, 10, 1)
    line = FundingLine(confirmed_until=None if left is None else today + dt.timedelta(days=left))

    assert line.warning_on(today) == warning


def test_money_of_another_borough_is_not_on_the_page_and_money_for_all_london_is(member):
    make_line(dt.date(2100, 3, 31), grant="Only for Brent")
    make_line(dt.date(2100, 3, 31), grant="Only for Harrow", borough_id=HARROW)
    make_line(None, grant="For all of London", borough_id=None)

    funding = as_(member).get(f"/boroughs/{BRENT}/").context["funding"]

    assert [(line.grant, warning) for line, warning in funding] == [
        ("For all of London", "None of this money is confirmed."),
        ("Only for Brent", ""),
    ]


@pytest.mark.parametrize(("borough", "links"), [(BRENT, True), (HARROW, False)])
def test_a_borough_lead_is_led_to_the_returns_of_the_own_borough_only(borough, links, brent_lead):
    context = as_(brent_lead).get(f"/boroughs/{borough}/").context

    assert context["reads_returns"] is links
    assert context["reads_activities"] is links


def test_the_history_of_a_borough_tells_of_its_groupings(member):
    make_grouping(BRENT)

    changes = as_(member).get(f"/boroughs/{BRENT}/history/").context["changes"]

    assert changes[0].what == "Added membership of a grouping"
    assert changes[0].fields[0].after == "Tested boroughs"
    assert {change.who for change in changes} == {str(User.objects.portal())}
    assert Borough.objects.get(pk=BRENT).get_absolute_url() == f"/boroughs/{BRENT}/"


def test_leap9_the_page_shows_joint_work_with_the_other_names(member, brent_lead):
    make.activity(title="Shared walk", shares={BRENT: 60, HARROW: 40})
    make.activity(title="Ours alone")
    hidden = {"marking": "OFFICIAL-SENSITIVE", "title": "A shared site"}
    make.activity(shares={BRENT: 50, HARROW: 50}, **hidden)

    for code, other in [(BRENT, "Harrow"), (HARROW, "Brent")]:
        page = as_(member).get(f"/boroughs/{code}/").content.decode()
        assert "Shared walk" in page
        assert f"joint with {other}" in page
        assert "Ours alone" not in page
        assert "A shared site" not in page
    assert "A shared site" in as_(brent_lead).get(f"/boroughs/{BRENT}/").content.decode()
