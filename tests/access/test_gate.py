"""The gate in front of every view: what was not labelled is closed, and what was answers to its label alone."""

import pytest
from django.core.checks import run_checks
from django.test import Client
from django.urls import ResolverMatch, get_resolver, resolve, reverse

from contest_portal.access.checks import every_view_is_labelled, patterns
from contest_portal.access.gate import access, label_of
from contest_portal.access.roles import PERMISSIONS, SIGNED_IN
from contest_portal.accounts.models import User
from contest_portal.audit.acting import acting
from tests.architecture.source import modules
from tests.cast import as_, person

# Anybody on the network may call these.
PUBLIC = {
    *("health_live", "health_ready", "account_login", "account_logout"),
    # What was published, and nothing beside it.
    *("published", "published_board", "published_paper", "published_pdf", "published_csv", "published_feed"),
    *("published_hashes", "published_hashes_csv", "published_pack", "published_word"),
}

# One address of every package that has views. Somebody who may open it: everybody but the outsider.
ONE_OF_EACH = {
    "contest_portal.access": "account",
    "contest_portal.drafts": "draft_token",
    "contest_portal.home": "home",
    "contest_portal.notifications": "messages",
    "contest_portal.ui": "components",
    "boroughs": "boroughs",
    "strands": "activities",
    "boards": "boards",
    "reports": "papers",
}


def _match(name: str) -> ResolverMatch:
    return resolve(reverse(name))


def test_each_package_with_views_has_its_address_here() -> None:
    modules = {entry.callback.__module__ for _, entry in patterns(get_resolver())}
    ours = {".".join(module.split(".")[: 2 if module.startswith("contest_portal") else 1]) for module in modules}

    assert ours - {"allauth"} == set(ONE_OF_EACH)


@pytest.mark.parametrize(("package", "name"), ONE_OF_EACH.items())
def test_a_view_whose_label_is_deleted_is_closed_and_reported(
    analyst: User, monkeypatch: pytest.MonkeyPatch, package: str, name: str
) -> None:
    view = _match(name).func
    assert view.__module__.startswith(package)
    assert as_(analyst).get(reverse(name)).status_code == 200

    monkeypatch.delattr(view, "access_label")

    assert as_(analyst).get(reverse(name)).status_code == 403
    assert [error.id for error in every_view_is_labelled()] == ["access.E001"]
    assert [error.id for error in run_checks(tags=["access"])] == ["access.E001"]
    assert f"“{reverse(name).lstrip('/')}”" in every_view_is_labelled()[0].msg


def test_every_view_is_labelled_as_it_stands() -> None:
    assert every_view_is_labelled() == []


def test_public_views_are_these_and_no_others() -> None:
    labels = {entry.name: label_of(entry.callback) for _, entry in patterns(get_resolver())}

    assert {name for name, label in labels.items() if label.permission is None} == PUBLIC


def test_what_answers_get_answers_head_and_nothing_else_by_itself() -> None:
    labels = {entry.name: label_of(entry.callback).methods for _, entry in patterns(get_resolver())}

    assert {name for name, methods in labels.items() if ("GET" in methods) != ("HEAD" in methods)} == set()
    assert set().union(*labels.values()) == {"GET", "HEAD", "POST"}


def test_head_has_the_answer_of_get_without_the_page(analyst: User, outsider: User) -> None:
    address = reverse("activities")

    assert (as_(analyst).head(address).status_code, as_(analyst).head(address).content) == (200, b"")
    assert as_(outsider).head(address).status_code == 403
    assert Client().head(address).status_code == 302


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options", "trace"])
def test_a_method_that_was_not_declared_is_not_allowed(analyst: User, method: str) -> None:
    response = getattr(as_(analyst), method)(reverse("activities"))

    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD")


def test_a_page_that_only_takes_posts_shows_nothing(secretary: User) -> None:
    response = as_(secretary).get(reverse("document_retry", args=["00000000-0000-0000-0000-000000000000"]))

    assert (response.status_code, response["Allow"]) == (405, "POST")


@pytest.mark.parametrize("method", ["get", "head", "post", "delete"])
def test_a_visitor_is_sent_to_sign_in_and_comes_back_to_the_same_address(db: None, method: str) -> None:
    response = getattr(Client(), method)("/activities/?strand=prevent&page=2")

    assert response.status_code == 302
    assert response["Location"] == "/accounts/login/?next=/activities/%3Fstrand%3Dprevent%26page%3D2"


def test_what_asks_only_for_a_signed_in_person_opens_without_a_role(outsider: User) -> None:
    assert label_of(_match("account").func).permission == SIGNED_IN
    assert as_(outsider).get(reverse("account")).status_code == 200
    assert as_(outsider).get(reverse("activities")).status_code == 403


def test_a_closed_account_is_signed_out_at_once(analyst: User) -> None:
    client = as_(analyst)
    assert client.get(reverse("account")).status_code == 200

    with acting(person("admin")):
        analyst.is_active = False
        analyst.save()

    assert client.get(reverse("account")).status_code == 302


def test_a_label_names_a_permission_that_some_role_carries() -> None:
    with pytest.raises(ValueError, match=r"activity\.raed"):
        access("activity.raed")


def test_every_permission_of_a_role_opens_a_view_or_decides_in_a_model() -> None:
    """A permission that nothing asks for would promise what nobody gets."""
    opens = {label_of(entry.callback).permission for _, entry in patterns(get_resolver())}
    asked = "".join(module.text for module in modules() if not module.name.startswith("contest_portal.access"))

    assert {each for each in PERMISSIONS - opens if f'"{each}"' not in asked} == set()
