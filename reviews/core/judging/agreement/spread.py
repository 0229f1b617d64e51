"""How divided one claim's votes are, and how sure a share is."""

from collections.abc import Sequence
from math import sqrt
from numbers import Real
from statistics import NormalDist

from reviews.core.judging.agreement.ratings import NotCounts


def ordinal_variation(counts: Sequence[int]) -> float | None:
    """Return the index of ordinal variation of votes on an axis: 0 all alike, 1 half at each end.

    ``counts`` has the votes of each level, best first, empty levels too. Berry and Mielke (1992), "Indices of ordinal
    variation": the distances between all pairs of votes, in levels, over the most that so many votes could come to.
    ``None`` under two votes. Raises ``NotCounts``.
    """
    for level, count in enumerate(counts, 1):
        if not _is_count(count):
            raise NotCounts(f"Level {level}: {count!r} is not a count.")
    votes = sum(int(count) for count in counts)
    if votes < 2:
        return None
    below, apart = 0, 0
    for count in counts[:-1]:  # each boundary between levels parts those below it from those above
        below += int(count)
        apart += below * (votes - below)
    most = (len(counts) - 1) * (votes // 2) * ((votes + 1) // 2)
    return apart / most if most else 0.0


def wilson_interval(successes: int, trials: int, *, confidence: float = 0.95) -> tuple[float, float]:
    """Return the Wilson score interval of a share (Wilson 1927, "Probable inference"), both ends within 0 and 1.

    Of no trials nothing is known: (0, 1). Raises ``NotCounts``.
    """
    if not (_is_count(successes) and _is_count(trials) and successes <= trials):
        raise NotCounts(f"{successes!r} of {trials!r} is not a share of counts.")
    if trials == 0:
        return 0.0, 1.0
    z = NormalDist().inv_cdf(0.5 + confidence / 2)
    share, square = successes / trials, z * z
    centre = (share + square / (2 * trials)) / (1 + square / trials)
    reach = z * sqrt(share * (1 - share) / trials + square / (4 * trials * trials)) / (1 + square / trials)
    low = 0.0 if successes == 0 else centre - reach
    high = 1.0 if successes == trials else centre + reach
    return low, high


def _is_count(number: object) -> bool:
    return isinstance(number, Real) and float(number) >= 0 and float(number).is_integer()
