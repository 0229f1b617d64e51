"""A Word file to markup: its paragraphs, headings, items, cells and links, as the last edition shows them.

Run as a program it reads a file from standard input; see ``cell``. Every step is linear in what was unpacked, and what
is unpacked is capped before and while it is done.
"""

import re
import sys
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape, unescape
from io import BytesIO
from itertools import islice
from lzma import LZMAError

from lxml import etree
from lxml.etree import _Element

from reviews.core.reading.cell import confine
from reviews.core.reading.errors import Damaged, Overfilled, Unreadable
from reviews.core.reading.plain import name_of
from reviews.core.reading.titles import believed, could_be_title, leading
from reviews.core.reading.typography import WORD, Styles, body_of

BROKEN = (
    *(zipfile.BadZipFile, zlib.error, LZMAError, KeyError, NotImplementedError, RuntimeError, EOFError),
    *(OSError, ValueError),
)
"""What zipfile meets in a broken file comes out as any of these."""

MOST_PARTS = 3000
MOST_PARAGRAPHS = 40_000
MOST_UNPACKED = 60_000_000  # bytes that all parts together say they unpack to, pictures included
MOST_XML = 8_000_000  # bytes of one part that is read
DOCUMENT, LINKS = "word/document.xml", "word/_rels/document.xml.rels"
STYLES, PROPERTIES = "word/styles.xml", "docProps/core.xml"
TOLD_TITLE = "{http://purl.org/dc/elements/1.1/}title"
LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
SHOWN_TWICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
UNSEEN = frozenset({f"{WORD}del", f"{WORD}moveFrom", f"{WORD}instrText", f"{WORD}delText", SHOWN_TWICE})
HEADING = re.compile(r"(?:heading|.?berschrift|titre|t[íi]tulo|rubrik|kop)\s?([1-6])", re.IGNORECASE)
TAG = re.compile(r"<[^<>]*>")
BUILT_TO_HARM = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph that has text: where it stands in the tree, the HTML element that it is, and its text in markup."""

    block: _Element
    tag: str
    markup: str

    @property
    def text(self) -> str:
        """Its text in one clean line."""
        return name_of(unescape(TAG.sub("", self.markup)))


def markup_of(received: bytes) -> str:
    """Return a Word file's text as plain markup, with its title in the head. Raises Damaged, Overfilled."""
    try:
        with zipfile.ZipFile(BytesIO(received)) as parts:
            check(parts)
            document = tree_of(part(parts, DOCUMENT))
            links, styles, properties = (optional_tree(parts, name) for name in (LINKS, STYLES, PROPERTIES))
    except Unreadable:
        raise
    except BROKEN as error:
        raise Damaged from error
    addresses = {} if links is None else addresses_in(links)
    told = "" if properties is None else properties.findtext(TOLD_TITLE) or ""
    known = Styles(styles)
    paragraphs = [*islice(paragraphs_of(document, addresses, known), MOST_PARAGRAPHS + 1)]
    if len(paragraphs) > MOST_PARAGRAPHS:
        raise Overfilled
    title = escape(title_of(paragraphs, known, told=told))
    shown = "".join(f"<{one.tag}>{one.markup}</{one.tag}>" for one in paragraphs)
    return f"<html><head><title>{title}</title></head><body>{shown}</body></html>"


def title_of(paragraphs: Sequence[Paragraph], styles: Styles, *, told: str) -> str:
    """Return a document's title, or "".

    It is the first of: the paragraph at its head that bears the style of titles; a heading that it begins with; the
    paragraph at its head that stands out of the body; what the file tells of itself; a first line that could be one.
    """
    lines = [one.text for one in paragraphs]
    heads = [paragraphs[place] for place in leading(lines)]
    named = [one for one in heads if is_title(styles.name_of(one.block))]
    begun = [one for one in paragraphs[:1] if one.tag.startswith("h")]
    if named or begun:
        return (named or begun)[0].text
    candidates = [one for one in heads if one.tag == "p" and could_be_title(one.text)]
    body = body_of([(styles.setting_of(one.block), len(one.markup)) for one in paragraphs])
    seen = [one for one in candidates if styles.setting_of(one.block).stands_out_of(body)]
    if seen:
        return seen[0].text
    plain = [one.text for one in candidates if one is heads[0] and len(paragraphs) > 1]
    return believed(told, text=" ".join(lines)) or next(iter(plain), "")


def check(parts: zipfile.ZipFile) -> None:
    """Raise Overfilled where the directory promises more than a document holds."""
    entries = parts.infolist()
    if len(entries) > MOST_PARTS or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise Overfilled


def part(parts: zipfile.ZipFile, name: str) -> bytes:
    """Return a part unpacked; raise Overfilled where it is more than was said or than is read, or holds a DTD."""
    with parts.open(name) as packed:
        unpacked = packed.read(MOST_XML + 1)
    if len(unpacked) > MOST_XML or BUILT_TO_HARM.search(unpacked.replace(b"\0", b"")):
        raise Overfilled
    return unpacked


def optional_tree(parts: zipfile.ZipFile, name: str) -> _Element | None:
    """Return the tree of a part, or None where the file has none of that name."""
    return tree_of(part(parts, name)) if name in parts.namelist() else None


def tree_of(xml: bytes) -> _Element:
    """Return the tree of a part; entities are not resolved, nothing is loaded, depth is capped by the parser."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(xml, parser=parser)
    except etree.XMLSyntaxError as error:
        raise Damaged from error


def addresses_in(relations: _Element) -> dict[str, str]:
    """Return where a document's links lead, by their ids: web addresses only."""
    told = ((relation.get("Id") or "", relation.get("Target") or "") for relation in relations)
    return {name: target for name, target in told if target.startswith(("http://", "https://"))}


def paragraphs_of(document: _Element, addresses: dict[str, str], styles: Styles) -> Iterator[Paragraph]:
    """Yield the paragraphs that have text, as the last edition shows them."""
    for block in document.iter(f"{WORD}p"):
        if any(outer.tag in UNSEEN for outer in block.iterancestors()):
            continue
        text = "".join(runs(block, addresses))
        if text.strip():
            yield Paragraph(block, tag_of(block, styles.name_of(block)), text)


def tag_of(block: _Element, style: str) -> str:
    """Return the element that a paragraph of a style is: a heading, a cell, an item or a plain paragraph."""
    if is_title(style):
        return "h1"
    if heading := HEADING.fullmatch(style):
        return f"h{heading[1]}"
    if next(block.iterancestors(f"{WORD}tc"), None) is not None:
        return "td"
    listed = block.find(f"{WORD}pPr/{WORD}numPr") is not None or style.lower().startswith("list")
    return "li" if listed else "p"


def is_title(style: str) -> bool:
    """Whether a style is that of titles."""
    return style.lower() == "title"


def runs(element: _Element, links: dict[str, str]) -> Iterator[str]:
    """Yield the escaped text of a paragraph, links as links. The parser has capped the depth."""
    for child in element:
        if child.tag in UNSEEN or not isinstance(child.tag, str):
            continue
        if child.tag == f"{WORD}t":
            yield escape(child.text or "")
        elif child.tag in {f"{WORD}tab", f"{WORD}br", f"{WORD}cr"}:
            yield " "
        elif child.tag == f"{WORD}hyperlink" and child.get(LINK) in links:
            yield f'<a href="{escape(links[child.get(LINK) or ""])}">{"".join(runs(child, links))}</a>'
        elif child.tag != f"{WORD}p":
            yield from runs(child, links)


if __name__ == "__main__":
    sys.exit(confine(markup_of))
