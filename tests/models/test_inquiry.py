"""What holds of a look-up for a reviewer."""

import pytest

from reviews.models import Inquiry, Job, SourceText
from reviews.models.source import hash_of
from tests.factories import NOON, ReviewFactory, RoundCitationFactory


@pytest.fixture
def inquiry(db):
    review = ReviewFactory()
    own = RoundCitationFactory(claim=review.round.claims.first(), origin="reviewer", added_in=review)
    return Inquiry.objects.create(citation=own, typed=own.record, asked_at=NOON)


def test_what_is_found_was_heard(refused, inquiry):
    with refused("what_is_found_was_heard"):
        Inquiry.objects.update(found_at=NOON)


def test_an_inquiry_without_a_find_says_nothing(refused, inquiry):
    with refused("inquiry_without_a_find_says_nothing"):
        Inquiry.objects.update(retraction="retracted")


def test_an_inquiry_without_a_find_has_no_text(refused, inquiry):
    source = inquiry.citation.source
    text = SourceText.objects.create(source=source, text="A", sha256=hash_of("A"), origin="PubMed", added_at=NOON)

    with refused("inquiry_without_a_find_says_nothing"):
        Inquiry.objects.update(found_text=text)


def test_an_inquiry_given_up_is_settled(refused, inquiry):
    with refused("inquiry_given_up_is_settled"):
        Inquiry.objects.update(gave_up=True)


def test_one_job_per_inquiry(refused, inquiry):
    owed = {"kind": "ask_services", "inquiry": inquiry, "owed_at": NOON, "due_at": NOON}
    Job.objects.create(**owed)

    with refused("one_job_per_inquiry"):
        Job.objects.create(**owed)
