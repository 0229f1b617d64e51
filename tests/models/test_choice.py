"""What a person may choose of their mail."""

from datetime import time

import pytest

from reviews.models import MailChoice, MailHours
from tests.factories import UserFactory


@pytest.fixture
def person(db):
    return UserFactory()


def test_there_is_one_choice_per_person_and_kind(refused, person):
    MailChoice.objects.create(person=person, kind="overdue", pace="daily")

    with refused("one_choice_per_person_and_kind"):
        MailChoice.objects.create(person=person, kind="overdue", pace="never")


@pytest.mark.parametrize("kind", ["invited", "digest"])
def test_invitations_and_digests_are_not_chosen(refused, person, kind):
    with refused("invitations_and_digests_are_not_chosen"):
        MailChoice.objects.create(person=person, kind=kind, pace="never")


def test_a_desk_summary_comes_by_the_day_or_the_week(refused, person):
    with refused("a_desk_summary_comes_by_the_day_or_the_week"):
        MailChoice.objects.create(person=person, kind="desk_summary", pace="at_once")


@pytest.mark.parametrize("pace", ["daily", "weekly"])
def test_that_a_file_is_there_waits_for_no_digest(refused, person, pace):
    with refused("that_a_file_is_there_waits_for_no_digest"):
        MailChoice.objects.create(person=person, kind="export_ready", pace=pace)


@pytest.mark.parametrize("hours", [{"quiet_from": time(22)}, {"quiet_from": time(7), "quiet_until": time(7)}])
def test_quiet_hours_begin_and_end(refused, person, hours):
    with refused("quiet_hours_begin_and_end"):
        MailHours.objects.create(person=person, time_zone="UTC", **hours)
