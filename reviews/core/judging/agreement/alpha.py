"""Krippendorff's alpha."""

from collections.abc import Sequence
from math import isfinite
from typing import Any, Literal, get_args

import numpy as np

from reviews.core.judging.agreement.answers import Agreement
from reviews.core.judging.agreement.measure import measure
from reviews.core.judging.agreement.ratings import (
    Code,
    Integers,
    Matrix,
    NotCounts,
    NotRatings,
    Profiles,
    Ratings,
    profiles_of,
    profiles_of_counts,
)

Metric = Literal["nominal", "ordinal", "interval", "ratio"]


class UnknownMetric(ValueError):
    """There is no such metric."""


def krippendorff_alpha(
    ratings: Ratings, *, metric: Metric, interval: bool = False, values: Sequence[Code] | None = None
) -> Agreement:
    """Return Krippendorff's alpha of ``ratings`` (raters x units), at most 1.

    alpha = 1 - D_o / D_e over the coincidence matrix of values (Krippendorff 2011, "Computing Krippendorff's
    Alpha-Reliability", sections C to E; difference functions: his section E). Units with one rating drop out. Nominal
    ratings may be any codes; "ordinal" needs numbers, or ``values``: all levels in their order; "interval" needs
    finite numbers, and "ratio" such of 0 or more. ``interval`` asks for a 95 % jackknife interval, given from 10
    co-rated units on. Raises ``NotRatings`` and ``UnknownMetric``.
    """
    _check_metric(metric)
    profiles = profiles_of(ratings, values=values)
    return _alpha(profiles, metric=metric, interval=interval, ordered=values is not None)


def krippendorff_alpha_from_counts(
    counts: Any, *, metric: Metric, values: Sequence[Code] | None = None, interval: bool = False
) -> Agreement:
    """Return the same of ``counts``, units x categories: how many raters gave the unit each value.

    ``values`` say what the columns stand for, in their order; without them the columns are 0, 1, 2 and so on, which
    the ratio metric is not content with. Raises ``NotCounts``, ``NotRatings`` and ``UnknownMetric``.
    """
    _check_metric(metric)
    if metric == "ratio" and values is None:
        raise NotCounts("The ratio metric needs to know what number each column of the counts stands for.")
    profiles = profiles_of_counts(counts, values=values)
    return _alpha(profiles, metric=metric, interval=interval, ordered=True)


def _check_metric(metric: str) -> None:
    if metric not in get_args(Metric):
        raise UnknownMetric(f"“{metric}” is not a metric: {', '.join(get_args(Metric))}.")


def _alpha(profiles: Profiles, *, metric: Metric, interval: bool, ordered: bool) -> Agreement:
    if metric != "nominal" and not (metric == "ordinal" and ordered):
        _check_numbers(profiles.values, metric=metric)
    return measure(_Alpha(metric, profiles.values), profiles, interval=interval)


def _check_numbers(values: Sequence[Code], *, metric: Metric) -> None:
    for value in values:
        if isinstance(value, str) or not isfinite(value):
            raise NotRatings(f"The {metric} metric needs finite numbers, not {value!r}.")
        if metric == "ratio" and value < 0:
            raise NotRatings(f"The ratio metric needs numbers of 0 or more, not {value!r}.")


class _Alpha:
    """The totals are the coincidences of values: a unit of m ratings adds its ordered pairs / (m - 1)."""

    def __init__(self, metric: Metric, values: Sequence[Code]) -> None:
        self.metric = metric
        self.size = len(values)
        self.values = values

    def shares(self, counts: Integers) -> Matrix:
        given = counts.sum(axis=1)
        weights = np.divide(1, given - 1, out=np.zeros(len(counts)), where=given > 1)
        pairs = counts[:, :, None] * counts[:, None, :] * weights[:, None, None]
        diagonal = np.arange(self.size)
        pairs[:, diagonal, diagonal] -= counts * weights[:, None]
        return np.asarray(pairs.reshape(len(counts), -1), dtype=np.float64)

    def disagreement(self, totals: Matrix) -> tuple[Matrix, Matrix]:
        pairs = totals.reshape(-1, self.size, self.size)
        given = pairs.sum(axis=2)
        ratings = given.sum(axis=1)
        apart = self._apart(given)
        observed = (pairs * apart).sum(axis=(1, 2)) / ratings
        by_chance = (given[:, :, None] * given[:, None, :] * apart).sum(axis=(1, 2))
        return observed, by_chance / (ratings * (ratings - 1))

    def _apart(self, given: Matrix) -> Matrix:
        """Return the squared difference of every two values (Krippendorff 2011, section E)."""
        if self.metric == "nominal":
            return (1 - np.eye(self.size))[None, :, :]
        if self.metric == "ordinal":
            ranks = np.cumsum(given, axis=1) - given / 2
            return np.asarray((ranks[:, :, None] - ranks[:, None, :]) ** 2, dtype=np.float64)
        numbers = np.array(self.values, dtype=np.float64)
        apart = numbers[:, None] - numbers[None, :]
        if self.metric == "ratio":
            together = numbers[:, None] + numbers[None, :]
            apart = np.divide(apart, together, out=np.zeros_like(apart), where=together != 0)
        return np.asarray(apart[None, :, :] ** 2, dtype=np.float64)
