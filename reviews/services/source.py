"""How the desk keeps its sources and puts them to claims."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from reviews.core.citing.designs import Proposal, propose
from reviews.core.judging.vocabulary import DESIGNS
from reviews.errors import ClaimIsOffTheList, NotMergedNow
from reviews.jobs.source import DESK, keep_text, owe_reports_on
from reviews.models import Citation, Claim, Source, SourceMerge, User
from reviews.services.claim import hold_claim


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
