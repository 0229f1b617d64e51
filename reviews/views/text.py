"""The article as a reviewer reads it: its passages, with every claim and every cue where it stands."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from reviews.core.reading.document import BODY, TITLE
from reviews.core.reading.passages import Passage, Piece, passages
from reviews.models import RoundClaim
from reviews.models.vocabulary import CUE_KINDS, REGION_KINDS
from reviews.services.outline import Outline, Place


class Remark(NamedTuple):
    """What the machine noticed in ``text[start:end]``: its kind's title, and why."""

    start: int
    end: int
    title: str
    reason: str


class Words(NamedTuple):
    """Some words in one piece, and the remark on them, if there is one."""

    text: str
    remark: Remark | None


class Shown(NamedTuple):
    """A piece of the article, the claims that cover it, the one that a click means, and those that begin with it."""

    words: list[Words]
    covered_by: tuple[str, ...]
    means: Place | None
    opens: list[Place]


class Shelf(NamedTuple):
    """A passage of the article, with its claims."""

    kind: str
    title: str
    counts: bool
    has_claims: bool
    paragraphs: list[list[Shown]]


def remarks_on(claim: RoundClaim, *, outline: Outline) -> list[Remark]:
    """Return the cues in the words of a claim."""
    return [remark for remark in _remarks(outline) if remark.start < claim.end and claim.start < remark.end]


def _remarks(outline: Outline) -> list[Remark]:
    titles = {code: str(title) for code, title in CUE_KINDS} if outline.cues else {}
    return [Remark(cue.start, cue.end, titles.get(cue.kind, cue.kind), cue.reason) for cue in outline.cues]


def shelves_of(outline: Outline) -> list[Shelf]:
    """Return the article as the page shows it, with the claims where they stand."""
    by_name = {str(place.number): place for place in outline.places}
    spans = {name: (place.start, place.end) for name, place in by_name.items()}
    remarks = list(_apart(_remarks(outline)))
    return [
        _shelf(passage, by_name=by_name, remarks=remarks)
        for passage in passages(outline.text, regions=outline.regions, spans=spans)
    ]


def _apart(remarks: Iterable[Remark]) -> Iterator[Remark]:
    """Yield the remarks that can be underlined: of two on the same words, the one that begins first."""
    reached = 0
    for remark in remarks:
        if remark.start >= reached:
            reached = remark.end
            yield remark


def _shelf(passage: Passage, *, by_name: Mapping[str, Place], remarks: list[Remark]) -> Shelf:
    return Shelf(
        kind=passage.kind,
        title=str(dict(REGION_KINDS).get(passage.kind, passage.kind)),
        counts=passage.kind in {TITLE, BODY},
        has_claims=any(piece.spans for pieces in passage.paragraphs for piece in pieces),
        paragraphs=[
            [_shown(piece, by_name=by_name, remarks=remarks) for piece in pieces] for pieces in passage.paragraphs
        ],
    )


def _shown(piece: Piece, *, by_name: Mapping[str, Place], remarks: list[Remark]) -> Shown:
    """Show one piece. Of several claims, a click on the words means the innermost."""
    covering = [by_name[name] for name in piece.spans]
    return Shown(
        words=list(_words(piece, remarks)) if remarks else [Words(piece.text, None)],
        covered_by=piece.spans,
        means=covering[-1] if covering else None,
        opens=[place for place in covering if place.start == piece.start],
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
