"""How far a review has come: what is missing, in words, and what is done, counted in the database."""

from itertools import product

import pytest

from reviews.models import Review
from reviews.services.outline import claims_done
from reviews.services.progress import progress_of
from tests.factories import (
    AppraisalFactory,
    MarkFactory,
    ReviewFactory,
    RoundCitationFactory,
    RoundClaimFactory,
    RoundFactory,
)

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


@pytest.mark.parametrize(
    ("attribution", "cited", "missing"),
    [
        ("", False, ["Claim 1: say what came of the search for its source."]),
        ("", True, ["Claim 1: say what came of the search for its source."]),
        ("found", False, ["Claim 1: add the source that you found."]),
        ("says_something_else", False, ["Claim 1: add the source that you found."]),
        ("found", True, []),
        ("not_identifiable", False, []),
    ],
)
def test_an_unnamed_source_has_to_be_looked_for(attribution, cited, missing):
    round = RoundFactory(claims=1)
    claim = round.claims.get().claim
    round.claims.all().delete()
    first = RoundClaimFactory(round=round, claim=claim, asks_for_source=True)
    review = ReviewFactory(round=round)
    MarkFactory(review=review, claim=first, attribution=attribution)
    if cited:
        own = RoundCitationFactory(claim=first, origin="reviewer", added_in=review)
        AppraisalFactory(review=review, citation=own)

    assert [gap.words for gap in progress_of(review).claims[0].gaps] == missing
    assert done(review) == ([] if missing else [1])


def test_who_could_not_assess_a_claim_looks_for_no_source():
    round = RoundFactory(claims=0)
    claim = RoundClaimFactory(round=round, asks_for_source=True)
    review = ReviewFactory(round=round)
    MarkFactory(review=review, claim=claim, level=None)

    assert (done(review), without_gaps(review)) == ([1], [1])
