"""The article as a reviewer reads it: its passages, with every claim and every cue where it stands."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject

from reviews.core.reading.document import BODY, TITLE
from reviews.core.reading.document import Region as Stretch
from reviews.core.reading.passages import Passage, Piece, passages
from reviews.models import Cue, Region, Review, Revision, RoundClaim
from reviews.models.vocabulary import CUE_KINDS, REGION_KINDS
from reviews.services.progress import ClaimWork


class Remark(NamedTuple):
    """What the machine noticed in ``text[start:end]``: its kind's title, and why."""

    start: int
    end: int
    title: str
    reason: str


class Place(NamedTuple):
    """A claim as the text shows it."""

    number: int
    is_done: bool


class Words(NamedTuple):
    """Some words in one piece, and the remark on them, if there is one."""

    text: str
    remark: Remark | None


class Shown(NamedTuple):
    """A piece of the article, the claims that cover it, the one that a click means, and those that begin with it."""

    words: tuple[Words, ...]
    covered_by: tuple[str, ...]
    means: Place | None
    opens: tuple[Place, ...]


class Shelf(NamedTuple):
    """A passage of the article, with its claims."""

    kind: str
    title: str
    counts: bool
    has_claims: bool
    paragraphs: list[list[Shown]]


def read_revision(review: Review) -> Revision:
    """Return the text under review, with its regions and cues, in one query."""
    place = {"start": "start", "end": "end"}
    regions = Region.objects.filter(revision=OuterRef("pk")).order_by("start")
    cues = Cue.objects.filter(revision=OuterRef("pk")).order_by("start", "end")
    return Revision.objects.annotate(
        own_regions=ArraySubquery(regions.values(json=JSONObject(kind="kind", **place))),
        own_cues=ArraySubquery(cues.values(json=JSONObject(kind="kind", reason="reason", **place))),
    ).get(pk=review.round.revision_id)


def remarks_on(claim: RoundClaim, *, revision: Revision) -> list[Remark]:
    """Return the cues in the words of a claim."""
    return [remark for remark in _remarks(revision) if remark.start < claim.end and claim.start < remark.end]


def _remarks(revision: Revision) -> list[Remark]:
    titles = {code: str(title) for code, title in CUE_KINDS}
    cues: list[dict[str, Any]] = getattr(revision, "own_cues", [])
    return [Remark(cue["start"], cue["end"], titles.get(cue["kind"], cue["kind"]), cue["reason"]) for cue in cues]


def shelves_of(revision: Revision, *, works: Sequence[ClaimWork]) -> list[Shelf]:
    """Return the article as the page shows it, with the claims where they stand."""
    own_regions: list[dict[str, Any]] = getattr(revision, "own_regions", [])
    regions = [Stretch(**region) for region in own_regions]
    spans = {str(work.claim.number): (work.claim.start, work.claim.end) for work in works}
    by_name = {str(work.claim.number): Place(work.claim.number, not work.gaps) for work in works}
    begins = {name: start for name, (start, _) in spans.items()}
    remarks = list(_apart(_remarks(revision)))
    return [
        _shelf(passage, by_name=by_name, begins=begins, remarks=remarks)
        for passage in passages(revision.text, regions=regions, spans=spans)
    ]


def _apart(remarks: Iterable[Remark]) -> Iterator[Remark]:
    """Yield the remarks that can be underlined: of two on the same words, the one that begins first."""
    reached = 0
    for remark in remarks:
        if remark.start >= reached:
            reached = remark.end
            yield remark


def _shelf(
    passage: Passage, *, by_name: Mapping[str, Place], begins: Mapping[str, int], remarks: list[Remark]
) -> Shelf:
    return Shelf(
        kind=passage.kind,
        title=str(dict(REGION_KINDS).get(passage.kind, passage.kind)),
        counts=passage.kind in {TITLE, BODY},
        has_claims=any(piece.spans for pieces in passage.paragraphs for piece in pieces),
        paragraphs=[
            [_shown(piece, by_name=by_name, begins=begins, remarks=remarks) for piece in pieces]
            for pieces in passage.paragraphs
        ],
    )


def _shown(piece: Piece, *, by_name: Mapping[str, Place], begins: Mapping[str, int], remarks: list[Remark]) -> Shown:
    """Show one piece. Of several claims, a click on the words means the innermost."""
    return Shown(
        words=tuple(_words(piece, remarks)),
        covered_by=piece.spans,
        means=by_name[piece.spans[-1]] if piece.spans else None,
        opens=tuple(by_name[name] for name in piece.spans if begins[name] == piece.start),
    )


def _words(piece: Piece, remarks: list[Remark]) -> Iterator[Words]:
    """Yield the piece cut at the edges of the remarks on it; those that lie behind are taken off the list."""
    reached = piece.start
    while remarks and remarks[0].end <= piece.start:
        remarks.pop(0)
    for remark in remarks:
        if remark.start >= piece.end:
            break
        start, end = max(remark.start, piece.start), min(remark.end, piece.end)
        if reached < start:
            yield Words(piece.text[reached - piece.start : start - piece.start], None)
        yield Words(piece.text[start - piece.start : end - piece.start], remark)
        reached = end
    if reached < piece.end:
        yield Words(piece.text[reached - piece.start :], None)
