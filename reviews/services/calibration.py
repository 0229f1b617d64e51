"""How an editor says that a round is a calibration, and what is right of its claims."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from reviews.errors import KnownAnswerUnexplained, LevelOfAnotherScale, MarksAreIn, NothingKnown
from reviews.models import Calibration, KnownAnswer, Level, Review, Round, RoundClaim, User


class Known(NamedTuple):
    """What is right of a claim, why, and where that stands."""

    level: Level
    reason: str
    source: str


@transaction.atomic
def set_known_answers(round: Round, answers: Mapping[RoundClaim, Known], *, by: User, at: datetime) -> Calibration:
    """Make a round a calibration with these answers and no others; what was known of another claim before is dropped.

    Raises MarksAreIn, NothingKnown, LevelOfAnotherScale, KnownAnswerUnexplained.
    """
    round = _refuse_late(round)
    if not answers:
        raise NothingKnown
    for known in answers.values():
        if known.level.scale_id != round.scale_id:
            raise LevelOfAnotherScale
        if not known.reason.strip() or not known.source.strip():
            raise KnownAnswerUnexplained
    calibration, _ = Calibration.objects.get_or_create(round=round, defaults={"declared_by": by, "declared_at": at})
    calibration.answers.exclude(claim__in=answers).delete()
    for claim, known in answers.items():
        said = {"level": known.level, "reason": known.reason.strip(), "source": known.source.strip()}
        if not KnownAnswer.objects.filter(claim=claim, **said).exists():
            given = {"given_by": by, "given_at": at, "calibration": calibration}
            KnownAnswer.objects.update_or_create(claim=claim, defaults={**said, **given})
    return calibration


@transaction.atomic
def end_calibration(round: Round) -> None:
    """Make a round one like any other again, as long as nobody has handed in. Raises MarksAreIn."""
    round = _refuse_late(round)
    Calibration.objects.filter(round=round).delete()


def may_set_answers(round: Round) -> bool:
    """Whether nobody has handed in yet, so that what is known was known before the marks."""
    return round.is_open and not Review.objects.submitted().filter(assignment__round=round).exists()


def _refuse_late(round: Round) -> Round:
    round = Round.objects.select_for_update().get(pk=round.pk)
    if not may_set_answers(round):
        raise MarksAreIn
    return round
