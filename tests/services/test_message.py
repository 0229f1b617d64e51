"""What a reviewer and the editors write to each other."""

import pytest

from reviews.errors import MessageEmpty
from reviews.models import Message, Notice
from reviews.services.message import ask_editor, reply_to_reviewer
from tests.factories import NOON, AssignmentFactory, EditorFactory, ReviewFactory, RoundFactory

pytestmark = pytest.mark.django_db


def test_a_question_is_kept_and_every_editor_of_the_round_gets_a_mail():
    editors = [EditorFactory(), EditorFactory()]
    review = ReviewFactory(round=RoundFactory(editors=editors))
    claim = review.round.claims.first()

    message = ask_editor(review, claim=claim, text=" Which trial? ", by=review.assignment.reviewer, at=NOON)

    assert (message.text, message.claim) == ("Which trial?", claim)
    assert [notice.recipient for notice in Notice.objects.filter(kind="question").order_by("recipient")] == editors


def test_an_editor_who_reviews_the_round_learns_of_no_other_reviewer_by_mail():
    both = EditorFactory()
    round = RoundFactory(editors=[both])
    AssignmentFactory(round=round, reviewer=both)
    review = ReviewFactory(round=round)

    ask_editor(review, claim=None, text="Who is the vendor?", by=review.assignment.reviewer, at=NOON)

    assert not Notice.objects.filter(kind="question").exists()


def test_an_answer_reaches_the_reviewer():
    review = ReviewFactory()
    editor = review.round.opened_by

    reply_to_reviewer(review, claim=None, text="The one of 2019.", by=editor, at=NOON)

    assert Message.objects.get().author == editor
    assert [notice.recipient for notice in Notice.objects.filter(kind="reply")] == [review.assignment.reviewer]


def test_an_empty_message_is_not_sent():
    review = ReviewFactory()

    with pytest.raises(MessageEmpty):
        ask_editor(review, claim=None, text=" ", by=review.assignment.reviewer, at=NOON)
