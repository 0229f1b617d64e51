"""Does a quote stand in its source, word for word?

Word for word as a person sees it: how a text is set does not count. White space, hyphenation at the end of a
line, kinds of quotation marks and dashes, ligatures and invisible characters are tolerated; letters, case,
numbers and order are not. Offsets are code points of the original text. Every step takes time in proportion
to the text.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

OMITTED = re.compile(r"\[\s{0,3}(?:\.{3}|…)\s{0,3}\]|\(\s{0,3}(?:\.{3}|…)\s{0,3}\)|…|\.{3}")
MOST_PARTS = 50
MOST_CANDIDATES = 1_000
LEAST_LIKENESS = 0.3

_MARKS = {**dict.fromkeys("‘’‚‛′`´", "'"), **dict.fromkeys("“”„‟«»″", '"')}
_DASHES = frozenset("-‐‑‒–—―−")
_PAIRS = {"“": "”", "„": "“", "«": "»", '"': '"', "‘": "’", "'": "'"}
_WORD = re.compile(r"\w+")
_LINE_BREAK = re.compile(r"(?<=\w)[-‐\u00ad][^\S\n]*\n\s*(?=\w)")


@dataclass(frozen=True)
class Span:
    """A stretch of a text: ``text[start:end]``."""

    start: int
    end: int


@dataclass(frozen=True)
class QuoteMatch:
    """Whether a quote was found, and where.

    ``where`` spans from its first to its last word; found or not, it is the place to show: of a quote that is
    not there, the nearest passage, or ``None`` where nothing is like it. ``parts`` are the pieces between
    omissions. ``likeness`` is 1 for what was found, else the share (0 to 1) of the quote's words that the
    passage has.
    """

    found: bool
    where: Span | None
    parts: tuple[Span, ...]
    likeness: float


@dataclass(frozen=True)
class _Folded:
    """A text as it is compared. Dashes are taken out, and kept by the place of the letter that follows them.

    ``origins`` has the original offset of each letter; ``dashes`` are those set by the writer, ``breaks`` the
    places where a dash at the end of a line may be the writer's or the typesetter's.
    """

    letters: str
    origins: list[int]
    dashes: frozenset[int]
    breaks: frozenset[int]


def find_quote(quote: str, text: str) -> QuoteMatch:
    """Look for a quote in a text. "[...]" or "…" in the quote leaves something out; the parts must come in
    order.
    """
    folded = _fold(text)
    for wording in _wordings(quote):
        parts = _find_parts(wording, folded)
        if parts:
            return QuoteMatch(True, Span(parts[0].start, parts[-1].end), tuple(parts), 1.0)
    nearest, likeness = _nearest(quote, text)
    return QuoteMatch(False, nearest, (), likeness)


def _wordings(quote: str) -> Iterator[list[str]]:
    """Yield the ways to read a quote: as it stands, without the quotation marks around it, and in parts."""
    bare = quote.strip()
    inner = bare[1:-1].strip() if len(bare) > 2 and _PAIRS.get(bare[0]) == bare[-1] else bare
    yield [bare]
    yield [inner]
    yield [part for part in OMITTED.split(inner) if part.strip()]


def _find_parts(parts: list[str], text: _Folded) -> list[Span]:
    """Return where the parts stand, one after the other, or an empty list."""
    spans: list[Span] = []
    place = 0
    for part in parts[: MOST_PARTS + 1]:
        wanted = _fold(part.strip())
        start = _find(wanted, text, place)
        if start is None or len(parts) > MOST_PARTS:
            return []
        place = start + len(wanted.letters)
        spans.append(Span(text.origins[start], text.origins[place - 1] + 1))
    return spans


def _find(wanted: _Folded, text: _Folded, place: int) -> int | None:
    if not wanted.letters:
        return None
    for _ in range(MOST_CANDIDATES):
        place = text.letters.find(wanted.letters, place)
        if place < 0:
            return None
        if _is_whole(wanted, text, place) and _same_dashes(wanted, text, place):
            return place
        place += 1
    return None


def _is_whole(wanted: _Folded, text: _Folded, place: int) -> bool:
    """Whether the match does not end in front of an accent of its last letter."""
    after = text.letters[place + len(wanted.letters) : place + len(wanted.letters) + 1]
    return not (after and unicodedata.combining(after))


def _same_dashes(wanted: _Folded, text: _Folded, place: int) -> bool:
    """Whether dashes stand at the same places; one at the end of a line may stand against one or none.

    A dash in front of the first letter counts where the quote has it: a minus is not made up.
    """
    length = len(wanted.letters)
    for offset in wanted.dashes:
        if offset < length and place + offset not in text.dashes and place + offset not in text.breaks:
            return False
    allowed = wanted.dashes | wanted.breaks
    return all(offset in allowed for offset in range(1, length) if place + offset in text.dashes)


def _fold(text: str) -> _Folded:
    """Fold a text into what is compared, letter by letter, and remember where each came from."""
    letters: list[str] = []
    origins: list[int] = []
    dashes: set[int] = set()
    breaks: set[int] = set()
    resume = {found.start(): found.end() for found in _LINE_BREAK.finditer(text)}
    skip_to = 0
    for offset, character in enumerate(text):
        if offset < skip_to:
            continue
        if offset in resume:
            breaks.add(len(letters))
            skip_to = resume[offset]
        elif character in _DASHES:
            dashes.add(len(letters))
        else:
            for letter in _folded(character):
                if letter != " " or letters[-1:] != [" "]:
                    letters.append(letter)
                    origins.append(offset)
    return _Folded("".join(letters), origins, frozenset(dashes), frozenset(breaks))


@lru_cache(maxsize=4096)
def _folded(character: str) -> str:
    """Return what a character is compared as: nothing, a space, a plain mark, or its letters and accents."""
    if character.isspace():
        return " "
    if character in _MARKS:
        return _MARKS[character]
    if unicodedata.category(character) in ("Cf", "Cc"):
        return ""
    return "".join(" " if letter.isspace() else letter for letter in unicodedata.normalize("NFKD", character))


def _nearest(quote: str, text: str) -> tuple[Span | None, float]:
    """Return the passage of as many words as the quote that shares most of them, and the share."""
    wanted = Counter(_words(quote))
    size = wanted.total()
    found = [(unicodedata.normalize("NFKC", word.group()).casefold(), word.span()) for word in _WORD.finditer(text)]
    best, first = _best_window([word for word, _ in found], wanted=wanted, size=size)
    if not size or best / size < LEAST_LIKENESS:
        return None, 0.0
    shared = [span for word, span in found[first : first + size] if word in wanted]
    return Span(shared[0][0], shared[-1][1]), best / size


def _words(text: str) -> list[str]:
    return [unicodedata.normalize("NFKC", word).casefold() for word in _WORD.findall(text)]


def _best_window(words: list[str], *, wanted: Mapping[str, int], size: int) -> tuple[int, int]:
    """Return how many words the best window of ``size`` shares with ``wanted``, and where it begins."""
    held: Counter[str] = Counter()
    shared, best, first = 0, 0, 0
    for place, word in enumerate(words):
        held[word] += 1
        shared += held[word] <= wanted.get(word, 0)
        if place >= size:
            leaving = words[place - size]
            shared -= held[leaving] <= wanted.get(leaving, 0)
            held[leaving] -= 1
        if shared > best:
            best, first = shared, max(0, place - size + 1)
    return best, first
