"""Agreement, held to numbers that others printed: those of shared/truth, and some that anybody can look up."""

import pytest

from reviews.core.judging.agreement import (
    cohen_kappa,
    fleiss_kappa,
    fleiss_kappa_from_counts,
    gwet,
    icc,
    krippendorff_alpha,
    krippendorff_alpha_from_counts,
    raw_agreement,
    wilson_interval,
)
from tests.core.judging.truth import READERS, figures, spelt_out

GAP = None
FOUR_OBSERVERS = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, GAP, GAP, GAP],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, GAP, 3],
    [GAP, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, GAP],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, GAP],
]


@pytest.mark.parametrize("name", READERS)
def test_every_figure_of_the_truth_is_as_others_have_it(shared, name):
    found = figures(shared / "truth" / name)

    assert found
    assert [figure for figure in found if not figure.holds] == []


@pytest.mark.parametrize(
    ("metric", "published"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849), ("ratio", 0.797)]
)
def test_alpha_is_what_krippendorff_published(metric, published):
    """Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability", sections C to E."""
    alpha = krippendorff_alpha(FOUR_OBSERVERS, metric=metric)
    counts = [[sum(row[unit] == value for row in FOUR_OBSERVERS) for value in range(1, 6)] for unit in range(12)]
    twin = krippendorff_alpha_from_counts(counts, metric=metric, values=range(1, 6))

    assert round(alpha.value, 3) == published
    assert twin.value == pytest.approx(alpha.value)
    assert (alpha.units, twin.units, alpha.raters, twin.raters) == (11, 11, 4, 4)


@pytest.mark.parametrize(
    ("weights", "coefficient", "kappa"),
    [
        ("identity", 0.775, 0.761),
        ("linear", 0.859, 0.818),
        ("ordinal", 0.899, 0.850),
        ("quadratic", 0.914, 0.865),
    ],
)
def test_four_raters_and_twelve_subjects(weights, coefficient, kappa):
    """Gwet 2014, "Handbook of Inter-Rater Reliability", 4th edition; as R's irrCAC prints them, of the same ratings."""
    assert round(gwet(FOUR_OBSERVERS, weights=weights).value, 3) == coefficient
    assert round(fleiss_kappa(FOUR_OBSERVERS, weights=weights).value, 3) == kappa


def test_two_observers_and_binary_data():
    """Krippendorff 2011, section A: alpha = 0.095."""
    ratings = [[0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]]

    assert round(krippendorff_alpha(ratings, metric="nominal").value, 3) == 0.095


def test_two_observers_and_names():
    """Krippendorff 2011, section B: alpha = 0.692."""
    ratings = [list("aabbdcccedda"), list("babbbccceddd")]

    assert round(krippendorff_alpha(ratings, metric="nominal").value, 3) == 0.692


def test_high_agreement_and_low_kappa_stand_side_by_side():
    """Gwet 2002, "Kappa statistic is not satisfactory": 94.4 %, kappa -0.0234, AC1 0.9408."""
    first, second = spelt_out([[118, 5], [2, 0]])

    assert raw_agreement([first, second]).value == pytest.approx(0.944)
    assert round(cohen_kappa(first, second).value, 4) == -0.0234
    assert round(gwet([first, second]).value, 4) == 0.9408
    assert krippendorff_alpha([first, second], metric="nominal").value < 0


def test_fourteen_raters_and_ten_subjects():
    """The worked example of Fleiss' kappa that encyclopaedias use: 0.378, 0.213, 0.210."""
    kappa = fleiss_kappa_from_counts(
        [
            [0, 0, 0, 0, 14],
            [0, 2, 6, 4, 2],
            [0, 0, 3, 5, 6],
            [0, 3, 9, 2, 0],
            [2, 2, 8, 1, 1],
            [7, 7, 0, 0, 0],
            [3, 2, 6, 3, 0],
            [2, 5, 3, 2, 2],
            [6, 5, 2, 1, 0],
            [0, 2, 2, 3, 7],
        ]
    )

    assert [round(number, 3) for number in (kappa.observed, kappa.expected, kappa.value)] == [0.378, 0.213, 0.210]
    assert (kappa.units, kappa.raters) == (10, 14)


def test_two_neurologists_and_multiple_sclerosis():
    """Landis and Koch 1977, "The measurement of observer agreement for categorical data", Winnipeg: 0.208."""
    first, second = spelt_out([[38, 5, 0, 1], [33, 11, 3, 0], [10, 14, 5, 6], [3, 7, 3, 10]])

    assert round(cohen_kappa(first, second).value, 3) == 0.208


def test_two_clinicians_and_three_diagnoses():
    """Cohen 1960, "A coefficient of agreement for nominal scales", table 1: 0.70, 0.41, 0.492."""
    kappa = cohen_kappa(*spelt_out([[88, 14, 18], [10, 40, 10], [2, 6, 12]]))

    assert [round(number, 3) for number in (kappa.observed, kappa.expected, kappa.value)] == [0.7, 0.41, 0.492]


@pytest.mark.parametrize(
    ("weights", "published"),
    [
        ("identity", (0.6353, 0.3082, 0.4728)),
        ("linear", (0.8667, 0.6911, 0.5684)),
        ("quadratic", (0.9477, 0.8409, 0.6714)),
    ],
)
def test_two_radiologists_and_85_mammograms(weights, published):
    """Altman 1991, "Practical Statistics for Medical Research", p. 403; weights (Cohen 1968): Stata's manual, kap."""
    first, second = spelt_out([[21, 12, 0, 0], [4, 17, 1, 0], [3, 9, 15, 2], [0, 0, 0, 1]])

    kappa = cohen_kappa(first, second, weights=weights)

    assert tuple(round(number, 4) for number in (kappa.observed, kappa.expected, kappa.value)) == published


def test_two_pathologists_and_118_slides():
    """Agresti, "Categorical Data Analysis", on carcinoma of the cervix: 0.636, 0.281, 0.493."""
    kappa = cohen_kappa(*spelt_out([[22, 2, 2, 0], [5, 7, 14, 0], [0, 2, 36, 0], [0, 1, 17, 10]]))

    assert [round(number, 3) for number in (kappa.observed, kappa.expected, kappa.value)] == [0.636, 0.281, 0.493]


@pytest.mark.parametrize(("table", "published"), [([[40, 9], [6, 45]], 0.70), ([[80, 10], [5, 5]], 0.32)])
def test_the_same_agreement_and_another_kappa(table, published):
    """Feinstein and Cicchetti 1990, "High agreement but low kappa: I", tables of 85 % agreement: 0.70 and 0.32."""
    kappa = cohen_kappa(*spelt_out(table))

    assert [round(number, 2) for number in (kappa.observed, kappa.value)] == [0.85, published]


def test_six_targets_and_four_judges():
    """Shrout and Fleiss 1979, "Intraclass correlations", tables 2 and 4: ICC(2,1) = 0.29, ICC(2,4) = 0.62."""
    correlation = icc([[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]])

    assert (round(correlation.single, 2), round(correlation.average, 2)) == (0.29, 0.62)
    assert (correlation.units, correlation.raters) == (6, 4)


@pytest.mark.parametrize(
    ("successes", "trials", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_is_what_newcombe_printed(successes, trials, low, high):
    """Newcombe 1998, "Two-sided confidence intervals for the single proportion", table I, method 3."""
    assert [round(end, 4) for end in wilson_interval(successes, trials)] == [low, high]
