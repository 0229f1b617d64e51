"""How a reviewer puts an own source to a claim.

Nobody may learn from it what others have stored: the reviewer's record is as typed, and as public services fill it for
this reviewer alone (``jobs.inquiry``); a source that somebody entered before is linked without a word, and twice is
only what the reviewer can see twice.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from reviews.core.citing.entries import Entry, stand_in
from reviews.core.citing.identifiers import OF_ONE_PUBLICATION
from reviews.core.citing.records import Record
from reviews.errors import SourceCitedAlready, SourceNotYours
from reviews.jobs.inquiry import owe_inquiry
from reviews.jobs.source import fill_source, is_stand_in, is_stand_in_of
from reviews.models import Citation, Review, RoundCitation, RoundClaim, Source, User
from reviews.services.review import hold_for_writing


@transaction.atomic
def add_own_source(review: Review, *, claim: RoundClaim, record: Record, at: datetime) -> RoundCitation:
    """Put a source to a claim, seen by this reviewer and the editors until the reveal, and have it looked up.

    Raises SourceCitedAlready, ReviewIsLocked, RoundIsClosed.
    """
    review = hold_for_writing(review)
    seen = claim.citations.seen_in(review.pk)
    if any(_name_the_same(record, Record.from_csl(citation.record)) for citation in seen):
        raise SourceCitedAlready
    own = {citation.source_id for citation in seen if citation.added_in_id}
    citation = RoundCitation.objects.create(
        claim=claim,
        source=_source_of(record, by=review.assignment.reviewer, own=own),
        record=record.as_csl(),
        origin=Citation.Origin.REVIEWER,
        added_in=review,
    )
    owe_inquiry(citation, at=at)
    return citation


DESCRIBED = ("title", "authors", "container", "year", "url")
"""What a reviewer can say of an own source by hand; its identifiers say which one it is, and stay."""


@transaction.atomic
def describe_own_source(
    review: Review, *, citation: RoundCitation, said: Mapping[str, Any], at: datetime
) -> RoundCitation:
    """Write what a reviewer says by hand of an own source; of ``DESCRIBED`` only what is in ``said`` changes.

    Without a title the identifier stands for it, or the title stays. Raises SourceNotYours,
    ReviewIsLocked, RoundIsClosed.
    """
    review = hold_for_writing(review)
    if citation.added_in_id != review.pk:
        raise SourceNotYours
    citation = RoundCitation.objects.select_for_update(of=("self",)).select_related("source").get(pk=citation.pk)
    record = replace(Record.from_csl(citation.record), **{name: said[name] for name in DESCRIBED if name in said})
    named = {name: getattr(record, name) for name in (*OF_ONE_PUBLICATION, "nct", "isbn") if getattr(record, name)}
    title = record.title or (stand_in(named) if named else Record.from_csl(citation.record).title)
    citation.record = replace(record, title=title).as_csl()
    citation.save(update_fields=["record"])
    source = citation.source
    if source.added_by_id == review.assignment.reviewer_id and is_stand_in(source) and not is_stand_in_of(record):
        fill_source(source, entry=Entry(record=record, line=1), origin=REVIEWER, at=at)
    return citation


REVIEWER = "a reviewer"


@transaction.atomic
def remove_own_source(review: Review, *, citation: RoundCitation) -> None:
    """Take an own source off its claim, with what was said of it.

    Raises SourceNotYours, ReviewIsLocked, RoundIsClosed.
    """
    review = hold_for_writing(review)
    if citation.added_in_id != review.pk:
        raise SourceNotYours
    citation.appraisals.all().delete()
    citation.delete()


def _name_the_same(one: Record, other: Record) -> bool:
    shared = any(getattr(one, name) and getattr(one, name) == getattr(other, name) for name in OF_ONE_PUBLICATION)
    return shared or one.key() == other.key()


def _source_of(record: Record, *, by: User | None, own: set[int]) -> Source:
    """Return the source that the record names, made where there is none.

    Where this claim has it by another of its identifiers already, which the reviewer cannot know, it becomes a source
    of its own without identifiers.
    """
    known = _known(record)
    if known and known.pk not in own:
        return known
    if known:
        return _made(replace(record, doi="", pmid="", pmcid=""), by=by)
    try:
        with transaction.atomic():
            return _made(record, by=by)
    except IntegrityError:  # somebody entered it in this very moment
        known = _known(record)
        if known is None:
            raise
        return known


def _known(record: Record) -> Source | None:
    for name in OF_ONE_PUBLICATION:
        value = getattr(record, name)
        source = Source.objects.filter(**{name: value}).first() if value else None
        if source:
            return source
    return None


def _made(record: Record, *, by: User | None) -> Source:
    return Source.objects.create(
        title=record.title,
        authors="\n".join(record.authors),
        container=record.container,
        year=record.year,
        volume=record.volume,
        issue=record.issue,
        pages=record.pages,
        doi=record.doi,
        pmid=record.pmid,
        pmcid=record.pmcid,
        nct=record.nct,
        url=record.url,
        added_by=by,
    )
