"""When a person wants a mail: at once, in a digest, or not at all; and not in the hours in which they sleep."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

from reviews.models import MailChoice, MailHours, Notice, Pace, User

DIGEST_HOUR = time(8)
"""When a digest leaves, by the person's own clock; a weekly one on Mondays."""

MONDAY = 0
ALONE = {Notice.Kind.DESK_SUMMARY, Notice.Kind.DIGEST}
"""Mails that stand for many already: they are never put into a digest."""

USUAL_PACE = {Notice.Kind.DESK_SUMMARY: Pace.WEEKLY}


def pace_of(notice: Notice) -> Pace:
    """Return how its recipient wants this mail. Somebody without an account, and whom an editor writes, at once."""
    if notice.recipient is None or notice.kind in {Notice.Kind.INVITED, Notice.Kind.DIGEST}:
        return Pace.AT_ONCE
    pace = chosen_pace(notice.recipient, kind=Notice.Kind(notice.kind))
    if pace is Pace.NEVER:
        return pace
    return Pace.AT_ONCE if notice.edited_at or notice.kind in ALONE else pace


def chosen_pace(person: User, *, kind: Notice.Kind) -> Pace:
    """Return what a person chose for a kind of mail, or what is usual."""
    choice = MailChoice.objects.filter(person=person, kind=kind).first()
    return Pace(choice.pace) if choice else USUAL_PACE.get(kind, Pace.AT_ONCE)


def zone_of(person: User) -> ZoneInfo:
    """Return where a person's clock stands: the desk's own time zone where they have not said."""
    hours = MailHours.objects.filter(person=person).first()
    return ZoneInfo(hours.time_zone if hours else settings.TIME_ZONE)


def end_of_quiet(person: User, *, at: datetime) -> datetime | None:
    """Return when the quiet hours end in which this moment lies, or None where it lies in none."""
    hours = MailHours.objects.filter(person=person).first()
    if hours is None or hours.quiet_from is None or hours.quiet_until is None:
        return None
    return quiet_end(hours.quiet_from, hours.quiet_until, at=at.astimezone(ZoneInfo(hours.time_zone)))


def quiet_end(begin: time, end: time, *, at: datetime) -> datetime | None:
    """Return the next ``end`` after ``at``, a local time, where ``at`` lies between; a span may hold midnight."""
    now = at.time()
    spans_midnight = begin > end
    is_quiet = (now >= begin or now < end) if spans_midnight else begin <= now < end
    if not is_quiet:
        return None
    day = at.date() + timedelta(days=1) if spans_midnight and now >= begin else at.date()
    return datetime.combine(day, end, tzinfo=at.tzinfo)


def next_digest(pace: Pace, *, zone: ZoneInfo, after: datetime) -> datetime:
    """Return when the next digest leaves after a moment, by the clock of a time zone."""
    local = after.astimezone(zone)
    day = local.date()
    while datetime.combine(day, DIGEST_HOUR, tzinfo=zone) <= local or (pace is Pace.WEEKLY and day.weekday() != MONDAY):
        day += timedelta(days=1)
    return datetime.combine(day, DIGEST_HOUR, tzinfo=zone)
