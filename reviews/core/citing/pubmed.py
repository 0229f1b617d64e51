"""PubMed's XML and EndNote's, element by element.

PubMed: "MEDLINE/PubMed XML Element Descriptions" (National Library of Medicine). EndNote has no public schema; the
elements are those of its exports.
"""

import re
from collections.abc import Iterator

from lxml import etree

from reviews.core.citing.entries import Draft, Entry, Fields, LeftOut
from reviews.core.citing.markup import line_of, unread, words_of
from reviews.core.citing.medline import ENDNOTE_KINDS, REGISTRIES, without_full_stop

ARTICLES = ("PubmedArticle", "PubmedBookArticle")
ARTICLE_PARTS = frozenset(
    {"PMID", "ArticleTitle", "VernacularTitle", "AbstractText", "AuthorList", "Volume", "Issue", "PubDate"}
    | {"MedlinePgn", "Title", "ELocationID", "Language", "PublicationType", "DescriptorName", "Keyword"}
    | {"ArticleIdList", "DataBankList", "ISOAbbreviation", "MedlineTA", "BookTitle", "PublisherName", "Isbn"}
    | {"StartPage", "EndPage"}
)

_PMC = re.compile(r"(?:PMC)?\d{1,9}", re.IGNORECASE)


def read_pubmed(article: etree._Element) -> Entry:
    """Read one PubmedArticle or PubmedBookArticle. Raises UnreadableReferences."""
    is_book = article.tag == "PubmedBookArticle"
    title = (
        _first(article, ".//ArticleTitle") or _first(article, ".//VernacularTitle") or _first(article, ".//BookTitle")
    )
    draft = Draft(
        title=without_full_stop(title),
        authors=_people(article, "authors"),
        editors=_people(article, "editors"),
        container=_first(article, ".//BookTitle" if is_book else ".//Journal/Title") or _first(article, ".//MedlineTA"),
        date=_date(article),
        volume=_first(article, ".//JournalIssue/Volume"),
        issue=_first(article, ".//JournalIssue/Issue"),
        pages=_first(article, ".//MedlinePgn") or _first(article, ".//Pagination/StartPage"),
        publisher=_first(article, ".//PublisherName"),
        kind="chapter" if is_book and article.find(".//ArticleTitle") is not None else "book" if is_book else "",
        abstract="\n".join(_abstract(article)),
        language=_first(article, ".//Language"),
        types=_all(article, ".//PublicationType"),
        keywords=_all(article, ".//MeshHeading/DescriptorName") + _all(article, ".//Keyword"),
    )
    if draft.container == draft.title:
        draft.container = ""
    _identify(draft, article)
    draft.left_out += [LeftOut(name, words) for name, words in unread(article, read=ARTICLE_PARTS)]
    draft.left_out += [LeftOut("Affiliation", words) for words in dict.fromkeys(_all(article, ".//Affiliation"))]
    return draft.entry(line=line_of(article))


def _identify(draft: Draft, article: etree._Element) -> None:
    draft.identifiers = [("pmid", words_of(article.find("./*/PMID")))]
    for number in article.iterfind("./*/ArticleIdList/ArticleId"):
        kind, value = number.get("IdType", ""), words_of(number)
        if kind == "doi":
            draft.identifiers.append(("doi", value))
        elif kind == "pmc" and _PMC.fullmatch(value):
            draft.identifiers.append(("pmcid", value))
        elif kind not in {"pubmed", "pii"}:
            draft.left_out.append(LeftOut(f"ArticleId {kind}", value))
    for number in article.iterfind(".//ELocationID"):
        if number.get("EIdType") == "doi":
            draft.identifiers.append(("doi", words_of(number)))
        elif not draft.pages:
            draft.pages = words_of(number)
    for bank in article.iterfind(".//DataBank"):
        name, numbers = _first(bank, "DataBankName"), _all(bank, ".//AccessionNumber")
        if name.lower() in REGISTRIES:
            draft.identifiers += [("nct", number) for number in numbers]
        else:
            draft.left_out += [LeftOut(name, number) for number in numbers]
    draft.identifiers += [("isbn", number) for number in _all(article, ".//Isbn")]


def _people(article: etree._Element, role: str) -> list[str]:
    named: list[str] = []
    for people in article.iterfind(".//AuthorList"):
        if (people.get("Type") or "authors") == role:
            named += [_person(person) for person in people.iterfind("Author")]
    return named


def _person(person: etree._Element) -> str:
    if together := _first(person, "CollectiveName"):
        return together
    given = " ".join(part for part in (_first(person, "ForeName"), _first(person, "Suffix")) if part)
    return f"{_first(person, 'LastName')}, {given or _first(person, 'Initials')}"


def _date(article: etree._Element) -> str:
    date = article.find(".//JournalIssue/PubDate")
    date = date if date is not None else article.find(".//Book/PubDate")
    return "" if date is None else " ".join(words_of(part) for part in date)


def _abstract(article: etree._Element) -> Iterator[str]:
    for part in article.iterfind(".//Abstract/AbstractText"):
        label, words = part.get("Label"), words_of(part)
        yield f"{label}: {words}" if label and words else words


ENDNOTE_PARTS = frozenset(
    {"ref-type", "authors", "secondary-authors", "title", "secondary-title", "full-title", "pages", "volume", "number"}
    | {"year", "publisher", "isbn", "electronic-resource-num", "related-urls", "abstract", "keyword", "language"}
    | {"work-type", "custom2", "accession-num", "abbr-1", "remote-database-name"}
)


def read_endnote_xml(record: etree._Element) -> Entry:
    """Read one record of EndNote's XML export. Raises UnreadableReferences."""
    named = record.find("ref-type")
    parts = Fields((str(part.tag), words_of(part)) for part in record.iter() if str(part.tag) in ENDNOTE_PARTS)
    kind = ENDNOTE_KINDS.get((named.get("name", "") if named is not None else "").lower(), "")
    draft = Draft(
        kind=kind,
        title=parts.first("title"),
        authors=_all(record, ".//authors/author"),
        editors=_all(record, ".//secondary-authors/author"),
        container=parts.first("secondary-title", "full-title", "abbr-1"),
        date=parts.first("year"),
        volume=parts.first("volume"),
        issue=parts.first("number"),
        pages=parts.first("pages"),
        publisher=parts.first("publisher"),
        identifiers=[("doi", number) for number in parts.all("electronic-resource-num")],
        urls=_all(record, ".//related-urls/url"),
        abstract=parts.first("abstract"),
        language=parts.first("language"),
        types=parts.all("work-type"),
        keywords=parts.all("keyword"),
    )
    from_pubmed = "pubmed" in parts.first("remote-database-name").lower() or "nlm" in _first(record, "database")
    if from_pubmed and (pmid := parts.that(re.compile(r"\d{1,8}"), "accession-num")):
        draft.identifiers.append(("pmid", pmid))
    if pmcid := parts.that(re.compile(r"PMC\d{1,9}"), "custom2"):
        draft.identifiers.append(("pmcid", pmcid))
    if kind in {"book", "chapter"}:
        draft.identifiers += [("isbn", number) for number in parts.all("isbn")]
    parts.all("authors", "secondary-authors", "related-urls", "ref-type")
    draft.left_out = list(parts.rest())
    draft.left_out += [LeftOut(name, words) for name, words in unread(record, read=ENDNOTE_PARTS)]
    return draft.entry(line=line_of(record))


def _first(element: etree._Element, path: str) -> str:
    return words_of(element.find(path))


def _all(element: etree._Element, path: str) -> list[str]:
    return [words for words in map(words_of, element.iterfind(path)) if words]
