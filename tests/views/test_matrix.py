"""The page with all of one's readings."""

import re

import pytest
from django.urls import reverse

from reviews.core.citing.records import Record
from tests.factories import AppraisalFactory, ReviewFactory, RoundCitationFactory, RoundFactory, SourceFactory

pytestmark = pytest.mark.django_db


def page_of(client_of, review) -> str:
    client = client_of(review.assignment.reviewer)
    return client.get(reverse("reviews:matrix", args=[review.key])).content.decode()


def test_every_reading_says_its_stance_and_leads_to_it(client_of):
    review = ReviewFactory(round=RoundFactory(claims=2))
    read = RoundCitationFactory(claim=review.round.claims.first())
    AppraisalFactory(review=review, citation=read, stance="contradicts")
    open_one = RoundCitationFactory(claim=review.round.claims.last())

    page = page_of(client_of, review)

    for number, citation, words in ((1, read, "contradicts"), (2, open_one, "to be read")):
        address = reverse("reviews:claim", args=[review.key, number])
        cell = re.search(rf'href="{address}#source-{citation.key}">(.*?)</a>', page)
        assert words in cell[1]
    assert "2 readings are asked for, 1 to do." in page


def test_words_of_people_are_escaped(client_of):
    review = ReviewFactory(round=RoundFactory(claims=1))
    record = Record(title='<b onclick="x">"Title"</b>', container="<i>Journal</i>").as_csl()
    RoundCitationFactory(claim=review.round.claims.get(), record=record)

    page = page_of(client_of, review)

    assert "<b onclick" not in page
    assert "<i>Journal" not in page
    assert 'data-label="A · &lt;b onclick=&quot;x&quot;&gt;' in page


def test_a_retracted_source_is_marked(client_of):
    review = ReviewFactory(round=RoundFactory(claims=1))
    RoundCitationFactory(claim=review.round.claims.get(), source=SourceFactory(retraction="retracted"))

    page = page_of(client_of, review)

    assert page.count("retracted</span>") == 2
    assert re.search(r'data-label="A · [^"]+ · retracted"', page)


def test_without_sources_the_page_says_what_to_do(client_of):
    assert "No source yet" in page_of(client_of, ReviewFactory())


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_takes_as_many_statements_for_three_as_for_one(client_of, number, statements):
    review = ReviewFactory(round=RoundFactory(claims=number))
    for claim in review.round.claims.all():
        RoundCitationFactory(claim=claim)
    client = client_of(review.assignment.reviewer)

    assert statements(lambda: client.get(reverse("reviews:matrix", args=[review.key]))) == 5
