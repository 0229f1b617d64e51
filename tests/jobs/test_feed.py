"""Looking at watched feeds."""

from datetime import timedelta

import pytest
from django.utils import timezone

from reviews.core.reading.errors import FeedElsewhere
from reviews.gateways.page import Fetched, Unchanged, Unreachable
from reviews.jobs.feed import MOST_TAKEN, do_check, owe_check, owe_due_checks
from reviews.models import Article, Feed, Intake, Job
from reviews.services.feed import pause_feed
from tests.factories import NOON, ArticleFactory, FeedFactory

pytestmark = pytest.mark.django_db

LATER = NOON + timedelta(hours=6)


def listing(*names, etag=""):
    items = "".join(f"<item><title>{name}</title><link>https://herbs.example/{name}</link></item>" for name in names)
    body = f"<rss><channel><title>The Weekly Herb</title>{items}</channel></rss>".encode()
    return Fetched("https://herbs.example/feed.xml", body, "feed", {"etag": etag} if etag else {})


def looked(feed, answer, *, at=LATER):
    """Look at a feed that answers so; return what it was asked with."""
    asked = []

    def fetch(address, **known):
        asked.append((address, known))
        if isinstance(answer, Exception):
            raise answer
        return answer

    assert do_check(owe_check(feed, at=at).pk, at=at, fetch=fetch) is True
    feed.refresh_from_db()
    return asked


def waiting(feed):
    return [entry.title for entry in feed.entries.waiting().order_by("pk")]


def test_what_was_there_at_the_first_look_is_left_and_what_comes_later_is_new():
    feed = FeedFactory(seen_at=None, title="")

    looked(feed, listing("tea", "zinc"), at=NOON)
    assert (feed.title, waiting(feed), feed.entries.count()) == ("The Weekly Herb", [], 2)
    looked(feed, listing("root", "tea", "zinc"))

    assert (waiting(feed), feed.entries.count()) == (["root"], 3)
    assert (feed.seen_at, feed.due_at) == (LATER, LATER + timedelta(hours=6))
    assert Article.objects.count() == 0


def test_looking_twice_is_looking_once():
    feed = FeedFactory(takes_all=True)
    job = owe_check(feed, at=NOON)
    fetch = lambda _address, **_known: listing("tea")  # noqa: E731

    assert [do_check(job.pk, at=NOON, fetch=fetch) for _ in range(2)] == [True, False]
    looked(feed, listing("tea"))

    assert (feed.entries.count(), Article.objects.count(), Intake.objects.count()) == (1, 1, 1)


def test_a_feed_may_take_in_what_is_new_and_the_worker_fetches_it_by_itself():
    feed = FeedFactory(takes_all=True)

    looked(feed, listing("tea"))

    intake = Intake.objects.get()
    assert (intake.address, intake.article.url) == ("https://herbs.example/tea",) * 2
    assert (intake.received_by, intake.article) == (feed.added_by, feed.entries.get().article)
    assert Job.objects.get(kind="read_intake").intake == intake


@pytest.mark.parametrize("spelled", ["tea#respond", "tea//", "tea/#"])
def test_an_address_is_taken_in_however_it_ends(spelled):
    feed = FeedFactory(takes_all=True)

    looked(feed, listing(spelled))

    assert feed.entries.get().article == Article.objects.at_address("https://herbs.example/tea").get()


def test_a_feed_does_not_take_in_what_was_there_before():
    feed = FeedFactory(takes_all=True, seen_at=None)

    looked(feed, listing("tea"))

    assert Article.objects.count() == 0


def test_a_flood_waits_for_a_person():
    feed = FeedFactory(takes_all=True)

    looked(feed, listing(*[f"n{number}" for number in range(MOST_TAKEN + 5)]))

    assert (Article.objects.count(), len(waiting(feed))) == (MOST_TAKEN, 5)


@pytest.mark.parametrize(
    "spelled",
    [
        "https://herbs.example/tea",
        "http://herbs.example/tea/",
        "HTTPS://Herbs.example/tea//",
        "http://herbs.example/tea#a",
    ],
)
def test_an_article_that_stands_here_already_is_not_taken_again(spelled):
    article = ArticleFactory(url=spelled)
    feed = FeedFactory(takes_all=True)

    looked(feed, listing("tea"))

    assert (Article.objects.count(), feed.entries.get().article) == (1, article)


def test_a_server_is_told_what_it_said_before_and_may_say_that_nothing_changed():
    feed = FeedFactory()

    looked(feed, listing("tea", etag='"7"'), at=NOON)
    asked = looked(feed, Unchanged())

    assert asked == [(feed.address, {"etag": '"7"', "last_modified": ""})]
    assert (feed.seen_at, feed.failures, waiting(feed)) == (LATER, 0, ["tea"])


def test_a_feed_that_fails_says_why_and_is_asked_less_and_less_often():
    feed = FeedFactory(every_hours=6)

    pauses = []
    for _ in range(6):
        looked(feed, Unreachable())
        pauses.append((feed.due_at - LATER) // timedelta(hours=1))

    assert (pauses, feed.failures) == ([12, 24, 48, 72, 72, 72], 6)
    assert feed.failure == "The address did not answer this time; another try may find it."
    assert feed.seen_at == NOON
    looked(feed, listing("tea"))
    assert (feed.failures, feed.failure, feed.failed_at) == (0, "", None)


def test_of_a_page_the_feed_that_it_names_is_said():
    feed = FeedFactory(seen_at=None)

    looked(feed, FeedElsewhere(address="https://herbs.example/real.xml"))

    assert feed.why.endswith("which you can watch instead: https://herbs.example/real.xml")


def test_a_paused_feed_is_not_asked_although_a_look_was_owed():
    feed = FeedFactory()
    job = owe_check(feed, at=NOON)
    pause_feed(feed, at=NOON)

    assert do_check(job.pk, at=LATER, fetch=None) is True
    assert owe_due_checks(at=LATER) == 0


def test_a_look_is_owed_when_its_time_has_come_once_at_a_time():
    due, _early, _paused = (
        FeedFactory(),
        FeedFactory(due_at=LATER + timedelta(hours=1)),
        FeedFactory(paused_at=NOON),
    )

    assert [owe_due_checks(at=LATER) for _ in range(2)] == [1, 0]
    assert [job.feed for job in Job.objects.all()] == [due]


def test_looks_that_are_over_leave_one_row():
    feed = FeedFactory()

    for _ in range(3):
        looked(feed, listing("tea"))

    assert Job.objects.count() == 1


def test_the_time_of_the_next_look_is_of_the_clock_not_of_the_server():
    feed = Feed.objects.get(pk=FeedFactory().pk)

    looked(feed, listing("tea"), at=timezone.now())

    assert feed.due_at > timezone.now()
