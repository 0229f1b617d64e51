"""What a machine notices in a sentence, with the reason in words. A cue explains; it never decides.

Every pattern is searched in one sentence at a time, and sentences are capped, so the time grows with the text
and no faster.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from reviews.core.reading.language import ENGLISH
from reviews.core.reading.rules import (
    CAUSAL_VERB,
    IN_ANY_LANGUAGE,
    KINDS,
    NAMED_SOURCE,
    NUMBER,
    RULES,
    VAGUE_ATTRIBUTION,
    VENDOR,
    Rule,
)
from reviews.core.reading.sentences import Span

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


def find_cues(text: str, sentences: Sequence[Span], *, language: str = ENGLISH) -> tuple[Cue, ...]:
    """Return the cues of these sentences in reading order, each inside one sentence.

    Two cues of one kind never overlap: the one that begins first, or is the longer, stays. A sentence that
    names its source (a journal, a year, a DOI, a university) earns no vague attribution. A seller's name tells how far
    it stands from a claim. In another language than English only the kinds of ``kinds_in`` are looked for; a language
    that cannot be told ("") is read as English.
    """
    kinds = kinds_in(language)
    rules = [rule for rule in RULES if rule.kind in kinds]
    found = [tuple(apart(cues_in(text, sentence, rules=rules))) for sentence in sentences]
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


def cues_in(text: str, sentence: Span, *, rules: Sequence[Rule]) -> Iterator[Cue]:
    """Yield every rule's findings in a sentence."""
    words = text[sentence.start : sentence.end]
    sourced = NAMED_SOURCE.search(words) is not None
    for rule in rules:
        if sourced and rule.kind == VAGUE_ATTRIBUTION:
            continue
        for found in rule.wording.finditer(words):
            start, end = trimmed(text, sentence.start + found.start(), sentence.start + found.end())
            if not is_list_number(text, sentence, start, rule.kind):
                yield Cue(
                    rule.kind,
                    start,
                    end,
                    rule.reason.format(" ".join(text[start:end].split())),
                )


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the stretch without the spaces at its ends."""
    found = text[start:end]
    return start + len(found) - len(found.lstrip()), end - len(found) + len(found.rstrip())


def is_list_number(text: str, sentence: Span, start: int, kind: str) -> bool:
    """Whether a figure only numbers the sentence as a list item."""
    return (
        kind == NUMBER
        and start <= sentence.start + 1
        and re.match(r"\(?\d{1,3}[.)]\s", text[sentence.start : sentence.end][:8]) is not None
    )


def apart(cues: Iterator[Cue]) -> Iterator[Cue]:
    """Yield the cues in order, without those that overlap an earlier one of their kind."""
    reached: dict[str, int] = {}
    for cue in sorted(cues, key=lambda cue: (cue.start, -cue.end, cue.kind)):
        if cue.start >= reached.get(cue.kind, 0):
            reached[cue.kind] = cue.end
            yield cue
