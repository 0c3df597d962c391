"""The ten roles: what each may do, word for word as it was agreed, and what none of them may do alone."""

import pytest

from contest_portal.access.grants import may, scope_of
from contest_portal.access.roles import LONDON, PERMISSIONS, ROLES, roles_with
from contest_portal.access.sentences import CLOSED, SENTENCES
from contest_portal.accounts.models import User
from contest_portal.audit.acting import acting
from contest_portal.core.refusal import Refused
from reports.models import QuarterlyReturn
from reports.models.return_content import hash_now
from reports.models.return_line import lines_from_log
from reports.workflow.return_decisions import accept_return
from reports.workflow.return_writing import submit_return
from tests import make
from tests.cast import grant, person

# Key: name, and where it can be granted.
NAMES = {
    "borough_lead": ("Borough Prevent lead", "borough"),
    "borough_reader": ("Borough reader", "borough"),
    "strand_lead": ("Strand lead", "strand"),
    "analyst": ("Analyst", "all"),
    "secretary": ("Board secretary", "board"),
    "chair": ("Chair", "board"),
    "board_member": ("Board member", "board"),
    "member": ("MPA/MOPAC member", "all"),
    "auditor": ("Auditor or inspector", "all"),
    "admin": ("System administrator", "all"),
}

COLUMNS = tuple(NAMES)

# One row for each permission, one letter for each role in the order above: b own borough, d own board, t own strand,
# L all of London, and a dot for no.
TRUTH = {
    "activity.list": "b b t L d d d L L .",
    "activity.face": ". . . L L L L L L .",
    "activity.read": "b b t L . . . . L .",
    "activity.sensitive": "b . t . . . . . . .",
    "activity.log": "b . . . . . . . . .",
    "activity.share": "b . . . . . . . . .",
    "return.read": "b b t L d . . . L .",
    "return.status": ". . L L L L L L L .",
    "return.submit": "b . . . . . . . . .",
    "return.arrange": ". . . . d . . . . .",
    "return.accept": "b . t . . . . . . .",
    "return.send_back": "b . t L d . . . . .",
    "comment.write": "b . t L d . . . . .",
    "return.chase": ". . . . d . . . . .",
    "dashboard.read": "L L L L L L L L L .",
    "chart.comment": "L L L L L L L L . .",
    "paper.comment": "L L L L L L L L . .",
    "measure.read": "L L L L L L L L L .",
    "measure.draft.read": ". . t L . d . . L .",
    "measure.propose": ". . t L . . . . . .",
    "measure.approve": ". . . . . d . . . .",
    "measure.enter": ". . t L . . . . . .",
    "measure.check": ". . t L . . . . . .",
    "deliverable.read": "L L L L L L L L L .",
    "deliverable.areas": ". . L L L L L L L .",
    "assurance.read": "b b t L d d d . L .",
    "assurance.self": "b . . . . . . . . .",
    "assurance.record": ". . t L . . . . . .",
    "assurance.define": ". . . L . . . . . .",
    "risk.read": "b b t L d d d . L .",
    "risk.edit": "b . t . d . . . . .",
    "resource.edit": "b . t . d . . . . .",
    "deliverable.edit": ". . t . d . . . . .",
    "deliverable.mark": "b . t . d . . . . .",
    "deliverable.accept": ". . . . . d . . . .",
    "paper.read": "L L L L L L L L L .",
    "paper.draft": ". . t L d . . . . .",
    "paper.draft.read": ". . . L d d . . L .",
    "paper.clear": ". . t . . . d . . .",
    "paper.approve": ". . . . . d . . . .",
    "paper.issue": ". . . . d . . . . .",
    "archive.read": "L L L L L L L L L L",
    "archive.keep": ". . . . d . . . . L",
    "equality.release": ". . . . d . . . . .",
    "released.read": ". . . L d . . . L .",
    "override.ask": ". . . L . . . . . .",
    "override.decide": ". . . . d . . . . .",
    "paper.part2": ". . . . d d d . . .",
    "board.read": "L L L L L L L L L .",
    "meeting.arrange": ". . . . d . . . . .",
    "borough.read": "L L L L L L L L L .",
    "grant.list": ". . . . d d . . L L",
    "reference.read": ". . . L d . . . L L",
    "acronym.edit": ". . . L d . . . . L",
    "reference.apply": ". . . . . . . . . L",
}
LETTERS = {"borough": "b", "board": "d", "strand": "t", "all": "L"}


def test_the_roles_have_the_keys_that_grants_store() -> None:
    assert {key: (role.name, *role.scopes) for key, role in ROLES.items()} == NAMES
    assert all(role.key == key for key, role in ROLES.items())


def test_each_role_is_told_in_one_sentence() -> None:
    assert all(role.sentence.endswith(".") and role.sentence.count(". ") == 0 for role in ROLES.values())
    assert len({role.sentence for role in ROLES.values()}) == len(ROLES)


@pytest.mark.parametrize("permission", TRUTH)
def test_the_permission_is_for_these_roles_and_reaches_that_far(permission: str) -> None:
    letters = {
        key: "L" if permission in LONDON else LETTERS[ROLES[key].scopes[0]]
        for key in COLUMNS
        if permission in ROLES[key].permissions
    }

    assert " ".join(letters.get(key, ".") for key in COLUMNS) == TRUTH[permission]
    assert roles_with(permission) == list(letters)


def test_the_table_has_every_permission_and_every_permission_its_words() -> None:
    assert set(TRUTH) == PERMISSIONS == set(SENTENCES)
    assert set(CLOSED) <= PERMISSIONS


def test_an_administrator_reads_no_content(admin: User) -> None:
    content = ("activity.", "return.", "paper.", "dashboard.", "board.", "borough.", "meeting.")

    assert [each for each in PERMISSIONS if may(admin, each) and each.startswith(content)] == []


def test_nobody_reaches_sensitive_detail_beyond_their_own_borough_or_strand() -> None:
    assert "activity.sensitive" not in LONDON
    assert all(ROLES[key].scopes != ("all",) for key in roles_with("activity.sensitive"))


def test_two_grants_reach_as_far_as_both(brent_lead: User, admin: User) -> None:
    with acting(admin):
        grant(brent_lead, "strand_lead", "strand", "protect", by=admin)

    reach = scope_of(person("brent.lead"), "activity.read")
    assert (reach.everywhere, set(reach.boroughs), set(reach.strands)) == (False, {"E09000005"}, {"protect"})
    assert not scope_of(person("brent.lead"), "paper.part2")


# --- nobody accepts what they submitted ------------------------------------------------------------


def _submitted(by: User) -> QuarterlyReturn:
    found = make.quarterly_return(nil_reason="The team moved.")
    with acting(by):
        return submit_return(found, seen=hash_now(found, lines_from_log(found)), by=by)


def test_who_submitted_a_return_does_not_accept_it(brent_lead: User, brent_head: User) -> None:
    found = _submitted(brent_lead)

    with acting(brent_lead), pytest.raises(Refused, match="somebody else has to accept it"):
        accept_return(found, seen=found.content_hash, by=brent_lead)
    with acting(brent_head):
        assert accept_return(found, seen=found.content_hash, by=brent_head).status == "accepted"


def test_a_second_role_is_no_way_round(brent_lead: User, admin: User) -> None:
    found = _submitted(brent_lead)
    with acting(admin):
        grant(brent_lead, "strand_lead", "strand", "prevent", by=admin)
    again = person("brent.lead")

    with acting(again), pytest.raises(Refused, match="somebody else has to accept it"):
        accept_return(found, seen=found.content_hash, by=again)
