"""The sure way: whatever is due and was not seen to is published again, and what was lost is said to be lost."""

import logging
from collections.abc import Callable
from datetime import datetime

from django.db import connection, transaction

from reviews.jobs.bibliography import give_up_lists
from reviews.jobs.export import remove_expired_exports
from reviews.jobs.notice import say_what_is_uncertain
from reviews.jobs.nudge import nudge
from reviews.jobs.reading import give_up_unread
from reviews.jobs.recheck import owe_forgotten_rechecks
from reviews.jobs.retraction import give_up_files
from reviews.jobs.work import give_up_the_lost, task_of
from reviews.models import Job, Notice

log = logging.getLogger(__name__)

LOCK = 7_201
"""One sweep at a time, whatever the number of beats: the key of a PostgreSQL advisory lock."""

MOST_AT_ONCE = 200

CHORES: tuple[Callable[[datetime], object], ...] = (
    lambda at: give_up_the_lost(at=at),
    lambda at: give_up_unread(at=at),
    lambda _: give_up_lists(),
    lambda _: give_up_files(),
    lambda at: say_what_is_uncertain(at=at),
    lambda at: owe_forgotten_rechecks(at=at),
    lambda at: remove_expired_exports(at=at),
)


def sweep(at: datetime) -> int:
    """Publish what is due, oldest first; return how many messages the broker took."""
    with transaction.atomic():
        if not _alone():
            return 0
        for chore in CHORES:
            _see_to(chore, at=at)
        jobs = [(task_of(job), job.pk) for job in Job.objects.due(at).order_by("due_at")[:MOST_AT_ONCE]]
        due = Notice.objects.due(at).order_by("due_at").values_list("pk", flat=True)[:MOST_AT_ONCE]
        notices = [("reviews.send_notice", pk) for pk in due]
    return sum(nudge(task, pk) for task, pk in [*jobs, *notices])


def _see_to(chore: Callable[[datetime], object], *, at: datetime) -> None:
    """Do a chore by itself: one that goes wrong must not keep from being published what is due."""
    try:
        with transaction.atomic():
            chore(at)
    except Exception:
        log.exception("A chore of the sweep went wrong")


def _alone() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        row = cursor.fetchone()
    return bool(row and row[0])
