"""What becomes of the places of claims when a text changes: kept, moved, or orphaned. Nothing is guessed.

A place is *kept* where quote and surroundings stand in the new text exactly once, *moved* where the quote alone does,
or where one sentence alone is so like it that no other comes near; either way in a sentence that asserts the same. All
else is *orphaned*: what is gone, and above all what stands there more than once. The words must have stood once in the
old text too, for of two twins nobody can tell which one is left.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal, TypeAlias

from reviews.core.reading.anchors import Anchor, anchor_at, sole_place
from reviews.core.reading.edges import is_whole
from reviews.core.reading.sentences import Span
from reviews.core.reading.substance import differences

KEPT: Literal["kept"] = "kept"
MOVED: Literal["moved"] = "moved"
ORPHANED: Literal["orphaned"] = "orphaned"
Outcome: TypeAlias = Literal["kept", "moved", "orphaned"]

STRICT = 0.8
"""The share of words in common and in order, 0..1, from which a sentence may be the old one reworded."""
RIVAL = 0.6
"""The share from which another sentence makes that doubtful."""
MOST_NEAR = 3

CUT = "Its words stand there only as a part of other words."
GONE = "Its words do not stand in the new text."
TWICE = "Its words stand more than once, and nothing tells which of them are meant."
WORD = re.compile(r"\w+(?:['’-]\w+)*")


@dataclass(frozen=True, slots=True)
class Text:
    """A text and its sentences, in order."""

    text: str
    sentences: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Placed:
    """What became of an anchor: where it stands now (None: nowhere), how like its words are, 0..1, and why not."""

    outcome: Outcome
    anchor: Anchor | None
    likeness: float
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Near:
    """A stretch of a text that is like some words, and how like, 0..1."""

    span: Span
    likeness: float


def reanchor(anchors: Sequence[Anchor], *, old: Text, new: Text) -> tuple[Placed, ...]:
    """Return what becomes of each anchor of the old text in the new one, in their order.

    Whatever is kept or moved stands at ``new.text[start:end]``.
    """
    before, after = Wordings(old), Wordings(new)
    return tuple(_placed(anchor, before=before, after=after) for anchor in anchors)


class Wordings:
    """The sentences of a text by the words in them: finds the one that is like some other words."""

    def __init__(self, text: Text) -> None:
        self.text = text.text
        self.sentences = text.sentences
        self.words = [words_of(text.text[span.start : span.end]) for span in text.sentences]
        self.where: dict[str, dict[int, int]] = defaultdict(dict)
        for place, words in enumerate(self.words):
            for word, times in Counter(words).items():
                self.where[word][place] = times

    def near(self, quote: str, *, least: float) -> list[Near]:
        """Return the sentences that share this much of their words with a quote in order, the most alike first."""
        words = words_of(quote)
        shared: Counter[int] = Counter()
        for word, times in Counter(words).items():
            for place, here in self.where.get(word, {}).items():
                shared[place] += min(times, here)
        found = [
            Near(self.sentences[place], likeness)
            for place, common in shared.items()
            if 2 * common >= least * (len(words) + len(self.words[place]))
            and (likeness := likeness_of(words, self.words[place])) >= least
        ]
        return sorted(found, key=lambda near: (-near.likeness, near.span.start))

    def around(self, start: int, end: int) -> str:
        """Return the sentences that a stretch of the text lies in, or the stretch itself where it lies in none."""
        first = bisect_right(self.sentences, start, key=lambda span: span.end)
        last = bisect_left(self.sentences, end, key=lambda span: span.start) - 1
        if first > last:
            return self.text[start:end]
        return self.text[self.sentences[first].start : self.sentences[last].end]


def words_of(text: str) -> list[str]:
    """Return the words of a text in lower case."""
    return WORD.findall(text.casefold().replace("’", "'"))


def likeness_of(one: Sequence[str], other: Sequence[str]) -> float:
    """Return the share of words that two stretches have in common and in order, 0..1 (Ratcliff and Obershelp)."""
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _placed(anchor: Anchor, *, before: Wordings, after: Wordings) -> Placed:
    around = anchor.prefix + anchor.quote + anchor.suffix
    start, stood = sole_place(around, after.text), sole_place(around, before.text)
    if start is not None and stood is not None:
        there, here = start + len(anchor.prefix), stood + len(anchor.prefix)
        return _at(anchor.quote, there, here, before=before, after=after, outcome=KEPT)
    start, stood = sole_place(anchor.quote, after.text), sole_place(anchor.quote, before.text)
    if start is not None and stood is not None:
        return _at(anchor.quote, start, stood, before=before, after=after, outcome=MOVED)
    if anchor.quote in after.text or stood is None:
        return Placed(ORPHANED, None, 1.0 if anchor.quote in after.text else 0.0, TWICE)
    return _reworded(anchor, before=before, after=after)


def _at(quote: str, there: int, here: int, *, before: Wordings, after: Wordings, outcome: Outcome) -> Placed:
    """Return a place where the same words stand now, unless what they are part of says something else."""
    end = there + len(quote)
    if is_whole(before.text, here, here + len(quote)) and not is_whole(after.text, there, end):
        return Placed(ORPHANED, None, 1.0, CUT)
    around = before.around(here, here + len(quote)), after.around(there, end)
    if doubts := differences(*around) if around[0] != around[1] else ():
        return Placed(ORPHANED, None, 1.0, f"Its words stand in a sentence that was changed: {doubts[0]}.")
    return Placed(outcome, anchor_at(after.text, there, end), 1.0)


def _reworded(anchor: Anchor, *, before: Wordings, after: Wordings) -> Placed:
    """Return where a claim's sentence stands in other words, if there can be no doubt."""
    found = after.near(anchor.quote, least=RIVAL)
    if not found or Span(anchor.start, anchor.end) not in before.sentences:
        return Placed(ORPHANED, None, found[0].likeness if found else 0.0, GONE)
    best = found[0]
    words = after.text[best.span.start : best.span.end]
    doubts = list(_doubts(anchor.quote, words, found=found, before=before, after=after))
    if doubts:
        return Placed(ORPHANED, None, best.likeness, f"A sentence is like it, but {doubts[0]}.")
    return Placed(MOVED, anchor_at(after.text, best.span.start, best.span.end), best.likeness)


def _doubts(quote: str, words: str, *, found: Sequence[Near], before: Wordings, after: Wordings) -> Iterator[str]:
    """Yield why a sentence may not be the old one in other words."""
    if found[0].likeness < STRICT:
        yield "not like enough"
    if len(found) > 1:
        yield "another one is, too"
    if words in before.text or sole_place(words, after.text) is None:
        yield "the old text had that one as well, or it stands twice"
    if len(before.near(words, least=RIVAL)) > 1:
        yield "the old text had more than one like it"
    yield from map(str, differences(quote, words))
