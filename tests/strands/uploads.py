"""Files built for the tests: good ones, and bad ones that each hide one thing."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pikepdf
from PIL import Image, PngImagePlugin

W = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
X = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
JS = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


def package(main: str, kind: str, text: str = "", **parts: bytes | str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        types = f'<Types><Override PartName="/{main}" ContentType="{kind}"/></Types>'
        for name, content in ({"[Content_Types].xml": types, main: text} | parts).items():
            packed.writestr(name, content)
    return made.getvalue()


def docx(*words: str, raw: str = "", **parts: bytes | str) -> bytes:
    text = raw + "".join(f"<w:p><w:r><w:t>{word}</w:t></w:r></w:p>" for word in words)
    return package("word/document.xml", W, text, **parts)


def xlsx(*words: str, **parts: bytes | str) -> bytes:
    strings = "".join(f"<si><t>{word}</t></si>" for word in words)
    return package("xl/workbook.xml", X, "<workbook/>", **({"xl/sharedStrings.xml": f"<sst>{strings}</sst>"} | parts))


def pdf(change: Callable[[Any], None] | None = None, **save: Any) -> bytes:
    made, out = pikepdf.new(), io.BytesIO()
    made.add_blank_page()
    if change:
        change(made)
    made.save(out, **save)
    return out.getvalue()


def picture(format_: str = "PNG", size: tuple[int, int] = (40, 30), **save: Any) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "navy").save(out, format_, **save)
    return out.getvalue()


def _open_action(made: Any) -> None:
    made.Root.OpenAction = JS


def _named_script(made: Any) -> None:
    made.Root.Names = pikepdf.Dictionary(JavaScript=pikepdf.Dictionary(Names=[pikepdf.String("x"), JS]))


def _embedded(made: Any) -> None:
    made.attachments["x.exe"] = b"MZ"


def _launch(made: Any) -> None:
    link = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9])
    link.A = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="cmd.exe")
    made.pages[0].Annots = made.make_indirect([made.make_indirect(link)])


def _xfa(made: Any) -> None:
    made.Root.AcroForm = pikepdf.Dictionary(XFA=made.make_stream(b"<xdp/>"))


def _page_action(made: Any) -> None:
    made.pages[0].AA = pikepdf.Dictionary(O=JS)


def _rich_media(made: Any) -> None:
    made.pages[0].Annots = [pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.RichMedia)]


def _no_pages(made: Any) -> None:
    del made.pages[0]


def _with_words(*lines: str) -> Callable[[Any], None]:
    """Each in a place of its own, in a font that every reader has."""

    def change(made: Any) -> None:
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        made.pages[0].Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        shown = "".join(f"1 0 0 1 50 {700 - 20 * place} Tm ({line}) Tj " for place, line in enumerate(lines))
        made.pages[0].Contents = made.make_stream(f"BT /F1 12 Tf {shown}ET".encode())

    return change


def _zip_with(name: str, content: bytes = b"x") -> bytes:
    made = io.BytesIO(docx("Programme"))
    with zipfile.ZipFile(made, "a", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(name, content)
    return made.getvalue()


def _encrypted_zip() -> bytes:
    content = bytearray(docx("Programme"))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + place] |= 1
    return bytes(content)


LINK = '<Relationships><Relationship Type="x/{}" Target="https://x/" TargetMode="External"/></Relationships>'
HYPERLINK = LINK.format("hyperlink")
TEMPLATE = {"word/_rels/settings.xml.rels": LINK.format("attachedTemplate")}
ASKING = "<w:instrText>DDEAUTO cmd</w:instrText>"
FOUR = ("a@x.example", "b@x.example", "c@x.example", "d@x.example")
PADDED = pikepdf.Encryption(user="secret", owner="secret")

# name of the file, what it holds, and a word of the sentence that refuses it.
BAD: dict[str, tuple[str, bytes, str]] = {
    "nothing in it": ("a.pdf", b"", "empty"),
    "too large": ("a.csv", b"x" * (10 * 1024 * 1024 + 1), "10 MB"),
    "a program": ("a.exe", b"MZ", "must be a PDF"),
    "a program called PDF": ("a.pdf", b"MZ\x90\x00", "not a PDF"),
    "a page called PDF": ("a.pdf", b"<html><script>1</script>", "not a PDF"),
    "a page called CSV": ("a.csv", b"<html><script>1</script>", "not a CSV"),
    "a drawing with a script": ("a.svg", b"<svg onload='x'/>", "must be a PDF"),
    "a page": ("a.html", b"<p>", "must be a PDF"),
    "an old workbook": ("a.xls", b"\xd0\xcf\x11\xe0", "must be a PDF"),
    "a workbook with macros by name": ("a.xlsm", xlsx("Sessions"), "must be a PDF"),
    "no kind": ("agenda", pdf(), "must be a PDF"),
    "a path": ("../a.pdf", pdf(), "letters"),
    "a backslash": ("..\\a.pdf", pdf(), "letters"),
    "two kinds": ("a.exe.pdf", pdf(), "two kinds"),
    "a name that runs backwards": ("a\u202efdp.pdf", pdf(), "letters"),
    "a name with a break": ("a\nb.pdf", pdf(), "letters"),
    "a hidden name": (".a.pdf", pdf(), "letters"),
    "a phone number for a name": ("call 07700 900123.pdf", pdf(), "phone number"),
    "a sign-in sheet by name": ("Sign-in sheet May.pdf", pdf(), "not kept here"),
    "an attendee list by name": ("attendees.xlsx", xlsx("Sessions"), "not kept here"),
    "a register by name": ("Workshop register.csv", b"a,b", "not kept here"),
    "a PDF that runs a script": ("a.pdf", pdf(_open_action), "script"),
    "a PDF with a script by name": ("a.pdf", pdf(_named_script), "script"),
    "a PDF with a file in it": ("a.pdf", pdf(_embedded), "another file"),
    "a PDF that starts a program": ("a.pdf", pdf(_launch), "opens one"),
    "a PDF form": ("a.pdf", pdf(_xfa), "form"),
    "a PDF page that acts": ("a.pdf", pdf(_page_action), "script"),
    "a PDF with media": ("a.pdf", pdf(_rich_media), "script"),
    "a PDF with a password": ("a.pdf", pdf(encryption=PADDED), "encrypted"),
    "a PDF with restrictions": ("a.pdf", pdf(encryption=pikepdf.Encryption(user="", owner="x")), "encrypted"),
    "a PDF without pages": ("a.pdf", pdf(_no_pages), "pages"),
    "a sign-in sheet as a PDF": ("a.pdf", pdf(_with_words("Print name", "Organisation", "Signature")), "sign-in sheet"),
    "a line of a sign-in sheet": ("a.pdf", pdf(_with_words("Name   Team   E-mail address")), "sign-in sheet"),
    "a PDF with a list of addresses": ("a.pdf", pdf(_with_words(*FOUR)), "sign-in sheet"),
    "half a PDF": ("a.pdf", pdf()[:200], "damaged"),
    "a PDF with a tail": ("a.pdf", pdf() + b"PK" * 2000, "nothing else"),
    "a PDF with a head": ("a.pdf", b"MZ" + pdf(), "nothing else"),
    "a document with macros": ("a.docx", docx("A", **{"word/vbaProject.bin": b"x"}), "macros"),
    "a document with another file": ("a.docx", docx("A", **{"word/embeddings/oleObject1.bin": b"x"}), "macros"),
    "a workbook with links": ("a.xlsx", xlsx("A", **{"xl/externalLinks/externalLink1.xml": "<x/>"}), "links"),
    "a document with a template elsewhere": ("a.docx", docx("A", **TEMPLATE), "outside"),
    "a document with entities": ("a.docx", docx(raw='<!DOCTYPE x [<!ENTITY a "b">]>'), "entities"),
    "a document that asks a program": ("a.docx", docx(raw=ASKING), "another program"),
    "a document that unpacks to too much": ("a.docx", docx(raw="x" * 20_000_000), "unpacks"),
    "a part outside the package": ("a.docx", _zip_with("../../x"), "packed"),
    "a part from the root": ("a.docx", _zip_with("/etc/x"), "packed"),
    "a part twice": ("a.docx", _zip_with("WORD/document.xml"), "packed"),
    "an encrypted package": ("a.docx", _encrypted_zip(), "encrypted"),
    "a package of nothing": ("a.docx", package("x.xml", "x"), "kind that its name says"),
    "a workbook called document": ("a.docx", xlsx("A"), "kind that its name says"),
    "half a package": ("a.xlsx", xlsx("A")[:60], "damaged"),
    "a sign-in sheet as a workbook": ("a.xlsx", xlsx("Name", "Organisation", "Email"), "sign-in sheet"),
    "a sign-in sheet as a document": ("a.docx", docx("Print name", "Signature"), "sign-in sheet"),
    "a sign-in sheet as CSV": ("a.csv", b"First name,Surname,E-mail address\r\nA,B,c\r\n", "sign-in sheet"),
    "a list of addresses": ("a.docx", docx(*FOUR), "sign-in sheet"),
    "a CSV that counts": ("a.csv", b'Session,=HYPERLINK("http://x")\r\n', "formula"),
    "a CSV that is not text": ("a.csv", b"\x00\x01\x02,\x03", "not a CSV"),
    "a CSV in another code": ("a.csv", "Café".encode("utf-16"), "UTF-8"),
    "a picture of too many points": ("a.png", picture(size=(8000, 6000)), "million"),
    "half a picture": ("a.jpg", picture("JPEG")[:300], "not a JPEG"),
    "a picture of another kind": ("a.png", picture("GIF"), "not a PNG"),
}  # fmt: skip

_noted = PngImagePlugin.PngInfo()
_noted.add_text("Comment", "xhidden")

GOOD: dict[str, tuple[str, bytes]] = {
    "a programme": ("Programme May 2026.pdf", pdf()),
    "an agenda": ("Agenda.pdf", pdf(_with_words("Name of the session", "Questions to info@charity.example"))),
    "a summary": ("Evaluation summary.docx", docx("What people said", **{"word/_rels/document.xml.rels": HYPERLINK})),
    "a table": ("Scores.xlsx", xlsx("Name of session", "Score", "Responses")),
    "lines": ("Scores.csv", "Session,Score\r\nMorning,-4.5\r\nCafé,£3\r\n".encode()),
    "a poster": ("Poster.png", picture(pnginfo=_noted) + b"<script>xhidden</script>"),
    "a photograph": ("Hall.JPG", picture("JPEG", comment=b"xhidden")),
}
