"""Gwet's AC1 and AC2."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from reviews.core.judging.agreement.answers import Agreement
from reviews.core.judging.agreement.measure import measure
from reviews.core.judging.agreement.pairwise import Pairwise
from reviews.core.judging.agreement.ratings import (
    Code,
    Matrix,
    Profiles,
    Ratings,
    profiles_of,
    profiles_of_counts,
)
from reviews.core.judging.agreement.weights import Weights, weight_matrix


def gwet(
    ratings: Ratings,
    *,
    weights: Weights = "identity",
    categories: Sequence[Code] | None = None,
    interval: bool = False,
) -> Agreement:
    """Return AC1 ("identity") or AC2 (any other weights) of ``ratings`` (raters x units), at most 1.

    Gwet (2008), "Computing inter-rater reliability and its variance in the presence of high agreement", and Gwet
    (2014), "Handbook of Inter-Rater Reliability", 4th edition, chapters 2 to 4: agreement over the units with two
    ratings or more, prevalence over all rated units. ``categories`` are all that could be given, in their order;
    without them they are those in use. So where everything is the same, AC1 is 1 if other categories are known of,
    and undefined if not. ``interval`` as in ``krippendorff_alpha``. Raises ``NotRatings`` and ``UnknownWeights``.
    """
    profiles = profiles_of(ratings, values=categories)
    return _gwet(profiles, weights=weights, ordered=categories is not None, interval=interval)


def gwet_from_counts(
    counts: Any,
    *,
    weights: Weights = "identity",
    values: Sequence[Code] | None = None,
    interval: bool = False,
) -> Agreement:
    """Return the same of ``counts``, units x categories; every column is a category, also an empty one.

    ``values`` say what the columns stand for, by default 0, 1, 2 and so on. Raises ``NotCounts``.
    """
    profiles = profiles_of_counts(counts, values=values)
    return _gwet(profiles, weights=weights, ordered=True, interval=interval)


def _gwet(profiles: Profiles, *, weights: Weights, ordered: bool, interval: bool) -> Agreement:
    matrix = weight_matrix(weights, values=profiles.values, ordered=ordered)
    return measure(_Gwet(matrix), profiles, interval=interval)


class _Gwet(Pairwise):
    def chance(self, prevalence: Matrix) -> Matrix:
        size = len(self.weights)
        if size < 2:
            return np.ones(len(prevalence))
        doubt = (prevalence * (1 - prevalence)).sum(axis=1)
        return np.asarray(self.weights.sum() * doubt / (size * (size - 1)), dtype=np.float64)
