"""Addresses without mail, and how an editor lifts that."""

import pytest
from django.urls import reverse

from reviews.models import Suppression
from tests.factories import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture
def suppression():
    return Suppression.objects.create(address="ada@example.org", reason="bounced", words="550 No such user", since=NOON)


def door(name, suppression):
    return reverse(f"admin:{name}", args=[suppression.pk])


def test_an_editor_sees_why_and_lifts_it_once(desk, editor, suppression):
    shown = desk.get(door("reviews_suppression_change", suppression)).content.decode()
    asked = desk.get(door("suppression-lift", suppression)).status_code
    answers = [desk.post(door("suppression-lift", suppression), follow=True).content.decode() for _ in range(2)]

    suppression.refresh_from_db()
    assert "550 No such user" in shown
    assert (asked, suppression.lifted_by) == (200, editor)
    assert "Mail goes to this address again.</" in answers[0]
    assert "Mail goes to this address again already." in answers[1]


def test_the_list_tells_what_stands_from_what_was_lifted(desk, editor, suppression):
    Suppression.objects.create(
        address="ben@example.org", reason="bounced", since=NOON, lifted_at=NOON, lifted_by=editor
    )
    url = reverse("admin:reviews_suppression_changelist")

    lists = [desk.get(url, {"standing": state}).context["cl"].result_list for state in ("yes", "no")]

    assert [[row.address for row in rows] for rows in lists] == [["ada@example.org"], ["ben@example.org"]]
