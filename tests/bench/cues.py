"""How well cues are found: precision and recall of each kind on sentences labelled by hand before the rules.

.venv/bin/python -m tests.bench.cues [--wrong]    with --wrong, every sentence that was judged otherwise
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from reviews.core.reading import rules as cues
from reviews.core.reading.cues import find_cues
from reviews.core.reading.noticing import notice
from reviews.core.reading.sentences import Span

LABELLED = Path(__file__).resolve().parents[1] / "core" / "reading" / "labelled" / "cues.txt"
LETTERS = {
    "V": cues.VAGUE_ATTRIBUTION, "H": cues.HEDGE, "C": cues.CERTAINTY, "K": cues.CAUSAL_VERB, "N": cues.NUMBER,
    "M": cues.COMPARISON, "E": cues.ANECDOTE, "P": cues.PROMOTION, "T": cues.CALL_TO_ACTION, "W": cues.VENDOR,
    "X": cues.MISSING_HARMS, "R": cues.PRESCRIPTION_ONLY, "U": cues.POPULATION, "S": cues.SPUN_WORDING,
}  # fmt: skip


@dataclass(frozen=True)
class Judged:
    """A sentence with the kinds of cue that belong there and those that were found."""

    sentence: str
    wanted: frozenset[str]
    found: frozenset[str]


@dataclass(frozen=True)
class Score:
    """How often a cue was found where it belongs (hits), where it does not (false), and missed."""

    hits: int
    false: int
    missed: int

    @property
    def precision(self) -> float:
        """The share of what was found that belongs there, 0..1; 1 where nothing was found."""
        return self.hits / (self.hits + self.false) if self.hits + self.false else 1.0

    @property
    def recall(self) -> float:
        """The share of what belongs there that was found, 0..1; 1 where nothing belongs there."""
        return self.hits / (self.hits + self.missed) if self.hits + self.missed else 1.0


def judged() -> Iterator[Judged]:
    """Yield the labelled sentences with what is found in them."""
    for line in LABELLED.read_text().splitlines():
        if line and not line.startswith("#"):
            letters, _, sentence = line.partition(" | ")
            wanted = frozenset(LETTERS[letter] for letter in letters if letter != "-")
            found = frozenset(cue.kind for cue in find_cues(notice(sentence, [Span(0, len(sentence))])))
            yield Judged(sentence, wanted, found)


def score_of(kind: str, sentences: list[Judged]) -> Score:
    """Return how well one kind of cue is found."""
    return Score(
        hits=sum(kind in each.wanted & each.found for each in sentences),
        false=sum(kind in each.found - each.wanted for each in sentences),
        missed=sum(kind in each.wanted - each.found for each in sentences),
    )


def main() -> None:
    sentences = [*judged()]
    empty = [each for each in sentences if not each.wanted]
    let_be = sum(not each.found for each in empty)
    print(f"{len(sentences)} sentences, {len(empty)} without any cue, of which {let_be} are let be")
    for kind in cues.KINDS:
        score = score_of(kind, sentences)
        counts = f"{score.hits} found, {score.false} false, {score.missed} missed"
        print(f"{kind:<18} precision {score.precision:.2f}  recall {score.recall:.2f}   {counts}")
    for each in sentences if "--wrong" in sys.argv else []:
        if each.wanted != each.found:
            false, missed = sorted(each.found - each.wanted), sorted(each.wanted - each.found)
            print(f"{each.sentence}\n    false {false} missed {missed}")


if __name__ == "__main__":
    main()
