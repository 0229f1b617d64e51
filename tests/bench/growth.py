"""How reading and compiling grow with their input, as ratios within one run: machines differ and are noisy.

.venv/bin/python -m tests.bench.growth
"""

import time
from collections.abc import Callable

from reviews.core.judging.report import ClaimInput, MarkInput, PanelInputs, ReviewInput, compile_panel
from reviews.core.reading.reading import read_article

SENTENCE = "Studies have shown that moonflower tea may reduce anxiety by {}% in adults. "
LEVELS = ("accurate", "mostly_accurate", "misleading", "inaccurate", "unsupported")
RUNS = 3


def seconds(work: Callable[[], object]) -> float:
    """Return the least processor time of a few runs: what else the machine does is left out."""
    took = []
    for _ in range(RUNS):
        began = time.process_time()
        work()
        took.append(time.process_time() - began)
    return min(took)


def article(sentences: int) -> bytes:
    paragraphs = ("".join(SENTENCE.format(n + k) for k in range(5)) for n in range(0, sentences, 5))
    return "\n\n".join(paragraphs).encode()


def panel(claims: int, reviewers: int) -> PanelInputs:
    return PanelInputs(
        claims=[ClaimInput(number, f"Claim {number}", "…", "effect") for number in range(1, claims + 1)],
        reviews=[
            ReviewInput(marks={n: MarkInput(LEVELS[(n + who) % 5]) for n in range(1, claims + 1)})
            for who in range(reviewers)
        ],
    )


def main() -> None:
    small, large = article(100), article(1_000)
    ratio = seconds(lambda: read_article(large, form="text")) / seconds(lambda: read_article(small, form="text"))
    print(f"reading: ten times the text takes {ratio:.1f} times as long")
    few, many = panel(claims=12, reviewers=4), panel(claims=120, reviewers=4)
    ratio = seconds(lambda: compile_panel(many)) / seconds(lambda: compile_panel(few))
    print(f"compiling: ten times the claims takes {ratio:.1f} times as long")
    crowd = panel(claims=12, reviewers=40)
    ratio = seconds(lambda: compile_panel(crowd)) / seconds(lambda: compile_panel(few))
    print(f"compiling: ten times the reviewers takes {ratio:.1f} times as long")


if __name__ == "__main__":
    main()
