"""Addresses that no mail is sent to."""

from reviews.models import Suppression
from tests.factories import NOON


def test_an_address_is_suppressed_once_however_it_is_written(refused):
    Suppression.objects.create(address="ada@example.org", reason="bounced", since=NOON)

    with refused("one_standing_suppression_per_address"):
        Suppression.objects.create(address="Ada@Example.org", reason="complained", since=NOON)


def test_a_lifted_suppression_says_by_whom(refused):
    with refused("a_lifted_suppression_says_by_whom"):
        Suppression.objects.create(address="ada@example.org", reason="bounced", since=NOON, lifted_at=NOON)
