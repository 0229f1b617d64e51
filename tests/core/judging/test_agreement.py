"""What the statistics of agreement answer, at their edges and on wrong input."""

import math
import tracemalloc
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviews.core.judging.agreement import (
    Majority,
    NotCounts,
    NotRatings,
    cohen_kappa,
    fleiss_kappa,
    fleiss_kappa_from_counts,
    gwet,
    gwet_from_counts,
    icc,
    krippendorff_alpha,
    krippendorff_alpha_from_counts,
    majority,
    ordinal_variation,
    raw_agreement,
    wilson_interval,
)
from reviews.core.judging.agreement.alpha import UnknownMetric
from reviews.core.judging.agreement.ratings import places_of, profiles_of
from reviews.core.judging.agreement.weights import UnknownWeights

GAP = None
LEVELS = ["accurate", "mostly", "misleading", "inaccurate"]
STATISTICS = [
    raw_agreement,
    gwet,
    fleiss_kappa,
    lambda ratings: krippendorff_alpha(ratings, metric="nominal"),
    lambda ratings: krippendorff_alpha(ratings, metric="ordinal"),
    lambda ratings: krippendorff_alpha(ratings, metric="interval"),
    lambda ratings: krippendorff_alpha(ratings, metric="ratio"),
]


@pytest.mark.parametrize(
    ("ratings", "undefined"),
    [
        ([[1, 1], [1, 1]], "no_variation"),
        ([[1, 1, 2], [1, 1, GAP]], "no_variation"),  # the other value stands alone in its unit
        ([[1, 2, 3]], "fewer_than_two_raters"),
        ([], "fewer_than_two_raters"),
        ([[1, GAP, 2], [GAP, 1, GAP]], "no_pairable_units"),
        ([[], []], "no_pairable_units"),
        ([[GAP, GAP], [GAP, GAP]], "no_pairable_units"),
        ([[1, 2], [GAP, GAP]], "no_pairable_units"),
    ],
)
@pytest.mark.parametrize("metric", ["nominal", "ordinal", "interval", "ratio"])
def test_where_alpha_is_undefined_it_says_why(ratings, undefined, metric):
    alpha = krippendorff_alpha(ratings, metric=metric, interval=True)

    assert (alpha.value, alpha.undefined, alpha.interval) == (None, undefined, None)
    assert alpha.raters == len(ratings)


@pytest.mark.parametrize("statistic", STATISTICS)
def test_one_rater_and_no_pairs_are_undefined_for_every_statistic(statistic):
    assert statistic([[1, 2]]).undefined == "fewer_than_two_raters"
    assert statistic([[1, GAP], [GAP, 2]]).undefined == "no_pairable_units"


def test_no_variation_is_decided_per_statistic():
    same = [["a", "a"], ["a", "a"]]

    assert gwet(same).undefined == "no_variation"
    assert gwet(same, categories=["a", "b"]).value == 1
    assert gwet_from_counts([[2, 0], [2, 0]]).value == 1
    assert gwet_from_counts([[2], [2]]).undefined == "no_variation"
    assert fleiss_kappa(same, categories=["a", "b"]).undefined == "no_variation"
    assert krippendorff_alpha(same, metric="nominal", values=["a", "b"]).undefined == "no_variation"
    assert cohen_kappa(*same, categories=["a", "b"]).undefined == "no_variation"
    assert (raw_agreement(same).value, raw_agreement(same).undefined) == (1, None)


def test_every_answer_knows_its_units_and_raters():
    ratings = [["a", "b", "a", GAP], ["a", "c", GAP, "c"], ["a", "b", GAP, GAP]]

    for answer in (gwet(ratings), fleiss_kappa(ratings), krippendorff_alpha(ratings, metric="nominal")):
        assert (answer.units, answer.raters) == (2, 3)
        assert answer.value == pytest.approx((answer.observed - answer.expected) / (1 - answer.expected))


def test_raw_agreement_averages_over_units_and_counts_pairs():
    raw = raw_agreement([["a", "b", "a", GAP], ["a", "c", GAP, "c"], ["a", "b", GAP, GAP]])

    assert raw.value == pytest.approx((1 + 1 / 3) / 2)
    assert (raw.agreeing, raw.pairs, raw.units, raw.raters) == (4, 6, 2, 3)
    assert raw.marginals == {"a": 4, "b": 2, "c": 2}


def test_words_have_the_order_that_is_given():
    ratings = [["accurate", "misleading", "inaccurate"], ["mostly", "misleading", "inaccurate"]]
    numbers = [[LEVELS.index(level) for level in row] for row in ratings]

    for metric in ("nominal", "ordinal"):
        assert krippendorff_alpha(ratings, metric=metric, values=LEVELS) == krippendorff_alpha(numbers, metric=metric)
    for weights in ("linear", "quadratic", "ordinal"):
        assert gwet(ratings, weights=weights, categories=LEVELS) == gwet(numbers, weights=weights, categories=range(4))
        assert cohen_kappa(*ratings, weights=weights, categories=LEVELS) == cohen_kappa(
            *numbers, weights=weights, categories=range(4)
        )


def test_the_columns_of_counts_are_in_order_whatever_they_are_called():
    counts, words = [[2, 1, 0], [0, 2, 1], [0, 0, 3]], ["low", "middle", "high"]

    for weights in ("linear", "quadratic", "ordinal"):
        by_place = gwet_from_counts(counts, weights=weights)
        assert gwet_from_counts(counts, weights=weights, values=words) == by_place
        kappa = fleiss_kappa_from_counts(counts, weights=weights)
        assert fleiss_kappa_from_counts(counts, weights=weights, values=words) == kappa
    alpha = krippendorff_alpha_from_counts(counts, metric="ordinal")
    assert krippendorff_alpha_from_counts(counts, metric="ordinal", values=words) == alpha


def test_fleiss_knows_words_by_the_order_of_its_categories():
    ratings = [["low", "high", "low"], ["middle", "high", "low"]]
    numbers = [[0, 2, 0], [1, 2, 0]]

    weighted = fleiss_kappa(ratings, weights="linear", categories=["low", "middle", "high"])

    assert weighted == fleiss_kappa(numbers, weights="linear", categories=range(3))
    with pytest.raises(NotRatings, match="The linear weights need numbers"):
        fleiss_kappa(ratings, weights="linear")


def test_an_interval_is_there_only_where_it_was_asked_for():
    ratings = [[1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2], [1, 2, 3, 1, 2, 3, 1, 2, 3, 2, 1]]
    counts = [[sum(row[unit] == value for row in ratings) for value in (1, 2, 3)] for unit in range(11)]

    for statistic in STATISTICS:
        assert statistic(ratings).interval is None
    for answer in (
        gwet_from_counts(counts),
        fleiss_kappa_from_counts(counts),
        krippendorff_alpha_from_counts(counts, metric="nominal"),
    ):
        assert answer.interval is None
    for answer in (
        gwet_from_counts(counts, interval=True),
        fleiss_kappa_from_counts(counts, interval=True),
        krippendorff_alpha_from_counts(counts, metric="nominal", interval=True),
    ):
        low, high = answer.interval
        assert low < answer.value < high <= 1


def test_a_ratio_may_be_0_and_a_part_of_1():
    """Of 0 and 1, and of 0.25 and 0.75, the sum is 1: the difference is divided by it like by any other."""
    shares = [[0, 0.25, 1, 0.5], [1, 0.75, 1, 0.5]]
    tenfold = [[10 * share for share in row] for row in shares]

    alpha = krippendorff_alpha(shares, metric="ratio")

    assert alpha.value == pytest.approx(krippendorff_alpha(tenfold, metric="ratio").value)
    assert alpha.observed == pytest.approx(1 - (2 * 1 + 2 * 0.25) / 8)


def test_two_raters_without_a_unit_in_common_have_no_kappa():
    kappa = cohen_kappa([1, GAP], [GAP, 2])

    assert (kappa.value, kappa.undefined, kappa.units, kappa.raters) == (None, "no_pairable_units", 0, 2)
    assert (cohen_kappa([1, 1], [1, 1]).units, cohen_kappa([1, 1], [1, 1]).raters) == (2, 2)
    assert (cohen_kappa([1, 2], [1, 1]).units, cohen_kappa([1, 2], [1, 1]).raters) == (2, 2)


def test_words_have_no_order_of_their_own():
    words = [["accurate"], ["mostly"]]

    with pytest.raises(NotRatings, match="ordinal metric needs finite numbers, not 'accurate'"):
        krippendorff_alpha(words, metric="ordinal")
    with pytest.raises(NotRatings, match="interval metric needs finite numbers"):
        krippendorff_alpha(words, metric="interval", values=["accurate", "mostly"])
    for statistic in (lambda: gwet(words, weights="linear"), lambda: cohen_kappa(*words, weights="quadratic")):
        with pytest.raises(NotRatings, match="categories that give the words their order"):
            statistic()


@pytest.mark.parametrize(
    ("ratings", "why"),
    [
        ([[1, 2], [1]], "Rater 2 has 1 ratings, and rater 1 has 2"),
        ([[1, 2], [1, math.nan]], "Rater 2, unit 2: NaN is not a rating; a missing one is None"),
        (np.array([[1.0, 2.0], [np.nan, 1.0]]), "Rater 2, unit 1: NaN"),
        ([[1, [2]], [1, 2]], "Rater 1, unit 2: a list is not a rating"),
        ([[1, 2], 3], "Rater 2: a int is not a sequence of ratings"),
        ([[1, 2], {1: 2, 3: 4}], "Rater 2: a dict is not a sequence"),
        ([b"12345678", b"12345678"], "Rater 1: a bytes is not a sequence"),
        (np.ones((2, 2, 2)), "Rater 1: a ndarray is not a sequence"),
    ],
)
@pytest.mark.parametrize("statistic", [*STATISTICS, majority])
def test_what_are_no_ratings_is_refused_with_its_place(ratings, why, statistic):
    with pytest.raises(NotRatings, match=why):
        statistic(ratings)


def test_numbers_that_a_metric_cannot_take_are_refused():
    with pytest.raises(NotRatings, match="0 or more, not -1"):
        krippendorff_alpha([[-1], [1]], metric="ratio")
    with pytest.raises(NotRatings, match="interval metric needs finite numbers, not inf"):
        krippendorff_alpha([[math.inf], [1]], metric="interval")
    with pytest.raises(NotRatings, match="finite numbers"):
        gwet([[math.inf], [1]], weights="linear")
    assert krippendorff_alpha([[math.inf], [1]], metric="nominal").value == 0


@pytest.mark.parametrize("row", [[1, 2, 7], [1, 2, "7"], [1, GAP, 7]])
def test_a_rating_that_is_no_category_is_refused_with_its_place(row):
    for statistic in (
        lambda: gwet([[1, 2, 2], row], categories=[1, 2, 3]),
        lambda: fleiss_kappa([[1, 2, 2], row], categories=[1, 2, 3]),
        lambda: cohen_kappa([1, 2, 2], row, categories=[1, 2, 3]),
        lambda: krippendorff_alpha([[1, 2, 2], row], metric="nominal", values=[1, 2, 3]),
    ):
        with pytest.raises(NotRatings, match=r"Rater 2, unit 3: '?7'? is not among the values"):
            statistic()


@pytest.mark.parametrize("categories", [[1, 1], [1, None], [1, [2]]])
def test_categories_are_distinct_ratings(categories):
    with pytest.raises(NotRatings):
        gwet([[1], [1]], categories=categories)


def test_unknown_metrics_and_weights_are_refused():
    with pytest.raises(UnknownMetric, match="“cubic” is not a metric: nominal, ordinal, interval, ratio"):
        krippendorff_alpha([[1], [1]], metric="cubic")
    with pytest.raises(UnknownMetric):
        krippendorff_alpha_from_counts([[2, 0]], metric="cubic")
    with pytest.raises(UnknownWeights, match="“cubic” are no weights: identity, linear, quadratic"):
        gwet([[1, 2], [1, 2]], weights="cubic")


@pytest.mark.parametrize(
    ("counts", "why"),
    [
        ([[1, -1]], "Unit 1, category 2: -1 is not a count"),
        ([[1, 1], [0.5, 1]], "Unit 2, category 1: 0.5 is not a count"),
        ([[1, math.nan]], "Unit 1, category 2: nan is not a count"),
        ([[1, 2], [1]], "The rows of the counts are not of the same length"),
        ([1, 2], "units by categories"),
        ([["a", "b"]], "Unit 1, category 1: 'a' is not a count"),
    ],
)
def test_what_are_no_counts_is_refused_with_its_place(counts, why):
    for statistic in (gwet_from_counts, fleiss_kappa_from_counts):
        with pytest.raises(NotCounts, match=why):
            statistic(counts)
    with pytest.raises(NotCounts, match=why):
        krippendorff_alpha_from_counts(counts, metric="nominal")


def test_counts_need_a_value_for_each_column():
    with pytest.raises(NotCounts, match="3 values were given for 2 columns"):
        krippendorff_alpha_from_counts([[1, 1]], metric="nominal", values=[1, 2, 3])
    with pytest.raises(NotCounts, match="what number each column"):
        krippendorff_alpha_from_counts([[1, 1]], metric="ratio")


def test_no_counts_are_no_raters():
    assert gwet_from_counts([]).undefined == "fewer_than_two_raters"
    assert gwet_from_counts([[1, 0], [0, 1]]).undefined == "fewer_than_two_raters"
    assert fleiss_kappa_from_counts(np.zeros((0, 4), dtype=int)).units == 0
    assert krippendorff_alpha_from_counts([[0, 0], [2, 0]], metric="nominal").undefined == "no_variation"


@pytest.mark.parametrize("kind", [np.int8, np.uint8, np.int32, np.uint64, np.float64, object, "U1"])
def test_arrays_of_any_kind_are_ratings(kind):
    plain = [[1, 2, 3, 1], [1, 2, 2, 1]]
    alpha = krippendorff_alpha(plain, metric="nominal")

    assert krippendorff_alpha(np.array(plain).astype(kind), metric="nominal") == alpha
    assert krippendorff_alpha([np.array(row).astype(kind) for row in plain], metric="nominal") == alpha
    assert krippendorff_alpha([tuple(row) for row in plain], metric="nominal") == alpha


def test_masked_places_are_missing():
    masked = np.ma.array([[1, 2, 3, 9], [1, 2, 2, 1]], mask=[[0, 0, 0, 1], [0, 0, 0, 0]])

    assert raw_agreement(masked) == raw_agreement([[1, 2, 3, GAP], [1, 2, 2, 1]])


@pytest.mark.parametrize("shift", [0, -5, 10**7, -(10**15), 2**62])
def test_far_numbers_are_as_good_as_near_ones(shift):
    ratings = [[1, 2, 3, 1, 2], [1, 2, 2, 1, 4], [2, 2, 2, 1, 4]]
    moved = [[rating + shift for rating in row] for row in ratings]

    for statistic in (gwet, fleiss_kappa, lambda them: krippendorff_alpha(them, metric="ordinal")):
        assert statistic(moved) == statistic(ratings)
    assert list(majority(moved).chosen) == list(majority(ratings).chosen)


def test_far_numbers_are_held_against_the_categories_that_are_given():
    near, far = [1, 2, 3], [10**7 + 1, 10**7 + 2, 10**7 + 3]

    coefficient = gwet([far[:2], far[:1] * 2], categories=far)

    assert coefficient == gwet([near[:2], near[:1] * 2], categories=near)
    assert coefficient != gwet([far[:2], far[:1] * 2])
    assert cohen_kappa(far, far[::-1], weights="linear") == cohen_kappa(near, near[::-1], weights="linear")


@pytest.mark.parametrize("far", [[[1, 1, 2], [10**12, 1, 2]], [[-(10**12), 1, 2], [1, 1, 2]], [[-(10**12)], [10**12]]])
def test_one_far_number_takes_no_more_room_than_a_near_one(far):
    near = [[{10**12: 3, -(10**12): 0}.get(rating, rating) for rating in row] for row in far]

    assert krippendorff_alpha(far, metric="ordinal") == krippendorff_alpha(near, metric="ordinal")


@pytest.mark.parametrize(
    "ratings",
    [
        np.array([[-100, 100, 100], [-100, 100, -100], [-100, 100, 50]], dtype=np.int8),
        [np.array([1, 2, 1], dtype=np.uint8), np.array([-500, 2, 1], dtype=np.int16)],
        np.array([[2**63 + 5, 2**63 + 1, 2**63], [2**63 + 5, 2**63 + 2, 2**63]], dtype=np.uint64),
    ],
)
def test_arrays_of_few_bits_and_of_many_are_read_as_the_numbers_that_they_hold(ratings):
    plain = [row.tolist() for row in ratings]
    values = sorted({rating for row in plain for rating in row})

    assert krippendorff_alpha(ratings, metric="ordinal") == krippendorff_alpha(plain, metric="ordinal")
    assert gwet(ratings, weights="ordinal", categories=values) == gwet(plain, weights="ordinal", categories=values)
    assert raw_agreement(ratings).marginals == raw_agreement(plain).marginals
    assert [majority(ratings).value_of(unit) for unit in range(3)] == [
        majority(plain).value_of(unit) for unit in range(3)
    ]


def test_without_categories_they_are_those_in_use():
    """Of 1 and 9 nobody thinks that 2 to 8 could have been given: they are two categories like any two words."""
    numbers, words = [[1, 9, 9, 1], [1, 9, 1, 1]], [["a", "b", "b", "a"], ["a", "b", "a", "a"]]

    assert gwet(numbers) == gwet(words)
    assert raw_agreement(numbers).marginals == {1: 5, 9: 3}
    assert cohen_kappa([1, 3, 5, 5, 9], [3, 3, 5, 1, 1], weights="ordinal") == cohen_kappa(
        [1, 2, 3, 3, 4], [2, 2, 3, 1, 1], weights="ordinal"
    )


def test_numbers_among_words_stand_where_they_are_put():
    mixed = gwet([["none", 1, 2], [1, 1, "none"]], weights="linear", categories=["none", 1, 2])

    assert mixed == gwet([[0, 1, 2], [1, 1, 0]], weights="linear", categories=[0, 1, 2])


def test_numbers_far_apart_and_many_raters_take_the_long_way_to_the_same_place():
    near, far = [[1, 2, 3], [1, 3, 3]], [[1, 20_000, 10**9], [1, 10**9, 10**9]]
    ratings = [[1, 2, 3, 4, 1], [1, 2, 3, 3, 2], [1, 2, 4, 4, 1]] * 8

    assert krippendorff_alpha(far, metric="ordinal") == krippendorff_alpha(near, metric="ordinal")
    counts = [[sum(row[unit] == value for row in ratings) for value in (1, 2, 3, 4)] for unit in range(5)]
    alpha = krippendorff_alpha(ratings, metric="interval")
    assert alpha.value == pytest.approx(krippendorff_alpha_from_counts(counts, metric="interval").value)
    assert [majority(ratings).value_of(unit) for unit in range(5)] == [1, 2, 3, 4, 1]
    with_gaps = [[1, GAP, 2]] * 13 + [[1, 3, GAP]] * 11
    assert [majority(with_gaps).value_of(unit) for unit in range(3)] == [1, 3, 2]
    assert raw_agreement(with_gaps).marginals == {1: 24, 2: 13, 3: 11}


def test_scores_with_many_values_fit_into_memory():
    first = [round(place * 0.37 % 100, 2) for place in range(400)]
    second = [round(score + place % 3, 2) for place, score in enumerate(first)]
    tracemalloc.start()

    alpha = krippendorff_alpha([first, second], metric="interval", interval=True)

    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert 0.99 < alpha.interval[0] < alpha.value < alpha.interval[1] <= 1
    assert peak < 100e6


def test_a_majority_of_two_on_a_long_scale_fits_into_memory():
    tracemalloc.start()

    said = majority([[0, 1000, 7], [0, 1000, 500]])

    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [said.value_of(unit) for unit in range(3)] == [0, 1000, None]
    assert peak < 50e6


def test_the_majority_of_a_unit():
    said = majority([["a", "b", "a", GAP, "c"], ["a", "c", GAP, GAP, "a"], ["b", "b", "b", GAP, "b"]])

    assert [said.value_of(unit) for unit in range(5)] == ["a", "b", None, None, None]
    assert [majority([[3, 5], [5, 5], [5, 3]]).value_of(unit) for unit in range(2)] == [5, 5]
    assert isinstance(majority([]), Majority)
    assert (majority([]).chosen.tolist(), majority([[], []]).chosen.tolist()) == ([], [])
    assert list(majority([[GAP], [GAP]]).chosen) == [-1]


def test_kappa_of_two_leaves_out_what_either_left_out():
    assert cohen_kappa(["a", "b", GAP, "a"], ["a", "a", "b", GAP]) == cohen_kappa(["a", "b"], ["a", "a"])
    assert cohen_kappa(["a", GAP], [GAP, "a"]).undefined == "no_pairable_units"
    assert cohen_kappa([], []).undefined == "no_pairable_units"
    assert cohen_kappa(["a", "a"], ["a", "b"]).value == 0
    assert cohen_kappa(["a", "b"], ["b", "a"]).value == -1
    assert (cohen_kappa(["a", "b"], ["b", "a"]).units, cohen_kappa(["a"], ["b"]).raters) == (2, 2)


@pytest.mark.parametrize(
    ("scores", "undefined"),
    [
        ([], "fewer_than_two_raters"),
        ([[1], [2]], "fewer_than_two_raters"),
        ([[1, None], [None, 2]], "no_pairable_units"),
        ([[1, 2]], "no_variation"),
        ([[1, 1], [1, 1]], "no_variation"),
        ([[1, 2], [2, 1]], "no_variation"),
    ],
)
def test_where_icc_is_undefined_it_says_why(scores, undefined):
    correlation = icc(scores)

    assert (correlation.single, correlation.average, correlation.undefined) == (None, None, undefined)


def test_icc_leaves_out_targets_that_somebody_did_not_score():
    assert icc([[1, 2], [3, 4], [9, None], [5, 5]]) == icc([[1, 2], [3, 4], [5, 5]])
    assert icc([[1, 1], [2, 2], [3, 3]]).single == 1


def test_icc_does_not_hang_on_the_unit_of_the_scores():
    scores = [[9, 2, 5], [6, 1, 3], [8, 4, 6], [7, 1, 2]]

    hundredths = icc([[score / 100 for score in row] for row in scores])

    assert hundredths.single == pytest.approx(icc(scores).single)
    assert hundredths.average == pytest.approx(icc(scores).average)


def test_icc_of_two_targets_is_enough_and_of_one_is_not():
    assert (icc([[1, 2], [5, 6]]).undefined, icc([[1, 2]]).undefined) == (None, "no_variation")
    assert icc([[1, 2], [5, 6]]).single == pytest.approx(16 / 17)
    assert (icc([]).undefined, icc([]).raters) == ("fewer_than_two_raters", 0)


def test_icc_of_one_rater_may_be_there_where_that_of_the_mean_is_not():
    correlation = icc([[1, 2, 3], [2, 3, 1], [3, 1, 2]])  # all targets have one mean, and so have all raters

    assert (correlation.single, correlation.average, correlation.undefined) == (pytest.approx(-1), None, None)
    assert icc([[4, 4], [4, 4]]).undefined == "no_variation"


@pytest.mark.parametrize(
    ("scores", "why"),
    [
        ([[1, 2], [1]], "Target 2 has 1 scores, and target 1 has 2"),
        ([[1, 2], [1, math.nan]], "Target 2, rater 2: nan is not a finite number"),
        ([[1, "2"]], "Target 1, rater 2: '2' is not a finite number"),
    ],
)
def test_what_are_no_scores_is_refused_with_its_place(scores, why):
    with pytest.raises(NotRatings, match=why):
        icc(scores)


@pytest.mark.parametrize(
    ("counts", "variation"),
    [
        ([], None),
        ([1, 0, 0], None),
        ([0, 4, 0, 0], 0),
        ([2, 0, 0, 2], 1),
        ([3, 0, 0, 2], 1),
        ([1, 1, 0, 0], 1 / 3),
        ([1, 1, 1, 1], 10 / 12),
        ([7], 0),
    ],
)
def test_ordinal_variation_goes_from_unity_to_two_camps(counts, variation):
    assert ordinal_variation(counts) == pytest.approx(variation)


@pytest.mark.parametrize("counts", [[1, -1], [0.5, 2], [math.nan, 1], [1, math.inf], ["2", 1], [None, 1]])
def test_ordinal_variation_refuses_what_is_no_count(counts):
    with pytest.raises(NotCounts, match=r"Level [12]: .* is not a count"):
        ordinal_variation(counts)


@pytest.mark.parametrize(
    ("successes", "trials"), [(-1, 3), (4, 3), (0.5, 3), (1, 2.5), (1, math.inf), (math.nan, 3), ("1", 3), (1, None)]
)
def test_a_share_is_made_of_counts(successes, trials):
    with pytest.raises(NotCounts, match="not a share of counts"):
        wilson_interval(successes, trials)


def test_of_no_trials_nothing_is_known():
    assert wilson_interval(0, 0) == (0, 1)
    assert wilson_interval(0, 5)[0] == 0
    assert wilson_interval(5, 5)[1] == 1


@given(st.lists(st.lists(st.sampled_from([GAP, 0, 1, 2, 3]), min_size=5, max_size=5), min_size=2, max_size=3))
@settings(deadline=None, max_examples=40)
def test_no_statistic_knows_one_rater_from_another_and_none_is_more_than_perfect(ratings):
    for statistic in STATISTICS:
        answers = [statistic(order) for order in permutations(ratings)]

        assert len(set(map(str, answers))) == 1
        assert answers[0].value is None or answers[0].value <= 1


@given(
    st.lists(st.lists(st.sampled_from([GAP, 0, 1, 2, 3]), min_size=6, max_size=6), min_size=2, max_size=4),
    st.sampled_from([2, 10]),
)
def test_ordinal_alpha_knows_only_the_order(ratings, factor):
    stretched = [[None if rating is None else rating**2 * factor + 1 for rating in row] for row in ratings]

    assert krippendorff_alpha(stretched, metric="ordinal").value == krippendorff_alpha(ratings, metric="ordinal").value


def test_of_counts_the_first_that_is_none_is_named():
    with pytest.raises(NotCounts, match=r"Unit 1, category 2: -1 is not a count"):
        gwet_from_counts([[1, -1], [2, -3]])
    with pytest.raises(NotCounts, match=r"Unit 2, category 1: None is not a count"):
        gwet_from_counts([[2, 0], [None, 1]])
    with pytest.raises(NotCounts, match=r"Unit 1, category 2: 'two' is not a count"):
        gwet_from_counts([[2, "two"], [1, 1]])
    with pytest.raises(NotCounts, match=r"Unit 1, category 1: True is not a count"):
        gwet_from_counts([[True, False]])
    with pytest.raises(NotCounts, match="units by categories"):
        gwet_from_counts([1, 2])
    assert gwet_from_counts([[2.0, 0.0], [1.0, 1.0]]) == gwet_from_counts([[2, 0], [1, 1]])


def test_no_units_have_no_raters_and_still_their_categories():
    assert (gwet_from_counts([]).undefined, gwet_from_counts([]).raters) == ("fewer_than_two_raters", 0)
    nobody = krippendorff_alpha_from_counts(np.zeros((0, 3), dtype=int), metric="nominal", values=["a", "b", "c"])
    assert (nobody.undefined, nobody.units, nobody.raters) == ("fewer_than_two_raters", 0, 0)
    with pytest.raises(NotCounts, match="1 values were given for 0 columns"):
        gwet_from_counts([], values=["a"])
    with pytest.raises(NotCounts, match="2 values were given for 3 columns"):
        krippendorff_alpha_from_counts(np.zeros((0, 3), dtype=int), metric="nominal", values=["a", "b"])


@pytest.mark.parametrize(
    ("values", "why"),
    [
        (["a", "a"], r"The values must be distinct ratings, not \('a', 'a'\)"),
        (["a", None], "The values must be distinct ratings"),
        ([1, math.nan], "Among the values: NaN is not a rating"),
        ([[1], 2], "Among the values: a list is not a rating"),
    ],
)
def test_values_are_distinct_ratings(values, why):
    with pytest.raises(NotRatings, match=why):
        gwet([["a"], ["a"]], categories=values)


def test_a_whole_number_is_spelt_as_one_whatever_type_it_came_as():
    marginals = raw_agreement([[1.0, 2.5], [1, 2.5]]).marginals

    assert {str(rating): count for rating, count in marginals.items()} == {"1": 2, "2.5": 2}


def test_numbers_among_words_have_no_order_of_their_own():
    with pytest.raises(NotRatings, match="The linear weights need numbers"):
        gwet([["a", 1], [1, "a"]], weights="linear")


@pytest.mark.parametrize("made_of", [majority, places_of, profiles_of])
def test_what_holds_arrays_is_known_by_itself(made_of):
    first, second = made_of([[1, 2], [1, 1]]), made_of([[1, 2], [1, 1]])

    assert len({first, second}) == 2


def test_of_all_that_succeeded_the_upper_end_is_exactly_1():
    assert {wilson_interval(trials, trials)[1] for trials in range(1, 300)} == {1}
    assert {wilson_interval(0, trials)[0] for trials in range(1, 300)} == {0}


def test_one_rating_is_the_commonest_and_a_tie_is_nobodys():
    alone, tie, nothing = [1, GAP], [1, 2], [GAP, GAP]

    found = majority([list(row) for row in zip(alone, tie, nothing, strict=True)])

    assert found.chosen.tolist() == [0, -1, -1]
    assert [found.value_of(unit) for unit in range(3)] == [1, None, None]
    assert majority([[1, GAP], [1, GAP]]).chosen.tolist() == [0, -1]
    assert majority([[GAP], [GAP]]).chosen.tolist() == [-1]
