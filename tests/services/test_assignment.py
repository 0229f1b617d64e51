"""How somebody is asked to review, and how that is taken back."""

from datetime import date, timedelta

import pytest

from reviews.errors import (
    AlreadyAssigned,
    AlreadyCounted,
    AlreadySetAside,
    AssignmentIsOver,
    DeclinedBefore,
    DueAfterTheRound,
    DueInThePast,
    InactiveReviewer,
    MarksNotHandedIn,
    NobodyToAssign,
    ReasonMissing,
    RoundIsClosed,
)
from reviews.models import Job, Notice, Review
from reviews.services.assignment import (
    assign_reviewer,
    count_marks_again,
    extend_assignment,
    set_aside_marks,
    withdraw_assignment,
)
from tests.factories import (
    DUE,
    NOON,
    TODAY,
    AssignmentFactory,
    EditorFactory,
    ReviewFactory,
    RoundFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


def asked(round=None, **changes):
    round = round or RoundFactory()
    how = {"due_on": DUE, "by": round.opened_by, "today": TODAY, "at": NOON}
    return assign_reviewer(round, **{**how, **changes})


def test_a_reviewer_is_asked_by_mail_once():
    reviewer = UserFactory()

    assignment = asked(reviewer=reviewer)

    assert (assignment.reviewer, assignment.invited_email, assignment.due_on) == (reviewer, "", DUE)
    assert [(n.kind, n.address, n.recipient, n.assignment) for n in Notice.objects.all()] == [
        ("invited", reviewer.email, reviewer, assignment)
    ]


def test_somebody_without_an_account_is_asked_by_address():
    assignment = asked(address="new@example.net")

    assert (assignment.reviewer, assignment.invited_email) == (None, "new@example.net")
    assert [(n.address, n.recipient) for n in Notice.objects.all()] == [("new@example.net", None)]


def test_an_address_that_belongs_to_an_account_asks_that_person():
    reviewer = UserFactory(email="Ada@example.org")
    reviewer.emailaddress_set.create(email="ada@work.example", verified=True)

    assert asked(address="ada@EXAMPLE.org").reviewer == reviewer
    assert asked(address="ADA@work.example").reviewer == reviewer


def test_an_address_that_nobody_verified_asks_no_account():
    UserFactory().emailaddress_set.create(email="claimed@example.net", verified=False)

    assert asked(address="claimed@example.net").reviewer is None


def test_nobody_is_asked_twice():
    earlier = AssignmentFactory()
    invited = AssignmentFactory(round=earlier.round, reviewer=None, invited_email="new@example.net")

    for again in ({"reviewer": earlier.reviewer}, {"address": earlier.reviewer.email}, {"address": "NEW@example.net"}):
        with pytest.raises(AlreadyAssigned):
            asked(invited.round, **again)


def test_who_was_invited_by_address_and_then_got_an_account_is_not_asked_twice():
    round = asked(address="Later@example.org").round
    person = UserFactory(email="later@example.org")

    with pytest.raises(AlreadyAssigned):
        asked(round, reviewer=person)

    assert round.assignments.count() == 1


def test_who_declined_is_asked_again_only_after_that_request_is_withdrawn():
    declined = AssignmentFactory(declined_at=NOON, decline_reason="No time.")

    with pytest.raises(DeclinedBefore):
        asked(declined.round, reviewer=declined.reviewer)
    withdraw_assignment(declined, at=NOON)

    assert asked(declined.round, reviewer=declined.reviewer).is_live


def test_nobody_at_all_cannot_be_asked():
    with pytest.raises(NobodyToAssign):
        asked()


def test_who_cannot_sign_in_is_not_asked():
    with pytest.raises(InactiveReviewer):
        asked(reviewer=UserFactory(is_active=False))


def mails_on(assignment):
    return [notice.kind for notice in assignment.notices.order_by("pk")]


@pytest.mark.parametrize(
    ("due_on", "refusal"), [(TODAY - timedelta(days=1), DueInThePast), (DUE + timedelta(days=1), DueAfterTheRound)]
)
def test_the_day_lies_between_today_and_the_rounds_own(due_on, refusal):
    with pytest.raises(refusal):
        asked(reviewer=UserFactory(), due_on=due_on)
    with pytest.raises(refusal):
        extend_assignment(AssignmentFactory(), due_on=due_on, today=TODAY, at=NOON)


def test_a_closed_round_asks_nobody():
    with pytest.raises(RoundIsClosed):
        asked(RoundFactory(closed_at=NOON, closing="editor"), reviewer=UserFactory())


def test_one_reviewer_gets_another_day():
    assignment = AssignmentFactory(due_on=date(2026, 3, 9))

    extend_assignment(assignment, due_on=DUE, today=TODAY, at=NOON)

    assignment.refresh_from_db()
    assert assignment.due_on == DUE
    assert mails_on(assignment) == ["due_moved"]


def test_a_day_that_stays_as_it_is_is_no_news():
    assignment = AssignmentFactory()

    extend_assignment(assignment, due_on=DUE, today=TODAY, at=NOON)

    assert mails_on(assignment) == []


def test_whoever_handed_in_is_not_mailed_about_another_day_or_the_end():
    review = ReviewFactory(submitted=True)

    extend_assignment(review.assignment, due_on=DUE - timedelta(days=1), today=TODAY, at=NOON)
    withdraw_assignment(review.assignment, at=NOON)

    assert mails_on(review.assignment) == []


def test_who_declined_gets_no_other_day():
    with pytest.raises(AssignmentIsOver):
        extend_assignment(AssignmentFactory(declined_at=NOON, decline_reason="No."), due_on=DUE, today=TODAY, at=NOON)


def test_a_withdrawn_reviewer_can_be_asked_again():
    assignment = AssignmentFactory()

    withdraw_assignment(assignment, at=NOON)

    assert mails_on(assignment) == ["ended"]
    assert asked(assignment.round, reviewer=assignment.reviewer).is_live
    with pytest.raises(AssignmentIsOver):
        withdraw_assignment(assignment, at=NOON)


def test_whoever_handed_in_has_one_vote_withdrawn_or_set_aside():
    review = ReviewFactory(submitted=True)
    set_aside_marks(review.assignment, reason="A tie to the maker came out.", at=NOON)
    withdraw_assignment(review.assignment, at=NOON)

    with pytest.raises(AlreadyAssigned):
        asked(review.assignment.round, reviewer=review.assignment.reviewer)


def test_withdrawing_the_last_open_request_completes_a_round_that_has_its_quorum():
    round = RoundFactory()
    for _ in range(2):
        ReviewFactory(assignment__round=round, submitted=True)
    out = AssignmentFactory(round=round)

    withdraw_assignment(out, at=NOON)

    round.refresh_from_db()
    assert (round.closed_at, round.closing) == (NOON, "complete")


def test_withdrawing_the_last_open_request_leaves_a_round_without_quorum_open():
    assignment = AssignmentFactory()

    withdraw_assignment(assignment, at=NOON)

    assignment.round.refresh_from_db()
    assert assignment.round.is_open


def test_the_marks_of_who_leaves_count_until_they_are_set_aside_for_a_reason():
    review = ReviewFactory(submitted=True)
    withdraw_assignment(review.assignment, at=NOON)
    counted = [Review.objects.counted().count()]

    set_aside_marks(review.assignment, reason="A tie to the maker came out.", at=NOON)
    counted.append(Review.objects.counted().count())
    count_marks_again(review.assignment, at=NOON)
    counted.append(Review.objects.counted().count())

    assert counted == [1, 0, 1]
    assert not Job.objects.exists()


def test_setting_marks_of_a_closed_round_aside_owes_a_new_report():
    review = ReviewFactory(submitted=True)
    type(review.round).objects.update(closed_at=NOON, closing="editor")

    set_aside_marks(review.assignment, reason="A tie to the maker came out.", at=NOON)

    assert [job.round for job in Job.objects.all()] == [review.round]


def test_marks_that_count_again_complete_an_open_round_in_which_nothing_is_out():
    round = RoundFactory()
    first, _ = ReviewFactory.create_batch(2, round=round, submitted=True)
    set_aside_marks(first.assignment, reason="A friend of the author.", at=NOON)

    count_marks_again(first.assignment, at=NOON)

    round.refresh_from_db()
    assert (round.closing, Job.objects.filter(round=round).count()) == ("complete", 1)


def test_marks_are_set_aside_only_with_a_reason_and_only_once_there_are_any():
    handed_in, at_work = ReviewFactory(submitted=True).assignment, ReviewFactory().assignment

    with pytest.raises(ReasonMissing):
        set_aside_marks(handed_in, reason=" ", at=NOON)
    with pytest.raises(MarksNotHandedIn):
        set_aside_marks(at_work, reason="Why", at=NOON)
    with pytest.raises(AlreadyCounted):
        count_marks_again(handed_in, at=NOON)
    set_aside_marks(handed_in, reason="Why", at=NOON)
    with pytest.raises(AlreadySetAside):
        set_aside_marks(handed_in, reason="Why", at=NOON)


def test_an_editor_may_be_asked_to_review():
    assert asked(reviewer=EditorFactory()).is_live
