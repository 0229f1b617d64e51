"""Days and lists, as the desk's language writes them."""

from collections.abc import Iterable
from datetime import date

from django import template
from django.template.defaultfilters import date as written
from django.utils.translation import gettext

from reviews.models import wording

register = template.Library()


@register.filter(expects_localtime=True)
def with_weekday(day: date, form: str) -> str:
    """Write a day in a form that Django has of every language, such as ``DATE_FORMAT``, its weekday before it.

    None of these forms has a weekday: where it stands is for the catalogue to say.
    """
    return gettext("%(weekday)s %(day)s") % {"weekday": written(day, "l"), "day": written(day, form)}


register.filter("said", wording.said)


@register.filter
def listed(words: Iterable[object]) -> str:
    """Write words as a list in a sentence."""
    return wording.listed(words)
