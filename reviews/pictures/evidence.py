"""Which source says what of which claim: claims down, sources across."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from django.utils.safestring import SafeString
from django.utils.translation import gettext

from reviews.core.citing.records import Record
from reviews.models.wording import listed
from reviews.pictures.drawing import Drawing

CELL, LEAST_LEFT, TOP = 34, 74, 26
LETTER = 7
"""How wide a letter of a row's name is, about: the name is longer in some languages."""
STANCES: Mapping[str | None, tuple[str, str]] = {
    "supports": ("tick", "green"),
    "contradicts": ("cross", "red"),
    "mixed": ("tilde", "amber"),
    "does_not_address": ("bar", "grey"),
    None: ("query", "grey"),
}
"""For each stance its sign and its colour; None is not settled, or not assessed."""

Ruling = Mapping[str, Any]
"""What a report says of one claim: an item of ``claims`` in its body."""


class EvidenceMap(NamedTuple):
    """The picture, its rows in words, and its sources: letter and reference."""

    picture: SafeString
    rows: list[tuple[int, str]]
    sources: list[tuple[str, str]]


def evidence_map(claims: Sequence[Ruling]) -> EvidenceMap | None:
    """Return the map of a report's claims, or None where no source was put to any of them."""
    sources = {source["key"]: source for claim in claims for source in claim["evidence"]["sources"]}
    if not sources:
        return None
    letters = {key: letter_of(place) for place, key in enumerate(sources)}
    return EvidenceMap(
        picture=draw_evidence(claims, letters=letters),
        rows=[(claim["number"], row_in_words(claim, letters=letters)) for claim in claims],
        sources=[(letters[key], Record.from_csl(source["record"]).formatted()) for key, source in sources.items()],
    )


def letter_of(place: int) -> str:
    """Return A to Z, then A1 to Z1 and so on: what a source is called on the map."""
    times, letter = divmod(place, 26)
    return chr(ord("A") + letter) + (str(times) if times else "")


def draw_evidence(claims: Sequence[Ruling], *, letters: Mapping[str, str]) -> SafeString:
    """Draw the map. A source that decides has a ring, a retracted one is struck out."""
    left = max([LEAST_LEFT, *(LETTER * len(_claim(claim)) + 16 for claim in claims)])
    columns = {key: left + CELL * (place + 0.5) for place, key in enumerate(letters)}
    width, height = left + CELL * len(columns) + 8, TOP + CELL * len(claims) + 4
    words = " ".join(f"{_claim(claim)}: {row_in_words(claim, letters=letters)}." for claim in claims)
    drawing = Drawing(width=width, height=height, words=words)
    for key, letter in letters.items():
        drawing.text(letter, x=columns[key], y=16, kind="picture-head")
    for row, claim in enumerate(claims):
        middle = TOP + CELL * (row + 0.5)
        drawing.shape("line", x1=left - 6, x2=width - 4, y1=middle, y2=middle, kind="picture-grid")
        drawing.text(_claim(claim), x=2, y=middle + 5, kind="picture-row")
        for source in claim["evidence"]["sources"]:
            _cell(drawing, source, x=columns[source["key"]], y=middle)
    return drawing.drawn()


def _cell(drawing: Drawing, source: Ruling, *, x: float, y: float) -> None:
    sign, colour = STANCES[source["stance"]["code"]]
    if source["decides"]:
        drawing.shape("circle", cx=x, cy=y, r=13, kind="picture-ring", data_colour=colour)
    drawing.sign(sign, x=x, y=y, colour=colour)
    if source["retracted"]:
        drawing.shape("path", d="M-10 10 L10 -10", transform=f"translate({x:g} {y:g})", kind="picture-strike")


def row_in_words(claim: Ruling, *, letters: Mapping[str, str]) -> str:
    """Return what each source says of a claim: "A supports the claim (best evidence), B mixed"."""
    return listed(_said(source, letter=letters[source["key"]]) for source in claim["evidence"]["sources"]) or (
        gettext("no source")
    )


def _claim(claim: Ruling) -> str:
    return gettext("Claim %(number)s") % {"number": claim["number"]}


def _said(source: Ruling, *, letter: str) -> str:
    words = f"{letter} {source['stance_title'].lower()}"
    if source["retracted"]:
        return gettext("%(source)s (retracted)") % {"source": words}
    return gettext("%(source)s (best evidence)") % {"source": words} if source["decides"] else words
