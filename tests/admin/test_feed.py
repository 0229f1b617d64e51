"""Feeds at the desk: watched, looked through, paused, forgotten."""

import pytest
from django.urls import reverse

from reviews.admin.trail import trail_of
from reviews.models import Article, Feed, Job
from tests.factories import NOON, EditorFactory, FeedEntryFactory, FeedFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def feed(editor):
    return FeedFactory(added_by=editor)


def sent(desk, name, *args, **form):
    return desk.post(reverse(f"admin:{name}", args=args), form, follow=True).content.decode()


def shown(desk, feed):
    return desk.get(reverse("admin:reviews_feed_change", args=[feed.pk])).content.decode()


def test_a_feed_is_added_and_looked_at_once(desk, editor):
    said = sent(desk, "reviews_feed_add", address="herbs.example/feed", every_hours="6")
    again = sent(desk, "reviews_feed_add", address="https://herbs.example/feed", every_hours="6")

    feed = Feed.objects.get()
    assert (feed.address, feed.added_by, feed.takes_all) == ("https://herbs.example/feed", editor, False)
    assert "The feed is being looked at." in said
    assert "You watch this feed already." in again
    assert [(job.kind, job.feed) for job in Job.objects.all()] == [("check_feed", feed)]


@pytest.mark.parametrize("address", ["javascript:alert(1)", "ftp://herbs.example/", "file:///etc/passwd", ""])
def test_only_an_address_of_the_web_is_watched(desk, address):
    sent(desk, "reviews_feed_add", address=address, every_hours="6")

    assert Feed.objects.count() == 0


def test_an_editor_takes_in_some_entries_and_leaves_others(desk, feed):
    tea, zinc, root = (FeedEntryFactory(feed=feed, title=name) for name in ("tea", "zinc", "root"))

    assert "Choose at least one entry first." in sent(desk, "feed-entries", feed.pk, move="take")
    sent(desk, "feed-entries", feed.pk, move="leave", entry=[zinc.pk])
    sent(desk, "feed-entries", feed.pk, move="take", entry=[tea.pk, "nonsense"])
    sent(desk, "feed-entries", feed.pk, move="take", entry=[tea.pk, zinc.pk])

    assert [article.url for article in Article.objects.order_by("pk")] == [tea.address, zinc.address]
    assert [entry.title for entry in feed.entries.waiting()] == ["root"]
    assert reverse("admin:reviews_article_change", args=[Article.objects.first().pk]) in shown(desk, feed)
    assert root.pk not in feed.entries.exclude(article=None).values_list("pk", flat=True)


def test_entries_of_another_feed_cannot_be_taken_through_this_one(desk, feed):
    other = FeedEntryFactory()

    sent(desk, "feed-entries", feed.pk, move="take", entry=[other.pk])

    assert Article.objects.count() == 0


def test_a_feed_is_paused_and_resumed(desk, feed):
    sent(desk, "feed-pause", feed.pk)
    assert "Watch it again" in shown(desk, feed)
    sent(desk, "feed-resume", feed.pk)

    feed.refresh_from_db()
    assert (feed.paused_at, Job.objects.get().feed) == (None, feed)
    assert [line.what for line in trail_of([feed])] == ["changed", "changed", "added"]


def test_a_feed_is_forgotten_after_it_was_said_what_stays(desk, feed):
    FeedEntryFactory(feed=feed)

    asked = desk.get(reverse("admin:feed-remove", args=[feed.pk])).content.decode()
    assert ("Articles that were taken in from it stay." in asked, Feed.objects.count()) == (True, 1)
    assert "is not watched any more" in sent(desk, "feed-remove", feed.pk)

    assert Feed.objects.count() == 0


def test_a_feed_says_plainly_what_is_wrong_with_it(desk, feed):
    Feed.objects.filter(pk=feed.pk).update(failures=3, failed_at=NOON, failure="No page answered.")

    said = shown(desk, feed)

    assert "The last 3 looks failed.</strong> No page answered." in said
    assert "It is tried again on" in said


def test_how_a_look_goes_is_asked_until_it_is_over(desk, feed):
    address = reverse("admin:feed-check", args=[feed.pk])
    sent(desk, "feed-check", feed.pk)

    under_way = desk.get(address)
    Job.objects.update(state="done", finished_at=NOON)
    over = desk.get(address)

    assert ("every 2s" in under_way.content.decode(), "HX-Refresh" in under_way.headers) == (True, False)
    assert over.headers["HX-Refresh"] == "true"


def test_the_pace_is_changed(desk, feed):
    sent(desk, "feed-pace", feed.pk, every_hours="24", takes_all="on")
    sent(desk, "feed-pace", feed.pk, every_hours="5")

    feed.refresh_from_db()
    assert (feed.every_hours, feed.takes_all) == (24, True)


def test_whoever_only_reads_changes_nothing(desk, editor, feed):
    type(editor).objects.filter(pk=editor.pk).update(role="reader")

    answers = [
        desk.post(reverse(f"admin:feed-{name}", args=[feed.pk])).status_code
        for name in ("entries", "pace", "check", "pause", "resume", "remove")
    ]

    assert answers == [403] * 6


def test_who_looks_after_own_articles_is_told_of_no_other_feed(desk, editor):
    type(editor).objects.filter(pk=editor.pk).update(role="own")
    other = FeedFactory(added_by=EditorFactory())

    doors = ("reviews_feed_change", "feed-remove", "feed-check")
    answers = [desk.get(reverse(f"admin:{name}", args=[other.pk])).status_code for name in doors]

    assert answers == [404, 404, 404]
    assert "being looked at" in sent(desk, "reviews_feed_add", address=other.address, every_hours="6")


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_feeds_takes_the_same_queries_however_long(desk, rows, django_assert_max_num_queries):
    for _ in range(rows):
        FeedEntryFactory()

    with django_assert_max_num_queries(10):
        desk.get(reverse("admin:reviews_feed_changelist"))


@pytest.mark.parametrize("rows", [1, 3])
def test_a_feed_takes_the_same_queries_however_much_it_lists(desk, feed, rows, django_assert_max_num_queries):
    for _ in range(rows):
        FeedEntryFactory(feed=feed)

    with django_assert_max_num_queries(11):
        shown(desk, feed)


def test_the_bookmark_opens_the_form_with_the_address_in_it(desk):
    said = desk.get(reverse("admin:intake-bookmark")).content.decode()

    assert (
        'href="javascript:location.href=&#x27;http://testserver/desk/reviews/article/add/?url=&#x27;'
        '+encodeURIComponent(location.href)"'
    ) in said
