"""How invitations are answered."""

import pytest

from reviews.errors import (
    AddressNotYours,
    AlreadyAnswered,
    AlreadyHeld,
    ConflictNotDeclared,
    InvitationIsOver,
    ReasonMissing,
)
from reviews.models import Assignment, Notice
from reviews.services.invitation import accept_invitation, decline_invitation, take_up_invitation
from tests.factories import NOON, AssignmentFactory, ReviewFactory, RoundFactory, UserFactory

pytestmark = pytest.mark.django_db


def invited(address: str = "Rita@Example.org", **kwargs) -> Assignment:
    return AssignmentFactory(reviewer=None, invited_email=address, **kwargs)


def test_accepting_begins_a_review_with_the_declaration_and_owes_the_mail():
    assignment = AssignmentFactory()

    review = accept_invitation(assignment, conflict="declared", statement=" Shares in tea. ", at=NOON)

    assignment.refresh_from_db()
    assert (assignment.accepted_at, assignment.conflict, assignment.conflict_statement) == (
        NOON,
        "declared",
        "Shares in tea.",
    )
    assert (review.assignment, review.began_at) == (assignment, NOON)
    assert [notice.recipient for notice in Notice.objects.filter(kind="accepted")] == [assignment.reviewer]


@pytest.mark.parametrize(("conflict", "statement"), [("not_asked", ""), ("declared", " "), ("", ""), ("forged", "x")])
def test_nobody_accepts_without_a_declaration(conflict, statement):
    with pytest.raises(ConflictNotDeclared):
        accept_invitation(AssignmentFactory(), conflict=conflict, statement=statement, at=NOON)


def test_an_invitation_is_answered_once():
    assignment = AssignmentFactory()
    accept_invitation(assignment, conflict="none", statement="", at=NOON)

    with pytest.raises(AlreadyAnswered):
        accept_invitation(assignment, conflict="none", statement="", at=NOON)
    with pytest.raises(AlreadyAnswered):
        decline_invitation(assignment, reason="No time.", at=NOON)


def test_declining_says_why():
    assignment = AssignmentFactory()

    decline_invitation(assignment, reason=" Outside my field. ", at=NOON)

    assignment.refresh_from_db()
    assert (assignment.declined_at, assignment.decline_reason) == (NOON, "Outside my field.")
    with pytest.raises(ReasonMissing):
        decline_invitation(AssignmentFactory(), reason=" ", at=NOON)


def test_the_last_one_out_who_declines_closes_a_round_with_a_quorum():
    round = RoundFactory()
    for _ in range(2):
        ReviewFactory(round=round, submitted=True)

    decline_invitation(AssignmentFactory(round=round), reason="No time.", at=NOON)

    round.refresh_from_db()
    assert round.closing == "complete"


@pytest.mark.parametrize("ended", [{"withdrawn_at": NOON}, {"released_at": NOON}])
def test_an_invitation_that_was_taken_back_is_over(ended):
    with pytest.raises(InvitationIsOver):
        accept_invitation(AssignmentFactory(**ended), conflict="none", statement="", at=NOON)


def test_an_invitation_to_a_closed_round_is_over():
    assignment = AssignmentFactory(round=RoundFactory(closed_at=NOON, closing="editor"))

    with pytest.raises(InvitationIsOver):
        decline_invitation(assignment, reason="No time.", at=NOON)


def test_an_invitation_by_address_is_taken_up_by_who_verified_it():
    assignment, rita = invited(), UserFactory(email="rita@example.org")

    take_up_invitation(assignment, user=rita)

    assignment.refresh_from_db()
    assert assignment.reviewer == rita


def test_an_address_that_is_not_verified_takes_nothing_up():
    with pytest.raises(AddressNotYours):
        take_up_invitation(invited(), user=UserFactory(email="rita@example.org", verified=False))


def test_an_invitation_of_somebody_else_is_not_taken_up():
    with pytest.raises(AddressNotYours):
        take_up_invitation(AssignmentFactory(), user=UserFactory())


def test_whoever_holds_the_article_already_takes_no_second_invitation_up():
    rita = UserFactory(email="rita@example.org")
    held = AssignmentFactory(reviewer=rita)

    with pytest.raises(AlreadyHeld):
        take_up_invitation(invited(round=held.round), user=rita)
