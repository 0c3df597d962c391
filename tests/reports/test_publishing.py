"""Publishing: by the secretary, in time or with a reason, once; and everybody reads that and nothing else."""

import csv
import datetime as dt
import hashlib
import io
import zipfile
from pathlib import Path
from typing import Any

import pikepdf
import pytest
import time_machine
from django.core.management import call_command
from django.db import DatabaseError, transaction
from django.db.models.functions import Now
from django.test import Client
from django.urls import reverse

from contest_portal.accounts.models import User
from contest_portal.audit.acting import acting
from contest_portal.core.refusal import Refused
from contest_portal.notifications.models import Message
from reports.models import Document, Erratum, Issue, Paper, Publication
from reports.rendering import store
from reports.rendering.leaks import Secrets, leak_in, leak_in_file, said_by_page, said_by_pdf, secrets_of
from reports.rendering.making import make as make_document
from reports.rendering.published import article, opened, said_by
from reports.workflow.documents import ask_for_word
from reports.workflow.publishing import add_erratum, publish_paper, publish_when_made, why_not_publish, withdraw_paper
from tests import cast, make
from tests.cast import as_
from tests.reports.test_exempt import EXEMPT

pytestmark = pytest.mark.usefixtures("in_august")
WORD = "Quillfeather"
BYTES = b"%PDF-1.7 as it was made"


def issued(**values: Any) -> Issue:
    """With an exempt paragraph, and both documents ready: as a worker leaves them, without making them."""
    paper = make.paper(**values)
    make.block(paper, f"The supplier {WORD} disputes its invoice before the tribunal.", **EXEMPT)
    issue = make.issue(Paper.objects.get(pk=paper.pk))
    for document in issue.documents.all():
        finished(document)
    return issue


def finished(document: Document, content: bytes = BYTES) -> Document:
    """As a worker leaves it, without making it."""
    claimed = Document.objects.claim(document.pk)
    claimed.finish(sha256=store.keep(content), size=len(content), ready_at=Now())
    publish_when_made(document)
    return document


def publish(issue: Issue, **values: Any) -> Publication:
    secretary = cast.person("secretary")
    with acting(secretary):
        return publish_paper(issue, by=secretary, **values)


@pytest.fixture
def issue(db: None) -> Issue:
    return issued()


# --- by the secretary, in time --------------------------------------------------------------------


def test_e10_published_paper_is_open_to_everybody_with_its_hash_and_moment(issue: Issue) -> None:
    made = publish(issue)
    client = Client()
    page = client.get(made.get_absolute_url()).content.decode()
    pdf = client.get(reverse("published_pdf", args=[cast.BOARD, made.pk]))

    assert "Published" in page
    assert made.sha256 == hashlib.sha256(BYTES).hexdigest() in page
    assert pdf.content == BYTES
    assert pdf["Content-Disposition"].endswith('-report-1-public-OFFICIAL.pdf"')
    assert WORD not in page


@pytest.mark.parametrize("who", ["analyst", "chair", "auditor"])
def test_nobody_but_the_secretary_publishes(issue: Issue, who: str) -> None:
    user = cast.person(who)

    with acting(user), pytest.raises(Refused, match="Only the secretary"):
        publish_paper(issue, by=user)
    assert as_(user).post(reverse("paper_publication", args=[issue.paper_id])).status_code == 403
    assert not Publication.objects.exists()


def test_a_paper_is_published_once_from_its_own_page(issue: Issue, secretary: User) -> None:
    address, client = reverse("paper_publication", args=[issue.paper_id]), as_(secretary)

    before = client.get(address).content.decode()
    pages = [client.post(address, {"publish": "1"}, follow=True) for _ in range(2)]

    assert "You are in time" in before
    assert [page.status_code for page in pages] == [200, 409]
    assert Publication.objects.count() == 1
    assert "The page that everybody reads" in client.get(address).content.decode()


# domain.md §5.8: the last day that leaves five clear working days.
@pytest.mark.parametrize(
    ("meeting", "last"),
    [
        ("2017-10-17", "2017-10-09"),
        ("2019-01-31", "2019-01-23"),
        ("2009-01-29", "2009-01-21"),
        ("2011-09-08", "2011-08-31"),
        ("2011-05-03", "2011-04-19"),
        ("2012-06-07", "2012-05-28"),
        ("2022-09-22", "2022-09-13"),
        ("2026-04-09", "2026-03-30"),
        ("2027-01-08", "2026-12-30"),
        ("2026-11-19", "2026-11-11"),
    ],
)
def test_five_clear_working_days(db: None, meeting: str, last: str) -> None:
    assert make.meeting(dt.date.fromisoformat(meeting)).publish_by == dt.date.fromisoformat(last)


def test_e13_a_late_paper_says_why(db: None, secretary: User) -> None:
    issue = issued(at=make.meeting(dt.date(2026, 9, 17)))
    address = reverse("paper_publication", args=[issue.paper_id])
    with time_machine.travel(dt.datetime(2026, 9, 9, 9, 40, tzinfo=dt.UTC), tick=False):
        assert "You are in time" in as_(secretary).get(address).content.decode()
    with time_machine.travel(dt.datetime(2026, 9, 10, 9, 40, tzinfo=dt.UTC), tick=False):
        refused = as_(secretary).post(address, {"late_reason": ""}).content.decode()
        as_(secretary).post(address, {"late_reason": "The auditor wrote late."})
        page = Client().get(Publication.objects.get().get_absolute_url()).content.decode()

    assert "Wednesday 9 September 2026" in refused
    assert "Enter why it is late" in refused
    assert "Later than the board’s notice asks, which was 9 September 2026: The auditor wrote late." in page


def test_a_paper_whose_public_pdf_is_not_there_is_not_published(issue: Issue, secretary: User) -> None:
    Document.objects.filter(rendition="public").update(state="queued")
    assert "still being made" in why_not_publish(issue, by=secretary)
    Document.objects.filter(rendition="public").update(state="parked", reason="“x” was found in the text of page 1.")
    assert why_not_publish(issue, by=secretary) == "“x” was found in the text of page 1."


def test_what_is_taken_in_part_2_has_nothing_to_publish(db: None, secretary: User) -> None:
    assert "no public version" in why_not_publish(make.issue(make.paper(part="2")), by=secretary)


def test_the_secretary_chooses_what_stands_where_something_is_exempt(db: None, secretary: User) -> None:
    board = make.meeting().board
    address = reverse("board_publishing", args=[board.key])
    as_(secretary).post(address, {"notice_days": "7", "exempt_style": "placeholder", "version": board.version})
    board.refresh_from_db()

    assert (board.notice_days, board.exempt_style) == (7, "placeholder")
    assert as_(cast.person("chair")).get(address).status_code == 403


# --- what everybody reads -------------------------------------------------------------------------


def test_list_of_a_board_costs_the_same_for_one_paper_and_for_three(db: None, django_assert_num_queries: Any) -> None:
    publish(issued(title="First"))
    address = reverse("published_board", args=[cast.BOARD])
    with django_assert_num_queries(9):
        assert Client().get(address).content.decode().count("portal-papers__paper") == 1
    for title in ("Second", "Third"):
        publish(issued(title=title))
    with django_assert_num_queries(9):
        assert Client().get(address).content.decode().count("portal-papers__paper") == 3


def test_only_what_was_published_is_there(issue: Issue) -> None:
    board, client = reverse("published_board", args=[cast.BOARD]), Client()
    assert client.get(board).status_code == 404
    assert "Nothing is published yet" in client.get(reverse("published")).content.decode()
    publish(issue)

    assert client.get(board).status_code == 200
    assert client.post(board).status_code == 405
    for name in ("published_paper", "published_pdf", "published_csv"):
        assert client.get(reverse(name, args=[cast.BOARD, 999])).status_code == 404
        assert client.get(reverse(name, args=["prevent-board", Publication.objects.get().pk])).status_code == 404


def test_hash_list_proves_what_was_published_when(issue: Issue) -> None:
    made = publish(issue)
    page = Client().get(reverse("published_hashes")).content.decode()
    lines = list(csv.reader(io.StringIO(Client().get(reverse("published_hashes_csv")).content.decode("utf-8-sig"))))

    assert made.sha256 in page
    assert lines[1][-3:] == [made.sha256, issue.open_sha256, "Published"]
    assert lines[1][0].startswith("2026-08-")


def test_numbers_and_feed_of_a_published_paper(issue: Issue) -> None:
    made = publish(issue)
    numbers = Client().get(reverse("published_csv", args=[cast.BOARD, made.pk])).content.decode()
    feed = Client().get(reverse("published_feed", args=[cast.BOARD])).content.decode()

    assert "Brent" in numbers
    assert made.get_absolute_url() in feed
    assert WORD not in numbers + feed


def test_e7_word_file_is_published_beside_the_pdf_as_soon_as_it_is_made(issue: Issue) -> None:
    made, client = publish(issue), Client()
    address = reverse("published_word", args=[cast.BOARD, made.pk])
    asked = [(client.get(address).status_code, address in page_of(made)) for _ in range(2)]
    document = finished(issue.documents.get(format="docx"), b"PK the Word file")
    file, digest = client.get(address), hashlib.sha256(b"PK the Word file").hexdigest()
    lines = list(csv.reader(io.StringIO(client.get(reverse("published_hashes_csv")).content.decode("utf-8-sig"))))

    assert asked == [(404, False)] * 2
    assert (document.rendition, issue.documents.filter(format="docx").count()) == ("public", 1)
    assert file.content == b"PK the Word file"
    assert file["Content-Disposition"].endswith('-report-1-public-OFFICIAL.docx"')
    assert address in page_of(made)
    assert digest in page_of(made)
    assert digest in client.get(reverse("published_hashes")).content.decode()
    assert [line[-4:-2] for line in lines[1:]] == [[made.document.filename, made.sha256], [document.filename, digest]]


def page_of(made: Publication) -> str:
    return Client().get(made.get_absolute_url()).content.decode()


def test_e7_word_file_that_was_made_before_is_published_with_the_paper_and_goes_with_it(
    issue: Issue, secretary: User
) -> None:
    finished(ask_for_word(issue, public=True, by=cast.person("member")))
    made = publish(issue)
    address = reverse("published_word", args=[cast.BOARD, made.pk])
    before = Client().get(address).status_code
    with acting(secretary):
        withdraw_paper(made, reason="Published too early.", by=secretary)

    assert (before, Client().get(address).status_code) == (200, 404)


def test_e7_word_file_that_was_not_published_with_its_paper_is_published_later_by_the_secretary(
    issue: Issue, secretary: User
) -> None:
    made = publish(issue)
    Document.objects.filter(format="docx").delete()
    address, offer = reverse("paper_publication_word", args=[issue.paper_id]), "Publish its Word file too"
    page, client = reverse("paper_publication", args=[issue.paper_id]), as_(secretary)
    offered = [offer in client.get(page).content.decode()]
    answers = [client.post(address).headers["Location"] for _ in range(2)]
    document = issue.documents.get(format="docx")
    offered.append(offer in client.get(page).content.decode())
    finished(document)

    assert answers == [document.get_absolute_url()] * 2
    assert offered == [True, False]
    assert client.post(address).status_code == 409
    assert Publication.objects.get(pk=made.pk).word.sha256 == document.sha256


def test_e7_word_file_of_a_paper_taken_back_meanwhile_is_not_published(issue: Issue, secretary: User) -> None:
    made = publish(issue)
    with acting(secretary):
        withdraw_paper(made, reason="Published too early.", by=secretary)
    finished(issue.documents.get(format="docx"))

    assert not hasattr(Publication.objects.get(pk=made.pk), "word")


# --- taken back, superseded, corrected ------------------------------------------------------------


def test_withdrawn_paper_keeps_its_page_and_hash_and_loses_its_text(issue: Issue, secretary: User) -> None:
    made = publish(issue)
    with acting(secretary):
        withdraw_paper(made, reason="Published too early.", by=secretary)
    page = Client().get(made.get_absolute_url()).content.decode()

    assert "This paper was withdrawn" in page
    assert "Published too early." in page
    assert "partners delivered" not in page
    assert Client().get(reverse("published_pdf", args=[cast.BOARD, made.pk])).status_code == 404
    assert made.sha256 in Client().get(reverse("published_hashes")).content.decode()
    with acting(secretary), pytest.raises(Refused, match="withdrawn already"):
        withdraw_paper(made, reason="Again.", by=secretary)


def test_superseded_paper_stays_readable_and_leads_to_the_new_one(issue: Issue, secretary: User) -> None:
    old, new = publish(issue), publish(issued(title="Delivery, put right"))
    address = reverse("paper_withdrawal", args=[issue.paper_id])
    as_(secretary).post(address, {"reason": "A table was missing.", "successor": new.pk})
    page = Client().get(old.get_absolute_url()).content.decode()

    assert "This paper was superseded" in page
    assert new.get_absolute_url() in page
    assert "partners delivered" in page


def test_the_database_refuses_to_change_what_was_published(issue: Issue) -> None:
    made = publish(issue)
    with transaction.atomic(), pytest.raises(DatabaseError, match="permission denied"):
        Publication._base_manager.filter(pk=made.pk).update(sha256="0" * 64)


def test_e13_erratum_stands_beside_the_paper_and_changes_nothing_of_it(db: None, secretary: User) -> None:
    issue = issued()
    made = publish(issue)
    before = (issue.snapshot, issue.open_snapshot, issue.sha256)
    make.activity(title="Logged late")
    address = reverse("erratum_new", args=[issue.paper_id])
    form = as_(secretary).get(address).content.decode()
    choice = next(
        part.split('"')[0] for part in form.split('value="')[1:] if "/" in part.split('"')[0][:4] and part[0].isdigit()
    )
    answer = as_(secretary).post(
        address, {"figure": choice, "place": "Paragraph 2", "printed": "", "corrected": "", "reason": "Counted anew."}
    )
    erratum = Erratum.objects.get()
    page = Client().get(made.get_absolute_url()).content.decode()
    fresh = Issue.objects.get(pk=issue.pk)

    assert answer.status_code == 302
    assert erratum.printed != erratum.corrected
    assert f"“{erratum.printed}” was printed and should be “{erratum.corrected}”. Counted anew." in page
    assert (fresh.snapshot, fresh.open_snapshot, fresh.sha256) == before
    assert "Erratum 1" in as_(cast.person("member")).get(reverse("paper", args=[issue.paper_id])).content.decode()


def test_what_a_secretary_writes_for_everybody_does_not_tell_of_what_is_exempt(secretary: User) -> None:
    """Why a paper is late, what was wrong in it, and why it is withdrawn."""
    found, words = issued(), f"{WORD} wrote."
    about = {"place": "Paragraph 4", "printed": "late", "corrected": "in time", "reason": words}
    with acting(secretary), pytest.raises(Refused, match="Everybody reads errata"):
        add_erratum(Erratum(issue=found, **about), by=secretary)
    with time_machine.travel(dt.datetime(2026, 9, 16, 9, tzinfo=dt.UTC), tick=False):
        page = as_(secretary).post(reverse("paper_publication", args=[found.paper_id]), {"late_reason": words})
        assert "Everybody reads why it is late: leave it out" in page.content.decode()
        made = publish(found, late_reason="The figures came late.")
        page = as_(secretary).post(reverse("paper_withdrawal", args=[found.paper_id]), {"reason": words})
    assert "Everybody reads why it is withdrawn: leave it out" in page.content.decode()
    assert not Publication.objects.get(pk=made.pk).is_withdrawn


def test_e10_subscribers_are_told_that_a_paper_is_published_and_nothing_of_what_it_says(issue: Issue) -> None:
    member, chair = cast.person("member"), cast.person("chair")
    address = reverse("paper_subscriptions")
    as_(member).post(address, {"boards": [cast.BOARD]})
    as_(chair).post(address, {"boards": [cast.BOARD]})
    as_(chair).post(address, {"boards": []})
    made = publish(issue)
    told = Message.objects.get(about="published")

    assert (told.recipient, told.link, told.frequency) == (member, made.get_absolute_url(), "daily")
    assert "checked" in as_(member).get(address).content.decode()
    assert told.subject == "Report 1 of the London CONTEST Board is published"
    secrets = secrets_of(issue.content, opened(issue))
    assert leak_in(secrets, [("the email", f"{told.subject} {told.text}")]) is None


# --- the gate -------------------------------------------------------------------------------------


def test_gate_finds_a_planted_word_in_every_channel(issue: Issue) -> None:
    """A weak publisher, who put the word back in one place each."""
    content = opened(issue)
    secrets = secrets_of(issue.content, content)
    page = article(content)
    assert leak_in(secrets, said_by(content, "a-report.pdf")) is None

    found = {
        "text": leak_in(secrets, said_by_page(page.replace("</article>", f"<p>{WORD}</p></article>"))),
        "hidden": leak_in(secrets, said_by_page(f"<p hidden>{WORD}</p>")),
        "attribute": leak_in(secrets, said_by_page(f'<img alt="A {WORD.upper()}">')),
        "comment": leak_in(secrets, said_by_page(f"<!-- {WORD} -->")),
        "filename": leak_in(secrets, said_by(content, f"{WORD}.pdf")),
        "run": leak_in(secrets, [("a title", "disputes its invoice before")]),
    }
    assert {name for name, leak in found.items() if leak is None} == set()
    assert all(WORD.lower() in leak.words or name == "run" for name, leak in found.items() if leak)


_LETTERS = (f"({letter})" if letter in "Qf" else f"<{ord(letter):02x}>" for letter in WORD)
_CODES = (f"<{code:04x}>" for code in range(40, 40 + len(WORD)))
DRAWN = {
    "text": f"({WORD}) Tj",
    "letters": f"[{' -3 '.join(_LETTERS)}] TJ",
    "codes": f"/F2 12 Tf [{' -3 '.join(_CODES)}] TJ",
    "actual text": f"/Span <</ActualText ({WORD})>> BDC EMC",
}


def planted(where: str) -> bytes:
    """A small PDF with the word in one place of it."""
    pdf, target = pikepdf.new(), io.BytesIO()
    pdf.add_blank_page()
    if where == "outline":
        with pdf.open_outline() as outline:
            outline.root.append(pikepdf.OutlineItem(f"The {WORD} affair", 0))
    elif where == "properties":
        pdf.docinfo["/Keywords"] = WORD
    elif where == "xmp":
        with pdf.open_metadata() as meta:
            meta["dc:description"] = WORD
    elif where == "alt":
        pdf.Root.StructTreeRoot = pikepdf.Dictionary(K=pikepdf.Array([pikepdf.Dictionary(Alt=f"A bar for {WORD}")]))
    elif where == "attachment":
        pdf.attachments["data.csv"] = f"Supplier,{WORD}".encode()
    elif where == "attachment name":
        pdf.attachments[f"{WORD}.csv"] = b"1"
    elif where in DRAWN:
        codes = "\n".join(f"<{code:04x}> <{ord(letter):04x}>" for code, letter in enumerate(WORD, start=40))
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, ToUnicode=pdf.make_stream(f"/CIDInit {codes}".encode()))
        pdf.pages[0].Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F2=pdf.make_indirect(font)))
        pdf.pages[0].Contents = pdf.make_stream(f"BT /F1 12 Tf 1 1 1 rg {DRAWN[where]} ET".encode())
    pdf.save(target)
    if where == "earlier state":
        return target.getvalue().replace(b"%%EOF", b"%%EOF\n% " + WORD.encode() + b"\n%%EOF")
    return target.getvalue()


@pytest.mark.parametrize(
    "where",
    [
        *("outline", "properties", "xmp", "alt", "attachment", "attachment name", "earlier state"),
        *DRAWN,
    ],
)
def test_gate_finds_a_planted_word_wherever_a_pdf_can_carry_one(where: str) -> None:
    whole = {"paper": {}, "sections": [{"blocks": [{"exempt": "3", "html": f"<p>{WORD}</p>"}]}], "figures": []}
    secrets = secrets_of(whole, {"paper": {}, "sections": [], "figures": []})

    assert leak_in(secrets, said_by_pdf(planted("nowhere"))) is None
    found = leak_in(secrets, said_by_pdf(planted(where)))
    assert found is not None
    assert found.words == WORD.lower()
    assert "Nothing was published" in found.sentence
    assert WORD.lower() not in found.sentence.lower()


WORD_PARTS = {
    "text": ("word/document.xml", "<w:p><w:r><w:t>Quill</w:t></w:r><w:r><w:t>feather</w:t></w:r></w:p>"),
    "hidden text": ("word/document.xml", "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>Quillfeather</w:t></w:r></w:p>"),
    "alt": ("word/document.xml", '<wp:docPr id="1" descr="A bar for Quillfeather"/>'),
    "deleted": ("word/document.xml", "<w:del><w:r><w:delText>Quillfeather</w:delText></w:r></w:del>"),
    "core": ("docProps/core.xml", "<dc:subject>Quillfeather</dc:subject>"),
    "comments": ("word/comments.xml", "<w:comment><w:p><w:r><w:t>Quillfeather?</w:t></w:r></w:p></w:comment>"),
    "custom": ("docProps/custom.xml", '<property name="Supplier"><vt:lpwstr>Quillfeather</vt:lpwstr></property>'),
    "custom data": ("customXml/item1.xml", "<supplier name='Quillfeather'/>"),
    "link": ("word/_rels/document.xml.rels", '<Relationship Target="https://quillfeather.example/"/>'),
    "name": ("word/media/Quillfeather.png", "x"),
    "remark": ("word/styles.xml", "<!-- Quillfeather -->"),
    "picture": ("word/media/image1.png", "tEXtComment Quillfeather"),
    "number": ("word/document.xml", "<w:t>£48,512</w:t>"),
}


def word_file(*parts: tuple[str, str]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name, text in [("[Content_Types].xml", "<Types/>"), *parts]:
            made.writestr(name, text)
    return target.getvalue()


@pytest.mark.parametrize("where", WORD_PARTS)
def test_e8_gate_finds_a_planted_word_wherever_a_word_file_can_carry_one(where: str) -> None:
    """Also in a file that was put into another one; and what the empty form says itself is no secret."""
    block = {"exempt": "3", "html": f"<p>{WORD} owes £48,512.</p>"}
    whole = {"paper": {}, "sections": [{"blocks": [block]}], "figures": []}
    secrets = secrets_of(whole, {"paper": {}, "sections": [], "figures": []})
    clean, planted_file = word_file(("word/document.xml", "<w:t>Open words.</w:t>")), word_file(WORD_PARTS[where])
    inside = word_file(("word/embeddings/other.docx", ""))
    with zipfile.ZipFile(target := io.BytesIO(inside), "a") as outer:
        outer.writestr("word/embeddings/data.docx", planted_file)

    assert leak_in_file(secrets, clean, "docx", name="report-1.docx") is None
    assert leak_in_file(secrets, planted_file, "docx") is not None
    assert leak_in_file(secrets, target.getvalue(), "docx") is not None
    assert leak_in_file(secrets, clean, "docx", name=f"{WORD}.docx") is not None
    assert leak_in_file(secrets, planted_file, "docx", form=planted_file) is None


@pytest.mark.parametrize("kind", ["html", "csv", "atom", "eml"])
def test_gate_reads_every_kind_of_file_that_goes_out(kind: str) -> None:
    secrets = Secrets(frozenset({"quillfeather"}), frozenset(), frozenset({"48512"}))

    assert leak_in_file(secrets, b"Nothing of that", kind) is None
    assert leak_in_file(secrets, b"Supplier,Quillfeather", kind) is not None
    assert leak_in_file(secrets, "Owed,£48,512".encode(), kind) is not None
    with pytest.raises(ValueError, match="does not read"):
        leak_in_file(secrets, b"", "exe")


def test_a_leaking_public_pdf_is_parked_with_a_reason_and_not_stored(
    monkeypatch: pytest.MonkeyPatch, secretary: User, tmp_path: Path, capsys: pytest.CaptureFixture
) -> None:
    paper = make.paper()
    make.block(paper, f"The supplier {WORD} disputes.", **EXEMPT)
    issue = make.issue(Paper.objects.get(pk=paper.pk))
    monkeypatch.setattr("reports.rendering.making.confined", lambda *_: planted("outline"))
    for rendition in ("public", "members"):
        make_document(Document.objects.claim(issue.documents.get(rendition=rendition).pk))
    public, members = issue.documents.get(rendition="public"), issue.documents.get(rendition="members")

    assert (public.state, public.sha256, members.state) == ("parked", "", "ready")
    # Everybody who reads papers reads the reason; the words themselves are told where the portal is run.
    assert public.reason.startswith("Words that stand only in an exempt part were found in a title")
    assert WORD.lower() not in public.reason.lower()
    monkeypatch.setattr("contest_portal.management.commands.render.maker_of", lambda _: lambda _: planted("outline"))
    call_command("render", str(public.pk), f"--out={tmp_path / 'again.pdf'}")
    assert "“quillfeather” stands only in an exempt part" in capsys.readouterr().out
    assert why_not_publish(Issue.objects.get(pk=issue.pk), by=secretary) == public.reason
