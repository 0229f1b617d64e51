"""How reviewers put their own sources to claims, and learn nothing of others by it."""

import pytest

from reviews.core.citing.records import Record
from reviews.errors import ReviewIsLocked, SourceCitedAlready, SourceNotYours
from reviews.models import RoundCitation, Source
from reviews.services.citation import add_own_source, remove_own_source
from tests.factories import NOON, AppraisalFactory, ReviewFactory, RoundCitationFactory, SourceFactory

pytestmark = pytest.mark.django_db
OURS = Record(title="Tea and sleep", authors=("Nox, Ada",), year=2020, doi="10.5555/own")


def test_a_new_source_is_made_and_put_to_the_claim():
    review = ReviewFactory()

    citation = add_own_source(review, claim=review.round.claims.first(), record=OURS, at=NOON)

    assert (citation.origin, citation.added_in, Record.from_csl(citation.record)) == ("reviewer", review, OURS)
    assert (citation.source.record, citation.source.added_by) == (OURS, review.assignment.reviewer)


def test_a_doi_that_somebody_entered_before_answers_like_a_new_one():
    known = SourceFactory(doi=OURS.doi, title="What the other typed")
    review = ReviewFactory()

    citation = add_own_source(review, claim=review.round.claims.first(), record=OURS, at=NOON)

    assert (citation.source, citation.record["title"]) == (known, "Tea and sleep")
    known.refresh_from_db()
    assert known.title == "What the other typed"


def test_two_reviewers_add_the_same_source_unknown_to_each_other():
    review = ReviewFactory()
    peer = ReviewFactory(round=review.round)
    claim = review.round.claims.first()

    citations = [add_own_source(one, claim=claim, record=OURS, at=NOON) for one in (review, peer)]

    assert len({citation.source for citation in citations}) == 1
    assert list(claim.citations.seen_in(review.pk)) == [citations[0]]


def test_a_source_that_the_reviewer_can_see_is_not_put_twice():
    review = ReviewFactory()
    claim = review.round.claims.first()
    RoundCitationFactory(claim=claim, source=SourceFactory(doi=OURS.doi))

    with pytest.raises(SourceCitedAlready):
        add_own_source(review, claim=claim, record=OURS, at=NOON)


def test_identifiers_that_somebody_else_tied_together_are_not_told():
    SourceFactory(doi=OURS.doi, pmid="777")
    review = ReviewFactory()
    claim = review.round.claims.first()
    add_own_source(review, claim=claim, record=OURS, at=NOON)

    citation = add_own_source(
        review, claim=claim, record=Record(title="The same, by another number", pmid="777"), at=NOON
    )

    assert (citation.record["PMID"], citation.source.pmid) == ("777", "")


def test_an_own_source_is_removed_with_what_was_said_of_it():
    review = ReviewFactory()
    citation = add_own_source(review, claim=review.round.claims.first(), record=OURS, at=NOON)
    AppraisalFactory(review=review, citation=citation)

    remove_own_source(review, citation=citation)

    assert not RoundCitation.objects.exists()
    assert Source.objects.filter(doi=OURS.doi).exists()


def test_a_source_of_the_desk_is_not_removed():
    review = ReviewFactory()

    with pytest.raises(SourceNotYours):
        remove_own_source(review, citation=RoundCitationFactory(claim=review.round.claims.first()))


def test_a_locked_review_takes_no_source():
    review = ReviewFactory(submitted=True)

    with pytest.raises(ReviewIsLocked):
        add_own_source(review, claim=review.round.claims.first(), record=OURS, at=NOON)
