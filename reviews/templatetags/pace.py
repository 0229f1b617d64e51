"""How long something takes, as one says it."""

from datetime import timedelta

from django import template
from django.utils.translation import gettext, ngettext

register = template.Library()

HOUR, DAY_OF_WORK = 60, 8 * 60
FIVES_FROM = 20
"""Minutes from which a length of time is told in steps of five."""


@register.filter
def times(length: timedelta, number: int) -> timedelta:
    """Return so many times a length of time."""
    return length * number


@register.filter
def roughly(length: timedelta) -> str:
    """Say a length of time as roughly as it is known: minutes, from twenty on by fives, then half hours."""
    minutes = length.total_seconds() / 60
    if minutes < 1:
        return gettext("less than a minute")
    if minutes < FIVES_FROM:
        return _minutes(round(minutes))
    if minutes < HOUR - 2.5:
        return _minutes(5 * round(minutes / 5))
    halves = round(minutes / 30)
    if halves % 2 and minutes < DAY_OF_WORK:
        return gettext("%(hours)s½ hours") % {"hours": halves // 2}
    hours = round(minutes / HOUR)
    return ngettext("%(hours)s hour", "%(hours)s hours", hours) % {"hours": hours}


def _minutes(number: int) -> str:
    return ngettext("%(minutes)s minute", "%(minutes)s minutes", number) % {"minutes": number}
