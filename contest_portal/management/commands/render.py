import hashlib
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from reports.models import Document
from reports.rendering.making import maker_of


class Command(BaseCommand):
    help = "Render an issued document again, from its frozen snapshot, and say whether it is the file that was stored."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("document", help="The document's identifier, as in its address.")
        parser.add_argument("--out", required=True, type=Path, metavar="FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        found = self._find(options["document"])
        content = maker_of(found)(found.snapshot)
        options["out"].write_bytes(content)
        sha256 = hashlib.sha256(content).hexdigest()
        self.stdout.write(f"{options['out']}: {len(content)} bytes, SHA-256 {sha256}, {_compared(found, sha256)}")

    def _find(self, key: str) -> Document:
        try:
            return Document.objects.select_related("issue").get(pk=key)
        except (Document.DoesNotExist, ValidationError) as failure:
            raise CommandError(f"There is no document {key}.") from failure


def _compared(found: Document, sha256: str) -> str:
    if not found.is_ready:
        return f"not stored yet ({found.get_state_display().lower()})"
    return "the same as stored" if sha256 == found.sha256 else "NOT the same as stored"
