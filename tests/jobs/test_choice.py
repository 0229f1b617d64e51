"""When a person wants a mail."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest

from reviews.jobs.choice import next_digest, quiet_end
from reviews.models import Pace

BERLIN = ZoneInfo("Europe/Berlin")


def at(day, hour, minute=0, zone=UTC):
    return datetime(2026, 3, day, hour, minute, tzinfo=zone)


@pytest.mark.parametrize(
    ("begin", "end", "now", "then"),
    [
        (time(22), time(7), at(2, 23), at(3, 7)),
        (time(22), time(7), at(2, 6, 59), at(2, 7)),
        (time(22), time(7), at(2, 7), None),
        (time(22), time(7), at(2, 21, 59), None),
        (time(12), time(14), at(2, 12), at(2, 14)),
        (time(12), time(14), at(2, 14), None),
    ],
)
def test_quiet_hours_end_at_their_end_and_may_hold_midnight(begin, end, now, then):
    assert quiet_end(begin, end, at=now) == then


@pytest.mark.parametrize(
    ("pace", "zone", "now", "then"),
    [
        (Pace.DAILY, UTC, at(2, 7, 59), at(2, 8)),
        (Pace.DAILY, UTC, at(2, 8), at(3, 8)),
        (Pace.WEEKLY, UTC, at(2, 7), at(2, 8)),
        (Pace.WEEKLY, UTC, at(2, 8), at(9, 8)),
        (Pace.WEEKLY, UTC, at(4, 12), at(9, 8)),
        (Pace.DAILY, BERLIN, at(2, 6, 30), at(2, 7)),
        (Pace.DAILY, BERLIN, at(28, 12), at(29, 6)),  # the clocks go forward in that night
    ],
)
def test_a_digest_leaves_at_eight_by_the_persons_clock(pace, zone, now, then):
    assert next_digest(pace, zone=zone, after=now) == then
