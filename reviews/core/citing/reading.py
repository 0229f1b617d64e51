"""References in whatever format they come: told from their content, each read by itself."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import islice
from typing import Any

from reviews.core.citing import bibtex, csl, medline, prose, pubmed, ris
from reviews.core.citing.entries import Batch, Broken, Draft, Entry, Format, LeftOut, excerpt_of
from reviews.core.citing.errors import (
    BrokenMarkup,
    NoReferences,
    NotText,
    TooMuchAtOnce,
    UnknownMarkup,
    UnreadableReferences,
)
from reviews.core.citing.identifiers import NotAnIdentifier, identify
from reviews.core.citing.markup import json_of, line_of, parts_of_xml, values_of_json, words_of, xml_of
from reviews.core.citing.pieces import Piece, Pieces, moved_back, split_at
from reviews.core.reading.decoding import decode
from reviews.core.reading.errors import BinaryFile

MOST_BYTES = 4_000_000
MOST_REFERENCES = 1_000

_ADDRESS = re.compile(r"https?://[^\s<>\"]{4,990}", re.IGNORECASE)
_BLANK, _NOTHING = re.compile(r"\s*$"), re.compile(r"(?!)")
_LIST_OF_ITEMS = re.compile(r"\A\s*\[\s*[\[{]")
_STARTS: tuple[tuple[Format, re.Pattern[str]], ...] = (
    ("ris", ris.START),
    ("nbib", medline.START),
    ("wos", re.compile(r"FN |PT [JBSP]$")),
    ("endnote", medline.ENDNOTE_START),
    ("bibtex", bibtex.START),
)


def read_references(received: bytes) -> Batch:
    """Read a file or a paste. Raises UnreadableReferences: what is too long, no text, or holds no reference at all.

    One reference that is broken costs itself only; the others are read.
    """
    if len(received) > MOST_BYTES:
        raise TooMuchAtOnce
    try:
        text = decode(received)
    except BinaryFile as error:
        raise NotText from error
    if not text.strip():
        raise NoReferences
    text = moved_back(text, starts=[*(start for _, start in _STARTS), bibtex.LABELLED_START])
    batch = READERS[format_of(text)](text)
    if len(batch.entries) + len(batch.broken) > MOST_REFERENCES:
        raise TooMuchAtOnce
    if not batch.entries and not batch.broken:
        raise NoReferences
    return batch


def format_of(text: str) -> Format:
    """Return the format of a text, by the first line that begins a reference. Raises UnknownMarkup."""
    start = text.lstrip()[:1]
    if start == "<":
        return _format_of_xml(text)
    lines = text.split("\n")
    first_words = next(line for line in lines if line.strip())
    if bibtex.LABELLED_START.match(first_words):
        return "labelled"
    if start == "{" or _LIST_OF_ITEMS.match(text):
        return "csl"
    has_fields_of_nbib = any(medline.FIELD.match(line) and not medline.START.match(line) for line in lines)
    for line in lines:
        for name, pattern in _STARTS:
            if pattern.match(line) and (name != "nbib" or has_fields_of_nbib):
                return name
    if sum(bool(ris.FIELD.match(line)) for line in lines) > 1:
        return "ris"
    return "identifiers" if all(_is_identifier(words) for _, words in _words(text)) else "prose"


def _words(text: str) -> list[tuple[int, str]]:
    """Return what stands between white space and commas, "PMID: 12" as one, with its line."""
    joined = re.sub(r"\b(PMID|PMCID|DOI|ISBN|NCT)[:-]?[^\S\n]{1,5}(?=\S)", r"\1:", text, flags=re.IGNORECASE)
    lines = enumerate(joined.split("\n"), start=1)
    return [(line, word) for line, row in lines for word in re.split(r"[\s,;]+", row) if word][: MOST_REFERENCES + 1]


def _is_identifier(word: str) -> bool:
    if _ADDRESS.fullmatch(word):
        return True
    try:
        identify(word)
    except NotAnIdentifier:
        return False
    return True


def _identifiers(text: str) -> Batch:
    rows = ((line, lambda line=line, word=word: _named(word, line=line), word) for line, word in _words(text))
    return _each("identifiers", rows)


def _named(word: str, *, line: int) -> Entry:
    """Return a reference that is only named: by an identifier, or by its address."""
    try:
        identifier = identify(word)
    except NotAnIdentifier:
        return Draft(title=word, urls=[word], kind="webpage").entry(line=line)
    return Draft(identifiers=[(identifier.kind, identifier.value)]).entry(line=line)


def _format_of_xml(text: str) -> Format:
    root = re.search(r"<(?![?!])(?:\w+:)?([\w-]{1,60})", text)
    name = root.group(1).lower() if root else ""
    if name.startswith("pubmed"):
        return "pubmed"
    if name in {"xml", "records"}:
        return "endnote_xml"
    raise UnknownMarkup


def _each(
    name: Format, pieces: Iterable[tuple[int, Callable[[], Entry], str]], outside: Iterable[LeftOut] = ()
) -> Batch:
    """Read piece by piece; each is where it begins, how it is read, and its words should it be broken.

    No more than tell that there are too many.
    """
    entries: list[Entry] = []
    broken: list[Broken] = []
    for line, read, words in islice(pieces, MOST_REFERENCES + 1):
        try:
            entries.append(read())
        except UnreadableReferences as refusal:
            broken.append(Broken(line, refusal.phrase, excerpt_of(words)))
    return Batch(name, tuple(entries), tuple(broken), tuple(outside))


def _by_lines(
    name: Format,
    read: Callable[[Piece], Entry],
    *,
    start: re.Pattern[str],
    end: re.Pattern[str] | None = None,
    field: re.Pattern[str] | None = None,
) -> Callable[[str], Batch]:
    def read_all(text: str) -> Batch:
        return _of_pieces(name, split_at(text, start=start, end=end, field=field), read)

    return read_all


def _of_pieces(name: Format, pieces: Pieces, read: Callable[[Piece], Entry]) -> Batch:
    outside = [LeftOut(f"line {piece.line}", excerpt_of(piece.text)) for piece in pieces.outside]
    return _each(name, ((p.line, lambda p=p: read(p), p.text) for p in pieces.inside), outside)  # type: ignore[misc]


def _nbib(text: str) -> Batch:
    """Read MEDLINE's format: parted by its PMIDs, or by blank lines where other fields stand before the first one."""
    first = next((line for line in text.split("\n") if medline.FIELD.match(line)), "")
    if medline.START.match(first):
        pieces = split_at(text, start=medline.START)
    else:
        pieces = split_at(text, start=_NOTHING, end=_BLANK, field=medline.FIELD)
    return _of_pieces("nbib", pieces, medline.read_nbib)


def _json(text: str) -> Batch:
    broken: list[Broken] = []
    try:
        items, is_crossref = csl.items_of(json_of(text))
    except BrokenMarkup as error:
        items, is_crossref, broken = _salvaged_items(text, error=error)
    rows = (
        (place, lambda item=item, place=place: csl.read_item(item, line=place), str(item)[:500])
        for place, item in enumerate(items, start=1)
    )
    batch = _each("crossref" if is_crossref else "csl", rows)
    return replace(batch, broken=(*batch.broken, *broken))


def _salvaged_items(text: str, *, error: BrokenMarkup) -> tuple[list[Any], bool, list[Broken]]:
    """Return the items of values that stand one after the other, whether they are Crossref's, and what is broken behind
    them. Raises the error where nothing stands before that.
    """
    found: list[tuple[list[Any], bool]] = []
    broken: list[Broken] = []
    try:
        found.extend(csl.items_of(value) for value in values_of_json(text))
    except BrokenMarkup as refusal:
        broken = [Broken(sum(len(items) for items, _ in found) + 1, refusal.phrase, "")]
    if not found:
        raise error
    return [item for items, _ in found for item in items], found[0][1], broken


def _pubmed(text: str) -> Batch:
    try:
        root = xml_of(text)
    except BrokenMarkup as error:
        return _salvaged("pubmed", text, names=pubmed.ARTICLES, read=pubmed.read_pubmed, error=error)
    articles = [root] if root.tag in pubmed.ARTICLES else [child for child in root if child.tag in pubmed.ARTICLES]
    return _each("pubmed", _elements(articles, pubmed.read_pubmed))


def _endnote_xml(text: str) -> Batch:
    try:
        records = xml_of(text).iter("record")
    except BrokenMarkup as error:
        return _salvaged("endnote_xml", text, names=["record"], read=pubmed.read_endnote_xml, error=error)
    return _each("endnote_xml", _elements(records, pubmed.read_endnote_xml))


def _salvaged(
    name: Format, text: str, *, names: Iterable[str], read: Callable[..., Entry], error: BrokenMarkup
) -> Batch:
    """Read what is whole of a broken document, each part by itself. Raises the error where it has no parts."""
    parts = list(islice(parts_of_xml(text, names=names), MOST_REFERENCES + 1))
    if not parts:
        raise error
    return _each(
        name,
        (
            (line, lambda line=line, part=part: replace(read(xml_of(part)), line=line), part)  # type: ignore[misc]
            for line, part in parts
        ),
    )


def _elements(elements: Iterable, read: Callable[..., Entry]) -> Iterator[tuple[int, Callable[[], Entry], str]]:  # type: ignore[type-arg]
    for element in elements:
        yield line_of(element), lambda element=element: read(element), words_of(element)[:500]  # type: ignore[misc]


def _prose(text: str) -> Batch:
    return _of_pieces("prose", prose.references_in(text), prose.read_prose)


READERS: dict[Format, Callable[[str], Batch]] = {
    "ris": _by_lines("ris", ris.read_ris, start=ris.START, end=ris.END, field=ris.FIELD),
    "nbib": _nbib,
    "wos": _by_lines("wos", ris.read_wos, start=ris.WOS_START, end=re.compile(r"ER\s*$")),
    "endnote": _by_lines("endnote", medline.read_endnote, start=medline.ENDNOTE_START),
    "labelled": _by_lines("labelled", bibtex.read_labelled, start=bibtex.LABELLED_START),
    "bibtex": bibtex.read_bibtex,
    "csl": _json,
    "crossref": _json,
    "pubmed": _pubmed,
    "endnote_xml": _endnote_xml,
    "identifiers": _identifiers,
    "prose": _prose,
}
