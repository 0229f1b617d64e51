"""What the person is told whom a request to review concerns, wherever it was sent."""

from datetime import datetime

from reviews.jobs.notice import owe_notice
from reviews.models import Assignment, Notice


def tell_of_request(kind: Notice.Kind, assignment: Assignment, *, cause: str = "", at: datetime) -> Notice:
    """Owe the reviewer, or whoever was invited by address, a mail about a request: once per kind and cause."""
    reviewer = assignment.reviewer
    return owe_notice(
        kind,
        key=key_of_request(kind, assignment, cause=cause),
        address=reviewer.email if reviewer else assignment.invited_email,
        recipient=reviewer,
        round=assignment.round,
        assignment=assignment,
        at=at,
    )


def key_of_request(kind: Notice.Kind, assignment: Assignment, *, cause: str = "") -> str:
    """Return the key of a mail about a request."""
    return f"{kind}:{assignment.pk}:{cause}" if cause else f"{kind}:{assignment.pk}"


def tell_of_another_day(assignment: Assignment, *, at: datetime) -> None:
    """Owe the mail that a due date is another now; where the review is in the calendar, it moves there too."""
    tell_of_request(Notice.Kind.DUE_MOVED, assignment, cause=at.isoformat(), at=at)


def tell_that_it_is_over(assignment: Assignment, *, at: datetime) -> None:
    """Owe the mail that a review is no longer needed, and is taken off the calendar."""
    tell_of_request(Notice.Kind.ENDED, assignment, at=at)
