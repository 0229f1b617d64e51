"""How a person says which mails they want, and when."""

from collections.abc import Mapping
from datetime import time

from django.db import transaction

from reviews.models import MailChoice, MailHours, Notice, Pace, User


@transaction.atomic
def choose_mails(
    person: User,
    *,
    paces: Mapping[str, str],
    time_zone: str,
    quiet_from: time | None,
    quiet_until: time | None,
) -> None:
    """Keep a person's choices: a pace for each kind named, and the hours in which no mail is sent."""
    for kind, pace in paces.items():
        _choose(person, kind=kind, pace=pace)
    hours = {"time_zone": time_zone, "quiet_from": quiet_from, "quiet_until": quiet_until}
    MailHours.objects.update_or_create(person=person, defaults=hours)


@transaction.atomic
def stop_mails(person: User, *, kind: Notice.Kind) -> None:
    """Send a person no more mails of a kind; of a digest, no more of whatever comes in it."""
    if kind == Notice.Kind.DIGEST:
        in_digests = MailChoice.objects.filter(person=person, pace__in=[Pace.DAILY, Pace.WEEKLY])
        in_digests.exclude(kind=Notice.Kind.DESK_SUMMARY).update(pace=Pace.NEVER)
    else:
        _choose(person, kind=kind, pace=Pace.NEVER)


def _choose(person: User, *, kind: str, pace: str) -> None:
    MailChoice.objects.update_or_create(person=person, kind=kind, defaults={"pace": pace})
