"""What agreement costs over a million units, as ratios within one run: machines differ and are noisy.

Measured against the numpy.bincount that builds the counts matrix of the same ratings, its index ready made.

.venv/bin/python -m tests.bench.agreement
"""

import tracemalloc
from collections.abc import Callable
from functools import partial

import numpy as np

from reviews.core.judging.agreement import (
    Ratings,
    fleiss_kappa,
    fleiss_kappa_from_counts,
    gwet,
    krippendorff_alpha,
    krippendorff_alpha_from_counts,
    majority,
)
from tests.bench.growth import seconds

UNITS, RATERS, LEVELS = 1_000_000, 5, 5


def megabytes(work: Callable[[], object]) -> float:
    """Return the most memory that the work holds beyond what was there."""
    tracemalloc.start()
    work()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak / 1e6


def everything(ratings: Ratings) -> None:
    majority(ratings)
    fleiss_kappa(ratings)
    krippendorff_alpha(ratings, metric="ordinal")


def main() -> None:
    ratings = np.random.default_rng(20).integers(1, LEVELS + 1, size=(RATERS, UNITS))
    index = (np.arange(UNITS) * LEVELS + (ratings - 1)).ravel()
    counting = partial(np.bincount, index, minlength=UNITS * LEVELS)
    counts = counting().reshape(UNITS, LEVELS)
    rows, lists = list(ratings), ratings.tolist()
    works: dict[str, Callable[[], object]] = {
        "majority": partial(majority, rows),
        "Fleiss' kappa": partial(fleiss_kappa, rows),
        "alpha, ordinal": partial(krippendorff_alpha, rows, metric="ordinal"),
        "AC2, linear": partial(gwet, rows, weights="linear"),
        "the first three together": partial(everything, rows),
        "alpha, ordinal, with its interval": partial(krippendorff_alpha, rows, metric="ordinal", interval=True),
        "alpha, ordinal, from Python lists": partial(krippendorff_alpha, lists, metric="ordinal"),
        "Fleiss' kappa from the counts": partial(fleiss_kappa_from_counts, counts),
        "alpha, ordinal, from the counts": partial(krippendorff_alpha_from_counts, counts, metric="ordinal"),
    }
    unit = seconds(counting)
    print(f"{UNITS:,} units x {RATERS} raters x {LEVELS} levels; bincount takes {unit * 1000:.0f} ms")
    for name, work in works.items():
        print(f"{name}: {seconds(work) / unit:.1f} times the bincount, {megabytes(work):.0f} MB above the input")


if __name__ == "__main__":
    main()
