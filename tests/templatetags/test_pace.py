"""Lengths of time in words."""

from datetime import timedelta

import pytest

from reviews.templatetags.pace import roughly, times


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (0.4, "less than a minute"),
        (1.2, "1 minute"),
        (7.6, "8 minutes"),
        (19.4, "19 minutes"),
        (23, "25 minutes"),
        (57, "55 minutes"),
        (58, "1 hour"),
        (80, "1½ hours"),
        (130, "2 hours"),
        (500, "8 hours"),
        (1_000, "17 hours"),
    ],
)
def test_a_length_of_time_is_said_as_roughly_as_it_is_known(minutes, words):
    assert roughly(timedelta(minutes=minutes)) == words


def test_a_length_of_time_is_taken_a_number_of_times():
    assert times(timedelta(minutes=2), 3) == timedelta(minutes=6)
