"""A file inside a PDF."""

import datetime as dt
from dataclasses import dataclass

from weasyprint import Attachment


@dataclass(frozen=True)
class Attached:
    name: str
    words: str
    content: bytes
    at: dt.datetime

    def anew(self) -> Attachment:
        """For one writing of the PDF: what was read once is empty the next time."""
        at = self.at.astimezone(dt.UTC)
        return Attachment(
            string=self.content,
            name=self.name,
            description=self.words,
            created=at,
            modified=at,
            relationship="Data",
        )
