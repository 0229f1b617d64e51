"""Many requests together: what they come to is seen first, and nothing else happens."""

from datetime import time, timedelta

import pytest

from reviews.errors import PreviewOvertaken
from reviews.models import Assignment, MailHours, Notice, Suppression, User
from reviews.services.asking import Wish, ask_together, differences_from, foresee, seen_of
from tests.factories import DUE, NOON, TODAY, AssignmentFactory, EditorFactory, ReviewFactory, RoundFactory, UserFactory

pytestmark = pytest.mark.django_db
WHEN = {"today": TODAY, "at": NOON}


@pytest.fixture
def by(db):
    return EditorFactory()


def wish(round, who, due_on=DUE):
    return Wish(round, None, who, due_on) if isinstance(who, str) else Wish(round, who, "", due_on)


def test_what_each_comes_to_is_foreseen(by):
    first, second = RoundFactory(claims=3), RoundFactory(claims=2)
    busy = UserFactory(most_claims=6)
    AssignmentFactory(reviewer=busy, round=RoundFactory(claims=2))
    tied = UserFactory(interests="The Daily Herb")

    foreseen = foresee(
        [wish(first, busy), wish(second, busy), wish(first, tied), wish(second, "new@example.net"), wish(second, by)],
        by=by,
        **WHEN,
    )

    assert [(one.wish.who, one.claims, one.in_hand, one.against, one.refusal) for one in foreseen] == [
        (busy.name, 3, 7, ("wants no more than 6 claims in hand",), ""),
        (busy.name, 2, 7, ("wants no more than 6 claims in hand",), ""),
        (tied.name, 3, 3, ("conflict of interest: “the daily herb” is the publisher",), ""),
        ("new@example.net", 2, 2, (), ""),
        (by.name, 2, 2, ("works at the desk: reviewing hides the round from them there",), ""),
    ]


def test_when_each_invitation_goes_is_foreseen(by):
    round, sleeper, stopped, awake = RoundFactory(), UserFactory(), UserFactory(email="Gone@example.org"), UserFactory()
    MailHours.objects.create(person=sleeper, time_zone="Asia/Tokyo", quiet_from=time(20), quiet_until=time(7, 30))
    MailHours.objects.create(person=awake, time_zone="Europe/Paris", quiet_from=time(20), quiet_until=time(7))
    Suppression.objects.create(address="gone@example.org", reason="bounced", since=NOON)

    foreseen = foresee([wish(round, one) for one in (sleeper, stopped, awake, "new@example.net")], by=by, **WHEN)

    assert [one.mail for one in foreseen] == [
        "on 3 March 2026, 07:30, after their quiet hours (Asia/Tokyo)",
        "not at all: mail came back",
        "at once",
        "at once",
    ]


def test_what_cannot_be_done_says_why(by):
    round, closed = RoundFactory(), RoundFactory(closed_at=NOON, closing="editor")
    asked, gone, twice = AssignmentFactory(round=round).reviewer, UserFactory(is_active=False), UserFactory()
    invited = UserFactory()
    AssignmentFactory(round=round, reviewer=None, invited_email=invited.email.upper())
    declined = AssignmentFactory(round=round, declined_at=NOON, decline_reason="No.").reviewer
    wishes = [
        wish(closed, twice),
        wish(round, asked),
        wish(round, invited),
        wish(round, declined),
        wish(round, gone),
        wish(round, twice, due_on=DUE + timedelta(days=1)),
        wish(round, twice, due_on=TODAY - timedelta(days=1)),
        wish(round, "new@example.net"),
        wish(round, "NEW@example.net"),
    ]

    foreseen = foresee(wishes, by=by, **WHEN)

    assert [one.refusal.split(":")[0].split(" before")[0] for one in foreseen] == [
        "This round is closed.",
        "This person is asked to review this round already.",
        "This person is asked to review this round already.",
        foreseen[3].refusal.split(":")[0].split(" before")[0],
        foreseen[4].refusal.split(":")[0].split(" before")[0],
        "The round itself is due",
        "The due date is in the past.",
        "",
        "This person is asked to review this round already.",
    ]
    assert "declined" in foreseen[3].refusal


def test_everybody_is_asked_at_once_and_each_gets_one_mail(by):
    rounds, people = [RoundFactory(), RoundFactory()], [UserFactory(), UserFactory()]
    wishes = [wish(round, person) for round in rounds for person in people] + [wish(rounds[0], "new@example.net")]

    asked = ask_together(wishes, seen=seen_of(foresee(wishes, by=by, **WHEN)), by=by, **WHEN)

    assert len(asked) == Assignment.objects.count() == 5
    assert sorted(Notice.objects.values_list("kind", "address")) == sorted(
        ("invited", address) for address in [*(person.email for person in people * 2), "new@example.net"]
    )


def test_where_anything_is_different_nobody_is_asked_and_the_difference_is_said(by):
    round, person, other = RoundFactory(claims=3), UserFactory(name="Ada Nox"), UserFactory(name="Bo Lux")
    wishes = [wish(round, person), wish(round, other)]
    seen = seen_of(foresee(wishes, by=by, **WHEN))
    ReviewFactory(assignment__reviewer=person, round=RoundFactory(claims=1))
    AssignmentFactory(round=round, reviewer=other)

    with pytest.raises(PreviewOvertaken) as overtaken:
        ask_together(wishes, seen=seen, by=by, **WHEN)

    assert overtaken.value.differences == [
        "Ada Nox, Moonflower tea calms restless nights: claims in hand afterwards was “3”, is “4”.",
        "Bo Lux, Moonflower tea calms restless nights: claims in hand afterwards was “3”, is “6”.",
        "Bo Lux, Moonflower tea calms restless nights: refused was “nothing”, is “This person is asked to review this "
        "round already.”.",
    ]
    assert Assignment.objects.filter(round=round).count() == 1
    assert not Notice.objects.exists()


def test_a_round_that_closed_meanwhile_asks_nobody(by):
    first, second, person = RoundFactory(), RoundFactory(), UserFactory()
    wishes = [wish(first, person), wish(second, person)]
    seen = seen_of(foresee(wishes, by=by, **WHEN))
    type(second).objects.filter(pk=second.pk).update(closed_at=NOON, closing="editor")

    with pytest.raises(PreviewOvertaken) as overtaken:
        ask_together(wishes, seen=seen, by=by, **WHEN)

    assert ["This round is closed" in words for words in overtaken.value.differences] == [True]
    assert not Assignment.objects.exists()


def test_lines_that_come_and_go_are_said():
    old, new = {"1": {"": "Ada, Tea", "mail": "at once"}}, {"2": {"": "Bo, Tea", "mail": "at once"}}

    assert differences_from(old, now=new) == ["Ada, Tea: is not there any more.", "Bo, Tea: is new."]


def test_what_lies_in_rounds_that_the_editor_reviews_is_not_counted(by):
    hidden, person = RoundFactory(claims=3), UserFactory()
    AssignmentFactory(round=hidden, reviewer=by)
    AssignmentFactory(round=hidden, reviewer=person)

    (foreseen,) = foresee([wish(RoundFactory(claims=1), person)], by=by, **WHEN)

    assert foreseen.in_hand == 1


def test_foreseeing_costs_the_same_for_one_and_for_thirty(by, django_assert_num_queries):
    rounds = [RoundFactory() for _ in range(3)]
    wishes = [wish(round, person) for person in (UserFactory() for _ in range(10)) for round in rounds]
    User.objects.first()

    with django_assert_num_queries(6):
        foresee(wishes[:1], by=by, **WHEN)
    with django_assert_num_queries(6):
        foresee(wishes, by=by, **WHEN)
