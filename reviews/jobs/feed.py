"""Looking at watched feeds: what is new is kept once, and listed or taken in; what fails is asked less often."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from hashlib import sha256
from typing import cast

from django.db import transaction

from reviews.core.phrases import Phrase
from reviews.core.reading import feed as lists
from reviews.core.reading.errors import Unreadable
from reviews.gateways.page import Fetched, Unchanged, Unreachable, fetch_feed
from reviews.jobs.article import add_addresses
from reviews.jobs.work import do_job, finish_job, owe
from reviews.models import Article, Feed, FeedEntry, Job, User
from reviews.models.article import place_of

LONGEST_PAUSE = 72
"""Hours: a feed that does not answer is still asked every three days."""

MOST_TAKEN = 30
"""Entries that a feed may have taken in by itself at one check; what is beyond waits for a person."""

LONGEST_ADDRESS = 1000
NO_ANSWER = Phrase("The address did not answer this time; another try may find it.")
Reading = lists.Feed | Unreadable | Unreachable | Unchanged


def owe_check(feed: Feed, *, at: datetime) -> Job:
    """Owe a look at a feed, once at a time."""
    return owe(Job.Kind.FEED, feed=feed, at=at)


def owe_due_checks(*, at: datetime) -> int:
    """Owe a look at every feed whose time has come; return how many."""
    in_hand = Job.objects.filter(feed__isnull=False, state__in=[Job.State.OWED, Job.State.RUNNING]).values("feed")
    due = Feed.objects.due(at).exclude(pk__in=in_hand).order_by("due_at", "pk")
    return len([owe_check(feed, at=at) for feed in due])


def do_check(pk: int, *, at: datetime, fetch: Callable[..., Fetched] = fetch_feed) -> bool:
    """Do an owed look at a feed; return whether it was done here. A feed that fails is no failure of the job."""

    def work(job: Job) -> None:
        feed = cast(Feed, job.feed)
        found = None if feed.paused_at else look_at(feed, fetch=fetch)
        with transaction.atomic():
            if found is not None:
                keep(found, feed=feed, at=at)
            finish_job(job, at=at)
            Job.objects.filter(feed=feed, state=Job.State.DONE).exclude(pk=job.pk).delete()

    return do_job(pk, kind=Job.Kind.FEED, at=at, work=work)


def look_at(feed: Feed, *, fetch: Callable[..., Fetched]) -> tuple[Reading, dict[str, str]]:
    """Return what a feed lists now, or why that cannot be said; and the headers of its answer."""
    try:
        found = fetch(feed.address, etag=feed.etag, last_modified=feed.last_modified)
        return lists.read_feed(found.received, address=found.address), found.headers
    except (Unreadable, Unreachable, Unchanged) as reason:
        return reason, {}


def keep(found: tuple[Reading, dict[str, str]], *, feed: Feed, at: datetime) -> None:
    """Write down what a look at a feed gave."""
    feed = Feed.objects.select_for_update().get(pk=feed.pk)
    reading, headers = found
    if isinstance(reading, (Unreadable, Unreachable)):
        _fail(feed, why=reading, at=at)
        return
    if isinstance(reading, lists.Feed):
        _list(reading, feed=feed, at=at)
        feed.title = reading.title or feed.title
        feed.etag, feed.last_modified = _fitting(headers, "etag", 300), _fitting(headers, "last-modified", 100)
    feed.failures, feed.failure, feed.failure_values, feed.failed_at = 0, "", {}, None
    feed.seen_at, feed.due_at = at, at + pause_of(feed)
    feed.save()


def pause_of(feed: Feed) -> timedelta:
    """Return how long to wait before the next look: twice as long after each failure in a row, three days at most."""
    return timedelta(hours=min(feed.every_hours * 2 ** min(feed.failures, 8), LONGEST_PAUSE))


def take_in_entries(entries: Iterable[FeedEntry], *, by: User, at: datetime) -> int:
    """Take entries in, each once; return how many came in. What the desk has from that address already is taken as it
    stands."""
    rows = [entry for entry in entries if entry.article_id is None]
    taken = add_addresses([entry.address for entry in rows], by=by, at=at)
    standing = Article.objects.at_addresses([entry.address for entry in rows]).order_by("-pk")
    article_at = {place_of(article.url): article for article in standing}
    for entry in rows:
        entry.article, entry.left_at = article_at[place_of(entry.address)], None
    FeedEntry.objects.bulk_update(rows, ["article", "left_at"])
    return len(taken)


def _fitting(headers: dict[str, str], name: str, longest: int) -> str:
    value = headers.get(name, "")
    return value if len(value) <= longest else ""


def _fail(feed: Feed, *, why: Exception, at: datetime) -> None:
    feed.failures, feed.failed_at = min(feed.failures + 1, 30_000), at
    reason = why.phrase if isinstance(why, Unreadable) else NO_ANSWER
    feed.failure, feed.failure_values = reason.words, reason.values
    feed.due_at = at + pause_of(feed)
    feed.save(update_fields=["failures", "failed_at", "failure", "failure_values", "due_at"])


def _list(listed: lists.Feed, *, feed: Feed, at: datetime) -> None:
    """Keep the entries that were not there before. At the first look they are left; later a feed may take them in."""
    is_first = feed.seen_at is None
    rows = [
        FeedEntry(
            feed=feed,
            key=sha256(entry.key.encode()).hexdigest(),
            address=entry.address,
            title=entry.title,
            published_at=entry.published_at,
            seen_at=at,
            left_at=at if is_first else None,
        )
        for entry in listed.entries
    ]
    known = set(feed.entries.filter(key__in=[row.key for row in rows]).values_list("key", flat=True))
    new = FeedEntry.objects.bulk_create([row for row in rows if row.key not in known])
    if feed.takes_all and not is_first:
        take_in_entries(new[:MOST_TAKEN], by=feed.added_by, at=at)
