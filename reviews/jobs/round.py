"""How a round ends: all reviews are in, an editor says so, or its day has passed with a quorum."""

from datetime import date, datetime

from django.db import transaction

from reviews.jobs.assignment import tell_that_it_is_over
from reviews.jobs.notice import owe_notice
from reviews.jobs.work import owe_report
from reviews.models import Notice, Review, Round


@transaction.atomic
def close_round(round: Round, *, closing: Round.Closing, at: datetime) -> bool:
    """Close a round and owe its report, once; return whether it was open. Reviews that are still out are released."""
    round = _locked(round)
    if not round.is_open:
        return False
    for assignment in round.assignments.open().select_related("reviewer"):
        tell_that_it_is_over(assignment, at=at)
        assignment.released_at = at
        assignment.save(update_fields=["released_at"])
    round.closed_at, round.closing = at, closing
    round.save(update_fields=["closed_at", "closing"])
    owe_report(round, at=at)
    if closing == Round.Closing.COMPLETE:
        _tell_editors(round, at=at)
    return True


@transaction.atomic
def close_round_if_complete(round: Round, *, at: datetime) -> bool:
    """Close a round when nothing is out any more and a quorum is in; return whether it was closed.

    The round is locked before its reviews are counted, so that of two reviewers who hand in at the same moment the
    second one sees the first.
    """
    round = _locked(round)
    if not round.is_open or round.assignments.open().exists() or not has_quorum(round):
        return False
    return close_round(round, closing=Round.Closing.COMPLETE, at=at)


def close_due_rounds(*, today: date, at: datetime) -> int:
    """Close the rounds whose day has passed with a quorum; return how many. Without one a round stays open."""
    return sum(_close_due(round, today=today, at=at) for round in Round.objects.overdue(today))


def has_quorum(round: Round) -> bool:
    """Whether as many reviews are handed in, and count, as the round asks for."""
    return Review.objects.counted().filter(assignment__round=round).count() >= round.quorum


@transaction.atomic
def _close_due(round: Round, *, today: date, at: datetime) -> bool:
    round = _locked(round)
    if round.due_on >= today or not has_quorum(round):
        return False
    return close_round(round, closing=Round.Closing.DUE, at=at)


def _locked(round: Round) -> Round:
    return Round.objects.select_for_update().get(pk=round.pk)


def _tell_editors(round: Round, *, at: datetime) -> None:
    for editor in round.editors.filter(is_active=True):
        owe_notice(
            Notice.Kind.ROUND_COMPLETE,
            key=f"round_complete:{round.pk}:{editor.pk}",
            address=editor.email,
            recipient=editor,
            round=round,
            at=at,
        )
