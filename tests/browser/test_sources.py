"""A reviewer's sources where a browser can break them: the matrix by keyboard, a look-up that fills in by itself."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from reviews.models import Inquiry, RoundCitation
from tests.factories import AppraisalFactory, ReviewFactory, RoundCitationFactory, RoundFactory, SourceFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def review(transactional_db):
    return ReviewFactory(round=RoundFactory(claims=3))


@pytest.fixture
def desk(page, review, sign_in):
    """The reviewer's own browser, signed in."""
    sign_in(page, review.assignment.reviewer)
    return page


def test_the_matrix_is_walked_with_arrow_keys_over_its_gaps_and_enter_opens_a_reading(desk, review, is_accessible):
    first, second, third = review.round.claims.all()
    shared, other = SourceFactory(retraction="retracted"), SourceFactory()
    for claim in (first, third):
        AppraisalFactory(review=review, citation=RoundCitationFactory(claim=claim, source=shared), stance="mixed")
    RoundCitationFactory(claim=second, source=other)
    last = RoundCitationFactory(claim=third, source=other)
    desk.goto(f"/reviews/{review.key}/matrix/")
    is_accessible(desk)
    desk.set_viewport_size({"width": 1440, "height": 900})

    desk.locator("td a").first.focus()
    desk.keyboard.press("ArrowDown")
    desk.keyboard.press("ArrowRight")
    desk.keyboard.press("Enter")

    expect(desk).to_have_url(f"{desk.url.split('/reviews/')[0]}/reviews/{review.key}/claims/3/#source-{last.key}")


def test_a_look_up_fills_in_by_itself_and_what_is_being_typed_stays(desk, review, is_accessible):
    desk.goto(f"/reviews/{review.key}/claims/1/source/")
    desk.get_by_label("DOI, PMID").fill("10.5555/own")
    desk.get_by_role("button", name="Add the source").click()
    expect(desk.get_by_text("Being looked up")).to_be_visible()
    desk.get_by_label("Quote").fill("Typed while it is looked up")

    RoundCitation.objects.update(record={"type": "document", "title": "Found at last", "DOI": "10.5555/own"})
    Inquiry.objects.update(heard=["Crossref"], found_at=timezone.now(), retraction="retracted")

    expect(desk.get_by_role("heading", name="Found at last")).to_be_visible()
    expect(desk.get_by_text("retracted", exact=True)).to_be_visible()
    expect(desk.get_by_label("Quote")).to_have_value("Typed while it is looked up")
    is_accessible(desk)


def test_what_nobody_knows_is_described_by_hand(desk, review, is_accessible):
    desk.goto(f"/reviews/{review.key}/claims/1/source/")
    desk.get_by_label("DOI, PMID").fill("10.5555/own")
    desk.get_by_role("button", name="Add the source").click()
    Inquiry.objects.update(settled_at=timezone.now())
    expect(desk.get_by_text("No service knows this identifier")).to_be_visible()

    desk.get_by_role("link", name="Describe it by hand").click()
    desk.get_by_label("Title").fill("By hand")
    is_accessible(desk)
    desk.get_by_role("button", name="Save the description").click()

    expect(desk.get_by_role("heading", name="By hand")).to_be_visible()
