"""The page of an invitation."""

import pytest
from django.test import Client
from django.urls import reverse

from reviews.models import Assignment, Review
from tests.factories import NOON, AssignmentFactory, ReviewFactory, RoundFactory, UserFactory

pytestmark = pytest.mark.django_db


def address(assignment: Assignment) -> str:
    return reverse("reviews:invitation", args=[assignment.key])


@pytest.fixture
def assignment() -> Assignment:
    return AssignmentFactory()


@pytest.fixture
def client(assignment, client_of) -> Client:
    return client_of(assignment.reviewer)


def test_nothing_is_ticked_beforehand_and_nothing_of_the_text_is_shown(client, assignment):
    page = client.get(address(assignment)).content.decode()

    assert ("checked" in page, "lunarin" in page) == (False, False)
    assert "Moonflower tea calms restless nights" in page


def test_accepting_leads_to_the_review(client, assignment):
    answer = client.post(address(assignment), {"answer": "accept", "accept-conflict": "none"})

    assert answer.url == reverse("reviews:review", args=[Review.objects.get().key])
    assert client.get(address(assignment)).url == answer.url


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"answer": "accept"}, "Say whether you have a conflict of interest."),
        ({"answer": "accept", "accept-conflict": "declared"}, "Say what the conflict of interest is."),
        ({"answer": "accept", "accept-conflict": "none", "accept-statement": "Shares"}, "Shares"),
        ({"answer": "accept", "accept-conflict": "not_asked"}, "Select a valid choice."),
        ({"answer": "decline"}, "Say in a few words why you decline."),
        ({"answer": "decline", "decline-reason": "z" * 2_001}, "at most 2000 characters"),
        ({"answer": "perhaps"}, "Accept and begin"),
    ],
)
def test_an_answer_that_does_not_do_is_refused_in_words(client, assignment, typed, sentence):
    answer = client.post(address(assignment), typed)

    assert (answer.status_code, sentence in answer.content.decode()) == (422, True)
    assignment.refresh_from_db()
    assert (assignment.accepted_at, assignment.declined_at) == (None, None)


def test_declining_leads_back_to_the_queue_and_ends_it(client, assignment):
    answer = client.post(address(assignment), {"answer": "decline", "decline-reason": "No time."})

    assert answer.url == reverse("reviews:queue")
    assert client.get(address(assignment)).status_code == 410


def test_a_stranger_finds_nothing(assignment, client_of):
    assert client_of(UserFactory()).get(address(assignment)).status_code == 404


def test_who_has_an_account_is_led_to_the_door(assignment):
    answer = Client().get(address(assignment))

    assert answer.url == f"/accounts/login/?next={address(assignment)}"


def test_the_bearer_of_an_invitation_by_address_may_sign_up():
    invitation = AssignmentFactory(reviewer=None, invited_email="new@example.org")
    client = Client()

    page = client.get(address(invitation)).content.decode()

    assert ("Make an account" in page, "new@example.org" in page) == (True, False)
    assert client.session["invitation"] == str(invitation.key)


def test_an_invitation_by_address_is_bound_to_who_verified_it(client_of):
    invitation, rita = (
        AssignmentFactory(reviewer=None, invited_email="rita@example.org"),
        UserFactory(email="rita@example.org"),
    )

    assert client_of(rita).get(address(invitation)).status_code == 200
    invitation.refresh_from_db()
    assert invitation.reviewer == rita


def test_another_address_is_told_so_and_nothing_of_the_article(client_of):
    invitation = AssignmentFactory(reviewer=None, invited_email="rita@example.org")

    answer = client_of(UserFactory()).get(address(invitation))

    page = answer.content.decode()
    assert (answer.status_code, "Moonflower" in page, "rita@example.org" in page) == (403, False, False)
    assert "This invitation went to an address that is not among your verified ones." in page


@pytest.mark.parametrize("ended", [{"withdrawn_at": NOON}, {"round__closed_at": NOON, "round__closing": "editor"}])
def test_an_invitation_that_is_over_says_so_and_nothing_of_the_article(client_of, ended):
    assignment = AssignmentFactory(**ended)

    answer = client_of(assignment.reviewer).get(address(assignment))

    assert (answer.status_code, "Moonflower" in answer.content.decode()) == (410, False)


def test_an_accepted_one_whose_round_is_closed_still_leads_to_the_review(client_of):
    review = ReviewFactory(round=RoundFactory(closed_at=NOON, closing="editor"))

    answer = client_of(review.assignment.reviewer).get(address(review.assignment))

    assert answer.url == reverse("reviews:review", args=[review.key])
