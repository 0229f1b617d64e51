"""How far raters agree: raw pairwise agreement, and Krippendorff's alpha.

A rater's ratings are one sequence with one place per unit; ``None`` is a rating that was not given. Missing
is missing, never zero. A statistic that cannot be computed is ``None`` together with the reason.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from types import MappingProxyType
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

Metric = Literal["nominal", "ordinal", "interval", "ratio"]
Undefined = Literal["no_variation", "fewer_than_two_raters", "no_pairable_units"]
Code = str | int | float
Ratings = Sequence[Sequence[Code | None]]
Matrix = NDArray[np.float64]

UNDEFINED_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "no_variation": "every rating is the same, so there is no variation to measure agreement by",
        "fewer_than_two_raters": "fewer than two raters",
        "no_pairable_units": "nothing was rated by two raters",
    }
)


class NotRatings(ValueError):
    """The ratings are not one sequence per rater, all of the same length."""


@dataclass(frozen=True)
class Alpha:
    """Krippendorff's alpha, or the reason why there is none.

    ``value`` is at most 1 (perfect), 0 at the level of chance; ``units`` were rated by two raters or more.
    """

    value: float | None
    undefined: Undefined | None
    units: int
    raters: int


@dataclass(frozen=True)
class RawAgreement:
    """Of all pairs of ratings of the same unit, how many are equal.

    ``value`` is ``agreeing / pairs`` (0 to 1); ``marginals`` counts every rating given, also the unpaired
    ones.
    """

    value: float | None
    undefined: Undefined | None
    agreeing: int
    pairs: int
    units: int
    raters: int
    marginals: Mapping[Code, int]


def krippendorff_alpha(ratings: Ratings, *, metric: Metric) -> Alpha:
    """Return Krippendorff's alpha of ``ratings`` (raters x units).

    alpha = 1 - D_o / D_e over the coincidence matrix of values (Krippendorff 2011, "Computing Krippendorff's
    Alpha-Reliability", sections C to E; difference functions: his section E). Units with one rating drop out.
    Nominal ratings may be any codes; the other metrics need finite numbers. ``ratio`` needs numbers of 0 or
    more. Raises ``NotRatings`` and, for a metric that it does not know, ``ValueError``.
    """
    if metric not in get_args(Metric):
        raise ValueError(f"“{metric}” is not a metric: {', '.join(get_args(Metric))}.")
    units, raters = _units(ratings), len(ratings)
    _check_numbers(units, metric=metric)
    pairable = [unit for unit in units if len(unit) > 1]
    if undefined := _undefined(pairable, raters=raters):
        return Alpha(value=None, undefined=undefined, units=len(pairable), raters=raters)
    values = _distinct(pairable)
    if len(values) < 2:
        return Alpha(value=None, undefined="no_variation", units=len(pairable), raters=raters)
    coincidences = _coincidences(pairable, values=values)
    differences = _differences(values, totals=coincidences.sum(axis=1), metric=metric)
    return Alpha(value=_alpha(coincidences, differences), undefined=None, units=len(pairable), raters=raters)


def raw_agreement(ratings: Ratings) -> RawAgreement:
    """Return how many pairs of ratings of the same unit are equal; raises ``NotRatings``."""
    units, raters = _units(ratings), len(ratings)
    pairable = [unit for unit in units if len(unit) > 1]
    undefined = _undefined(pairable, raters=raters)
    agreeing = sum(count * (count - 1) // 2 for unit in pairable for count in Counter(unit).values())
    pairs = sum(len(unit) * (len(unit) - 1) // 2 for unit in pairable)
    return RawAgreement(
        value=None if undefined else agreeing / pairs,
        undefined=undefined,
        agreeing=agreeing,
        pairs=pairs,
        units=len(pairable),
        raters=raters,
        marginals=MappingProxyType(dict(Counter(rating for unit in units for rating in unit))),
    )


def _units(ratings: Ratings) -> list[list[Code]]:
    """Turn raters x units into the given ratings of each unit."""
    if len({len(row) for row in ratings}) > 1:
        raise NotRatings(NotRatings.__doc__)
    return [[rating for rating in unit if rating is not None] for unit in zip(*ratings, strict=True)]


def _undefined(pairable: list[list[Code]], *, raters: int) -> Undefined | None:
    if raters < 2:
        return "fewer_than_two_raters"
    return None if pairable else "no_pairable_units"


def _check_numbers(units: list[list[Code]], *, metric: Metric) -> None:
    if metric == "nominal":
        return
    for rating in (rating for unit in units for rating in unit):
        if isinstance(rating, str) or not np.isfinite(rating):
            raise NotRatings(f"The {metric} metric needs finite numbers, not {rating!r}.")
        if metric == "ratio" and rating < 0:
            raise NotRatings(f"The ratio metric needs numbers of 0 or more, not {rating!r}.")


def _distinct(units: list[list[Code]]) -> list[Code]:
    """Return the values in use, in order: numbers by size, then words by alphabet."""
    values = {rating for unit in units for rating in unit}
    return sorted(values, key=lambda value: (isinstance(value, str), value))


def _coincidences(units: list[list[Code]], *, values: list[Code]) -> Matrix:
    """Return the matrix of coincidences, values x values: a unit of m ratings gives its ordered pairs / (m -
    1).
    """
    place = {value: index for index, value in enumerate(values)}
    counts = np.zeros((len(units), len(values)))
    for row, unit in enumerate(units):
        for rating in unit:
            counts[row, place[rating]] += 1
    weights = 1 / (counts.sum(axis=1) - 1)
    pairs = counts.T @ (counts * weights[:, None])
    return np.asarray(pairs - np.diag(counts.T @ weights), dtype=np.float64)


def _differences(values: list[Code], *, totals: Matrix, metric: Metric) -> Matrix:
    """Return the squared difference of every two values (Krippendorff 2011, section E)."""
    if metric == "nominal":
        return 1 - np.eye(len(values))
    if metric == "ordinal":
        ranks = np.cumsum(totals) - totals / 2
        return np.asarray((ranks[:, None] - ranks[None, :]) ** 2, dtype=np.float64)
    numbers = np.array(values, dtype=np.float64)
    apart = numbers[:, None] - numbers[None, :]
    if metric == "ratio":
        together = numbers[:, None] + numbers[None, :]
        apart = np.divide(apart, together, out=np.zeros_like(apart), where=together != 0)
    return np.asarray(apart**2, dtype=np.float64)


def _alpha(coincidences: Matrix, differences: Matrix) -> float:
    """Return 1 - (n - 1) x observed / expected over unequal pairs (Krippendorff 2011, section C)."""
    totals = coincidences.sum(axis=1)
    pairs = list(combinations(range(len(totals)), 2))
    observed = sum(coincidences[a, b] * differences[a, b] for a, b in pairs)
    expected = sum(totals[a] * totals[b] * differences[a, b] for a, b in pairs)
    return float(1 - (totals.sum() - 1) * observed / expected)
