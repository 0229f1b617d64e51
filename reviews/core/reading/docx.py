"""A Word file to markup: its paragraphs, headings, items, cells and links, as the last edition shows them.

Run as a program it reads a file from standard input; see ``cell``. Every step is linear in what was unpacked, and what
is unpacked is capped before and while it is done.
"""

import re
import sys
import zipfile
from collections.abc import Iterator
from html import escape
from io import BytesIO

from lxml import etree
from lxml.etree import _Element

from reviews.core.reading.cell import confine
from reviews.core.reading.errors import Damaged, Overfilled

MOST_PARTS = 3000
MOST_UNPACKED = 60_000_000  # bytes that all parts together say they unpack to, pictures included
MOST_XML = 8_000_000  # bytes of one part that is read
DOCUMENT, LINKS = "word/document.xml", "word/_rels/document.xml.rels"
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
SHOWN_TWICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
UNSEEN = frozenset({f"{WORD}del", f"{WORD}moveFrom", f"{WORD}instrText", f"{WORD}delText", SHOWN_TWICE})
HEADING = re.compile(r"(?:heading|.?berschrift|titre|t[íi]tulo|rubrik|kop)\s?([1-6])", re.IGNORECASE)
BUILT_TO_HARM = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def markup_of(received: bytes) -> str:
    """Return a Word file's text as plain markup. Raises Damaged, Overfilled."""
    try:
        with zipfile.ZipFile(BytesIO(received)) as parts:
            check(parts)
            document = tree_of(part(parts, DOCUMENT))
            links = addresses_in(tree_of(part(parts, LINKS))) if LINKS in parts.namelist() else {}
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        raise Damaged from error
    return "<html><body>" + "".join(markup(block, links) for block in document.iter(f"{WORD}p")) + "</body></html>"


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


def markup(block: _Element, links: dict[str, str]) -> str:
    """Return one paragraph as markup."""
    if any(outer.tag in UNSEEN for outer in block.iterancestors()):
        return ""
    tag = tag_of(block)
    text = "".join(runs(block, links))
    return f"<{tag}>{text}</{tag}>" if text.strip() else ""


def tag_of(block: _Element) -> str:
    """Return the element that a paragraph is: a heading, a cell, an item or a plain paragraph."""
    style = block.find(f"{WORD}pPr/{WORD}pStyle")
    name = "" if style is None else style.get(f"{WORD}val") or ""
    if name.lower() == "title":
        return "h1"
    if heading := HEADING.fullmatch(name):
        return f"h{heading[1]}"
    if next(block.iterancestors(f"{WORD}tc"), None) is not None:
        return "td"
    listed = block.find(f"{WORD}pPr/{WORD}numPr") is not None or name.lower().startswith("list")
    return "li" if listed else "p"


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
