"""GRADE: where evidence starts, and what its reasons come to."""

import pytest

from reviews.core.judging.certainty import REASONS, STARTS, arrive_at, reason_title, start_of
from reviews.core.judging.vocabulary import DESIGNS


@pytest.mark.parametrize(
    ("start", "reasons", "certainty"),
    [
        ("randomised", [], "high"),
        ("observational", [], "low"),
        ("other", [], "very_low"),
        ("randomised", ["risk_of_bias_1"], "moderate"),
        ("randomised", ["imprecision_2"], "low"),
        ("randomised", ["risk_of_bias_1", "inconsistency_1", "indirectness_1"], "very_low"),
        ("randomised", ["risk_of_bias_2", "inconsistency_2", "publication_bias_2"], "very_low"),
        ("observational", ["large_effect_1"], "moderate"),
        ("observational", ["large_effect_2"], "high"),
        ("observational", ["large_effect_2", "dose_response_1", "opposing_confounding_1"], "high"),
        ("observational", ["large_effect_1", "risk_of_bias_1"], "low"),
        ("other", ["indirectness_1"], "very_low"),
        ("", ["risk_of_bias_1"], ""),
    ],
)
def test_reasons_move_the_certainty_from_where_the_design_starts(start, reasons, certainty):
    assert arrive_at(start, reasons) == certainty


def test_every_reason_moves_in_its_direction_by_its_steps():
    assert len(REASONS) == 14
    for reason in REASONS:
        title = reason_title(reason)
        assert title.endswith(reason[-1])
        if "down" in title:
            assert arrive_at("randomised", [reason]) == {"1": "moderate", "2": "low"}[reason[-1]]
        else:
            assert arrive_at("observational", [reason]) == {"1": "moderate", "2": "high"}[reason[-1]]


def test_a_reason_is_told_with_its_direction():
    assert reason_title("imprecision_2") == "imprecision, down 2"
    assert reason_title("large_effect_1") == "large effect, up 1"


@pytest.mark.parametrize(
    ("designs", "start"),
    [
        (["animal", "randomised_trial"], "randomised"),
        (["case_series", "opinion"], "observational"),
        (["laboratory"], "other"),
        (["not_a_study", "unclear", ""], ""),
        ([], ""),
    ],
)
def test_the_best_design_says_where_evidence_starts(designs, start):
    assert start_of(designs) == start


def test_every_design_that_is_a_study_starts_somewhere():
    without = {code for code, _ in DESIGNS if start_of([code]) not in dict(STARTS)}

    assert without == {"not_a_study", "unclear"}
