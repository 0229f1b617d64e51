"""Due dates for a calendar program."""

import pytest
from django.test import Client
from icalendar import Calendar

from reviews.models import Assignment, CalendarFeed
from reviews.services.reviewer import renew_calendar
from tests.factories import DUE, NOON, AssignmentFactory, ReviewFactory, RoundFactory, UserFactory

pytestmark = pytest.mark.django_db
PAGE = "/reviews/calendar/"


@pytest.fixture
def rita():
    return UserFactory()


def feed_of(user) -> str:
    return f"/calendar/{CalendarFeed.objects.get(user=user).key}.ics"


def events(address: str) -> list[tuple[str, object]]:
    answer = Client().get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    return [
        (str(event["SUMMARY"]), event.decoded("DTSTART")) for event in Calendar.from_ical(answer.content).walk("VEVENT")
    ]


def test_a_calendar_program_reads_what_is_out_without_signing_in(client_of, rita):
    review = ReviewFactory(assignment__reviewer=rita)
    ReviewFactory(assignment__reviewer=rita, submitted=True)
    ReviewFactory(assignment__reviewer=rita, round=RoundFactory(closed_at=NOON, closing="editor"))
    AssignmentFactory(reviewer=rita)
    ReviewFactory()
    client_of(rita).post(PAGE)

    assert events(feed_of(rita)) == [(f"Review due: {review.round.revision.article.title}", DUE)]


def test_it_says_title_and_day_and_nothing_of_the_article_or_of_others(client_of, rita):
    review = ReviewFactory(assignment__reviewer=rita)
    renew_calendar(rita, at=NOON)
    before = Client().get(feed_of(rita)).content
    ReviewFactory(round=review.round, marks=["accurate"], submitted=True)

    after = Client().get(feed_of(rita)).content

    told = [
        word
        for word in ("Daily Herb", "Sleep", "lunarin", rita.name, rita.email, str(review.key))
        if word in after.decode()
    ]
    assert (before.count(b"VEVENT"), after.count(b"VEVENT"), told) == (2, 2, [])


def test_a_renewed_address_is_another_and_the_old_one_leads_nowhere(client_of, rita):
    client = client_of(rita)
    client.post(PAGE)
    old = feed_of(rita)
    client.post(PAGE, {"do": "renew"})

    assert (Client().get(old).status_code, Client().get(feed_of(rita)).status_code) == (404, 200)
    assert feed_of(rita) in client.get(PAGE).content.decode()


def test_a_calendar_is_taken_away(client_of, rita):
    client = client_of(rita)
    client.post(PAGE)
    old = feed_of(rita)
    client.post(PAGE, {"do": "end"})

    assert Client().get(old).status_code == 404


def test_an_account_that_is_switched_off_has_no_calendar(rita):
    renew_calendar(rita, at=NOON)
    rita.is_active = False
    rita.save()

    assert Client().get(feed_of(rita)).status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_three_due_dates_take_as_many_statements_as_one(rita, number, statements):
    for _ in range(number):
        ReviewFactory(assignment__reviewer=rita)
    renew_calendar(rita, at=NOON)
    address = feed_of(rita)

    assert statements(lambda: Client().get(address)) == 2
    assert Assignment.objects.count() == number
