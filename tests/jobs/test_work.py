"""Jobs as rows: owed once, claimed by one, finished by the last claimer."""

from datetime import timedelta

import pytest

from reviews.jobs.work import (
    LEASE,
    MOST_ATTEMPTS,
    LeaseLost,
    claim_job,
    do_job,
    finish_job,
    give_up_the_lost,
    owe_reading,
    owe_report,
    pause_after,
)
from reviews.models import Job
from tests.factories import NOON, IntakeFactory, RoundFactory

pytestmark = pytest.mark.django_db

COMPILE = Job.Kind.COMPILE


@pytest.fixture
def owed():
    return owe_report(RoundFactory(), at=NOON)


def break_down(job):
    raise RuntimeError("the disk is full")


def test_a_round_that_waits_for_its_report_waits_once(owed):
    again = owe_report(owed.round, at=NOON + timedelta(hours=1))

    assert (again, Job.objects.count()) == (owed, 1)


def test_a_change_during_a_compile_owes_another_one(owed):
    claim_job(owed.pk, kind=COMPILE, at=NOON)

    again = owe_report(owed.round, at=NOON)

    assert again != owed
    assert [job.state for job in Job.objects.order_by("pk")] == ["running", "owed"]


def test_an_intake_is_read_once():
    intake = IntakeFactory()

    assert owe_reading(intake, at=NOON) == owe_reading(intake, at=NOON)


def test_a_failed_reading_may_be_owed_again():
    intake = IntakeFactory()
    failed = owe_reading(intake, at=NOON)
    Job.objects.update(state="failed", finished_at=NOON)

    assert owe_reading(intake, at=NOON) != failed


def test_a_job_is_claimed_by_one(owed):
    first = claim_job(owed.pk, kind=COMPILE, at=NOON)
    second = claim_job(owed.pk, kind=COMPILE, at=NOON)

    assert (first.attempts, first.lease_until, second) == (1, NOON + LEASE, None)


def test_a_job_of_another_kind_is_not_claimed(owed):
    assert claim_job(owed.pk, kind=Job.Kind.READ, at=NOON) is None


def test_a_job_is_not_claimed_before_its_time(owed):
    assert claim_job(owed.pk, kind=COMPILE, at=NOON - timedelta(seconds=1)) is None


def test_a_job_whose_worker_died_is_claimed_again(owed):
    claim_job(owed.pk, kind=COMPILE, at=NOON)

    later = NOON + LEASE + timedelta(seconds=1)

    assert claim_job(owed.pk, kind=COMPILE, at=later).attempts == 2


def test_only_the_last_claimer_finishes_a_job(owed):
    slow = claim_job(owed.pk, kind=COMPILE, at=NOON)
    quick = claim_job(owed.pk, kind=COMPILE, at=NOON + 2 * LEASE)

    with pytest.raises(LeaseLost):
        finish_job(slow, at=NOON)
    finish_job(quick, at=NOON)

    owed.refresh_from_db()
    assert (owed.state, owed.finished_at) == ("done", NOON)


def test_a_done_job_is_not_done_again(owed):
    done = [do_job(owed.pk, kind=COMPILE, at=NOON, work=lambda job: finish_job(job, at=NOON)) for _ in range(2)]

    assert done == [True, False]


def test_a_job_that_breaks_is_owed_again_later_with_its_error(owed):
    done = do_job(owed.pk, kind=COMPILE, at=NOON, work=break_down)

    owed.refresh_from_db()
    assert (done, owed.state, owed.due_at) == (False, "owed", NOON + pause_after(1))
    assert owed.error == "RuntimeError: the disk is full"


def test_a_job_that_breaks_every_time_is_given_up_with_its_error(owed):
    moments = [NOON + timedelta(hours=hour) for hour in range(MOST_ATTEMPTS + 1)]

    for moment in moments:
        do_job(owed.pk, kind=COMPILE, at=moment, work=break_down)

    owed.refresh_from_db()
    assert (owed.state, owed.attempts, owed.error) == ("failed", MOST_ATTEMPTS, "RuntimeError: the disk is full")


def test_a_job_that_breaks_while_a_newer_one_waits_leaves_the_work_to_it(owed):
    def change_and_break(job):
        owe_report(job.round, at=NOON)
        raise RuntimeError("in the middle")

    do_job(owed.pk, kind=COMPILE, at=NOON, work=change_and_break)

    assert [job.state for job in Job.objects.order_by("pk")] == ["failed", "owed"]


def test_a_job_whose_workers_all_died_is_given_up(owed):
    for attempt in range(MOST_ATTEMPTS):
        claim_job(owed.pk, kind=COMPILE, at=NOON + 2 * attempt * LEASE)
    after_the_last_lease = NOON + 2 * MOST_ATTEMPTS * LEASE

    assert claim_job(owed.pk, kind=COMPILE, at=after_the_last_lease) is None
    assert give_up_the_lost(at=after_the_last_lease) == 1

    owed.refresh_from_db()
    assert owed.state == "failed"
    assert owed.error.startswith("The worker died")


def test_pauses_grow():
    assert [pause_after(attempt).total_seconds() for attempt in (1, 2, 3, 4)] == [10, 30, 90, 270]
