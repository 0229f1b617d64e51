"""How answers about the whole article are saved."""

import pytest

from reviews.core.judging.instruments import shipped_instruments
from reviews.errors import ChangedElsewhere
from reviews.jobs.instrument import install_instruments
from reviews.models import AnswerSheet, Instrument, Omission, Review
from reviews.services.answer import record_answers, record_omissions
from reviews.services.review import what_is_missing
from tests.factories import ReviewFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def discern() -> Instrument:
    install_instruments()
    return Instrument.objects.get(slug="discern")


def answers_of(sheet: AnswerSheet) -> dict[str, str]:
    return {answer.item: answer.value for answer in sheet.answers.all()}


def test_answers_are_saved_one_by_one_and_taken_back(discern):
    review = ReviewFactory()

    record_answers(review, instrument=discern, version=0, answers={"aims_clear": "4"})
    record_answers(review, instrument=discern, version=1, answers={"aims_clear": "5", "relevant": "1"})
    sheet = record_answers(review, instrument=discern, version=2, answers={"relevant": "1"})

    assert (sheet.version, answers_of(sheet)) == (3, {"relevant": "1"})


def test_no_answers_make_no_sheet(discern):
    record_answers(ReviewFactory(), instrument=discern, version=0, answers={})

    assert not AnswerSheet.objects.exists()


def test_the_second_tab_overwrites_no_answers(discern):
    review = ReviewFactory()
    record_answers(review, instrument=discern, version=0, answers={"relevant": "1"})

    with pytest.raises(ChangedElsewhere):
        record_answers(review, instrument=discern, version=0, answers={"relevant": "2"})

    assert answers_of(AnswerSheet.objects.get()) == {"relevant": "1"}


def test_every_required_question_is_missing_until_it_is_answered(discern):
    review = ReviewFactory(marks=[None, None], omissions_considered=True)
    review.round.instruments.add(discern)
    items = [item for one in shipped_instruments() if one.slug == "discern" for item in one.items if item.required]

    assert [gap.field for gap in what_is_missing(review)] == [f"sheet-answer-{item.key}" for item in items]

    record_answers(review, instrument=discern, version=0, answers={item.key: "3" for item in items})

    assert what_is_missing(review) == ()


def test_omissions_are_saved_with_their_notes_and_taken_back():
    review = ReviewFactory()

    record_omissions(review, version=0, omissions={"harms": "None named", "cost": ""}, considered=False)
    record_omissions(review, version=1, omissions={"cost": "40 a month"}, considered=True)

    assert [(one.kind, one.note) for one in Omission.objects.all()] == [("cost", "40 a month")]
    review.refresh_from_db()
    assert (review.omissions_version, review.omissions_considered) == (2, True)


def test_the_second_tab_overwrites_no_omissions():
    review = ReviewFactory()
    record_omissions(review, version=0, omissions={"harms": ""}, considered=True)

    with pytest.raises(ChangedElsewhere) as refusal:
        record_omissions(review, version=0, omissions={"cost": ""}, considered=False)

    assert isinstance(refusal.value.current, Review)
    assert [one.kind for one in Omission.objects.all()] == ["harms"]
