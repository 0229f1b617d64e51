from datetime import datetime, timedelta

import pytest

from reviews.models import Answer, AnswerSheet, Appraisal, Instrument, Mark, Message, Omission, Review
from tests.factories import (
    NOON,
    AppraisalFactory,
    MarkFactory,
    ReviewFactory,
    RoundCitationFactory,
    RoundFactory,
    UserFactory,
)


@pytest.fixture
def review(db):
    return ReviewFactory(marks=["accurate"])


@pytest.fixture
def handed_in(db):
    """Return a review with one row of everything, handed in."""
    review = ReviewFactory(marks=["accurate"])
    AppraisalFactory(review=review, citation=RoundCitationFactory(claim=review.round.claims.first()))
    instrument = Instrument.objects.create(slug="moon", title="Moon", about="article", definition="")
    review.sheets.create(instrument=instrument).answers.create(item="costs", value="satisfactory")
    review.omissions.create(kind="harms")
    Review.objects.update(submitted_at=NOON, omissions_considered=True)
    return review


@pytest.mark.parametrize(
    ("model", "change", "rule"),
    [
        (Mark, {"rationale": "On second thoughts."}, "submitted_mark_is_locked"),
        (Appraisal, {"stance": "contradicts"}, "submitted_appraisal_is_locked"),
        (AnswerSheet, {"version": 9}, "submitted_sheet_is_locked"),
        (Answer, {"value": "not_satisfactory"}, "submitted_answer_is_locked"),
        (Omission, {"note": "All of them."}, "submitted_omission_is_locked"),
    ],
)
def test_handed_in_work_is_locked(refused, handed_in, model, change, rule):
    with refused(rule):
        model.objects.update(**change)
    with refused(rule):
        model.objects.all()._raw_delete("default")


def test_nothing_is_added_to_handed_in_work(refused, handed_in):
    with refused("submitted_mark_is_locked"):
        MarkFactory(review=handed_in, claim=handed_in.round.claims.last())


def test_work_taken_back_is_open_again(handed_in):
    Review.objects.update(submitted_at=None)

    assert Mark.objects.update(rationale="On second thoughts.") == 1


def test_a_review_sent_back_says_why(refused, review):
    with refused("review_sent_back_says_why"):
        Review.objects.update(sent_back_at=NOON)


def test_a_submitted_review_considered_omissions(refused, review):
    with refused("submitted_review_considered_omissions"):
        Review.objects.update(submitted_at=NOON)


def test_an_assignment_has_one_review(refused, review):
    with refused("reviews_review_assignment_id_key"):
        ReviewFactory(assignment=review.assignment)


def test_a_claim_has_one_mark_of_a_reviewer(refused, review):
    with refused("one_mark_per_claim_and_review"):
        MarkFactory(review=review)


def test_a_claim_is_marked_or_could_not_be_assessed(refused, review):
    with refused("a_claim_is_marked_or_could_not_be_assessed"):
        Mark.objects.update(could_not_assess="no_access")


def test_reasons_of_certainty_are_on_the_list(refused, review):
    with refused("reasons_of_certainty_are_on_the_list"):
        Mark.objects.update(certainty_reasons=["imprecision_9"])


def test_flaws_are_on_the_list(refused, review):
    with refused("flaws_are_on_the_list"):
        Mark.objects.update(flaws=["no_source_given", "boring"])


def test_a_source_is_appraised_once(refused, review):
    appraisal = AppraisalFactory(review=review, citation=RoundCitationFactory(claim=review.round.claims.first()))

    with refused("one_appraisal_per_source_and_claim"):
        AppraisalFactory(review=review, citation=appraisal.citation)


def test_indirectness_is_on_the_list(refused, review):
    AppraisalFactory(review=review, citation=RoundCitationFactory(claim=review.round.claims.first()))

    with refused("indirectness_is_on_the_list"):
        Appraisal.objects.update(indirect_in=["weather"])


def test_an_instrument_has_one_sheet(refused, handed_in):
    Review.objects.update(submitted_at=None)

    with refused("one_sheet_per_instrument_and_claim"):
        handed_in.sheets.create(instrument=handed_in.sheets.get().instrument)


def test_an_item_has_one_answer(refused, handed_in):
    Review.objects.update(submitted_at=None)

    with refused("one_answer_per_item"):
        handed_in.sheets.get().answers.create(item="costs", value="not_satisfactory")


def test_an_omission_is_named_once(refused, review):
    review.omissions.create(kind="dose")

    with refused("one_omission_per_kind"):
        review.omissions.create(kind="dose")


def test_a_message_says_something(refused, review):
    with refused("message_says_something"):
        Message.objects.create(review=review, author=review.assignment.reviewer, text="", sent_at=NOON)


def test_a_review_is_its_reviewers_alone(review):
    stranger = UserFactory()

    assert list(Review.objects.held_by(review.assignment.reviewer)) == [review]
    assert list(Review.objects.held_by(stranger)) == []


def test_findings_are_revealed_once_the_round_is_closed_and_the_review_handed_in(db):
    closed = RoundFactory(closed_at=NOON, closing="editor")
    handed_in, drafted = ReviewFactory(round=closed, submitted=True), ReviewFactory(round=closed)
    early = ReviewFactory(submitted=True)

    revealed = [
        [review.pk for review in Review.objects.revealed_to(row.assignment.reviewer)]
        for row in (handed_in, drafted, early)
    ]

    assert revealed == [[handed_in.pk], [], []]


def test_a_message_asks_or_answers(db):
    """The trigger "a_message_asks_or_answers" keeps since when a reviewer waits, whoever writes the message."""
    review = ReviewFactory()
    reviewer, editor = review.assignment.reviewer, review.round.opened_by

    def waits_since() -> datetime | None:
        review.refresh_from_db()
        return review.asked_at

    assert waits_since() is None
    Message.objects.create(review=review, author=editor, text="Welcome.", sent_at=NOON)
    assert waits_since() is None
    Message.objects.create(review=review, author=reviewer, text="Which dose?", sent_at=NOON + timedelta(hours=1))
    Message.objects.create(review=review, author=reviewer, text="For whom?", sent_at=NOON + timedelta(hours=2))
    assert waits_since() == NOON + timedelta(hours=1)
    assert list(Review.objects.asking()) == [review]
    Message.objects.create(review=review, author=editor, text="40 mg.", sent_at=NOON + timedelta(hours=3))
    assert waits_since() is None
