"""Does a quote stand in its source, word for word?

Word for word as a person sees it: how a text is set does not count. White space, hyphenation at the end of a
line, kinds of quotation marks and dashes, ligatures and invisible characters are tolerated; letters, case,
numbers and order are not, and what is cut out of a word or a number does not stand there. Offsets are code
points of the original text. Every step takes time in proportion to the text; a text that many quotes are looked
up in is prepared once.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Literal

import numpy as np
import numpy.typing as npt

from reviews.core.reading.edges import is_whole

Match = Literal["verbatim", "typography", "close", "absent"]

QUOTE_MATCHES = (
    ("verbatim", "Word for word"),
    ("typography", "Word for word, set differently"),
    ("close", "Close, with a difference"),
    ("absent", "Not there"),
)

OMITTED = re.compile(r"\[\s{0,3}(?:\.{3}|…)\s{0,3}\]|\(\s{0,3}(?:\.{3}|…)\s{0,3}\)|…|\.{3}")
MOST_PARTS = 50
MOST_CANDIDATES = 1_000
LEAST_LIKENESS = 0.3
LEAST_CLOSE = 0.75
"""The share of a quote's words that a passage must have to be called close."""

MOST_COMPARED = 400

_MARKS = {**dict.fromkeys("‘’‚‛′`´", "'"), **dict.fromkeys("“”„‟«»″", '"')}
_DASHES = frozenset("-‐‑‒–—―−")
_PAIRS = {"“": "”", "„": "“", "«": "»", '"': '"', "‘": "’", "'": "'"}
_WORD = re.compile(r"\w+")
_AROUND_WORDS = ".,;:!?()[]\"'“”‘’ \t\n"
_LINE_BREAK = re.compile(r"(?<=\w)[-‐\u00ad][^\S\n]*\n\s*(?=\w)")


@dataclass(frozen=True)
class Span:
    """A stretch of a text: ``text[start:end]``."""

    start: int
    end: int


@dataclass(frozen=True)
class Difference:
    """Words of a quote, and what stands in the text in their place; either may be empty."""

    said: str
    stands: str


@dataclass(frozen=True)
class QuoteMatch:
    """How a quote stands in a text, and where.

    *verbatim*: letter by letter; *typography*: word for word, but set differently; *close*: the nearest passage has at
    least three quarters of its words, and ``differences`` says what else; *absent*. ``where`` spans from first to last
    word; found or not, it is the place to show: of a quote that is not there, the nearest passage, or ``None``
    where nothing is like it. ``parts`` are the pieces between omissions. ``likeness`` is 1 for what was found, else the
    share (0 to 1) of the quote's words that the passage has.
    """

    match: Match
    where: Span | None
    parts: tuple[Span, ...]
    likeness: float
    differences: tuple[Difference, ...] = ()

    @property
    def found(self) -> bool:
        return self.match in {"verbatim", "typography"}


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


@dataclass(frozen=True)
class SourceIndex:
    """A text, prepared for many quotes; made by ``index_of``.

    ``spans`` are the places of its words, ``vocabulary`` numbers them as they are compared; ``ordered`` has the places
    of word ``n`` at ``ordered[bounds[n]:bounds[n + 1]]``. ``offsets`` is where each word begins, as it is written.
    """

    text: str
    folded: _Folded
    spans: list[tuple[int, int]]
    vocabulary: Mapping[str, int]
    words: npt.NDArray[np.int64]
    ordered: npt.NDArray[np.int64]
    bounds: npt.NDArray[np.int64]
    offsets: Mapping[str, list[int]]


@lru_cache(maxsize=32)
def index_of(text: str) -> SourceIndex:
    """Prepare a text for many quotes, in time proportional to its length; the last few are kept."""
    vocabulary: dict[str, int] = {}
    offsets: dict[str, list[int]] = {}
    numbers: list[int] = []
    spans: list[tuple[int, int]] = []
    for word in _WORD.finditer(text):
        numbers.append(vocabulary.setdefault(_as_compared(word.group()), len(vocabulary)))
        spans.append(word.span())
        offsets.setdefault(word.group(), []).append(word.start())
    words = np.array(numbers, dtype=np.int64)
    ordered = np.argsort(words, kind="stable")
    bounds = np.searchsorted(words[ordered], np.arange(len(vocabulary) + 1))
    return SourceIndex(text, _fold(text), spans, vocabulary, words, ordered, bounds, offsets)


def find_quote(quote: str, text: str) -> QuoteMatch:
    """Look for a quote in a text. "[...]" or "…" in the quote leaves something out; the parts must come in
    order.
    """
    return find_quote_in(quote, index_of(text))


def find_quote_in(quote: str, index: SourceIndex) -> QuoteMatch:
    """Look for a quote in a prepared text, as ``find_quote`` does."""
    for wording in _wordings(quote):
        if parts := _find_verbatim(wording, index):
            return QuoteMatch("verbatim", Span(parts[0].start, parts[-1].end), tuple(parts), 1.0)
        if parts := _find_parts(wording, index):
            return QuoteMatch("typography", Span(parts[0].start, parts[-1].end), tuple(parts), 1.0)
    nearest, likeness = _nearest(quote, index)
    if nearest is None or likeness < LEAST_CLOSE:
        return QuoteMatch("absent", nearest, (), likeness)
    differences = _differences(quote, index.text[nearest.start : nearest.end])
    return QuoteMatch("close", nearest, (), likeness, differences)


def _find_verbatim(parts: list[str], index: SourceIndex) -> list[Span]:
    """Return where the parts stand letter by letter, one after the other, or an empty list."""
    spans: list[Span] = []
    place = 0
    for part in parts[: MOST_PARTS + 1]:
        wanted = part.strip()
        start = _place_of(wanted, index, place)
        if start < 0 or len(parts) > MOST_PARTS:
            return []
        place = start + len(wanted)
        spans.append(Span(start, place))
    return spans


def _place_of(wanted: str, index: SourceIndex, place: int) -> int:
    """Return where a passage stands from ``place`` on, or -1.

    Its longest word is looked up rather than the text searched: a word that has something else on either side in the
    passage has the same in the text.
    """
    words = list(_WORD.finditer(wanted))
    if not words and not _folds_to_something(wanted):
        return -1
    for start in _places_of(wanted, words, index, place):
        end = start + len(wanted)
        if is_whole(index.text, start, end) and not unicodedata.combining(index.text[end : end + 1] or " "):
            return start
    return -1


def _places_of(wanted: str, words: list[re.Match[str]], index: SourceIndex, place: int) -> Iterator[int]:
    if len(words) < 3:
        for _ in range(MOST_CANDIDATES):
            place = index.text.find(wanted, place)
            if place < 0:
                return
            yield place
            place += 1
        return
    longest = max(words[1:-1], key=lambda word: word.end() - word.start())
    for offset in index.offsets.get(longest.group(), ()):
        start = offset - longest.start()
        if start >= place and index.text.startswith(wanted, start):
            yield start


def _folds_to_something(wanted: str) -> bool:
    return bool(_fold(wanted).letters.strip())


def _wordings(quote: str) -> Iterator[list[str]]:
    """Yield the ways to read a quote: as it stands, without the quotation marks around it, and in parts."""
    bare = quote.strip()
    yield [bare]
    inner = bare[1:-1].strip() if len(bare) > 2 and _PAIRS.get(bare[0]) == bare[-1] else bare
    if inner != bare:
        yield [inner]
    parts = [part for part in OMITTED.split(inner) if part.strip()]
    if parts != [inner]:
        yield parts


def _find_parts(parts: list[str], index: SourceIndex) -> list[Span]:
    """Return where the parts stand, one after the other, or an empty list."""
    spans: list[Span] = []
    place = 0
    for part in parts[: MOST_PARTS + 1]:
        wanted = _fold(part.strip())
        start = _find(wanted, index, place)
        if start is None or len(parts) > MOST_PARTS:
            return []
        place = start + len(wanted.letters)
        spans.append(_span(index.folded, start, place))
    return spans


def _find(wanted: _Folded, index: SourceIndex, place: int) -> int | None:
    if not wanted.letters:
        return None
    for _ in range(MOST_CANDIDATES):
        place = index.folded.letters.find(wanted.letters, place)
        if place < 0:
            return None
        if _stands_whole(wanted, index, place) and _same_dashes(wanted, index.folded, place):
            return place
        place += 1
    return None


def _stands_whole(wanted: _Folded, index: SourceIndex, place: int) -> bool:
    """Whether the match ends neither in front of an accent of its last letter nor inside a word or a number."""
    text, end = index.folded, place + len(wanted.letters)
    if unicodedata.combining(text.letters[end : end + 1] or " ") or text.breaks & {place, end}:
        return False
    span = _span(text, place, end)
    return is_whole(index.text, span.start, span.end)


def _span(text: _Folded, start: int, end: int) -> Span:
    return Span(text.origins[start], text.origins[end - 1] + 1)


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


def _as_compared(word: str) -> str:
    return unicodedata.normalize("NFKC", word).casefold()


def _words(text: str) -> list[str]:
    return [_as_compared(word) for word in _WORD.findall(text)]


def _nearest(quote: str, index: SourceIndex) -> tuple[Span | None, float]:
    """Return the passage of as many words as the quote that shares most of them, and the share."""
    said = _words(quote)
    size = len(said)
    wanted = Counter(index.vocabulary[word] for word in said if word in index.vocabulary)
    best, first, last = _best_window(index, wanted=wanted, size=size) if wanted else (0, 0, 0)
    if not size or best / size < LEAST_LIKENESS:
        return None, 0.0
    return Span(index.spans[first][0], index.spans[last][1]), best / size


def _best_window(index: SourceIndex, *, wanted: Mapping[int, int], size: int) -> tuple[int, int, int]:
    """Return how many words the best window of ``size`` shares with ``wanted``, and its first and last shared word.

    An occurrence counts for the windows that begin within ``size`` places before it and behind the occurrence of the
    same word which, with those between, makes up all that is wanted: for each of these windows it adds one.
    """
    begins, ends = [], []
    for word, most in wanted.items():
        places = index.ordered[index.bounds[word] : index.bounds[word + 1]]
        begin = np.maximum(places - size + 1, 0)
        begin[most:] = np.maximum(begin[most:], places[:-most] + 1)
        begins.append(begin)
        ends.append(places + 1)
    length = len(index.words) + 2
    steps = np.bincount(np.concatenate(begins), minlength=length) - np.bincount(np.concatenate(ends), minlength=length)
    shared = np.cumsum(steps)
    start = int(np.argmax(shared))
    inside = [start + k for k, word in enumerate(index.words[start : start + size].tolist()) if word in wanted]
    return int(shared[start]), inside[0], inside[-1]


def _differences(quote: str, passage: str) -> tuple[Difference, ...]:
    """Return what a quote says otherwise than the passage nearest to it, word by word and in order.

    Capitals and the marks around words are told only where nothing else differs.
    """
    said, stands = (text.strip(_AROUND_WORDS).split()[:MOST_COMPARED] for text in (quote, passage))
    for seen in (_bare, list):
        steps = SequenceMatcher(None, seen(said), seen(stands), autojunk=False).get_opcodes()
        apart = [(said[a:b], stands[c:d]) for step, a, b, c, d in steps if step != "equal"]
        if apart:
            break
    return tuple(Difference(" ".join(one), " ".join(other)) for one, other in apart)


def _bare(words: list[str]) -> list[str]:
    """Return words without the marks around them, as they are compared."""
    return [_as_compared(word.strip(_AROUND_WORDS)) for word in words]
