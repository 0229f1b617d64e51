"""A reviewer at work, where a browser can break it."""

import re

import pytest
from playwright.sync_api import expect

from reviews.jobs.instrument import install_instruments
from reviews.models import Instrument, Mark, Review, RoundCitation
from tests.factories import NOON, AssignmentFactory, ReviewFactory, RoundCitationFactory, RoundFactory, UserFactory

pytestmark = pytest.mark.django_db(transaction=True)
SAVED = re.compile(r"^Saved \d")
LONG = 6_000


@pytest.fixture
def review(transactional_db) -> Review:
    install_instruments()
    review = ReviewFactory(round=RoundFactory(claims=3))
    review.round.instruments.set(Instrument.objects.filter(slug__in=["discern", "healthnewsreview"]))
    RoundCitationFactory(claim=review.round.claims.first())
    return review


@pytest.fixture
def desk(page, review, sign_in):
    """The reviewer's own browser, signed in."""
    sign_in(page, review.assignment.reviewer)
    return page


def saving(page):
    return page.locator("#saving")


def claim_page(review: Review, number: int = 1) -> str:
    return f"/reviews/{review.key}/claims/{number}/"


def test_what_is_typed_is_saved_and_survives_a_reload_with_the_focus_where_it_was(desk, review):
    desk.goto(claim_page(review))
    desk.get_by_role("radio", name=re.compile("^Misleading")).check()
    box = desk.get_by_label("Your reasons")
    box.press_sequentially("The trial had twelve adults.")

    expect(saving(desk)).to_have_text(SAVED)
    expect(box).to_be_focused()
    box.press_sequentially(" All slept well.")
    expect(saving(desk)).to_have_text("Not saved yet.")
    expect(saving(desk)).to_have_text(SAVED)
    desk.reload()

    expect(desk.get_by_label("Your reasons")).to_have_value("The trial had twelve adults. All slept well.")
    assert Mark.objects.get().level.name == "misleading"


def test_a_highlight_opens_its_claim_and_the_claim_shows_its_words(desk, review):
    desk.goto(f"/reviews/{review.key}/")
    desk.get_by_role("link", name="A cup holds 40 mg of lunarin, which blocks the waking receptor.").first.click()

    expect(desk).to_have_url(re.compile(r"/claims/2/$"))
    expect(desk.get_by_role("heading", name=re.compile("^Claim 2"))).to_be_focused()
    expect(desk.locator("mark[data-state=current]")).to_contain_text("A cup holds 40 mg")
    desk.go_back()
    expect(desk.get_by_role("heading", name="Your review")).to_be_visible()


def test_leaving_a_claim_saves_it_first(desk, review):
    desk.goto(claim_page(review))
    desk.get_by_label("Your reasons").fill("Typed and left at once.")
    desk.get_by_role("link", name="Claim 2").first.click()

    expect(desk.get_by_role("heading", name=re.compile("^Claim 2"))).to_be_visible()
    assert Mark.objects.get().rationale == "Typed and left at once."


def test_the_second_tab_sees_both_and_chooses(desk, review):
    other = desk.context.new_page()
    for tab in (desk, other):
        tab.goto(claim_page(review))
    desk.get_by_label("Your reasons").fill("From the first tab.")
    expect(saving(desk)).to_have_text(SAVED)
    other.get_by_label("Your reasons").fill("From the second tab.")

    expect(other.get_by_role("row", name=re.compile("From the second tab.*From the first tab"))).to_be_visible()
    assert Mark.objects.get().rationale == "From the first tab."
    other.get_by_role("button", name="Keep mine").click()
    expect(other.get_by_text("Claim 1 is saved.")).to_be_visible()
    assert Mark.objects.get().rationale == "From the second tab."


def test_the_second_tab_may_take_what_is_saved(desk, review):
    other = desk.context.new_page()
    for tab in (desk, other):
        tab.goto(claim_page(review))
    desk.get_by_label("Your reasons").fill("From the first tab.")
    expect(saving(desk)).to_have_text(SAVED)
    other.get_by_label("Your reasons").fill("From the second tab.")
    other.get_by_role("link", name="Take the saved one").click()

    expect(other.get_by_label("Your reasons")).to_have_value("From the first tab.")
    expect(saving(other)).to_have_text("Saved as you type.")


def test_without_a_network_the_text_is_kept_and_sent_when_it_is_back(desk, review):
    desk.goto(claim_page(review))
    desk.context.set_offline(True)
    desk.get_by_label("Your reasons").fill("Written in a tunnel.")
    expect(saving(desk)).to_contain_text("no connection")
    desk.context.set_offline(False)

    expect(saving(desk)).to_have_text(SAVED)
    assert Mark.objects.get().rationale == "Written in a tunnel."


@pytest.mark.parametrize("lost", [{}, {"name": "sessionid"}])
def test_a_lost_session_says_so_keeps_the_text_and_goes_on_after_signing_in(desk, review, sign_in, lost):
    desk.goto(claim_page(review))
    desk.context.clear_cookies(**lost)
    desk.get_by_label("Your reasons").fill("Written after the session was lost.")
    expect(saving(desk)).to_contain_text("You are signed out")
    assert not Mark.objects.exists()
    desk.get_by_role("link", name="sign in again in a new tab").wait_for()
    sign_in(desk, review.assignment.reviewer)
    desk.goto(claim_page(review))

    expect(saving(desk)).to_have_text(SAVED)
    expect(desk.get_by_label("Your reasons")).to_have_value("Written after the session was lost.")
    assert Mark.objects.get().rationale == "Written after the session was lost."


def test_a_closed_tab_loses_nothing_that_was_not_saved_yet(desk, review):
    desk.goto(claim_page(review))
    desk.context.set_offline(True)
    desk.get_by_label("Your reasons").fill("Closed too early.")
    expect(saving(desk)).to_contain_text("no connection")
    desk.close()
    desk.context.set_offline(False)
    again = desk.context.new_page()
    again.goto(claim_page(review))

    expect(saving(again)).to_have_text(SAVED)
    assert Mark.objects.get().rationale == "Closed too early."


def test_what_is_too_long_stays_on_the_page_with_the_reason(desk, review):
    desk.goto(claim_page(review))
    desk.get_by_label("Your reasons").fill("x" * LONG)

    expect(saving(desk)).to_have_text("Not saved yet: see what needs another look.")
    expect(desk.get_by_label("Your reasons")).to_have_value("x" * LONG)
    assert not Mark.objects.exists()


def test_a_quote_that_is_not_in_the_source_is_remarked_on_and_kept(desk, review):
    desk.goto(claim_page(review))
    quote = desk.get_by_role("textbox", name="Quote")
    quote.fill("Sleep was cured for ever.")
    expect(desk.get_by_text("not found in the stored text")).to_be_visible()
    quote.fill("Sleep onset was shortened by ten minutes")
    expect(desk.get_by_text("You quote ten, the text has twelve")).to_be_visible()
    quote.fill("Sleep onset was shortened by twelve  minutes")

    expect(desk.get_by_text("found word for word")).to_be_visible()
    expect(quote).to_have_value("Sleep onset was shortened by twelve  minutes")


def test_everything_works_without_scripts(new_context, review, sign_in):
    page = new_context(java_script_enabled=False).new_page()
    sign_in(page, review.assignment.reviewer)
    page.goto(claim_page(review))
    page.get_by_role("radio", name=re.compile("^Accurate")).check()
    page.get_by_label("Supports the claim").check()
    page.get_by_role("button", name="Save and next claim").click()

    expect(page.get_by_role("heading", name=re.compile("^Claim 2"))).to_be_visible()
    page.get_by_role("link", name="Overview").click()
    expect(page.get_by_text("1 of 3 claims done")).to_be_visible()
    page.get_by_role("button", name="Hand in my review").click()
    page.get_by_role("link", name=re.compile("^Claim 2: choose a level")).first.click()
    expect(page).to_have_url(re.compile(r"/claims/2/#at-mark-ruling$"))


def test_an_own_source_is_added_appraised_and_removed(desk, review):
    desk.goto(claim_page(review, 2))
    desk.get_by_role("link", name="Add a source").click()
    desk.get_by_label("DOI, PMID, PMCID or trial number").fill("not a doi")
    desk.get_by_role("button", name="Add the source").click()
    expect(desk.get_by_label("DOI, PMID, PMCID or trial number")).to_have_value("not a doi")
    desk.get_by_label("DOI, PMID, PMCID or trial number").fill("https://doi.org/10.5555/OWN.1")
    desk.get_by_role("button", name="Add the source").click()
    desk.get_by_label("Contradicts the claim").check()
    expect(saving(desk)).to_have_text(SAVED)
    assert RoundCitation.objects.get(added_in=review).record["DOI"] == "10.5555/own.1"
    desk.get_by_role("link", name="Remove it").click()
    desk.get_by_role("button", name="Remove it").click()

    expect(desk.get_by_text("The source is removed.")).to_be_visible()
    assert not RoundCitation.objects.filter(added_in=review).exists()


def test_a_message_that_was_sent_is_not_kept(desk, review):
    desk.goto(claim_page(review))
    desk.get_by_role("link", name="Ask the editor about it").click()
    desk.get_by_label("Your message").fill("Which trial is meant?")
    desk.get_by_role("button", name="Send to the editors").click()
    expect(desk.get_by_text("Your message is with the editors.")).to_be_visible()
    desk.goto(f"/reviews/{review.key}/messages/")

    expect(desk.get_by_label("Your message")).to_have_value("")
    expect(desk.get_by_text("Which trial is meant?")).to_be_visible()


def test_a_message_that_was_not_sent_is_kept(desk, review):
    desk.goto(f"/reviews/{review.key}/messages/")
    desk.get_by_label("Your message").fill("Half a thought")
    desk.reload()

    expect(desk.get_by_label("Your message")).to_have_value("Half a thought")


def test_a_claim_is_marked_by_keyboard_alone(desk, review):
    desk.goto(claim_page(review, 3))
    desk.get_by_role("radio", name=re.compile("^Accurate")).focus()
    desk.keyboard.press("Space")
    desk.keyboard.press("ArrowDown")
    desk.keyboard.press("Tab")
    desk.keyboard.press("Space")
    expect(saving(desk)).to_have_text(SAVED)

    mark = Mark.objects.get()
    assert (mark.level.name, mark.flaws) == ("mostly_accurate", ["no_source_given"])


def test_a_whole_article_is_marked_by_three_keys_a_claim(desk, review):
    RoundCitation.objects.all().delete()
    desk.goto(claim_page(review))
    for number in (1, 2, 3):
        expect(desk.get_by_role("heading", name=re.compile(f"^Claim {number}"))).to_be_visible()
        for key in ("2", "a", "n"):
            desk.keyboard.press(key)

    expect(desk.get_by_role("heading", name="Your review")).to_be_focused()
    expect(desk.get_by_text("3 of 3 claims done")).to_be_visible()
    assert desk.evaluate("performance.getEntriesByType('navigation')[0].name").endswith("/claims/1/")
    marks = [(mark.level.name, mark.flaws) for mark in Mark.objects.all()]
    assert marks == [("mostly_accurate", ["no_source_given"])] * 3


def test_keys_write_in_a_field_say_what_they_did_and_can_be_switched_off(desk, review):
    desk.goto(claim_page(review))
    desk.get_by_label("Your reasons").press_sequentially("1a?n")
    expect(desk.get_by_label("Your reasons")).to_have_value("1a?n")
    desk.get_by_role("heading", name=re.compile("^Claim 1")).focus()
    desk.keyboard.press("3")
    expect(desk.locator("[data-keys-said]")).to_have_text("Misleading: chosen")
    expect(desk.get_by_role("heading", name=re.compile("^Claim 1"))).to_be_focused()
    desk.keyboard.press("?")
    desk.get_by_label("Use these keys in this browser").uncheck()
    desk.get_by_role("button", name="Close").click()
    desk.keyboard.press("?")
    expect(desk.get_by_role("dialog")).to_be_hidden()
    desk.keyboard.press("1")
    desk.reload()
    desk.keyboard.press("1")

    expect(desk.get_by_role("radio", name=re.compile("^Misleading"))).to_be_checked()


def test_a_claim_that_is_done_looks_so_in_the_text_at_once(desk, review):
    desk.goto(claim_page(review, 2))
    desk.get_by_role("radio", name=re.compile("^Accurate")).check()
    expect(saving(desk)).to_have_text(SAVED)
    desk.get_by_role("link", name="Claim 3").first.click()

    expect(desk.locator("mark[data-claims='2']")).to_have_attribute("data-state", "marked")


def test_an_earlier_version_is_read_and_put_back(desk, review):
    desk.goto(claim_page(review))
    box = desk.get_by_label("Your reasons")
    for words in ("The first thought.", "A second thought."):
        box.fill(words)
        expect(saving(desk)).to_have_text(SAVED)
    desk.get_by_role("link", name="Earlier versions").click()
    desk.get_by_role("listitem").filter(has_text="The first thought.").get_by_role("button").click()

    expect(desk.get_by_text("Put back as it was saved on")).to_be_visible()
    expect(desk.get_by_label("Your reasons")).to_have_value("The first thought.")


def test_cues_are_underlined_and_explain_themselves_until_they_are_switched_off(desk, review, is_accessible):
    revision = review.round.revision
    revision.cues.create(kind="vague_attribution", start=0, end=10, reason="Nobody is named.")
    desk.goto(claim_page(review))
    underline, said = desk.locator("#text p .cue[data-cue]"), desk.locator("[data-cue-said]")
    expect(underline).to_have_css("text-decoration-line", "underline")
    underline.click()
    expect(said).to_have_text("Vague attribution: Nobody is named.")
    desk.get_by_role("checkbox", name="Underline").focus()
    expect(said).to_be_empty()
    desk.keyboard.press("Tab")
    expect(underline).to_be_focused()
    expect(said).to_have_text("Vague attribution: Nobody is named.")
    is_accessible(desk)
    desk.get_by_role("checkbox", name="Underline").uncheck()
    expect(underline).to_have_css("text-decoration-line", "none")
    desk.reload()

    expect(underline).to_have_css("text-decoration-line", "none")


def test_on_a_phone_one_pane_is_shown_at_a_time(new_context, review, sign_in):
    page = new_context(viewport={"width": 360, "height": 740}).new_page()
    sign_in(page, review.assignment.reviewer)
    page.goto(claim_page(review))
    expect(page.locator("#text")).to_be_hidden()
    page.get_by_role("link", name="Article", exact=True).click()
    expect(page.locator("#work")).to_be_hidden()
    page.locator("#text").get_by_role("link", name="Children can drink it too").first.click()

    expect(page.get_by_role("heading", name=re.compile("^Claim 3"))).to_be_visible()
    expect(page.locator("#text")).to_be_hidden()


@pytest.mark.parametrize(
    "part",
    [
        "",
        "claims/1/",
        "claims/1/history/",
        "claims/1/source/",
        "instruments/discern/",
        "instruments/healthnewsreview/",
        "omissions/",
        "messages/",
    ],
)
def test_every_page_of_a_review_is_accessible(desk, review, is_accessible, part):
    desk.goto(f"/reviews/{review.key}/{part}")

    is_accessible(desk)


def test_queue_and_invitation_are_accessible(desk, review, is_accessible):
    invitation = AssignmentFactory(reviewer=review.assignment.reviewer, round=RoundFactory())
    for address in ("/reviews/", f"/invitations/{invitation.key}/"):
        desk.goto(address)
        is_accessible(desk)


def test_a_locked_review_is_accessible(desk, review, is_accessible):
    Review.objects.filter(pk=review.pk).update(submitted_at=NOON, omissions_considered=True)
    for part in ("", "claims/1/"):
        desk.goto(f"/reviews/{review.key}/{part}")
        is_accessible(desk)


def test_an_empty_queue_says_what_comes_next(page, sign_in, transactional_db, is_accessible):
    sign_in(page, UserFactory())
    page.goto("/reviews/")

    expect(page.get_by_role("heading", name="Nothing waits for you")).to_be_visible()
    is_accessible(page)
