"""Raw pairwise agreement, chance included."""

from types import MappingProxyType

import numpy as np

from reviews.core.judging.agreement.answers import RawAgreement
from reviews.core.judging.agreement.measure import measure
from reviews.core.judging.agreement.pairwise import Pairwise
from reviews.core.judging.agreement.ratings import Matrix, Ratings, profiles_of


def raw_agreement(ratings: Ratings, *, interval: bool = False) -> RawAgreement:
    """Return how often two ratings of one unit of ``ratings`` (raters x units) are the same, 0 to 1.

    See ``RawAgreement`` for what is averaged over what. Raises ``NotRatings``.
    """
    profiles = profiles_of(ratings)
    answer = measure(_Raw(np.eye(len(profiles.values))), profiles, interval=interval)
    counts, times = profiles.counts, profiles.times
    given = counts.sum(axis=1)
    totals = (times @ counts).tolist()
    return RawAgreement(
        value=answer.value,
        undefined=answer.undefined,
        interval=answer.interval,
        units=answer.units,
        raters=answer.raters,
        agreeing=int(times @ (counts * (counts - 1)).sum(axis=1)) // 2,
        pairs=int(times @ (given * (given - 1))) // 2,
        marginals=MappingProxyType(dict(zip(profiles.values, totals, strict=True))),
    )


class _Raw(Pairwise):
    def chance(self, prevalence: Matrix) -> Matrix:
        return np.zeros(len(prevalence))
