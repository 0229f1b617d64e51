"""The reviewer's queue."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from reviews.jobs.report import compile_report
from reviews.models import Round
from reviews.views import queue
from tests.factories import NOON, TODAY, AssignmentFactory, MarkFactory, ReviewFactory, RoundFactory, UserFactory
from tests.paces import marked

pytestmark = pytest.mark.django_db
QUEUE = "/reviews/"


@pytest.fixture
def rita():
    return UserFactory(email="rita@example.org")


def page_of(client) -> str:
    return client.get(QUEUE).content.decode()


def test_an_empty_queue_says_what_comes_next(client_of, rita):
    page = page_of(client_of(rita))

    assert "Nothing waits for you" in page


def test_invitations_wait_for_an_answer_those_by_address_too(client_of, rita):
    mine = AssignmentFactory(reviewer=rita)
    by_address = AssignmentFactory(reviewer=None, invited_email="RITA@example.org")
    others = AssignmentFactory()
    over = AssignmentFactory(reviewer=rita, withdrawn_at=NOON)

    page = page_of(client_of(rita))

    shown = [reverse("reviews:invitation", args=[one.key]) in page for one in (mine, by_address, others, over)]
    assert shown == [True, True, False, False]


def test_an_address_that_is_not_verified_shows_no_invitation(client_of):
    stranger = UserFactory(email="eve@example.org", verified=False)
    AssignmentFactory(reviewer=None, invited_email="eve@example.org")

    assert "Nothing waits for you" in page_of(client_of(stranger))


def test_progress_is_in_claims_and_could_not_assess_is_no_idleness(client_of, rita):
    review = ReviewFactory(assignment__reviewer=rita, round=RoundFactory(claims=3), marks=["accurate", None])
    MarkFactory(review=review, claim=review.round.claims.last(), level=None, could_not_assess="", rationale="Begun")

    assert "2 of 3 claims done" in page_of(client_of(rita))


def test_what_is_left_is_told_with_the_time_that_it_takes_at_ones_own_pace(client_of, rita):
    marked(rita, every=timedelta(minutes=7))
    ReviewFactory(assignment__reviewer=rita, round=RoundFactory(claims=3), marks=["accurate"])

    page = page_of(client_of(rita))

    assert "2 claims left: about 14 minutes at your own pace, 7 minutes a claim." in page


def test_with_little_behind_oneself_it_is_too_early_to_say_how_long(client_of, rita):
    ReviewFactory(assignment__reviewer=rita, round=RoundFactory(claims=3))

    assert "3 claims left. It is too early to say how long they take you." in page_of(client_of(rita))


def test_what_is_overdue_says_so(client_of, rita):
    due = timezone.localdate() - timedelta(days=3)
    assignment = AssignmentFactory(
        reviewer=rita, accepted=True, assigned_on=min(TODAY, due), due_on=due, round__opened_on=min(TODAY, due)
    )
    ReviewFactory(assignment=assignment, round=assignment.round)

    assert "3 days overdue" in page_of(client_of(rita))


def test_a_closed_round_leads_to_its_outcome_only_who_handed_in(client_of, rita):
    closed = {"closed_at": NOON, "closing": "editor"}
    done = ReviewFactory(assignment__reviewer=rita, round=RoundFactory(**closed), submitted=True)
    late = ReviewFactory(assignment__reviewer=rita, round=RoundFactory(**closed))

    page = page_of(client_of(rita))

    assert reverse("reviews:outcome", args=[done.key]) in page
    assert reverse("reviews:outcome", args=[late.key]) not in page


def test_what_came_of_a_review_is_told_to_who_handed_in(client_of, rita):
    round = RoundFactory(claims=1)
    round.revision.regions.create(kind="body", start=0, end=len(round.revision.text))
    for reviewer in (rita, UserFactory()):
        ReviewFactory(assignment__reviewer=reviewer, round=round, marks=["misleading"], submitted=True)
    late = ReviewFactory(round=round)
    Round.objects.filter(pk=round.pk).update(closed_at=NOON, closing="editor")
    compile_report(round, at=NOON)

    told = ["What the panel found:" in page_of(client_of(one)) for one in (rita, late.assignment.reviewer)]

    assert told == [True, False]


def test_of_many_reviews_that_are_done_the_newest_stand_first_the_others_behind_a_link(client_of, rita, monkeypatch):
    monkeypatch.setattr(queue, "MOST_OVER", 1)
    for _ in range(3):
        ReviewFactory(assignment__reviewer=rita, round=RoundFactory(closed_at=NOON, closing="editor"), submitted=True)
    client = client_of(rita)

    few, every = client.get(QUEUE).content.decode(), client.get(f"{QUEUE}?all").content.decode()

    assert ("Show 2 more" in few, few.count("/outcome/"), every.count("/outcome/")) == (True, 1, 3)


@pytest.mark.parametrize("number", [1, 3])
def test_the_queue_takes_as_many_statements_for_three_as_for_one(client_of, rita, number, statements):
    for _ in range(number):
        AssignmentFactory(reviewer=rita)
        ReviewFactory(assignment__reviewer=rita, marks=["accurate"])
        ReviewFactory(assignment__reviewer=rita, submitted=True)
    client = client_of(rita)

    assert statements(lambda: client.get(QUEUE)) == 7
