"""A text to its sentences, by pysbd's rules on one block at a time.

pysbd takes quadratic time on some texts, so it never sees more than LONGEST_PIECE characters at once, and
none that are little but list marks and abbreviations: those are cut by a plain rule.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import pysbd

from reviews.core.reading.document import BODY, TITLE, Region

LONGEST_PIECE = 2000  # characters
MOST_SHORT_MARKS = 40  # "1." or "a)" or "Mr." in one piece
BLOCK = re.compile(r"\S(?>(?:[^\n]++|\n(?![^\S\n]*\n))*)")
INNER_MARK = re.compile(r"[^\w\s,'’-]\s*\S|\n|\d\)")  # without one there is but one sentence
SHORT_MARK = re.compile(r"(?<!\w)\w{1,3}[.)]")
ENDING = re.compile(r"[.!?…][\"'”’)\]]{0,3}\s+")
RUNS_ON = re.compile(r"\. (?=[^\W\d_])")  # "... CO.,LTD. in 2019": what goes on in lower case goes on
AT_AN_HOUR = re.compile(  # "At 5 a.m. Mr. Smith went ...": an hour that only leads in ends no sentence
    r"(?:at|by|around|about|before|after|since|until) \d{1,2}(?:[:.]\d\d)? ?[ap]\.m\.", re.IGNORECASE
)
LIST_MARK = re.compile(r"\(?(?:\d{1,3}|[a-zA-Z])[.)]|[-*•–]")


@dataclass(frozen=True, slots=True)
class Span:
    """The half-open stretch `text[start:end]`, in code points."""

    start: int
    end: int


def split_sentences(text: str, regions: Sequence[Region] = ()) -> tuple[Span, ...]:
    """Return the sentences of title and body in reading order; of the whole text where no regions are given.

    A title is one sentence. Every span is trimmed, lies in one block, and overlaps no other.
    """
    whole = (Region(BODY, 0, len(text)),) if text else ()
    wanted = [region for region in regions or whole if region.kind in (TITLE, BODY)]
    return tuple(span for region in wanted for span in spans_of(text, region))


def spans_of(text: str, region: Region) -> Iterator[Span]:
    """Yield the sentences of one region."""
    if region.kind == TITLE:
        yield Span(region.start, region.end)
        return
    for block in BLOCK.finditer(text, region.start, region.end):
        for start, end in pieces(text, block.start(), block.end()):
            yield from cut(text, start, end)


def pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the block in stretches of at most LONGEST_PIECE, cut after a sentence or else between words."""
    while end - start > LONGEST_PIECE:
        limit = start + LONGEST_PIECE
        stop = max(
            (mark.end() for mark in ENDING.finditer(text, start + LONGEST_PIECE // 2, limit)),
            default=0,
        )
        stop = stop or max(text.rfind(" ", start, limit), text.rfind("\n", start, limit)) + 1 or limit
        yield start, stop
        start = stop
    yield start, end


def cut(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield the sentences of one piece; a list mark or an hour alone, or a full stop before lower case, ends none."""
    held: Span | None = None
    for span in bare_spans(text, start, end):
        sentence = Span(held.start, span.end) if held else span
        unfinished = is_only_a_beginning(text, span) or runs_on(text, span.end)
        held = sentence if unfinished else None
        if not unfinished:
            yield sentence
    if held:
        yield held


def is_only_a_beginning(text: str, span: Span) -> bool:
    """Whether a stretch is no more than a list mark, or an hour that leads in."""
    return any(mark.fullmatch(text, span.start, span.end) for mark in (LIST_MARK, AT_AN_HOUR))


def runs_on(text: str, end: int) -> bool:
    """Whether a sentence goes on in lower case after the full stop that stands before `end`."""
    return bool(RUNS_ON.match(text, end - 1)) and text[end + 1].islower()


def bare_spans(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield pysbd's sentences with their places; the plain rule's where pysbd must not or cannot say."""
    piece = text[start:end]
    if not INNER_MARK.search(piece):
        yield Span(start, start + len(piece.rstrip()))
        return
    found = None if len(SHORT_MARK.findall(piece)) > MOST_SHORT_MARKS else places(piece)
    for first, last in plain_places(piece) if found is None else found:
        yield Span(start + first, start + last)


def places(piece: str) -> list[tuple[int, int]] | None:
    """Return where pysbd's sentences stand, or None where it gave back other characters than it was given."""
    found = []
    end = 0
    # Made anew each time: a segmenter remembers the text it works on, and threads share modules.
    for sentence in pysbd.Segmenter(language="en", clean=False).segment(piece):
        wanted = sentence.strip()
        if not wanted:
            continue
        start = piece.find(wanted, end)
        if start < 0 or piece[end:start].strip():
            return None
        end = start + len(wanted)
        found.append((start, end))
    return None if piece[end:].strip() else found


def plain_places(piece: str) -> list[tuple[int, int]]:
    """Return the places of the sentences by their endings alone."""
    edges = [0, *(mark.end() for mark in ENDING.finditer(piece)), len(piece)]
    trimmed = []
    for start, end in pairwise(edges):
        sentence = piece[start:end]
        if sentence.strip():
            first = start + len(sentence) - len(sentence.lstrip())
            trimmed.append((first, first + len(sentence.strip())))
    return trimmed
