"""What editors do with a claim that lost its place in a newer text."""

from dataclasses import asdict
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from reviews.core.reading.anchors import anchor_at
from reviews.errors import ClaimStandsAlready, OrphanIsDecided, TextIsSuperseded
from reviews.jobs.reanchoring import copy_likenesses, copy_sources, follow_on
from reviews.models import Claim, Reanchoring, Revision, User


@transaction.atomic
def place_orphan(orphan: Reanchoring, *, start: int, end: int, by: User, at: datetime) -> Claim:
    """Say that an orphaned claim stands at ``text[start:end]`` of the new text, in code points; return it there.

    It comes with its words, flags, state and sources; a suggestion at this very place becomes it. Raises
    AnchorOutsideText, OrphanIsDecided, TextIsSuperseded, and ClaimStandsAlready where another claim has been decided
    there.
    """
    orphan = _undecided(orphan)
    revision = Revision.objects.select_for_update(no_key=True).get(pk=orphan.revision_id)
    anchor = anchor_at(revision.text, start, end)
    there = revision.claims.filter(start=start, end=end).first()
    if there and (there.state != Claim.State.SUGGESTED or Reanchoring.objects.filter(successor=there).exists()):
        raise ClaimStandsAlready
    last = (revision.claims.aggregate(last=Max("rank"))["last"] or 0) + 1
    successor = follow_on(orphan.claim, new=there or Claim(revision=revision, **asdict(anchor)), last=last, into=None)
    copy_sources(orphan.claim, to=successor)
    copy_likenesses(orphan.claim, to=successor)
    _decide(orphan, successor=successor, by=by, at=at)
    return successor


@transaction.atomic
def leave_orphan(orphan: Reanchoring, *, by: User, at: datetime) -> None:
    """Say that the new text does not make a claim any more. Raises OrphanIsDecided, TextIsSuperseded."""
    _decide(_undecided(orphan), successor=None, by=by, at=at)


@transaction.atomic
def reopen_orphan(orphan: Reanchoring) -> None:
    """Look again for the place of a claim that was left out.

    Raises TextIsSuperseded, and OrphanIsDecided where it has a place.
    """
    orphan = _held(orphan)
    if orphan.successor_id:
        raise OrphanIsDecided
    orphan.decided_at = orphan.decided_by = None
    orphan.save(update_fields=["decided_at", "decided_by"])


def _held(orphan: Reanchoring) -> Reanchoring:
    rows = Reanchoring.objects.select_for_update(of=("self",)).select_related("revision", "claim")
    orphan = rows.get(pk=orphan.pk)
    if orphan.revision.is_superseded:
        raise TextIsSuperseded
    return orphan


def _undecided(orphan: Reanchoring) -> Reanchoring:
    orphan = _held(orphan)
    if orphan.decided_at or orphan.successor_id:
        raise OrphanIsDecided
    return orphan


def _decide(orphan: Reanchoring, *, successor: Claim | None, by: User, at: datetime) -> None:
    orphan.successor, orphan.decided_by, orphan.decided_at = successor, by, at
    orphan.save(update_fields=["successor", "decided_by", "decided_at"])
