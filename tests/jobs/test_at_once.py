"""Two at the same moment: on real connections, with real locks."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import pytest
from django.db import connection, transaction

from reviews.jobs.report import compile_report, do_compiling
from reviews.jobs.round import close_round, close_round_if_complete
from reviews.jobs.work import owe_report
from reviews.models import Job, Notice, Report, Review, Round
from tests.factories import NOON, ReviewFactory, RoundFactory

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*works: Callable[[], object]) -> list[object]:
    """Do all of it on threads that begin together, each on a connection of its own."""
    together = Barrier(len(works))

    def begin(work):
        together.wait()
        try:
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as threads:
        return [future.result(timeout=30) for future in [threads.submit(begin, work) for work in works]]


@pytest.fixture
def judged():
    round = RoundFactory()
    ReviewFactory.create_batch(2, round=round, marks=["misleading", "inaccurate"], submitted=True)
    close_round(round, closing=Round.Closing.EDITOR, at=NOON)
    return round


def test_two_compiles_at_once_write_one_version(judged):
    reports = at_once(*[lambda: compile_report(judged, at=NOON)] * 4)

    assert len(set(reports)) == Report.objects.count() == 1
    assert Notice.objects.count() == 3


def test_one_job_asked_of_four_workers_is_done_by_one(judged):
    job = Job.objects.get()

    done = at_once(*[lambda: do_compiling(job.pk, at=NOON)] * 4)

    assert sorted(done) == [False, False, False, True]
    job.refresh_from_db()
    assert (job.state, job.attempts) == ("done", 1)


def test_a_report_owed_four_times_at_once_is_owed_once():
    round = RoundFactory()

    jobs = at_once(*[lambda: owe_report(round, at=NOON)] * 4)

    assert set(jobs) == {Job.objects.get()}


def test_of_two_last_reviewers_who_hand_in_at_once_one_closes_the_round():
    round = RoundFactory()
    reviews = ReviewFactory.create_batch(2, round=round)

    def hand_in(review):
        with transaction.atomic():
            Review.objects.filter(pk=review.pk).update(submitted_at=NOON, omissions_considered=True)
            return close_round_if_complete(round, at=NOON)

    closed = at_once(*[lambda review=review: hand_in(review) for review in reviews])

    assert sorted(closed) == [False, True]
    assert Notice.objects.filter(kind="round_complete").count() == 1


def test_a_compile_waits_for_the_change_that_counts_on_it(judged):
    """A change that finds a job waiting leaves the work to it, so the job must not begin before that is committed."""
    job = Job.objects.get()
    changed, released = Event(), Event()
    review = Review.objects.first()

    def set_aside():
        with transaction.atomic():
            assert owe_report(judged, at=NOON) == job
            changed.set()
            released.wait(2)
            review.assignment.set_aside_at, review.assignment.set_aside_reason = NOON, "a friend of the author"
            review.assignment.save()

    def compile_meanwhile():
        changed.wait(10)
        return do_compiling(job.pk, at=NOON)

    at_once(set_aside, compile_meanwhile)

    assert Report.objects.get().body["reviewers"] == 1
