"""Rounds whose right answers are known beforehand: to see how reviewers do, never to be published."""

from typing import ClassVar

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from reviews.models.event import tracked
from reviews.models.instrument import Level
from reviews.models.round import Round, RoundClaim
from reviews.models.user import User


def before_the_marks(name: str, round: str) -> pgtrigger.Trigger:
    """Return the trigger that refuses any change once somebody has handed in, or the round is closed.

    ``round`` is the SQL that finds the round's id from ``{row}``, the changed row.
    """
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        declare=[("touched", "reviews_round.id%TYPE")],
        func=f"""
            IF TG_OP = 'DELETE' THEN touched := {round.format(row="OLD")};
            ELSE touched := {round.format(row="NEW")}; END IF;
            IF EXISTS (SELECT FROM reviews_round r WHERE r.id = touched AND r.closed_at IS NOT NULL) OR EXISTS (
                SELECT FROM reviews_review v JOIN reviews_assignment a ON a.id = v.assignment_id
                WHERE a.round_id = touched AND v.submitted_at IS NOT NULL
            ) THEN
                RAISE EXCEPTION 'somebody has handed in, or the round is closed'
                    USING ERRCODE = 'check_violation', CONSTRAINT = '{name}';
            END IF;
            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
            RETURN NEW;
        """,  # noqa: S608 - nothing in it comes from outside
    )


@tracked()
class Calibration(models.Model):
    """An editor's word that a round is there to see how reviewers do: declared before the marks, never published.

    Reviewers learn of it at the reveal.
    """

    round = models.OneToOneField(Round, on_delete=models.PROTECT, related_name="calibration")
    declared_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    declared_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["-declared_at"]
        triggers: ClassVar[list[pgtrigger.Trigger]] = [
            before_the_marks("a_calibration_is_declared_before_the_marks", "{row}.round_id"),
        ]

    def __str__(self) -> str:
        return f"Calibration: {self.round}"


@tracked()
class KnownAnswer(models.Model):
    """What is right of one claim of a calibration, why, and where that stands."""

    calibration = models.ForeignKey(Calibration, on_delete=models.CASCADE, related_name="answers")
    claim = models.OneToOneField(RoundClaim, on_delete=models.PROTECT, related_name="known_answer")
    level = models.ForeignKey(Level, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(max_length=2000)
    source = models.CharField(max_length=500)
    given_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["claim"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(reason__gt="", source__gt=""),
                name="a_known_answer_gives_reason_and_source",
                violation_error_message=_("Say why that is right, and where it stands."),
            ),
        ]
        triggers: ClassVar[list[pgtrigger.Trigger]] = [
            before_the_marks(
                "known_answers_come_before_the_marks",
                "(SELECT c.round_id FROM reviews_roundclaim c WHERE c.id = {row}.claim_id)",
            ),
            pgtrigger.Trigger(
                name="a_known_answer_is_of_its_round_and_scale",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func="""
                    IF NOT EXISTS (
                        SELECT FROM reviews_calibration k
                        JOIN reviews_round r ON r.id = k.round_id
                        JOIN reviews_roundclaim c ON c.round_id = r.id
                        JOIN reviews_level l ON l.scale_id = r.scale_id
                        WHERE k.id = NEW.calibration_id AND c.id = NEW.claim_id AND l.id = NEW.level_id
                    ) THEN
                        RAISE EXCEPTION 'the claim is of another round, or the level of another scale'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'a_known_answer_is_of_its_round_and_scale';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.level}: {self.claim}"
