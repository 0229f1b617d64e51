"""What the database holds of a word on two claims."""

import pytest

from reviews.models import Likeness
from tests.factories import NOON, ClaimFactory, EditorFactory


@pytest.fixture
def said(db):
    first, second = ClaimFactory(), ClaimFactory()
    return Likeness.objects.create(claim=first, other=second, is_same=True, said_at=NOON, said_by=EditorFactory())


def test_one_word_stands_on_two_claims(refused, said):
    with refused("one_word_stands_on_two_claims"):
        Likeness.objects.create(claim=said.claim, other=said.other, is_same=False, said_at=NOON, said_by=said.said_by)


def test_two_claims_are_compared_in_one_order(refused, said):
    with refused("two_claims_are_compared_in_one_order"):
        Likeness.objects.create(claim=said.other, other=said.claim, is_same=True, said_at=NOON, said_by=said.said_by)


def test_whoever_takes_a_word_back_is_named(refused, said):
    with refused("whoever_takes_a_word_back_is_named"):
        Likeness.objects.update(undone_at=NOON)


def test_a_word_that_was_taken_back_leaves_room_for_another(said):
    Likeness.objects.update(undone_at=NOON, undone_by=said.said_by)

    Likeness.objects.create(claim=said.claim, other=said.other, is_same=False, said_at=NOON, said_by=said.said_by)

    assert Likeness.objects.standing().get().is_same is False
