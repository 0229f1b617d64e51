"""How editors open a round, move its day and end it."""

from collections.abc import Collection, Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from reviews.errors import (
    DueInThePast,
    NobodyEdits,
    NoClaimsAccepted,
    QuorumTooSmall,
    RoundIsClosed,
    RoundIsOpen,
    ScaleMissing,
    TextIsSuperseded,
)
from reviews.jobs.assignment import tell_of_another_day
from reviews.jobs.instrument import SCALE_SLUG
from reviews.jobs.round import close_round
from reviews.models import Article, Claim, Instrument, Revision, Round, RoundCitation, RoundClaim, Scale, User
from reviews.services.commerce import found_in

SMALLEST_QUORUM = 2
VAGUE = "vague_attribution"


@transaction.atomic
def open_round(
    revision: Revision,
    *,
    quorum: int,
    due_on: date,
    instruments: Iterable[Instrument],
    editors: Collection[User],
    rationale: str,
    by: User,
    today: date,
    at: datetime,
) -> Round:
    """Put a text before a panel, with a copy of its accepted claims and their sources as they stand now.

    Raises DueInThePast, QuorumTooSmall, NobodyEdits, TextIsSuperseded, RoundIsOpen, ScaleMissing, NoClaimsAccepted.
    """
    if due_on < today:
        raise DueInThePast
    if quorum < SMALLEST_QUORUM:
        raise QuorumTooSmall
    if not editors:
        raise NobodyEdits
    article = Article.objects.select_for_update(no_key=True).get(pk=revision.article_id)
    if revision.is_superseded:
        raise TextIsSuperseded
    if Round.objects.open().filter(revision__article=article).exists():
        raise RoundIsOpen
    round = Round.objects.create(
        revision=revision,
        scale=_newest_scale(),
        quorum=quorum,
        rationale=rationale,
        opened_on=today,
        opened_at=at,
        opened_by=by,
        due_on=due_on,
        found=found_in(revision),
    )
    round.instruments.set(instruments)
    round.editors.set(editors)
    _freeze_claims(round)
    return round


@transaction.atomic
def extend_round(round: Round, *, due_on: date, today: date, at: datetime) -> None:
    """Move the day on which an open round is due, and with it every request that was due then; owe those the mail.

    Raises RoundIsClosed, DueInThePast.
    """
    round = Round.objects.select_for_update().get(pk=round.pk)
    if not round.is_open:
        raise RoundIsClosed
    if due_on < today:
        raise DueInThePast
    moving = Q(due_on=round.due_on) | Q(due_on__gt=due_on)
    for assignment in round.assignments.open().filter(moving).exclude(due_on=due_on).select_related("reviewer"):
        assignment.due_on = due_on
        assignment.save(update_fields=["due_on"])
        tell_of_another_day(assignment, at=at)
    round.due_on = due_on
    round.save(update_fields=["due_on"])


@transaction.atomic
def end_round(round: Round, *, at: datetime) -> None:
    """Close a round by an editor's decision: open reviews are released, the report is owed. Raises RoundIsClosed."""
    round = Round.objects.select_for_update().get(pk=round.pk)
    if not round.is_open:
        raise RoundIsClosed
    close_round(round, closing=Round.Closing.EDITOR, at=at)


@transaction.atomic
def set_reminders(round: Round, *, days: Iterable[int]) -> None:
    """Choose on which days from their due date the reviewers of an open round are reminded; on none at all is fine.

    Raises RoundIsClosed.
    """
    round = Round.objects.select_for_update().get(pk=round.pk)
    if not round.is_open:
        raise RoundIsClosed
    round.reminders = sorted(set(days))
    round.save(update_fields=["reminders"])


def _newest_scale() -> Scale:
    scale = Scale.objects.filter(slug=SCALE_SLUG).order_by("-version").first()
    if scale is None:
        raise ScaleMissing
    return scale


def _freeze_claims(round: Round) -> None:
    claims = list(round.revision.claims.listed().prefetch_related("citations__source"))
    if not claims:
        raise NoClaimsAccepted
    copies = RoundClaim.objects.bulk_create(
        _copy_of(claim, round=round, number=number) for number, claim in enumerate(claims, start=1)
    )
    RoundCitation.objects.bulk_create(
        RoundCitation(
            claim=copy,
            source=citation.source,
            record=citation.source.record.as_csl(),
            origin=citation.origin,
        )
        for claim, copy in zip(claims, copies, strict=True)
        for citation in claim.citations.all()
    )


def _copy_of(claim: Claim, *, round: Round, number: int) -> RoundClaim:
    return RoundClaim(
        round=round,
        claim=claim,
        number=number,
        wording=claim.wording,
        kind=claim.kind,
        quote=claim.quote,
        start=claim.start,
        end=claim.end,
        is_headline=claim.is_headline,
        is_high_harm=claim.is_high_harm,
        asks_for_source=VAGUE in claim.cues and all(one.origin != one.Origin.ARTICLE for one in claim.citations.all()),
    )
