"""What comes in at the desk by other ways than pasting: feeds, a bookmark, lists of references, files of retractions.

The worker's part is done here, on a site on loopback that stands for the web: a real worker would refuse to fetch it.
"""

import re
from functools import partial

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from reviews.gateways.page import fetch_feed
from reviews.jobs.bibliography import do_importing, do_reading_references
from reviews.jobs.feed import do_check
from reviews.jobs.reading import do_reading
from reviews.jobs.retraction import do_retractions
from reviews.models import Article, Job, Source
from tests.factories import CitationFactory, EditorFactory, SourceFactory
from tests.gateways.site import standing_site

FEED = "http://herbs.example/feed.xml"
PAGE = b"""<html><head><title>Moss tea ends headaches</title></head><body><article><h1>Moss tea ends headaches</h1>
<p>Studies have shown that a cup of moss tea ends a headache within ten minutes. No tablet does better, doctors say.</p>
<p>Drink it daily, and leave your other medicines out for a week to feel the full effect of it.</p></article></body>
</html>"""
RETRACTIONS = (
    "Record ID,RetractionDate,RetractionDOI,OriginalPaperDOI,OriginalPaperPubMedID,RetractionNature,Reason\n"
    "1,3/2/2020 0:00,10.5555/n,10.5555/moss,0,Retraction,+Fraud;\n"
    "2,3/2/2020 0:00,10.5555/o,unavailable,0,Retraction,+Fraud;\n"
)
RIS = "TY  - JOUR\nTI  - Moss tea in 400 adults\nDO  - 10.5555/400\nER  - \nTY  - JOUR\nN2  - no title\nER  - \n"


@pytest.fixture
def web():
    """What the public web answers by path, and how the worker's jobs are done on it."""
    with standing_site() as (answers, net):
        answers["/moss"] = (200, {"Content-Type": "text/html"}, PAGE)
        yield Web(answers, net)


class Web:
    def __init__(self, answers, net):
        self.answers = answers
        self.jobs = {
            "check_feed": partial(do_check, fetch=partial(fetch_feed, resolve=net.resolve, dial=net.dial)),
            "read_intake": partial(do_reading, fetch=net.fetch),
            "read_retractions": lambda job, at: do_retractions(job, clock=lambda: at),
            "read_references": do_reading_references,
            "import_references": do_importing,
        }

    def lists(self, *titles):
        items = "".join(
            f"<item><title>{title}</title><link>http://herbs.example/{title}</link></item>" for title in titles
        )
        listed = f"<rss><channel><title>The Daily Moss</title>{items}</channel></rss>".encode()
        self.answers["/feed.xml"] = (200, {"Content-Type": "application/rss+xml"}, listed)

    def is_done(self, kind):
        """Be the worker: do every job of a kind that is owed."""
        jobs = list(Job.objects.filter(kind=kind, state="owed"))
        assert [self.jobs[kind](job.pk, at=timezone.now()) for job in jobs] == [True] * len(jobs) != []


@pytest.fixture
def desk(transactional_db, page: Page, sign_in) -> Page:
    sign_in(page, EditorFactory(name="Edna Story"))
    return page


def test_a_feed_is_watched_and_what_it_lists_is_taken_in(desk, web, is_accessible):
    web.lists("old")
    desk.goto("/desk/reviews/feed/")
    is_accessible(desk)
    desk.goto("/desk/reviews/feed/add/")
    desk.get_by_role("button", name="Watch this feed").click()
    expect(desk.get_by_text("This field is required.").first).to_be_visible()
    is_accessible(desk)
    desk.get_by_label("Address of the feed").fill(FEED)
    desk.get_by_role("button", name="Watch this feed").click()
    expect(desk.get_by_text("The feed is being looked at.")).to_be_visible()
    is_accessible(desk)

    web.is_done("check_feed")
    expect(desk.get_by_role("heading", name="The Daily Moss")).to_be_visible()
    expect(desk.get_by_text("Nothing new waits for you.")).to_be_visible()
    web.lists("moss", "old")
    desk.get_by_role("button", name="Look now").click()
    web.is_done("check_feed")
    desk.get_by_label("moss").check()
    is_accessible(desk)
    desk.get_by_role("button", name="Take in the chosen").click()
    expect(desk.get_by_text("Taken in: each is fetched and read by itself.")).to_be_visible()
    web.is_done("read_intake")
    is_accessible(desk)
    desk.get_by_role("link", name="the article").click()
    expect(desk.get_by_role("heading", name="Moss tea ends headaches").first).to_be_visible()

    assert [article.url for article in Article.objects.all()] == ["http://herbs.example/moss"]


def test_a_feed_that_fails_says_why(desk, web, is_accessible):
    web.answers["/feed.xml"] = (200, {"Content-Type": "text/html"}, PAGE)
    desk.goto("/desk/reviews/feed/add/")
    desk.get_by_label("Address of the feed").fill(FEED)
    desk.get_by_role("button", name="Watch this feed").click()
    web.is_done("check_feed")

    expect(desk.get_by_text("The last look failed.")).to_be_visible()
    is_accessible(desk)
    desk.get_by_role("link", name="Stop watching it…").click()
    is_accessible(desk)


def test_the_bookmark_opens_the_form_with_the_page_it_was_clicked_on(desk, web, is_accessible):
    desk.goto("/desk/reviews/intake/bookmark/")
    is_accessible(desk)
    bookmark = desk.get_by_role("link", name="Add to Assay").get_attribute("href")
    desk.route("http://herbs.example/moss", lambda route: route.fulfill(body=PAGE, content_type="text/html"))
    desk.goto("http://herbs.example/moss")
    desk.evaluate(f"() => {{ {bookmark.removeprefix('javascript:')} }}")
    expect(desk).to_have_url(re.compile("/desk/reviews/article/add/"))
    expect(desk.get_by_label("Or fetch it from its address")).to_have_value("http://herbs.example/moss")
    is_accessible(desk)
    desk.get_by_role("button", name="Add the article").click()
    expect(desk).to_have_url(re.compile(r"/desk/reviews/article/\d+/change/"))
    web.is_done("read_intake")
    desk.reload()

    expect(desk.get_by_role("heading", name="Moss tea ends headaches").first).to_be_visible()


def test_a_file_of_retractions_shows_what_it_hit(desk, web, is_accessible):
    hit = SourceFactory(title="Moss tea in 400 adults", doi="10.5555/moss")
    CitationFactory(source=hit)
    desk.goto("/desk/reviews/source/retractions/")
    is_accessible(desk)
    sent = {"name": "watch.csv", "mimeType": "text/csv", "buffer": RETRACTIONS.encode()}
    desk.get_by_label("Retraction Watch’s CSV").set_input_files(sent)
    desk.get_by_role("button", name="Bring it in").click()
    expect(desk.get_by_text("The worker goes through the file.")).to_be_visible()
    is_accessible(desk)
    web.is_done("read_retractions")

    expect(desk.get_by_text("2 rows were gone through.")).to_be_visible()
    desk.get_by_text("1 row could not be used").click()
    is_accessible(desk)
    desk.get_by_role("link", name="Moss tea in 400 adults").click()
    expect(desk.get_by_text("Fraud").first).to_be_visible()
    hit.refresh_from_db()
    assert hit.retraction == "retracted"


def test_of_many_lists_of_references_each_is_read_looked_through_and_imported_by_itself(desk, web, is_accessible):
    desk.goto("/desk/reviews/source/import/")
    desk.get_by_label("Or choose files").set_input_files(
        [
            {"name": "good.ris", "mimeType": "text/plain", "buffer": RIS.encode()},
            {"name": "broken.json", "mimeType": "text/plain", "buffer": b"<html>"},
        ]
    )
    desk.get_by_role("button", name="Read them").click()
    expect(desk.get_by_text("being read")).to_have_count(2)
    is_accessible(desk)
    web.is_done("read_references")
    expect(desk.get_by_text("waits for you")).to_have_count(1)
    expect(desk.get_by_text("could not be read", exact=True)).to_have_count(1)
    is_accessible(desk)
    desk.get_by_role("link", name="broken.json").click()
    expect(desk.get_by_role("button", name="Read it again")).to_be_visible()
    is_accessible(desk)
    desk.get_by_role("link", name="Import references").click()
    desk.get_by_role("link", name="good.ris").click()
    expect(desk.get_by_text("It has neither a title nor an identifier")).to_be_visible()
    is_accessible(desk)
    desk.get_by_role("button", name="Import", exact=True).click()
    expect(desk.get_by_text("The list is being imported.")).to_be_visible()
    is_accessible(desk)
    web.is_done("import_references")
    expect(desk.get_by_text("1 of 2 references imported.")).to_be_visible()
    is_accessible(desk)

    assert [source.doi for source in Source.objects.all()] == ["10.5555/400"]
