"""All of one reviewer's readings at a glance: claims down, sources across, a reading where a source is put to a claim.

Two sources are one column only where the reviewer's own page shows that they are one. What the desk has tied together
since, or somebody else has, would tell of others.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from reviews.core.citing.identifiers import OF_ONE_PUBLICATION
from reviews.core.citing.records import Record
from reviews.models import Review, RoundCitation, RoundClaim, Source
from reviews.pictures.evidence import letter_of


@dataclass(frozen=True)
class Column:
    """A source: what it is called, and whether it is known to be retracted: of an own one only by its own look-up."""

    letter: str
    record: Record
    is_own: bool
    is_retracted: bool


@dataclass(frozen=True)
class Reading:
    """A source put to a claim: the key of its citation, and the stance; "" where it is not read yet."""

    key: UUID
    stance: str


@dataclass(frozen=True)
class Line:
    """A claim with its readings by the place of the column, from 0."""

    claim: RoundClaim
    readings: Mapping[int, Reading]

    @property
    def unread(self) -> int:
        return sum(not reading.stance for reading in self.readings.values())


@dataclass(frozen=True)
class Matrix:
    """What one reviewer said of which source to which claim."""

    columns: Sequence[Column]
    lines: Sequence[Line]

    @property
    def total(self) -> int:
        """How many readings are asked for."""
        return sum(len(line.readings) for line in self.lines)

    @property
    def unread(self) -> int:
        return sum(line.unread for line in self.lines)

    @property
    def bare(self) -> int:
        """How many claims no source is put to."""
        return sum(not line.readings for line in self.lines)


def matrix_of(review: Review) -> Matrix:
    """Read the matrix in two queries, however long the article is and however many sources there are."""
    citations = RoundCitation.objects.beside_appraisals_of(review.pk).filter(claim__round=review.round)
    by_claim: dict[int, list[RoundCitation]] = {}
    for citation in citations.order_by("pk"):
        by_claim.setdefault(citation.claim_id, []).append(citation)
    columns = _Columns()
    lines = [Line(claim, columns.readings(by_claim.get(claim.pk, ()))) for claim in review.round.claims.all()]
    return Matrix(columns=columns.made, lines=lines)


@dataclass
class _Columns:
    """The columns as they come up, and by what each is known again."""

    made: list[Column] = field(default_factory=list)
    by_source: dict[int, int] = field(default_factory=dict)
    by_name: dict[str, int] = field(default_factory=dict)

    def readings(self, citations: Iterable[RoundCitation]) -> dict[int, Reading]:
        readings: dict[int, Reading] = {}
        for citation in citations:
            appraisal = getattr(citation, "own_appraisal", None)
            place = self._place(citation, taken=readings)
            readings[place] = Reading(citation.key, stance=appraisal.stance if appraisal else "")
        return readings

    def _place(self, citation: RoundCitation, *, taken: Mapping[int, Reading]) -> int:
        is_own = citation.added_in_id is not None
        if not is_own and citation.source_id in self.by_source:
            return self.by_source[citation.source_id]
        record = Record.from_csl(citation.record)
        names = _names(record)
        known = [self.by_name[name] for name in names if name in self.by_name] if is_own else []
        place = next((one for one in known if one not in taken), None)
        if place is None:
            place = len(self.made)
            retracted = _standing_of(citation) == Source.Retraction.RETRACTED
            self.made.append(Column(letter_of(place), record=record, is_own=is_own, is_retracted=retracted))
        if not is_own:
            self.by_source[citation.source_id] = place
        for name in names:
            self.by_name.setdefault(name, place)
        return place


def _standing_of(citation: RoundCitation) -> str:
    if citation.added_in_id is None:
        return citation.source_is
    inquiry = getattr(citation, "inquiry", None)
    return inquiry.retraction if inquiry else Source.Retraction.NONE


def _names(record: Record) -> list[str]:
    return [*(f"{name}:{getattr(record, name)}" for name in OF_ONE_PUBLICATION if getattr(record, name)), record.key()]
