"""The broker is away, or loses its memory: the rows are the work, and the sweep finds them."""

import time

import pytest
from django.db import transaction

from reviews.jobs.round import close_round_if_complete
from reviews.models import Job, Notice, Report
from tests.crash.stage import settled, sweep_until
from tests.factories import NOON, ReviewFactory, RoundFactory

LONGEST_PAGE = 4.0
"""Seconds that a page may wait for a dead broker."""


@pytest.fixture(scope="session", params=["valkey"])
def broker_name(request):
    """Only a broker of our own may be stopped."""
    return request.param


def test_a_broker_that_stops_between_commit_and_publish(cast, valkey, quick_path, count):
    healthy = cast.healthy().wait_until_ready()
    round = RoundFactory()
    ReviewFactory.create_batch(2, round=round, marks=["misleading", "inaccurate"], submitted=True)

    with transaction.atomic():
        close_round_if_complete(round, at=NOON)
        valkey.stop()
        began = time.monotonic()
    waited = time.monotonic() - began

    owed = (Job.objects.get().state, Notice.objects.get().state)
    valkey.start()
    sweep_until(lambda: Notice.objects.count() == 4 and settled(), queue=cast.queue)

    accepted = cast.mails.times_accepted()
    count(report_versions=Report.objects.count(), mails=len(accepted), most_copies_of_one=max(accepted.values()))
    assert owed == ("owed", "owed")
    assert waited < LONGEST_PAGE
    assert healthy.process.poll() is None
    assert Report.objects.count() == 1
    assert list(accepted.values()) == [1, 1, 1, 1]


def test_a_broker_that_loses_its_memory(cast, valkey, quick_path, count):
    round = RoundFactory()
    ReviewFactory.create_batch(2, round=round, marks=["misleading", "inaccurate"], submitted=True)
    close_round_if_complete(round, at=NOON)

    valkey.stop()
    for file in (valkey.home / "appendonlydir").iterdir():
        file.unlink()
    valkey.start()
    cast.healthy().wait_until_ready()
    sweep_until(lambda: Notice.objects.count() == 4 and settled(), queue=cast.queue)

    accepted = cast.mails.times_accepted()
    count(report_versions=Report.objects.count(), mails=len(accepted), most_copies_of_one=max(accepted.values()))
    assert Report.objects.count() == 1
    assert list(accepted.values()) == [1, 1, 1, 1]
