"""References in whatever format they come: told from their content, each read by itself."""

import re
from collections.abc import Callable, Iterable, Iterator

from reviews.core.citing import bibtex, csl, medline, prose, pubmed, ris
from reviews.core.citing.entries import Batch, Broken, Draft, Entry, Format, LeftOut, excerpt_of
from reviews.core.citing.errors import NoReferences, NotText, TooMuchAtOnce, UnknownMarkup, UnreadableReferences
from reviews.core.citing.identifiers import NotAnIdentifier, identify
from reviews.core.citing.markup import json_of, line_of, words_of, xml_of
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
    """Read piece by piece; each is where it begins, how it is read, and its words should it be broken."""
    entries: list[Entry] = []
    broken: list[Broken] = []
    for line, read, words in pieces:
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
    items, is_crossref = csl.items_of(json_of(text))
    rows = (
        (place, lambda item=item, place=place: csl.read_item(item, line=place), str(item)[:500])
        for place, item in enumerate(items, start=1)
    )
    return _each("crossref" if is_crossref else "csl", rows)


def _pubmed(text: str) -> Batch:
    root = xml_of(text)
    articles = [root] if root.tag in pubmed.ARTICLES else [child for child in root if child.tag in pubmed.ARTICLES]
    return _each("pubmed", _elements(articles, pubmed.read_pubmed))


def _endnote_xml(text: str) -> Batch:
    return _each("endnote_xml", _elements(xml_of(text).iter("record"), pubmed.read_endnote_xml))


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
