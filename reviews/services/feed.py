"""Feeds that the desk watches: added, looked at, paused, and what becomes of their entries."""

from collections.abc import Collection
from datetime import datetime

from django.db import IntegrityError, transaction

from reviews.errors import FeedIsWatched, NothingChosen
from reviews.jobs.feed import owe_check, take_in_entries
from reviews.models import Feed, User


@transaction.atomic
def watch_feed(address: str, *, every_hours: int, takes_all: bool, by: User, at: datetime) -> Feed:
    """Watch a feed from now on, and owe a first look at it. Raises FeedIsWatched."""
    if Feed.objects.before(by).filter(address=address).exists():
        raise FeedIsWatched
    try:
        with transaction.atomic():
            feed = Feed.objects.create(
                address=address, every_hours=every_hours, takes_all=takes_all, added_by=by, added_at=at, due_at=at
            )
    except IntegrityError as error:
        raise FeedIsWatched from error
    owe_check(feed, at=at)
    return feed


def set_pace(feed: Feed, *, every_hours: int, takes_all: bool) -> None:
    """Say how often a feed is looked at, and whether what is new is taken in by itself; from its next check on."""
    feed.every_hours, feed.takes_all = every_hours, takes_all
    feed.save(update_fields=["every_hours", "takes_all"])


def pause_feed(feed: Feed, *, at: datetime) -> None:
    """Look at a feed no more until it is resumed; said twice, the first time stands."""
    Feed.objects.watched().filter(pk=feed.pk).update(paused_at=at)


@transaction.atomic
def resume_feed(feed: Feed, *, at: datetime) -> None:
    """Watch a feed again, and look at it at once."""
    Feed.objects.filter(pk=feed.pk).update(paused_at=None, due_at=at)
    owe_check(feed, at=at)


@transaction.atomic
def remove_feed(feed: Feed) -> None:
    """Forget a feed and its list; the articles that were taken in from it stay."""
    Feed.objects.filter(pk=feed.pk).delete()


@transaction.atomic
def take_in_chosen(feed: Feed, *, entries: Collection[int], by: User, at: datetime) -> int:
    """Take in entries of a feed by their keys; return how many articles came of it. Raises NothingChosen."""
    rows = list(feed.entries.select_for_update(of=("self",)).filter(pk__in=entries, article=None))
    if not rows:
        raise NothingChosen
    return take_in_entries(rows, by=by, at=at)


def leave_chosen(feed: Feed, *, entries: Collection[int], at: datetime) -> int:
    """Leave entries of a feed; they can still be taken in later. Returns how many. Raises NothingChosen."""
    left = feed.entries.waiting().filter(pk__in=entries).update(left_at=at)
    if not left:
        raise NothingChosen
    return left
