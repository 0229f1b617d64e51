"""A text and what each stretch of it is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import attrgetter

TITLE, BYLINE, BODY, RELATED = "title", "byline", "body", "related"
COMMENTS, NAVIGATION, ADVERTISEMENT = "comments", "navigation", "advertisement"
KINDS = (TITLE, BYLINE, BODY, COMMENTS, NAVIGATION, ADVERTISEMENT, RELATED)
PARAGRAPH, HEADING, ITEM, CELL, QUOTE = "paragraph", "heading", "item", "cell", "quote"
ROLES = (PARAGRAPH, HEADING, ITEM, CELL, QUOTE)
BETWEEN_BLOCKS = "\n\n"


@dataclass(frozen=True, slots=True)
class Region:
    """What `text[start:end]` is: one of KINDS. Offsets count Unicode code points."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Link:
    """Where `text[start:end]` leads: an absolute or a relative address, as the page has it."""

    start: int
    end: int
    address: str


@dataclass(frozen=True, slots=True)
class Part:
    """What `text[start:end]` is in the text's build: one of ROLES; a heading has a level, 1..6, the rest 0."""

    role: str
    level: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading or list item before it has its place; its text has no blank line, its links start at 0."""

    kind: str
    text: str
    role: str = PARAGRAPH
    level: int = 0
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """What a page tells of itself; "" or None where it does not. `language` is a two-letter code of ISO 639-1."""

    byline: str = ""
    publisher: str = ""
    published_on: date | None = None
    language: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A clean text, its title ("" where none was found), its regions and its build, in reading order and apart."""

    title: str
    text: str
    regions: tuple[Region, ...]
    parts: tuple[Part, ...] = ()
    links: tuple[Link, ...] = ()
    facts: Facts = Facts()

    def stretches(self, kind: str) -> tuple[str, ...]:
        """Return the texts of the regions of a kind."""
        return tuple(self.text[region.start : region.end] for region in self.regions if region.kind == kind)


def compose(blocks: Iterable[Block], *, title: str, facts: Facts = Facts()) -> Document:
    """Return the document of these blocks with blank lines between; neighbours of one kind share a region."""
    filled = [block for block in blocks if block.text]
    regions: list[Region] = []
    parts: list[Part] = []
    links: list[Link] = []
    start = 0
    for kind, run in groupby(filled, key=attrgetter("kind")):
        first = start
        for block in run:
            end = start + len(block.text)
            parts.append(Part(block.role, block.level, start, end))
            links.extend(Link(start + link.start, start + link.end, link.address) for link in block.links)
            start = end + len(BETWEEN_BLOCKS)
        regions.append(Region(kind, first, start - len(BETWEEN_BLOCKS)))
    text = BETWEEN_BLOCKS.join(block.text for block in filled)
    return Document(title, text, tuple(regions), tuple(parts), tuple(links), facts)
