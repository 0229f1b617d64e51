"""Claims that reviewers miss on the list."""

import pytest

from reviews.errors import (
    ClaimStandsAlready,
    ProposalDecided,
    ProposedAlready,
    QuoteNotThere,
    QuoteThereTwice,
    ReviewIsLocked,
)
from reviews.models import Notice, Proposal, Review
from reviews.services.proposal import leave_proposal, place_of, propose_claim, take_proposal
from tests.factories import CLAIMS, NOON, EditorFactory, ReviewFactory

pytestmark = pytest.mark.django_db
WORDS = "nobody has  ever\ncome to harm"


@pytest.fixture
def review() -> Review:
    return ReviewFactory()


def propose(review: Review, quote: str = WORDS) -> Proposal:
    return propose_claim(review, quote=quote, reason="Nobody counted.", by=review.assignment.reviewer, at=NOON)


def test_the_editors_are_told_where_the_words_stand_and_why(review):
    proposal = propose(review)

    assert (proposal.quote, proposal.claim) == ("nobody has ever come to harm", None)
    message = review.messages.get()
    assert message.text == "I propose another claim: “nobody has ever come to harm” Nobody counted."
    assert [notice.kind for notice in Notice.objects.all()] == ["question"]


@pytest.mark.parametrize(
    ("quote", "refusal"),
    [
        ("nobody was ever harmed", QuoteNotThere),
        (" ", QuoteNotThere),
        ("tea", QuoteThereTwice),
        (CLAIMS[0], ClaimStandsAlready),
    ],
)
def test_what_cannot_be_a_missed_claim_is_refused_and_nobody_is_told(review, quote, refusal):
    with pytest.raises(refusal):
        propose(review, quote)

    assert (Proposal.objects.count(), review.messages.count()) == (0, 0)


def test_the_same_words_are_proposed_once(review):
    propose(review)

    with pytest.raises(ProposedAlready):
        propose(review)

    assert review.messages.count() == 1


def test_a_review_that_is_handed_in_proposes_nothing_more():
    with pytest.raises(ReviewIsLocked):
        propose(ReviewFactory(submitted=True))


def test_places_are_counted_in_code_points():
    assert place_of("it  works", text="\N{CRESCENT MOON} e\u0301 it\nworks.") == (5, 13)


def test_what_an_editor_takes_is_a_claim_of_the_article_and_not_of_the_round(review):
    editor, before = EditorFactory(), review.round.claims.count()

    claim = take_proposal(propose(review), by=editor, at=NOON)

    assert (claim.quote, claim.state, claim.added_by) == ("nobody has ever come to harm", "accepted", editor)
    assert (Proposal.objects.get().claim, review.round.claims.count()) == (claim, before)


def test_a_proposal_is_decided_once(review):
    proposal = propose(review)
    leave_proposal(proposal, by=EditorFactory(), at=NOON)

    with pytest.raises(ProposalDecided):
        take_proposal(proposal, by=EditorFactory(), at=NOON)

    assert Proposal.objects.get().claim is None
