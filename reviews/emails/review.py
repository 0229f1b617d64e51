"""Mails about a review that was handed in."""

from reviews.emails import links
from reviews.emails.letter import Letter, compose
from reviews.emails.request import request_of
from reviews.models import Notice


def sent_back(notice: Notice) -> Letter:
    """Tell a reviewer that the desk asks for another look, and why."""
    assignment = request_of(notice)
    return compose(
        notice,
        assignment=assignment,
        article=assignment.round.revision.article,
        note=assignment.review.sent_back_note,
        link=links.to_review(assignment.review),
    )
