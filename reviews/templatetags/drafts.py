"""Under what a browser keeps what a person has typed."""

from django import template
from django.contrib.auth.models import AnonymousUser
from django.utils.crypto import salted_hmac

from reviews.models import User

register = template.Library()


@register.filter
def kept_as(user: User | AnonymousUser) -> str:
    """Return what js/kept.js knows a person by: the same in every session, and telling nothing of anybody."""
    return salted_hmac("reviews.drafts", str(user.pk)).hexdigest()[:16]
