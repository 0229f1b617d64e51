"""The reviewer's own sources, as pages."""

import pytest
from django.urls import reverse

from reviews.models import Review, RoundCitation
from tests.factories import ReviewFactory, RoundCitationFactory, SourceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def review() -> Review:
    return ReviewFactory()


@pytest.fixture
def client(review, client_of):
    return client_of(review.assignment.reviewer)


def add(review: Review, number: int = 1) -> str:
    return reverse("reviews:add-source", args=[review.key, number])


def remove(review: Review, citation: RoundCitation) -> str:
    return reverse("reviews:remove-source", args=[review.key, citation.key])


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({}, "Give an identifier, or at least the title."),
        ({"own-identifier": "nonsense"}, "nonsense"),
        ({"own-title": "T", "own-year": "19"}, "Give the year with four digits."),
        ({"own-title": "t" * 1_001}, "at most 1000 characters"),
        ({"own-title": "T", "own-url": "javascript:alert(1)"}, "Enter a valid URL."),
    ],
)
def test_a_source_that_does_not_do_is_refused_in_words(client, review, typed, sentence):
    page = client.post(add(review), typed).content.decode()

    assert sentence in page
    assert not RoundCitation.objects.exists()


def test_a_doi_known_to_the_desk_answers_byte_for_byte_like_a_new_one(client, client_of, review):
    SourceFactory(doi="10.5555/known", title="CANARY", text="CANARY TEXT", retraction="retracted")
    pages = []

    for doi in ("10.5555/known", "10.5555/fresh"):
        client.post(add(review), {"own-identifier": doi}, follow=True)
        citation = RoundCitation.objects.get(record__DOI=doi)
        page = client.get(reverse("reviews:claim", args=[review.key, 1])).content.decode()
        pages.append(_plain(page, citation=citation, doi=doi))
        client.post(remove(review, citation), follow=True)

    assert pages[0] == pages[1]


def _plain(page: str, *, citation: RoundCitation, doi: str) -> str:
    """The page without what differs by itself: tokens, this citation's key, and the DOI that was typed."""
    lines = [line for line in page.splitlines() if "csrfmiddlewaretoken" not in line]
    return "\n".join(lines).replace(str(citation.key), "KEY").replace(doi, "DOI")


def test_an_own_source_is_removed_after_a_question(client, review):
    client.post(add(review), {"own-title": "By hand"})
    citation = RoundCitation.objects.get()

    assert "Remove this source?" in client.get(remove(review, citation)).content.decode()
    client.post(remove(review, citation))

    assert not RoundCitation.objects.exists()


def test_sources_of_the_desk_and_of_peers_cannot_be_removed(client, review):
    claim = review.round.claims.first()
    peer = ReviewFactory(round=review.round)
    others = [RoundCitationFactory(claim=claim), RoundCitationFactory(claim=claim, origin="reviewer", added_in=peer)]

    assert [client.post(remove(review, citation)).status_code for citation in others] == [404, 404]
    assert RoundCitation.objects.count() == 2
