"""Jobs as rows: owed in the transaction of their cause, claimed by one worker, finished by its last claimer.

The lease is longer than the worker's hard time limit (CELERY_TASK_TIME_LIMIT): whoever holds one that ran out is
dead, or can no longer finish the row.
"""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import TypeVar

from django.db import IntegrityError, models, transaction
from django.db.models import Exists, F, OuterRef, QuerySet

from reviews.jobs.nudge import nudge_after_commit
from reviews.models import Intake, Job, Round

log = logging.getLogger(__name__)

Clock = Callable[[], datetime]
Row = TypeVar("Row", bound=models.Model)

LEASE = timedelta(minutes=3)
MOST_ATTEMPTS = 5
LONGEST_ERROR = 2000
MOST_NUDGES = 50


class NotNow(Exception):
    """This work cannot be done now, and nothing is wrong with it: it is tried again, after ``wait`` at least."""

    wait = timedelta()


class LeaseLost(Exception):
    """Somebody else took this work over: what was done here is dropped."""


@transaction.atomic
def owe(kind: Job.Kind, *, at: datetime, **subject: models.Model) -> Job:
    """Owe work on one row, given by its field's name, once at a time; a unique constraint holds that.

    A job that waits already serves, and is locked: its claimer waits for this transaction, and cannot miss what it
    changed. A job that is running may have read its inputs, so that another one is owed.
    """
    owed = {"kind": kind, "state": Job.State.OWED, **subject}
    while (job := Job.objects.select_for_update().filter(**owed).first()) is None:
        Job.objects.bulk_create([Job(**owed, owed_at=at, due_at=at)], ignore_conflicts=True)
    nudge_after_commit(task_of(job), job.pk)
    return job


@transaction.atomic
def owe_once(kind: Job.Kind, *, at: datetime, **subject: models.Model) -> Job:
    """Owe work that is done once to one row, given by its field's name; what failed may be owed again."""
    job, _ = Job.objects.exclude(state=Job.State.FAILED).get_or_create(
        kind=kind, **subject, defaults={"owed_at": at, "due_at": at}
    )
    nudge_after_commit(task_of(job), job.pk)
    return job


def owe_reading(intake: Intake, *, at: datetime) -> Job:
    """Owe the reading of what was received, once; a reading that failed may be owed again."""
    return owe_once(Job.Kind.READ, intake=intake, at=at)


def owe_report(round: Round, *, at: datetime) -> Job:
    """Owe a report of everything that this transaction, and those before it, changed in the round."""
    return owe(Job.Kind.COMPILE, round=round, at=at)


def owe_reports(rounds: Iterable[Round], *, at: datetime) -> int:
    """Owe the reports of many rounds whose rows this transaction holds, in three statements; return how many.

    What was claimed a moment ago serves as well: its claimer waits for the round. The first are asked for at once, the
    others by the sweep.
    """
    wanted = list(rounds)
    owed = {"kind": Job.Kind.COMPILE, "state": Job.State.OWED}
    Job.objects.bulk_create(
        [Job(**owed, round=round, owed_at=at, due_at=at) for round in wanted], ignore_conflicts=True
    )
    jobs = list(Job.objects.select_for_update().filter(**owed, round__in=wanted).order_by("pk"))
    for job in jobs[:MOST_NUDGES]:
        nudge_after_commit(task_of(job), job.pk)
    return len(wanted)


def task_of(job: Job) -> str:
    """Return the name of the task that does such a job."""
    return f"reviews.{job.kind}"


def claim_job(pk: int, *, kind: str, at: datetime) -> Job | None:
    """Take a job that is due, or return ``None``: it is done, somebody is at it, or its time has not come."""
    taken = (
        Job.objects.due(at)
        .filter(pk=pk, kind=kind, attempts__lt=MOST_ATTEMPTS)
        .update(state=Job.State.RUNNING, attempts=F("attempts") + 1, lease_until=at + LEASE)
    )
    return Job.objects.get(pk=pk) if taken else None


def do_job(pk: int, *, kind: str, at: datetime, work: Callable[[Job], None]) -> bool:
    """Claim a job and do it; return whether it was done here.

    ``work`` ends its own transaction with ``finish_job``. Whatever it raises is kept in the row, and the job is owed
    again after a while, until its attempts are used up. What had to be expected (``NotNow``) is one line in the log.
    """
    job = claim_job(pk, kind=kind, at=at)
    if job is None:
        return False
    try:
        work(job)
    except LeaseLost:
        log.warning("%s %s was taken over by another worker", job.kind, job.pk)
        return False
    except NotNow as error:
        log.warning("%s %s cannot be done now, attempt %s: %s", job.kind, job.pk, job.attempts, error)
        put_back(job, error=error, at=at)
        return False
    except Exception as error:
        log.exception("%s %s failed on attempt %s", job.kind, job.pk, job.attempts)
        put_back(job, error=error, at=at)
        return False
    return True


def finish_job(job: Job, *, at: datetime) -> None:
    """Close the job; raises LeaseLost where this attempt is not the last one any more."""
    _own(job, state=Job.State.DONE, finished_at=at, lease_until=None, error="")


def keep_at(job: Job, *, at: datetime) -> None:
    """Say that a long work goes on: its lease begins anew. Raises LeaseLost where another worker took it over."""
    _own(job, lease_until=at + LEASE)


def lost(rows: "QuerySet[Row]", *, kind: Job.Kind, named: str) -> "QuerySet[Row]":
    """Return the rows whose job of this kind failed for good, where no other has them in hand; ``named`` is the job's
    field for them.
    """
    jobs = Job.objects.filter(kind=kind, **{named: OuterRef("pk")})
    in_hand = jobs.filter(state__in=[Job.State.OWED, Job.State.RUNNING])
    return rows.filter(Exists(jobs.filter(state=Job.State.FAILED))).exclude(Exists(in_hand))


def put_back(job: Job, *, error: Exception, at: datetime) -> None:
    """Owe a job that went wrong again, later every time, and give it up after the last attempt.

    What an error says by ``wait`` is waited for at least.
    """
    words = f"{type(error).__name__}: {error}"[:LONGEST_ERROR]
    pause = max(pause_after(job.attempts), getattr(error, "wait", timedelta()))
    if job.attempts < MOST_ATTEMPTS and _owe_again(job, error=words, due_at=at + pause):
        return
    give_up(job, error=error, at=at)


def give_up(job: Job, *, error: Exception, at: datetime) -> None:
    """Fail a job for good, with what was wrong."""
    words = f"{type(error).__name__}: {error}"[:LONGEST_ERROR]
    try:
        _own(job, state=Job.State.FAILED, finished_at=at, lease_until=None, error=words)
    except LeaseLost:
        log.warning("%s %s failed here, but was taken over by another worker", job.kind, job.pk)


def pause_after(attempts: int) -> timedelta:
    """Return how long to wait before the next attempt: 10 s, then three times as long each time."""
    return timedelta(seconds=10 * 3 ** (attempts - 1))


def give_up_the_lost(*, at: datetime) -> int:
    """Fail the jobs whose every attempt ended with a dead worker; return how many."""
    return (
        Job.objects.due(at)
        .filter(attempts__gte=MOST_ATTEMPTS)
        .update(
            state=Job.State.FAILED,
            finished_at=at,
            lease_until=None,
            error=f"The worker died or ran out of time on each of {MOST_ATTEMPTS} attempts.",
        )
    )


def _owe_again(job: Job, *, error: str, due_at: datetime) -> bool:
    """Return whether the job waits again; not where a newer one of its round waits already, which will do it all."""
    try:
        with transaction.atomic():
            _own(job, state=Job.State.OWED, due_at=due_at, lease_until=None, error=error)
    except (IntegrityError, LeaseLost):
        return False
    return True


def _own(job: Job, **changes: object) -> None:
    mine = Job.objects.filter(pk=job.pk, state=Job.State.RUNNING, attempts=job.attempts)
    if not mine.update(**changes):
        raise LeaseLost
