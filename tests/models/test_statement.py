import pytest

from reviews.models import MinorityStatement
from tests.factories import NOON, ReviewFactory


@pytest.fixture
def review(db):
    return ReviewFactory()


def test_a_reviewer_states_once_on_a_claim(refused, review):
    claim = review.round.claims.first()
    MinorityStatement.objects.create(review=review, claim=claim, text="I differ.", stated_at=NOON)

    with refused("one_minority_statement_per_claim_and_review"):
        MinorityStatement.objects.create(review=review, claim=claim, text="I differ more.", stated_at=NOON)


def test_a_statement_says_something(refused, review):
    with refused("a_minority_statement_says_something"):
        MinorityStatement.objects.create(review=review, claim=review.round.claims.first(), text="", stated_at=NOON)
