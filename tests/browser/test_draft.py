"""What is typed and cannot be saved: it stays in the browser, is told of, and is nobody else's."""

import re

import pytest
from playwright.sync_api import Page, expect

from reviews.jobs.report import compile_report
from reviews.models import Mark, Review, Round, RoundCitation, SecondMark
from reviews.services.second_look import ask_second_look
from tests.factories import (
    NOON,
    AssignmentFactory,
    EditorFactory,
    ReviewFactory,
    RevisionFactory,
    RoundCitationFactory,
    RoundFactory,
)

pytestmark = pytest.mark.django_db(transaction=True)
SAVED = re.compile(r"^Saved \d")
LONG = "x" * 6_000
LOSE_ONE_ANSWER = """() => {
  const { text } = Response.prototype;
  Response.prototype.text = () => {
    Response.prototype.text = text;
    return Promise.reject(new TypeError("network error"));
  };
}"""
"""The server does what it was asked, and the connection goes while it answers."""
KEPT = "Object.keys(localStorage).filter((key) => key.startsWith('assay:kept'))"


@pytest.fixture
def review(transactional_db) -> Review:
    review = ReviewFactory(round=RoundFactory(claims=3))
    RoundCitationFactory(claim=review.round.claims.first())
    return review


@pytest.fixture
def desk(page, review, sign_in):
    """The reviewer's own browser, signed in."""
    sign_in(page, review.assignment.reviewer)
    return page


def saving(page: Page):
    return page.locator("#saving")


def unsent(page: Page):
    return page.locator("[data-unsent]")


def reasons(page: Page):
    return page.get_by_label("Your reasons")


def claim_page(review: Review, number: int = 1) -> str:
    return f"/reviews/{review.key}/claims/{number}/"


def test_a_save_without_an_answer_is_sent_again_and_is_no_conflict_with_oneself(desk, review):
    desk.goto(claim_page(review))
    desk.evaluate(LOSE_ONE_ANSWER)
    reasons(desk).fill("Taken, ")
    expect(saving(desk)).to_contain_text("no connection")
    assert Mark.objects.get().rationale == "Taken,"
    reasons(desk).press_sequentially("and typed on.")
    expect(saving(desk)).to_have_text(SAVED)
    desk.evaluate(LOSE_ONE_ANSWER)
    reasons(desk).fill("Taken again.")
    expect(saving(desk)).to_contain_text("no connection")
    reasons(desk).press_sequentially(" Loaded anew.")
    desk.reload()

    expect(saving(desk)).to_have_text(SAVED)
    expect(reasons(desk)).to_have_value("Taken again. Loaded anew.")
    desk.evaluate(LOSE_ONE_ANSWER)
    reasons(desk).fill("Last.")
    expect(saving(desk)).to_contain_text("no connection")
    desk.get_by_role("button", name="Save", exact=True).click()
    expect(desk.get_by_text("Claim 1 is saved.")).to_be_visible()
    assert Mark.objects.get().rationale == "Last."
    assert desk.evaluate(KEPT) == []


def test_what_could_not_be_saved_is_told_on_every_page_and_keeps_the_review_from_being_handed_in(
    desk, review, is_accessible
):
    answers = []
    desk.on("dialog", lambda dialog: answers.append(dialog.message) or dialog.accept())
    desk.goto(claim_page(review))
    reasons(desk).fill(LONG)
    expect(saving(desk)).to_contain_text("see what needs another look")
    expect(unsent(desk)).to_be_empty()
    desk.locator("#work").get_by_role("link", name="Claim 2").first.click()
    expect(unsent(desk).get_by_role("link", name="Claim 1")).to_be_visible()

    desk.route("**/claims/2/", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    reasons(desk).fill("Typed in a tunnel.")
    expect(saving(desk)).to_contain_text("no connection")
    desk.get_by_role("link", name="Overview").first.click()
    expect(unsent(desk).get_by_role("link")).to_have_text(["Claim 2", "Claim 1"])
    desk.unroute("**/claims/2/")
    desk.evaluate("dispatchEvent(new Event('online'))")
    expect(unsent(desk).get_by_role("link")).to_have_text(["Claim 1"])
    assert Mark.objects.get().rationale == "Typed in a tunnel."

    desk.get_by_role("button", name="Hand in my review").click()
    expect(unsent(desk)).to_contain_text("Not handed in yet.")
    expect(unsent(desk).get_by_role("link", name="Claim 1")).to_be_focused()
    unsent(desk).get_by_text("Its text").click()
    expect(unsent(desk).get_by_text(LONG)).to_be_visible()
    is_accessible(desk)
    unsent(desk).get_by_role("button", name="Give it up").click()
    expect(unsent(desk)).to_be_empty()
    desk.get_by_role("button", name="Hand in my review").click()
    expect(desk.get_by_text("Not handed in yet: ")).to_be_visible()
    assert len(answers) == 1


def test_what_was_refused_is_kept_though_it_came_back_on_the_page(desk, review):
    desk.goto(claim_page(review))
    reasons(desk).fill(LONG)
    desk.get_by_role("button", name="Save", exact=True).click()
    expect(desk.get_by_role("alert").get_by_text("Not saved yet")).to_be_visible()
    desk.goto(f"/reviews/{review.key}/messages/")
    expect(unsent(desk).get_by_role("link", name="Claim 1")).to_be_visible()
    desk.get_by_label("Your message").fill(LONG)
    desk.get_by_role("button", name="Send to the editors").click()
    expect(desk.get_by_text("This could not be saved yet.")).to_be_visible()
    desk.goto(claim_page(review))

    expect(reasons(desk)).to_have_value(LONG)
    expect(unsent(desk).get_by_role("link")).to_have_text(["Messages"])


def test_what_is_sent_is_forgotten_once_and_what_is_typed_after_it_is_kept(desk, review):
    desk.goto(f"/reviews/{review.key}/messages/")
    message = desk.get_by_label("Your message")
    message.fill("The first.")
    desk.get_by_role("button", name="Send to the editors").click()
    expect(desk.get_by_text("Your message is with the editors.")).to_be_visible()
    expect(message).to_have_value("")
    message.fill("The second.")
    desk.get_by_role("link", name="Overview").first.click()
    unsent(desk).get_by_role("link", name="Messages").click()
    expect(message).to_have_value("The second.")
    desk.reload()
    expect(message).to_have_value("The second.")
    message.fill("")
    assert desk.evaluate(KEPT) == []

    own = RoundCitationFactory(claim=review.round.claims.first(), origin="reviewer", added_in=review)
    desk.goto(f"/reviews/{review.key}/sources/{own.key}/change/")
    desk.get_by_label("Title").fill("By hand")
    desk.get_by_role("button", name="Save the description").click()
    expect(desk.get_by_text("The source says what you wrote.")).to_be_visible()
    assert desk.evaluate(KEPT) == []
    assert RoundCitation.objects.get(pk=own.pk).record["title"] == "By hand"


def test_taking_the_saved_mark_leaves_what_was_typed_of_a_source(desk, review):
    desk.goto(claim_page(review))
    other = desk.context.new_page()
    other.goto(claim_page(review))
    reasons(other).fill("From the other tab.")
    expect(saving(other)).to_have_text(SAVED)
    reasons(desk).fill("From this tab.")
    desk.get_by_role("textbox", name="Quote").fill(LONG)
    expect(desk.get_by_role("row", name=re.compile("From this tab.*From the other tab"))).to_be_visible()
    desk.get_by_role("link", name="Take the saved one").click()

    expect(reasons(desk)).to_have_value("From the other tab.")
    expect(desk.get_by_role("textbox", name="Quote")).to_have_value(LONG)
    expect(saving(desk)).to_contain_text("see what needs another look")
    reasons(other).fill(f"{LONG} of the other")
    expect(saving(other)).to_contain_text("see what needs another look")
    for tab, words in ((desk, "From the other tab."), (other, f"{LONG} of the other")):
        tab.reload()
        expect(reasons(tab)).to_have_value(words)
    expect(other.get_by_role("textbox", name="Quote")).to_have_value("")


def test_a_save_is_tried_again_ever_later_and_not_at_all_where_it_cannot_succeed(desk, review):
    statuses, posts = [503], []

    def answer(route):
        if route.request.method != "POST":
            return route.continue_()
        posts.append(statuses[-1])
        return route.fulfill(status=statuses[-1], body="no")

    desk.route("**/claims/1/", answer)
    desk.clock.install()
    desk.goto(claim_page(review))
    reasons(desk).fill("Typed.")
    for seconds in (1, 5, 10, 20, 40, 60, 60):
        desk.clock.run_for(seconds * 1_000)
        expect(saving(desk)).to_contain_text("503")
    assert posts == [503] * 7

    for status, words in ((413, "413"), (404, "no longer open to you"), (403, "no longer open to you")):
        statuses.append(status)
        posts.clear()
        reasons(desk).press_sequentially("x")
        desk.clock.run_for(1_000)
        expect(saving(desk)).to_contain_text(words)
        desk.clock.run_for(120_000)
        assert posts == [status]
    desk.unroute("**/claims/1/")
    desk.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(saving(desk)).to_have_text(SAVED)


def test_signing_out_says_what_is_lost_and_leaves_nothing_to_the_next_person(desk, review, sign_in):
    said, takes = [], [False, True]

    def decide(dialog):
        said.append(dialog.message)
        dialog.accept() if takes.pop(0) else dialog.dismiss()

    desk.on("dialog", decide)
    other = ReviewFactory(round=review.round)
    desk.goto(f"/reviews/{review.key}/messages/")
    desk.get_by_label("Your message").fill("Half a thought")
    sign_in(desk, other.assignment.reviewer)
    desk.goto(f"/reviews/{other.key}/messages/")
    assert len(desk.evaluate(KEPT)) == 1
    expect(unsent(desk)).to_be_empty()
    sign_in(desk, review.assignment.reviewer)
    desk.goto(f"/reviews/{review.key}/")
    desk.get_by_text("Account", exact=True).click()
    for _ in range(2):
        desk.get_by_role("button", name="Sign out").click()

    expect(desk.get_by_role("link", name="Sign in").first).to_be_visible()
    assert said == ["Not saved yet, and deleted from this browser when you sign out: Messages. Sign out?"] * 2
    assert desk.evaluate(KEPT) == []


def test_what_is_typed_into_a_second_look_a_statement_or_an_invitation_outlives_page_and_session(page, sign_in, review):
    round = RoundFactory(claims=3)
    panel = [
        ["accurate"] * 2 + ["inaccurate"],
        ["inaccurate"] * 2 + ["misleading"],
        ["inaccurate"] * 2 + ["misleading"],
    ]
    first, *_ = [ReviewFactory(assignment__round=round, marks=marks, submitted=True) for marks in panel]
    Round.objects.filter(pk=round.pk).update(closed_at=NOON, closing="editor")
    compile_report(Round.objects.get(pk=round.pk), at=NOON)
    for claim in round.claims.filter(number__lt=3):
        ask_second_look(claim, by=EditorFactory(), at=NOON)
    reviewer = first.assignment.reviewer
    invitation = AssignmentFactory(reviewer=reviewer, round=review.round)
    sign_in(page, reviewer)

    page.goto(f"/reviews/{first.key}/second-look/")
    one, other = page.locator("#claim-1"), page.locator("#claim-2")
    other.get_by_label("Your reasons").fill("Of the other claim.")
    one.get_by_label("Your reasons").fill("Of the one claim.")
    one.get_by_role("button", name="Hand in my second mark").click()
    expect(one.get_by_role("heading", name="Your second mark")).to_be_visible()
    expect(other.get_by_label("Your reasons")).to_have_value("Of the other claim.")
    assert [mark.rationale for mark in SecondMark.objects.all()] == ["Of the one claim."]

    statement, door = f"/reviews/{first.key}/outcome/3/statement/", f"/invitations/{invitation.key}/"
    for address, label, button in (
        (statement, "Your minority statement", "Attach it"),
        (door, "Why you decline", "Decline"),
    ):
        page.goto(address)
        page.get_by_label(label).fill("Written after the session was lost.")
        page.context.clear_cookies(name="sessionid")
        page.get_by_role("button", name=button).click()
        expect(page).to_have_url(re.compile("/accounts/login/"))
        sign_in(page, reviewer)
        page.goto(address)
        expect(page.get_by_label(label)).to_have_value("Written after the session was lost.")
        page.get_by_role("button", name=button).click()
        expect(page.get_by_role("status").filter(has_text=re.compile("Kept|You have declined"))).to_be_visible()
    assert len(page.evaluate(KEPT)) == 1


def test_a_selection_that_is_too_long_goes_along_by_whole_letters_and_says_that_it_is_cut(
    page, sign_in, transactional_db
):
    text = "\n\n".join(["Moonflower tea helps.", "\N{HERB}" * 1_600])
    review = ReviewFactory(round=RoundFactory(revision=RevisionFactory(text=text), claims=0))
    sign_in(page, review.assignment.reviewer)
    page.goto(f"/reviews/{review.key}/")
    page.locator(".article-text p[dir]").last.select_text()
    page.locator("[data-propose][data-following=true]").click()

    expect(page.get_by_label("The words of the article")).to_have_value(re.compile("^(\N{HERB}){100,1500}$"))
    expect(page.get_by_text("You selected more than goes along")).to_be_visible()
