"""Agreement by its definitions, pair by pair in exact fractions, and by an independent package."""

from collections import Counter
from fractions import Fraction
from itertools import combinations, permutations
from math import comb, isclose, sqrt

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import stats

from reviews.core.judging.agreement import (
    cohen_kappa,
    fleiss_kappa,
    fleiss_kappa_from_counts,
    gwet,
    gwet_from_counts,
    icc,
    krippendorff_alpha,
    krippendorff_alpha_from_counts,
    ordinal_variation,
    raw_agreement,
    wilson_interval,
)
from tests.core.judging.independent import inter_rater, proportions

GAP = None
METRICS = ("nominal", "ordinal", "interval", "ratio")
QUICK = settings(deadline=None, max_examples=60)


@st.composite
def matrices(draw, values=(0, 1, 2, 3, 5), gaps=True, least=1, most=12):
    """Raters x units, with missing ratings unless none are wanted."""
    units = draw(st.integers(least, most))
    choice = st.sampled_from([*values, *([GAP] if gaps else [])])
    return draw(st.lists(st.lists(choice, min_size=units, max_size=units), min_size=2, max_size=4))


def units_of(ratings):
    return [[rating for rating in unit if rating is not None] for unit in zip(*ratings, strict=True)]


def difference(a, b, *, metric, totals):
    """The squared difference of two values, as Krippendorff words it."""
    if metric == "nominal":
        return int(a != b)
    if metric == "ordinal":
        low, high = sorted((a, b))
        between = sum(count for value, count in totals.items() if low <= value <= high)
        return (between - Fraction(totals[a] + totals[b], 2)) ** 2
    if metric == "interval":
        return (a - b) ** 2
    return Fraction(a - b, a + b) ** 2 if a + b else 0


def alpha_by_definition(ratings, *, metric):
    """Mean difference within units over mean difference between any two of all pairable ratings."""
    units = [unit for unit in units_of(ratings) if len(unit) > 1]
    everything = [rating for unit in units for rating in unit]
    totals = Counter(everything)
    if len(totals) < 2:
        return None

    def between(pairs):
        return sum(difference(a, b, metric=metric, totals=totals) for a, b in pairs)

    observed = sum(Fraction(between(permutations(unit, 2)), len(unit) - 1) for unit in units) / len(everything)
    expected = Fraction(between(permutations(everything, 2)), len(everything) * (len(everything) - 1))
    return 1 - observed / expected


def weight(a, b, *, weights, categories):
    if weights == "identity":
        return Fraction(int(a == b))
    apart, widest = abs(a - b), max(categories) - min(categories)
    return 1 - Fraction(apart, widest) ** {"linear": 1, "quadratic": 2}[weights]


def pairwise_by_definition(ratings, *, weights, categories, chance):
    """Agreement of pairs averaged over units, over the agreement by chance of rated units."""
    rated = [unit for unit in units_of(ratings) if unit]
    pairable = [unit for unit in rated if len(unit) > 1]
    if not pairable:
        return None

    def alike(a, b):
        return weight(a, b, weights=weights, categories=categories)

    observed = sum(
        Fraction(sum(alike(a, b) for a, b in permutations(unit, 2)), len(unit) * (len(unit) - 1)) for unit in pairable
    ) / len(pairable)
    shares = {value: sum(Fraction(unit.count(value), len(unit)) for unit in rated) / len(rated) for value in categories}
    expected = chance(shares, alike)
    return (observed - expected) / (1 - expected) if expected != 1 else None


def chance_of_gwet(shares, alike):
    size = len(shares)
    weights = sum(alike(a, b) for a in shares for b in shares)
    return weights * sum(share * (1 - share) for share in shares.values()) / (size * (size - 1))


def chance_of_fleiss(shares, alike):
    return sum(alike(a, b) * shares[a] * shares[b] for a in shares for b in shares)


def counts_of(ratings, values):
    return [[unit.count(value) for value in values] for unit in units_of(ratings)]


def assert_same(value, expected):
    assert (value is None) is (expected is None)
    assert value is None or isclose(value, expected, abs_tol=1e-9)


@given(matrices())
@QUICK
def test_alpha_is_its_definition_and_undefined_exactly_when_it_has_none(ratings):
    for metric in METRICS:
        alpha = krippendorff_alpha(ratings, metric=metric)
        pairable = any(len(unit) > 1 for unit in units_of(ratings))

        assert_same(alpha.value, alpha_by_definition(ratings, metric=metric))
        assert (alpha.value is None) is (alpha.undefined is not None)
        assert (alpha.undefined == "no_pairable_units") is not pairable


def test_alpha_of_more_values_than_a_number_has_digits_for_is_its_definition():
    ratings = [list(range(45)) * 2, [*range(43), 0, 1] * 2]

    for metric in METRICS:
        assert_same(krippendorff_alpha(ratings, metric=metric).value, alpha_by_definition(ratings, metric=metric))


@given(matrices())
@QUICK
def test_alpha_of_the_counts_is_alpha_of_the_ratings(ratings):
    assume(any(len(unit) > 1 for unit in units_of(ratings)))
    counts = counts_of(ratings, (0, 1, 2, 3, 5))

    for metric in METRICS:
        twin = krippendorff_alpha_from_counts(counts, metric=metric, values=(0, 1, 2, 3, 5))
        alpha = krippendorff_alpha(ratings, metric=metric)
        assert_same(twin.value, alpha.value)
        assert (twin.undefined, twin.units) == (alpha.undefined, alpha.units)


@given(matrices(), st.sampled_from(["identity", "linear", "quadratic"]))
@QUICK
def test_gwet_and_fleiss_are_their_definitions(ratings, weights):
    categories = (0, 1, 2, 3, 5)
    counts = counts_of(ratings, categories)
    pairable = any(len(unit) > 1 for unit in units_of(ratings))

    for chance, statistic, from_counts in (
        (chance_of_gwet, gwet, gwet_from_counts),
        (chance_of_fleiss, fleiss_kappa, fleiss_kappa_from_counts),
    ):
        expected = pairwise_by_definition(ratings, weights=weights, categories=categories, chance=chance)
        assert_same(statistic(ratings, weights=weights, categories=categories).value, expected)
        if pairable:
            assert_same(from_counts(counts, weights=weights, values=categories).value, expected)


@given(matrices(gaps=False, least=2))
@QUICK
def test_fleiss_is_what_an_independent_package_says(ratings):
    table, _ = inter_rater.aggregate_raters(np.array(ratings).T)
    assume(table.shape[1] > 1)

    assert_same(fleiss_kappa(ratings).value, inter_rater.fleiss_kappa(table))


@given(st.lists(st.tuples(st.sampled_from([0, 1, 2, 3]), st.sampled_from([0, 1, 2, 3])), min_size=2, max_size=30))
@QUICK
def test_cohen_is_what_an_independent_package_says(pairs):
    first, second = zip(*pairs, strict=True)
    assume(len({*first, *second}) > 1)
    table = np.zeros((4, 4))
    for a, b in pairs:
        table[a, b] += 1

    for weights, kind in (("identity", None), ("linear", "linear"), ("quadratic", "quadratic")):
        ours = cohen_kappa(first, second, weights=weights, categories=[0, 1, 2, 3]).value
        assert_same(ours, inter_rater.cohens_kappa(table, wt=kind, return_results=False))


@given(st.integers(0, 40), st.integers(1, 40))
@QUICK
def test_wilson_is_what_an_independent_package_says(successes, trials):
    assume(successes <= trials)

    theirs = proportions.proportion_confint(successes, trials, method="wilson")
    assert wilson_interval(successes, trials) == pytest.approx(theirs, abs=1e-9)


@given(st.lists(st.lists(st.integers(1, 9), min_size=3, max_size=3), min_size=2, max_size=8))
@QUICK
def test_icc_is_its_analysis_of_variance(scores):
    targets, raters = len(scores), 3
    total = Fraction(sum(map(sum, scores)), targets * raters)
    by_target = [Fraction(sum(row), raters) for row in scores]
    by_rater = [Fraction(sum(column), targets) for column in zip(*scores, strict=True)]
    between = raters * sum((mean - total) ** 2 for mean in by_target) / (targets - 1)
    judges = targets * sum((mean - total) ** 2 for mean in by_rater) / (raters - 1)
    everything = sum((score - total) ** 2 for row in scores for score in row)
    rest = (everything - between * (targets - 1) - judges * (raters - 1)) / ((targets - 1) * (raters - 1))
    below_single = between + (raters - 1) * rest + raters * (judges - rest) / targets
    below_average = between + (judges - rest) / targets
    assume(abs(below_single) > 1e-9 and abs(below_average) > 1e-9)

    correlation = icc(scores)

    assert_same(correlation.single, (between - rest) / below_single if below_single > 0 else None)
    assert_same(correlation.average, (between - rest) / below_average if below_average > 0 else None)


@given(st.lists(st.integers(0, 6), min_size=2, max_size=6))
@QUICK
def test_ordinal_variation_is_the_mean_distance_over_the_largest(counts):
    votes = [level for level, count in enumerate(counts) for _ in range(count)]
    assume(len(votes) > 1)
    camps = [0] * (len(votes) // 2) + [len(counts) - 1] * (len(votes) - len(votes) // 2)

    def apart(places):
        return Fraction(sum(abs(a - b) for a, b in combinations(places, 2)), comb(len(votes), 2))

    assert_same(ordinal_variation(counts), apart(votes) / apart(camps))
    assert ordinal_variation(counts) == ordinal_variation(counts[::-1])


def jackknife(statistic, ratings):
    """Leave out each co-rated unit in turn, and compute everything again."""
    units = list(zip(*ratings, strict=True))
    pairable = [place for place, unit in enumerate(units) if sum(rating is not None for rating in unit) > 1]
    left_out = [
        statistic([list(row) for row in zip(*(units[:place] + units[place + 1 :]), strict=True)]).value
        for place in pairable
    ]
    if None in left_out:
        return None
    size, mean = len(pairable), sum(left_out) / len(pairable)
    error = sqrt((size - 1) / size * sum((value - mean) ** 2 for value in left_out))
    value, reach = statistic(ratings).value, stats.t.ppf(0.975, size - 1) * error
    return value - reach, min(1.0, value + reach)


@given(matrices(values=(1, 2, 3), least=10, most=15), st.sampled_from(METRICS))
@settings(deadline=None, max_examples=30)
def test_an_interval_is_what_leaving_out_each_unit_says(ratings, metric):
    def alpha(some, interval=False):
        return krippendorff_alpha(some, metric=metric, interval=interval)

    def coefficient(some, interval=False):
        return gwet(some, weights="linear", categories=(1, 2, 3), interval=interval)

    for statistic in (alpha, coefficient, lambda some, interval=False: raw_agreement(some, interval=interval)):
        answer = statistic(ratings, interval=True)
        if answer.value is None or answer.units < 10:
            assert answer.interval is None
        else:
            assert answer.interval == pytest.approx(jackknife(statistic, ratings), abs=1e-7)
    assert alpha(ratings).interval is None


def test_an_interval_is_the_same_in_however_small_pieces_it_is_worked_out(monkeypatch):
    ratings = [[1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2], [1, 2, 3, 1, 2, 3, 1, 2, 3, 2, 1]]
    whole = krippendorff_alpha(ratings, metric="ordinal", interval=True)

    monkeypatch.setattr("reviews.core.judging.agreement.measure.MOST_AT_ONCE", 1)

    assert krippendorff_alpha(ratings, metric="ordinal", interval=True) == whole


def test_below_ten_units_there_is_no_interval():
    ten = [[1, 2, 3, 1, 2, 3, 1, 2, 3, 1], [1, 2, 3, 1, 2, 3, 1, 2, 1, 2]]

    assert krippendorff_alpha(ten, metric="ordinal", interval=True).interval is not None
    assert krippendorff_alpha([row[:9] for row in ten], metric="ordinal", interval=True).interval is None
    singles = [[*row[:9], lone] for row, lone in zip(ten, (1, GAP), strict=True)]
    assert krippendorff_alpha(singles, metric="ordinal", interval=True).interval is None


def test_where_all_hangs_on_one_unit_there_is_no_interval():
    lone = [[1] * 12, [1] * 11 + [2]]

    assert krippendorff_alpha(lone, metric="nominal", interval=True).interval is None
    assert gwet(lone, categories=[1, 2], interval=True).interval is not None
