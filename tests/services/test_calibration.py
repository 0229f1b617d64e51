"""How an editor says what is right of a round's claims, before the marks."""

from datetime import timedelta

import pytest

from reviews.errors import CalibrationStaysHere, KnownAnswerUnexplained, LevelOfAnotherScale, MarksAreIn, NothingKnown
from reviews.jobs.report import compile_report
from reviews.models import Calibration, KnownAnswer, Publication, Round
from reviews.services.calibration import Known, end_calibration, set_known_answers
from reviews.services.publication import publish_report
from tests.factories import NOON, EditorFactory, ReviewFactory, RoundFactory, ScaleFactory

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=1)


@pytest.fixture
def round():
    return RoundFactory(claims=2)


@pytest.fixture
def editor():
    return EditorFactory()


def known(round, level="misleading", reason=" The trial says so. ", source=" 10.5555/trial "):
    return Known(round.scale.levels.get(name=level), reason, source)


def test_a_round_with_known_answers_is_a_calibration(round, editor):
    first, last = round.claims.all()

    set_known_answers(round, {first: known(round)}, by=editor, at=NOON)
    set_known_answers(round, {first: known(round), last: known(round, "accurate")}, by=EditorFactory(), at=LATER)
    answers = list(KnownAnswer.objects.values_list("claim", "level__name", "reason", "source", "given_by", "given_at"))
    set_known_answers(round, {last: known(round, "inaccurate")}, by=editor, at=LATER)

    assert answers[0] == (first.pk, "misleading", "The trial says so.", "10.5555/trial", editor.pk, NOON)
    assert answers[1][:2] == (last.pk, "accurate")
    assert [(one.claim, one.level.name) for one in KnownAnswer.objects.all()] == [(last, "inaccurate")]
    assert Calibration.objects.get().declared_by == editor


def test_an_answer_says_what_why_and_where(round, editor):
    claim = round.claims.first()
    other = ScaleFactory(slug="other")

    for refusal, answers in (
        (NothingKnown, {}),
        (KnownAnswerUnexplained, {claim: known(round, reason=" ")}),
        (KnownAnswerUnexplained, {claim: known(round, source="")}),
        (LevelOfAnotherScale, {claim: Known(other.levels.first(), "Why", "Where")}),
    ):
        with pytest.raises(refusal):
            set_known_answers(round, answers, by=editor, at=NOON)
    assert not Calibration.objects.exists()


def test_once_somebody_has_handed_in_nothing_is_changed_any_more(round, editor):
    answers = {round.claims.first(): known(round)}
    set_known_answers(round, answers, by=editor, at=NOON)
    ReviewFactory(round=round, marks=["accurate"], submitted=True)

    with pytest.raises(MarksAreIn):
        set_known_answers(round, answers, by=editor, at=LATER)
    with pytest.raises(MarksAreIn):
        end_calibration(round)
    with pytest.raises(MarksAreIn):
        set_known_answers(RoundFactory(closed_at=NOON, closing="editor"), answers, by=editor, at=LATER)


def test_before_that_it_can_be_a_round_like_any_other_again(round, editor):
    set_known_answers(round, {round.claims.first(): known(round)}, by=editor, at=NOON)

    end_calibration(round)
    end_calibration(round)

    assert (Calibration.objects.count(), KnownAnswer.objects.count()) == (0, 0)


def test_a_calibration_is_not_published(round, editor):
    set_known_answers(round, {round.claims.first(): known(round)}, by=editor, at=NOON)
    for _ in range(3):
        ReviewFactory(round=round, marks=["misleading", "misleading"], submitted=True)
    Round.objects.filter(pk=round.pk).update(closed_at=NOON, closing="editor")
    report = compile_report(round, at=NOON)

    with pytest.raises(CalibrationStaysHere):
        publish_report(report, summary="", correction="", by=editor, at=LATER)
    assert not Publication.objects.exists()
