"""Agreement, held to published numbers.

The 4 x 12 matrix and its four values are those of Krippendorff (2011), "Computing Krippendorff's
Alpha-Reliability", sections C to E; the 2 x 2 and nominal examples those of his sections A and B; the paradox
that of Gwet (2002).
"""

import json
import math
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviews.core.judging.agreement import NotRatings, krippendorff_alpha, raw_agreement

GAP = None
FOUR_OBSERVERS = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, GAP, GAP, GAP],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, GAP, 3],
    [GAP, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, GAP],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, GAP],
]


@pytest.mark.parametrize(
    ("metric", "published"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849), ("ratio", 0.797)]
)
def test_alpha_is_what_krippendorff_published(metric, published):
    alpha = krippendorff_alpha(FOUR_OBSERVERS, metric=metric)

    assert round(alpha.value, 3) == published
    assert (alpha.undefined, alpha.units, alpha.raters) == (None, 11, 4)


def test_two_observers_and_binary_data():
    """Krippendorff 2011, section A: alpha = 0.095."""
    ratings = [[0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]]

    assert round(krippendorff_alpha(ratings, metric="nominal").value, 3) == 0.095


def test_two_observers_and_names():
    """Krippendorff 2011, section B: alpha = 0.692."""
    ratings = [list("aabbdcccedda"), list("babbbccceddd")]

    assert round(krippendorff_alpha(ratings, metric="nominal").value, 3) == 0.692


def test_one_lone_disagreement_is_agreement_at_the_level_of_chance():
    ratings = [[3, 3, 3, 3, 3], [3, 3, 3, 3, 3], [3, 3, GAP, GAP, 3], [3, 3, 3, 3, 1], [3, GAP, 3, 3, 3]]

    for metric in ("nominal", "ordinal", "interval"):
        assert krippendorff_alpha(ratings, metric=metric).value == pytest.approx(0, abs=1e-12)
    assert (raw_agreement(ratings).agreeing, raw_agreement(ratings).pairs) == (34, 38)


@pytest.mark.parametrize(
    ("ratings", "undefined"),
    [
        ([[1, 1], [1, 1]], "no_variation"),
        ([[1, 1, 2], [1, 1, GAP]], "no_variation"),  # the other value stands alone in its unit
        ([[1, 2, 3]], "fewer_than_two_raters"),
        ([], "fewer_than_two_raters"),
        ([[1, GAP, 2], [GAP, 1, GAP]], "no_pairable_units"),
        ([[], []], "no_pairable_units"),
    ],
)
def test_what_is_undefined_says_why(ratings, undefined):
    alpha = krippendorff_alpha(ratings, metric="ordinal")

    assert (alpha.value, alpha.undefined) == (None, undefined)


def test_names_have_no_order():
    with pytest.raises(NotRatings, match="ordinal metric needs finite numbers, not 'accurate'"):
        krippendorff_alpha([["accurate"], ["accurate"]], metric="ordinal")
    with pytest.raises(NotRatings, match="finite numbers"):
        krippendorff_alpha([[math.nan], [1]], metric="interval")
    with pytest.raises(NotRatings, match="0 or more"):
        krippendorff_alpha([[-1], [1]], metric="ratio")


def test_ragged_ratings_and_unknown_metrics_are_refused():
    with pytest.raises(NotRatings):
        krippendorff_alpha([[1, 2], [1]], metric="nominal")
    with pytest.raises(NotRatings):
        raw_agreement([[1, 2], [1]])
    with pytest.raises(ValueError, match="“cubic” is not a metric"):
        krippendorff_alpha([[1], [1]], metric="cubic")


def test_raw_agreement_counts_pairs_and_marginals():
    raw = raw_agreement([["a", "b", "a", GAP], ["a", "c", GAP, "c"], ["a", "b", GAP, GAP]])

    assert (raw.agreeing, raw.pairs, raw.units, raw.raters) == (4, 6, 2, 3)
    assert raw.value == pytest.approx(4 / 6)
    assert raw.marginals == {"a": 4, "b": 2, "c": 2}


def test_raw_agreement_without_pairs_is_undefined():
    assert raw_agreement([["a", GAP], [GAP, "b"]]).undefined == "no_pairable_units"
    assert raw_agreement([["a"]]).undefined == "fewer_than_two_raters"


def test_high_agreement_and_low_alpha_stand_side_by_side():
    """Gwet 2002: 118 and 0 on the diagonal, 5 and 2 off it."""
    first = ["no"] * 123 + ["yes"] * 2
    second = ["no"] * 118 + ["yes"] * 5 + ["no"] * 2

    assert raw_agreement([first, second]).value == pytest.approx(0.944)
    assert krippendorff_alpha([first, second], metric="nominal").value < 0


@given(st.lists(st.lists(st.sampled_from([GAP, 0, 1, 2, 3]), min_size=5, max_size=5), min_size=2, max_size=4))
def test_alpha_knows_neither_raters_nor_more_than_perfect(ratings):
    for metric in ("nominal", "ordinal", "interval", "ratio"):
        values = {krippendorff_alpha(order, metric=metric).value for order in permutations(ratings)}

        assert len(values) == 1
        [value] = values
        assert value is None or value <= 1


@given(
    st.lists(st.lists(st.sampled_from([GAP, 0, 1, 2, 3]), min_size=6, max_size=6), min_size=2, max_size=4),
    st.sampled_from([2, 10]),
)
def test_ordinal_alpha_knows_only_the_order(ratings, factor):
    stretched = [[None if rating is None else rating**2 * factor + 1 for rating in row] for row in ratings]

    assert krippendorff_alpha(stretched, metric="ordinal").value == krippendorff_alpha(ratings, metric="ordinal").value


def _truth(shared, name):
    return json.loads((shared / "truth" / name).read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", ["01_krippendorff_canonical_4x12.json", "04_krippendorff_wikipedia_3x15.json"])
def test_alpha_holds_to_the_published_matrices(shared, name):
    truth = _truth(shared, name)

    for statistic, expected in truth["expected"].items():
        alpha = krippendorff_alpha(truth["ratings"], metric=statistic.removeprefix("alpha_"))
        assert alpha.value == pytest.approx(expected["recomputed"], abs=5e-7)
        assert round(alpha.value, expected["decimals_published"]) == expected["published"]


def test_edge_cases_hold_to_the_published_answers(shared):
    first, *undefined = _truth(shared, "05_edge_single_disagreement_and_no_variation.json")["cases"]

    assert krippendorff_alpha(first["ratings"], metric="nominal").value == pytest.approx(0, abs=1e-12)
    assert krippendorff_alpha(first["ratings"], metric="ordinal").value == pytest.approx(0, abs=1e-12)
    assert [krippendorff_alpha(case["ratings"], metric="nominal").undefined for case in undefined] == [
        case["expected"]["reason"] for case in undefined
    ]


def test_raw_agreement_holds_to_fleiss(shared):
    truth = _truth(shared, "07_fleiss_1971_psychiatric_30x6.json")
    spelt = [[code for code, count in enumerate(unit) for _ in range(count)] for unit in truth["ratings"]]

    raw = raw_agreement(list(zip(*spelt, strict=True)))

    assert raw.value == pytest.approx(truth["expected"]["mean_observed_agreement"]["recomputed"], abs=1e-6)
    assert sorted(raw.marginals.values()) == [26, 26, 30, 43, 55]


def test_nominal_and_interval_alpha_hold_to_gwet(shared):
    truth = _truth(shared, "09_gwet_raw4raters_12x4.json")
    raters = list(zip(*truth["ratings"], strict=True))
    quadratic = truth["expected"]["weighted"]["quadratic"]["krippendorff_alpha"]["recomputed"]

    assert round(krippendorff_alpha(raters, metric="nominal").value, 5) == 0.74342
    assert round(krippendorff_alpha(raters, metric="interval").value, 5) == quadratic


def test_raw_agreement_holds_to_the_paradox(shared):
    truth = _truth(shared, "11_kappa_paradox_2x2.json")
    pairs = [(a, b) for a, row in enumerate(truth["ratings"]) for b, count in enumerate(row) for _ in range(count)]

    assert raw_agreement(list(zip(*pairs, strict=True))).value == truth["expected"]["percent_agreement"]
