"""What a machine notices in a sentence, with the reason in words. A cue explains; it never decides.

Every pattern is looked for in one sentence at a time, and sentences are capped, so the time grows with the text
and no faster.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter

from reviews.core.reading.language import ENGLISH
from reviews.core.reading.noticing import Noticed
from reviews.core.reading.rules import (
    CAUSAL_VERB,
    IN_ANY_LANGUAGE,
    KINDS,
    NAMED_SOURCE,
    NUMBER,
    RULES,
    VAGUE_ATTRIBUTION,
    VENDOR,
)

LIST_NUMBER = re.compile(r"\(?\d{1,3}[.)]\s")
FARTHEST = 2
DISTANCES = {
    0: "It stands in the very sentence of a claim.",
    1: "It stands next to a claim.",
    2: "It stands two sentences from a claim.",
}


@dataclass(frozen=True, slots=True)
class Cue:
    """A remark on `text[start:end]`: its kind (one of KINDS) and its reason, a sentence for a person."""

    kind: str
    start: int
    end: int
    reason: str


def find_cues(noticed: Sequence[Noticed], *, language: str = ENGLISH) -> tuple[Cue, ...]:
    """Return the cues of an article's sentences in reading order, each inside one sentence.

    Two cues of one kind never overlap: the one that begins first, or is the longer, stays. A sentence that
    names its source (a journal, a year, a DOI, a university) earns no vague attribution. A seller's name tells how far
    it stands from a claim. In another language than English only the kinds of ``kinds_in`` are looked for; a language
    that cannot be told ("") is read as English.
    """
    kinds = kinds_in(language)
    found = [tuple(apart(cues_of(sentence, kinds=kinds))) for sentence in noticed]
    return tuple(cue for place, cues in enumerate(found) for cue in told_distance(cues, place=place, found=found))


def kinds_in(language: str) -> tuple[str, ...]:
    """Return the kinds of cue that are looked for in a language (ISO 639-1, or "" where it cannot be told)."""
    return KINDS if language in {"", ENGLISH} else IN_ANY_LANGUAGE


def told_distance(cues: tuple[Cue, ...], *, place: int, found: Sequence[tuple[Cue, ...]]) -> Iterator[Cue]:
    """Yield the cues of the sentence at a place; a seller's tells in how many sentences a claim of effect stands."""
    for cue in cues:
        if cue.kind != VENDOR:
            yield cue
            continue
        away = next((step for step in range(FARTHEST + 1) if claims_near(found, place, step)), None)
        yield replace(cue, reason=f"{cue.reason} {DISTANCES[away]}" if away in DISTANCES else cue.reason)


def claims_near(found: Sequence[tuple[Cue, ...]], place: int, step: int) -> bool:
    """Whether a sentence so many steps before or after a place says that one thing changes another."""
    around = {place - step, place + step}
    near = (found[at] for at in around if 0 <= at < len(found))
    return any(cue.kind == CAUSAL_VERB for cues in near for cue in cues)


def cues_of(sentence: Noticed, *, kinds: Collection[str]) -> Iterator[Cue]:
    """Yield the cues of these kinds that the rules found in a sentence, in the order of the rules."""
    for place, match in sorted(sentence.of_rules, key=itemgetter(0)):
        rule = RULES[place]
        if rule.kind not in kinds or (rule.kind == NUMBER and is_list_number(sentence.text, match.start())):
            continue
        if rule.kind == VAGUE_ATTRIBUTION and NAMED_SOURCE.search(sentence.text):
            continue
        wording = match[0].strip()
        start = sentence.span.start + match.end() - len(match[0].lstrip())
        yield Cue(rule.kind, start, start + len(wording), rule.reason.format(" ".join(wording.split())))


def is_list_number(words: str, place: int) -> bool:
    """Whether a figure at a place of a sentence only numbers the sentence as a list item."""
    return place <= 1 and LIST_NUMBER.match(words[:8]) is not None


def apart(cues: Iterator[Cue]) -> Iterator[Cue]:
    """Yield the cues in order, without those that overlap an earlier one of their kind."""
    reached: dict[str, int] = {}
    for cue in sorted(cues, key=lambda cue: (cue.start, -cue.end, cue.kind)):
        if cue.start >= reached.get(cue.kind, 0):
            reached[cue.kind] = cue.end
            yield cue
