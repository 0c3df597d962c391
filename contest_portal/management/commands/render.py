import hashlib
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from reports.models import Document, PackFile
from reports.rendering.making import leak_of, maker_of


class Command(BaseCommand):
    help = (
        "Render an issued document or pack again, from its frozen snapshot; say whether it is the file that was "
        "stored, and which words of a public one are exempt."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("document", help="The document's identifier, as in its address.")
        parser.add_argument("--out", required=True, type=Path, metavar="FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        found = self._find(options["document"])
        content = maker_of(found)(found.snapshot)
        options["out"].write_bytes(content)
        sha256 = hashlib.sha256(content).hexdigest()
        self.stdout.write(f"{options['out']}: {len(content)} bytes, SHA-256 {sha256}, {_compared(found, sha256)}")
        if leak := leak_of(found, content):
            self.stdout.write(f"Not for the public: “{leak.words}” stands only in an exempt part, and in {leak.where}.")

    def _find(self, key: str) -> Document | PackFile:
        try:
            found = Document.objects.select_related("issue").filter(pk=key).first()
            return found or PackFile.objects.get(pk=key)
        except (PackFile.DoesNotExist, ValidationError) as failure:
            raise CommandError(f"There is no document {key}.") from failure


def _compared(found: Document | PackFile, sha256: str) -> str:
    if not found.is_ready:
        return f"not stored yet ({found.get_state_display().lower()})"
    return "the same as stored" if sha256 == found.sha256 else "NOT the same as stored"
