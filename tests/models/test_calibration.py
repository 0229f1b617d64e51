import pytest

from reviews.models import Calibration, KnownAnswer, Publication
from tests.factories import NOON, EditorFactory, ReportFactory, ReviewFactory, RoundFactory, ScaleFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def calibration():
    round = RoundFactory(claims=2)
    return Calibration.objects.create(round=round, declared_by=round.opened_by, declared_at=NOON)


def answer(calibration, **fields):
    round = calibration.round
    level = round.scale.levels.get(name="misleading")
    said = {"claim": round.claims.first(), "level": level, "reason": "The trial says so.", "source": "10.5555/trial"}
    given = {"given_by": round.opened_by, "given_at": NOON}
    return KnownAnswer.objects.create(**{"calibration": calibration, **said, **given, **fields})


def test_a_known_answer_gives_reason_and_source(refused, calibration):
    for missing in ({"reason": ""}, {"source": ""}):
        with refused("a_known_answer_gives_reason_and_source"):
            answer(calibration, **missing)


def test_a_known_answer_is_of_its_round_and_scale(refused, calibration):
    other = ScaleFactory(slug="other")

    with refused("a_known_answer_is_of_its_round_and_scale"):
        answer(calibration, claim=RoundFactory(claims=1).claims.get())
    with refused("a_known_answer_is_of_its_round_and_scale"):
        answer(calibration, level=other.levels.first())


def test_what_is_known_is_known_before_the_marks(refused, calibration):
    known = answer(calibration)
    ReviewFactory(round=calibration.round, submitted=True)

    with refused("known_answers_come_before_the_marks"):
        answer(calibration, claim=calibration.round.claims.last())
    with refused("known_answers_come_before_the_marks"):
        KnownAnswer.objects.update(reason="Seen otherwise now.")
    with refused("known_answers_come_before_the_marks"):
        known.delete()
    with refused("a_calibration_is_declared_before_the_marks"):
        Calibration.objects.filter(pk=calibration.pk)._raw_delete("default")


def test_a_round_becomes_a_calibration_before_the_marks(refused):
    submitted, closed = ReviewFactory(submitted=True).round, RoundFactory(closed_at=NOON, closing="editor")

    for round in (submitted, closed):
        with refused("a_calibration_is_declared_before_the_marks"):
            Calibration.objects.create(round=round, declared_by=EditorFactory(), declared_at=NOON)


def test_a_calibration_is_never_published(refused, calibration):
    round = calibration.round
    type(round).objects.filter(pk=round.pk).update(closed_at=NOON, closing="editor")
    report = ReportFactory(round=round)

    with refused("a_calibration_is_never_published"):
        Publication.objects.create(
            article=round.revision.article, report=report, published_at=NOON, published_by=round.opened_by
        )


def test_what_was_known_leaves_lines_in_the_trail(calibration):
    known = answer(calibration)

    KnownAnswer.objects.update(reason="The review says so.")

    assert list(known.events.order_by("pgh_id").values_list("pgh_label", flat=True)) == ["insert", "update"]
    assert list(calibration.events.values_list("pgh_label", flat=True)) == ["insert"]
