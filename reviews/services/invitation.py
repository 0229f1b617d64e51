"""How a person answers an invitation."""

from datetime import datetime

from django.db import IntegrityError, transaction

from reviews.errors import (
    AddressNotYours,
    AlreadyAnswered,
    AlreadyHeld,
    ConflictNotDeclared,
    InvitationIsOver,
    ReasonMissing,
)
from reviews.gateways.account import verified_addresses
from reviews.jobs.assignment import tell_of_request
from reviews.jobs.round import close_round_if_complete
from reviews.models import Assignment, Notice, Review, Round, User


@transaction.atomic
def take_up_invitation(assignment: Assignment, *, user: User) -> Assignment:
    """Bind an invitation by address to the person who has verified that address.

    Raises AddressNotYours, AlreadyHeld, InvitationIsOver.
    """
    assignment = _standing(assignment)
    if assignment.reviewer == user:
        return assignment
    if assignment.reviewer or assignment.invited_email.lower() not in verified_addresses(user):
        raise AddressNotYours
    assignment.reviewer = user
    try:
        with transaction.atomic():
            assignment.save(update_fields=["reviewer"])
    except IntegrityError as error:
        raise AlreadyHeld from error
    return assignment


@transaction.atomic
def accept_invitation(assignment: Assignment, *, conflict: str, statement: str, at: datetime) -> Review:
    """Begin a review, with the declaration of conflicts of interest.

    ``conflict`` is ``none`` or ``declared``; the statement belongs to the second alone. Raises ConflictNotDeclared,
    InvitationIsOver, AlreadyAnswered.
    """
    declared = conflict == Assignment.Conflict.DECLARED
    if conflict not in {Assignment.Conflict.NONE, Assignment.Conflict.DECLARED} or (declared and not statement.strip()):
        raise ConflictNotDeclared
    assignment = _unanswered(assignment)
    assignment.accepted_at = at
    assignment.conflict = conflict
    assignment.conflict_statement = statement.strip() if declared else ""
    assignment.save(update_fields=["accepted_at", "conflict", "conflict_statement"])
    review = Review.objects.create(assignment=assignment, began_at=at)
    if assignment.reviewer:
        tell_of_request(Notice.Kind.ACCEPTED, assignment, at=at)
    return review


@transaction.atomic
def decline_invitation(assignment: Assignment, *, reason: str, at: datetime) -> None:
    """Say no, and why. A round with nothing else out is complete with it.

    Raises ReasonMissing, InvitationIsOver, AlreadyAnswered.
    """
    if not reason.strip():
        raise ReasonMissing
    assignment = _unanswered(assignment)
    assignment.declined_at, assignment.decline_reason = at, reason.strip()
    assignment.save(update_fields=["declined_at", "decline_reason"])
    close_round_if_complete(assignment.round, at=at)


def _unanswered(assignment: Assignment) -> Assignment:
    assignment = _standing(assignment)
    if assignment.accepted_at:
        raise AlreadyAnswered
    return assignment


def _standing(assignment: Assignment) -> Assignment:
    """Lock round and assignment, in the order in which everything does. Raises AlreadyAnswered, InvitationIsOver."""
    round = Round.objects.select_for_update().get(pk=assignment.round_id)
    assignment = Assignment.objects.select_for_update(of=("self",)).select_related("reviewer").get(pk=assignment.pk)
    if assignment.declined_at:
        raise AlreadyAnswered
    if not assignment.is_live or not round.is_open:
        raise InvitationIsOver
    assignment.round = round
    return assignment
