"""What mails about one request to review have in common."""

from reviews.models import Assignment, Notice


class NoRequest(ValueError):
    """This mail is about a request to review, and its row names none."""


def request_of(notice: Notice) -> Assignment:
    """Return the request that a mail is about; raises NoRequest."""
    if notice.assignment is None:
        raise NoRequest(f"{notice.kind} {notice.pk}")
    return notice.assignment
