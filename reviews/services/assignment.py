"""How editors ask somebody to review, and take it back."""

from collections.abc import Collection, Iterable
from datetime import date, datetime

from django.db import transaction

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
from reviews.gateways.account import verified_addresses
from reviews.jobs.assignment import tell_of_another_day, tell_of_request, tell_that_it_is_over
from reviews.jobs.recheck import owe_recheck
from reviews.jobs.round import close_round_if_complete
from reviews.models import Assignment, Notice, Recheck, Round, User
from reviews.services.second_look import end_answered_looks


@transaction.atomic
def assign_reviewer(
    round: Round,
    *,
    reviewer: User | None = None,
    address: str = "",
    due_on: date,
    by: User,
    today: date,
    at: datetime,
) -> Assignment:
    """Ask a person to review a round by a day, and owe the invitation.

    Somebody without an account is asked by address; an address that belongs to an account asks that person. Raises
    RoundIsClosed, DueInThePast, DueAfterTheRound, NobodyToAssign, InactiveReviewer, AlreadyAssigned, DeclinedBefore.
    """
    round = Round.objects.select_for_update().get(pk=round.pk)
    refuse_day(due_on, round=round, today=today)
    reviewer = reviewer or holder_of(address)
    standing = round.assignments.standing()
    addresses = {reviewer.email.lower(), *verified_addresses(reviewer)} if reviewer else {address.lower()}
    refuse_person(standing, reviewer=reviewer, addresses=addresses)
    assignment = Assignment.objects.create(
        round=round,
        reviewer=reviewer,
        invited_email="" if reviewer else address,
        assigned_by=by,
        assigned_on=today,
        assigned_at=at,
        due_on=due_on,
    )
    tell_of_request(Notice.Kind.INVITED, assignment, at=at)
    return assignment


@transaction.atomic
def extend_assignment(assignment: Assignment, *, due_on: date, today: date, at: datetime) -> None:
    """Give one reviewer another day, and owe the mail that says so.

    Raises AssignmentIsOver, DueInThePast, DueAfterTheRound.
    """
    round = Round.objects.select_for_update().get(pk=assignment.round_id)
    refuse_day(due_on, round=round, today=today)
    assignment = Assignment.objects.select_for_update().get(pk=assignment.pk)
    if not assignment.is_live:
        raise AssignmentIsOver
    if assignment.due_on == due_on:
        return
    assignment.due_on = due_on
    assignment.save(update_fields=["due_on"])
    if _is_out(assignment):
        tell_of_another_day(assignment, at=at)


@transaction.atomic
def withdraw_assignment(assignment: Assignment, *, note: str = "", at: datetime) -> None:
    """Take a request back, and owe whoever has not handed in the mail that it is over, with a note. Marks that were
    handed in count on, unless they are set aside; a round with nothing else out is complete with it. Raises
    AssignmentIsOver.
    """
    round = Round.objects.select_for_update().get(pk=assignment.round_id)
    assignment = Assignment.objects.select_for_update().get(pk=assignment.pk)
    if assignment.withdrawn_at or assignment.released_at:
        raise AssignmentIsOver
    if _is_out(assignment):
        tell_that_it_is_over(assignment, at=at)
    assignment.withdrawn_at, assignment.withdrawn_note = at, note.strip()
    assignment.save(update_fields=["withdrawn_at", "withdrawn_note"])
    if round.is_open:
        close_round_if_complete(round, at=at)
    else:
        end_answered_looks(round, at=at)


@transaction.atomic
def replace_reviewer(
    assignment: Assignment,
    *,
    reviewer: User | None = None,
    address: str = "",
    due_on: date,
    note: str = "",
    set_aside: str = "",
    by: User,
    today: date,
    at: datetime,
) -> Assignment:
    """Ask somebody else in a reviewer's place, at whatever stage, and return the new request.

    Marks that were handed in count on, unless ``set_aside`` gives the reason why they shall not. Since the other one is
    asked first, the round is not complete in between. Raises what ``assign_reviewer``, ``set_aside_marks`` and
    ``withdraw_assignment`` raise.
    """
    round = Round.objects.select_for_update().get(pk=assignment.round_id)
    if set_aside:
        set_aside_marks(assignment, reason=set_aside, at=at)
    other = assign_reviewer(round, reviewer=reviewer, address=address, due_on=due_on, by=by, today=today, at=at)
    withdraw_assignment(assignment, note=note, at=at)
    return other


@transaction.atomic
def set_aside_marks(assignment: Assignment, *, reason: str, at: datetime) -> None:
    """Let what a reviewer handed in count no more, for a reason that is kept. The marks stay to be seen.

    Raises ReasonMissing, MarksNotHandedIn, AlreadySetAside.
    """
    if not reason.strip():
        raise ReasonMissing
    assignment = _locked_with_marks(assignment)
    if assignment.set_aside_at:
        raise AlreadySetAside
    assignment.set_aside_at, assignment.set_aside_reason = at, reason.strip()
    assignment.save(update_fields=["set_aside_at", "set_aside_reason"])
    end_answered_looks(assignment.round, at=at)
    _check_closed_again(assignment.round, cause=Recheck.Cause.SET_ASIDE, at=at)


@transaction.atomic
def count_marks_again(assignment: Assignment, *, at: datetime) -> None:
    """Take back that marks were set aside. An open round in which nothing else is out may be complete with it.

    Raises MarksNotHandedIn, AlreadyCounted.
    """
    assignment = _locked_with_marks(assignment)
    if not assignment.set_aside_at:
        raise AlreadyCounted
    assignment.set_aside_at, assignment.set_aside_reason = None, ""
    assignment.save(update_fields=["set_aside_at", "set_aside_reason"])
    if not close_round_if_complete(assignment.round, at=at):
        _check_closed_again(assignment.round, cause=Recheck.Cause.COUNTED_AGAIN, at=at)


def holder_of(address: str) -> User | None:
    """Return whose account an address belongs to, as login or as a verified further address."""
    if not address:
        return None
    return (
        User.objects.filter(email__iexact=address).first()
        or User.objects.filter(emailaddress__email__iexact=address, emailaddress__verified=True).first()
    )


def refuse_day(due_on: date, *, round: Round, today: date) -> None:
    """Refuse a day on which nothing can be due in a round. Raises RoundIsClosed, DueInThePast, DueAfterTheRound."""
    if not round.is_open:
        raise RoundIsClosed
    if due_on < today:
        raise DueInThePast
    if due_on > round.due_on:
        raise DueAfterTheRound


def refuse_person(standing: Iterable[Assignment], *, reviewer: User | None, addresses: Collection[str]) -> None:
    """Refuse to ask somebody whom a round, with these ``standing`` requests, cannot ask.

    ``addresses`` are all that a person has verified, or the one of somebody without an account, in lower case. Raises
    NobodyToAssign, InactiveReviewer, AlreadyAssigned, DeclinedBefore.
    """
    if reviewer is None and not any(addresses):
        raise NobodyToAssign
    if reviewer and not reviewer.is_active:
        raise InactiveReviewer
    for earlier in standing:
        is_same_person = reviewer is not None and earlier.reviewer_id == reviewer.pk
        is_same_address = earlier.reviewer_id is None or reviewer is None
        if is_same_person or (is_same_address and earlier.invited_email.lower() in addresses):
            raise DeclinedBefore if earlier.declined_at else AlreadyAssigned


def _is_out(assignment: Assignment) -> bool:
    return Assignment.objects.open().filter(pk=assignment.pk).exists()


def _locked_with_marks(assignment: Assignment) -> Assignment:
    Round.objects.select_for_update().get(pk=assignment.round_id)
    assignment = Assignment.objects.select_for_update().get(pk=assignment.pk)
    if not Assignment.objects.filter(pk=assignment.pk, review__submitted_at__isnull=False).exists():
        raise MarksNotHandedIn
    return assignment


def _check_closed_again(round: Round, *, cause: Recheck.Cause, at: datetime) -> None:
    if not round.is_open:
        owe_recheck(round, cause=cause, at=at)
