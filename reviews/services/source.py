"""How the desk keeps its sources and puts them to claims."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from reviews.core.citing.designs import Proposal, propose
from reviews.core.judging.vocabulary import DESIGNS
from reviews.errors import ClaimIsOffTheList, MergeOfOneSource, NotMergedNow, SourceIsMerged
from reviews.jobs.retraction import worse_of
from reviews.jobs.source import DESK, IDENTIFIERS, keep_text, owe_reports_on
from reviews.models import Citation, Claim, Source, SourceMerge, User
from reviews.models.source import RECORD_FIELDS
from reviews.services.claim import hold_claim

FILLED = (*RECORD_FIELDS[1:], "design", "text", "publication_types", "keywords")
"""What the source that is kept takes from the other where it has nothing itself."""


@transaction.atomic
def save_source(source: Source, *, by: User, at: datetime) -> Source:
    """Write a source as a form has filled it, and owe a new report to every closed round that weighed it.

    The database marks those reports stale itself. A round's copy of the record stays as it was; its retraction is read
    anew. Its text is kept beside those that it had before. Raises IntegrityError where another source has one of its
    identifiers.
    """
    source.added_by = source.added_by or by
    source.save()
    keep_text(source, origin=DESK, at=at, by=by)
    owe_reports_on(source, at=at)
    return source


def proposed_design(source: Source) -> Proposal | None:
    """Return what a source's study may be, from what is catalogued and stored of it; for a person to confirm."""
    return propose(title=source.title, abstract=source.text, types=source.publication_types, keywords=source.keywords)


@transaction.atomic
def confirm_design(source: Source, *, design: str, by: User, at: datetime) -> None:
    """Take a study design over, where it is one; a trial that the text names is taken with it if there is but one."""
    if design not in dict(DESIGNS):
        return
    proposal = proposed_design(source)
    if proposal and len(proposal.trials) == 1 and not source.nct:
        source.nct = proposal.trials[0]
    source.design = design
    save_source(source, by=by, at=at)


@transaction.atomic
def merge_sources(kept: Source, *, absorbed: Source, by: User, at: datetime) -> SourceMerge:
    """Make two sources one: the one kept takes the other's citations and identifiers, and whatever it lacks itself.

    Rounds that have opened keep their copies. ``part_sources`` undoes it. Raises MergeOfOneSource, SourceIsMerged where
    one of them is merged already or holds another.
    """
    if kept.pk == absorbed.pk:
        raise MergeOfOneSource
    rows = Source.objects.select_for_update().filter(pk__in=[kept.pk, absorbed.pk]).order_by("pk")
    locked = {source.pk: source for source in rows}
    kept, absorbed = locked[kept.pk], locked[absorbed.pk]
    if kept.merged_into_id or absorbed.merged_into_id or absorbed.absorbed.exists():
        raise SourceIsMerged
    taken = _taken(kept, absorbed=absorbed)
    given_away = {name: getattr(absorbed, name) for name in IDENTIFIERS if getattr(absorbed, name)}
    merge = SourceMerge(kept=kept, absorbed=absorbed, merged_at=at, merged_by=by)
    merge.before = {"kept": {name: getattr(kept, name) for name in taken}, "absorbed": given_away, "taken": taken}
    _hand_over(merge)
    Source.objects.filter(pk=absorbed.pk).update(merged_into=kept, **dict.fromkeys(IDENTIFIERS, ""))
    Source.objects.filter(pk=kept.pk).update(**taken)
    merge.save()
    kept.refresh_from_db()
    keep_text(kept, origin=DESK, at=at, by=by)
    owe_reports_on(kept, at=at)
    return merge


def _taken(kept: Source, *, absorbed: Source) -> dict[str, Any]:
    """Return what the one kept takes over, by field."""
    taken = {name: getattr(absorbed, name) for name in FILLED if not getattr(kept, name) and getattr(absorbed, name)}
    worst = worse_of(kept.retraction, absorbed.retraction)
    if worst != kept.retraction:
        taken |= {"retraction": worst, "retraction_note": absorbed.retraction_note}
    return taken


def _hand_over(merge: SourceMerge) -> None:
    """Let the citations follow; a claim that has both sources keeps one, and the other is remembered."""
    present = set(merge.kept.citations.values_list("claim", flat=True))
    for citation in merge.absorbed.citations.order_by("pk"):
        if citation.claim_id in present:
            merge.dropped.append([citation.claim_id, citation.origin])
            citation.delete()
        else:
            merge.moved.append(citation.pk)
            citation.source = merge.kept
            citation.save(update_fields=["source"])


@transaction.atomic
def part_sources(merge: SourceMerge, *, by: User, at: datetime) -> None:
    """Undo a merge: each source has again what it had, as far as nobody has changed it since. Raises NotMergedNow."""
    merge = SourceMerge.objects.select_for_update(of=("self",)).select_related("kept", "absorbed").get(pk=merge.pk)
    if merge.parted_at:
        raise NotMergedNow
    kept, absorbed = merge.kept, merge.absorbed
    untouched = {name for name, value in merge.before["taken"].items() if getattr(kept, name) == value}
    back = {name: value for name, value in merge.before["kept"].items() if name in untouched}
    Source.objects.filter(pk=kept.pk).update(**back)
    given_away = merge.before["absorbed"].items()
    free = {name: value for name, value in given_away if not Source.objects.filter(**{name: value}).exists()}
    Source.objects.filter(pk=absorbed.pk).update(merged_into=None, **free)
    Citation.objects.filter(pk__in=merge.moved, source=kept).update(source=absorbed)
    for claim, origin in merge.dropped:
        Citation.objects.get_or_create(claim_id=claim, source=absorbed, defaults={"origin": origin})
    merge.parted_at, merge.parted_by = at, by
    merge.save(update_fields=["parted_at", "parted_by"])
    for source in (kept, absorbed):
        owe_reports_on(source, at=at)


@transaction.atomic
def cite_source(claim: Claim, *, source: Source, origin: str) -> Citation:
    """Put a source to a claim, once; said again with another origin, the origin is put right.

    Raises ClaimIsOffTheList where the claim is merged or rejected, and TextIsSuperseded.
    """
    claim = hold_claim(claim)
    if claim.state in {Claim.State.MERGED, Claim.State.REJECTED}:
        raise ClaimIsOffTheList
    citation, _ = Citation.objects.update_or_create(claim=claim, source=source, defaults={"origin": origin})
    return citation


@transaction.atomic
def cite_source_for(claims: Iterable[Claim], *, source: Source, origin: str) -> list[Citation]:
    """Put one source to many claims."""
    return [cite_source(claim, source=source, origin=origin) for claim in claims]


@transaction.atomic
def remove_citation(citation: Citation) -> None:
    """Take a source off a claim; rounds that stand keep their copy. Raises TextIsSuperseded."""
    hold_claim(citation.claim)
    citation.delete()
