"""A reader opens a published verdict."""

import json

import pytest

from reviews.jobs.instrument import install_instruments
from reviews.management.commands.load_demo import load_demo
from reviews.models import Publication
from tests.factories import NOON

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def published(transactional_db):
    install_instruments()
    load_demo(at=NOON)
    return Publication.objects.get()


def test_a_reader_reads_a_verdict_its_evidence_and_its_dissent(page, published, is_accessible):
    page.goto("/")
    is_accessible(page)
    page.get_by_role("link", name="Moonflower Tea").click()

    page.get_by_role("heading", name="Moonflower tea has no side effects.").scroll_into_view_if_needed()
    assert page.get_by_text("3 of 3 reviewers: inaccurate").is_visible()
    is_accessible(page)
    page.get_by_role("link", name="The method").click()
    is_accessible(page)


def test_the_page_speaks_claim_review(page, published):
    page.goto(f"/verdicts/{published.article.slug}/")

    data = json.loads(page.locator('script[type="application/ld+json"]').text_content())
    assert [review["reviewRating"]["alternateName"] for review in data["@graph"]][2] == "Inaccurate"
