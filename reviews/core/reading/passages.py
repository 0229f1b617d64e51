"""A text as a page shows it: its passages, their paragraphs, and the pieces into which marked spans cut them."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from reviews.core.reading.document import BODY, Region

Span = tuple[int, int]

PARAGRAPH = re.compile(r"\S(?>(?:[^\n]++|\n(?!\s*\n))*)")


class Piece(NamedTuple):
    """A stretch of one paragraph, and the names of all spans that cover the whole of it."""

    text: str
    start: int
    end: int
    spans: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """What stands in one region: its kind, and its paragraphs as runs of pieces."""

    kind: str
    paragraphs: tuple[tuple[Piece, ...], ...]


def passages(text: str, *, regions: Iterable[Region], spans: Mapping[str, Span]) -> tuple[Passage, ...]:
    """Return the text cut at every edge of every span, which may overlap; offsets count code points.

    ``regions`` come in order and apart; what lies in none of them is body. White space between paragraphs is left
    out. Takes time in proportion to the text and the spans.
    """
    stretches = list(_whole(text, regions))
    paragraphs = [
        (place, found.span())
        for place, region in enumerate(stretches)
        for found in PARAGRAPH.finditer(text, region.start, region.end)
    ]
    runs: dict[int, list[tuple[Piece, ...]]] = defaultdict(list)
    cut = _cut(text, [bounds for _, bounds in paragraphs], spans=spans)
    for (place, _), pieces in zip(paragraphs, cut, strict=True):
        runs[place].append(tuple(pieces))
    return tuple(Passage(region.kind, tuple(runs[place])) for place, region in enumerate(stretches) if place in runs)


def _whole(text: str, regions: Iterable[Region]) -> Iterator[Region]:
    """Return the regions, and body wherever there was none."""
    reached = 0
    for region in regions:
        if reached < region.start:
            yield Region(BODY, reached, region.start)
        yield Region(region.kind, region.start, region.end)
        reached = region.end
    if reached < len(text):
        yield Region(BODY, reached, len(text))


def _cut(text: str, paragraphs: list[Span], *, spans: Mapping[str, Span]) -> Iterator[list[Piece]]:
    """Return the pieces of each paragraph: one pass over all edges, with the set of spans that are open there."""
    opening: dict[int, list[str]] = defaultdict(list)
    closing: dict[int, list[str]] = defaultdict(list)
    for name, (start, end) in spans.items():
        opening[start].append(name)
        closing[end].append(name)
    edges = sorted({*opening, *closing, *(edge for bounds in paragraphs for edge in bounds)})
    stretches = pairwise(edges)
    standing: dict[str, None] = {}
    for first, last in paragraphs:
        pieces: list[Piece] = []
        for start, end in stretches:
            for name in closing.get(start, ()):
                standing.pop(name, None)
            for name in opening.get(start, ()):
                standing[name] = None
            if start >= first:
                pieces.append(Piece(text[start:end], start, end, tuple(standing)))
            if end >= last:
                break
        yield pieces
