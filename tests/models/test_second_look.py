from datetime import timedelta

import pytest

from reviews.models import SecondLook, SecondMark, standing_marks
from tests.factories import NOON, EditorFactory, ReviewFactory, RoundFactory


@pytest.fixture
def review(db):
    return ReviewFactory(round=RoundFactory(), marks=["accurate", "misleading"])


@pytest.fixture
def look(review):
    return SecondLook.objects.create(claim=review.round.claims.first(), asked_by=EditorFactory(), asked_at=NOON)


def level(review, name):
    return review.round.scale.levels.get(name=name)


def test_a_claim_is_looked_at_again_once(refused, look):
    with refused("reviews_secondlook_claim_id_key"):
        SecondLook.objects.create(claim=look.claim, asked_by=look.asked_by, asked_at=NOON)


def test_a_second_look_ends_after_it_was_asked(refused, look):
    with refused("a_second_look_ends_after_it_was_asked"):
        SecondLook.objects.update(ended_at=NOON - timedelta(days=1))


def test_a_reviewer_answers_once(refused, look, review):
    look.marks.create(review=review, level=level(review, "misleading"), marked_at=NOON)

    with refused("one_second_mark_per_reviewer"):
        look.marks.create(review=review, level=level(review, "misleading"), marked_at=NOON)


def test_a_second_mark_is_a_level_or_a_reason(refused, look, review):
    with refused("a_second_mark_is_a_level_or_a_reason"):
        look.marks.create(review=review, marked_at=NOON)
    with refused("a_second_mark_is_a_level_or_a_reason"):
        look.marks.create(
            review=review, level=level(review, "misleading"), could_not_assess="no_access", marked_at=NOON
        )


def test_a_second_mark_never_changes(protected, look, review):
    look.marks.create(review=review, level=level(review, "misleading"), marked_at=NOON)

    with protected("second_mark_never_changes"):
        SecondMark.objects.update(rationale="On third thoughts.")


def test_no_second_mark_comes_after_the_end(refused, look, review):
    SecondLook.objects.update(ended_at=NOON)

    with refused("second_mark_comes_while_the_look_is_open"):
        look.marks.create(review=review, level=level(review, "misleading"), marked_at=NOON)


def test_a_second_mark_stands_when_the_look_has_ended(look, review):
    look.marks.create(review=review, level=level(review, "misleading"), marked_at=NOON)
    before = {number: mark.level.name for number, mark in standing_marks(review).items()}

    SecondLook.objects.update(ended_at=NOON)

    after = {number: mark.level.name for number, mark in standing_marks(review).items()}
    assert (before, after) == ({1: "accurate", 2: "misleading"}, {1: "misleading", 2: "misleading"})
