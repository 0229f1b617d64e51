"""How far panels for many rounds are from the optimum, and what proposing them costs.

.venv/bin/python -m tests.bench.panels
"""

from functools import partial
from random import Random
from statistics import mean

from reviews.core.assigning.fitness import Candidate, Task
from reviews.core.assigning.panel import suggest_panels
from tests.bench.growth import seconds
from tests.core.assigning.test_panel import crowd, made, optimum

CROWDS = 150
SIZES = ((1, 1000), (10, 60), (30, 60), (40, 200))
"""How many rounds, for how many people."""


def gaps() -> list[float]:
    """Return by which share the points of a plan are above the fewest of all plans, for each small crowd."""
    return [made(tasks, people) / optimum(tasks, people) - 1 for tasks, people in map(crowd, range(CROWDS))]


def many(rounds: int, people: int) -> tuple[list[Task], list[Candidate]]:
    dice = Random(1)  # noqa: S311 - the same people every time
    tasks = [
        Task(f"round {n}", size=3, claims=dice.randint(5, 25), topic=dice.choice(["sleep", "heart", ""]))
        for n in range(rounds)
    ]
    candidates = [
        Candidate(
            f"person {n}",
            open_claims=dice.randint(0, 40),
            most_claims=dice.choice([None, 60, 90]),
            fields=dice.choice([(), ("sleep",), ("heart",)]),
            due=4,
            late=dice.randint(0, 4),
            median_days=dice.choice([None, 2.0, 9.0]),
        )
        for n in range(people)
    ]
    return tasks, candidates


def main() -> None:
    found = gaps()
    optimal = sum(gap < 1e-9 for gap in found)
    print(f"{optimal} of {len(found)} plans are the optimum; above it by {mean(found):.1%}, at most {max(found):.1%}")
    for rounds, people in SIZES:
        tasks, candidates = many(rounds, people)
        took = seconds(partial(suggest_panels, tasks, candidates=candidates))
        print(f"{rounds} rounds of three, {people} people: {took:.2f} s")


if __name__ == "__main__":
    main()
