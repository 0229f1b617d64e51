"""What most raters say of each unit."""

from dataclasses import dataclass

import numpy as np

from reviews.core.judging.agreement.ratings import (
    MOST_WAYS,
    Code,
    Integers,
    Places,
    Ratings,
    counts_of_units,
    counts_of_ways,
    places_of,
    ways_of,
)


@dataclass(frozen=True, eq=False)
class Majority:
    """``chosen`` has for each unit the place of its commonest value in ``values``; -1 for a tie, or no rating."""

    values: tuple[Code, ...]
    chosen: Integers

    def value_of(self, unit: int) -> Code | None:
        """Return the commonest value of the unit, counted from 0, or ``None``."""
        place = int(self.chosen[unit])
        return None if place < 0 else self.values[place]


def majority(ratings: Ratings) -> Majority:
    """Return the plurality of ``ratings`` (raters x units), unit by unit; raises ``NotRatings``."""
    placed = places_of(ratings)
    if placed.base ** len(placed.rows) > MOST_WAYS:
        return Majority(placed.values, _commonest(counts_of_units(placed)))
    return Majority(placed.values, _commonest_of_ways(placed))


def _commonest_of_ways(placed: Places) -> Integers:
    ways = ways_of(placed)
    used = np.flatnonzero(np.bincount(ways))
    chosen = np.zeros(placed.base ** len(placed.rows), dtype=np.int64)
    chosen[used] = _commonest(counts_of_ways(used, placed))
    return chosen[ways]


def _commonest(counts: Integers) -> Integers:
    if not counts.shape[1]:
        return np.full(len(counts), -1, dtype=np.int64)
    most = counts.max(axis=1)
    settled = (most > 0) & ((counts == most[:, None]).sum(axis=1) == 1)
    return np.where(settled, counts.argmax(axis=1), -1)
