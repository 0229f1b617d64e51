"""Files of retractions: brought in, cancelled, and gone through again."""

from datetime import datetime
from hashlib import sha256

from django.db import transaction

from reviews.errors import RetractionsAreOver, RetractionsUnderWay
from reviews.jobs.retraction import owe_retractions
from reviews.models import RetractionFile, User


@transaction.atomic
def bring_in_retractions(received: bytes, *, file_name: str, by: User, at: datetime) -> RetractionFile:
    """Keep a file and owe going through it."""
    file = RetractionFile.objects.create(
        received=received,
        sha256=sha256(received).hexdigest(),
        file_name=file_name[-255:],
        size=len(received),
        added_at=at,
        added_by=by,
    )
    owe_retractions(file, at=at)
    return file


def cancel_retractions(file: RetractionFile, *, at: datetime) -> None:
    """End going through a file; what it has marked by then stays marked. Raises RetractionsAreOver."""
    if not RetractionFile.objects.waiting().filter(pk=file.pk).update(cancelled_at=at):
        raise RetractionsAreOver


@transaction.atomic
def go_through_again(file: RetractionFile, *, at: datetime) -> None:
    """Owe going through a file that was cancelled or could not be read. Raises RetractionsUnderWay."""
    ended = RetractionFile.objects.filter(pk=file.pk, finished_at=None).exclude(
        pk__in=RetractionFile.objects.waiting().values("pk")
    )
    if not ended.update(cancelled_at=None, failure=""):
        raise RetractionsUnderWay
    owe_retractions(file, at=at)
