"""Bringing old papers into the archive, as they were, and looking at what is odd in them."""

import datetime as dt
import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models.functions import Now
from django.utils import timezone

from boards.models import Board
from boroughs.models import Organisation, OrganisationName
from contest_portal.access.grants import may
from contest_portal.audit.acting import acting, moment
from contest_portal.core.jobs import RESEND, JobState
from contest_portal.core.refusal import Refused
from reports.archive.numbers import day_of
from reports.archive.pieces import Oddity, Piece, Reading
from reports.archive.reading import read
from reports.models import ArchivedCopy, ArchivedPaper, ArchiveFlag, ArchiveRemoval, ArchiveUpload

FORMAT = 1
# What the index of one paper can hold.
SEARCHED = 400_000
FORGET_AFTER = dt.timedelta(days=1)
# As a line of its own it says that the paper was never public.
CLOSED = re.compile(
    r"^\W*(?:restricted|confidential|secret|top secret|official[ -]sensitive|not for publication|exempt"
    r"|part (?:2|two|ii))\b\W*(?:\([^)]*\))?\W*$",
    re.IGNORECASE,
)
Lines = list[tuple[str, str]]


@dataclass
class Belonging:
    """Whose paper it is, and what the file may not say of it."""

    organisation: Organisation | None = None
    board: Board | None = None
    title: str = ""
    year: int | None = None


def belonging_of(reading: Reading) -> Belonging:
    """As far as the names in the paper are those of bodies that the portal knows, then or now."""
    front = reading.front
    board = Board.objects.filter(name__iexact=front.body).first() if front.body else None
    named = [front.replaced, front.body, front.series.split(" ")[0]]
    organisation = next(filter(None, map(_organisation, filter(None, named))), None)
    if organisation is None and board is not None:
        organisation = board.secretariat
    return Belonging(organisation, board, front.title, front.year or _year(front.meeting_day or front.written_on))


def _organisation(name: str) -> Organisation | None:
    known = OrganisationName.objects.select_related("organisation")
    found = known.filter(name__iexact=name).first() or known.filter(abbreviation=name).exclude(abbreviation="").first()
    return found.organisation if found else None


def _year(day: str) -> int | None:
    return int(day[:4]) if day else None


def why_not_keep(lines: Lines, *, by: Any) -> str:
    """Why this paper cannot be kept; empty when it can."""
    if not may(by, "archive.keep") and by != type(by).objects.portal():
        return "Only board secretaries and administrators bring papers into the archive."
    closed = next((text.strip() for text, _ in lines if CLOSED.match(text)), "")
    if closed:
        return f"The paper says “{closed}”. Only papers that were public are kept in the archive."
    if same := ArchivedPaper.objects.filter(sha256=sha256_of(lines), removal=None).first():
        return f"This paper is in the archive already: “{same}”."
    return ""


def sha256_of(lines: Lines) -> str:
    """Of what the lines say, however many empty ones stand between them."""
    said = "\n".join(" ".join(text.split()) for text, _ in lines if text.strip())
    return hashlib.sha256(said.encode()).hexdigest()


@transaction.atomic
def keep_paper(lines: Lines, belonging: Belonging, *, name: str, notes: Iterable[str] = (), by: Any) -> ArchivedPaper:
    """Keep it as it was, with a flag for everything odd."""
    if reason := why_not_keep(lines, by=by):
        raise Refused(reason)
    if belonging.organisation is None:
        raise Refused("Say whose paper it is: the file does not tell.")
    reading = read(lines, notes)
    with acting(by, reason="Brought into the archive"):
        paper = ArchivedPaper(
            **_columns(reading, belonging), sha256=sha256_of(lines), source_name=name[:120], imported_by=by
        )
        same = _same_number(paper)
        paper.save()
        for oddity in [*reading.oddities, *same]:
            ArchiveFlag(paper=paper, kind=oddity.kind, text=oddity.text, line=oddity.line).save()
    for kind in ("pdf", "docx"):
        copy = ArchivedCopy.objects.create(paper=paper, format=kind, owner=by, next_dispatch=Now() + RESEND)
        transaction.on_commit(copy.announce, robust=True)
    return paper


def _columns(reading: Reading, belonging: Belonging) -> dict[str, Any]:
    front = reading.front
    return {
        "organisation": belonging.organisation,
        "board": belonging.board,
        "body_name": front.body[:160],
        "shape": front.shape,
        "series": front.series[:80],
        "printed_number": front.printed[:20],
        "serial": front.serial,
        "suffix": front.suffix,
        "year": belonging.year or front.year,
        "meeting_day": day_of(front.meeting_day),
        "written_on": day_of(front.written_on),
        "title": (belonging.title or front.title or "Paper without a title")[:300],
        "by_line": front.by_line[:300],
        "abstract": front.abstract,
        "summary": front.summary,
        "content": json.dumps(content_of(reading), ensure_ascii=False, separators=(",", ":")),
        "words": reading.words[:SEARCHED],
    }


def content_of(reading: Reading) -> dict[str, Any]:
    def dicts(pieces: list[Piece]) -> list[dict[str, Any]]:
        return [piece.as_dict() for piece in pieces]

    return {
        "format": FORMAT,
        "front": asdict(reading.front),
        "pieces": dicts(reading.pieces),
        "furniture": dicts(reading.furniture),
        "unread": dicts(reading.unread),
    }


def _same_number(paper: ArchivedPaper) -> list[Oddity]:
    """Of papers that are numbered through the year; numbers of reports are those of their meeting's agenda."""
    if paper.serial is None or paper.year is None:
        return []
    found = ArchivedPaper.objects.filter(organisation=paper.organisation, series=paper.series, year=paper.year)
    found = found.filter(serial=paper.serial, suffix=paper.suffix, meeting_day=paper.meeting_day)
    found = found.filter(body_name=paper.body_name, removal=None)
    return [Oddity("number", f"“{other}” is in the archive under the same number.") for other in found]


def resolve_flag(flag: ArchiveFlag, note: str, *, by: Any) -> None:
    """Somebody has looked at it. The text of the paper stays as it is."""
    if flag.resolved_at is not None:
        raise Refused("Somebody has resolved this flag already. Open the paper again to read their note.")
    flag.note, flag.resolved_by, flag.resolved_at = note, by, moment()
    flag.save()


def take_out(paper: ArchivedPaper, reason: str, *, by: Any) -> None:
    """Nobody else reads it any more. Its file can be brought in again."""
    try:
        with acting(by, reason="Taken out of the archive"):
            ArchiveRemoval(paper=paper, reason=reason, removed_by=by).save()
    except IntegrityError as twice:
        raise Refused("This paper is taken out of the archive already.") from twice


def hold_upload(lines: Lines, notes: list[str], *, name: str, by: Any) -> ArchiveUpload:
    """Until it is kept or thrown away. Those that nobody came back to are forgotten after a day."""
    ArchiveUpload.objects.forget(sent_before=timezone.now() - FORGET_AFTER)
    upload = ArchiveUpload(owner=by, name=name[:120], lines=lines, notes=notes)
    upload.save()
    return upload


@transaction.atomic
def keep_upload(upload: ArchiveUpload, belonging: Belonging, *, by: Any) -> ArchivedPaper:
    lines = [(text, hint) for text, hint in upload.lines]
    paper = keep_paper(lines, belonging, name=upload.name, notes=upload.notes, by=by)
    upload.delete()
    return paper


def drop_upload(upload: ArchiveUpload) -> None:
    upload.delete()


def make_copy_again(copy: ArchivedCopy, *, by: Any) -> None:
    """One that stopped, with the rights of the person who asks now."""
    if not copy.queue_again(JobState.PARKED, owner=by):
        raise Refused("This file is not stopped: it is waiting, being made or ready. Open it again to see.")
    transaction.on_commit(copy.announce, robust=True)
