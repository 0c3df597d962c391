import pytest

from boroughs.models import Organisation, OrganisationName
from contest_portal.accounts.models import User
from contest_portal.audit.acting import acting
from tests.cast import as_

pytestmark = pytest.mark.django_db

QUERIES_OF_THE_LIST = 16


def make_organisations(count: int) -> None:
    with acting(User.objects.portal()):
        for number in range(count):
            made = Organisation(key=f"zebra-{number}", kind="community", name=f"Zebra Trust {number}")
            made.save()
            OrganisationName(organisation=made, name=f"Zebra Society {number}", abbreviation="ZBR").save()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_number_of_questions_for_1_and_3_rows(count, analyst, django_assert_num_queries):
    make_organisations(count)
    client = as_(analyst)

    with django_assert_num_queries(QUERIES_OF_THE_LIST):
        response = client.get("/reference/organisations/?name=zebra")

    assert len(response.context["page"].object_list) == count


@pytest.mark.parametrize("words", ["MPA", "police authority", "Metropolitan Police Auth"])
def test_a_body_of_the_past_is_found_by_its_old_name_and_leads_to_its_successor(words, analyst):
    body = as_(analyst).get("/reference/organisations/", {"name": words}).content.decode()

    assert "Metropolitan Police Authority" in body
    assert "Mayor&#x27;s Office for Policing and Crime took over on 16 January 2012" in body


def test_old_initials_find_the_body_of_today(analyst):
    page = as_(analyst).get("/reference/organisations/?name=OSCT").context["page"]

    assert [found.key for found in page] == ["homeland-security-group"]


def test_kinds_can_be_chosen_together(analyst):
    page = as_(analyst).get("/reference/organisations/?kind=health&kind=education").context["page"]

    assert {found.kind for found in page} == {"health", "education"}


def test_the_history_of_an_organisation_tells_of_its_names(analyst):
    make_organisations(1)

    changes = as_(analyst).get("/reference/organisations/zebra-0/history/").context["changes"]

    assert [change.what for change in changes] == ["Added organisation"]
    assert "Zebra Society 0" in [field.after for field in changes[0].fields]
