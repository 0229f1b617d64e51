"""Choosing whom a round asks."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from reviews.models import Assignment
from tests.factories import AssignmentFactory, ReviewFactory, RoundFactory, UserFactory

pytestmark = pytest.mark.django_db


def day(offset):
    return timezone.localdate() + timedelta(days=offset)


def round_due(offset=30, **fields):
    return RoundFactory(opened_on=day(-60), due_on=day(offset), **fields)


def address(round):
    return reverse("admin:round-assign", args=[round.pk])


def shown(page):
    """The reviewers on the page, those who are ticked first."""
    return tuple(
        [row.person.name for row in page.context[part] if not row.person.is_staff] for part in ("ticked", "others")
    )


def review_by(person, *, days, due=10):
    """A review that was handed in so many days after it was asked, of a round that is closed."""
    at = timezone.now() - timedelta(days=40)
    round = round_due(-1, closed_at=timezone.now(), closing="editor", claims=1)
    asked = AssignmentFactory(
        round=round,
        reviewer=person,
        accepted=True,
        assigned_on=at.date(),
        assigned_at=at,
        due_on=at.date() + timedelta(days=due),
    )
    return ReviewFactory(round=round, assignment=asked, submitted=at + timedelta(days=days))


def test_a_panel_is_proposed_with_the_reasons_for_each(desk):
    sleep = UserFactory(name="Luna Selene", expertise="Sleep medicine", languages="English, Deutsch")
    review_by(sleep, days=3)
    AssignmentFactory(reviewer=UserFactory(name="Busy Body", expertise="Sleep"), round=round_due(claims=3))
    UserFactory(name="Tied Person", expertise="Sleep", interests="Daily Herb Ltd")
    UserFactory(name="Full Up", most_claims=1)
    round = round_due(revision__language="de")
    AssignmentFactory(round=round, declined_at=timezone.now(), decline_reason="No.", reviewer__name="Not Now")

    page = desk.get(address(round))

    assert shown(page) == (["Luna Selene", "Busy Body"], ["Tied Person", "Full Up"])
    rows = [row for part in ("ticked", "others", "settled") for row in page.context[part]]
    assert {row.person.name: row.why for row in rows if not row.person.is_staff} == {
        "Luna Selene": "nothing in hand, Sleep medicine, reads German, answers in 3 days on median, never late",
        "Busy Body": "3 open claims, Sleep, languages not known, no review so far",
        "Tied Person": "conflict of interest: “daily herb” is the publisher",
        "Full Up": "would have 2 claims in hand, and wants no more than 1",
        "Not Now": "declined this round",
    }


def test_as_many_are_proposed_as_the_quorum_lacks_or_as_one_says(desk):
    people = [UserFactory() for _ in range(4)]
    round = round_due(quorum=3)
    AssignmentFactory(round=round, reviewer=people[0])

    lacking = desk.get(address(round))
    more = desk.post(address(round), {"propose": "1", "size": "3", "due_on": day(9).isoformat()})
    nobody = desk.get(address(round), {"size": "0"})
    nonsense = desk.get(address(round), {"size": "many", "sort": "tallest", "q": "\x00"})

    assert [len(page.context["ticked"]) for page in (lacking, more, nobody, nonsense)] == [2, 3, 0, 2]


def test_looking_for_people_keeps_what_is_ticked_and_typed(desk):
    chosen, found = UserFactory(name="Chosen One"), UserFactory(name="Found One", expertise="Herbs")
    UserFactory(name="Somebody Else")
    form = {
        "reviewers": [chosen.pk],
        "addresses": "new@example.net",
        "due_on": day(9).isoformat(),
        "look": "1",
        "q": "herbs",
    }

    page = desk.post(address(round_due()), form)

    assert shown(page) == (["Chosen One"], ["Found One"])
    assert page.context["form"]["addresses"].value() == "new@example.net"
    assert page.context["form"]["due_on"].value() == day(9).isoformat()
    assert not Assignment.objects.exists()
    assert found.name in page.content.decode()


def test_people_come_in_the_order_of_what_one_weighs(desk):
    quick, slow, new = (UserFactory(name=name) for name in ("Quick", "Slow", "New"))
    review_by(quick, days=2)
    review_by(slow, days=20)
    AssignmentFactory(reviewer=quick, round=round_due(claims=3))
    AssignmentFactory(reviewer=new, round=round_due(claims=1), declined_at=timezone.now(), decline_reason="No.")
    round = round_due()

    orders = {
        sort: shown(desk.get(address(round), {"sort": sort, "size": 0}))[1] for sort in ("name", "load", "pace", "late")
    }
    declined = shown(desk.get(address(round), {"sort": "declined", "size": 0}))[1]

    assert orders["name"] == ["New", "Quick", "Slow"]
    assert orders["load"][-1] == "Quick"
    assert orders["pace"] == orders["late"] == ["Quick", "Slow", "New"]
    assert declined[-1] == "New"


@pytest.mark.parametrize(
    ("person", "words"),
    [
        ({"interests": "The Daily Herb"}, "“the daily herb” is the publisher"),
        ({"most_claims": 1}, "wants no more than 1"),
        ({"is_staff": True}, "cannot rule on its claims"),
    ],
)
def test_somebody_with_something_against_them_is_asked_only_after_reading_it(desk, person, words):
    round, person = round_due(), UserFactory(**person)
    form = {"reviewers": [person.pk], "due_on": day(9).isoformat()}

    warned = desk.post(address(round), form)
    not_yet = round.assignments.count()
    desk.post(address(round), {**form, "knowing": "1"})

    assert words in warned.content.decode()
    assert (not_yet, round.assignments.count()) == (0, 1)


def test_by_address_too(desk):
    round, person = round_due(), UserFactory(interests="The Daily Herb")

    warned = desk.post(address(round), {"addresses": person.email.upper(), "due_on": day(9).isoformat()})

    assert "is the publisher" in warned.content.decode()
    assert not round.assignments.exists()


def test_the_past_counts_what_was_due_late_and_declined(editor):
    person, now = UserFactory(), timezone.now()
    review_by(person, days=3)
    review_by(person, days=15)
    how = {"reviewer": person, "assigned_on": day(-20), "due_on": day(-5)}
    AssignmentFactory(round=round_due(), accepted=True, **how)
    AssignmentFactory(round=round_due(), declined_at=now, decline_reason="No.", **how)
    AssignmentFactory(round=round_due(), withdrawn_at=now, **how)
    AssignmentFactory(round=round_due(), accepted=True, released_at=now - timedelta(days=8), **how)
    AssignmentFactory(round=round_due(), accepted=True, released_at=now, **how)

    past = Assignment.objects.filter(reviewer=person).history(today=day(0)).get()

    assert past == {
        "reviewer": person.pk,
        "asked": 6,
        "declined": 1,
        "handed_in": 2,
        "due": 4,
        "late": 3,
        "pace": timedelta(days=9),
    }


def test_what_a_person_does_in_a_round_that_this_editor_reviews_is_not_weighed(desk, editor):
    peer, round = UserFactory(name="Peer"), round_due(claims=3)
    AssignmentFactory(round=round, reviewer=editor, accepted=True)
    AssignmentFactory(round=round, reviewer=peer, accepted=True, due_on=day(-1), assigned_on=day(-9))

    page = desk.get(address(round_due()))

    (row,) = [row for row in page.context["ticked"] if row.person == peer]
    assert (row.load, row.history.asked, row.history.due) == (0, 0, 0)


def test_the_chooser_costs_the_same_with_one_person_and_with_thirty(desk, django_assert_max_num_queries):
    round = round_due()
    review_by(UserFactory(), days=3)
    with django_assert_max_num_queries(20) as with_one:
        desk.get(address(round))
    for _ in range(30):
        review_by(UserFactory(), days=3)

    with django_assert_max_num_queries(len(with_one)):
        page = desk.get(address(round))

    assert len(page.context["ticked"] + page.context["others"]) > 30
