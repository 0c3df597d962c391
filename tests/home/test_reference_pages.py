import datetime as dt

import pytest

from contest_portal.accounts.models import User
from contest_portal.audit.acting import acting
from strands.models import StrategyVersion, ThreatLevel
from tests.cast import as_, person

pytestmark = pytest.mark.django_db

QUERIES_OF_STRATEGIES = 15
QUERIES_OF_LEVELS = 13
NATIONAL = "All terrorism (national level)"


def newest() -> ThreatLevel:
    return ThreatLevel.objects.get(scheme=NATIONAL, ends=None)


def level_data(day: dt.date, **values: object) -> dict[str, object]:
    boxes = {"starts-day": day.day, "starts-month": day.month, "starts-year": day.year}
    return {"level": "SUBSTANTIAL", "definition": "An attack is likely", "reason": "Announced today", **boxes, **values}


@pytest.mark.parametrize("path", ["", "strategies/", "threat-levels/", "bank-holidays/", "organisations/"])
@pytest.mark.parametrize(
    ("account", "status"),
    [("analyst", 200), ("secretary", 200), ("auditor", 200), ("admin", 200), ("member", 403), ("outsider", 403)],
)
def test_who_reads_reference_data(path, account, status):
    assert as_(person(account)).get(f"/reference/{path}").status_code == status


def test_the_list_of_strategies_asks_the_same_number_of_questions_for_more_editions(analyst, django_assert_num_queries):
    with acting(User.objects.portal()):
        for number in range(3):
            StrategyVersion(key=f"contest-210{number}", name="Later", starts=dt.date(2100 + number, 1, 1)).save()
    client = as_(analyst)

    with django_assert_num_queries(QUERIES_OF_STRATEGIES):
        response = client.get("/reference/strategies/")

    assert len(response.context["editions"]) == 9


def test_objectives_stand_under_their_own_edition(analyst):
    editions = as_(analyst).get("/reference/strategies/").context["editions"]

    found = {edition.strategy.pk: edition for edition in editions}
    counts = {part.strand.pk: len(part.objectives) for part in found["contest-2009"].strands}
    assert counts["prevent"] == 7
    assert [part.objectives for part in found["contest-2003"].strands] == [(), (), (), ()]
    assert editions[0].strategy.pk == "contest-2023"


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_levels_asks_the_same_number_of_questions(count, analyst, django_assert_num_queries):
    with acting(User.objects.portal()):
        for year in range(count):
            ThreatLevel(scheme="A test", level="LOW", definition="Unlikely", starts=dt.date(2100 + year, 1, 1)).save()
    client = as_(analyst)

    with django_assert_num_queries(QUERIES_OF_LEVELS):
        response = client.get("/reference/threat-levels/")

    schemes = dict(response.context["schemes"])
    assert len(schemes["A test"]) == count


def test_a_new_level_ends_the_one_before_it_on_the_day_before(admin):
    before = newest()

    as_(admin).post("/reference/threat-levels/new/", level_data(dt.date(2099, 5, 2), scheme=NATIONAL))

    after = newest()
    assert (after.level, after.starts) == ("SUBSTANTIAL", dt.date(2099, 5, 2))
    assert ThreatLevel.objects.get(pk=before.pk).ends == dt.date(2099, 5, 1)
    assert before.history.latest().history_change_reason == "Announced today"


def test_a_new_level_cannot_start_before_the_one_that_holds(admin):
    before = ThreatLevel.objects.count()

    response = as_(admin).post("/reference/threat-levels/new/", level_data(newest().starts, scheme=NATIONAL))

    assert "Choose a later day" in response.content.decode()
    assert ThreatLevel.objects.count() == before


def test_a_level_is_put_right_with_a_reason(admin):
    found = newest()
    data = level_data(found.starts, version=found.version, definition="In other words")

    as_(admin).post(f"/reference/threat-levels/{found.pk}/edit/", data)

    changes = as_(admin).get(f"/reference/threat-levels/{found.pk}/history/").context["changes"]
    assert newest().definition == "In other words"
    assert (changes[0].who, changes[0].why) == (admin.name, "Announced today")


@pytest.mark.parametrize(
    ("values", "error"),
    [
        ({"starts-year": 2010}, "Choose days that do not run into it"),
        ({"ends-day": 1, "ends-month": 1, "ends-year": 2001}, "must be on or after the day it starts"),
    ],
)
def test_days_of_a_level_that_cannot_be_are_refused(values, error, admin):
    found = newest()
    data = level_data(found.starts, version=found.version, **values)

    response = as_(admin).post(f"/reference/threat-levels/{found.pk}/edit/", data)

    assert error in response.content.decode()
    assert newest() == found


@pytest.mark.parametrize("account", ["analyst", "admin"])
def test_every_link_on_the_index_leads_somewhere(account):
    client = as_(person(account))

    body = client.get("/reference/").content.decode()

    for link in {part.split('"')[0].split("#")[0] for part in body.split('href="/')[1:]}:
        if not link.startswith("static/"):
            assert client.get(f"/{link}", follow=True).status_code == 200, link


@pytest.mark.parametrize("path", ["new/", "{pk}/edit/"])
def test_who_only_reads_does_not_change_levels(path, analyst):
    found = newest()

    response = as_(analyst).post(f"/reference/threat-levels/{path.format(pk=found.pk)}", level_data(found.starts))

    assert response.status_code == 403
    assert newest().version == found.version


def test_the_history_of_an_edition_tells_of_its_objectives(analyst):
    response = as_(analyst).get("/reference/strategies/contest-2023/history/")

    assert response.status_code == 200
    assert "Care for victims and survivors" in response.content.decode()
