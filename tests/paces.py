"""Work that took its time: the trail of marks and readings, moved to when it is said to have been written."""

from collections.abc import Iterable
from datetime import datetime, timedelta

import pgtrigger

from reviews.models import Appraisal, Mark, Review, User
from tests.factories import NOON, ReviewFactory, RoundFactory


def saved_at(row: Mark | Appraisal, at: datetime) -> None:
    """Let the trail say that a row was saved then."""
    events = type(row).pgh_event_model
    with pgtrigger.ignore(f"{events._meta.label}:append_only"):
        events.objects.filter(pgh_obj=row).update(pgh_created_at=at)


def marked(reviewer: User, *, every: timedelta, rounds: int = 2) -> list[Review]:
    """Return that many reviews of three claims, handed in, of which one claim was marked every so often."""
    done = {"assignment__reviewer": reviewer, "marks": ["accurate"] * 3, "submitted": True}
    reviews = [ReviewFactory(round=RoundFactory(claims=3), **done) for _ in range(rounds)]
    move(Mark.objects.filter(review__in=reviews).order_by("pk"), start=NOON, every=every)
    return reviews


def move(rows: Iterable[Mark | Appraisal], *, start: datetime, every: timedelta) -> None:
    """Let the trail say that rows were saved one after the other from a start."""
    for number, row in enumerate(rows):
        saved_at(row, start + number * every)
