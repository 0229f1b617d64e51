"""What public services know of a publication: Crossref, PubMed, Europe PMC, OpenAlex, each behind one interface."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import quote

from django.conf import settings
from lxml import etree

from reviews.core.citing.csl import read_item
from reviews.core.citing.entries import Draft, Entry
from reviews.core.citing.errors import UnreadableReferences
from reviews.core.citing.identifiers import Identifier, Kind, NotAnIdentifier, normal_doi
from reviews.core.citing.markup import json_of, xml_of
from reviews.core.citing.notices import NATURES, EditorialNotice, notices_of_crossref, notices_of_pubmed
from reviews.core.citing.pieces import pages_of
from reviews.core.citing.pubmed import read_pubmed
from reviews.gateways.polite import Service, Unreachable


@dataclass(frozen=True)
class Finding:
    """What one service knows of one publication, and what it says was said of it since."""

    service: str
    entry: Entry
    notices: tuple[EditorialNotice, ...] = ()


class Registry(Protocol):
    """A service that can be asked about an identifier."""

    @property
    def name(self) -> str: ...
    @property
    def kinds(self) -> Sequence[Kind]:
        """The kinds of identifiers that it can be asked about, the surest first."""
        ...

    def look_up(self, identifier: Identifier) -> Finding | None:
        """Return what it knows; ``None`` where it knows nothing. Raises Unreachable."""
        ...


class Crossref:
    """Crossref's REST API (api.crossref.org/swagger-ui); Retraction Watch's data come with "updated-by"."""

    name = "Crossref"
    kinds: Sequence[Kind] = ("doi",)
    service = Service("Crossref", "crossref", per_second=5)

    def look_up(self, identifier: Identifier) -> Finding | None:
        answer = self.service.ask(f"/works/{quote(identifier.value, safe='')}", mailto=settings.LOOKUP_CONTACT)
        item = _json(answer, service=self.name).get("message") if answer else None
        if not isinstance(item, Mapping):
            return None
        return Finding(self.name, _read(item, service=self.name), notices_of_crossref(item))


class PubMed:
    """NCBI's E-utilities (eutils.ncbi.nlm.nih.gov): a DOI or PMCID is looked for first, then the record is fetched."""

    name = "PubMed"
    kinds: Sequence[Kind] = ("pmid", "doi", "pmcid")
    service = Service("PubMed", "pubmed", per_second=3)

    def look_up(self, identifier: Identifier) -> Finding | None:
        who = {"tool": "assay", "email": settings.LOOKUP_CONTACT}
        pmid = identifier.value if identifier.kind == "pmid" else self._pmid_of(identifier, who=who)
        if not pmid:
            return None
        answer = self.service.ask("/efetch.fcgi", db="pubmed", id=pmid, retmode="xml", **who)
        article = _article(answer) if answer else None
        if article is None:
            return None
        return Finding(self.name, read_pubmed(article), notices_of_pubmed(article))

    def _pmid_of(self, identifier: Identifier, *, who: Mapping[str, str]) -> str:
        """Return the one PMID of a DOI or PMCID, or nothing where there is none or more than one."""
        term = f"{identifier.value}[{identifier.kind}]"
        answer = self.service.ask("/esearch.fcgi", db="pubmed", term=term, retmode="json", **who)
        found = _json(answer, service=self.name).get("esearchresult") if answer else None
        numbers = found.get("idlist") if isinstance(found, Mapping) else None
        only = isinstance(numbers, list) and len(numbers) == 1 and str(numbers[0])
        return only if only and only.isdecimal() else ""


class EuropePmc:
    """Europe PMC's RESTful service (europepmc.org/RestfulWebService), with "core" results."""

    name = "Europe PMC"
    kinds: Sequence[Kind] = ("pmid", "pmcid", "doi")
    service = Service("Europe PMC", "europepmc", per_second=5)

    def look_up(self, identifier: Identifier) -> Finding | None:
        query = {"pmid": "EXT_ID:{} AND SRC:MED", "pmcid": "PMCID:{}", "doi": 'DOI:"{}"'}[identifier.kind]
        answer = self.service.ask(
            "/search",
            query=query.format(identifier.value),
            format="json",
            resultType="core",
            pageSize="2",
            email=settings.LOOKUP_CONTACT,
        )
        found = _json(answer, service=self.name).get("resultList") if answer else None
        rows = found.get("result") if isinstance(found, Mapping) else None
        if not (isinstance(rows, list) and len(rows) == 1 and isinstance(rows[0], Mapping)):
            return None
        return Finding(self.name, _read_draft(_of_europe_pmc(rows[0]), self.name), tuple(_notices(rows[0])))


class OpenAlex:
    """OpenAlex's API (docs.openalex.org)."""

    name = "OpenAlex"
    kinds: Sequence[Kind] = ("doi", "pmid")
    service = Service("OpenAlex", "openalex", per_second=5)

    def look_up(self, identifier: Identifier) -> Finding | None:
        path = f"/works/{identifier.kind}:{quote(identifier.value, safe='/')}"
        answer = self.service.ask(path, mailto=settings.LOOKUP_CONTACT)
        work = _json(answer, service=self.name) if answer else {}
        if not work.get("id"):
            return None
        notices = [EditorialNotice("retracted", doi=_doi_of(work))] if work.get("is_retracted") is True else []
        return Finding(self.name, _read_draft(_of_openalex(work), self.name), tuple(n for n in notices if n.doi))


REGISTRIES: tuple[Registry, ...] = (PubMed(), Crossref(), EuropePmc(), OpenAlex())
"""In the order in which they are believed: what an earlier one says of a field, a later one does not change."""


def usable(registry: Registry, known: Sequence[Identifier]) -> Identifier | None:
    """Return the identifier by which a registry is asked, of those that are known."""
    return next((one for kind in registry.kinds for one in known if one.kind == kind), None)


def _json(answer: bytes, *, service: str) -> Mapping[str, Any]:
    try:
        value = json_of(answer.decode("utf-8", "replace"))
    except UnreadableReferences as error:
        raise Unreachable(f"{service} answered what is no JSON.") from error
    return value if isinstance(value, Mapping) else {}


def _article(answer: bytes) -> etree._Element | None:
    try:
        root = xml_of(answer.decode("utf-8", "replace"))
    except UnreadableReferences as error:
        raise Unreachable("PubMed answered what is no XML.") from error
    return next(iter(root.iter("PubmedArticle", "PubmedBookArticle")), None)


def _read(item: Mapping[str, Any], *, service: str) -> Entry:
    try:
        return read_item(item, line=1)
    except UnreadableReferences as error:
        raise Unreachable(f"{service} answered with no record.") from error


def _read_draft(draft: Draft, service: str) -> Entry:
    try:
        return draft.entry(line=1)
    except UnreadableReferences as error:
        raise Unreachable(f"{service} answered with no record.") from error


def _of_europe_pmc(row: Mapping[str, Any]) -> Draft:
    issue = _within(row, "journalInfo")
    draft = Draft(
        title=_text(row.get("title")).rstrip("."),
        authors=[_author(one) for one in _list(row, "authorList", "author")],
        container=_text(_within(issue, "journal").get("title")),
        date=_text(issue.get("yearOfPublication")) or _text(row.get("pubYear")),
        volume=_text(issue.get("volume")),
        issue=_text(issue.get("issue")),
        pages=_text(row.get("pageInfo")),
        abstract=_text(row.get("abstractText")),
        language=_text(row.get("language")),
        types=[_text(one) for one in _list(row, "pubTypeList", "pubType")],
        keywords=[_text(_mapping(one).get("descriptorName")) for one in _list(row, "meshHeadingList", "meshHeading")]
        + [_text(one) for one in _list(row, "keywordList", "keyword")],
    )
    numbers: tuple[tuple[Kind, str], ...] = (("doi", "doi"), ("pmid", "pmid"), ("pmcid", "pmcid"))
    draft.identifiers = [(kind, _text(row.get(name))) for kind, name in numbers if row.get(name)]
    return draft


def _author(one: Any) -> str:
    person = _mapping(one)
    together = _text(person.get("collectiveName"))
    given = _text(person.get("firstName")) or _text(person.get("initials"))
    return together or ", ".join(part for part in (_text(person.get("lastName")), given) if part)


def _notices(row: Mapping[str, Any]) -> Iterator[EditorialNotice]:
    """Yield what Europe PMC lists under "commentCorrectionList", as MEDLINE names it: "Retraction in"."""
    pmid = _text(row.get("pmid"))
    for one in _list(row, "commentCorrectionList", "commentCorrection"):
        kind = _text(_mapping(one).get("type")).lower().replace(" ", "")
        if pmid and kind in NATURES:
            yield EditorialNotice(NATURES[kind], pmid=pmid, reasons=_text(_mapping(one).get("reference"))[:500])


def _of_openalex(work: Mapping[str, Any]) -> Draft:
    place = _within(work, "biblio")
    names = [_text(_within(_mapping(one), "author").get("display_name")) for one in _rows(work.get("authorships"))]
    draft = Draft(
        title=_text(work.get("title")),
        authors=[_family_first(name) for name in names],
        container=_text(_within(_within(work, "primary_location"), "source").get("display_name")),
        date=_text(work.get("publication_year")),
        volume=_text(place.get("volume")),
        issue=_text(place.get("issue")),
        pages=pages_of(_text(place.get("first_page")), _text(place.get("last_page"))),
        abstract=_upright(_mapping(work.get("abstract_inverted_index"))),
        language=_text(work.get("language")),
        types=[_text(work.get("type"))],
    )
    numbers = _within(work, "ids")
    draft.identifiers = [("doi", _doi_of(work))] if _doi_of(work) else []
    if pmid := _text(numbers.get("pmid")).rpartition("/")[2]:
        draft.identifiers.append(("pmid", pmid))
    if pmcid := _text(numbers.get("pmcid")).rpartition("/")[2].upper().removeprefix("PMC"):
        draft.identifiers.append(("pmcid", f"PMC{pmcid}"))
    return draft


def _doi_of(work: Mapping[str, Any]) -> str:
    try:
        return normal_doi(_text(work.get("doi")))
    except NotAnIdentifier:
        return ""


def _family_first(name: str) -> str:
    given, _, family = name.rpartition(" ")
    return f"{family}, {given}" if given else family


MOST_WORDS = 20_000


def _upright(index: Mapping[str, Any]) -> str:
    """Return the abstract that OpenAlex gives as the places of each word."""
    placed = [
        (place, word)
        for word, places in index.items()
        for place in _rows(places)
        if isinstance(place, int) and 0 <= place < MOST_WORDS
    ]
    return " ".join(word for _, word in sorted(placed)[:MOST_WORDS])


def _within(value: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    return _mapping(value.get(name))


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _rows(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _list(row: Mapping[str, Any], outer: str, inner: str) -> list[Any]:
    return _rows(_within(row, outer).get(inner))


def _text(value: Any) -> str:
    return " ".join(str(value).split()) if isinstance(value, str | int) and not isinstance(value, bool) else ""
