"""Mails about a request to review: it was made, it was accepted."""

from datetime import timedelta

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
        calendar=due_date_file(notice, assignment=assignment, link=link),
        assignment=assignment,
        article=assignment.round.revision.article,
        claims=assignment.round.claims.count(),
        link=link,
    )


def due_date_file(notice: Notice, *, assignment: Assignment, link: str) -> bytes:
    """Return the due date as an iCalendar file (RFC 5545) with one day-long event that takes up no time."""
    event = Event()
    event.add("uid", f"due-{assignment.key}")
    event.add("dtstamp", notice.owed_at)
    event.add("summary", f"Review due: {assignment.round.revision.article}")
    event.add("dtstart", assignment.due_on)
    event.add("dtend", assignment.due_on + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    event.add("url", link)
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", "A review is due tomorrow")
    alarm.add("trigger", -REMIND_BEFORE)
    event.add_component(alarm)
    calendar = Calendar()
    calendar.add("prodid", "-//Assay//Due dates//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    return bytes(calendar.to_ical())
