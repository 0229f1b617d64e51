"""Mails about a due date: it is near, it has passed."""

from reviews.emails import links
from reviews.emails.letter import Letter, compose
from reviews.emails.request import request_of
from reviews.models import Notice


def due_soon(notice: Notice) -> Letter:
    """Remind a reviewer, or somebody invited, ahead of the day or on it."""
    return _reminder(notice)


def overdue(notice: Notice) -> Letter:
    """Tell a reviewer, or somebody invited, that the day has passed."""
    return _reminder(notice)


def _reminder(notice: Notice) -> Letter:
    assignment = request_of(notice)
    has_begun = assignment.accepted_at is not None
    return compose(
        notice,
        assignment=assignment,
        article=assignment.round.revision.article,
        has_begun=has_begun,
        link=links.to_review(assignment.review) if has_begun else links.to_invitation(assignment),
    )
