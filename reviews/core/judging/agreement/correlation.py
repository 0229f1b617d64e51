"""Intraclass correlation of scores, for comparison with the literature."""

from collections.abc import Sequence
from math import isfinite
from numbers import Real

import numpy as np

from reviews.core.judging.agreement.answers import Correlation
from reviews.core.judging.agreement.measure import undefined_by_shape
from reviews.core.judging.agreement.ratings import Matrix, NotRatings


def icc(scores: Sequence[Sequence[float | None]]) -> Correlation:
    """Return ICC(2,1) and ICC(2,k) of ``scores`` (targets x raters): two-way random effects, absolute agreement.

    Shrout and Fleiss (1979), "Intraclass correlations: uses in assessing rater reliability", from the mean squares of
    targets, raters and rest. A target that some rater did not score drops out. Both are at most 1 and have no lower
    bound; where the targets do not vary enough for a ratio they are undefined, that of the mean first. Raises
    ``NotRatings``.
    """
    complete, raters = _complete(scores)
    units = len(complete)
    if undefined := undefined_by_shape(units, raters=raters):
        return Correlation(None, None, undefined, units=units, raters=raters)
    if units < 2:
        return Correlation(None, None, "no_variation", units=units, raters=raters)
    targets, judges, rest = _mean_squares(complete)
    bias = (judges - rest) / units
    single = _ratio(targets - rest, targets + (raters - 1) * rest + raters * bias)
    average = _ratio(targets - rest, targets + bias)
    # What stands below the line is never more for the mean than for one rater: without the one there is no other.
    return Correlation(single, average, "no_variation" if single is None else None, units=units, raters=raters)


def _mean_squares(scores: Matrix) -> tuple[float, float, float]:
    """Return the mean squares between targets, between raters, and of what is left."""
    units, raters = scores.shape
    apart = scores - scores.mean()
    by_target, by_rater = apart.mean(axis=1), apart.mean(axis=0)
    rest = apart - by_target[:, None] - by_rater[None, :]
    return (
        float(raters * (by_target**2).sum() / (units - 1)),
        float(units * (by_rater**2).sum() / (raters - 1)),
        float((rest**2).sum() / ((units - 1) * (raters - 1))),
    )


def _ratio(part: float, whole: float) -> float | None:
    return part / whole if whole > 0 else None


def _complete(scores: Sequence[Sequence[float | None]]) -> tuple[Matrix, int]:
    """Return the targets that every rater scored, and the number of raters."""
    rows = [list(row) for row in scores]
    raters = len(rows[0]) if rows else 0
    for target, row in enumerate(rows, 1):
        if len(row) != raters:
            raise NotRatings(f"Target {target} has {len(row)} scores, and target 1 has {raters}.")
        for rater, score in enumerate(row, 1):
            if score is not None and not (isinstance(score, Real) and isfinite(score)):
                raise NotRatings(f"Target {target}, rater {rater}: {score!r} is not a finite number.")
    complete = [row for row in rows if None not in row]
    return np.array(complete, dtype=np.float64).reshape(len(complete), raters), raters
