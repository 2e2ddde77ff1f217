"""What a file says of itself: the information dictionary and the XMP packet, both from one `Metadata`.

ISO 32000-1, 14.3; PDF/A-2 (ISO 19005-2, 6.6) and PDF/UA-1 (ISO 14289-1, 5) identification. The schema
`pdfuaid` is not one of those that PDF/A predefines, so the packet describes it.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from briefpack.dataclass import dataclass
from briefpack.pdf.syntax import date, string

PRODUCER: Final = "Briefpack"


@dataclass(frozen=True, slots=True)
class Metadata:
    """Metadata of one file. `created` must know its time zone; `language` is a BCP 47 tag."""

    title: str
    language: str
    created: datetime
    author: str = ""
    subject: str = ""
    keywords: tuple[str, ...] = ()
    creator: str = PRODUCER
    producer: str = PRODUCER


def information(metadata: Metadata) -> bytes:
    """The information dictionary (14.3.3). Raises ValueError when `created` has no time zone."""
    moment = date(metadata.created)
    entries = (
        (b"Title", metadata.title),
        (b"Author", metadata.author),
        (b"Subject", metadata.subject),
        (b"Keywords", ", ".join(metadata.keywords)),
        (b"Creator", metadata.creator),
        (b"Producer", metadata.producer),
    )
    texts = b"".join(b"/%b%b" % (key, string(text)) for key, text in entries if text)
    return b"<<%b/CreationDate%b/ModDate%b>>" % (texts, moment, moment)


def packet(metadata: Metadata) -> bytes:
    """The XMP packet, UTF-8."""
    moment = metadata.created.replace(microsecond=0).isoformat()
    parts = [
        _alternative("dc:title", metadata.title),
        _sequence("dc:creator", metadata.author),
        _alternative("dc:description", metadata.subject),
        _bag("dc:language", metadata.language),
        _simple("pdf:Keywords", ", ".join(metadata.keywords)),
        _simple("pdf:Producer", metadata.producer),
        _simple("xmp:CreatorTool", metadata.creator),
        _simple("xmp:CreateDate", moment),
        _simple("xmp:ModifyDate", moment),
    ]
    return (_HEAD + "".join(parts) + _TAIL).encode("utf-8")


def _simple(tag: str, text: str) -> str:
    return f"<{tag}>{_escaped(text)}</{tag}>\n" if text else ""


def _escaped(text: str) -> str:
    """`text` in XML. The standard library's function brings a web client with it."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _alternative(tag: str, text: str) -> str:
    return f'<{tag}><rdf:Alt><rdf:li xml:lang="x-default">{_escaped(text)}</rdf:li></rdf:Alt></{tag}>\n' if text else ""


def _sequence(tag: str, text: str) -> str:
    return f"<{tag}><rdf:Seq><rdf:li>{_escaped(text)}</rdf:li></rdf:Seq></{tag}>\n" if text else ""


def _bag(tag: str, text: str) -> str:
    return f"<{tag}><rdf:Bag><rdf:li>{_escaped(text)}</rdf:li></rdf:Bag></{tag}>\n" if text else ""


# As short as RDF allows, for the packet is not compressed: it is to be found by programs that know no PDF.
_HEAD: Final = (
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" '
    'xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" '
    'xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" '
    'xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" '
    'xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#" '
    'pdfaid:part="2" pdfaid:conformance="A" pdfuaid:part="1">\n'
)

_TAIL: Final = (
    "<pdfaExtension:schemas><rdf:Bag><rdf:li><rdf:Description "
    'pdfaSchema:schema="PDF/UA identification" pdfaSchema:namespaceURI="http://www.aiim.org/pdfua/ns/id/" '
    'pdfaSchema:prefix="pdfuaid"><pdfaSchema:property><rdf:Seq><rdf:li '
    'pdfaProperty:name="part" pdfaProperty:valueType="Integer" pdfaProperty:category="internal" '
    'pdfaProperty:description="Part of ISO 14289"/></rdf:Seq></pdfaSchema:property></rdf:Description></rdf:li>'
    "</rdf:Bag></pdfaExtension:schemas>\n"
    '</rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end="r"?>'
)
