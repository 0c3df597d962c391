"""The columns of the matrix: everybody in the cast, and those whose access has ended or never was."""

import datetime as dt

from django.utils import timezone

from contest_portal.access.models import Grant
from contest_portal.accounts.models import User
from contest_portal.audit.acting import acting
from tests import cast

# Column of the matrix: the account of the cast. `expired` and `inactive` were leads of Brent.
ACCOUNTS = {
    "brent_lead": "brent.lead",
    "brent_head": "brent.head",
    "brent_reader": "brent.reader",
    "harrow_lead": "harrow.lead",
    "prevent_lead": "prevent.lead",
    "analyst": "analyst",
    "secretary": "secretary",
    "chair": "chair",
    "board_member": "boardmember",
    "member": "member",
    "auditor": "auditor",
    "admin": "admin",
    "outsider": "outsider",
    "expired": "expired",
    "inactive": "inactive",
}
ANONYMOUS = "anonymous"
PEOPLE = (*ACCOUNTS, ANONYMOUS)

BRENT = frozenset({"brent_lead", "brent_head", "brent_reader"})
BRENT_LEADS = BRENT - {"brent_reader"}
BOARD = frozenset({"secretary", "chair", "board_member"})
DRAFTS = frozenset({"secretary", "chair", "analyst", "auditor"})
LONDON = frozenset({"analyst", "auditor"})
NOBODY: frozenset[str] = frozenset()


def make_leavers() -> None:
    """Somebody whose grant ran out yesterday, and somebody whose account is closed while the grant runs on."""
    portal = User.objects.portal()
    with acting(portal):
        _lead("expired", portal, ends=timezone.localdate() - dt.timedelta(days=1))
        inactive = _lead("inactive", portal, ends=dt.date(2099, 12, 31))
        inactive.is_active = False
        inactive.save()


def _lead(account: str, portal: User, *, ends: dt.date) -> User:
    user = User(email=f"{account}@demo.example", name=f"Lee {account.title()}", post="Former Prevent lead, Brent")
    user.set_password(cast.PASSWORD)
    user.save()
    Grant(
        user=user,
        role="borough_lead",
        scope_kind="borough",
        scope_key=cast.BRENT,
        scope_name="Brent",
        starts=dt.date(2020, 1, 1),
        ends=ends,
        granted_by=portal,
        reason="Needed for the tests",
    ).save()
    return user
