"""What holds of the version of a form that a review answers."""

import pytest

from reviews.jobs.instrument import install_instruments
from reviews.models import AnswerSheet, AskedForm, Instrument, Review
from reviews.services.instrument import add_version
from tests.factories import NOON, ReviewFactory


@pytest.fixture
def asked(db):
    install_instruments()
    old = Instrument.objects.get(slug="jama")
    new = add_version(old, definition=old.definition.replace("version = 1", "version = 2"))
    review = ReviewFactory()
    by = review.round.opened_by
    return AskedForm.objects.create(review=review, slug="jama", instrument=new, left=old, since=NOON, by=by)


def test_one_version_of_a_form_per_review(refused, asked):
    asked.pk = None

    with refused("one_version_of_a_form_per_review"):
        asked.save(force_insert=True)


def test_a_review_is_moved_to_another_version(refused, asked):
    with refused("a_review_is_moved_to_another_version"):
        AskedForm.objects.update(left=asked.instrument)


def test_versions_of_an_asked_form_are_of_one_form(refused, asked):
    with refused("versions_of_an_asked_form_are_of_one_form"):
        AskedForm.objects.update(instrument=Instrument.objects.get(slug="quest"))


def test_a_submitted_review_is_not_moved(refused, asked):
    Review.objects.update(submitted_at=NOON, omissions_considered=True)

    with refused("submitted_review_is_not_moved"):
        AskedForm.objects.update(since=NOON)


def test_answers_stay_on_the_version_they_were_given_on(protected, asked):
    AnswerSheet.objects.create(review=asked.review, instrument=asked.left)

    with protected("answers_stay_on_the_version_they_were_given_on"):
        AnswerSheet.objects.update(instrument=asked.instrument)
