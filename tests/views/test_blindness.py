"""Until the reveal, a reviewer's pages are the same with and without whatever the others have done."""

import re

import pytest
from django.urls import reverse

from reviews.core.citing.records import Record
from reviews.jobs.instrument import install_instruments
from reviews.models import Instrument, Review
from reviews.services.answer import record_answers, record_omissions
from reviews.services.citation import add_own_source
from reviews.services.message import ask_editor
from tests.factories import (
    NOON,
    AppraisalFactory,
    AssignmentFactory,
    MarkFactory,
    ReviewFactory,
    RoundCitationFactory,
    RoundFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
TOKENS = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')
CANARY = "CANARY"


@pytest.fixture
def review() -> Review:
    install_instruments()
    review = ReviewFactory(round=RoundFactory(claims=3), marks=["accurate"])
    review.round.instruments.set(Instrument.objects.filter(slug="discern"))
    RoundCitationFactory(claim=review.round.claims.first())
    return review


def pages_of(client, review: Review) -> dict[str, str]:
    parts = ["", "claims/1/", "claims/2/", "claims/1/source/", "instruments/discern/", "omissions/", "messages/"]
    addresses = [reverse("reviews:queue"), *(f"/reviews/{review.key}/{part}" for part in parts)]
    return {address: TOKENS.sub("", client.get(address).content.decode()) for address in addresses}


def work_of_a_peer(review: Review, *, submitted: bool) -> None:
    reviewer = UserFactory(name=CANARY, email="canary@example.org")
    assignment = AssignmentFactory(round=review.round, reviewer=reviewer, accepted=True)
    peer = ReviewFactory(assignment=assignment, round=review.round)
    for claim in review.round.claims.all():
        MarkFactory(review=peer, claim=claim, level="inaccurate", rationale=CANARY)
    claim = review.round.claims.first()
    AppraisalFactory(review=peer, citation=claim.citations.first(), quote=CANARY)
    add_own_source(peer, claim=claim, record=Record(title=CANARY, doi="10.5555/canary"), at=NOON)
    record_answers(peer, instrument=review.round.instruments.get(), version=0, answers={"relevant": "1"})
    record_omissions(peer, version=0, omissions={"harms": CANARY}, considered=True)
    ask_editor(peer, claim=claim, text=CANARY, by=reviewer, at=NOON)
    if submitted:
        Review.objects.filter(pk=peer.pk).update(submitted_at=NOON)


@pytest.mark.parametrize("submitted", [False, True])
@pytest.mark.parametrize("handed_in", [False, True])
def test_every_page_is_the_same_byte_for_byte_whatever_a_peer_does(review, client_of, submitted, handed_in):
    if handed_in:
        Review.objects.filter(pk=review.pk).update(submitted_at=NOON, omissions_considered=True)
    client = client_of(review.assignment.reviewer)
    before = pages_of(client, review)

    work_of_a_peer(review, submitted=submitted)

    after = pages_of(client, review)
    assert after == before
    assert not [address for address, page in after.items() if CANARY.lower() in page.lower()]
