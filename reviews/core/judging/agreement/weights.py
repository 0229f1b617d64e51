"""How much two categories have in common: 1 the same, 0 as far apart as can be."""

from collections.abc import Sequence
from typing import Literal, cast, get_args

import numpy as np

from reviews.core.judging.agreement.ratings import Code, Matrix, NotRatings

Weights = Literal["identity", "linear", "quadratic", "ordinal"]


class UnknownWeights(ValueError):
    """There are no such weights."""


def weight_matrix(weights: Weights, *, values: Sequence[Code], ordered: bool) -> Matrix:
    """Return the weights, categories x categories (Gwet 2014, "Handbook of Inter-Rater Reliability", section 3.5).

    "identity" 1 or 0; "linear" 1 - |a - b| / range and "quadratic" 1 - (a - b)^2 / range^2, with numbers as they are
    and words by their place; "ordinal" by the number of pairs of categories from one to the other. ``ordered``: the
    order of the values was given. Raises ``UnknownWeights``, and ``NotRatings`` for words without an order.
    """
    if weights not in get_args(Weights):
        raise UnknownWeights(f"“{weights}” are no weights: {', '.join(get_args(Weights))}.")
    size = len(values)
    if weights == "identity" or size < 2:
        return np.eye(size)
    if not ordered and any(isinstance(value, str) for value in values):
        raise NotRatings(f"The {weights} weights need numbers, or categories that give the words their order.")
    if weights == "ordinal":
        steps = np.abs(np.subtract.outer(np.arange(size), np.arange(size)))
        return np.asarray(1 - steps * (steps + 1) / (size * (size - 1)), dtype=np.float64)
    apart = np.abs(np.subtract.outer(*[_numbers(values)] * 2))
    share = apart / apart.max()
    return np.asarray(1 - (share if weights == "linear" else share**2), dtype=np.float64)


def _numbers(values: Sequence[Code]) -> Matrix:
    if any(isinstance(value, str) for value in values):
        return np.arange(len(values), dtype=np.float64)
    numbers = np.array(cast("Sequence[float]", values), dtype=np.float64)
    if not np.isfinite(numbers).all():
        raise NotRatings("The weights need finite numbers.")
    return numbers
