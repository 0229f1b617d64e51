"""The article as a reviewer reads it: its passages, with every claim and every cue where it stands."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from reviews.core.reading.document import BODY, TITLE, Region
from reviews.core.reading.passages import Passage, Piece, passages
from reviews.forms.blank import kept_by_language
from reviews.models import RoundClaim
from reviews.models.vocabulary import CUE_KINDS, REGION_KINDS
from reviews.services.outline import Noticed, Outline


class Remark(NamedTuple):
    """What the machine noticed in ``text[start:end]``: its kind's title, why, and its place among ``findings_of``."""

    start: int
    end: int
    title: str
    reason: str
    number: int


class Words(NamedTuple):
    """Some words in one piece, and the remark on them, if there is one."""

    text: str
    remark: Remark | None


class Shown(NamedTuple):
    """A piece of the article, and by their numbers the claims that cover it, the one that a click means, and those that
    begin with it.
    """

    words: tuple[Words, ...]
    covered_by: tuple[str, ...]
    means: int | None
    opens: tuple[int, ...]


class Finding(NamedTuple):
    """One thing that the machine noticed: its kind's title, why, and all words that it was noticed in."""

    title: str
    reason: str
    words: tuple[str, ...]


class Shelf(NamedTuple):
    """A passage of the article, with its claims."""

    kind: str
    title: str
    counts: bool
    has_claims: bool
    paragraphs: tuple[tuple[Shown, ...], ...]


def remarks_on(claim: RoundClaim, *, outline: Outline) -> list[Remark]:
    """Return the cues in the words of a claim."""
    return _remarks(cue for cue in outline.cues if cue.start < claim.end and claim.start < cue.end)


def shelves_of(outline: Outline) -> tuple[Shelf, ...]:
    """Return the article as the page shows it, with the claims where they stand."""
    places = tuple((place.number, place.start, place.end) for place in outline.places)
    return _shelves(outline.text, outline.regions, outline.cues, places)


def findings_of(outline: Outline) -> tuple[Finding, ...]:
    """Return what the machine noticed in the whole text, each reason once, in the order of the text."""
    return _findings(outline.text, outline.cues)


@kept_by_language(32)
def _findings(text: str, cues: tuple[Noticed, ...]) -> tuple[Finding, ...]:
    words: dict[tuple[str, str], list[str]] = {}
    for remark in _remarks(cues):
        words.setdefault((remark.title, remark.reason), []).append(text[remark.start : remark.end])
    return tuple(Finding(title, reason, tuple(said)) for (title, reason), said in words.items())


@kept_by_language(32)
def _shelves(
    text: str, regions: tuple[Region, ...], cues: tuple[Noticed, ...], places: tuple[tuple[int, int, int], ...]
) -> tuple[Shelf, ...]:
    """Cut a text, which is frozen with its round. What comes of it hangs on these values alone, and on no reviewer."""
    spans = {str(number): (start, end) for number, start, end in places}
    starts = {number: start for number, start, _ in places}
    remarks = list(_apart(_remarks(cues)))
    return tuple(
        _shelf(passage, starts=starts, remarks=remarks) for passage in passages(text, regions=regions, spans=spans)
    )


def _remarks(cues: Iterable[Noticed]) -> list[Remark]:
    titles = {code: str(title) for code, title in CUE_KINDS}
    numbers: dict[tuple[str, str], int] = {}
    remarks = []
    for cue in cues:
        title = titles.get(cue.kind, cue.kind)
        number = numbers.setdefault((title, cue.reason), len(numbers))
        remarks.append(Remark(cue.start, cue.end, title, cue.reason, number))
    return remarks


def _apart(remarks: Iterable[Remark]) -> Iterator[Remark]:
    """Yield the remarks that can be underlined: of two on the same words, the one that begins first."""
    reached = 0
    for remark in remarks:
        if remark.start >= reached:
            reached = remark.end
            yield remark


def _shelf(passage: Passage, *, starts: Mapping[int, int], remarks: list[Remark]) -> Shelf:
    return Shelf(
        kind=passage.kind,
        title=str(dict(REGION_KINDS).get(passage.kind, passage.kind)),
        counts=passage.kind in {TITLE, BODY},
        has_claims=any(piece.spans for pieces in passage.paragraphs for piece in pieces),
        paragraphs=tuple(
            tuple(_shown(piece, starts=starts, remarks=remarks) for piece in pieces) for pieces in passage.paragraphs
        ),
    )


def _shown(piece: Piece, *, starts: Mapping[int, int], remarks: list[Remark]) -> Shown:
    """Show one piece. Of several claims, a click on the words means the innermost."""
    covering = [int(name) for name in piece.spans]
    return Shown(
        words=tuple(_words(piece, remarks)) if remarks else (Words(piece.text, None),),
        covered_by=piece.spans,
        means=covering[-1] if covering else None,
        opens=tuple(number for number in covering if starts[number] == piece.start),
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
