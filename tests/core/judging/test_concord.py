"""How far panels agree: one round, or the rounds of a period."""

from dataclasses import replace

import pytest

from reviews.core.judging.agreement import gwet, krippendorff_alpha, raw_agreement
from reviews.core.judging.concord import ScalesDiffer, agreement_of, agreement_over
from reviews.core.judging.definitions import read_instrument
from reviews.core.judging.report import MarkInput, ReviewInput, compile_panel
from reviews.core.judging.scales import ACCURACY, Scale
from tests.core.judging.forms import FORM_VALUE
from tests.core.judging.panels import HEALTHNEWSREVIEW, claim, panel, review

TWO = panel(review("accurate", "misleading"), review("accurate", "inaccurate"))
THREE = panel(review("misleading"), review("misleading"), review("unsupported"))


def test_levels_are_measured_three_ways():
    levels = agreement_of(TWO)["levels"]

    assert (levels["raw"], levels["agreeing_pairs"], levels["pairs"]) == (0.5, 1, 2)
    assert (levels["metric"], levels["coefficient"], levels["weights"]) == ("ordinal", "AC2", "linear")
    assert levels["words"].startswith("1 of 2 pairs of reviewers' answers are the same; alpha is ")
    assert levels["words"].count("(too few to say how sure)") == 2


def test_rounds_of_a_period_are_put_side_by_side():
    levels = agreement_over([TWO, THREE])["levels"]

    assert (levels["units"], levels["alpha_units"], levels["off_axis"]) == (3, 3, 1)
    assert (levels["agreeing_pairs"], levels["pairs"]) == (2, 5)
    assert levels["marginals"] == {"accurate": 2, "inaccurate": 1, "misleading": 3, "unsupported": 1}
    assert agreement_over([THREE, TWO])["levels"] == levels


def test_ten_claims_have_an_interval():
    rows = ["accurate"] * 5 + ["misleading"] * 6
    report = compile_panel(panel(review(*rows), review(*rows[1:], "inaccurate"))).body["agreement"]["levels"]

    low, high = report["alpha_interval"]
    assert float(low) < float(report["alpha"]) < float(high) <= 1
    assert f"(95 % interval {low} to {high})" in report["words"]


def test_totals_of_instruments_are_compared_over_rounds():
    codes = [item.key for item in HEALTHNEWSREVIEW.items]

    def said(satisfactory):
        return dict.fromkeys(codes[:satisfactory], "satisfactory") | dict.fromkeys(
            codes[satisfactory:], "not_satisfactory"
        )

    rounds = [
        panel(*(review("accurate", answers=said(count)) for count in counts), instruments=[HEALTHNEWSREVIEW])
        for counts in ((8, 8), (3, 4), (5, 5))
    ]

    [totals] = agreement_over(rounds)["instruments"].values()

    assert (totals["metric"], totals["coefficient"], totals["weights"]) == ("interval", "AC2", "quadratic")
    assert (totals["alpha_units"], totals["agreeing_pairs"], totals["pairs"]) == (3, 2, 3)
    assert 0.9 < totals["alpha"] < 1
    without = agreement_over([*rounds, TWO])
    assert list(without["instruments"].values()) == [totals]


def test_totals_are_of_those_who_filled_in_a_form_about_the_article_that_has_a_score():
    satisfactory = dict.fromkeys([item.key for item in HEALTHNEWSREVIEW.items], "satisfactory")
    too_few = dict.fromkeys(satisfactory, "not_applicable")
    unscored = read_instrument(
        'slug = "a"\nversion = 1\ntitle = "A"\nabout = "article"\n[[items]]\nkey = "k"\nkind = "text"\nwording = "?"\n'
    )
    told = replace(review("accurate"), answers={unscored.key: {"k": "Well."}, HEALTHNEWSREVIEW.key: satisfactory})
    rounds = [
        panel(
            *[told, review("accurate"), review("accurate", answers=satisfactory), review("accurate", answers=too_few)],
            instruments=[HEALTHNEWSREVIEW, FORM_VALUE, unscored],
        )
    ]

    parts = agreement_over(rounds)["instruments"]

    assert list(parts) == [unscored.key, HEALTHNEWSREVIEW.key]
    assert parts[HEALTHNEWSREVIEW.key]["marginals"] == {"1": 2}
    assert parts[unscored.key]["marginals"] == {}


def test_a_form_that_one_reviewer_met_is_not_compared():
    satisfactory = dict.fromkeys([item.key for item in HEALTHNEWSREVIEW.items], "satisfactory")
    alone = panel(review("accurate", answers=satisfactory), instruments=[HEALTHNEWSREVIEW])

    [totals] = agreement_over([alone, THREE])["instruments"].values()

    assert totals["raw_undefined"] == "fewer_than_two_raters"


def test_a_round_of_one_review_or_of_none_adds_nothing():
    alone, nobody = panel(review("accurate", "accurate")), panel(claims=[claim(1)])

    assert agreement_over([nobody, TWO, nobody]) == agreement_over([TWO])
    both, added = agreement_over([TWO])["levels"], agreement_over([TWO, alone])["levels"]
    assert [added[name] for name in ("raw", "pairs", "units", "alpha")] == [
        both[name] for name in ("raw", "pairs", "units", "alpha")
    ]


def test_stance_and_design_are_compared_source_by_source():
    one, other = (
        review("accurate", "accurate", stances=["supports", "supports"]),
        review("accurate", stances=["contradicts"]),
    )

    parts = agreement_of(panel(one, other))

    assert list(parts) == ["levels", "stance", "design"]
    for part, raw, marginals in (
        ("stance", 0, {"contradicts": 1, "supports": 2}),
        ("design", 1, {"randomised_trial": 3}),
    ):
        assert (parts[part]["raw"], parts[part]["pairs"], parts[part]["marginals"]) == (raw, 1, marginals)
        assert (parts[part]["metric"], parts[part]["coefficient"]) == ("nominal", "AC1")


def test_every_figure_is_that_of_its_statistic():
    rows = [["accurate"] * 5 + ["misleading"] * 6, ["accurate"] * 4 + ["misleading"] * 6 + ["inaccurate"]]
    axis = [level.name for level in ACCURACY.axis]
    raw = raw_agreement(rows, interval=True)
    alpha = krippendorff_alpha(rows, metric="ordinal", values=axis, interval=True)
    coefficient = gwet(rows, weights="linear", categories=axis, interval=True)

    levels = agreement_of(panel(*(review(*row) for row in rows)))["levels"]

    assert None not in (raw.interval, alpha.interval, coefficient.interval)
    assert {name: levels[name] for name in levels if "gwet" in name or "alpha" in name or "raw" in name} == {
        "raw": raw.value,
        "raw_undefined": None,
        "raw_interval": raw.interval,
        "alpha": alpha.value,
        "alpha_undefined": None,
        "alpha_interval": alpha.interval,
        "alpha_units": 11,
        "gwet": coefficient.value,
        "gwet_undefined": None,
        "gwet_interval": coefficient.interval,
    }
    assert list(levels["marginals"].items()) == [("accurate", 9), ("inaccurate", 1), ("misleading", 12)]
    assert levels["words"].count("; AC2 is ") == 1


def test_marginals_stand_by_alphabet():
    form = read_instrument(
        'slug = "a"\nversion = 1\ntitle = "A"\nabout = "article"\n'
        '[[items]]\nkey = "k"\nkind = "number"\nwording = "?"\nlowest = 0\nhighest = 20\n[scoring]\nmethod = "total"\n'
    )
    reviews = [replace(review("accurate"), answers={form.key: {"k": number}}) for number in (9, 10, 9)]

    [totals] = agreement_over([panel(*reviews, instruments=[form])])["instruments"].values()

    assert list(totals["marginals"].items()) == [("10", 1), ("9", 2)]


def test_agreement_takes_the_marks_from_before_a_second_look():
    swayed = ReviewInput(marks={1: MarkInput("accurate")}, first_marks={1: MarkInput("inaccurate")})
    inputs = panel(review("accurate"), swayed)

    body = compile_panel(inputs).body

    assert body["claims"][0]["panel"]["words"] == "2 of 2 reviewers: accurate"
    assert body["agreement"]["levels"]["agreeing_pairs"] == 0
    assert compile_panel(panel(review("accurate"), review("accurate"))).fingerprint != compile_panel(inputs).fingerprint


def test_scales_are_not_mixed():
    other = replace(TWO, scale=Scale(tuple(replace(level, title="Other") for level in ACCURACY)))

    with pytest.raises(ScalesDiffer):
        agreement_over([TWO, other])


def test_no_rounds_and_no_reviews_are_undefined():
    for rounds in ([], [panel(claims=[claim(1)])]):
        part = agreement_over(rounds)["levels"]
        assert (part["alpha_undefined"], part["raw_undefined"]) == ("fewer_than_two_raters",) * 2
        assert part["words"] == "No answers to compare; alpha is undefined: fewer than two raters."
