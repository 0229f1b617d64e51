"""How editors make a list of claims out of what the machine suggests."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from django.db import transaction

from reviews.core.reading.anchors import anchor_at, locate
from reviews.errors import (
    ClaimIsFrozen,
    ClaimIsMerged,
    ClaimIsOffTheList,
    ClaimIsUnlisted,
    ClaimStandsAlready,
    ClaimWithoutWording,
    MergeIntoNothing,
    MergeNeedsTwo,
    SplitIntoOne,
    SplitOutsideTheQuote,
    TextIsSuperseded,
)
from reviews.models import Citation, Claim, Revision, RoundClaim, User

ACCEPTED, MERGED, REJECTED, SUGGESTED = (
    Claim.State.ACCEPTED,
    Claim.State.MERGED,
    Claim.State.REJECTED,
    Claim.State.SUGGESTED,
)


@transaction.atomic
def accept_claim(claim: Claim) -> None:
    """Put a claim on the list that the next round takes. Raises ClaimIsMerged, TextIsSuperseded."""
    _move(claim, to=ACCEPTED)


@transaction.atomic
def reject_claim(claim: Claim) -> None:
    """Leave a claim out of the next round; it stays to be seen and restored. Raises ClaimIsMerged, TextIsSuperseded."""
    _move(claim, to=REJECTED)


@transaction.atomic
def restore_claim(claim: Claim) -> None:
    """Bring back a rejected or merged claim: as a suggestion if the machine made it, else as accepted.

    Raises TextIsSuperseded.
    """
    claim = hold_claim(claim)
    if claim.state in {MERGED, REJECTED}:
        claim.state = ACCEPTED if claim.rank is None else SUGGESTED
        claim.merged_into = None
        claim.save(update_fields=["state", "merged_into"])


@transaction.atomic
def reword_claim(
    claim: Claim, *, wording: str, kind: str, is_headline: bool, is_high_harm: bool, accept: bool = False
) -> None:
    """Say a claim in other words and of another kind; rounds that stand keep the old ones.

    With ``accept`` it goes on the list at once. Raises ClaimWithoutWording, ClaimIsMerged, TextIsSuperseded.
    """
    if not wording.strip():
        raise ClaimWithoutWording
    claim = hold_claim(claim)
    if claim.state == MERGED:
        raise ClaimIsMerged
    claim.wording, claim.kind = wording.strip(), kind
    claim.is_headline, claim.is_high_harm = is_headline, is_high_harm
    claim.state = ACCEPTED if accept else claim.state
    claim.save(update_fields=["wording", "kind", "is_headline", "is_high_harm", "state"])


@transaction.atomic
def merge_claims(claims: Iterable[Claim], *, into: Claim) -> None:
    """Let several claims of one text go into one, which is accepted and takes their sources and flags.

    Where it has no place of its own on the list it takes the first of theirs. Raises MergeNeedsTwo, TextIsSuperseded,
    and MergeIntoNothing where the one is itself merged or rejected or of another text.
    """
    wanted = {claim.pk for claim in claims} | {into.pk}
    rows = Claim.objects.select_for_update().filter(pk__in=wanted, revision=into.revision_id)
    locked = {claim.pk: claim for claim in rows}
    if into.pk not in locked or locked[into.pk].state in {MERGED, REJECTED} or len(locked) < len(wanted):
        raise MergeIntoNothing
    kept = locked.pop(into.pk)
    if not locked:
        raise MergeNeedsTwo
    if kept.revision.is_superseded:
        raise TextIsSuperseded
    _hand_over_citations(locked.values(), to=kept)
    Claim.objects.filter(merged_into__in=locked).update(merged_into=kept)
    Claim.objects.filter(pk__in=locked).update(state=MERGED, merged_into=kept, place=None)
    kept.state = ACCEPTED
    kept.is_headline |= any(claim.is_headline for claim in locked.values())
    kept.is_high_harm |= any(claim.is_high_harm for claim in locked.values())
    kept.place = kept.place or min((claim.place for claim in locked.values() if claim.place), default=None)
    kept.save(update_fields=["state", "is_headline", "is_high_harm", "place"])


@transaction.atomic
def add_claim(revision: Revision, *, start: int, end: int, wording: str, by: User, **details: Any) -> Claim:
    """Add a claim standing at ``text[start:end]``, in code points, to the list that the next round takes.

    ``details`` are further fields: kind, is_headline, is_high_harm. An empty wording is the quote's own words. A claim
    that was suggested, rejected or merged at this very place is taken up again in these words. Raises
    AnchorOutsideText, TextIsSuperseded, and ClaimStandsAlready where the claim is on the list.
    """
    anchor = anchor_at(revision.text, start, end)
    Revision.objects.select_for_update(no_key=True).get(pk=revision.pk)
    if revision.is_superseded:
        raise TextIsSuperseded
    claim = revision.claims.filter(start=start, end=end).first()
    if claim and claim.state == ACCEPTED:
        raise ClaimStandsAlready
    claim = claim or Claim(revision=revision, added_by=by, **asdict(anchor))
    claim.state, claim.merged_into = ACCEPTED, None
    claim.wording = wording.strip() or " ".join(anchor.quote.split())
    for name, value in details.items():
        setattr(claim, name, value)
    claim.save()
    return claim


@transaction.atomic
def split_claim(claim: Claim, *, parts: Sequence[Mapping[str, str]], by: User) -> list[Claim]:
    """Make several claims out of one, each with a ``quote`` of its own within the quote and a ``wording``.

    They go on the list in its place, with its kind, flags and sources; the one is rejected, so that it can be restored.
    An empty wording is the part's own words. Raises ClaimIsFrozen where a round has the claim, ClaimIsOffTheList where
    it is merged or rejected, SplitOutsideTheQuote, SplitIntoOne, ClaimStandsAlready where a part is on the list by
    itself, TextIsSuperseded.
    """
    Revision.objects.select_for_update(no_key=True).get(pk=claim.revision_id)
    claim = hold_claim(claim)
    if claim.state in {MERGED, REJECTED}:
        raise ClaimIsOffTheList
    if RoundClaim.objects.filter(claim=claim).exists():
        raise ClaimIsFrozen
    places = [_place_within(claim, part["quote"]) for part in parts]
    if len(set(places)) < len(places):
        raise SplitIntoOne
    listed = list(claim.revision.claims.listed())
    reject_claim(claim)
    details = {name: getattr(claim, name) for name in ("kind", "is_headline", "is_high_harm")}
    made = [
        add_claim(claim.revision, start=start, end=end, wording=part["wording"], by=by, **details)
        for (start, end), part in zip(places, parts, strict=True)
    ]
    for part_of_it in made:
        _hand_over_citations([claim], to=part_of_it)
    if claim.place:
        here = listed.index(claim)
        _write_order([*listed[:here], *made, *listed[here + 1 :]])
    return made


@transaction.atomic
def shift_claim(claim: Claim, *, by: int) -> int:
    """Move a claim on the list by so many places, down or (below 0) up, and return its number there, from 1.

    It goes no further than the end. Rounds that stand keep their order. Raises ClaimIsUnlisted, TextIsSuperseded.
    """
    listed = _hold_list(claim.revision)
    if claim not in listed:
        raise ClaimIsUnlisted
    here = listed.index(claim)
    there = min(max(here + by, 0), len(listed) - 1)
    listed.insert(there, listed.pop(here))
    if there != here:
        _write_order(listed)
    return there + 1


@transaction.atomic
def order_as_in_text(revision: Revision) -> None:
    """Take back the order that the desk gave a list: its claims stand as the text goes. Raises TextIsSuperseded."""
    _hold_list(revision)
    revision.claims.exclude(place=None).update(place=None)


def _hold_list(revision: Revision) -> list[Claim]:
    """Lock the list of a text until the transaction ends and return it in its order. Raises TextIsSuperseded."""
    Revision.objects.select_for_update(no_key=True).get(pk=revision.pk)
    if revision.is_superseded:
        raise TextIsSuperseded
    return list(revision.claims.listed().select_for_update())


def _write_order(listed: list[Claim]) -> None:
    """Number the claims of a list as they come, in one statement."""
    moved = [(claim, place) for place, claim in enumerate(listed, start=1) if claim.place != place]
    for claim, place in moved:
        claim.place = place
    Claim.objects.bulk_update([claim for claim, _ in moved], ["place"])


def _place_within(claim: Claim, quote: str) -> tuple[int, int]:
    """Return where a part of a claim's quote stands in the text."""
    place = locate(quote.strip().replace("\r\n", "\n"), claim.quote)
    if place is None:
        raise SplitOutsideTheQuote
    return claim.start + place[0], claim.start + place[1]


def hold_claim(claim: Claim) -> Claim:
    """Lock a claim until the transaction ends and return it as it stands now.

    Raises TextIsSuperseded: when a newer text comes in it takes its claims with it, and what is changed here is lost.
    """
    claim = Claim.objects.select_for_update(of=("self",)).select_related("revision").get(pk=claim.pk)
    if claim.revision.is_superseded:
        raise TextIsSuperseded
    return claim


def _move(claim: Claim, *, to: Claim.State) -> None:
    claim = hold_claim(claim)
    if claim.state == MERGED:
        raise ClaimIsMerged
    if claim.state != to:
        claim.state, claim.place = to, None
        claim.save(update_fields=["state", "place"])


def _hand_over_citations(claims: Iterable[Claim], *, to: Claim) -> None:
    """Put to the one claim every source that stood on the others, once; on these they stay, to be restored with."""
    present = set(to.citations.values_list("source", flat=True))
    for citation in Citation.objects.filter(claim__in=claims).order_by("pk"):
        if citation.source_id not in present:
            present.add(citation.source_id)
            Citation.objects.create(claim=to, source_id=citation.source_id, origin=citation.origin)
