"""A paper as a Word file: the paper's own numbers, in the template of its secretariat, and nothing that is exempt."""

import zipfile
from functools import cache
from io import BytesIO
from typing import Any

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx.document import Document as WordDocument

from contest_portal.accounts.models import User
from reports.models import Document, WordTemplate
from reports.rendering import store, word, word_template
from reports.rendering.word_words import said_in_word
from reports.tasks import render_document
from tests import make
from tests.cast import as_, person
from tests.reports.sample_snapshot import sample

KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@cache
def made() -> bytes:
    return word.document(sample(), word_template.house())


def opened(content: bytes) -> WordDocument:
    return docx.Document(BytesIO(content))


def template(*paragraphs: str, head: str = "{{ marking }}", foot: str = "{{marking}}") -> bytes:
    written = docx.Document()
    written.sections[0].header.paragraphs[0].text = head
    written.sections[0].footer.paragraphs[0].text = foot
    for text in paragraphs or ("Secretariat of the Met", "{{ title }}", "{{ body }}"):
        written.add_paragraph(text)
    file = BytesIO()
    written.save(file)
    return file.getvalue()


def sent(content: bytes, name: str = "template.docx") -> dict[str, Any]:
    return {"file": SimpleUploadedFile(name, content, KIND)}


def test_e7_word_file_has_the_headings_numbers_tables_and_pictures_of_the_paper() -> None:
    found = opened(made())
    texts = [(paragraph.style.name, paragraph.text) for paragraph in found.paragraphs]
    headings = [text for style, text in texts if style == "Heading 1"]

    assert headings == [
        "Summary",
        "A. Recommendation",
        "B. Supporting information",
        "C. Other organisational and community implications",
        "D. Background papers",
        "E. Contact details",
        "Figures in this paper",
    ]
    numbers = [text.split("\t")[0] for style, text in texts if style == "Normal" and "\t" in text]
    assert numbers[:9] == ["1.", "2.", "1.", "2.", "3.", "4.", "5.", "6.", "7."]
    assert ("List Bullet", "venues that withdrew late, “for reasons of cost”;") in texts
    assert [len(table.rows) for table in found.tables][:1] == [35]
    assert "w:tblHeader" in found.tables[0].rows[0]._tr.xml
    assert [shape._inline.docPr.get("descr")[:9] for shape in found.inline_shapes] == ["Bar chart"]


def test_e7_word_file_is_marked_at_head_and_foot_and_named_in_its_properties() -> None:
    found = opened(word.document(sample(marking="OFFICIAL-SENSITIVE"), word_template.house()))
    section, about = found.sections[0], found.core_properties

    assert section.header.paragraphs[0].text == "OFFICIAL-SENSITIVE"
    assert section.footer.paragraphs[0].text.startswith("OFFICIAL-SENSITIVE")
    assert (about.title, about.language) == ("6: Delivery of CONTEST in London: quarter one of 2026/27", "en-GB")
    assert about.keywords.startswith("OFFICIAL-SENSITIVE, sha256:")


def test_same_snapshot_and_template_are_the_same_word_file() -> None:
    assert word.document(sample(), word_template.house()) == made()


def test_markup_in_a_title_stays_text() -> None:
    found = word.document(sample(title="<b>Sums</b> & {{ 7 * 7 }}"), template())

    assert "<b>Sums</b> & {{ 7 * 7 }}" in [paragraph.text for paragraph in opened(found).paragraphs]


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (template("{{ body }}", "{{ titel }}"), "There is no place called “titel”"),
        (template("{{ title }}"), "{{ body }} in a paragraph of its own"),
        (template("{{ body }}", foot="OFFICIAL"), "{{ marking }} at the foot"),
        (template("{{ body }}", "{{ title.__class__ }}"), "can hold no instructions"),
        (template("{{ body }}", "{% for x in [1] %}{% endfor %}"), "can hold no instructions"),
        (template("{{ body }}", "{{ title | upper }}"), "can hold no instructions"),
        (template("{{ body }}", "{{ title"), "is not a place"),
        (template(), ""),
        (word_template.house(), ""),
    ],
)
def test_template_may_name_places_and_nothing_else(content: bytes, refusal: str) -> None:
    found = word_template.why_not_use(content)

    assert refusal in found
    assert bool(refusal) == bool(found)


def test_secretary_sends_in_a_template_and_papers_are_set_in_it(db: None, secretary: User) -> None:
    browser, address = as_(secretary), reverse("word_template", args=[make.board().key])
    issue = make.issue()

    refused = browser.post(address, sent(template("No places")))
    macros = browser.post(address, sent(with_macros()))
    kept = browser.post(address, sent(template()))
    browser.post(reverse("paper_word", args=[issue.paper_id]))
    document = Document.objects.get(format="docx")
    render_document(str(document.pk))

    document.refresh_from_db()
    assert "{{ body }} in a paragraph of its own" in refused.content.decode()
    assert "macros" in macros.content.decode()
    assert kept.status_code == 302
    assert document.word_template == WordTemplate.objects.get()
    texts = [paragraph.text for paragraph in opened(store.read(document.sha256)).paragraphs]
    assert texts[:2] == ["Secretariat of the Met", "CONTEST delivery"]
    assert browser.get(document.download_url).headers["Content-Type"] == KIND


def with_macros() -> bytes:
    file = BytesIO(template())
    with zipfile.ZipFile(file, "a") as package:
        package.writestr("word/vbaProject.bin", b"Sub")
    return file.getvalue()


def test_e7_each_circle_of_readers_has_a_word_file_of_its_own(db: None, secretary: User) -> None:
    paper = make.paper()
    ground = {"exempt_ground": "3", "public_interest": "A tender runs."}
    make.block(paper, "The Quorblexian settlement.", section="implications", heading="financial", **ground)
    issue = make.issue(paper)
    address = reverse("paper_word", args=[paper.pk])

    as_(secretary).post(address)
    as_(person("member")).post(address)

    files = {found.rendition: found for found in issue.documents.filter(format="docx")}
    for found in files.values():
        render_document(str(found.pk))
        found.refresh_from_db()
    said = {name: " ".join(text for _, text in said_in_word(store.read(found.sha256))) for name, found in files.items()}
    assert ("Quorblexian" in said["members"], "Quorblexian" in said["public"]) == (True, False)
    assert files["public"].filename.endswith("-public-OFFICIAL.docx")
