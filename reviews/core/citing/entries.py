"""What came in as references: each a record with what else was said of it, what did not fit, and what was broken."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from reviews.core.citing.errors import NothingToName
from reviews.core.citing.identifiers import NORMAL_FORMS, Kind, NotAnIdentifier
from reviews.core.citing.records import Record
from reviews.core.phrases import Phrase

Format = Literal[
    "ris",
    "nbib",
    "wos",
    "bibtex",
    "labelled",
    "csl",
    "crossref",
    "pubmed",
    "endnote_xml",
    "endnote",
    "identifiers",
    "prose",
]

FORMAT_TITLES: dict[Format, str] = {
    "ris": "RIS",
    "nbib": "MEDLINE (nbib)",
    "wos": "Web of Science",
    "bibtex": "BibTeX",
    "labelled": "labelled fields",
    "csl": "CSL-JSON",
    "crossref": "Crossref JSON",
    "pubmed": "PubMed XML",
    "endnote_xml": "EndNote XML",
    "endnote": "EndNote",
    "identifiers": "identifiers and addresses",
    "prose": "a list in prose",
}

LONGEST = {"title": 1000, "container": 500, "publisher": 300, "volume": 40, "issue": 40, "pages": 60, "url": 1000}
LONGEST_NAME = 200
MOST_NAMES = 500
LONGEST_SHOWN = 300
LONGEST_ABSTRACT = 50_000
NAMES_OF_IDENTIFIERS = {"doi": "DOI", "pmid": "PMID", "pmcid": "PMCID", "nct": "Trial", "isbn": "ISBN"}

_INITIALS = re.compile(r"(?:[^\W\d_a-z]\.?-?){1,4}")
_YEAR = re.compile(r"(?<!\d)(1[5-9]\d\d|20\d\d|21\d\d)(?!\d)")
_PAGE_DASH = re.compile(r"\s{0,20}(?:--+|[‐‑‒–—−])\s{0,20}")
_WEB = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)


@dataclass(frozen=True)
class LeftOut:
    """Something that a record could not express: what it is called where it came from, and its beginning."""

    name: str
    value: str


@dataclass(frozen=True)
class Entry:
    """One reference as it came in: its record, and what helps to judge it. ``line`` counts from 1.

    ``types`` are publication types and ``keywords`` subject words in the words of whoever catalogued it.
    """

    record: Record
    line: int
    abstract: str = ""
    language: str = ""
    types: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    left_out: tuple[LeftOut, ...] = ()


@dataclass(frozen=True)
class Broken:
    """A reference that could not be read: where it begins, why, and its first words."""

    line: int
    reason: Phrase
    excerpt: str


@dataclass(frozen=True)
class Batch:
    """Everything that one file or paste held; ``outside`` is what belongs to no reference."""

    format: Format
    entries: tuple[Entry, ...] = ()
    broken: tuple[Broken, ...] = ()
    outside: tuple[LeftOut, ...] = ()


class Fields:
    """Names and values of one reference, each to be taken once; what nobody took is left out.

    A name may come several times. Empty values count as absent.
    """

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self._pairs = [(name, " ".join(value.split())) for name, value in pairs]
        self._pairs = [(name, value) for name, value in self._pairs if value]

    def all(self, *names: str) -> list[str]:
        """Take every value of these names, in the order in which they came."""
        taken = [value for name, value in self._pairs if name in names]
        self._pairs = [(name, value) for name, value in self._pairs if name not in names]
        return taken

    def first(self, *names: str) -> str:
        """Take the first value of the first of these names that has one; the same said again is no other."""
        for name in names:
            value = next((value for other, value in self._pairs if other == name), "")
            if value:
                self._pairs = [pair for pair in self._pairs if not (pair[0] in names and pair[1] == value)]
                return value
        return ""

    def that(self, pattern: re.Pattern[str], *names: str) -> str:
        """Take the first value of these names that the pattern matches as a whole."""
        for name, value in self._pairs:
            if name in names and pattern.fullmatch(value):
                self._pairs.remove((name, value))
                return value
        return ""

    def rest(self) -> Iterator[LeftOut]:
        """Yield what nobody took."""
        for name, value in self._pairs:
            yield LeftOut(name, value)


@dataclass
class Draft:
    """A reference while it is put together, every part as it was found."""

    title: str = ""
    authors: list[str] = field(default_factory=list)
    editors: list[str] = field(default_factory=list)
    container: str = ""
    date: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    publisher: str = ""
    kind: str = ""
    identifiers: list[tuple[Kind, str]] = field(default_factory=list)
    urls: list[str] = field(default_factory=list)
    abstract: str = ""
    language: str = ""
    types: list[str] = field(default_factory=list)
    keywords: list[str] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)

    def entry(self, *, line: int) -> Entry:
        """Return it as an entry; whatever is no identifier, too long or one too many is left out by name.

        Raises NothingToName.
        """
        named = self._identifiers()
        title = self._clipped("title", " ".join(self.title.split()))
        if not title and not named:
            raise NothingToName
        record = Record(
            title=title or stand_in(named),
            authors=self._names("author", self.authors),
            editors=self._names("editor", self.editors),
            container=self._clipped("container", self.container),
            year=self._year(),
            volume=self._clipped("volume", self.volume),
            issue=self._clipped("issue", self.issue),
            pages=self._clipped("pages", _PAGE_DASH.sub("-", self.pages)),
            publisher=self._clipped("publisher", self.publisher),
            url=self._url(),
            kind=self.kind,
            **named,
        )
        return Entry(
            record=record,
            line=line,
            abstract=self.abstract.strip()[:LONGEST_ABSTRACT],
            language=self.language,
            types=tuple(dict.fromkeys(self.types)),
            keywords=tuple(dict.fromkeys(self.keywords)),
            left_out=tuple(LeftOut(part.name, _shown(part.value)) for part in self.left_out if part.value),
        )

    def _identifiers(self) -> dict[str, str]:
        named: dict[str, str] = {}
        for kind, value in self.identifiers:
            try:
                normal = NORMAL_FORMS[kind](value)
            except NotAnIdentifier:
                self._leave(NAMES_OF_IDENTIFIERS[kind], value)
                continue
            if named.setdefault(kind, normal) != normal:
                self._leave(NAMES_OF_IDENTIFIERS[kind], normal)
        return named

    def _names(self, role: str, names: Iterable[str]) -> tuple[str, ...]:
        people = list(dict.fromkeys(name for name in map(in_order, names) if name))
        for name in people[MOST_NAMES:]:
            self._leave(role, name)
        return tuple(self._clipped(role, name, longest=LONGEST_NAME) for name in people[:MOST_NAMES])

    def _year(self) -> int | None:
        found = _YEAR.search(self.date)
        if self.date and (not found or re.search(r"\w", self.date.replace(found.group(), "", 1))):
            self._leave("date", self.date)
        return int(found.group()) if found else None

    def _url(self) -> str:
        addresses = list(dict.fromkeys(url.rstrip(";,") for text in self.urls for url in _WEB.findall(text)))
        for text in self.urls:
            if not _WEB.search(text):
                self._leave("address", text)
        fitting = [url for url in addresses if len(url) <= LONGEST["url"]]
        for url in addresses:
            if url not in fitting[:1]:
                self._leave("address", url)
        return fitting[0] if fitting else ""

    def _clipped(self, name: str, value: str, *, longest: int | None = None) -> str:
        value = " ".join(value.split())
        longest = longest or LONGEST[name]
        if len(value) <= longest:
            return value
        self._leave(f"{name} as a whole", value)
        return value[: longest - 1].rstrip() + "…"

    def _leave(self, name: str, value: str) -> None:
        self.left_out.append(LeftOut(name, value))


def stand_in(named: dict[str, str]) -> str:
    """Return what a record is called that has no title: its first identifier."""
    kind, value = next(iter(named.items()))
    return f"{NAMES_OF_IDENTIFIERS[kind]} {value}"


def in_order(name: str) -> str:
    """Return a person's name as "Family, Given", however it was written; an organisation's stays as it is.

    "Adler D.G." and "Adler DG" have their family first; "Ada B. Nox" has it last only where a format says so, so that
    such a name stays as it stands.
    """
    name = " ".join(name.split()).strip(" ,;")
    family, comma, given = (part.strip() for part in name.partition(","))
    if comma:
        return f"{family}, {given}" if family and given else family or given
    words = name.split(" ")
    if len(words) > 1 and _INITIALS.fullmatch(words[-1]):
        return f"{' '.join(words[:-1])}, {words[-1]}"
    return name


def excerpt_of(text: str) -> str:
    """Return the first words of what could not be read."""
    return _shown(text)


def _shown(text: str) -> str:
    text = " ".join(text[: 4 * LONGEST_SHOWN].split())
    return text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1].rstrip() + "…"
