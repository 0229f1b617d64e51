"""An HTML page to a document. What is taken over is text alone: no tag, script or style survives."""

from collections.abc import Iterator

import trafilatura
from lxml import html
from lxml.etree import ParserError, _Element

from reviews.core.reading.decoding import clean_text
from reviews.core.reading.document import (
    BODY,
    BYLINE,
    COMMENTS,
    TITLE,
    Block,
    Document,
    compose,
)
from reviews.core.reading.litter import label
from reviews.core.reading.plain import name_of, same_title, tidy

# fmt: off
BLOCKS = frozenset({  # of trafilatura's own tree
    "p", "head", "item", "quote", "cell", "code", "ab", "table", "list", "row", "div", "body",
})
PAGE_BLOCKS = frozenset({
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
MOST_LINES = 3000  # lines above which trafilatura's second opinion, which takes quadratic time, is not asked
SITE_MARKS = (" | ", " - ", " – ", " — ", " :: ", " · ", " » ")


def read_page(source: str, *, title: str = "") -> Document:
    """Return the document of a page: its main text by trafilatura, or all its text where that finds none."""
    tree = parse(source)
    crowded = sum(1 for _ in lines_of(body_of(tree), blocks=PAGE_BLOCKS)) > MOST_LINES
    found = trafilatura.bare_extraction(source, with_metadata=True, fast=crowded)
    if found is None or isinstance(found, dict) or found.body is None:
        lines = [*lines_of(body_of(tree), blocks=PAGE_BLOCKS)]
        return compose_page(name_of(title) or title_of(tree, lines), [*label(lines)])
    lines = [*lines_of(found.body, blocks=BLOCKS)]
    name = name_of(title) or title_of(tree, lines, told=without_site(found.title or "", found.sitename or ""))
    comments = [] if found.commentsbody is None else lines_of(found.commentsbody, blocks=BLOCKS)
    byline = Block(BYLINE, name_of(found.author or ""))
    return compose_page(name, [byline, *label(lines), *(Block(COMMENTS, line) for line in comments)])


def compose_page(title: str, blocks: list[Block]) -> Document:
    """Return the document of a page's blocks with its title as the first of them, once."""
    bodies = [place for place, block in enumerate(blocks) if block.kind == BODY]
    repeated = [place for place in bodies[:3] if title and same_title(blocks[place].text, title)]
    rest = [block for place, block in enumerate(blocks) if place not in repeated]
    return compose([Block(TITLE, title), *rest], title=title)


def parse(source: str) -> _Element | None:
    """Return the page's tree, or None where there is none."""
    try:
        return html.document_fromstring(source.encode(), parser=html.HTMLParser(encoding="utf-8"))
    except (ParserError, ValueError):
        return None


def body_of(tree: _Element | None) -> _Element | None:
    """Return the tree without the page's head."""
    return None if tree is None else tree.find("body")


def lines_of(tree: _Element | None, *, blocks: frozenset[str]) -> Iterator[str]:
    """Yield the text of each block-level element of a tree as one line, in reading order."""
    if tree is None:
        return
    line: list[str] = []
    for piece in pieces_of(tree, blocks=blocks):
        if piece is not None:
            line.append(piece)
            continue
        if text := tidy(clean_text("".join(line))):
            yield text
        line = []


def pieces_of(tree: _Element, *, blocks: frozenset[str]) -> Iterator[str | None]:
    """Yield the strings of a tree, and None at each edge of a block.

    It keeps its own stack: a page nested deeply must not exhaust Python's.
    """
    waiting: list[_Element | str | None] = [None, tree]
    while waiting:
        node = waiting.pop()
        if node is None or isinstance(node, str):
            yield node
            continue
        edge = [None] if node.tag in blocks else []
        ends: list[_Element | str | None] = [node.tail or "", *edge]
        if isinstance(node.tag, str) and node.tag not in UNSEEN:
            yield from edge
            yield " " if node.tag == "lb" else ""
            yield node.text or ""
            waiting.extend([*ends, *reversed(node)])
        else:
            waiting.append(node.tail or "")


def title_of(tree: _Element | None, lines: list[str], *, told: str = "") -> str:
    """Return the page's title, or "".

    It is the first of: the line that the article opens with, where that is a heading and the <title> begins with it;
    what the page's metadata told; the only <h1>; the <title>.
    """
    if tree is None:
        return told
    whole = name_of(tree.findtext(".//title") or "")
    headings = {text_of(heading) for heading in tree.iter("h1", "h2")}
    if lines and lines[0] in headings and whole.startswith(lines[0]):
        return name_of(lines[0])
    sole = {text_of(heading) for heading in tree.iter("h1")} - {""}
    return told or (name_of(sole.pop()) if len(sole) == 1 else whole)


def without_site(title: str, site: str) -> str:
    """Return a page's title without the site's name at its end."""
    title = name_of(title)
    for mark in SITE_MARKS:
        head, _, tail = title.rpartition(mark)
        if head and site and same_title(tail, site):
            return head
    return title


def text_of(element: _Element) -> str:
    """Return an element's text in one clean line."""
    return tidy(clean_text("".join(map(str, element.itertext()))))
