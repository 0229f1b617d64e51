"""How a round ends."""

from datetime import timedelta

import pytest

from reviews.jobs.round import close_due_rounds, close_round, close_round_if_complete
from reviews.models import Job, Notice, Round
from tests.factories import (
    DUE,
    NOON,
    AssignmentFactory,
    EditorFactory,
    ReviewFactory,
    RoundFactory,
)

pytestmark = pytest.mark.django_db

EDITOR = Round.Closing.EDITOR


def notices(kind):
    return [notice.recipient for notice in Notice.objects.filter(kind=kind).order_by("pk")]


def test_closing_releases_what_is_still_out_and_nothing_else():
    round = RoundFactory()
    invited = AssignmentFactory(round=round)
    drafted = ReviewFactory(round=round)
    handed_in = ReviewFactory(round=round, submitted=True)

    close_round(round, closing=EDITOR, at=NOON)

    released = round.assignments.filter(released_at=NOON)
    assert set(released) == {invited, drafted.assignment}
    assert handed_in.assignment not in released


def test_closing_owes_a_report_once():
    round = RoundFactory()

    closed = [close_round(round, closing=EDITOR, at=NOON) for _ in range(2)]

    assert closed == [True, False]
    assert [job.round for job in Job.objects.all()] == [round]


def test_the_last_review_closes_the_round_and_tells_every_editor():
    editors = [EditorFactory(), EditorFactory()]
    round = RoundFactory(editors=editors)
    ReviewFactory.create_batch(2, round=round, submitted=True)

    assert close_round_if_complete(round, at=NOON) is True

    round.refresh_from_db()
    assert (round.closing, round.closed_at) == ("complete", NOON)
    assert notices("round_complete") == editors


def test_an_editors_end_tells_nobody_that_all_reviews_are_in():
    round = RoundFactory()

    close_round(round, closing=EDITOR, at=NOON)

    assert notices("round_complete") == []


def test_a_round_stays_open_while_somebody_is_at_work():
    round = RoundFactory()
    ReviewFactory.create_batch(2, round=round, submitted=True)
    AssignmentFactory(round=round)

    assert close_round_if_complete(round, at=NOON) is False


def test_a_round_stays_open_without_a_quorum():
    round = RoundFactory()
    ReviewFactory(round=round, submitted=True)

    assert close_round_if_complete(round, at=NOON) is False


def test_marks_that_were_set_aside_make_no_quorum():
    round = RoundFactory()
    ReviewFactory(round=round, submitted=True)
    set_aside = ReviewFactory(round=round, submitted=True).assignment
    set_aside.set_aside_at, set_aside.set_aside_reason = NOON, "a friend of the author"
    set_aside.save()

    assert close_round_if_complete(round, at=NOON) is False


def test_a_declined_or_withdrawn_request_is_waited_for_no_more():
    round = RoundFactory()
    ReviewFactory.create_batch(2, round=round, submitted=True)
    AssignmentFactory(round=round, declined_at=NOON, decline_reason="no time")
    AssignmentFactory(round=round, withdrawn_at=NOON)

    assert close_round_if_complete(round, at=NOON) is True


@pytest.mark.parametrize(("days", "handed_in", "closed"), [(0, 2, 0), (1, 2, 1), (1, 1, 0)])
def test_a_round_closes_when_its_day_has_passed_with_a_quorum(days, handed_in, closed):
    round = RoundFactory()
    ReviewFactory.create_batch(handed_in, round=round, submitted=True)
    AssignmentFactory(round=round)

    assert close_due_rounds(today=DUE + timedelta(days=days), at=NOON) == closed
    assert Round.objects.filter(closing="due").count() == closed
