from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from boards.models import Board
from boroughs.models import Organisation
from contest_portal.core.refusal import Refused
from contest_portal.core.text_lines import TextLines, text_lines
from contest_portal.management.people import author
from reports.archive.pieces import Piece, Reading
from reports.archive.reading import read
from reports.workflow.archiving import Belonging, belonging_of, keep_paper


class Command(BaseCommand):
    help = "Bring an old paper into the archive as it was: plain text, a page or a Word file. What is odd is flagged."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="A .txt, .html or .docx.")
        parser.add_argument("--check", action="store_true", help="Print what would be read, and keep nothing.")
        parser.add_argument("--body", default="", metavar="KEY", help="Whose paper it is, where the file does not say.")
        parser.add_argument(
            "--board", default="", metavar="KEY", help="The board that it went to, where that is known."
        )
        parser.add_argument("--title", default="", help="Where the file does not say which line is the title.")
        parser.add_argument("--year", type=int, help="Where the paper has no day.")
        parser.add_argument(
            "--by", default="", metavar="EMAIL", help="Who answers for it: somebody who keeps the archive."
        )

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        found = _opened(file)
        reading = read(found.lines, found.notes)
        belonging = _belonging(reading, **options)
        if options["check"]:
            self._print(reading, belonging)
            return
        if belonging.organisation is None:
            raise CommandError("The file does not say whose paper it is. Name the body: --body KEY.")
        try:
            paper = keep_paper(found.lines, belonging, name=file.name, notes=found.notes, by=author(options["by"]))
        except Refused as reason:
            raise CommandError(str(reason)) from reason
        self.stdout.write(f"Kept: {paper.number_words or paper.get_shape_display()}, “{paper}”, of {paper.body_then}.")
        self._print_oddities(reading)

    def _print(self, reading: Reading, belonging: Belonging) -> None:
        for name, value in vars(reading.front).items():
            self.stdout.write(f"{name:<12} {'' if value is None else ' '.join(str(value).split())}".rstrip())
        self.stdout.write(f"{'of':<12} {belonging.organisation or 'not known: name it with --body KEY'}")
        self.stdout.write(f"{'board':<12} {belonging.board or ''}".rstrip())
        for heading, pieces in (("In the paper", reading.pieces), ("Set aside", reading.furniture)):
            self.stdout.write(f"\n{heading}:")
            self._print_pieces(pieces)
        self._print_oddities(reading)

    def _print_pieces(self, pieces: list[Piece], indent: str = "") -> None:
        for piece in pieces:
            words = " / ".join(" | ".join(row) for row in piece.rows) or piece.name
            self.stdout.write(f"{piece.lines[0]:>6}  {indent}{piece.kind:<15} {words}")
            self._print_pieces(piece.parts, "  ")

    def _print_oddities(self, reading: Reading) -> None:
        count = len(reading.oddities)
        self.stdout.write(f"\n{count} flag{'' if count == 1 else 's'} for a person to look at.")
        for oddity in reading.oddities:
            self.stdout.write(f"{oddity.line or '':>6}  {oddity.text}")


def _opened(file: Path) -> TextLines:
    try:
        found = text_lines(file.name, file.read_bytes())
    except OSError as failure:
        raise CommandError(f"{file} cannot be read: {failure.strerror}.") from failure
    if found.refusal:
        raise CommandError(found.refusal)
    return found


def _belonging(reading: Reading, *, body: str, board: str, title: str, year: int | None, **others: Any) -> Belonging:
    found = belonging_of(reading)
    if body:
        found.organisation = _named(Organisation, body, "body")
    if board:
        found.board = _named(Board, board, "board")
        found.organisation = found.organisation or found.board.secretariat
    return Belonging(found.organisation, found.board, title or found.title, year or found.year)


def _named(model: Any, key: str, what: str) -> Any:
    found = model.objects.filter(key=key).first()
    if found is None:
        raise CommandError(f"There is no {what} “{key}”. Its key is in the address of its page.")
    return found
