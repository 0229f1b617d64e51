"""A text and what each stretch of it is."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

TITLE, BYLINE, BODY = "title", "byline", "body"
COMMENTS, NAVIGATION, ADVERTISEMENT = "comments", "navigation", "advertisement"
KINDS = (TITLE, BYLINE, BODY, COMMENTS, NAVIGATION, ADVERTISEMENT)
BETWEEN_BLOCKS = "\n\n"


@dataclass(frozen=True, slots=True)
class Region:
    """What `text[start:end]` is: one of KINDS. Offsets count Unicode code points."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading or list item before it has its place; its text has no blank line."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Document:
    """A clean text, its title ("" where none was found) and its regions, in reading order and apart."""

    title: str
    text: str
    regions: tuple[Region, ...]

    def stretches(self, kind: str) -> tuple[str, ...]:
        """Return the texts of the regions of a kind."""
        return tuple(self.text[region.start : region.end] for region in self.regions if region.kind == kind)


def compose(blocks: Iterable[Block], *, title: str) -> Document:
    """Return the document of these blocks with blank lines between; neighbours of one kind share a region."""
    filled = [block for block in blocks if block.text]
    regions = []
    start = 0
    for kind, run in groupby(filled, key=attrgetter("kind")):
        lengths = [len(block.text) for block in run]
        end = start + sum(lengths) + len(BETWEEN_BLOCKS) * (len(lengths) - 1)
        regions.append(Region(kind, start, end))
        start = end + len(BETWEEN_BLOCKS)
    return Document(title, BETWEEN_BLOCKS.join(block.text for block in filled), tuple(regions))
