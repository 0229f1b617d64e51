"""The conversation with the editors."""

import pytest
from django.urls import reverse

from reviews.models import Message, Review
from reviews.services.message import ask_editor, reply_to_reviewer
from tests.factories import NOON, ReviewFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def review() -> Review:
    return ReviewFactory()


@pytest.fixture
def client(review, client_of):
    return client_of(review.assignment.reviewer)


def address(review: Review) -> str:
    return reverse("reviews:messages", args=[review.key])


def test_a_question_about_a_claim_is_sent(client, review):
    client.post(address(review), {"message-claim": "2", "message-text": "Which trial?"})

    message = Message.objects.get()
    assert (message.claim.number, message.text, message.author) == (2, "Which trial?", review.assignment.reviewer)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"message-text": " "}, "Write something first."),
        ({"message-text": "q" * 4_001}, "at most 4000 characters"),
        ({"message-text": "Kept", "message-claim": "99"}, "Kept"),
    ],
)
def test_what_does_not_do_is_refused_in_words(client, review, typed, sentence):
    assert sentence in client.post(address(review), typed).content.decode()
    assert not Message.objects.exists()


def test_an_editor_is_the_desk_and_another_reviewers_words_are_not_there(client, review):
    peer = ReviewFactory(round=review.round)
    ask_editor(peer, claim=None, text="CANARY", by=peer.assignment.reviewer, at=NOON)
    reply_to_reviewer(review, claim=None, text="The one of 2019.", by=review.round.opened_by, at=NOON)

    page = client.get(address(review)).content.decode()

    assert ("The one of 2019." in page, "The desk" in page) == (True, True)
    assert (review.round.opened_by.name in page, "CANARY" in page) == (False, False)
