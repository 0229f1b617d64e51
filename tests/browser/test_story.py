"""The whole story in a real browser, with a real worker: an article goes from import to a mailed, published verdict."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from reviews.jobs.instrument import install_instruments
from reviews.models import Notice, Report
from tests.factories import EditorFactory, UserFactory

pytestmark = pytest.mark.django_db(transaction=True)

ARTICLE = """Seaweed Baths Melt Away Back Pain

Studies have shown that a daily seaweed bath reduces chronic back pain by 60%. No tablet does better.

People with back pain can stop their prescribed painkillers after two weeks of bathing.

1 2 3 4 5 6 7 8 9 10

Leave a Reply
"""
PAIN = "a daily seaweed bath reduces chronic back pain by 60%"


@pytest.fixture
def people(transactional_db):
    install_instruments()
    return {
        "editor": EditorFactory(email="editor@story.example", name="Edna Story"),
        "ada": UserFactory(email="ada@story.example", name="Ada Story"),
        "ben": UserFactory(email="ben@story.example", name="Ben Story"),
    }


@pytest.fixture
def browsers(people, new_context, sign_in):
    """Return a page for each person, signed in on a device of their own."""
    pages = {name: new_context().new_page() for name in people}
    for name, person in people.items():
        sign_in(pages[name], person)
    return pages


def test_an_article_goes_from_import_to_a_mailed_published_verdict(browsers, people, worker, page, is_accessible):
    desk = browsers["editor"]

    add_article(desk, is_accessible)
    worker.is_done()
    curate(desk, is_accessible)
    open_round(desk, is_accessible)
    assign(desk, is_accessible)
    worker.is_done()
    review(browsers["ada"], level="Inaccurate", reasons="The trial found nothing.", is_accessible=is_accessible)
    review(browsers["ben"], level="Accurate", reasons="It helped my patients.")
    worker.is_done()
    adjudicate(desk, is_accessible)
    worker.is_done()
    publish(desk, is_accessible)
    worker.is_done()

    page.goto("/")
    page.get_by_role("link", name="Seaweed Baths").click()
    expect(page.get_by_text("An editor decided this claim.").first).to_be_visible()
    is_accessible(page)
    assert "ada@story.example" not in page.content()
    later = Notice.objects.filter(kind="disputed", state="owed")
    assert {mail.kind for mail in later} == {"disputed"}
    went_out = Notice.objects.exclude(pk__in=later).exclude(state="dropped")
    assert [mail.state for mail in went_out] == ["sent"] * len(worker.mails.accepted)
    assert set(worker.mails.times_accepted().values()) == {1}
    assert Report.objects.latest().body["article"]["finding"]["level"] == "misleading"
    browsers["ada"].goto("/reviews/")
    browsers["ada"].get_by_role("link", name="Seaweed Baths").click()
    expect(browsers["ada"].get_by_text("Ben")).to_have_count(0)
    is_accessible(browsers["ada"])


def add_article(desk: Page, is_accessible) -> None:
    desk.goto("/desk/")
    is_accessible(desk)
    desk.get_by_role("link", name="Add an article").first.click()
    desk.get_by_role("button", name="Add the article").click()
    expect(desk.get_by_text("Paste the article's text, or choose a file, or give its address.").first).to_be_visible()
    is_accessible(desk)
    desk.get_by_label("Paste the text").fill(ARTICLE)
    desk.get_by_label("Vendor").fill("Kelp & Sons")
    desk.get_by_role("button", name="Add the article").click()
    expect(desk).to_have_url(re.compile(r"/desk/reviews/article/\d+/change/"))


def curate(desk: Page, is_accessible) -> None:
    desk.reload()
    is_accessible(desk)
    for quote in ("a daily seaweed bath reduces chronic back pain", "can stop their prescribed painkillers"):
        card = desk.get_by_role("article").filter(has_text=quote).and_(desk.locator("[data-state=suggested]")).first
        card.get_by_role("button", name="Accept").click()
        expect(desk.locator("[data-state=accepted]").filter(has_text=quote).first).to_be_visible()
    desk.reload()
    expect(desk.get_by_role("heading", name=re.compile("On the list"))).to_be_visible()
    is_accessible(desk)


def open_round(desk: Page, is_accessible) -> None:
    desk.get_by_role("link", name="Open a round").click()
    desk.get_by_label("Due").fill((timezone.localdate() + timedelta(days=10)).isoformat())
    is_accessible(desk)
    desk.get_by_role("button", name="Go on").click()
    desk.get_by_role("button", name="Open the round").click()


def assign(desk: Page, is_accessible) -> None:
    is_accessible(desk)
    desk.get_by_label("Ada Story").check()
    desk.get_by_label("Ben Story").check()
    desk.get_by_role("button", name="Ask them").click()
    is_accessible(desk)


def review(reviewer: Page, *, level: str, reasons: str, is_accessible=None) -> None:
    is_accessible = is_accessible or (lambda _: None)
    reviewer.goto("/reviews/")
    is_accessible(reviewer)
    reviewer.get_by_role("link", name="Seaweed Baths").first.click()
    reviewer.get_by_label("I have none").check()
    is_accessible(reviewer)
    reviewer.get_by_role("button", name="Accept and begin").click()
    for number in (1, 2):
        reviewer.get_by_role("link", name=f"Claim {number}").first.click()
        expect(reviewer.get_by_role("heading", name=re.compile(f"^Claim {number}"))).to_be_visible()
        reviewer.get_by_role("radio", name=re.compile(f"^{level}")).check()
        reviewer.get_by_label("Your reasons").fill(reasons)
        if number == 1:  # "studies have shown": which?
            reviewer.get_by_role("radio", name="Not identifiable").check()
        reviewer.get_by_role("radio", name="Very low").check()
        reviewer.get_by_role("radio", name="Sure", exact=True).check()
        expect(reviewer.locator("#saving")).to_have_text(re.compile(r"^Saved \d"))
    is_accessible(reviewer)
    for name in ("DISCERN", "HealthNewsReview criteria"):
        reviewer.get_by_role("link", name=name).first.click()
        expect(reviewer.get_by_role("heading", name=name)).to_be_visible()
        answer_everything(reviewer)
        is_accessible(reviewer)
    reviewer.get_by_role("link", name="Left out").first.click()
    reviewer.get_by_label("Harms", exact=True).check()
    reviewer.get_by_label(re.compile("^I went through this list")).check()
    expect(reviewer.locator("#saving")).to_have_text(re.compile(r"^Saved \d"))
    is_accessible(reviewer)
    reviewer.get_by_role("link", name="Overview").first.click()
    reviewer.get_by_role("button", name="Hand in my review").click()
    expect(reviewer.get_by_role("button", name="Hand in my review")).to_have_count(0)


def answer_everything(reviewer: Page) -> None:
    names = reviewer.evaluate("[...new Set([...document.querySelectorAll('main input[type=radio]')].map(r => r.name))]")
    for name in names:
        reviewer.locator(f"input[name='{name}']").first.check()
    expect(reviewer.locator("#saving")).to_have_text(re.compile(r"^Saved \d"))


def adjudicate(desk: Page, is_accessible) -> None:
    desk.goto("/desk/")
    for number in (1, 2):
        desk.goto("/desk/")
        desk.get_by_role("link", name=re.compile("held for an editor")).click()
        is_accessible(desk)
        desk.get_by_role("main").get_by_role("listitem").get_by_role("link").first.click()
        assert "The trial found nothing." not in desk.content()
        is_accessible(desk)
        desk.get_by_role("radio", name=re.compile("^Misleading")).check()
        desk.get_by_label("Your reasons").fill("No source gives such a number.")
        desk.get_by_role("button", name="Keep my mark").click()
        expect(desk.locator("#marks").get_by_text("The trial found nothing.")).to_be_visible()
        is_accessible(desk)
        desk.get_by_role("radio", name=re.compile("^Misleading")).check()
        desk.get_by_label("Your reasons, for readers").fill(f"Claim {number}: the number is in no source.")
        desk.get_by_role("radio", name=re.compile("^Something was overlooked")).check()
        desk.get_by_role("button", name="Decide").click()
        expect(desk.get_by_text("Decided").first).to_be_visible()


def publish(desk: Page, is_accessible) -> None:
    desk.goto("/desk/reviews/round/")
    desk.get_by_role("link", name="Seaweed Baths").click()
    is_accessible(desk)
    desk.get_by_role("link", name="Open the report").click()
    is_accessible(desk)
    desk.get_by_role("link", name="Preview the public page").click()
    expect(desk.get_by_text("nothing is published yet")).to_be_visible()
    desk.go_back()
    desk.get_by_role("link", name="Publish").click()
    is_accessible(desk)
    desk.get_by_role("button", name="Publish").click()
