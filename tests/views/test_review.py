"""The overview of a review: handing in and taking back."""

import re

import pytest
from django.urls import resolve, reverse

from reviews.jobs.instrument import install_instruments
from reviews.models import Instrument, Review
from tests.factories import NOON, ReviewFactory, RoundFactory

pytestmark = pytest.mark.django_db
OWN_WAY = re.compile(r'(?:href|action)="(/(?!static/)[^"#]*)')


@pytest.fixture
def review() -> Review:
    return ReviewFactory()


@pytest.fixture
def client(review, client_of):
    return client_of(review.assignment.reviewer)


def address(name: str, review: Review) -> str:
    return reverse(f"reviews:{name}", args=[review.key])


def complete(review: Review) -> None:
    for claim in review.round.claims.all():
        review.marks.create(claim=claim, could_not_assess="conflict", saved_at=NOON)
    Review.objects.filter(pk=review.pk).update(omissions_considered=True)


def test_an_incomplete_review_is_refused_with_the_way_to_every_gap(client, review):
    page = client.post(address("submit", review)).content.decode()

    assert "Not handed in yet: 3 things missing." in page
    for number in (1, 2):
        assert f'href="/reviews/{review.key}/claims/{number}/#at-mark-ruling"' in page
        assert 'id="at-mark-ruling"' in client.get(f"/reviews/{review.key}/claims/{number}/").content.decode()
    assert f'href="/reviews/{review.key}/omissions/#at-omissions-considered"' in page
    assert 'id="at-omissions-considered"' in client.get(address("omissions", review)).content.decode()


def test_a_complete_review_is_handed_in_locked_and_taken_back(client, review):
    complete(review)

    client.post(address("submit", review))
    locked = client.get(f"/reviews/{review.key}/claims/1/").content.decode()
    assert ("Handed in on" in locked, "<textarea" in locked) == (True, False)

    client.post(address("take-back", review))
    assert "<textarea" in client.get(f"/reviews/{review.key}/claims/1/").content.decode()


def test_a_review_of_a_closed_round_is_not_taken_back(client_of):
    review = ReviewFactory(submitted=True, round=RoundFactory(closed_at=NOON, closing="editor"))

    answer = client_of(review.assignment.reviewer).post(address("take-back", review), follow=True)

    assert "The round is closed" in answer.content.decode()


def test_a_review_sent_back_shows_the_note_on_every_page(client, review):
    Review.objects.filter(pk=review.pk).update(sent_back_at=NOON, sent_back_note="Look at claim 2.")

    for name in ("review", "omissions", "messages"):
        assert "Look at claim 2." in client.get(address(name, review)).content.decode()


@pytest.mark.parametrize("name", ["submit", "take-back"])
def test_nothing_changes_by_a_mere_look(client, review, name):
    assert client.get(address(name, review)).status_code == 405


@pytest.mark.parametrize("name", ["review", "omissions", "messages", "outcome"])
def test_a_review_that_was_withdrawn_is_not_there(client, review, name):
    review.assignment.withdrawn_at = NOON
    review.assignment.save()

    assert client.get(address(name, review)).status_code == 404


@pytest.mark.parametrize("part", ["", "claims/1/", "omissions/", "messages/"])
def test_who_had_not_handed_in_when_the_round_closed_still_reads_what_was_saved(client_of, part):
    review = ReviewFactory(round=RoundFactory(closed_at=NOON, closing="editor"), marks=["misleading"])

    page = client_of(review.assignment.reviewer).get(f"/reviews/{review.key}/{part}").content.decode()

    assert "The round closed before you handed this in." in page


@pytest.mark.parametrize("part", ["", "claims/1/", "claims/2/", "instruments/jama/", "omissions/"])
def test_every_way_from_a_page_of_a_review_leads_somewhere(client_of, part):
    install_instruments()
    review = ReviewFactory(round=RoundFactory(claims=2))
    review.round.instruments.set(Instrument.objects.filter(slug="jama"))
    client = client_of(review.assignment.reviewer)

    page = client.get(f"/reviews/{review.key}/{part}").content.decode()

    ways = {way.partition("?")[0] for way in OWN_WAY.findall(page)}
    assert len(ways) > 10
    assert all(resolve(way) for way in ways)
    assert page.count('aria-current="page"') == 1
