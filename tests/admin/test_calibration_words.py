"""What is said of shares and of severity."""

from fractions import Fraction

import pytest

from reviews.admin.calibration_words import minutes_words, misses_words, severity_words, share_words
from reviews.core.judging.calibration import Misses, Tally


@pytest.mark.parametrize(
    ("tally", "words"),
    [
        (Tally(0, 0), "nothing to compare"),
        (Tally(4, 9), "4 of 9"),
        (Tally(6, 10), "6 of 10 (60 %; 31 to 83 %)"),  # Wilson's interval by hand: 0.313 to 0.832
        (Tally(20, 20), "20 of 20 (100 %; 84 to 100 %)"),
    ],
)
def test_a_share_comes_with_its_number_and_its_interval_only_where_there_are_ten(tally, words):
    assert share_words(tally) == words


@pytest.mark.parametrize(
    ("severity", "words"),
    [
        (None, "nothing to compare"),
        (Fraction(0), "as the panel"),
        (Fraction(-1, 21), "as the panel"),
        (Fraction(1, 20), "0.1 levels stricter"),
        (Fraction(-4, 3), "1.3 levels milder"),
    ],
)
def test_severity_is_told_in_levels(severity, words):
    assert severity_words(severity) == words


@pytest.mark.parametrize(
    ("misses", "words"),
    [
        (Misses(), "none"),
        (Misses(off_axis=1), "1 to or from the level off the axis"),
        (Misses(one=2, stricter=1, milder=1), "2 one level off; 1 stricter and 1 milder than what is right"),
        (
            Misses(one=2, more=1, off_axis=1, stricter=1, milder=2),
            "2 one level off, 1 by more, 1 to or from the level off the axis; "
            "1 stricter and 2 milder than what is right",
        ),
    ],
)
def test_misses_are_told_by_how_far_and_in_which_direction(misses, words):
    assert misses_words(misses) == words


@pytest.mark.parametrize(("minutes", "words"), [(None, "unknown"), (0.9, "under 1"), (1.0, "1"), (6.6, "7")])
def test_minutes_are_whole_ones(minutes, words):
    assert minutes_words(minutes) == words
