"""One bibliographic record, whatever it came from: CSL-JSON at heart."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from types import MappingProxyType
from typing import Any

KINDS = (
    ("article-journal", "Journal article"),
    ("book", "Book"),
    ("chapter", "Chapter of a book"),
    ("paper-conference", "Conference paper"),
    ("report", "Report or guideline"),
    ("thesis", "Thesis"),
    ("article", "Preprint"),
    ("webpage", "Web page"),
    ("article-newspaper", "Newspaper article"),
    ("article-magazine", "Magazine article"),
    ("dataset", "Data set or trial registration"),
    ("document", "Something else"),
)
"""What a publication can be: types of CSL 1.0.2 (citationstyles.org, appendix III), as far as they are cited here."""

_KIND_CODES = frozenset(code for code, _ in KINDS)
_KINDS_OF_CROSSREF = MappingProxyType(
    {
        "journal-article": "article-journal",
        "monograph": "book",
        "edited-book": "book",
        "reference-book": "book",
        "book-chapter": "chapter",
        "book-section": "chapter",
        "reference-entry": "chapter",
        "proceedings-article": "paper-conference",
        "report-component": "report",
        "dissertation": "thesis",
        "posted-content": "article",
        "entry-encyclopedia": "chapter",
        "post-weblog": "webpage",
        "post": "webpage",
        "database": "dataset",
    }
)


@dataclass(frozen=True)
class Record:
    """What is known of a publication. ``authors`` and ``editors`` are "Family, Given" each; identifiers are in their
    normal form.

    ``kind`` is one of ``KINDS``; empty where it is the usual one: a journal article where there is a container, else a
    document.
    """

    title: str
    authors: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    container: str = ""
    year: int | None = None
    volume: str = ""
    issue: str = ""
    pages: str = ""
    publisher: str = ""
    doi: str = ""
    pmid: str = ""
    pmcid: str = ""
    nct: str = ""
    isbn: str = ""
    url: str = ""
    kind: str = ""

    def __post_init__(self) -> None:
        if self.kind == self._usual_kind:
            object.__setattr__(self, "kind", "")  # one way to say one thing: equal records compare equal

    @property
    def _usual_kind(self) -> str:
        return "article-journal" if self.container else "document"

    def key(self) -> str:
        """Return a key made of the content alone: the first identifier, or a hash of what names the work."""
        for name in ("doi", "pmid", "pmcid"):
            if value := getattr(self, name):
                return f"{name}:{value}"
        words = re.sub(r"\W+", " ", f"{self.title} {self.year or ''} {self.container}").casefold().strip()
        return "record:" + sha256(words.encode()).hexdigest()[:16]

    def short(self) -> str:
        """Return how one speaks of it: "Smith et al. 2019, Lancet", or its title where no author is known."""
        families = [author.partition(",")[0].strip() for author in self.authors]
        who = {0: self.title, 1: "".join(families[:1]), 2: " and ".join(families[:2])}.get(
            len(families), f"{families[0] if families else ''} et al."
        )
        when = f" {self.year}" if self.year else ""
        return f"{who}{when}" + (f", {self.container}" if self.container else "")

    def formatted(self) -> str:
        """Return the whole reference as one line of plain text."""
        where = self.container
        if self.volume:
            where += f" {self.volume}" + (f"({self.issue})" if self.issue else "")
        if self.pages:
            where += f":{self.pages}"
        year = f"({self.year})" if self.year else ""
        parts = ["; ".join(self.authors), year, self.title, where.strip()]
        parts.append(f"doi:{self.doi}" if self.doi else self.url)
        return " ".join(part.rstrip(".") + "." for part in parts if part)

    def link(self) -> str:
        """Return where a reader finds it, or an empty string."""
        if self.doi:
            return f"https://doi.org/{self.doi}"
        if self.pmid:
            return f"https://pubmed.ncbi.nlm.nih.gov/{self.pmid}/"
        if self.pmcid:
            return f"https://pmc.ncbi.nlm.nih.gov/articles/{self.pmcid}/"
        return self.url

    def as_csl(self) -> dict[str, Any]:
        """Return the record as a CSL-JSON item; what is not known is left out."""
        item: dict[str, Any] = {
            "type": self.kind or self._usual_kind,
            "title": self.title,
            "author": [_name(author) for author in self.authors],
            "editor": [_name(editor) for editor in self.editors],
            "container-title": self.container,
            "issued": {"date-parts": [[self.year]]} if self.year else None,
            "volume": self.volume,
            "issue": self.issue,
            "page": self.pages,
            "publisher": self.publisher,
            "DOI": self.doi,
            "PMID": self.pmid,
            "PMCID": self.pmcid,
            "NCT": self.nct,
            "ISBN": self.isbn,
            "URL": self.url,
        }
        return {key: value for key, value in item.items() if value}

    @classmethod
    def from_csl(cls, item: Mapping[str, Any]) -> "Record":
        """Read a CSL-JSON item, of ours or of others; unknown fields are passed over.

        Crossref gives titles as lists: the first one counts. A year that is no number is not known.
        """
        return cls(
            title=_text(item.get("title")),
            authors=_authors(item.get("author")),
            editors=_authors(item.get("editor")),
            container=_text(item.get("container-title")),
            year=_year(item.get("issued")),
            volume=_text(item.get("volume")),
            issue=_text(item.get("issue")),
            pages=_text(item.get("page")),
            publisher=_text(item.get("publisher")),
            doi=_text(item.get("DOI")),
            pmid=_text(item.get("PMID")),
            pmcid=_text(item.get("PMCID")),
            nct=_text(item.get("NCT")),
            isbn=_text(item.get("ISBN")),
            url=_text(item.get("URL")),
            kind=kind_of(_text(item.get("type"))),
        )


def kind_of(csl_type: str) -> str:
    """Return the kind that a type of CSL or Crossref names, or an empty string."""
    named = _KINDS_OF_CROSSREF.get(csl_type, csl_type)
    return named if named in _KIND_CODES else ""


def _text(value: object) -> str:
    if isinstance(value, list | tuple):
        value = value[0] if value else None
    return "" if value is None else str(value).strip()


def _year(issued: Any) -> int | None:
    """Return the year of a CSL date, {"date-parts": [[2019, 5]]}, or ``None``."""
    parts = issued.get("date-parts") if isinstance(issued, Mapping) else None
    first = parts[0] if isinstance(parts, list) and parts else None
    year = _text(first)
    return int(year) if year.isascii() and year.isdecimal() and len(year) <= 4 else None


def _name(author: str) -> dict[str, str]:
    family, comma, given = author.partition(",")
    return {"family": family.strip(), "given": given.strip()} if comma else {"literal": author.strip()}


def _authors(names: Any) -> tuple[str, ...]:
    people = names if isinstance(names, list | tuple) else ()
    return tuple(author for author in (_author(name) for name in people if isinstance(name, Mapping)) if author)


def _author(name: Mapping[str, Any]) -> str:
    if literal := _text(name.get("literal")) or _text(name.get("name")):
        return literal
    particles = [_text(name.get("dropping-particle")), _text(name.get("non-dropping-particle"))]
    family = " ".join(part for part in (*particles, _text(name.get("family"))) if part)
    given = ", ".join(part for part in (_text(name.get("given")), _text(name.get("suffix"))) if part)
    return ", ".join(part for part in (family, given) if part)
