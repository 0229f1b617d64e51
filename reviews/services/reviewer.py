"""What a reviewer keeps with the portal: an ORCID iD, and a calendar of due dates."""

import uuid
from datetime import datetime

from django.db import IntegrityError, transaction

from reviews.errors import OrcidOfAnother
from reviews.models import CalendarFeed, ResearcherId, User


def record_orcid(user: User, *, orcid: str, at: datetime) -> None:
    """Keep a person's ORCID iD, given in its normal form; an empty one is taken away. Raises OrcidOfAnother."""
    if not orcid:
        ResearcherId.objects.filter(user=user).delete()
        return
    try:
        with transaction.atomic():
            ResearcherId.objects.update_or_create(user=user, defaults={"orcid": orcid, "entered_at": at})
    except IntegrityError as error:
        raise OrcidOfAnother from error


def renew_calendar(user: User, *, at: datetime) -> CalendarFeed:
    """Make a calendar with a new secret address; the one before leads nowhere from now on."""
    feed, _ = CalendarFeed.objects.update_or_create(user=user, defaults={"key": uuid.uuid4(), "made_at": at})
    return feed


def end_calendar(user: User) -> None:
    """Take the calendar away: its address leads nowhere."""
    CalendarFeed.objects.filter(user=user).delete()
