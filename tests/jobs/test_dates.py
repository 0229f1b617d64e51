"""What a day brings."""

from datetime import UTC, datetime, time, timedelta

import pytest

from reviews.jobs.dates import keep_dates, remind_of_what_is_due
from reviews.models import Notice, Round
from reviews.services.reminder import remind_now
from tests.factories import DUE, NOON, AssignmentFactory, ReviewFactory, RoundFactory

pytestmark = pytest.mark.django_db


def keep(days):
    """Keep the day that lies so many days after the due date."""
    keep_dates(today=DUE + timedelta(days=days), at=NOON)
    return [(notice.kind, notice.address) for notice in Notice.objects.order_by("pk")]


def test_a_reviewer_is_reminded_ahead_on_the_day_and_after_it_each_once():
    request = AssignmentFactory(accepted=True)

    assert [len(keep(days)) for days in (-3, -2, -1, 0, 1, 2, 3, 30)] == [0, 1, 1, 2, 2, 2, 3, 3]
    assert keep(31) == [(kind, request.reviewer.email) for kind in ("due_soon", "due_soon", "overdue")]


def test_days_on_which_nothing_ran_are_not_made_up_for_one_by_one():
    AssignmentFactory(accepted=True)

    assert [kind for kind, _ in keep(30)] == ["overdue"]


def test_a_round_may_have_a_schedule_of_its_own_or_none():
    AssignmentFactory(round__reminders=[-7, 1])
    AssignmentFactory(round__reminders=[])

    assert [len(keep(days)) for days in (-8, -7, 0, 1, 14)] == [0, 1, 1, 2, 2]


def test_an_invitation_by_address_is_reminded_of_there():
    AssignmentFactory(reviewer=None, invited_email="guest@example.org")

    assert keep(-2) == [("due_soon", "guest@example.org")]


def test_a_moved_day_is_reminded_of_anew():
    request = AssignmentFactory(accepted=True)
    keep(-2)
    request.due_on = DUE + timedelta(days=1)
    request.save()

    assert [kind for kind, _ in keep(-1)] == ["due_soon", "due_soon"]


def test_whoever_was_only_just_asked_is_not_reminded():
    AssignmentFactory(assigned_on=DUE - timedelta(days=2))

    assert keep(-2) == keep(-1) == []


def test_nobody_is_reminded_of_what_is_done_or_ended():
    round = RoundFactory()
    ReviewFactory(round=round, submitted=True)
    AssignmentFactory(round=round, declined_at=NOON, decline_reason="no time")
    AssignmentFactory(round=round, withdrawn_at=NOON)

    assert keep(-2) == keep(1) == []


def test_a_round_that_its_day_closes_is_not_called_overdue():
    round = RoundFactory()
    ReviewFactory.create_batch(2, round=round, submitted=True)
    request = AssignmentFactory(round=round)

    assert keep(1) == [("ended", request.reviewer.email)]
    assert Round.objects.get().closing == "due"


def test_whoever_an_editor_reminded_within_a_day_is_left_in_peace(db):
    request = AssignmentFactory(round=RoundFactory(reminders=[0, 1]), accepted=True)
    remind_now(request, today=DUE, at=at_noon(DUE))

    remind_of_what_is_due(today=DUE, at=at_noon(DUE) + timedelta(hours=3))
    same_day = Notice.objects.count()
    remind_of_what_is_due(today=DUE + timedelta(days=1), at=at_noon(DUE) + timedelta(hours=25))

    assert (same_day, Notice.objects.count()) == (1, 2)


def at_noon(day):
    return datetime.combine(day, time(12), tzinfo=UTC)
