"""What a day brings: reminders before and after the due date, and rounds whose day has passed."""

from datetime import date, datetime, timedelta

from reviews.jobs.assignment import tell_of_request
from reviews.jobs.round import close_due_rounds
from reviews.models import Assignment, Notice

NOTICE_DAYS = timedelta(days=2)


def keep_dates(*, today: date, at: datetime) -> None:
    """Close the rounds whose day has passed with a quorum, then remind of what is due soon or overdue, once a date."""
    close_due_rounds(today=today, at=at)
    remind_of_what_is_due(today=today, at=at)


def remind_of_what_is_due(*, today: date, at: datetime) -> None:
    """Owe the reminders of the day. A day that was moved is reminded of anew; who was only just asked is not."""
    still_out = Assignment.objects.open().filter(due_on__lte=today + NOTICE_DAYS).select_related("reviewer", "round")
    for assignment in still_out:
        if assignment.due_on < today:
            _remind(Notice.Kind.OVERDUE, assignment, at=at)
        elif assignment.assigned_on < assignment.due_on - NOTICE_DAYS:
            _remind(Notice.Kind.DUE_SOON, assignment, at=at)


def _remind(kind: Notice.Kind, assignment: Assignment, *, at: datetime) -> None:
    tell_of_request(kind, assignment, cause=f"{assignment.due_on:%Y%m%d}", at=at)
