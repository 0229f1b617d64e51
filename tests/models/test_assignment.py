from datetime import timedelta

import pytest

from reviews.models import Assignment
from tests.factories import NOON, TODAY, AssignmentFactory, ReviewFactory


@pytest.fixture
def assignment(db):
    return AssignmentFactory()


def test_a_reviewer_holds_an_article_once(refused, assignment):
    with refused("one_live_assignment_per_reviewer"):
        AssignmentFactory(round=assignment.round, reviewer=assignment.reviewer)


def test_who_was_withdrawn_can_be_asked_again(assignment):
    Assignment.objects.update(withdrawn_at=NOON)

    assert AssignmentFactory(round=assignment.round, reviewer=assignment.reviewer).is_live


def test_an_address_is_invited_once_whatever_its_case(refused, assignment):
    AssignmentFactory(round=assignment.round, reviewer=None, invited_email="new@example.org")

    with refused("one_live_invitation_per_address"):
        AssignmentFactory(round=assignment.round, reviewer=None, invited_email="New@Example.org")


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"reviewer": None}, "assignment_names_a_reviewer_or_an_address"),
        ({"due_on": TODAY - timedelta(days=1)}, "assignment_due_after_it_is_made"),
        (
            {"reviewer": None, "invited_email": "new@example.org", "accepted_at": NOON, "conflict": "none"},
            "only_a_reviewer_accepts",
        ),
        (
            {"accepted_at": NOON, "conflict": "none", "declined_at": NOON, "decline_reason": "No time."},
            "assignment_is_accepted_or_declined",
        ),
        ({"accepted_at": NOON}, "whoever_accepts_was_asked_of_conflicts"),
        ({"conflict": "declared"}, "a_declared_conflict_is_stated"),
        ({"conflict": "none", "conflict_statement": "I sell it."}, "a_declared_conflict_is_stated"),
        ({"declined_at": NOON}, "whoever_declines_says_why"),
        ({"set_aside_at": NOON}, "marks_set_aside_say_why"),
    ],
)
def test_an_assignment_holds_its_rules(refused, assignment, change, rule):
    with refused(rule):
        Assignment.objects.update(**change)


def test_an_open_assignment_is_live_and_not_handed_in(assignment):
    ReviewFactory(round=assignment.round, submitted=True)
    AssignmentFactory(round=assignment.round, declined_at=NOON, decline_reason="No time.")

    assert list(Assignment.objects.open()) == [assignment]


def test_a_note_of_withdrawal_needs_a_withdrawal(refused, db):
    with refused("a_note_of_withdrawal_is_of_a_withdrawal"):
        AssignmentFactory(withdrawn_note="Thank you.")
