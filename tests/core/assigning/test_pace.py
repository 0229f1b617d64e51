"""Telling a pace from times of saving."""

from datetime import UTC, datetime, timedelta
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from reviews.core.assigning.pace import FEWEST_CLAIMS, LONGEST_PAUSE, pace_of

START = datetime(2026, 3, 2, 9, tzinfo=UTC)


def saves(*minutes_and_claims: tuple[float, int]) -> list[tuple[datetime, int]]:
    return [(START + timedelta(minutes=minutes), claim) for minutes, claim in minutes_and_claims]


def test_the_median_of_the_active_time_per_claim_is_told():
    done = saves((0, 0), (1, 1), (3, 2), (6, 3), (10, 4), (15, 5))

    assert pace_of(done) == timedelta(minutes=3)


def test_several_savings_of_a_claim_add_up_whenever_they_were_made():
    done = saves((0, 1), (2, 1), (4, 2), (6, 3), (8, 4), (10, 5), (12, 1))

    assert pace_of(done) == timedelta(minutes=2)
    assert pace_of([*done, *saves((14, 2), (16, 3), (18, 4), (20, 5))]) == timedelta(minutes=4)


def test_time_away_does_not_count():
    days = [(2_000 * claim + minutes, claim) for claim in range(FEWEST_CLAIMS) for minutes in (0, 2)]

    assert pace_of(saves(*days)) == timedelta(minutes=2)


def test_a_pause_of_just_ten_minutes_counts():
    steps = [(number * LONGEST_PAUSE.total_seconds() / 60, number) for number in range(FEWEST_CLAIMS + 1)]

    assert pace_of(saves(*steps)) == LONGEST_PAUSE


def test_with_too_few_claims_it_is_too_early_to_say():
    done = saves(*((number, number) for number in range(FEWEST_CLAIMS)))

    assert pace_of(done) is None
    assert pace_of([]) is None


def test_what_was_saved_at_one_moment_has_no_time():
    assert pace_of(saves(*((0, number) for number in range(20)))) is None


def test_the_order_in_which_they_come_does_not_matter():
    done = saves((0, 0), (1, 1), (3, 2), (6, 3), (10, 4), (15, 5))

    assert {pace_of(order) for order in permutations(done)} == {timedelta(minutes=3)}


@given(st.lists(st.tuples(st.floats(0, 5_000), st.integers(1, 12)), max_size=60))
def test_a_pace_lies_between_nothing_and_the_whole_time(points):
    done = saves(*points)

    pace = pace_of(done)

    assert pace is None or timedelta() < pace <= max(done)[0] - min(done)[0]
