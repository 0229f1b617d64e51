"""Mails about a review that was handed in."""

from reviews.emails import links
from reviews.emails.letter import Letter, compose
from reviews.emails.request import request_of
from reviews.models import Notice, SecondLook


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


def second_look(notice: Notice) -> Letter:
    """Ask a reviewer to look again at the claims that wait for it: the claims alone, and nothing of what others say."""
    assignment = request_of(notice)
    looks = SecondLook.objects.unanswered_by(assignment.review).select_related("claim").order_by("claim__number")
    return compose(
        notice,
        assignment=assignment,
        article=assignment.round.revision.article,
        claims=[look.claim for look in looks],
        link=links.to_second_look(assignment.review),
    )
