"""The editor's pages for moving a round, or one review, to a newer version of a form."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from reviews.models import Review, User, forms_asked_of
from reviews.services.answer import record_answers
from reviews.services.asked_form import move_round
from tests.factories import NOON, AssignmentFactory, ReviewFactory, RoundFactory
from tests.forms_in_versions import two_versions

pytestmark = pytest.mark.django_db
SAID = {"why": "CANARY words", "told": "part"}


@pytest.fixture
def versions():
    return two_versions()


@pytest.fixture
def review(versions) -> Review:
    review = ReviewFactory(round=RoundFactory(), assignment__reviewer__name="Rita Reader")
    review.round.instruments.add(versions[0])
    record_answers(review, instrument=versions[0], version=0, answers=SAID)
    return review


def client_of(person: User) -> Client:
    """A person's own browser."""
    client = Client()
    client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


@pytest.fixture
def desk(review) -> Client:
    return client_of(review.round.opened_by)


def whole(review, to) -> str:
    return reverse("admin:round-move-form", args=[review.round.pk, to.pk])


def alone(review, to) -> str:
    return reverse("admin:review-move-form", args=[review.pk, to.pk])


def test_the_round_offers_the_newer_version(desk, review, versions):
    page = desk.get(reverse("admin:reviews_round_change", args=[review.round.pk])).content.decode()

    assert whole(review, versions[1]) in page
    assert alone(review, versions[1]) in page


def test_the_form_leads_to_the_open_rounds_that_ask_an_older_version(desk, review, versions):
    page = desk.get(reverse("admin:reviews_instrument_change", args=[versions[0].pk])).content.decode()

    assert whole(review, versions[1]) in page


@pytest.mark.parametrize("address", [whole, alone])
def test_the_preview_tells_what_goes_along_and_never_an_answer(desk, review, versions, address):
    page = desk.get(address(review, versions[1])).content.decode()

    assert "Rita Reader" in page
    assert "1 answer goes along." in page
    assert "<li>Is it told?</li>" in page
    assert ("CANARY" in page, "In part" in page) == (False, False)
    assert [form.version for form in forms_asked_of(review)] == [1]


@pytest.mark.parametrize("address", [whole, alone])
def test_a_move_is_made_and_told_to_the_reviewer(desk, review, versions, address):
    desk.post(address(review, versions[1]))

    reader = client_of(review.assignment.reviewer)
    form = reader.get(reverse("reviews:instrument", args=[review.key, "checks"])).content.decode()
    history = reader.get(reverse("reviews:instrument-history", args=[review.key, "checks"])).content.decode()
    overview = reader.get(reverse("reviews:review", args=[review.key])).content.decode()
    assert "the desk moved Checks to version 2" in form
    assert "CANARY words" in form
    assert ("Checks, version 1 of the form" in history, "In part" in history) == (True, True)
    assert "new version" in overview


def test_what_is_handed_in_offers_no_move(desk, review, versions):
    Review.objects.update(submitted_at=NOON, omissions_considered=True)

    page = desk.get(alone(review, versions[1])).content.decode()

    assert "This review is handed in and locked." in page
    assert "<form method" not in page.split("<main")[1].split("</main")[0]


def test_an_editor_who_reviews_the_round_is_shown_nothing(review, versions):
    round = review.round
    assignment = AssignmentFactory(round=round, reviewer=round.opened_by, accepted=True)

    client = client_of(assignment.reviewer)

    assert [client.get(at(review, versions[1])).status_code for at in (whole, alone)] == [404, 404]
    assert (
        whole(review, versions[1])
        not in client.get(reverse("admin:reviews_instrument_change", args=[versions[0].pk])).content.decode()
    )


def test_what_was_typed_into_the_older_form_is_refused_and_shown(review, versions):
    reader = client_of(review.assignment.reviewer)
    address = reverse("reviews:instrument", args=[review.key, "checks"])
    move_round(review.round, to=versions[1], by=review.round.opened_by, at=NOON)
    typed = {"sheet-version": "1", "sheet-edition": "1", "sheet-answer-gone": "Typed late", "sheet-answer-why": "So."}

    answer = reader.post(address, typed)

    assert answer.status_code == 422
    page = answer.content.decode()
    assert ("moved this form to another version" in page, "Typed late" in page) == (True, True)
    assert review.sheets.get(instrument=versions[1]).stored() == {"why": "CANARY words"}


def test_an_earlier_version_of_the_form_is_not_put_back(review, versions):
    move_round(review.round, to=versions[1], by=review.round.opened_by, at=NOON)
    reader = client_of(review.assignment.reviewer)

    address = reverse("reviews:instrument-history", args=[review.key, "checks"])
    answer = reader.post(address, {"past": "1", "version": "1", "current": "2"})

    assert answer.status_code == 404
