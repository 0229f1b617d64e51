"""How a review is handed in, taken back and sent back."""

from datetime import datetime

from django.db import transaction

from reviews.errors import (
    AlreadyHandedIn,
    NotHandedIn,
    ReasonMissing,
    ReviewIncomplete,
    ReviewIsLocked,
    RoundIsClosed,
)
from reviews.jobs.assignment import tell_of_request
from reviews.jobs.round import close_round_if_complete
from reviews.models import Notice, Review, Round
from reviews.services.progress import Gap, progress_of


def what_is_missing(review: Review) -> tuple[Gap, ...]:
    """Return everything that keeps a review from being handed in, in the order of its pages."""
    return progress_of(review).gaps


@transaction.atomic
def submit_review(review: Review, *, at: datetime) -> None:
    """Hand a review in: it is locked, and the round closes where it was the last one out.

    Raises AlreadyHandedIn, RoundIsClosed, ReviewIncomplete.
    """
    review = _locked_with_round(review)
    if review.submitted_at:
        raise AlreadyHandedIn
    if not review.is_open:
        raise RoundIsClosed
    if gaps := what_is_missing(review):
        raise ReviewIncomplete(gaps)
    review.submitted_at = at
    review.sent_back_at, review.sent_back_note = None, ""
    review.save(update_fields=["submitted_at", "sent_back_at", "sent_back_note"])
    close_round_if_complete(review.round, at=at)


@transaction.atomic
def take_back_review(review: Review) -> None:
    """Open a handed-in review again, by its reviewer, while the round is open. Raises NotHandedIn, RoundIsClosed."""
    _reopened(review).save(update_fields=["submitted_at"])


@transaction.atomic
def send_back_review(review: Review, *, note: str, at: datetime) -> None:
    """Open a handed-in review again, by an editor who says why, and owe the reviewer a mail.

    Raises ReasonMissing, NotHandedIn, RoundIsClosed.
    """
    if not note.strip():
        raise ReasonMissing
    review = _reopened(review)
    review.sent_back_at, review.sent_back_note = at, note.strip()
    review.save(update_fields=["submitted_at", "sent_back_at", "sent_back_note"])
    tell_of_request(Notice.Kind.SENT_BACK, review.assignment, cause=at.isoformat(), at=at)


def hold_for_writing(review: Review) -> Review:
    """Return the review, locked so that its parts change one after the other. Raises ReviewIsLocked, RoundIsClosed."""
    review = Review.objects.select_for_update(of=("self",)).select_related("assignment__round").get(pk=review.pk)
    refuse_unless_open(review)
    return review


def refuse_unless_open(review: Review) -> None:
    """Raise ReviewIsLocked or RoundIsClosed where nothing of a review can be written any more."""
    if review.submitted_at:
        raise ReviewIsLocked
    if not review.is_open:
        raise RoundIsClosed


def _reopened(review: Review) -> Review:
    review = _locked_with_round(review)
    if not review.submitted_at:
        raise NotHandedIn
    if not review.round.is_open or not review.assignment.is_live:
        raise RoundIsClosed
    review.submitted_at = None
    return review


def _locked_with_round(review: Review) -> Review:
    """Lock the round first, as everything does that closes it or hands something in to it."""
    Round.objects.select_for_update().get(pk=review.assignment.round_id)
    return (
        Review.objects.select_for_update(of=("self", "assignment"))
        .select_related("assignment__round", "assignment__reviewer")
        .get(pk=review.pk)
    )
