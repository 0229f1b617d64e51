"""Kappas, for comparison with the literature: Fleiss' for many raters, Cohen's for two."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from reviews.core.judging.agreement.answers import Agreement
from reviews.core.judging.agreement.measure import measure
from reviews.core.judging.agreement.pairwise import Pairwise
from reviews.core.judging.agreement.ratings import (
    Code,
    Integers,
    Matrix,
    Places,
    Profiles,
    Ratings,
    places_of,
    profiles_of,
    profiles_of_counts,
    ways_of,
)
from reviews.core.judging.agreement.weights import Weights, weight_matrix


def fleiss_kappa(
    ratings: Ratings,
    *,
    categories: Sequence[Code] | None = None,
    weights: Weights = "identity",
    interval: bool = False,
) -> Agreement:
    """Return Fleiss' kappa of ``ratings`` (raters x units), at most 1.

    Fleiss (1971), "Measuring nominal scale agreement among many raters", equations 3 to 7; with missing ratings and
    weights as Gwet (2014) generalises it: agreement over the units with two ratings or more, prevalence over all
    rated units. Raises ``NotRatings`` and ``UnknownWeights``.
    """
    profiles = profiles_of(ratings, values=categories)
    return _fleiss(profiles, weights=weights, ordered=categories is not None, interval=interval)


def fleiss_kappa_from_counts(
    counts: Any,
    *,
    weights: Weights = "identity",
    values: Sequence[Code] | None = None,
    interval: bool = False,
) -> Agreement:
    """Return the same of ``counts``, units x categories; raises ``NotCounts``."""
    profiles = profiles_of_counts(counts, values=values)
    return _fleiss(profiles, weights=weights, ordered=True, interval=interval)


def cohen_kappa(
    first: Sequence[Code | None],
    second: Sequence[Code | None],
    *,
    weights: Weights = "identity",
    categories: Sequence[Code] | None = None,
) -> Agreement:
    """Return Cohen's kappa of two raters, at most 1; units that either left out do not count.

    Cohen (1960), "A coefficient of agreement for nominal scales", and for weights Cohen (1968), "Weighted kappa":
    chance is what the two raters' own marginals would give. ``categories`` as in ``gwet``. Raises ``NotRatings`` and
    ``UnknownWeights``.
    """
    values = profiles_of([first, second], values=categories).values
    placed = places_of([first, second], values=values)
    matrix = weight_matrix(weights, values=placed.values, ordered=categories is not None)
    table = _cross_table(placed)
    units = int(table.sum())
    if not units:
        return Agreement(None, "no_pairable_units", None, units=0, raters=2)
    shares = table / units
    observed = float((shares * matrix).sum())
    expected = float(shares.sum(axis=1) @ matrix @ shares.sum(axis=0))
    if (table.sum(axis=1) + table.sum(axis=0) > 0).sum() < 2:
        return Agreement(None, "no_variation", None, units=units, raters=2)
    value = (observed - expected) / (1 - expected)
    return Agreement(value, None, None, units=units, raters=2, observed=observed, expected=expected)


def _cross_table(placed: Places) -> Integers:
    """Return how often the first rater gave the row's value and the second the column's."""
    size = placed.base
    table = np.bincount(ways_of(placed), minlength=size * size).reshape(size, size)
    return table[: len(placed.values), : len(placed.values)]


def _fleiss(profiles: Profiles, *, weights: Weights, ordered: bool, interval: bool) -> Agreement:
    matrix = weight_matrix(weights, values=profiles.values, ordered=ordered)
    return measure(_Fleiss(matrix), profiles, interval=interval)


class _Fleiss(Pairwise):
    def chance(self, prevalence: Matrix) -> Matrix:
        return np.asarray(((prevalence @ self.weights) * prevalence).sum(axis=1), dtype=np.float64)
