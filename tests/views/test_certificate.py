"""What a reviewer has done, to show to others."""

import pytest

from reviews.models import ResearcherId
from reviews.services.assignment import withdraw_assignment
from tests.factories import NOON, ReviewFactory, RoundFactory, UserFactory

pytestmark = pytest.mark.django_db
PAGE = "/reviews/certificate/"
ORCID = "0000-0002-1825-0097"


@pytest.fixture
def rita():
    return UserFactory(name="Rita Reader")


@pytest.fixture
def client(rita, client_of):
    return client_of(rita)


def test_only_own_reviews_that_are_handed_in_count(client, rita):
    ReviewFactory(assignment__reviewer=rita, submitted=True, round=RoundFactory(claims=3))
    ReviewFactory(assignment__reviewer=rita)
    ReviewFactory(submitted=True)

    said = client.get(f"{PAGE}reviews.json").json()

    assert (said["reviewer"], [review["claims"] for review in said["reviews"]]) == ("Rita Reader", [3])
    assert "has reviewed 1 health article for" in client.get(PAGE).content.decode()


def test_a_review_whose_request_was_withdrawn_afterwards_was_done_all_the_same(client, rita):
    review = ReviewFactory(assignment__reviewer=rita, submitted=True)

    withdraw_assignment(review.assignment, at=NOON)

    assert len(client.get(f"{PAGE}reviews.json").json()["reviews"]) == 1


def test_it_says_nothing_of_what_was_found(client, rita):
    ReviewFactory(assignment__reviewer=rita, marks=["misleading"], submitted=True)

    assert "misleading" not in client.get(PAGE).content.decode().lower()


def test_an_orcid_is_kept_in_its_normal_form_and_taken_away(client, rita):
    client.post(PAGE, {"researcher-orcid": f"https://orcid.org/{ORCID}"})
    kept = ResearcherId.objects.get(user=rita).orcid
    client.post(PAGE, {"researcher-orcid": ""})

    assert (kept, ResearcherId.objects.exists()) == (ORCID, False)


@pytest.mark.parametrize("typed", ["0000-0002-1825-0098", "nonsense"])
def test_a_slip_in_an_orcid_is_said_and_what_was_typed_stays(client, typed):
    answer = client.post(PAGE, {"researcher-orcid": typed})

    page = answer.content.decode()
    assert (answer.status_code, "This is not an ORCID iD" in page, f'value="{typed}"' in page) == (422, True, True)
    assert not ResearcherId.objects.exists()


def test_an_orcid_of_another_account_is_refused(client):
    ResearcherId.objects.create(user=UserFactory(), orcid=ORCID, entered_at=NOON)

    answer = client.post(PAGE, {"researcher-orcid": ORCID})

    assert (answer.status_code, "Another account has this ORCID iD." in answer.content.decode()) == (422, True)


def test_nothing_done_yet_says_what_comes_next(client):
    assert "No review handed in yet" in client.get(PAGE).content.decode()
