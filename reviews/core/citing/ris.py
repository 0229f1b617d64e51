"""RIS and Web of Science's tagged format, read with rispy's parsers; RIS written.

Tags after "RIS Format Specifications" (Research Information Systems, 2011) and what Embase, Scopus, Zotero, Citavi and
EndNote make of them.
"""

import re
from collections.abc import Iterator
from typing import ClassVar

from rispy.parser import RisParser, WokParser

from reviews.core.citing.entries import Draft, Entry, Fields, LeftOut
from reviews.core.citing.pieces import Piece, pages_of
from reviews.core.citing.records import Record

START = re.compile(r"TY {1,2}-(?: |$)|(?i:TY)(?:[ \t\xa0]{1,4}[-–—]| {2}-)[ \t\xa0]{0,4}[A-Za-z]{3,8}(?: article)?\s*$")
END = re.compile(r"[ \t]{0,5}(?i:ER)[ \t\xa0]{1,4}[-–—]\s*$")
FIELD = re.compile(r"(?:A[1-4U]|AB|D[AOP]|E[DP]|J[AFO]|KW|N[12]|P[BMY]|S[NP]|T[12I]|UR|VL|Y1) {2}- \S")
WOS_START = re.compile(r"PT [JBSP]$")
_NO_END = re.compile(r"^(?=ER)(?!ER(?: {1,2}-)?[^\S\n]*$)", re.MULTILINE)
"""Where a line begins like the end of a reference and is none: moved in, it goes on with the line before it."""


_LINE = re.compile(r"([A-Z][A-Z0-9]) {1,2}-(?: (.*))?$")
_LOOSE_LINE = re.compile(
    r"[ \t]{0,5}([A-Za-z][A-Za-z0-9])(?:[ \t\xa0]{1,4}[-–—](?:[ \t\xa0]|$)| {2}-)[ \t\xa0]{0,9}(.*)$"
)
_PMCID = re.compile(r"PMC\d{1,9}", re.IGNORECASE)
_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:?\s*)?10\.\d{4,9}/\S+", re.IGNORECASE)
_DIGITS = re.compile(r"\d{1,8}")
_ISSN = re.compile(r"\d{4}-?\d{3}[\dXx]\b.*")

KINDS = {
    "JOUR": "article-journal",
    "EJOUR": "article-journal",
    "JFULL": "article-journal",
    "INPR": "article-journal",
    "ABST": "article-journal",
    "JOURNAL ARTICLE": "article-journal",
    "BOOK": "book",
    "EBOOK": "book",
    "EDBOOK": "book",
    "CHAP": "chapter",
    "ECHAP": "chapter",
    "ENCYC": "chapter",
    "CONF": "paper-conference",
    "CPAPER": "paper-conference",
    "RPRT": "report",
    "STAND": "report",
    "GOVDOC": "report",
    "THES": "thesis",
    "UNPB": "article",
    "ELEC": "webpage",
    "WEB": "webpage",
    "BLOG": "webpage",
    "ICOMM": "webpage",
    "NEWS": "article-newspaper",
    "MGZN": "article-magazine",
    "DATA": "dataset",
    "GEN": "document",
}
TAG_OF_KIND = {kind: tag for tag, kind in reversed(KINDS.items()) if len(tag) == 4}


_WRAPPED = re.compile(r"[ \t]{0,9}\r?\n {6}(?=\S)")  # as in nbib: a line's text goes on below itself


class _EveryTag(dict[str, str]):
    """Calls every tag by its own name, so that none is unknown and none falls under another."""

    def __missing__(self, tag: str) -> str:
        return tag


class _AnyTag:
    """Says that every tag may come several times, so that none overwrites another."""

    def __contains__(self, tag: object) -> bool:
        return True


class _Ris(RisParser):  # type: ignore[misc]  # rispy has no types
    def parse_line(self, line: str) -> tuple[str | None, str]:
        found = _LINE.match(line.rstrip())
        return (found.group(1), (found.group(2) or "").strip()) if found else (None, line.strip())


class _WebOfScience(WokParser):  # type: ignore[misc]  # rispy has no types
    DEFAULT_IGNORE: ClassVar[list[str]] = ["FN", "VR", "EF", ""]


def read_ris(piece: Piece) -> Entry:
    """Read one reference, from its TY line to its end. Raises UnreadableReferences."""
    tags = _fields(_parsed(_Ris, _straightened(_WRAPPED.sub(" ", piece.text)), end="ER  - "))
    kind = KINDS.get(tags.first("TY").upper(), "")
    is_part = kind in {"chapter", "paper-conference"}
    draft = Draft(
        kind=kind,
        title=tags.first("TI", "T1", "CT", *(() if is_part else ("BT",)), "ST"),
        authors=tags.all("AU", "A1"),
        editors=tags.all("A2", "ED"),
        container=tags.first("JF", "T2", "BT", "JO", "JA", "J2") if kind != "book" else "",
        date=tags.first("PY", "Y1", "DA"),
        volume=tags.first("VL", "VO"),
        issue=tags.first("IS", "CP"),
        pages=pages_of(tags.first("SP"), tags.first("EP")),
        publisher=tags.first("PB"),
        abstract=_joined(tags, "AB") or _joined(tags, "N2"),
        language=tags.first("LA"),
        types=tags.all("M3"),
        keywords=[word for text in tags.all("KW") for word in text.split("; ")],
    )
    _identify(draft, tags)
    draft.urls = tags.all("UR") + tags.all("L2", "LK")
    draft.left_out = list(tags.rest())
    return draft.entry(line=piece.line)


def _straightened(text: str) -> str:
    """Return a reference with its tags as the format has them: "ti – Tea" is "TI  - Tea".

    Small letters are tags only where the first line begins with them: elsewhere such a line goes on with its text.
    """
    lines = text.split("\n")
    first = _LOOSE_LINE.match(lines[0])
    is_small = first is not None and not first[1].isupper()
    straight = []
    for line in lines:
        found = _LOOSE_LINE.match(line)
        is_tag = found is not None and (is_small or found[1].isupper())
        straight.append(f"{found[1].upper()}  - {found[2]}" if found and is_tag else line)
    return "\n".join(straight if straight[0].startswith("TY") else ["TY  - ", *straight])


def _identify(draft: Draft, tags: Fields) -> None:
    """Take the identifiers from their own tags, or from those in which databases hide them."""
    doi = tags.first("DO", "DI") or tags.that(_DOI, "M3", "L3", "N1", "UR", "L2")
    databases = " ".join(part.value.lower() for part in tags.rest() if part.name in {"DB", "DP"})
    pmid = tags.that(_DIGITS, "PM")
    if not pmid and any(name in databases for name in ("pubmed", "medline", "nlm")):
        pmid = tags.that(_DIGITS, "C5") if "embase" in databases else tags.that(_DIGITS, "AN", "ID")
    pmcid = tags.that(_PMCID, "C2", "PC", "U2", "AN", "ID")
    draft.identifiers = [("doi", doi)] if doi else []
    draft.identifiers += [("pmid", pmid)] if pmid else []
    draft.identifiers += [("pmcid", pmcid)] if pmcid else []
    draft.identifiers += [("nct", number) for number in tags.all("ZN")]
    for number in tags.all("SN"):
        if not _ISSN.fullmatch(number):
            draft.identifiers.append(("isbn", number))
        else:
            draft.left_out.append(LeftOut("SN", number))


def read_wos(piece: Piece) -> Entry:
    """Read one reference of a Web of Science export. Raises UnreadableReferences."""
    tags = _fields(_parsed(_WebOfScience, piece.text, end="ER"))
    draft = Draft(
        title=" ".join(tags.all("TI")),
        kind={"J": "article-journal", "B": "book", "S": "chapter", "P": "document"}.get(tags.first("PT"), ""),
        authors=tags.all("AF") or tags.all("AU"),
        editors=tags.all("BE"),
        container=" ".join(tags.all("SO")),
        date=tags.first("PY"),
        volume=tags.first("VL"),
        issue=tags.first("IS"),
        pages=pages_of(tags.first("BP"), tags.first("EP")) or tags.first("AR"),
        publisher=tags.first("PU"),
        abstract=_joined(tags, "AB"),
        language=tags.first("LA"),
        types=tags.all("DT"),
        keywords=[word for text in (" ".join(tags.all("DE")), " ".join(tags.all("ID"))) for word in text.split("; ")],
        identifiers=[("doi", doi) for doi in tags.all("DI")] + [("pmid", pmid) for pmid in tags.all("PM")],
    )
    tags.all("AU")
    draft.identifiers += [("isbn", number) for number in tags.all("BN")]
    draft.left_out = list(tags.rest())
    return draft.entry(line=piece.line)


def _parsed(parser: type[RisParser], text: str, *, end: str) -> dict[str, list[str]]:
    reader = parser(mapping=_EveryTag(), list_tags=_AnyTag(), delimiter_tags_mapping={}, enforce_list_tags=False)
    merged: dict[str, list[str]] = {}
    for found in reader.parse(f"{_NO_END.sub('   ', text)}\n{end}"):
        for tag, values in found.items():
            merged.setdefault(tag, []).extend(values if isinstance(values, list) else [values])
    return merged


def _fields(parsed: dict[str, list[str]]) -> Fields:
    return Fields((str(tag), value) for tag, values in parsed.items() for value in values)


def _joined(tags: Fields, tag: str) -> str:
    return "\n".join(tags.all(tag))


def write_ris(record: Record) -> str:
    """Return a record as RIS; what RIS has no tag for is said in ``lost_in``."""
    return "".join(f"{tag}  - {' '.join(value.split())}\n" for tag, value in _lines(record)) + "ER  - \n"


def _lines(record: Record) -> Iterator[tuple[str, str]]:
    kind = record.as_csl()["type"]
    first, _, last = record.pages.partition("-")
    single = {
        "TY": TAG_OF_KIND.get(kind, "GEN"),
        "TI": record.title,
        "JF" if kind == "article-journal" else "T2": record.container,
        "PY": str(record.year or ""),
        "VL": record.volume,
        "IS": record.issue,
        "SP": first,
        "EP": last,
        "PB": record.publisher,
        "DO": record.doi,
        "PM": record.pmid,
        "C2": record.pmcid,
        "ZN": record.nct,
        "SN": record.isbn,
        "UR": record.url,
    }
    yield from ((tag, value) for tag, value in single.items() if value)
    yield from (("AU", author) for author in record.authors)
    yield from (("A2", editor) for editor in record.editors)
