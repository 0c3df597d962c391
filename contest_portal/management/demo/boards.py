"""The demo's boards: current ones with seats and meetings, and past ones with what became of them."""

import datetime as dt
from dataclasses import dataclass

from boards.models import AgendaItem, Board, BoardRelation, Meeting, Seat, SeatHolder
from boroughs.models import BankHoliday, Organisation
from contest_portal.accounts.models import User
from contest_portal.core.working_days import is_working_day

STANDING = [
    "Apologies for absence",
    "Declarations of interest",
    "Minutes of the last meeting",
    "Action log",
    "Threat update (oral)",
]


@dataclass(frozen=True)
class Past:
    key: str
    name: str
    short_name: str
    kind: str
    starts: dt.date
    ends: dt.date | None
    purpose: str


BOARDS = [
    Past(
        "london-contest-board",
        "London CONTEST Board",
        "CONTEST Board",
        "partnership",
        dt.date(2015, 12, 17),
        None,
        "Brings police, councils, emergency services and government together to oversee delivery in London.",
    ),
    Past(
        "london-prevent-board",
        "London Prevent Board",
        "Prevent Board",
        "partnership",
        dt.date(2016, 4, 1),
        None,
        "Looks after Prevent across the boroughs and reports to the London CONTEST Board.",
    ),
    Past(
        "contest-london-2009",
        "CONTEST (London) Board",
        "CONTEST (London)",
        "partnership",
        dt.date(2009, 3, 1),
        dt.date(2012, 1, 15),
        "Senior oversight of all four strands in London.",
    ),
    Past(
        "so-programme-board",
        "SO Programme Board",
        "SO Programme",
        "internal",
        dt.date(2008, 4, 1),
        dt.date(2009, 3, 31),
        "Work-stream leaders kept the programme on course.",
    ),
    Past(
        "prevent-pilot-board",
        "Prevent Pilot Board",
        "Prevent pilot",
        "internal",
        dt.date(2008, 4, 1),
        dt.date(2010, 3, 31),
        "Watched spending and progress at the pilot sites.",
    ),
    Past(
        "sop-committee",
        "Strategic and Operational Policing Committee",
        "SOP Committee",
        "committee",
        dt.date(2008, 10, 1),
        dt.date(2012, 1, 15),
        "Committee of the police authority that received thematic performance reports.",
    ),
    Past(
        "olympic-prevent-group",
        "Olympic Prevent Group",
        "Olympic Prevent",
        "forum",
        dt.date(2010, 9, 1),
        dt.date(2012, 9, 30),
        "Kept national partners in step in the Olympic boroughs.",
    ),
]

RELATIONS = [
    ("london-prevent-board", "reports_to", "london-contest-board", dt.date(2016, 4, 1)),
    ("so-programme-board", "merged_into", "prevent-pilot-board", dt.date(2009, 3, 31)),
    ("london-contest-board", "successor_of", "contest-london-2009", dt.date(2015, 12, 17)),
]

# organisation key, kind of seat, office, post that holds it, account in the demo
SEATS = [
    ("metropolitan-police-service", "voting", "chair", "Assistant Commissioner Specialist Operations", "chair"),
    ("london-councils", "voting", "vice_chair", "Executive member for community safety", "boardmember"),
    ("city-of-london-police", "voting", "member", "Commander, Operations", ""),
    ("british-transport-police", "voting", "member", "Assistant Chief Constable", ""),
    ("mopac", "voting", "member", "Director of Strategy", ""),
    ("london-fire-brigade", "voting", "member", "Deputy Commissioner", ""),
    ("london-ambulance-service", "voting", "member", "Director of Resilience", ""),
    ("nhs-england-london", "non_voting", "member", "Regional Prevent lead", ""),
    ("homeland-security-group", "observer", "member", "Regional adviser", ""),
]


def make_boards(people: dict[str, User]) -> Board:
    """All boards; returns the one whose secretary is in the demo."""
    made = {board.key: _board(board) for board in BOARDS}
    for key, kind, other, starts in RELATIONS:
        BoardRelation(board=made[key], kind=kind, other=made[other], starts=starts).save()
    board = made["london-contest-board"]
    for organisation, kind, office, post, account in SEATS:
        _seat(board, organisation, kind, office, post, people.get(account))
    return board


def make_meetings(board: Board, today: dt.date) -> list[Meeting]:
    """Four a year, on the third Thursday of February, May, September and November: two years back, one ahead."""
    holidays = BankHoliday.objects.days()
    meetings = []
    for year in range(today.year - 2, today.year + 2):
        for month in (2, 5, 9, 11):
            day = third_thursday(year, month)
            if today - dt.timedelta(days=730) < day < today + dt.timedelta(days=365) and is_working_day(day, holidays):
                meetings.append(_meeting(board, day, today))
    return meetings


def third_thursday(year: int, month: int) -> dt.date:
    first = dt.date(year, month, 1)
    return first + dt.timedelta(days=(3 - first.weekday()) % 7 + 14)


def _board(past: Past) -> Board:
    board = Board(
        **vars(past),
        quorum=5 if past.kind == "partnership" else None,
        standing_items=STANDING if past.ends is None else [],
        secretariat=Organisation.objects.filter(key="metropolitan-police-service").first(),
    )
    board.save()
    return board


def _seat(board: Board, key: str, kind: str, office: str, post: str, user: User | None) -> None:
    organisation = Organisation.objects.get(key=key)
    seat = Seat(
        board=board,
        organisation=organisation,
        kind=kind,
        office=office,
        counts_to_quorum=kind == "voting",
        starts=board.starts,
    )
    seat.save()
    if user is not None:
        SeatHolder(seat=seat, post="Previous holder of the post", starts=board.starts, ends=dt.date(2024, 6, 30)).save()
        SeatHolder(seat=seat, post=post, user=user, starts=dt.date(2024, 7, 1)).save()
    else:
        SeatHolder(seat=seat, post=post, starts=board.starts).save()


def _meeting(board: Board, day: dt.date, today: dt.date) -> Meeting:
    meeting = Meeting(
        board=board, day=day, venue="City Hall, Kamal Chunchie Way", status="held" if day < today else "planned"
    )
    meeting.save()
    for title in board.standing_items:
        AgendaItem(meeting=meeting, number=meeting.next_item_number(), title=title).save()
    return meeting
