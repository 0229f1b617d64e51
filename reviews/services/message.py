"""What a reviewer and the editors write to each other; the panel never sees it."""

from datetime import datetime

from django.db import transaction

from reviews.errors import MessageEmpty
from reviews.jobs.notice import owe_notice
from reviews.models import Message, Notice, Review, RoundClaim, User


@transaction.atomic
def ask_editor(review: Review, *, claim: RoundClaim | None, text: str, by: User, at: datetime) -> Message:
    """Write to the editors of the round about a claim, or about the whole. Raises MessageEmpty.

    An editor who reviews the round too gets no mail of it: it would name another reviewer.
    """
    message = _written(review, claim=claim, text=text, by=by, at=at)
    round = review.round
    for editor in round.editors.filter(is_active=True).exclude(assignments__round=round):
        owe_notice(
            Notice.Kind.QUESTION,
            key=f"{Notice.Kind.QUESTION}:{message.pk}:{editor.pk}",
            address=editor.email,
            recipient=editor,
            round=round,
            assignment=review.assignment,
            at=at,
        )
    return message


@transaction.atomic
def reply_to_reviewer(review: Review, *, claim: RoundClaim | None, text: str, by: User, at: datetime) -> Message:
    """Answer a reviewer, by an editor, and owe the mail that says so. Raises MessageEmpty."""
    message = _written(review, claim=claim, text=text, by=by, at=at)
    reviewer = review.assignment.reviewer
    if reviewer:
        owe_notice(
            Notice.Kind.REPLY,
            key=f"{Notice.Kind.REPLY}:{message.pk}",
            address=reviewer.email,
            recipient=reviewer,
            round=review.round,
            assignment=review.assignment,
            at=at,
        )
    return message


def _written(review: Review, *, claim: RoundClaim | None, text: str, by: User, at: datetime) -> Message:
    if not text.strip():
        raise MessageEmpty
    return Message.objects.create(review=review, claim=claim, author=by, text=text.strip(), sent_at=at)
