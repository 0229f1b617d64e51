"""Addresses to which nothing is sent any more, and how an editor lifts that."""

from datetime import datetime

from django.db import IntegrityError, transaction

from reviews.errors import AlreadyLifted
from reviews.models import Suppression, User

LONGEST_WORDS = 2000


def suppress_address(address: str, *, reason: Suppression.Reason, words: str, at: datetime) -> None:
    """Send nothing to an address any more, for a reason that is kept. Said twice, the first time stands."""
    try:
        with transaction.atomic():
            Suppression.objects.create(address=address, reason=reason, words=words[:LONGEST_WORDS], since=at)
    except IntegrityError:
        if not Suppression.objects.of(address).exists():
            raise


@transaction.atomic
def lift_suppression(suppression: Suppression, *, by: User, at: datetime) -> None:
    """Send to an address again, by an editor's decision. Raises AlreadyLifted."""
    suppression = Suppression.objects.select_for_update(of=("self",)).get(pk=suppression.pk)
    if suppression.lifted_at:
        raise AlreadyLifted
    suppression.lifted_at, suppression.lifted_by = at, by
    suppression.save(update_fields=["lifted_at", "lifted_by"])
