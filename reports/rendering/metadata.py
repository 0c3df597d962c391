"""One file that is both accessible (PDF/UA-1) and kept for good (PDF/A-3a).

The renderer declares one of the two. What is asked of the content is the same, so the second is added to the
declaration of the first, with the description of its own vocabulary that PDF/A wants for any that it does not know.
"""

from functools import partial
from typing import Any

import pydyf

from reports.rendering.writing import write

_UA = b"""
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>
<rdf:Description rdf:about=""
    xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
    xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
    xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
  <pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
    <pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
    <pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
    <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
    <pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
      <pdfaProperty:name>part</pdfaProperty:name>
      <pdfaProperty:valueType>Integer</pdfaProperty:valueType>
      <pdfaProperty:category>internal</pdfaProperty:category>
      <pdfaProperty:description>Part of ISO 14289 that the file follows</pdfaProperty:description>
    </rdf:li></rdf:Seq></pdfaSchema:property>
  </rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF>"""


def finish(document: Any, pdf: Any) -> None:
    """Called with the laid-out document and the PDF before it is written."""
    declare_accessible(pdf)
    complete_lists(pdf)
    pdf.write = partial(write, pdf)


def declare_accessible(pdf: Any) -> None:
    metadata = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
    metadata.stream[0] = metadata.stream[0].replace(b"</rdf:RDF>", _UA)
    metadata.compress = False


def complete_lists(pdf: Any) -> None:
    """Put what stands in an item of a list into the item's body, where PDF/UA wants it; the renderer forgets blocks."""
    for item in [found for found in pdf.objects if _is(found, "/LI")]:
        loose = [kid for kid in item["K"] if not _is_part_of_item(pdf, kid)]
        if not loose:
            continue
        body = pydyf.Dictionary(
            {"Type": "/StructElem", "S": "/LBody", "K": pydyf.Array(loose), "Pg": item["Pg"], "P": item.reference}
        )
        pdf.add_object(body)
        for kid in loose:
            _element(pdf, kid)["P"] = body.reference
        item["K"][:] = [kid for kid in item["K"] if kid not in loose] + [body.reference]


def _element(pdf: Any, reference: bytes) -> Any:
    return pdf.objects[int(reference.split()[0])]


def _is_part_of_item(pdf: Any, kid: bytes) -> bool:
    element = _element(pdf, kid)
    return _is(element, "/Lbl") or _is(element, "/LBody")


def _is(found: Any, kind: str) -> bool:
    return isinstance(found, dict) and found.get("S") == kind
