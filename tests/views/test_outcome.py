"""What came of a review."""

import pytest
from django.urls import reverse

from reviews.jobs.report import compile_report
from reviews.models import Review, Round
from tests.factories import NOON, ReviewFactory, RoundFactory

pytestmark = pytest.mark.django_db


def address(review: Review) -> str:
    return reverse("reviews:outcome", args=[review.key])


@pytest.fixture
def round() -> Round:
    round = RoundFactory()
    for level in ("misleading", "misleading", "inaccurate"):
        ReviewFactory(round=round, marks=[level, None], marks__rationale=f"Because it is {level}.", submitted=True)
    Round.objects.filter(pk=round.pk).update(closed_at=NOON, closing="complete")
    round.refresh_from_db()
    return round


def test_the_outcome_shows_how_the_panel_ruled_beside_the_own_mark_and_names_nobody(round, client_of):
    compile_report(round, at=NOON)
    *others, mine = Review.objects.filter(assignment__round=round).order_by("pk")

    page = client_of(mine.assignment.reviewer).get(address(mine)).content.decode()

    assert "2 of 3 reviewers: misleading; 1: inaccurate" in page
    assert "Different from the verdict." in page
    assert "You could not assess it: outside my field." in page
    assert not [one for one in others if one.assignment.reviewer.name in page or one.assignment.reviewer.email in page]


def test_a_report_that_is_not_compiled_yet_says_so(round, client_of):
    mine = Review.objects.filter(assignment__round=round).first()

    assert "The report is being compiled" in client_of(mine.assignment.reviewer).get(address(mine)).content.decode()


@pytest.mark.parametrize(
    ("closed", "submitted", "status"),
    [(False, False, 404), (False, True, 404), (True, False, 404), (True, True, 200)],
)
def test_the_outcome_is_revealed_after_the_round_to_who_handed_in(client_of, closed, submitted, status):
    ending = {"closed_at": NOON, "closing": "editor"} if closed else {}
    review = ReviewFactory(round=RoundFactory(**ending), submitted=submitted)

    assert client_of(review.assignment.reviewer).get(address(review)).status_code == status
