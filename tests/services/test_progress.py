"""How far a review has come: what is missing, in words, and what is done, counted in the database."""

from itertools import product

import pytest

from reviews.models import Review
from reviews.services.progress import claims_done, progress_of
from tests.factories import AppraisalFactory, MarkFactory, ReviewFactory, RoundCitationFactory, RoundFactory

pytestmark = pytest.mark.django_db

LEVELS = (None, "accurate", "mostly_accurate", "misleading", "inaccurate", "unsupported")


def done(review: Review) -> list[int]:
    claims = claims_done([review])[review.pk].claims
    return sorted(claim.number for claim in review.round.claims.all() if claim.pk in claims)


def without_gaps(review: Review) -> list[int]:
    return [work.claim.number for work in progress_of(review).claims if not work.gaps]


@pytest.mark.parametrize("rule", ["always", "below", "never"])
@pytest.mark.parametrize("stance", [None, "", "supports"])
def test_what_is_counted_as_done_is_what_nothing_is_missing_in(rule, stance):
    round = RoundFactory(rationale=rule)
    first, second = round.claims.all()
    cited = RoundCitationFactory(claim=first)
    for level, abstains, rationale in product(LEVELS, ["", "no_access"], ["", "Because."]):
        if level and abstains:
            continue
        review = ReviewFactory(round=round)
        RoundCitationFactory(claim=first, origin="reviewer", added_in=ReviewFactory(round=round))
        for claim in (first, second):
            MarkFactory(review=review, claim=claim, level=level, could_not_assess=abstains, rationale=rationale)
        if stance is not None:
            AppraisalFactory(review=review, citation=cited, stance=stance)

        assert done(review) == without_gaps(review), (level, abstains, rationale)


def test_an_own_source_that_was_not_read_keeps_a_claim_from_being_done():
    review = ReviewFactory(marks=["accurate", "accurate"])
    own = RoundCitationFactory(claim=review.round.claims.first(), origin="reviewer", added_in=review)
    before = done(review)
    AppraisalFactory(review=review, citation=own)

    assert (before, done(review)) == ([2], [1, 2])


def test_reviews_are_counted_together_each_by_itself(django_assert_num_queries):
    reviews = [ReviewFactory(marks=["accurate"]), ReviewFactory(round=RoundFactory(claims=3))]

    with django_assert_num_queries(1):
        counted = claims_done(reviews)

    assert [(counted[review.pk].done, counted[review.pk].total) for review in reviews] == [(1, 2), (0, 3)]
