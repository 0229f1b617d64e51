"""How the desk keeps its sources and puts them to claims."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from reviews.errors import ClaimIsOffTheList
from reviews.jobs.work import owe_report
from reviews.models import Citation, Claim, Round, Source, User


@transaction.atomic
def save_source(source: Source, *, by: User, at: datetime) -> Source:
    """Write a source as a form has filled it, and owe a new report to every closed round that weighed it.

    The database marks those reports stale itself. A round's copy of the record stays as it was; its retraction is read
    anew. Raises IntegrityError where another
    source has one of its identifiers.
    """
    source.added_by = source.added_by or by
    source.save()
    for round in Round.objects.closed().filter(claims__citations__source=source).distinct():
        owe_report(round, at=at)
    return source


@transaction.atomic
def cite_source(claim: Claim, *, source: Source, origin: str) -> Citation:
    """Put a source to a claim, once; said again with another origin, the origin is put right.

    Raises ClaimIsOffTheList where the claim is merged or rejected.
    """
    if claim.state in {Claim.State.MERGED, Claim.State.REJECTED}:
        raise ClaimIsOffTheList
    citation, _ = Citation.objects.update_or_create(claim=claim, source=source, defaults={"origin": origin})
    return citation


@transaction.atomic
def cite_source_for(claims: Iterable[Claim], *, source: Source, origin: str) -> list[Citation]:
    """Put one source to many claims."""
    return [cite_source(claim, source=source, origin=origin) for claim in claims]


def remove_citation(citation: Citation) -> None:
    """Take a source off a claim; rounds that stand keep their copy."""
    citation.delete()
