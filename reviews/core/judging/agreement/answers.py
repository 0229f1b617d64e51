"""What a statistic of agreement answers: a value, or the reason why there is none."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from reviews.core.judging.agreement.ratings import Code

Undefined = Literal["no_variation", "fewer_than_two_raters", "no_pairable_units"]

UNDEFINED_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "no_variation": "all ratings that it compares are the same, so there is no variation to measure agreement by",
        "fewer_than_two_raters": "fewer than two raters",
        "no_pairable_units": "nothing was rated by two raters",
    }
)


@dataclass(frozen=True)
class Agreement:
    """One statistic, or the reason why there is none.

    ``value`` is at most 1, perfect agreement; 0 is what chance would give. ``interval`` (95 %) is ``None`` where it
    was not asked for, and where too few units were rated by two to say. ``units`` were rated by two raters or more;
    ``raters`` are all that were given, or the most that one unit of a counts matrix has.

    ``observed`` and ``expected`` are the agreement seen and the one that chance would give, so that ``value`` is
    ``(observed - expected) / (1 - expected)``. Of a metric other than nominal they are 1 less the disagreement, which
    may be below 0.
    """

    value: float | None
    undefined: Undefined | None
    interval: tuple[float, float] | None
    units: int
    raters: int
    observed: float | None = None
    expected: float | None = None


@dataclass(frozen=True)
class RawAgreement:
    """How often two ratings of one unit are the same, chance included.

    ``value`` (0 to 1) is the share of equal pairs of each unit, averaged over the units (Fleiss 1971, equation 3;
    the percent agreement of Gwet 2014). ``agreeing`` of ``pairs`` are the same pairs, all units thrown together: it
    is another share where units have unequal numbers of ratings. ``marginals`` counts every rating given, also those
    that stand alone in their unit.
    """

    value: float | None
    undefined: Undefined | None
    interval: tuple[float, float] | None
    units: int
    raters: int
    agreeing: int
    pairs: int
    marginals: Mapping[Code, int]


@dataclass(frozen=True)
class Correlation:
    """Intraclass correlation: ``single`` of one rater's scores, ``average`` of the mean over all raters.

    ``units`` are the targets that every rater scored.
    """

    single: float | None
    average: float | None
    undefined: Undefined | None
    units: int
    raters: int
