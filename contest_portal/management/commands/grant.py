import datetime as dt
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from boards.models import Board
from boroughs.models import Borough
from contest_portal.access.models import Grant, ScopeKind
from contest_portal.access.roles import ROLES, Role
from contest_portal.accounts.models import User
from contest_portal.audit.acting import acting
from contest_portal.management.people import author, person
from strands.models import Strand

DAYS = 90
# What a scope is looked up by, and what a person may type for it.
SCOPES: dict[str, tuple[Any, tuple[str, ...]]] = {
    ScopeKind.BOROUGH: (Borough, ("gss_code", "code", "name")),
    ScopeKind.BOARD: (Board, ("key",)),
    ScopeKind.STRAND: (Strand, ("key", "name")),
}


class Command(BaseCommand):
    help = "Give a person a role on a borough, board or strand, or on all London, until a day and for a reason."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("role", help=f"One of: {', '.join(ROLES)}.")
        for kind in SCOPES:
            parser.add_argument(f"--{kind}", default="", metavar="KEY")
        parser.add_argument(
            "--until", default="", metavar="DATE", help=f"Such as 2027-03-31; else {DAYS} days from now."
        )
        parser.add_argument("--reason", required=True)
        parser.add_argument(
            "--by", default="", metavar="EMAIL", help="Who grants it; not needed before there is an admin."
        )

    def handle(self, *args: Any, email: str, role: str, until: str, reason: str, by: str, **options: Any) -> None:
        today = timezone.localdate()
        kind, key, name = _scope(_role(role), {scope: options[scope] for scope in SCOPES if options[scope]})
        grant = Grant(
            user=person(email),
            role=role,
            scope_kind=kind,
            scope_key=key,
            scope_name=name,
            starts=today,
            ends=_end(until, today),
            granted_by=author(by),
            reason=reason.strip(),
        )
        _check(grant, today)
        with acting(grant.granted_by, reason=grant.reason):
            grant.save()
        self.stdout.write(f"{grant.user.name} is {grant} from today until {grant.ends:%-d %B %Y}.")


def _role(key: str) -> Role:
    if key not in ROLES:
        raise CommandError(f"There is no role “{key}”. The roles are: {', '.join(ROLES)}.")
    return ROLES[key]


def _scope(role: Role, given: dict[str, str]) -> tuple[str, str, str]:
    """Kind, key and name of the scope that was asked for; the role says which kinds it takes."""
    if len(given) > 1:
        raise CommandError("Give one of --borough, --board and --strand. For another scope, grant again.")
    kind, text = next(iter(given.items()), (ScopeKind.ALL.value, ""))
    if kind not in role.scopes:
        wanted = " or ".join("all London" if scope == ScopeKind.ALL else f"--{scope} KEY" for scope in role.scopes)
        raise CommandError(f"The role {role.key} is granted on {wanted}.")
    return (kind, "", "All London") if kind == ScopeKind.ALL else _named(kind, text)


def _named(kind: str, text: str) -> tuple[str, str, str]:
    model, fields = SCOPES[kind]
    for field in fields:
        if found := model.objects.filter(**{f"{field}__iexact": text}).first():
            return kind, getattr(found, fields[0]), str(found)
    keys = ", ".join(model.objects.order_by(fields[-1]).values_list(fields[-1], flat=True))
    raise CommandError(f"There is no {kind} “{text}”. There are: {keys}.")


def _end(until: str, today: dt.date) -> dt.date:
    if not until:
        return today + dt.timedelta(days=DAYS)
    try:
        end = dt.date.fromisoformat(until)
    except ValueError as error:
        raise CommandError(f"“{until}” is not a date such as 2027-03-31.") from error
    if end < today:
        raise CommandError(f"{end:%-d %B %Y} is over. Choose a day from today on.")
    return end


def _check(grant: Grant, today: dt.date) -> None:
    if not grant.reason:
        raise CommandError("Say why: --reason may not be empty.")
    if grant.granted_by == grant.user:
        raise CommandError("Nobody grants a role to themselves. Name somebody else with --by.")
    if not _may_grant(grant.granted_by):
        raise CommandError(f"{grant.granted_by.name} is not an administrator, and so does not grant roles.")
    # The rights of a board's people end with it: such a grant would open nothing.
    on_board = grant.scope_kind == ScopeKind.BOARD
    if on_board and (board := Board.objects.ended_before(grant.starts).filter(key=grant.scope_key).first()):
        raise CommandError(f"The {board} ended on {board.ends:%-d %B %Y}. Name a board that lasts.")
    same = Grant.objects.live_on(today).filter(
        user=grant.user, role=grant.role, scope_kind=grant.scope_kind, scope_key=grant.scope_key, ends__gte=grant.ends
    )
    if held := same.first():
        raise CommandError(f"{grant.user.name} is {held} already, until {held.ends:%-d %B %Y}.")


def _may_grant(user: User) -> bool:
    administrators = Grant.objects.administrators_on(timezone.localdate())
    return user == User.objects.portal() or administrators.filter(user=user).exists()
