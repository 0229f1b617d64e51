"""A tree of markup to blocks of clean text: paragraphs, headings, items, cells, with the links that stand in them."""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml.etree import _Element

from reviews.core.reading.decoding import clean_text
from reviews.core.reading.document import BODY, CELL, HEADING, ITEM, PARAGRAPH, QUOTE, Block, Link
from reviews.core.reading.plain import tidy

# fmt: off
EXTRACTED = frozenset({  # the blocks of trafilatura's own tree
    "p", "head", "item", "quote", "cell", "code", "ab", "table", "list", "row", "div", "body",
})
PAGE = frozenset({  # the blocks of HTML
    "address", "article", "aside", "blockquote", "body", "br", "caption", "dd", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header",
    "hr", "li", "main", "nav", "ol", "option", "p", "pre", "section", "table", "tbody", "td", "tfoot", "th",
    "thead", "title", "tr", "ul",
})
UNSEEN = frozenset({
    "script", "style", "noscript", "template", "iframe", "object", "embed", "svg", "math", "select",
    "button", "textarea",
})
# fmt: on
HEADINGS = {f"h{level}": level for level in range(1, 7)}
ROLES = {
    "head": HEADING, **dict.fromkeys(HEADINGS, HEADING), "item": ITEM, "li": ITEM, "dd": ITEM, "dt": ITEM,
    "cell": CELL, "td": CELL, "th": CELL, "quote": QUOTE, "blockquote": QUOTE,
}  # fmt: skip
LONGEST_ADDRESS = 1000


@dataclass(frozen=True, slots=True)
class Piece:
    """A string of a tree with what it stands in: a role, a heading's level, an address that it leads to or ""."""

    text: str
    role: str
    level: int
    address: str


def blocks_of(tree: _Element | None, *, blocks: frozenset[str]) -> Iterator[Block]:
    """Yield the text of each block-level element of a tree as one line, in reading order."""
    if tree is None:
        return
    line: list[Piece] = []
    for piece in pieces_of(tree, blocks=blocks):
        if piece is not None:
            line.append(piece)
            continue
        if text := tidy(clean_text("".join(part.text for part in line))):
            first = next(part for part in line if part.text.strip())
            yield Block(BODY, text, role=first.role, level=first.level, links=tuple(links_in(text, line)))
        line = []


def pieces_of(tree: _Element, *, blocks: frozenset[str]) -> Iterator[Piece | None]:
    """Yield the strings of a tree, and None at each edge of a block.

    It keeps its own stack: a page nested deeply must not exhaust Python's.
    """
    bare = Piece("", PARAGRAPH, 0, "")
    waiting: list[tuple[_Element, Piece] | Piece | None] = [None, (tree, bare)]
    while waiting:
        here = waiting.pop()
        if here is None or isinstance(here, Piece):
            yield here
            continue
        node, outer = here
        tail = Piece(node.tail or "", outer.role, outer.level, outer.address)
        if not isinstance(node.tag, str) or node.tag in UNSEEN:
            waiting.append(tail)
            continue
        edge = [None] if node.tag in blocks else []
        inner = inside(node, outer)
        yield from edge
        yield Piece((" " if node.tag == "lb" else "") + (node.text or ""), inner.role, inner.level, inner.address)
        waiting.extend([tail, *edge])
        waiting.extend((child, inner) for child in reversed(node))


def inside(node: _Element, outer: Piece) -> Piece:
    """Return what the strings inside an element stand in."""
    role = ROLES.get(node.tag)
    if role is None:
        address = node.get("target" if node.tag == "ref" else "href") if node.tag in {"ref", "a"} else None
        return Piece("", outer.role, outer.level, (address or outer.address).strip()[:LONGEST_ADDRESS])
    if role == HEADING:
        return Piece("", role, HEADINGS.get(node.tag) or HEADINGS.get(node.get("rend") or "", 2), outer.address)
    within = outer.role if role == ITEM and outer.role == CELL else role
    return Piece("", within, 0, outer.address)


def links_in(text: str, line: list[Piece]) -> Iterator[Link]:
    """Yield where the links of a line's pieces stand in its clean text."""
    if not any(piece.address for piece in line):
        return
    reached = 0
    for piece in line:
        shown = tidy(clean_text(piece.text))
        start = text.find(shown, reached) if shown else -1
        if start < 0:
            continue
        reached = start + len(shown)
        if piece.address:
            yield Link(start, reached, piece.address)
