"""How far raters agree.

Ratings are one sequence per rater, all of one length, with one place per unit; ``None`` (or a masked place of a
numpy array) is a rating that was not given. Missing is missing, never zero: NaN is refused. A rating is a number
or a word. Numbers are ordered by size; words have no order of their own, so whatever needs one (the ordinal metric,
linear and quadratic weights) is told it by ``values`` or ``categories``.

Every statistic is a frozen answer with ``value``, or with ``None`` and the reason in ``undefined``.
"""

from reviews.core.judging.agreement.alpha import Metric, krippendorff_alpha, krippendorff_alpha_from_counts
from reviews.core.judging.agreement.answers import UNDEFINED_WORDS, Agreement, Correlation, RawAgreement, Undefined
from reviews.core.judging.agreement.correlation import icc
from reviews.core.judging.agreement.gwet import gwet, gwet_from_counts
from reviews.core.judging.agreement.kappa import cohen_kappa, fleiss_kappa, fleiss_kappa_from_counts
from reviews.core.judging.agreement.majority import Majority, majority
from reviews.core.judging.agreement.ratings import Code, NotCounts, NotRatings, Ratings
from reviews.core.judging.agreement.raw import raw_agreement
from reviews.core.judging.agreement.spread import ordinal_variation, wilson_interval
from reviews.core.judging.agreement.weights import Weights

__all__ = [
    "UNDEFINED_WORDS",
    "Agreement",
    "Code",
    "Correlation",
    "Majority",
    "Metric",
    "NotCounts",
    "NotRatings",
    "Ratings",
    "RawAgreement",
    "Undefined",
    "Weights",
    "cohen_kappa",
    "fleiss_kappa",
    "fleiss_kappa_from_counts",
    "gwet",
    "gwet_from_counts",
    "icc",
    "krippendorff_alpha",
    "krippendorff_alpha_from_counts",
    "majority",
    "ordinal_variation",
    "raw_agreement",
    "wilson_interval",
]
