"""How a panel looks at a held claim again: asked by an editor, answered blind, and counted when it has ended."""

from datetime import datetime

from django.db import transaction

from reviews.errors import (
    AlreadyLookedAgain,
    LevelOfAnotherScale,
    NobodyToAsk,
    ReasonMissing,
    SecondLookIsOver,
    SecondLookWasAsked,
)
from reviews.jobs.notice import owe_notice
from reviews.jobs.recheck import owe_recheck
from reviews.models import Level, Notice, Recheck, Review, Round, RoundClaim, SecondLook, SecondMark, User
from reviews.models.review import ReviewQuerySet
from reviews.services.adjudication import hold_undecided


@transaction.atomic
def ask_second_look(claim: RoundClaim, *, by: User, at: datetime) -> SecondLook:
    """Ask everybody whose marks count to look at a held claim again, once, and owe each a mail.

    It needs no knowledge of what the panel said. Raises EditorReviewsTheRound, ClaimIsNotHeld, DecidedByAnother,
    SecondLookWasAsked, NobodyToAsk.
    """
    hold_undecided(claim, editor=by)
    if SecondLook.objects.filter(claim=claim).exists():
        raise SecondLookWasAsked
    asked = list(asked_reviews(claim).select_related("assignment__reviewer"))
    if not asked:
        raise NobodyToAsk
    look = SecondLook.objects.create(claim=claim, asked_by=by, asked_at=at)
    for review in asked:
        _owe_mail(review, look=look, at=at)
    return look


@transaction.atomic
def mark_again(
    look: SecondLook,
    *,
    review: Review,
    level: Level | None,
    could_not_assess: str,
    confidence: str,
    rationale: str,
    at: datetime,
) -> SecondMark:
    """Record a reviewer's second mark, which may be the first one again; the last one in ends the look.

    Raises SecondLookIsOver, AlreadyLookedAgain, LevelOfAnotherScale, and ReasonMissing where the mark
    changes without a word.
    """
    round = Round.objects.select_for_update().get(claims=look.claim_id)
    look = SecondLook.objects.select_related("claim").get(pk=look.pk)
    if look.ended_at or not asked_reviews(look.claim).filter(pk=review.pk).exists():
        raise SecondLookIsOver
    if look.marks.filter(review=review).exists():
        raise AlreadyLookedAgain
    if level and level.scale_id != round.scale_id:
        raise LevelOfAnotherScale
    first = review.marks.filter(claim=look.claim).first()
    if (first is None or first.level != level) and not rationale.strip():
        raise ReasonMissing
    mark = look.marks.create(
        review=review,
        level=level,
        could_not_assess="" if level else could_not_assess,
        confidence=confidence,
        rationale=rationale.strip(),
        marked_at=at,
    )
    _end_if_answered(look, round=round, at=at)
    return mark


@transaction.atomic
def end_second_look(look: SecondLook, *, at: datetime) -> None:
    """End a second look with whatever is in; who has not answered keeps the first mark. Raises SecondLookIsOver."""
    round = Round.objects.select_for_update().get(claims=look.claim_id)
    look = SecondLook.objects.get(pk=look.pk)
    if look.ended_at:
        raise SecondLookIsOver
    _end(look, round=round, at=at)


def end_answered_looks(round: Round, *, at: datetime) -> None:
    """End every look of a round that nobody is left to answer: whoever had not may have been let go. The caller holds
    the round.
    """
    for look in SecondLook.objects.filter(claim__round=round, ended_at=None).select_related("claim"):
        _end_if_answered(look, round=round, at=at)


def asked_reviews(claim: RoundClaim) -> ReviewQuerySet:
    """Return the reviews whose reviewers a second look at this claim is asked of: those that count."""
    return Review.objects.counted().filter(
        assignment__round=claim.round_id, assignment__withdrawn_at=None, assignment__reviewer__is_active=True
    )


def _end_if_answered(look: SecondLook, *, round: Round, at: datetime) -> None:
    if not asked_reviews(look.claim).exclude(second_marks__look=look).exists():
        _end(look, round=round, at=at)


def _end(look: SecondLook, *, round: Round, at: datetime) -> None:
    look.ended_at = at
    look.save(update_fields=["ended_at"])
    if look.marks.exists():
        owe_recheck(round, cause=Recheck.Cause.SECOND_LOOK, at=at)


def _owe_mail(review: Review, *, look: SecondLook, at: datetime) -> None:
    """Owe one mail a day and round: it names all the claims that wait when it is written."""
    reviewer = review.assignment.reviewer
    if reviewer is None:  # only who accepted has a review; the types cannot know
        return
    owe_notice(
        Notice.Kind.SECOND_LOOK,
        key=f"{Notice.Kind.SECOND_LOOK}:{review.key}:{at:%Y%m%d}",
        address=reviewer.email,
        recipient=reviewer,
        round=look.claim.round,
        assignment=review.assignment,
        at=at,
    )
