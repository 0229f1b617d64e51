"""How answers about the whole article are saved."""

import pytest

from reviews.core.judging.definitions import shipped_instruments
from reviews.errors import ChangedElsewhere
from reviews.jobs.instrument import install_instruments
from reviews.models import Answer, AnswerSheet, Instrument, Omission, Review
from reviews.services.answer import record_answers, record_omissions
from reviews.services.outline import claims_done
from reviews.services.progress import progress_of
from reviews.services.review import what_is_missing
from tests.core.judging.forms import FORM
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


@pytest.fixture
def about_claims(db) -> Instrument:
    return Instrument.objects.create(slug="form", version=2, title="A form", about="claim", definition=FORM)


def test_an_instrument_about_claims_is_answered_claim_by_claim(about_claims):
    review = ReviewFactory(omissions_considered=True)
    review.round.instruments.add(about_claims)
    first, second = review.round.claims.all()

    record_answers(review, instrument=about_claims, claim=first, version=0, answers={"sourced": "yes"})
    record_answers(review, instrument=about_claims, claim=second, version=0, answers={"sourced": "no"})
    record_answers(
        review, instrument=about_claims, claim=first, version=1, answers={"sourced": "no", "read": "attested"}
    )

    answers = Answer.objects.filter(item="sourced").order_by("sheet__claim__number")
    assert [(answer.sheet.claim, answer.value) for answer in answers] == [(first, "no"), (second, "no")]


def test_a_form_about_claims_is_missing_at_every_claim_that_has_a_level(about_claims):
    review = ReviewFactory(marks=["accurate", None], omissions_considered=True)
    review.round.instruments.add(about_claims)
    first = review.round.claims.first()
    record_answers(review, instrument=about_claims, claim=first, version=0, answers={"sourced": "yes"})

    assert [(gap.place, gap.field) for gap in what_is_missing(review)] == [
        ("1", "form-form-answer-how_well"),
        ("1", "form-form-answer-read"),
    ]
    said = {"sourced": "yes", "how_well": "3", "read": "attested"}
    record_answers(review, instrument=about_claims, claim=first, version=1, answers=said)
    assert what_is_missing(review) == ()


def review_with(*slugs: str) -> tuple[Review, dict[str, Instrument]]:
    install_instruments()
    review = ReviewFactory()
    review.round.instruments.set(Instrument.objects.filter(slug__in=slugs))
    return review, {one.slug: one for one in review.round.instruments.all()}


def carried(review: Review) -> dict[str, tuple[str, str]]:
    answers = Answer.objects.filter(sheet__review=review).exclude(carried_from="")
    return {answer.item: (answer.value, answer.carried_from) for answer in answers}


def test_one_fact_is_answered_once_and_its_origin_is_shown():
    review, forms = review_with("healthnewsreview", "discern")

    record_answers(review, instrument=forms["healthnewsreview"], version=0, answers={"harms": "satisfactory"})

    assert carried(review) == {"risks": ("5", "healthnewsreview.harms")}
    discern, _ = progress_of(review).sheets
    assert discern.carried == {"risks": "HealthNewsReview criteria, question 3"}


def test_what_was_carried_over_follows_its_origin():
    review, forms = review_with("healthnewsreview", "discern")
    form = forms["healthnewsreview"]
    record_answers(review, instrument=form, version=0, answers={"harms": "satisfactory"})

    record_answers(review, instrument=form, version=1, answers={"harms": "not_satisfactory"})
    assert carried(review) == {"risks": ("2", "healthnewsreview.harms")}

    record_answers(review, instrument=form, version=2, answers={"harms": "not_applicable"})
    assert carried(review) == {}


def test_what_was_carried_over_can_be_overruled_for_good():
    review, forms = review_with("healthnewsreview", "discern")
    record_answers(review, instrument=forms["healthnewsreview"], version=0, answers={"harms": "satisfactory"})

    record_answers(review, instrument=forms["discern"], version=1, answers={"risks": "3"})
    record_answers(review, instrument=forms["healthnewsreview"], version=1, answers={"harms": "not_satisfactory"})

    discern = AnswerSheet.objects.get(instrument=forms["discern"])
    assert (answers_of(discern), carried(review)) == ({"risks": "3"}, {})


def test_saving_a_form_with_a_carried_answer_leaves_it_carried():
    review, forms = review_with("healthnewsreview", "discern")
    record_answers(review, instrument=forms["healthnewsreview"], version=0, answers={"harms": "satisfactory"})

    record_answers(review, instrument=forms["discern"], version=1, answers={"risks": "5", "relevant": "4"})

    assert carried(review) == {"risks": ("5", "healthnewsreview.harms")}


def test_a_carried_answer_is_not_carried_on():
    review, forms = review_with("healthnewsreview", "healthnewsreview-release", "discern")

    record_answers(review, instrument=forms["healthnewsreview-release"], version=0, answers={"harms": "satisfactory"})

    assert carried(review) == {"risks": ("5", "healthnewsreview-release.harms")}


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


def test_claims_are_counted_as_done_where_nothing_is_missing_of_their_forms(about_claims):
    review = ReviewFactory(marks=["accurate", "accurate"], omissions_considered=True)
    review.round.instruments.add(about_claims)
    first, second = review.round.claims.all()
    said = {"sourced": "yes", "how_well": "3", "read": "attested"}
    record_answers(review, instrument=about_claims, claim=first, version=0, answers=said)
    record_answers(review, instrument=about_claims, claim=second, version=0, answers={"sourced": "yes"})

    progress = progress_of(review)

    assert [work.claim.number for work in progress.claims if not work.gaps] == [first.number]
    assert claims_done([review])[review.pk].claims == {first.pk}
