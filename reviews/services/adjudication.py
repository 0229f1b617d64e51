"""How an editor decides a claim that the panel could not: first blind, then with reasons."""

from datetime import datetime

from django.db import transaction

from reviews.errors import (
    AlreadyAdjudicating,
    CauseMissing,
    ClaimIsNotHeld,
    DecidedByAnother,
    EditorReviewsTheRound,
    LevelOfAnotherScale,
    NotMarkedBlind,
    ReasonMissing,
    SecondLookIsOpen,
)
from reviews.jobs.recheck import owe_recheck
from reviews.models import Adjudication, Level, Recheck, Round, RoundClaim, SecondLook, User, Verdict


@transaction.atomic
def mark_blind(claim: RoundClaim, *, editor: User, level: Level, rationale: str, at: datetime) -> Adjudication:
    """Record what the editor thinks of a held claim before seeing votes, reasons or evidence; now they may be seen.

    Raises EditorReviewsTheRound, ClaimIsNotHeld, AlreadyAdjudicating, LevelOfAnotherScale, ReasonMissing.
    """
    _refuse_adjudicator(claim, editor=editor)
    if level.scale_id != claim.round.scale_id:
        raise LevelOfAnotherScale
    if not rationale.strip():
        raise ReasonMissing
    return Adjudication.objects.create(
        claim=claim, editor=editor, own_level=level, own_rationale=rationale.strip(), marked_at=at
    )


@transaction.atomic
def renounce(claim: RoundClaim, *, editor: User, at: datetime) -> Adjudication:
    """Let the editor see a held claim's votes for the price of never deciding it.

    Raises EditorReviewsTheRound, ClaimIsNotHeld, AlreadyAdjudicating.
    """
    _refuse_adjudicator(claim, editor=editor)
    return Adjudication.objects.create(claim=claim, editor=editor, renounced_at=at)


@transaction.atomic
def decide(
    adjudication: Adjudication,
    *,
    level: Level | None,
    reasoning: str,
    disagreement: str,
    note: str = "",
    at: datetime,
) -> None:
    """Rule on a held claim, or (``level`` is None) leave it without a verdict, and owe the report that says so.

    ``disagreement`` is a code of DISAGREEMENTS and published; ``note`` stays on the desk. Whoever decided may decide
    again. Raises EditorReviewsTheRound, NotMarkedBlind, ReasonMissing, CauseMissing, LevelOfAnotherScale,
    DecidedByAnother, SecondLookIsOpen, ClaimIsNotHeld.
    """
    round = Round.objects.select_for_update().get(claims=adjudication.claim_id)
    adjudication = Adjudication.objects.select_for_update(of=["self"]).get(pk=adjudication.pk)
    _refuse_judging(round, editor=adjudication.editor)
    if adjudication.marked_at is None:
        raise NotMarkedBlind
    if not reasoning.strip():
        raise ReasonMissing
    if not disagreement:
        raise CauseMissing
    if level and level.scale_id != round.scale_id:
        raise LevelOfAnotherScale
    others = Adjudication.objects.filter(claim=adjudication.claim_id).exclude(pk=adjudication.pk)
    if others.decided().exists():
        raise DecidedByAnother
    _refuse_untimely(adjudication)
    adjudication.level, adjudication.reasoning, adjudication.decided_at = level, reasoning.strip(), at
    adjudication.disagreement, adjudication.note = disagreement, note.strip()
    adjudication.save(update_fields=["level", "reasoning", "disagreement", "note", "decided_at"])
    owe_recheck(round, cause=Recheck.Cause.DECISION, at=at)


def _refuse_untimely(adjudication: Adjudication) -> None:
    if SecondLook.objects.open().filter(claim=adjudication.claim_id).exists():
        raise SecondLookIsOpen
    if adjudication.decided_at is None and not is_held(adjudication.claim):
        raise ClaimIsNotHeld


def hold_undecided(claim: RoundClaim, *, editor: User) -> None:
    """Lock the round of a claim that waits for an editor's decision.

    Raises EditorReviewsTheRound, ClaimIsNotHeld, DecidedByAnother.
    """
    round = Round.objects.select_for_update().get(pk=claim.round_id)
    _refuse_judging(round, editor=editor)
    if not is_held(claim):
        raise ClaimIsNotHeld
    if claim.adjudications.decided().exists():
        raise DecidedByAnother


def _refuse_judging(round: Round, *, editor: User) -> None:
    if not Round.objects.judged_by_others_than(editor).filter(pk=round.pk).exists():
        raise EditorReviewsTheRound


def is_held(claim: RoundClaim) -> bool:
    """Whether the newest report holds the claim, decided or not."""
    newest = Verdict.objects.filter(claim=claim).order_by("-report__number").first()
    return newest is not None and bool(newest.held)


def _refuse_adjudicator(claim: RoundClaim, *, editor: User) -> None:
    hold_undecided(claim, editor=editor)
    if claim.adjudications.of(editor).exists():
        raise AlreadyAdjudicating
