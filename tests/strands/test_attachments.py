"""Files beside an activity: what is refused and why, who opens what, and the virus check."""

import io
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image
from weasyprint import HTML

from contest_portal.accounts.models import User
from contest_portal.audit.models import AccessRecord
from contest_portal.core.inspecting import LARGEST, inspect
from strands.forms.attachment import why_not_named
from strands.models import Activity, Attachment
from strands.tasks import scan_waiting_attachments
from strands.workflow.attaching import content_of
from strands.workflow.reading import open_activity
from tests import make
from tests.cast import as_
from tests.strands.uploads import BAD, GOOD, pdf


def send(
    user: User, activity: Activity, name: str = "Programme.pdf", content: bytes | None = None, **typed: Any
) -> Any:
    file = SimpleUploadedFile(name, pdf() if content is None else content)
    answers = {"kind": "programme", "marking": "OFFICIAL", "no_people": "on", "file": file} | typed
    return as_(user).post(reverse("activity_attachments", args=[activity.pk]), answers)


def errors(page: Any) -> dict[str, list[str]]:
    return {name: list(words) for name, words in page.context["form"].errors.items()}


def download(user: User, attachment: Attachment) -> Any:
    return as_(user).get(reverse("activity_attachment", args=[attachment.activity_id, attachment.pk]))


@pytest.mark.parametrize("case", BAD)
def test_a_bad_file_is_refused_with_the_reason(case: str) -> None:
    name, content, word = BAD[case]

    assert word in (why_not_named(name) or inspect(name, content).refusal)


@pytest.mark.parametrize("case", GOOD)
def test_a_good_file_is_taken_without_what_hides_in_it(case: str) -> None:
    name, content = GOOD[case]

    found = inspect(name, content)

    assert (why_not_named(name), found.refusal) == ("", "")
    assert b"xhidden" not in found.content
    if name.lower().endswith(("png", "jpg")):
        assert Image.open(io.BytesIO(found.content)).size == (40, 30)
    else:
        assert found.content == content


def test_a_sign_in_sheet_that_an_office_program_printed_is_refused() -> None:
    """Its font is its own, with letters that have numbers instead of names."""
    sheet = "<table><tr><th>Name<th>Organisation<th>Signature<tr><td>&nbsp;<td>&nbsp;<td>&nbsp;</table>"
    agenda = "<h1>Agenda</h1><p>10:00 Name of the game</p><p>Signature of the lease</p>"

    refused, taken = (inspect("List.pdf", HTML(string=html).write_pdf()) for html in (sheet, agenda))

    assert "sign-in sheet" in refused.refusal
    assert taken.refusal == ""


def test_story_3_a_sign_in_sheet_is_refused_and_says_why(brent_lead: User) -> None:
    activity = make.activity()

    chosen = send(brent_lead, activity, kind="sign_in_sheet")
    named = send(brent_lead, activity, "Sign-in sheet.pdf")
    filled = send(brent_lead, activity, "List.csv", b"Name,Email\r\nA B,a@b.example\r\n")

    assert "Enter the number of people in the activity" in errors(chosen)["kind"][0]
    assert "Enter the number of people in the activity" in errors(named)["file"][0]
    assert errors(filled)["file"][0].startswith("It looks like a sign-in sheet")
    assert Attachment.objects.count() == 0


def test_a6_an_attachment_has_its_own_marking_and_is_kept_by_its_hash(brent_lead: User, settings: Any) -> None:
    activity = make.activity()

    response = send(brent_lead, activity, marking="OFFICIAL-SENSITIVE")

    [attachment] = Attachment.objects.all()
    [path] = [path for path in Path(settings.PORTAL_DOCUMENTS).rglob("*") if path.is_file()]
    assert response.status_code == 302
    assert (attachment.marking, attachment.name, attachment.media_type) == (
        "OFFICIAL-SENSITIVE",
        "Programme.pdf",
        "application/pdf",
    )
    assert path.name == attachment.sha256


def test_the_declaration_is_needed(brent_lead: User) -> None:
    assert list(errors(send(brent_lead, make.activity(), no_people=""))) == ["no_people"]


def test_without_a_checker_nobody_opens_it_unless_the_operator_says_so(
    brent_lead: User, analyst: User, settings: Any
) -> None:
    send(brent_lead, make.activity())
    attachment = Attachment.objects.get()

    refused = download(brent_lead, attachment)
    settings.PORTAL_OPEN_UNSCANNED = True

    assert refused.status_code == 409
    assert "No virus checker is set up here" in refused.content.decode()
    assert download(brent_lead, attachment).status_code == 200
    assert download(analyst, attachment).status_code == 409


class Scanner:
    """Answers as ClamAV's daemon does, on a socket of its own."""

    def __init__(self, path: Path) -> None:
        self.path, self.answer, self.received = path, b"stream: OK\0", b""
        self.listening = socket.socket(socket.AF_UNIX)
        self.listening.bind(str(path))
        self.listening.listen()
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self.listening.accept()
            except OSError:
                return
            with connection, connection.makefile("rb") as stream:
                self.received = stream.read(len(b"zINSTREAM\0"))
                while size := int.from_bytes(stream.read(4), "big"):
                    self.received += stream.read(size)
                connection.sendall(b"stream: Eicar-Test FOUND\0" if b"EICAR" in self.received else self.answer)


@pytest.fixture
def scanner(tmp_path: Path, settings: Any) -> Iterator[Scanner]:
    made = Scanner(tmp_path / "clamd")
    settings.CLAMD_URL = f"unix://{made.path}"
    yield made
    made.listening.close()


def test_a6_a_checked_file_is_downloaded_as_a_file_and_nothing_else(
    brent_lead: User, analyst: User, harrow_lead: User, scanner: Scanner
) -> None:
    send(brent_lead, make.activity())
    attachment = Attachment.objects.get()

    response = download(analyst, attachment)

    assert (attachment.scan, scanner.received[:10]) == ("clean", b"zINSTREAM\0")
    assert response.content == content_of(attachment)
    assert response["Content-Disposition"] == 'attachment; filename="Programme.pdf"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert download(harrow_lead, attachment).status_code == 404
    assert AccessRecord.objects.count() == 0


def test_a_virus_keeps_a_file_shut(brent_lead: User, scanner: Scanner) -> None:
    send(brent_lead, make.activity(), "Scores.csv", b"Session,EICAR\r\n")
    attachment = Attachment.objects.get()

    page = download(brent_lead, attachment)

    assert (attachment.scan, page.status_code) == ("infected", 409)
    assert "A virus was found" in page.content.decode()


def test_while_the_checker_is_away_files_wait_and_are_checked_later(brent_lead: User, scanner: Scanner) -> None:
    scanner.answer = b"INSTREAM size limit exceeded. ERROR\0"
    send(brent_lead, make.activity())
    assert download(brent_lead, Attachment.objects.get()).status_code == 409
    assert Attachment.objects.get().scan == "waiting"

    scanner.answer = b"stream: OK\0"
    scan_waiting_attachments()

    assert download(brent_lead, Attachment.objects.get()).status_code == 200


def test_a7_a_sensitive_file_is_for_named_posts_and_the_rest_for_all(
    brent_lead: User, brent_reader: User, prevent_lead: User, chair: User, scanner: Scanner
) -> None:
    activity = make.activity(internal_note="For the borough")
    send(brent_lead, activity, marking="OFFICIAL-SENSITIVE")
    attachment = Attachment.objects.get()

    before = [download(user, attachment).status_code for user in (brent_lead, prevent_lead, brent_reader, chair)]
    open_activity(activity, person=chair, reason="The venue’s plan", by=brent_lead)

    assert before == [200, 200, 404, 404]
    assert download(chair, attachment).status_code == 200
    page = as_(brent_reader).get(activity.get_absolute_url()).content.decode()
    assert "Programme.pdf" not in page
    assert set(AccessRecord.objects.values_list("action", flat=True)) == {"download"}
    assert AccessRecord.objects.count() == 3


def test_what_is_taken_out_is_gone_for_everybody(brent_lead: User, scanner: Scanner) -> None:
    send(brent_lead, make.activity())
    attachment = Attachment.objects.get()

    as_(brent_lead).post(reverse("activity_attachment_removal", args=[attachment.activity_id, attachment.pk]))

    assert download(brent_lead, attachment).status_code == 404


def test_a_file_that_is_too_large_is_not_read(brent_lead: User) -> None:
    page = send(brent_lead, make.activity(), "a.csv", b"x" * (LARGEST + 1))

    assert errors(page)["file"] == ["The file must be 10 MB or smaller."]
