"""The demo people: one for each role, and one without any. All at demo.example, all with one password."""

import datetime as dt
from dataclasses import dataclass

from contest_portal.access.models import Grant
from contest_portal.accounts.models import User

DOMAIN = "demo.example"
BOARD = "london-contest-board"


@dataclass(frozen=True)
class Person:
    account: str
    name: str
    post: str
    role: str = ""
    scope: tuple[str, str, str] = ("all", "", "All London")
    reason: str = ""

    @property
    def email(self) -> str:
        return f"{self.account}@{DOMAIN}"


_BRENT = ("borough", "E09000005", "Brent")
_HARROW = ("borough", "E09000015", "Harrow")
_BOARD = ("board", BOARD, "London CONTEST Board")

PEOPLE = [
    Person("brent.lead", "Ines Okoro", "Prevent lead, Brent", "borough_lead", _BRENT, "Leads Prevent for the borough"),
    Person(
        "brent.head",
        "Martin Ashe",
        "Head of community safety, Brent",
        "borough_lead",
        _BRENT,
        "Accepts the borough's returns",
    ),
    Person(
        "harrow.lead", "Devi Raman", "Prevent lead, Harrow", "borough_lead", _HARROW, "Leads Prevent for the borough"
    ),
    Person(
        "prevent.lead",
        "Tom Calloway",
        "Prevent strand lead, SO15",
        "strand_lead",
        ("strand", "prevent", "Prevent"),
        "Leads the strand for London",
    ),
    Person("analyst", "Ruth Adeyemi", "Performance analyst", "analyst", reason="Consolidates the quarter's figures"),
    Person("secretary", "Claire Donnelly", "Board secretary", "secretary", _BOARD, "Secretary to the board"),
    Person("chair", "Sir Alan Prior", "Chair, London CONTEST Board", "chair", _BOARD, "Appointed chair of the board"),
    Person("boardmember", "Nadia Osei", "Board member, London Councils", "board_member", _BOARD, "Holds a voting seat"),
    Person("member", "Judith Marlow", "Member, MOPAC oversight", "member", reason="Oversight of policing in London"),
    Person("auditor", "Owen Fairley", "Inspector", "auditor", reason="Thematic inspection of partnership governance"),
    Person("admin", "Sam Whitlock", "System administrator", "admin", reason="Keeps the service running"),
    Person("outsider", "Lee Tanner", "No role in the portal"),
]


def make_people(password: str, *, today: dt.date, by: User) -> dict[str, User]:
    """Users by account name, each with their role from four months ago until next summer."""
    users = {}
    for person in PEOPLE:
        user = User(email=person.email, name=person.name, post=person.post)
        user.set_password(password)
        user.save()
        users[person.account] = user
    for person in PEOPLE:
        if person.role:
            _grant(users[person.account], person, today, by=users["admin"])
    _ended_grant(users["member"], today, by=users["admin"])
    return users


def _grant(user: User, person: Person, today: dt.date, *, by: User) -> None:
    kind, key, name = person.scope
    Grant(
        user=user,
        role=person.role,
        scope_kind=kind,
        scope_key=key,
        scope_name=name,
        starts=today - dt.timedelta(days=120),
        ends=today + dt.timedelta(days=90 if person.role == "auditor" else 270),
        granted_by=by,
        reason=person.reason,
    ).save()


def _ended_grant(user: User, today: dt.date, *, by: User) -> None:
    """One that is over, so that the list of grants shows what that looks like."""
    Grant(
        user=user,
        role="board_member",
        scope_kind="board",
        scope_key=BOARD,
        scope_name="London CONTEST Board",
        starts=today - dt.timedelta(days=400),
        ends=today - dt.timedelta(days=130),
        granted_by=by,
        reason="Sat on the board until moving to oversight",
    ).save()
