"""A new text of an article takes over the claims of the one before: each is kept, moved or orphaned, never guessed.

What is taken over is what the desk had in hand: claims it decided, reworded or put a source to. A suggestion that
nobody touched is left where it is, for the new text has its own.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any, cast

from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from reviews.core.reading.anchors import Anchor
from reviews.core.reading.reanchoring import Placed, Text, reanchor
from reviews.core.reading.sentences import Span
from reviews.core.reading.wording import neutral_wording
from reviews.models import Citation, Claim, Likeness, Reanchoring, Revision

OF_A_CLAIM = ("wording", "kind", "state", "is_headline", "is_high_harm")
"""What a successor takes from the claim before."""
WANTED = (Claim.State.ACCEPTED, Claim.State.SUGGESTED)


def carry_claims(revision: Revision, *, before: Revision) -> None:
    """Give the claims in hand of the text before a place in this one, with their sources, or write down that they have
    none.

    An orphan that nobody decided on is looked for once more. The caller holds the article's row.
    """
    list(before.claims.select_for_update().order_by("pk").values_list("pk"))  # whoever decides one now is let finish
    orphans = Claim.objects.filter(reanchorings__revision=before, reanchorings__decided_at=None, state__in=WANTED)
    claims = [*in_hand(before.claims.all()), *orphans.filter(reanchorings__outcome=Reanchoring.Outcome.ORPHANED)]
    placed = dict(_places(claims, new=revision))
    successors = _write_successors(claims, placed=placed, revision=revision)
    Reanchoring.objects.bulk_create(
        Reanchoring(
            revision=revision,
            claim=claim,
            outcome=placed[claim.pk].outcome,
            likeness=placed[claim.pk].likeness,
            reason=placed[claim.pk].reason,
            successor=successors.get(claim.pk),
        )
        for claim in claims
    )


def in_hand(claims: "QuerySet[Claim]") -> "QuerySet[Claim]":
    """Return the claims that somebody worked on: decided, changed, with a source, or in hand in a text before."""
    changes = cast("Any", Claim).pgh_event_model.objects.filter(pgh_obj_id=OuterRef("pk"), pgh_label="update")
    touched = (
        ~Q(state=Claim.State.SUGGESTED)
        | Exists(Citation.objects.filter(claim=OuterRef("pk")))
        | Exists(changes)
        | Exists(Reanchoring.objects.filter(successor=OuterRef("pk")))
    )
    return claims.filter(touched).order_by("start", "end", "pk")


def text_of(revision: Revision) -> Text:
    """Return a revision's text with its sentences, as the craft takes it."""
    spans = revision.sentences.order_by("start").values_list("start", "end")
    return Text(revision.text, tuple(Span(start, end) for start, end in spans))


def _places(claims: list[Claim], *, new: Revision) -> Iterator[tuple[int, Placed]]:
    """Yield what becomes of each claim, by its key; an orphan of long ago comes from an older text than the others."""
    after = text_of(new)
    by_text: dict[int, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_text[claim.revision_id].append(claim)
    for revision in Revision.objects.filter(pk__in=by_text):
        group = by_text[revision.pk]
        anchors = [Anchor(one.quote, one.prefix, one.suffix, one.start, one.end) for one in group]
        found = reanchor(anchors, old=text_of(revision), new=after)
        yield from ((claim.pk, placed) for claim, placed in zip(group, found, strict=True))


def _write_successors(claims: list[Claim], *, placed: dict[int, Placed], revision: Revision) -> dict[int, Claim]:
    """Write the claims of the new text that follow on those before, and return them by the key of the one before."""
    free = {(claim.start, claim.end): claim for claim in revision.claims.all()}
    last = revision.claims.aggregate(last=Max("rank"))["last"] or 0
    successors: dict[int, Claim] = {}
    for claim in sorted(claims, key=lambda claim: claim.state == Claim.State.MERGED):  # into what stands already
        anchor = placed[claim.pk].anchor
        if anchor is None:
            continue
        new = free.pop((anchor.start, anchor.end), None) or Claim(revision=revision, **asdict(anchor))
        last += new.rank is None and claim.rank is not None
        successors[claim.pk] = follow_on(claim, new=new, last=last, into=successors.get(claim.merged_into_id or 0))
        copy_sources(claim, to=new)
        copy_likenesses(claim, to=new)
    return successors


def follow_on(claim: Claim, *, new: Claim, last: int, into: Claim | None) -> Claim:
    """Let a claim of a new text be what one of the text before was; write it and return it.

    What a person added stays a person's; a suggestion without a rank of its own takes ``last``. A claim that was merged
    into one which has no place any more (``into`` is None) is a suggestion again. A place on the list is kept if it is
    free.
    """
    if claim.place and not new.revision.claims.filter(place=claim.place).exists():
        new.place = claim.place
    for name in OF_A_CLAIM:
        setattr(new, name, getattr(claim, name))
    if claim.wording == neutral_wording(claim.quote):
        new.wording = neutral_wording(new.quote)
    if claim.rank is None:
        new.rank, new.score, new.added_by_id = None, None, claim.added_by_id
    elif new.rank is None:
        new.rank, new.score, new.cues, new.reasons = last, claim.score, claim.cues, claim.reasons
    if claim.state == Claim.State.MERGED:
        new.merged_into = into
        new.state = claim.state if into else Claim.State.SUGGESTED
    new.save()
    return new


def copy_sources(claim: Claim, *, to: Claim) -> None:
    """Put to a claim the sources that another has, once each."""
    present = set(to.citations.values_list("source", flat=True))
    Citation.objects.bulk_create(
        Citation(claim=to, source_id=citation.source_id, origin=citation.origin)
        for citation in claim.citations.all()
        if citation.source_id not in present
    )


def copy_likenesses(claim: Claim, *, to: Claim) -> None:
    """Let stand on a claim what was said of another beside claims of other articles, by the same people and times."""
    said = list(Likeness.objects.standing().of([claim]))
    pairs = [(one, one.other_id if one.claim_id == claim.pk else one.claim_id) for one in said]
    Likeness.objects.bulk_create(
        [
            Likeness(
                claim_id=min(other, to.pk),
                other_id=max(other, to.pk),
                is_same=one.is_same,
                said_at=one.said_at,
                said_by_id=one.said_by_id,
            )
            for one, other in pairs
        ],
        ignore_conflicts=True,
    )
