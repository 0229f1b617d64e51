"""Who is reminded when."""

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reviews.models import MailChoice, Round
from tests.factories import NOON, AssignmentFactory, ReviewFactory, RoundFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def round(editor):
    with time_machine.travel(NOON, tick=False):
        yield RoundFactory(editors=[editor])


def door(round):
    return reverse("admin:round-reminders", args=[round.pk])


def ahead(desk, round):
    shown = desk.get(door(round)).context["ahead"]
    return [(f"{reminder.on:%d %B}", str(reminder.assignment), words, how) for reminder, words, how in shown]


def test_the_preview_says_who_gets_what_and_when(desk, round):
    ada, ben = UserFactory(name="Ada"), UserFactory(name="Ben")
    AssignmentFactory(round=round, reviewer=ada)
    AssignmentFactory(round=round, reviewer=ben)
    ReviewFactory(round=round, submitted=True)
    MailChoice.objects.create(person=ben, kind="due_soon", pace="never")
    MailChoice.objects.create(person=ben, kind="overdue", pace="weekly")

    off = "not at all: this person has switched such mails off"
    assert [(day, who.split(",")[0], words, how) for day, who, words, how in ahead(desk, round)] == [
        ("14 March", "Ada", "2 days before", "at once"),
        ("14 March", "Ben", "2 days before", off),
        ("16 March", "Ada", "on the day it is due", "at once"),
        ("16 March", "Ben", "on the day it is due", off),
        ("19 March", "Ada", "3 days after", "at once"),
        ("19 March", "Ben", "3 days after", "in a weekly digest"),
    ]


def test_an_editor_chooses_the_days(desk, round):
    AssignmentFactory(round=round)

    desk.post(door(round), {"days": ["-7", "1"]})

    assert Round.objects.get().reminders == [-7, 1]
    assert [words for _, _, words, _ in ahead(desk, round)] == ["7 days before", "1 day after"]


def test_a_day_that_cannot_be_chosen_is_refused(desk, round):
    page = desk.post(door(round), {"days": ["5"]})

    assert list(page.context["form"].errors) == ["days"]


def test_the_days_of_a_closed_round_stay(desk, round):
    Round.objects.update(closed_at=NOON, closing="editor")

    desk.post(door(round), {"days": ["-7"]})

    assert Round.objects.get().reminders == [-2, 0, 3]


def test_the_preview_costs_the_same_with_one_and_with_three(desk, round, django_assert_num_queries):
    AssignmentFactory(round=round)
    desk.get(door(round))
    with CaptureQueriesContext(connection) as with_one:
        desk.get(door(round))
    AssignmentFactory.create_batch(2, round=round)

    with django_assert_num_queries(len(with_one)):
        desk.get(door(round))
