"""The page of earlier versions."""

import pytest
from django.urls import reverse

from reviews.jobs.instrument import install_instruments
from reviews.models import Instrument, Mark, Review
from reviews.services.answer import record_answers, record_omissions
from tests.factories import NOON, AppraisalFactory, MarkFactory, ReviewFactory, RoundCitationFactory, RoundFactory

pytestmark = pytest.mark.django_db(transaction=True)  # the trail tells saves apart by their transactions' times


@pytest.fixture
def review() -> Review:
    return ReviewFactory(round=RoundFactory(claims=3))


@pytest.fixture
def client(review, client_of):
    return client_of(review.assignment.reviewer)


def claim(review: Review) -> str:
    return reverse("reviews:claim-history", args=[review.key, 1])


def test_an_earlier_version_is_put_back_as_a_new_one(client, review):
    mark = MarkFactory(review=review, rationale="What I wrote first.")
    mark.rationale, mark.level, mark.version = "What I wrote then.", None, 2
    mark.save()

    page = client.get(claim(review)).content.decode()
    answer = client.post(claim(review), {"past": "0", "version": "1", "current": "2"})

    assert ("What I wrote first." in page, "What I wrote then." in page) == (True, True)
    assert answer.url == reverse("reviews:claim", args=[review.key, 1])
    now = Mark.objects.get()
    assert (now.rationale, now.level.name, now.version) == ("What I wrote first.", "accurate", 3)


def test_what_was_saved_meanwhile_is_not_overwritten(client, review):
    mark = MarkFactory(review=review, rationale="First.")
    mark.rationale, mark.version = "Second.", 2
    mark.save()

    answer = client.post(claim(review), {"past": "0", "version": "1", "current": "1"}, follow=True)

    assert "This was changed elsewhere" in answer.content.decode()
    assert Mark.objects.get().rationale == "Second."


def test_a_source_has_its_versions_beside_the_mark(client, review):
    appraisal = AppraisalFactory(review=review, citation=RoundCitationFactory(claim=review.round.claims.first()))
    appraisal.quote, appraisal.version = "", 2
    appraisal.save()

    client.post(claim(review), {"past": "0", "version": "1", "current": "2"})

    appraisal.refresh_from_db()
    assert (appraisal.quote, appraisal.version) == ("Sleep onset was shortened by twelve minutes", 3)


def test_what_was_said_of_a_source_that_was_removed_is_shown_and_not_put_back(client, review):
    own = RoundCitationFactory(claim=review.round.claims.first(), origin="reviewer", added_in=review)
    AppraisalFactory(review=review, citation=own, quote="Sleep onset was shortened")
    client.post(reverse("reviews:remove-source", args=[review.key, own.key]))

    page = client.get(claim(review)).content.decode()
    answer = client.post(claim(review), {"past": "0", "version": "1", "current": "0"})

    assert ("Sleep onset was shortened" in page, "removed</strong>, version 1" in page) == (True, True)
    assert "Put this version back" not in page
    assert answer.status_code == 404


def test_a_locked_review_shows_its_past_and_takes_nothing(client, review):
    mark = MarkFactory(review=review, rationale="First.")
    mark.rationale, mark.version = "Second.", 2
    mark.save()
    Review.objects.filter(pk=review.pk).update(submitted_at=NOON, omissions_considered=True)

    page = client.get(claim(review)).content.decode()
    answer = client.post(claim(review), {"past": "0", "version": "1", "current": "2"}, follow=True)

    assert ("First." in page, "Put this version back" in page) == (True, False)
    assert "This review is handed in and locked." in answer.content.decode()


@pytest.mark.parametrize("version", ["", "7", "-1", "x"])
def test_a_version_that_never_was_is_not_there(client, review, version):
    MarkFactory(review=review)

    assert client.post(claim(review), {"past": "0", "version": version, "current": "1"}).status_code == 404


def test_answers_are_put_back_whole(client, review):
    install_instruments()
    instrument = Instrument.objects.current().get(slug="discern")
    review.round.instruments.set([instrument])
    first, second = {"relevant": "1", "balanced": "2"}, {"relevant": "5"}
    record_answers(review, instrument=instrument, version=0, answers=first)
    record_answers(review, instrument=instrument, version=1, answers=second)

    client.post(
        reverse("reviews:instrument-history", args=[review.key, "discern"]),
        {"past": "0", "version": "1", "current": "2"},
    )

    assert review.sheets.get().stored() == first


def test_what_is_left_out_is_put_back_whole(client, review):
    record_omissions(review, version=0, omissions={"harms": "Bleeding.", "cost": ""}, considered=False)
    record_omissions(review, version=1, omissions={"cost": "Dear."}, considered=True)

    client.post(reverse("reviews:omissions-history", args=[review.key]), {"past": "0", "version": "1", "current": "2"})

    review.refresh_from_db()
    assert {one.kind: one.note for one in review.omissions.all()} == {"harms": "Bleeding.", "cost": ""}
    assert (review.omissions_considered, review.omissions_version) == (False, 3)
