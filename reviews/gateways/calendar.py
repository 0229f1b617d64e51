"""iCalendar (RFC 5545), for the calendar programs of others."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.utils.translation import gettext
from icalendar import Calendar, Event


def due_date(*, uid: str, title: str, on: date, link: str, at: datetime) -> Event:
    """Return a due date as an event of a day that takes up no time; ``at`` is when it was said."""
    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", at)
    event.add("summary", gettext("Review due: %(article)s") % {"article": title})
    event.add("dtstart", on)
    event.add("dtend", on + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    event.add("url", link)
    return event


def as_calendar(events: Iterable[Event], *, name: str) -> bytes:
    """Return events as a file that a calendar program subscribes to, and asks for again every six hours."""
    calendar = Calendar()
    calendar.add("prodid", "-//Assay//Due dates//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", timedelta(hours=6), parameters={"VALUE": "DURATION"})
    for event in events:
        calendar.add_component(event)
    return bytes(calendar.to_ical())
