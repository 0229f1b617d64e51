"""The pages about the whole article."""

import pytest
from django.urls import reverse

from reviews.jobs.instrument import install_instruments
from reviews.models import Answer, Instrument, Omission, Review
from tests.factories import ReviewFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def review() -> Review:
    install_instruments()
    review = ReviewFactory()
    review.round.instruments.set(Instrument.objects.filter(slug="discern"))
    return review


@pytest.fixture
def client(review, client_of):
    return client_of(review.assignment.reviewer)


def sheet(review: Review, slug: str = "discern") -> str:
    return reverse("reviews:instrument", args=[review.key, slug])


def test_answers_are_saved_and_shown_again(client, review):
    client.post(sheet(review), {"sheet-version": "0", "sheet-answer-aims_clear": "4"})

    assert [(answer.item, answer.value) for answer in Answer.objects.all()] == [("aims_clear", "4")]
    assert "1 of 16 questions answered" in client.get(sheet(review)).content.decode()


@pytest.mark.parametrize("forged", ["6", "0", "four", "\x00", "9" * 5_000])
def test_an_answer_that_is_not_offered_is_refused(client, review, forged):
    answer = client.post(sheet(review), {"sheet-version": "0", "sheet-answer-aims_clear": forged})

    assert answer.status_code == 422
    assert not Answer.objects.exists()


def test_an_item_that_is_not_asked_is_not_saved(client, review):
    client.post(sheet(review), {"sheet-version": "0", "sheet-answer-invented": "4"})

    assert not Answer.objects.exists()


def test_an_instrument_that_the_round_does_not_ask_is_not_there(client, review):
    assert client.get(sheet(review, "healthnewsreview")).status_code == 404


def test_two_tabs_see_both_answers(client, review):
    client.post(sheet(review), {"sheet-version": "0", "sheet-answer-aims_clear": "4"})

    answer = client.post(sheet(review), {"sheet-version": "0", "sheet-answer-aims_clear": "2"})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert ("2 · Hardly</td>" in page, "4 · Mostly</td>" in page) == (True, True)
    assert Answer.objects.get().value == "4"


def test_a_note_alone_says_that_something_is_left_out(client, review):
    page = reverse("reviews:omissions", args=[review.key])

    client.post(page, {"omissions-version": "0", "omissions-note_cost": "40 a month", "omissions-considered": "on"})

    assert [(one.kind, one.note) for one in Omission.objects.all()] == [("cost", "40 a month")]
    review.refresh_from_db()
    assert review.omissions_considered


def test_an_omission_that_is_not_on_the_list_is_refused(client, review):
    page = reverse("reviews:omissions", args=[review.key])

    answer = client.post(page, {"omissions-version": "0", "omissions-kinds": ["harms", "invented"]})

    assert answer.status_code == 422
    assert not Omission.objects.exists()
