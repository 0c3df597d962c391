"""The matrix: what every address answers to every person, held against what was reviewed in matrix.csv.

A cell is a status, "sign-in" for the redirect to that page, and for lists the number of rows that the page says there
are, as in "200:7". Whatever is refused, and whatever only reads, must leave the database as it was; nobody may meet a
canary that is not theirs; and what shows something OFFICIAL-SENSITIVE says so.

Many are turned away by the gate, before any view. Where it has turned somebody away, whoever comes next with this
method, and with whichever object, is shown to the gate alone first. Whom it turns away for the same reason has been
answered already; everybody else is asked as the first was.
"""

import csv
import io
import zipfile
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user
from django.contrib.sessions.backends.db import SessionStore
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import ResolverMatch, URLPattern, get_resolver, resolve, reverse
from python_calamine import CalamineWorkbook

from contest_portal.access.checks import patterns
from contest_portal.access.gate import Gate, Label, label_of
from reports.rendering.word_words import said_in_word
from tests import cast
from tests.access.addresses import ADDRESSES, Call
from tests.access.counts import COUNTS
from tests.access.people import ACCOUNTS, ANONYMOUS, PEOPLE
from tests.access.world import AGENDA, AGENDA_PAGES, CANARIES, SENSITIVE, World

FILE = Path(__file__).with_name("matrix.csv")
SIGN_IN = "sign-in"
ZIP = b"PK\x03\x04"
METHODS = ("GET", "POST", "DELETE")

Key = tuple[str, str, str]


def url_names() -> list[str]:
    return [_name(entry) for _, entry in patterns(get_resolver())]


@cache
def _labels() -> dict[str, Label | None]:
    return {_name(entry): label_of(entry.callback) for _, entry in patterns(get_resolver())}


def _name(entry: URLPattern) -> str:
    assert entry.name, f"{entry.pattern} has no name, so it has no rows"
    return entry.name


@cache
def reviewed() -> dict[Key, dict[str, str]]:
    with FILE.open(newline="") as file:
        return {(row["url"], row["method"], row["object"]): row for row in csv.DictReader(file)}


@dataclass(frozen=True)
class Answer:
    cell: str
    breaches: tuple[str, ...]
    at_gate: bool


class Runner:
    """Asks as each person with one client, and puts everything back after each question."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.client = Client(raise_request_exception=False)
        self.calls: dict[str, dict[str, Call]] = {}
        self.met: dict[str, set[str]] = {word: set() for word in CANARIES}
        self.sessions = {person: _session(account) for person, account in ACCOUNTS.items()}
        self.sessions[ANONYMOUS] = SessionStore()
        # Whose pages of refusal were read already, with the cell of each.
        self.refused: set[tuple[str, str]] = set()

    def keys(self, names: Collection[str]) -> Iterator[Key]:
        """Every row that the matrix has to have. What no view answers is asked for once for each address."""
        labels = _labels()
        for name in names:
            calls = self._calls(name)
            for method in METHODS:
                label = labels[name]
                objects = list(calls) if label and method in label.methods else list(calls)[:1]
                yield from ((name, method, each) for each in objects)

    def _calls(self, name: str) -> dict[str, Call]:
        if name not in self.calls:
            self.calls[name] = ADDRESSES[name](self.world)
        return self.calls[name]

    def answers(self, key: Key, people: Collection[str] = PEOPLE) -> dict[str, Answer]:
        before = _mark()
        return {person: self._ask(person, key, before) for person in people}

    def _ask(self, person: str, key: Key, before: tuple[Any, ...]) -> Answer:
        """`before` is where the database stands, and will stand again."""
        name, method, each = key
        call = self._calls(name)[each]
        with transaction.atomic():
            response = self._send(person, name, method, call)
            text = _read(response)
            after = _mark()
            transaction.set_rollback(True)
        cell = _cell(name, response, text)
        shown = {word for word in CANARIES if word in text}
        for word in shown:
            self.met[word].add(person)
        allowed = AGENDA if name in AGENDA_PAGES else frozenset()
        found = [f"shows {word}" for word in sorted(shown - allowed) if person not in CANARIES[word]]
        if shown & SENSITIVE and response.status_code == 200 and not _marked(text):
            found.append(f"is not marked and shows {sorted(shown & SENSITIVE)[0]}")
        refused = cell == SIGN_IN or response.status_code >= 400
        # Reading may leave a record of reading, and a form that was sent whatever it says; a refusal leaves nothing.
        if (refused and after != before) or (method != "POST" and after[1:] != before[1:]):
            found.append("changed the database")
        return Answer(cell, tuple(found), at_gate=not getattr(response.wsgi_request, "let_in", True))

    def _send(self, person: str, name: str, method: str, call: Call) -> Any:
        self.client.cookies = SimpleCookie({settings.SESSION_COOKIE_NAME: self.sessions[person].session_key or ""})
        path = reverse(name, args=call.args)
        if method == "POST":
            return self.client.post(path, call.post, query_params=call.query)
        return self.client.generic(method, path, query_params=call.query)

    def _refusal(self, user: Any, key: Key, match: ResolverMatch) -> str:
        """The cell that the gate makes of it; empty for whom it lets in."""
        name, method, _ = key
        request = RequestFactory().generic(method, "/")
        request.user = user
        try:
            response = GATE.process_view(request, match.func, match.args, match.kwargs)
        except PermissionDenied:
            return "403"
        return _cell(name, response, "") if response else ""

    def breaches(self, names: Collection[str]) -> Iterator[str]:
        """Where these addresses answer otherwise than was reviewed; nothing when all is well."""
        rows, before, users = reviewed(), _mark(), Users(self.sessions)
        turned_away: dict[tuple[str, str], dict[str, Answer]] = defaultdict(dict)
        for key in self.keys(names):
            known = turned_away[key[:2]]
            match = resolve(reverse(key[0], args=self._calls(key[0])[key[2]].args))
            for person in PEOPLE:
                refusal = self._refusal(users[person], key, match) if known else ""
                asked = known.get(refusal) if (person, refusal) in self.refused else None
                answer = asked or self._ask(person, key, before)
                if answer.at_gate:
                    known[answer.cell] = answer
                    self.refused.add((person, answer.cell))
                where, wanted = f"{' '.join(key)} as {person}", rows.get(key, {}).get(person, "a reviewed cell")
                if answer.cell != wanted:
                    yield f"{where} answers {answer.cell} instead of {wanted}"
                yield from (f"{where} {what}" for what in answer.breaches)


def noting_whom_it_lets_in(gate: Gate, request: HttpRequest, *about: Any) -> HttpResponse | None:
    """In the place of the gate's own method: the request says afterwards whether its view was reached."""
    request.let_in = False  # type: ignore[attr-defined]
    answer = process_view(gate, request, *about)
    request.let_in = answer is None  # type: ignore[attr-defined]
    return answer


process_view = Gate.process_view
GATE = Gate(lambda request: HttpResponse())


class Users(dict[str, Any]):
    """Who is behind each session, with the rights of this moment."""

    def __init__(self, sessions: dict[str, SessionStore]) -> None:
        super().__init__()
        self.sessions = sessions

    def __missing__(self, person: str) -> Any:
        request = RequestFactory().get("/")
        request.session = self.sessions[person]
        self[person] = get_user(request)
        return self[person]


def _session(account: str) -> SessionStore:
    client = Client()
    client.force_login(cast.person(account), backend=settings.AUTHENTICATION_BACKENDS[0])
    client.get(reverse("health_live"))
    return client.session


def _mark() -> tuple[Any, ...]:
    """Where the ledger, the record of reading and the documents stand. One query: it is asked ten thousand times."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT max(id) FROM audit_accessrecord), (SELECT max(id) FROM audit_ledgerentry), "
            "(SELECT string_agg(state || attempts || owner_id, ',' ORDER BY id) FROM reports_document)"
        )
        return cursor.fetchone()


def _read(response: HttpResponse) -> str:
    """Everything that reaches the person: body, headers with file names and addresses, cookies with messages."""
    streamed = getattr(response, "streaming_content", None)
    body = b"".join(streamed) if streamed is not None else response.content
    head = "\n".join([*(f"{name}: {value}" for name, value in response.items()), response.cookies.output()])
    return f"{_words(body)}\n{head}"


def _words(body: bytes) -> str:
    """A workbook or Word file is compressed: what stands in its cells is read, those of hidden sheets too."""
    if not body.startswith(ZIP):
        return body.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(body)) as package:
        if "word/document.xml" in package.namelist():
            return " ".join(text for _, text in said_in_word(body))
    book = CalamineWorkbook.from_filelike(io.BytesIO(body))
    sheets = (book.get_sheet_by_name(name).to_python() for name in book.sheet_names)
    return "\n".join(str(cell) for sheet in sheets for line in sheet for cell in line)


def _marked(text: str) -> bool:
    """A page says it at its head and foot, a download in its first line or its file's name."""
    return ("portal-marking--official-sensitive" if "<html" in text else "OFFICIAL-SENSITIVE") in text


def _cell(name: str, response: HttpResponse, text: str) -> str:
    if response.status_code == 302 and response["Location"].startswith(reverse("account_login") + "?"):
        return SIGN_IN
    if name in COUNTS and response.status_code == 200:
        return f"200:{COUNTS[name](response.content.decode())}"
    return str(response.status_code)
