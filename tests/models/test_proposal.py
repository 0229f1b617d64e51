import pytest
from django.db.models import F

from reviews.models import Proposal
from tests.factories import NOON, ProposalFactory


@pytest.fixture
def proposal(db):
    return ProposalFactory()


def test_a_proposal_stands_in_the_article(refused, proposal):
    with refused("proposal_stands_in_the_article"):
        Proposal.objects.update(start=F("start") + 1, end=F("end") + 1)


def test_words_are_proposed_once_in_a_review(refused, proposal):
    with refused("one_proposal_per_place_and_review"):
        ProposalFactory(review=proposal.review)


def test_a_proposal_begins_before_it_ends(refused, proposal):
    with refused("proposal_begins_before_it_ends"):
        Proposal.objects.update(end=F("start"), quote="")


def test_a_decided_proposal_says_by_whom(refused, proposal):
    with refused("a_decided_proposal_says_by_whom"):
        Proposal.objects.update(decided_at=NOON)
