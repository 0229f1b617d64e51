"""What compiling a large round costs, as ratios within one run: machines differ and are noisy.

.venv/bin/python -m tests.bench.judging
"""

from functools import partial
from random import Random

from reviews.core.judging.definitions import shipped_instruments
from reviews.core.judging.report import (
    AppraisalInput,
    CitationInput,
    ClaimInput,
    MarkInput,
    PanelInputs,
    ReviewInput,
    SourceInput,
    compile_panel,
)
from reviews.core.judging.scales import ACCURACY
from reviews.core.judging.vocabulary import CERTAINTIES, DESIGNS, FLAWS, RISKS_OF_BIAS, STANCES
from tests.bench.growth import seconds

LEVELS = [*ACCURACY.names, None]
RATIONALE = "The trial was small, and nobody knew who had the tea; what the article makes of it is another matter. " * 3


def codes(choices):
    return [code for code, _ in choices]


def panel(*, reviewers: int, claims: int, sources: int, outstanding: int = 0) -> PanelInputs:
    """A round in which everybody marks every claim and appraises each of its own sources."""
    dice = Random(7)  # noqa: S311 - the same round every time
    keys = {number: [f"doi:10.1000/{number}.{place}" for place in range(sources)] for number in range(1, claims + 1)}

    def mark() -> MarkInput:
        level = dice.choice(LEVELS)
        flaws = dice.sample(codes(FLAWS), 2)
        return MarkInput(level, "" if level else "no_access", flaws, "high", dice.choice(codes(CERTAINTIES)), RATIONALE)

    def appraisal() -> AppraisalInput:
        return AppraisalInput(
            dice.choice(codes(STANCES)),
            "Sleep was longer by twelve minutes.",
            "page 3",
            True,
            dice.choice(codes(DESIGNS)),
            dice.choice(codes(RISKS_OF_BIAS)),
            "direct",
        )

    return PanelInputs(
        claims=[ClaimInput(number, f"Claim {number}", "It is said so.", "effect") for number in keys],
        sources=[
            SourceInput(key, {"title": "A trial", "DOI": key, "author": [{"family": "Example"}]})
            for some in keys.values()
            for key in some
        ],
        citations=[CitationInput(number, key, "article") for number, some in keys.items() for key in some],
        reviews=[
            ReviewInput(
                marks={number: mark() for number in keys},
                appraisals={(number, key): appraisal() for number, some in keys.items() for key in some},
            )
            for _ in range(reviewers)
        ],
        instruments=shipped_instruments(),
        outstanding=outstanding,
    )


def main() -> None:
    sizes = {
        "7 reviewers x 300 claims x 3 sources": panel(reviewers=7, claims=300, sources=3),
        "the same with 7 reviews out": panel(reviewers=7, claims=300, sources=3, outstanding=7),
        "ten times fewer claims": panel(reviewers=7, claims=30, sources=3),
        "twice the reviewers": panel(reviewers=14, claims=300, sources=3),
        "twice the claims": panel(reviewers=7, claims=600, sources=3),
        "twice the sources": panel(reviewers=7, claims=300, sources=6),
    }
    took = {name: seconds(partial(compile_panel, inputs)) for name, inputs in sizes.items()}
    unit = next(iter(took.values()))
    for name, time in took.items():
        print(f"{name}: {time * 1000:.0f} ms, {time / unit:.2f} times the first")


if __name__ == "__main__":
    main()
