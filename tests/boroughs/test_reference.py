import datetime as dt
from itertools import pairwise

import pytest
from django.apps import apps
from django.core.management import call_command

from boroughs.models import BankHoliday, Borough, CommandUnitMembership, GroupingMembership, Neighbour, Organisation
from boroughs.reference import london
from contest_portal.accounts.models import User
from contest_portal.audit.acting import acting
from contest_portal.audit.models import TrackedModel
from contest_portal.core.working_days import clear_days_before
from reports.models import PaperTemplate
from strands.models import Objective, StrandAim, StrategyVersion, ThreatLevel

pytestmark = pytest.mark.django_db

CITY = "E09000001"


def history_rows() -> dict[str, int]:
    tracked = [model for model in apps.get_models() if issubclass(model, TrackedModel)]
    return {model.__name__: model.history.count() for model in tracked}


def members(grouping: str, day: dt.date) -> set[str]:
    rows = GroupingMembership.objects.on(day).filter(grouping_id=grouping)
    return set(rows.values_list("borough__name", flat=True))


def test_loading_again_changes_nothing_and_writes_no_history(capsys):
    before = history_rows()

    call_command("load_reference")

    assert history_rows() == before
    assert capsys.readouterr().out == "Reference data: nothing to change.\n"


def test_history_names_the_portal_and_the_reason():
    first = Borough.objects.get(pk=CITY).history.get()

    assert first.history_user == User.objects.portal()
    assert first.history_change_reason == "Reference data"


def test_a_row_that_differs_from_its_file_is_put_right_again():
    with acting(User.objects.portal()):
        brent = Borough.objects.get(name="Brent")
        brent.legal_name = "Brent Village"
        brent.save()

        saved = london.load()

    assert saved == 1
    assert Borough.objects.get(name="Brent").legal_name == "London Borough of Brent"


def test_a_bank_holiday_that_people_removed_stays_removed():
    with acting(User.objects.portal()):
        BankHoliday.objects.get(day=dt.date(2022, 9, 19)).delete()

        assert london.load_bank_holidays() == 0

    assert not BankHoliday.objects.filter(day=dt.date(2022, 9, 19)).exists()


def test_33_areas_of_which_the_met_polices_32():
    assert Borough.objects.count() == 33
    assert list(Borough.objects.exclude(met_police_area=True).values_list("pk", flat=True)) == [CITY]
    assert Borough.objects.get(pk=CITY).police_force == "City of London Police"


@pytest.mark.parametrize(
    ("grouping", "day", "count"),
    [
        ("LONDON_33", dt.date(2026, 4, 1), 33),
        ("MET_32", dt.date(2026, 4, 1), 32),
        ("OLYMPIC_5", dt.date(2008, 8, 18), 5),
        ("OLYMPIC_6", dt.date(2011, 9, 8), 6),
        ("OLYMPIC_6", dt.date(2008, 8, 18), 0),
        ("PRIORITY_16", dt.date(2011, 9, 8), 16),
        ("FUNDED_2024_25", dt.date(2024, 6, 1), 12),
        ("FUNDED_2024_25", dt.date(2025, 4, 1), 0),
        ("TRI_BOROUGH", dt.date(2018, 3, 31), 3),
        ("TRI_BOROUGH", dt.date(2018, 4, 1), 0),
        ("INNER_ONS", dt.date(2026, 4, 1), 14),
        ("OUTER_ONS", dt.date(2026, 4, 1), 19),
        ("INNER_1963", dt.date(2026, 4, 1), 12),
        ("OUTER_1963", dt.date(2026, 4, 1), 20),
    ],
)
def test_groupings_hold_from_one_day_to_another(grouping, day, count):
    assert len(members(grouping, day)) == count


def test_the_two_definitions_of_inner_london_differ_where_people_argue():
    today = dt.date(2026, 4, 1)

    assert members("INNER_ONS", today) - members("INNER_1963", today) == {"City of London", "Haringey", "Newham"}
    assert members("INNER_1963", today) - members("INNER_ONS", today) == {"Greenwich"}


def test_every_met_borough_is_in_one_command_unit_and_the_city_in_none():
    rows = CommandUnitMembership.objects.on(dt.date(2026, 4, 1))

    assert rows.count() == rows.values("borough").distinct().count() == 32
    assert not rows.filter(borough=CITY).exists()


def test_neighbours_are_82_pairs_of_which_14_touch_only_in_the_river():
    assert Neighbour.objects.count() == 82
    assert Neighbour.objects.filter(thames_only=True).count() == 14


@pytest.mark.parametrize(
    ("key", "day", "name"),
    [
        ("hmicfrs", dt.date(2009, 9, 2), "Her Majesty's Inspectorate of Constabulary"),
        ("homeland-security-group", dt.date(2011, 9, 8), "Office for Security and Counter-Terrorism, Home Office"),
        ("council-greenwich", dt.date(2011, 9, 8), "London Borough of Greenwich"),
        ("council-greenwich", dt.date(2012, 2, 3), "Royal Borough of Greenwich"),
    ],
)
def test_an_organisation_carries_the_name_of_the_day(key, day, name):
    assert Organisation.objects.get(key=key).name_on(day) == name


def test_the_police_authority_was_followed_by_the_mayors_office():
    authority = Organisation.objects.get(key="metropolitan-police-authority")

    succession = authority.successors.get()

    assert succession.after.key == "mopac"
    assert succession.on == dt.date(2012, 1, 16)
    assert authority.names.get().ends == dt.date(2012, 1, 15)


def test_one_edition_of_the_strategy_is_in_force_on_any_day():
    versions = list(StrategyVersion.objects.order_by("starts"))

    assert [version.starts.year for version in versions] == [2003, 2006, 2009, 2011, 2018, 2023]
    for earlier, later in pairwise(versions):
        assert later.starts - earlier.ends == dt.timedelta(days=1)
    assert StrandAim.objects.count() == 24


@pytest.mark.parametrize(("strategy", "count"), [("contest-2009", 7), ("contest-2011", 3), ("contest-2023", 3)])
def test_prevent_has_the_objectives_of_each_edition(strategy, count):
    assert Objective.objects.filter(strategy=strategy, strand="prevent").count() == count


@pytest.mark.parametrize(
    ("day", "level", "definition"),
    [
        (dt.date(2009, 9, 2), "SUBSTANTIAL", "An attack is a strong possibility"),
        (dt.date(2015, 1, 21), "SEVERE", "An attack is highly likely"),
        (dt.date(2021, 5, 1), "SUBSTANTIAL", "An attack is likely"),
    ],
)
def test_a_threat_level_speaks_in_the_words_of_its_day(day, level, definition):
    national = ["International terrorism", "All terrorism (national level)"]

    found = ThreatLevel.objects.on(day).get(scheme__in=national)

    assert (found.level, found.definition) == (level, definition)


def test_no_two_levels_of_a_scheme_hold_on_one_day():
    for level in ThreatLevel.objects.all():
        assert list(level.others_on(level.starts, level.ends)) == []


@pytest.mark.parametrize(
    ("meeting", "publication"),
    [
        (dt.date(2017, 10, 17), dt.date(2017, 10, 9)),
        (dt.date(2011, 9, 8), dt.date(2011, 8, 31)),
        (dt.date(2011, 5, 3), dt.date(2011, 4, 19)),
        (dt.date(2012, 6, 7), dt.date(2012, 5, 28)),
        (dt.date(2022, 9, 22), dt.date(2022, 9, 13)),
        (dt.date(2026, 4, 9), dt.date(2026, 3, 30)),
        (dt.date(2027, 1, 8), dt.date(2026, 12, 30)),
        (dt.date(2026, 11, 19), dt.date(2026, 11, 11)),
    ],
)
def test_publication_days_counted_over_the_loaded_bank_holidays(meeting, publication):
    assert clear_days_before(meeting, 5, BankHoliday.objects.days()) == publication


def test_the_committee_report_has_its_five_sections_and_twelve_fixed_headings():
    template = PaperTemplate.objects.get(key="committee-report-2011")

    assert [section["letter"] for section in template.sections] == ["A", "B", "C", "D", "E"]
    assert [len(section["headings"]) for section in template.sections] == [0, 5, 6, 0, 0]
    assert template.section("background")["nil"] == "None"
