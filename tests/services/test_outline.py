"""What every page of a review shows around its pane."""

import pytest

from reviews.models import Cue, Region
from reviews.services.outline import FormName, Noticed, Place, outline_of
from tests.factories import MarkFactory, ReviewFactory, RoundFactory
from tests.forms_in_versions import two_versions

pytestmark = pytest.mark.django_db


def test_an_outline_has_the_text_and_where_the_claims_stand_and_which_are_done(django_assert_num_queries):
    review = ReviewFactory(marks=["accurate"])
    MarkFactory(review=ReviewFactory(round=review.round), claim=review.round.claims.get(number=2), level="accurate")
    revision = review.round.revision
    Region.objects.create(revision=revision, kind="title", start=0, end=9)
    Cue.objects.create(revision=revision, kind="hedge", start=3, end=7, reason="It may be so.")

    with django_assert_num_queries(1):
        outline = outline_of(review)

    claims = review.round.claims.order_by("number")
    assert outline.text == revision.text
    assert [(region.kind, region.start, region.end) for region in outline.regions] == [("title", 0, 9)]
    assert outline.cues == (Noticed("hedge", 3, 7, "It may be so."),)
    assert outline.places == tuple(Place(claim.number, claim.start, claim.end, claim.number == 1) for claim in claims)
    assert (outline.done, outline.total) == (1, 2)


def test_an_outline_names_the_forms_in_the_version_that_the_review_has():
    review = ReviewFactory()
    _, about_article = two_versions("article", "checks")
    about_claims, _ = two_versions("claim", "each")
    review.round.instruments.set([about_article, about_claims])

    outline = outline_of(review)

    assert outline.sheets == [FormName("checks", about_article.title, "article")]
    assert outline.asks_about_claims


def test_a_round_without_claims_has_an_outline():
    outline = outline_of(ReviewFactory(round=RoundFactory(claims=0)))

    assert (outline.places, outline.forms, outline.total, outline.asks_about_claims) == ((), (), 0, False)
