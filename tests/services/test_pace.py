"""A reviewer's own pace, from the trail."""

from datetime import timedelta

import pytest

from reviews.models import Mark
from reviews.services.pace import pace_of_reviewer
from tests.factories import NOON, AppraisalFactory, ReviewFactory, RoundCitationFactory, RoundFactory, UserFactory
from tests.paces import marked, move

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def test_a_pace_is_told_from_ones_own_trail_in_one_query(django_assert_num_queries):
    rita, peer = UserFactory(), UserFactory()
    marked(rita, every=3 * MINUTE)
    marked(peer, every=9 * MINUTE)

    with django_assert_num_queries(1):
        pace = pace_of_reviewer(rita)

    assert pace == 3 * MINUTE


def test_reading_a_source_is_work_on_its_claim():
    rita = UserFactory()
    reviews = [ReviewFactory(assignment__reviewer=rita, round=RoundFactory(claims=3)) for _ in range(2)]
    claims = [(review, claim) for review in reviews for claim in review.round.claims.all()]
    read = [AppraisalFactory(review=one, citation=RoundCitationFactory(claim=claim)) for one, claim in claims]
    for review in reviews:
        for claim in review.round.claims.all():
            Mark.objects.create(review=review, claim=claim, rationale="Because.", saved_at=NOON)
    move(read, start=NOON, every=5 * MINUTE)
    move(Mark.objects.order_by("pk"), start=NOON + MINUTE, every=5 * MINUTE)

    assert pace_of_reviewer(rita) == 5 * MINUTE


def test_who_has_marked_little_has_no_pace_yet():
    rita = UserFactory()
    marked(rita, every=3 * MINUTE, rounds=1)

    assert pace_of_reviewer(rita) is None
