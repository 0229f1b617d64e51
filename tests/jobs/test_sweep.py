"""The sure way: whatever is due is published again."""

from contextlib import closing
from datetime import timedelta

import pytest
from celery import current_app
from django.db import connections

from reviews.jobs import nudge
from reviews.jobs import sweep as sweeping
from reviews.jobs.sweep import LOCK, MOST_AT_ONCE, sweep
from reviews.jobs.work import LEASE, MOST_ATTEMPTS, claim_job, owe_reading, owe_report
from reviews.models import Job
from tests.factories import NOON, IntakeFactory, NoticeFactory, RoundFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def published(monkeypatch):
    """The queue's end of the line: what would be published."""
    messages = []
    nudge._down_since.clear()
    monkeypatch.setattr(current_app, "send_task", lambda name, args, **_options: messages.append((name, *args)))
    return messages


def test_whatever_is_due_is_published_by_the_name_of_its_task(published):
    reading, report, mail = owe_reading(IntakeFactory(), at=NOON), owe_report(RoundFactory(), at=NOON), NoticeFactory()

    assert sweep(NOON) == 3
    assert published == [
        ("reviews.read_intake", reading.pk),
        ("reviews.compile_report", report.pk),
        ("reviews.send_notice", mail.pk),
    ]


def test_a_chore_that_goes_wrong_keeps_nothing_from_being_published(published, monkeypatch, caplog):
    def wrong(*, at):
        NoticeFactory()
        raise ZeroDivisionError

    monkeypatch.setattr(sweeping, "give_up_unread", wrong)
    mail = NoticeFactory()
    lost = owe_report(RoundFactory(), at=NOON)
    Job.objects.filter(pk=lost.pk).update(state="running", attempts=MOST_ATTEMPTS, lease_until=NOON)

    assert sweep(NOON + LEASE) == 1

    lost.refresh_from_db()
    assert (lost.state, published) == ("failed", [("reviews.send_notice", mail.pk)])
    assert [line.exc_info[0] for line in caplog.records] == [ZeroDivisionError]


def test_what_is_not_due_is_left_alone(published):
    running = owe_report(RoundFactory(), at=NOON)
    claim_job(running.pk, kind="compile_report", at=NOON)
    NoticeFactory(due_at=NOON + timedelta(minutes=1))
    NoticeFactory(state="sent", sent_at=NOON, body_sha256="0" * 64)

    assert sweep(NOON) == 0


def test_work_of_a_dead_worker_is_published_again(published):
    job = owe_report(RoundFactory(), at=NOON)
    claim_job(job.pk, kind="compile_report", at=NOON)

    sweep(NOON + LEASE + timedelta(seconds=1))

    assert published == [("reviews.compile_report", job.pk)]


def test_a_mail_lost_at_its_hand_over_is_said_to_be_uncertain_and_not_published(published):
    mail = NoticeFactory(state="sending", lease_until=NOON, body_sha256="0" * 64)

    sweep(NOON + timedelta(seconds=1))

    mail.refresh_from_db()
    assert (mail.state, published) == ("uncertain", [])


def test_a_sweep_publishes_the_oldest_first_and_not_without_end(published):
    late = [NoticeFactory.build(recipient=None, address="a@example.org") for _ in range(MOST_AT_ONCE + 5)]
    type(late[0]).objects.bulk_create(late)

    assert sweep(NOON) == MOST_AT_ONCE


@pytest.mark.django_db(transaction=True)
def test_one_sweep_at_a_time(published):
    NoticeFactory()
    other = connections.create_connection("default")
    with closing(other), other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        during = sweep(NOON)
        cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])

    assert (during, sweep(NOON)) == (0, 1)


def test_the_sweep_twice_in_a_row_changes_nothing(published):
    owe_report(RoundFactory(), at=NOON)

    assert sweep(NOON) == sweep(NOON) == 1
    assert Job.objects.get().state == "owed"
