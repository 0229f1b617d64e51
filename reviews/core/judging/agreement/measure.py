"""From ways of being rated to one value with its interval.

Every statistic here is 1 - observed / expected disagreement, and both are functions of totals to which each unit adds
its share. So one pass gives the totals, and leaving a unit out takes its share away again.
"""

from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

from reviews.core.judging.agreement.answers import Agreement, Undefined
from reviews.core.judging.agreement.ratings import Integers, Matrix, Profiles

LEAST_UNITS = 10
"""Below so many co-rated units an interval would say more than is known."""
CONFIDENCE = 0.95
RESIDUE = 1e-9
"""What taking a share away again leaves of a total that is 0: rounding."""
BATCH = 4_096


class Statistic(Protocol):
    """A statistic of agreement, made for the values of its ratings."""

    def shares(self, counts: Integers) -> Matrix:
        """Return what each way of being rated (ways x values) adds to the totals, ways x totals."""

    def disagreement(self, totals: Matrix) -> tuple[Matrix, Matrix]:
        """Return observed and expected disagreement for each row of totals; expected 0 is no variation."""


def measure(statistic: Statistic, profiles: Profiles, *, interval: bool) -> Agreement:
    """Return the statistic of these ratings, with a jackknife interval if it is asked for and can be had."""
    pairable = profiles.counts.sum(axis=1) > 1
    units = int(profiles.times[pairable].sum())
    if undefined := undefined_by_shape(units, raters=profiles.raters):
        return Agreement(None, undefined, None, units=units, raters=profiles.raters)
    totals = _totals(statistic, profiles)
    [observed], [expected] = statistic.disagreement(totals[None, :])
    if expected <= 0:
        return Agreement(None, "no_variation", None, units=units, raters=profiles.raters)
    value = float(1 - observed / expected)
    wanted = interval and units >= LEAST_UNITS
    return Agreement(
        value=value,
        undefined=None,
        interval=_interval(statistic, profiles, totals=totals, value=value) if wanted else None,
        units=units,
        raters=profiles.raters,
        observed=float(1 - observed),
        expected=float(1 - expected),
    )


def undefined_by_shape(units: int, *, raters: int) -> Undefined | None:
    """Return why nothing can be compared, whatever the ratings are."""
    if raters < 2:
        return "fewer_than_two_raters"
    return None if units else "no_pairable_units"


def _batches(ways: int) -> list[slice]:
    return [slice(first, first + BATCH) for first in range(0, ways, BATCH)]


def _totals(statistic: Statistic, profiles: Profiles) -> Matrix:
    parts = [profiles.times[some] @ statistic.shares(profiles.counts[some]) for some in _batches(len(profiles.times))]
    return np.asarray(np.sum(parts, axis=0), dtype=np.float64)


def _interval(statistic: Statistic, profiles: Profiles, *, totals: Matrix, value: float) -> tuple[float, float] | None:
    """Return value -+ t x standard error, by leaving out each co-rated unit in turn; at most 1.

    Variance: (n - 1) / n x the sum of squares of the n leave-one-out values about their mean (Efron and Stein 1981);
    Student's t with n - 1 degrees of freedom (Hughes 2022, "Toward improved inference for Krippendorff's Alpha
    agreement coefficient"). ``None`` where without some unit nothing would vary.
    """
    pairable = profiles.counts.sum(axis=1) > 1
    counts, times = profiles.counts[pairable], profiles.times[pairable]
    left_out = [_without(statistic, counts[some], totals=totals) for some in _batches(len(times))]
    values, units = np.concatenate(left_out), int(times.sum())
    if np.isnan(values).any():
        return None
    mean = (times * values).sum() / units
    variance = (units - 1) / units * (times * (values - mean) ** 2).sum()
    reach = float(stdtrit(units - 1, 0.5 + CONFIDENCE / 2) * np.sqrt(variance))
    return value - reach, min(value + reach, 1.0)


def _without(statistic: Statistic, counts: Integers, *, totals: Matrix) -> NDArray[np.float64]:
    """Return the statistic without one unit of each way; NaN where it is undefined."""
    rest = totals - statistic.shares(counts)
    rest[np.abs(rest) < RESIDUE] = 0
    observed, expected = statistic.disagreement(rest)
    varied = expected > 0
    return np.asarray(1 - np.divide(observed, expected, out=np.full_like(expected, np.nan), where=varied))
