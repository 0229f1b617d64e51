"""Mails about a word between a reviewer and the desk."""

from reviews.emails import links
from reviews.emails.letter import Letter, compose
from reviews.emails.request import request_of
from reviews.models import Message, Notice


def question(notice: Notice) -> Letter:
    """Pass a reviewer's question on to an editor."""
    assignment = request_of(notice)
    message = _message_of(notice)
    return compose(
        notice,
        message=message,
        reviewer=assignment.reviewer,
        article=assignment.round.revision.article,
        link=links.to_reply(assignment.review),
    )


def reply(notice: Notice) -> Letter:
    """Pass the desk's answer on to the reviewer; it comes from the desk, not from a person."""
    assignment = request_of(notice)
    return compose(
        notice,
        message=_message_of(notice),
        article=assignment.round.revision.article,
        link=links.to_review(assignment.review),
    )


def _message_of(notice: Notice) -> Message:
    """Return the message that caused the mail: both were written at the same moment."""
    written = Message.objects.filter(review__assignment=notice.assignment_id, sent_at=notice.owed_at)
    return written.select_related("claim").latest("pk")
