"""The program that reads a file which somebody sent: `inspecting` starts it, and has nothing from it but its answer.

An image is drawn anew, so that nothing hides in it. Only the standard library, Pillow and pikepdf are used in here.
"""

import csv
import io
import json
import re
import resource
import sys
import zipfile
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import pikepdf
from PIL import Image

MEMORY = 1 << 30
PROCESSOR_SECONDS = 15

UNPACKED, MEMBERS, RATIO = 100 * 1024 * 1024, 2000, 200
PIXELS = 40_000_000
LINES, LONGEST_LINE = 50_000, 20_000
PAGES = 500
# Drawings can be long; a list of who came is not.
SEARCHED = 8 * 1024 * 1024
SHORT = 40

ACTIVE = {
    "/JS", "/JavaScript", "/Launch", "/EmbeddedFiles", "/EmbeddedFile", "/XFA", "/RichMedia", "/SubmitForm", "/GoToE",
    "/GoToR", "/ImportData", "/Movie", "/Sound", "/Rendition", "/AA",
}  # fmt: skip
NAMES = {
    "name", "names", "full name", "first name", "firstname", "forename", "surname", "last name", "print name",
    "attendee", "attendees", "attendee name", "delegate", "delegate name", "participant", "participant name",
}  # fmt: skip
CONTACTS = {
    "email", "email address", "signature", "signed", "sign", "sign in", "signin", "sign here",
    "phone", "phone number", "telephone", "mobile", "mobile number", "contact number", "time in", "arrived",
}  # fmt: skip
EMAIL = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
MANY_EMAILS = 4
TEXT = re.compile(r"<(?:w:)?t(?:\s[^>]*)?>([^<]+)<")
FETCHES = re.compile(rb"instrText[^>]*>[^<]*\bDDE(?:AUTO)?\b|<ddeLink")
TEXT_OPERATORS = "Tj TJ ' \" Td TD T* Tm Tf ET"
ONE = re.compile(rb"<(\w+)>()\s*<(\w*)>()")
RANGE = re.compile(rb"<(\w+)>\s*<(\w+)>\s*(?:<(\w+)>|\[([^\]]*)\])")
# Thousandths of the size of the letters.
NARROW, WIDE = 150, 1200
DANGEROUS = re.compile(r"vbaproject|oleobject|embeddings/|activex|externallinks|\.bin\b|\.exe|\.dll")
PEOPLE = (
    "It looks like a sign-in sheet or a list of who came: it has names with contact details or signatures. Such lists "
    "are not kept here. Enter the number of people in the activity instead."
)


Decode = Callable[[bytes], str]


class Unfit(Exception):
    """Why a file is refused, in one sentence."""


def main(extension: str) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_SECONDS, PROCESSOR_SECONDS))
    content = sys.stdin.buffer.read()
    try:
        kept, refusal = CHECKS[extension](content), ""
    except Unfit as reason:
        kept, refusal = b"", str(reason)
    sys.stdout.buffer.write(json.dumps({"refusal": refusal}).encode() + b"\n" + kept)


def check_csv(content: bytes) -> bytes:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unfit("The file is not a CSV in UTF-8. Save it as “CSV UTF-8”.") from None
    if re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", text) or re.match(r"\s*<", text):
        raise Unfit("The file is not a CSV, whatever its name says.")
    lines = text.splitlines()
    if len(lines) > LINES or any(len(line) > LONGEST_LINE for line in lines):
        raise Unfit(f"The file has more than {LINES:,} lines, or one that is far too long.")
    try:
        cells = [cell for row in csv.reader(lines, strict=True) for cell in row]
    except csv.Error:
        raise Unfit("The file is not a CSV that can be read.") from None
    if any(cell.lstrip()[:1] in ("=", "@") or re.match(r"\s*[+-](?![\d.,£ ]*$)", cell) for cell in cells):
        raise Unfit("A cell begins like a formula. Save the values alone.")
    _refuse_people(cells, text)
    return b""


def check_image(format_: str) -> Callable[[bytes], bytes]:
    def check(content: bytes) -> bytes:
        wrong = f"The file is not a {format_} image, whatever its name says, or it is damaged."
        try:
            image = Image.open(io.BytesIO(content), formats=[format_])
            if image.width * image.height > PIXELS:
                raise Unfit(f"The image has more than {PIXELS // 1_000_000} million points. Make it smaller.")
            image.load()
        except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
            raise Unfit(wrong) from None
        drawn = io.BytesIO()
        plain = image.convert("RGB" if format_ == "JPEG" or image.mode not in ("RGBA", "LA", "P", "L") else "RGBA")
        # Comments and the camera's notes live here, and would be saved along.
        plain.info.clear()
        plain.save(drawn, format_)
        return drawn.getvalue()

    return check


def check_pdf(content: bytes) -> bytes:
    if not content.startswith(b"%PDF-") or len(content) - content.rfind(b"%%EOF") > 1024:
        raise Unfit("The file is not a PDF and nothing else, whatever its name says.")
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            if pdf.is_encrypted:
                raise Unfit("The PDF is encrypted. Save it without a password or restrictions.")
            if not 0 < len(pdf.pages) <= PAGES:
                raise Unfit(f"The PDF must have from 1 to {PAGES} pages.")
            for found in pdf.objects:
                _refuse_active(found)
            cells = list(_cells(pdf))
    except pikepdf.PasswordError:
        raise Unfit("The PDF is encrypted. Save it without a password or restrictions.") from None
    except pikepdf.PdfError:
        raise Unfit("The PDF is damaged. Save it again.") from None
    _refuse_people(cells, " ".join(cells))
    return b""


def _cells(pdf: Any) -> Iterator[str]:
    """The words of a PDF by place, as far as they are text: a scan has none, and a font may not tell its letters."""
    left, decode = SEARCHED, _font(None)
    for page in pdf.pages:
        page.contents_coalesce()
        left -= len(page.obj.Contents.read_bytes()) if "/Contents" in page.obj else 0
        if left < 0:
            return
        words = ""
        instructions: Any = pikepdf.parse_content_stream(page, TEXT_OPERATORS)
        for operands, operator in instructions:
            name = str(operator)
            if name == "Tf":
                decode = _font(page.resources.get("/Font", {}).get(operands[0]))
            elif name in ("Tj", "TJ"):
                words += "".join(_shown(operands[0], decode))
            else:
                words += "\t" + ("".join(_shown(operands[-1], decode)) if name in ("'", '"') else "")
        yield from (cell.strip() for cell in re.split(r"\t|\s{2,}", words) if cell.strip())


def _plain(codes: bytes) -> str:
    return codes.decode("cp1252", "replace")


def _font(font: Any) -> Decode:
    """How its codes are read: from the table in which it keeps what they mean, if it has one."""
    table = font.get("/ToUnicode") if isinstance(font, pikepdf.Dictionary) else None
    return _by_table(table.read_bytes()) if isinstance(table, pikepdf.Stream) else _plain


@cache
def _by_table(table: bytes) -> Decode:
    width, meanings = 1, dict[int, str]()
    for kind, block in re.findall(rb"beginbf(char|range)(.*?)endbf", table, re.DOTALL):
        for first, last, start, several in re.findall(ONE if kind == b"char" else RANGE, block):
            width, low = len(first) // 2, int(first, 16)
            codes = range(low, min(int(last or first, 16), low + 0xFFFF) + 1)
            listed = re.findall(rb"<(\w+)>", several) or [
                b"%04x" % (int(start or b"0", 16) + n) for n in range(len(codes))
            ]
            each = [start] if kind == b"char" else listed
            meanings.update(
                zip(codes, (bytes.fromhex(one.decode()).decode("utf-16-be", "replace") for one in each), strict=False)
            )

    def decode(codes: bytes) -> str:
        parts = (codes[place : place + width] for place in range(0, len(codes), width))
        return "".join(meanings.get(int.from_bytes(part, "big"), "") for part in parts)

    return decode


def _shown(operand: Any, decode: Decode) -> Iterator[str]:
    """A wide gap begins another cell, and a narrow one another word."""
    for part in operand if isinstance(operand, pikepdf.Array) else [operand]:
        if isinstance(part, pikepdf.String):
            yield decode(bytes(part))
        elif float(part) < -NARROW:
            yield "\t" if float(part) < -WIDE else " "


def _refuse_active(found: Any, depth: int = 0) -> None:
    """Anything of a PDF that runs, opens or carries something else."""
    if depth > 20:
        raise Unfit("The PDF is nested too deeply to be read safely.")
    if isinstance(found, pikepdf.Stream):
        found = found.stream_dict
    if isinstance(found, pikepdf.Dictionary):
        kinds = {str(found.get(key)) for key in ("/S", "/Type", "/Subtype") if key in found}
        if ACTIVE & (set(found.keys()) | kinds):
            raise Unfit("The PDF holds a script, a form, another file or something that opens one. Print it to PDF.")
    inside: Any = ()
    if isinstance(found, pikepdf.Dictionary):
        inside = found.values()
    elif isinstance(found, pikepdf.Array):
        inside = found
    for part in inside:
        if isinstance(part, pikepdf.Dictionary | pikepdf.Array) and not part.is_indirect:
            _refuse_active(part, depth + 1)


def check_office(main_part: str, folder: str) -> Callable[[bytes], bytes]:
    def check(content: bytes) -> bytes:
        if not content.startswith(b"PK\x03\x04"):
            raise Unfit("The file is not of the kind that its name says.")
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as package:
                parts = dict(_parts(package))
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
            raise Unfit("The file is damaged. Save it again.") from None
        _refuse_dangerous(parts, main_part, folder)
        words = [word for part in _text_parts(parts) for word in TEXT.findall(part)]
        _refuse_people(words, " ".join(words))
        return b""

    return check


def _parts(package: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    infos, total, seen = package.infolist(), 0, set()
    if len(infos) > MEMBERS:
        raise Unfit("The file has far too many parts.")
    for info in infos:
        name = info.filename
        if name.lower() in seen or name.startswith("/") or "\\" in name or ".." in name.split("/") or ":" in name:
            raise Unfit("The file is packed in a way that no office program packs it.")
        seen.add(name.lower())
        if info.flag_bits & 1:
            raise Unfit("The file is encrypted. Save it without a password.")
        with package.open(info) as part:
            read = part.read(UNPACKED - total + 1)
        total += len(read)
        if total > UNPACKED or len(read) > RATIO * max(info.compress_size, 1024):
            raise Unfit("The file unpacks to far more than it should.")
        yield name, read


def _refuse_dangerous(parts: dict[str, bytes], main_part: str, folder: str) -> None:
    types = parts.get("[Content_Types].xml", b"")
    if main_part not in parts or folder.encode() not in types:
        raise Unfit("The file is not of the kind that its name says.")
    names = " ".join(parts).lower()
    if DANGEROUS.search(names) or b"macroEnabled" in types:
        raise Unfit("The file holds macros, other files or links to other workbooks. Save a copy without them.")
    for name, content in parts.items():
        if name.endswith((".xml", ".rels")) and re.search(rb"<!\s*(?:DOCTYPE|ENTITY)", content, re.IGNORECASE):
            raise Unfit("The file defines its own entities, which no office program does.")
        if name.endswith(".rels"):
            _refuse_outside(content)
        if name.endswith(".xml") and FETCHES.search(content):
            raise Unfit("The file asks another program for data. Save the values alone.")


def _refuse_outside(relationships: bytes) -> None:
    for link in re.findall(rb"<Relationship\b[^>]*>", relationships):
        if b'"External"' in link and b"/hyperlink" not in link:
            raise Unfit("The file fetches something from outside itself. Save a copy without links.")


def _text_parts(parts: dict[str, bytes]) -> Iterator[str]:
    for name, content in parts.items():
        if re.search(r"word/(document|header\d*|footer\d*)\.xml$|xl/(sharedStrings|worksheets/[^/]+)\.xml$", name):
            yield content.decode("utf-8", "replace")


def _refuse_people(cells: list[str], text: str) -> None:
    words = {re.sub(r"[^a-z ]", "", cell.lower()).strip() for cell in cells if len(cell) <= SHORT}
    if (words & NAMES and words & CONTACTS) or len(set(EMAIL.findall(text))) >= MANY_EMAILS:
        raise Unfit(PEOPLE)


CHECKS: dict[str, Callable[[bytes], bytes]] = {
    "csv": check_csv,
    "png": check_image("PNG"),
    "jpg": check_image("JPEG"),
    "jpeg": check_image("JPEG"),
    "pdf": check_pdf,
    "docx": check_office("word/document.xml", "wordprocessingml.document.main"),
    "xlsx": check_office("xl/workbook.xml", "spreadsheetml.sheet.main"),
}

if __name__ == "__main__":
    main(sys.argv[1])
