"""A small Word file with everything that printed numbers depend on."""

import io
import zipfile

SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TYPES = """<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml"
ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"""
STYLES = f"""<w:styles {SPACE}><w:style w:styleId="T"><w:name w:val="Title"/></w:style>
<w:style w:styleId="H2"><w:name w:val="heading 2"/></w:style></w:styles>"""
LEVEL = '<w:lvl w:ilvl="{0}"><w:start w:val="1"/><w:numFmt w:val="{1}"/><w:lvlText w:val="{2}"/></w:lvl>'
NUMBERING = (
    f'<w:numbering {SPACE}><w:abstractNum w:abstractNumId="0">'
    + LEVEL.format(0, "decimal", "%1.")
    + LEVEL.format(1, "lowerLetter", "%2)")
    + '</w:abstractNum><w:abstractNum w:abstractNumId="1">'
    + LEVEL.format(0, "bullet", "\uf0b7")
    + '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num></w:numbering>'
)


def _paragraph(text: str, style: str = "", number: tuple[int, int] | None = None) -> str:
    about = f'<w:pStyle w:val="{style}"/>' if style else ""
    if number:
        about += f'<w:numPr><w:ilvl w:val="{number[1]}"/><w:numId w:val="{number[0]}"/></w:numPr>'
    return f"<w:p><w:pPr>{about}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def _row(*cells: str) -> str:
    return "<w:tr>" + "".join(f"<w:tc>{_paragraph(cell)}</w:tc>" for cell in cells) + "</w:tr>"


def word_file(*, changed: bool = False) -> bytes:
    body = [
        *(_paragraph("Night buses", "T"), _paragraph("A. Recommendation", "H2"), _paragraph("")),
        *(_paragraph("Patrols were doubled:", number=(1, 0)), _paragraph("on the N29", number=(1, 1))),
        *(_paragraph("on the N73", number=(1, 1)), _paragraph("And more.", number=(1, 0))),
        _paragraph("A point", number=(2, 0)),
        f"<w:tbl>{_row('Route', 'Trips')}{_row('N29', '4')}</w:tbl>",
        "<w:p><w:ins><w:r><w:t>New</w:t></w:r></w:ins></w:p>" if changed else "",
    ]
    parts = {
        "[Content_Types].xml": TYPES,
        "word/document.xml": f"<w:document {SPACE}><w:body>{''.join(body)}</w:body></w:document>",
        "word/styles.xml": STYLES,
        "word/numbering.xml": NUMBERING,
        "word/header1.xml": f"<w:hdr {SPACE}>{_paragraph('Published in 2009')}</w:hdr>",
        "word/footnotes.xml": f"<w:footnotes {SPACE}>{_paragraph('Seen twice.')}</w:footnotes>",
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return packed.getvalue()
