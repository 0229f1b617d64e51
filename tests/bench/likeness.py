"""How well claims in other words are known again: precision and recall on pairs labelled by hand.

.venv/bin/python -m tests.bench.likeness [--wrong]    with --wrong, every pair that was judged otherwise
"""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from reviews.core.reading.likeness import DIFFERENT, SAME, SAME_WORDING, WORTH_A_LOOK, Texts, judged
from tests.bench.cues import Score

LABELLED = Path(__file__).resolve().parents[1] / "core" / "reading" / "labelled" / "likeness.txt"


@dataclass(frozen=True)
class Pair:
    """Two claims with what they are to each other, what they were judged to be, and their likeness, 0..1."""

    one: str
    other: str
    wanted: str
    found: str
    likeness: float
    why: tuple[str, ...]


def pairs() -> Iterator[Pair]:
    """Yield the labelled pairs, each judged among all of their claims."""
    lines = [line.split(" | ") for line in LABELLED.read_text().splitlines() if line and not line.startswith("#")]
    texts = Texts(claim for _, *claims in lines for claim in claims)
    for place, (wanted, one, other) in enumerate(lines):
        likeness = float(texts.likeness_to(one)[2 * place + 1])
        found, why = judged(one, other, likeness=likeness)
        yield Pair(one, other, wanted, found, likeness, why)


def scores(listed: Sequence[Pair]) -> tuple[Score, Score]:
    """Return how well the same wording is known, and how well what is the same or similar."""

    def score(kinds: set[str]) -> Score:
        return Score(
            hits=sum(pair.wanted in kinds and pair.found in kinds for pair in listed),
            false=sum(pair.wanted not in kinds and pair.found in kinds for pair in listed),
            missed=sum(pair.wanted in kinds and pair.found not in kinds for pair in listed),
        )

    return score({SAME}), score({pair.wanted for pair in listed} - {DIFFERENT})


def main() -> None:
    listed = [*pairs()]
    same, near = scores(listed)
    print(f"{len(listed)} pairs; same wording from {SAME_WORDING}, worth a look from {WORTH_A_LOOK}")
    for name, score in (("same wording", same), ("same or similar", near)):
        counts = f"{score.hits} found, {score.false} false, {score.missed} missed"
        print(f"{name:<16} precision {score.precision:.2f}  recall {score.recall:.2f}   {counts}")
    for pair in listed if "--wrong" in sys.argv else []:
        if pair.wanted != pair.found:
            print(f"{pair.likeness:.2f} {pair.wanted}, judged {pair.found}: {pair.one} | {pair.other} {pair.why}")


if __name__ == "__main__":
    main()
