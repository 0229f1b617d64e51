"""Other languages, other scripts and larger type, where a browser can break them."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from reviews.jobs.instrument import install_instruments
from reviews.models import Instrument, Proposal, Review, Revision
from tests.factories import (
    ArticleFactory,
    AssignmentFactory,
    ClaimFactory,
    MarkFactory,
    ReviewFactory,
    RevisionFactory,
    RoundCitationFactory,
    RoundFactory,
)
from tests.pseudo import LEFT_TO_RIGHT, RIGHT_TO_LEFT, installed

pytestmark = pytest.mark.django_db(transaction=True)

FAMILY, FLAG = "👩‍👩‍👧‍👦", "🏴󠁧󠁢󠁳󠁣󠁴󠁿"
COMBINED = "e\u0301\u0323 a\u030a n\u0303"
BEHIND_EMOJI = "Tea 🍵 calms 9 of 10 people"
EMOJI = f"Sleep better {FAMILY}\n\nOur {FLAG} recipe, {COMBINED} 𝒃𝒐𝒍𝒅. {BEHIND_EMOJI}, says Noël. Nobody came to harm."
IN_ARABIC = "يقلل شاي القمر من الأرق لدى ٩ من كل ١٠ أشخاص"
ARABIC = f"شاي القمر\n\nدراسات حديثة (2024). {IN_ARABIC}، كما يقول الباحثون."
IN_HEBREW = "תה הירח מקצר את זמן ההירדמות"
HEBREW = f"תה הירח\n\nמחקרים הראו כי {IN_HEBREW}. הוא בטוח לילדים."

CUT_OFF = """() => [...document.querySelectorAll("main *, header *, footer *")].filter((element) => {
  const style = getComputedStyle(element);
  if (!element.checkVisibility() || element.closest(".visually-hidden, svg")) return false;
  if (element.clientWidth <= 1 || element.clientHeight <= 1) return false; // there for those who listen
  const hides = ["hidden", "clip"].includes(style.overflowX) || ["hidden", "clip"].includes(style.overflowY);
  const wide = element.scrollWidth > element.clientWidth + 1, high = element.scrollHeight > element.clientHeight + 1;
  return hides && (wide || high) && element.textContent.trim();
}).map((element) => element.outerHTML.slice(0, 120))"""


SIDEWAYS = """() => [...document.querySelectorAll("body *")].filter((element) => {
  const box = element.getBoundingClientRect();
  return document.documentElement.scrollWidth > innerWidth + 1 && (box.right > innerWidth + 1 || box.left < -1);
}).map((element) => element.outerHTML.slice(0, 120))"""
"""What a page would have to be scrolled sideways for."""


def a_review_of(text: str, *, quote: str) -> Review:
    """Return a review of an article whose one claim stands in these words."""
    revision: Revision = RevisionFactory(article=ArticleFactory(title=text.splitlines()[0]), text=text)
    ClaimFactory(revision=revision, quote=quote)
    return ReviewFactory(round=RoundFactory(revision=revision, claims=0))


@pytest.fixture
def review(transactional_db) -> Review:
    install_instruments()
    review = ReviewFactory(round=RoundFactory(claims=3))
    review.round.instruments.set(Instrument.objects.filter(slug__in=["quest", "healthnewsreview"]))
    RoundCitationFactory(claim=review.round.claims.first())
    MarkFactory(review=review)
    return review


@pytest.fixture
def speaks(settings) -> Iterator[Callable[[str], None]]:
    """Return what has the portal speak a pseudo-language for the rest of the test."""
    with installed(LEFT_TO_RIGHT), installed(RIGHT_TO_LEFT):
        yield lambda code: setattr(settings, "LANGUAGE_CODE", code)


def pages_of(review: Review) -> list[str]:
    invitation = AssignmentFactory(reviewer=review.assignment.reviewer)
    own = f"/reviews/{review.key}/"
    parts = ["", "claims/1/", "claims/1/history/", "claims/1/source/", "claims/2/", "instruments/quest/"]
    parts += ["instruments/healthnewsreview/", "omissions/", "messages/", "propose/", "cues/"]
    others = [
        "/",
        "/reviews/",
        f"/invitations/{invitation.key}/",
        "/accounts/email/",
        "/accounts/2fa/",
        "/nothing-here/",
    ]
    return [*(own + part for part in parts), *others, "/reviews/certificate/", "/reviews/calendar/", "/mail/"]


def highlighted(page: Page) -> str:
    """Return the words that are highlighted as claim 1, its number left out."""
    pieces = page.locator('#text mark[data-claims~="1"]')
    return pieces.evaluate_all("""(marks) => marks.map((mark) => {
        const words = mark.lastElementChild.cloneNode(true);
        words.querySelector(".claim-number")?.remove();
        return words.textContent;
    }).join("")""")


@pytest.mark.parametrize(
    ("text", "quote"),
    [(EMOJI, BEHIND_EMOJI), (ARABIC, IN_ARABIC), (HEBREW, IN_HEBREW)],
    ids=["emoji", "arabic", "hebrew"],
)
def test_a_claim_is_highlighted_on_its_very_words_in_every_script(page, transactional_db, sign_in, text, quote):
    direction = "ltr" if text == EMOJI else "rtl"
    review = a_review_of(text, quote=quote)
    sign_in(page, review.assignment.reviewer)

    page.goto(f"/reviews/{review.key}/claims/1/")

    assert highlighted(page) == quote
    read = page.locator("#text p").filter(has=page.locator("mark"))
    assert read.evaluate("(paragraph) => getComputedStyle(paragraph).direction") == direction
    wording = page.locator(".claim-wording")
    assert wording.evaluate("(words) => getComputedStyle(words).direction") == direction


def test_words_behind_emoji_are_proposed_as_they_stand_in_the_database(page, transactional_db, sign_in):
    review = a_review_of(EMOJI, quote=BEHIND_EMOJI)
    sign_in(page, review.assignment.reviewer)
    page.goto(f"/reviews/{review.key}/claims/1/")
    page.evaluate("""() => {
      const walker = document.createTreeWalker(document.querySelector("#text"), NodeFilter.SHOW_TEXT);
      while (!walker.nextNode().data.includes("Nobody came"));
      const start = walker.currentNode.data.indexOf("Nobody came");
      const end = start + "Nobody came to harm".length;
      getSelection().setBaseAndExtent(walker.currentNode, start, walker.currentNode, end);
    }""")
    expect(page.locator("[data-propose]")).to_have_attribute("href", re.compile("quote=Nobody"))
    page.locator("[data-propose]").click()
    page.get_by_role("button", name="Tell the editors").click()
    expect(page.get_by_text("The editors are told.")).to_be_visible()

    proposal = Proposal.objects.get()
    assert EMOJI[proposal.start : proposal.end] == "Nobody came to harm"


def test_type_twice_as_large_and_sentences_longer_by_half_scroll_no_page_and_cut_nothing_off(
    new_context, review, sign_in, speaks
):
    speaks(LEFT_TO_RIGHT)
    zoomed = new_context(
        viewport={"width": 640, "height": 400}, device_scale_factor=2
    ).new_page()  # 1280 x 800 at 200 %
    sign_in(zoomed, review.assignment.reviewer)
    found = {}
    for address in pages_of(review):
        zoomed.goto(address)
        for width in (640, 320):
            zoomed.set_viewport_size({"width": width, "height": 400})
            if lost := zoomed.evaluate(SIDEWAYS) + zoomed.evaluate(CUT_OFF):
                found[address, width] = lost

    assert found == {}


def test_a_page_from_right_to_left_is_whole_accessible_and_says_what_it_saves(
    page, review, sign_in, speaks, is_accessible
):
    speaks(RIGHT_TO_LEFT)
    sign_in(page, review.assignment.reviewer)
    for address in pages_of(review):
        page.goto(address)
        assert page.locator("html").get_attribute("dir") == "rtl"
        assert (address, page.evaluate(SIDEWAYS)) == (address, [])
    page.goto(f"/reviews/{review.key}/claims/1/")
    text, work = page.locator("#text").bounding_box(), page.locator("#work").bounding_box()
    assert text["x"] > work["x"]
    page.get_by_label(re.compile("Your reasons")).fill("כי כך כתוב במקור.")
    expect(page.locator("#saving")).to_have_text(re.compile("⟦Saved"))

    is_accessible(page)
