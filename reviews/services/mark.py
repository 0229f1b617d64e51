"""How a reviewer's judgement of a claim, and reading of a source, is saved as it is typed."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NotRequired, TypedDict, Unpack

from django.db import transaction

from reviews.errors import ChangedElsewhere
from reviews.jobs.quote import look_up_quote
from reviews.models import Appraisal, Level, Mark, Review, RoundCitation, RoundClaim
from reviews.services.review import hold_for_writing, refuse_unless_open


class MarkSaid(TypedDict):
    """What a reviewer says of a claim; each may be empty."""

    level: Level | None
    could_not_assess: str
    flaws: Sequence[str]
    confidence: str
    certainty: str
    rationale: str
    certainty_start: NotRequired[str]
    certainty_reasons: NotRequired[Sequence[str]]
    attribution: NotRequired[str]


class AppraisalSaid(TypedDict):
    """What a reviewer says of a source; each may be empty."""

    stance: str
    quote: str
    locator: str
    design: str
    risk_of_bias: str
    directness: str
    indirect_in: Sequence[str]


@transaction.atomic
def record_mark(review: Review, *, claim: RoundClaim, version: int, at: datetime, **said: Unpack[MarkSaid]) -> Mark:
    """Save a mark as it stands on the screen. ``version`` is the one that the screen was made from, 0 for none.

    Raises ChangedElsewhere, ReviewIsLocked, RoundIsClosed.
    """
    review = hold_for_writing(review)
    mark = review.marks.filter(claim=claim).select_related("level").first() or Mark(review=review, claim=claim)
    return write_mark(mark, version=version, at=at, **said)


def write_mark(mark: Mark, *, version: int, at: datetime, **said: Unpack[MarkSaid]) -> Mark:
    """Do as ``record_mark`` with a mark that was read, or is new, while its review was held for writing."""
    refuse_unless_open(mark.review)
    unsaid = {"certainty_start": "", "certainty_reasons": [], "attribution": ""}
    _write(mark, said={**unsaid, **said}, version=version, at=at)
    return mark


@transaction.atomic
def record_appraisal(
    review: Review, *, citation: RoundCitation, version: int, at: datetime, **said: Unpack[AppraisalSaid]
) -> Appraisal:
    """Save a reading of one source against one claim; a quote is looked up in the stored text of the source.

    Raises ChangedElsewhere, ReviewIsLocked, RoundIsClosed.
    """
    review = hold_for_writing(review)
    appraisal = review.appraisals.filter(citation=citation).first() or Appraisal(review=review, citation=citation)
    return write_appraisal(appraisal, citation=citation, version=version, at=at, **said)


def write_appraisal(
    appraisal: Appraisal, *, citation: RoundCitation, version: int, at: datetime, **said: Unpack[AppraisalSaid]
) -> Appraisal:
    """Do as ``record_appraisal`` with one that was read, or is new, while its review was held for writing."""
    refuse_unless_open(appraisal.review)
    look_up_quote(appraisal, quote=said["quote"], citation=citation, at=at)
    _write(appraisal, said=said, version=version, at=at)
    return appraisal


def _write(row: Mark | Appraisal, *, said: Mapping[str, Any], version: int, at: datetime) -> None:
    """Save what was said, unless the row has moved on since ``version``. Nothing said makes no row."""
    said = {name: sorted(value) if isinstance(value, list | tuple) else value for name, value in said.items()}
    if row.pk is None and version == 0 and not any(said.values()):
        return
    if row.pk and all(getattr(row, name) == value for name, value in said.items()):
        return
    if row.version != version:
        raise ChangedElsewhere(current=row)
    for name, value in said.items():
        setattr(row, name, value)
    row.version += 1
    row.saved_at = at
    row.save()
