"""The people of every test, and a client signed in as one of them.

They stand in the template database from which each test process copies its own: see conftest.
"""

import datetime as dt

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone
from django.utils.crypto import get_random_string

from contest_portal.access.models import Grant
from contest_portal.accounts.models import User
from contest_portal.audit.acting import acting

PASSWORD = "correct horse battery staple"
BOARD = "london-contest-board"
BRENT, HARROW = "E09000005", "E09000015"

# email name: name, post, and the role with its scope, where there is one.
PEOPLE: dict[str, tuple[str, str, tuple[str, str, str] | None]] = {
    "brent.lead": ("Bea Brentwell", "Prevent lead, Brent", ("borough_lead", "borough", BRENT)),
    "brent.head": ("Hal Brentford", "Head of community safety, Brent", ("borough_lead", "borough", BRENT)),
    "harrow.lead": ("Hattie Harrowby", "Prevent lead, Harrow", ("borough_lead", "borough", HARROW)),
    "brent.reader": ("Rory Brentnall", "Community safety officer, Brent", ("borough_reader", "borough", BRENT)),
    "prevent.lead": ("Priya Preventt", "Prevent strand lead", ("strand_lead", "strand", "prevent")),
    "analyst": ("Anand Lister", "Performance analyst", ("analyst", "all", "")),
    "secretary": ("Sasha Minter", "Board secretary", ("secretary", "board", BOARD)),
    "chair": ("Charlie Gavell", "Chair of the board", ("chair", "board", BOARD)),
    "boardmember": ("Bo Seatley", "Member of the board", ("board_member", "board", BOARD)),
    "member": ("Mel Overseer", "Member, oversight body", ("member", "all", "")),
    "auditor": ("Audrey Checker", "Inspector", ("auditor", "all", "")),
    "admin": ("Addie Keyes", "System administrator", ("admin", "all", "")),
    "outsider": ("Otto Outwith", "Nobody here", None),
}


def make_people() -> None:
    portal = User.objects.portal()
    with acting(portal, reason="The cast of the tests"):
        for account, (name, post, role) in PEOPLE.items():
            user = User(email=f"{account}@demo.example", name=name, post=post)
            user.set_password(PASSWORD)
            user.save()
            if role:
                grant(user, *role, by=portal)


def grant(user: User, role: str, kind: str, key: str, *, by: User) -> Grant:
    made = Grant(
        user=user,
        role=role,
        scope_kind=kind,
        scope_key=key,
        scope_name=key or "All London",
        starts=dt.date(2020, 1, 1),
        ends=dt.date(2099, 12, 31),
        granted_by=by,
        reason="Needed for the tests",
    )
    made.save()
    return made


def person(account: str) -> User:
    return User.objects.get(email=f"{account}@demo.example")


def as_(user: User) -> Client:
    """Signed in already: one row, where Django's own way makes a session, looks for it and makes it again."""
    signed_in = {
        SESSION_KEY: str(user.pk),
        BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
        HASH_SESSION_KEY: user.get_session_auth_hash(),
    }
    session = Session(
        session_key=get_random_string(32),
        session_data=SessionStore().encode(signed_in),
        expire_date=timezone.now() + dt.timedelta(seconds=settings.SESSION_COOKIE_AGE),
    )
    session.save(force_insert=True)
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    return client
