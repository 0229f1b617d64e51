"""Mails about a request to review: it was made, accepted, moved to another day, or is over."""

from datetime import timedelta
from email.utils import parseaddr

from django.conf import settings
from django.utils.translation import gettext
from icalendar import Alarm, Calendar, Event

from reviews.emails import links
from reviews.emails.letter import Letter, compose
from reviews.emails.request import request_of
from reviews.models import Assignment, Notice

REMIND_BEFORE = timedelta(days=1)


def invited(notice: Notice) -> Letter:
    """Ask somebody, with an account or without one, to review an article."""
    assignment = request_of(notice)
    revision = assignment.round.revision
    return compose(
        notice,
        assignment=assignment,
        article=revision.article,
        claims=assignment.round.claims.count(),
        words=len(revision.text.split()),
        link=links.to_invitation(assignment),
    )


def accepted(notice: Notice) -> Letter:
    """Confirm that a reviewer accepted, with the due date for their calendar."""
    assignment = request_of(notice)
    link = links.to_review(assignment.review)
    return compose(
        notice,
        calendars=[due_date_file(notice, assignment=assignment, link=link)],
        assignment=assignment,
        article=assignment.round.revision.article,
        claims=assignment.round.claims.count(),
        link=link,
    )


def due_moved(notice: Notice) -> Letter:
    """Say that the due date is another now, and move it in the calendar of whoever accepted."""
    assignment = request_of(notice)
    has_begun = assignment.accepted_at is not None
    link = links.to_review(assignment.review) if has_begun else links.to_invitation(assignment)
    return compose(
        notice,
        calendars=[due_date_file(notice, assignment=assignment, link=link)] if has_begun else [],
        assignment=assignment,
        article=assignment.round.revision.article,
        has_begun=has_begun,
        link=link,
    )


def ended(notice: Notice) -> Letter:
    """Say that a review is not needed any more, and take it off the calendar of whoever accepted."""
    assignment = request_of(notice)
    has_begun = assignment.accepted_at is not None
    link = links.to_queue() if notice.recipient else links.absolute("/")
    return compose(
        notice,
        calendars=[due_date_file(notice, assignment=assignment, link=link, is_cancelled=True)] if has_begun else [],
        assignment=assignment,
        article=assignment.round.revision.article,
        has_begun=has_begun,
        is_withdrawn=assignment.withdrawn_at is not None,
        link=link,
    )


def due_date_file(notice: Notice, *, assignment: Assignment, link: str, is_cancelled: bool = False) -> bytes:
    """Return the due date as an iCalendar file (RFC 5545, 5546) with one day-long event that takes up no time.

    The event of a request keeps its UID for ever; each mail that moves or cancels it has a higher SEQUENCE, by which
    calendars know the newest.
    """
    event = Event()
    event.add("uid", f"due-{assignment.key}")
    event.add("sequence", times_changed(notice))
    event.add("status", "CANCELLED" if is_cancelled else "CONFIRMED")
    event.add("organizer", f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}")
    event.add("dtstamp", notice.owed_at)
    event.add("summary", gettext("Review due: %(article)s") % {"article": assignment.round.revision.article})
    event.add("dtstart", assignment.due_on)
    event.add("dtend", assignment.due_on + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    event.add("url", link)
    if not is_cancelled:
        event.add_component(_alarm())
    calendar = Calendar()
    calendar.add("prodid", "-//Assay//Due dates//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if is_cancelled else "PUBLISH")
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def times_changed(notice: Notice) -> int:
    """Return how often the due date had been moved or cancelled up to this mail: the same each time it is written."""
    changes = [Notice.Kind.DUE_MOVED, Notice.Kind.ENDED]
    return Notice.objects.filter(assignment=notice.assignment_id, kind__in=changes, pk__lte=notice.pk).count()


def _alarm() -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", gettext("A review is due tomorrow"))
    alarm.add("trigger", -REMIND_BEFORE)
    return alarm
