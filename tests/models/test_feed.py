"""Watched feeds and what they list."""

from reviews.models import Feed, FeedEntry, Job
from tests.factories import NOON, ArticleFactory, EditorFactory, FeedEntryFactory, FeedFactory


def test_a_person_watches_a_feed_once(refused):
    feed = FeedFactory()

    with refused("one_feed_per_address_and_person"):
        FeedFactory(address=feed.address, added_by=feed.added_by)


def test_a_failing_feed_says_why(refused):
    feed = FeedFactory()

    with refused("a_failing_feed_says_why"):
        Feed.objects.filter(pk=feed.pk).update(failures=1, failed_at=NOON)


def test_a_feed_is_looked_at_hourly_to_daily(refused):
    feed = FeedFactory()

    with refused("a_feed_is_checked_hourly_to_daily"):
        Feed.objects.filter(pk=feed.pk).update(every_hours=0)


def test_an_entry_is_kept_once(refused):
    entry = FeedEntryFactory()

    with refused("one_entry_per_key_of_a_feed"):
        FeedEntryFactory(feed=entry.feed, key=entry.key)


def test_an_entry_is_taken_in_or_left(refused):
    entry = FeedEntryFactory()

    with refused("an_entry_is_taken_in_or_left_not_both"):
        FeedEntry.objects.filter(pk=entry.pk).update(article=ArticleFactory(), left_at=NOON)


def test_a_feed_is_owed_one_look(refused):
    owed = Job.objects.create(kind="check_feed", feed=FeedFactory(), owed_at=NOON, due_at=NOON)

    with refused("one_owed_check_per_feed"):
        Job.objects.create(kind="check_feed", feed=owed.feed, owed_at=NOON, due_at=NOON)


def test_who_looks_after_own_articles_only_sees_own_feeds(db):
    mine, other = FeedFactory(added_by=EditorFactory(role="own")), FeedFactory()

    assert list(Feed.objects.before(mine.added_by)) == [mine]
    assert set(Feed.objects.before(other.added_by)) == {mine, other}
