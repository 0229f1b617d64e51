"""Agreement, held to numbers that others printed: those of shared/truth, and some that anybody can look up."""

import json

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
from reviews.core.judging.instruments import shipped_instruments
from reviews.core.judging.report import ReviewInput, compile_panel
from tests.core.judging.panels import claim, panel

GAP = None
FOUR_OBSERVERS = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, GAP, GAP, GAP],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, GAP, 3],
    [GAP, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, GAP],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, GAP],
]


def truth(shared, name):
    return json.loads((shared / "truth" / name).read_text(encoding="utf-8"))


def turned(rows):
    return [list(column) for column in zip(*rows, strict=True)]


def spelt_out(table):
    """Two raters' ratings, from how often each pair of categories came."""
    pairs = [(a, b) for a, row in enumerate(table) for b, count in enumerate(row) for _ in range(count)]
    return turned(pairs)


def assert_published(value, expected):
    """As printed, to the decimals printed; and as others computed it, to the decimals given."""
    decimals = len(str(expected["recomputed"]).partition(".")[2])
    assert value == pytest.approx(expected["recomputed"], abs=0.51 * 10**-decimals)
    assert value == pytest.approx(expected["published"], abs=0.51 * 10 ** -expected["decimals_published"])


def test_file_01_krippendorff_canonical(shared):
    given = truth(shared, "01_krippendorff_canonical_4x12.json")

    for statistic, expected in given["expected"].items():
        alpha = krippendorff_alpha(given["ratings"], metric=statistic.removeprefix("alpha_"))
        assert_published(alpha.value, expected)
        assert (alpha.units, alpha.raters) == (11, 4)


def test_file_04_krippendorff_three_coders(shared):
    given = truth(shared, "04_krippendorff_wikipedia_3x15.json")

    for statistic, expected in given["expected"].items():
        alpha = krippendorff_alpha(given["ratings"], metric=statistic.removeprefix("alpha_"))
        assert_published(alpha.value, expected)


def test_file_05_lone_disagreement_and_no_variation(shared):
    first, *undefined = truth(shared, "05_edge_single_disagreement_and_no_variation.json")["cases"]

    nominal = krippendorff_alpha(first["ratings"], metric="nominal")

    assert nominal.value == pytest.approx(first["expected"]["alpha_nominal"], abs=1e-12)
    assert nominal.observed == pytest.approx(first["expected"]["observed_agreement_pairable"], abs=1e-6)
    ordinal = krippendorff_alpha(first["ratings"], metric="ordinal")
    assert ordinal.value == pytest.approx(first["expected"]["alpha_ordinal"], abs=1e-12)
    for case in undefined:
        alpha = krippendorff_alpha(case["ratings"], metric="nominal")
        assert (alpha.value, alpha.undefined) == (None, case["expected"]["reason"])


def test_file_07_fleiss_1971(shared):
    given = truth(shared, "07_fleiss_1971_psychiatric_30x6.json")
    spelt = [[code for code, count in enumerate(unit) for _ in range(count)] for unit in given["ratings"]]

    for kappa in (fleiss_kappa_from_counts(given["ratings"]), fleiss_kappa(turned(spelt))):
        assert_published(kappa.value, given["expected"]["fleiss_kappa"])
        assert_published(kappa.observed, given["expected"]["mean_observed_agreement"])
        assert kappa.expected == pytest.approx(given["expected"]["chance_agreement"]["exact"], abs=1e-6)
    assert_published(raw_agreement(turned(spelt)).value, given["expected"]["mean_observed_agreement"])


def test_file_09_gwet_four_raters(shared):
    given = truth(shared, "09_gwet_raw4raters_12x4.json")
    raters, expected = turned(given["ratings"]), given["expected"]

    assert_published(raw_agreement(raters).value, expected["percent_agreement"])
    assert_published(gwet(raters).value, expected["gwet_ac1"])
    assert_published(fleiss_kappa(raters).value, expected["fleiss_kappa_generalised"])
    assert_published(krippendorff_alpha(raters, metric="nominal").value, expected["krippendorff_alpha_nominal"])
    for weights, weighted in expected["weighted"].items():
        assert_published(gwet(raters, weights=weights).value, weighted["gwet_ac2"])
        assert_published(fleiss_kappa(raters, weights=weights).value, weighted["fleiss_kappa"])
    interval = krippendorff_alpha(raters, metric="interval")
    assert_published(interval.value, expected["weighted"]["quadratic"]["krippendorff_alpha"])


def test_file_11_the_paradox_of_kappa(shared):
    given = truth(shared, "11_kappa_paradox_2x2.json")
    first, second = spelt_out(given["ratings"])

    assert raw_agreement([first, second]).value == given["expected"]["percent_agreement"]
    assert_published(cohen_kappa(first, second).value, given["expected"]["cohen_kappa"])
    assert_published(gwet([first, second]).value, given["expected"]["gwet_ac1"])


def test_file_21_the_stars_of_healthnewsreview(shared):
    form = shipped_instruments()[1]

    for case in truth(shared, "21_healthnewsreview_stars.json")["cases"]:
        codes = ["satisfactory"] * case["S"] + ["not_satisfactory"] * case["N"] + ["not_applicable"] * case["NA"]
        answers = dict(zip((item.key for item in form.items), codes, strict=True))
        [part] = compile_panel(
            panel(ReviewInput(answers={form.key: answers}), claims=[claim(1)], instruments=[form])
        ).body["instruments"]
        assert part["score"]["stars"] == case["stars"]


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
