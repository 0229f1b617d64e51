"""What was said of a publication after it appeared: retracted, doubted, corrected, reinstated.

Retraction Watch's data, which Crossref publishes as CSV, one notice a row; Crossref's "updated-by"; PubMed's
"CommentsCorrections".
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, Literal

from lxml import etree

from reviews.core.citing.errors import ColumnsMissing, NoReferences, NotATable, NotText
from reviews.core.citing.identifiers import NotAnIdentifier, normal_doi, normal_pmid
from reviews.core.citing.markup import words_of
from reviews.core.phrases import Phrase
from reviews.core.reading.decoding import decode
from reviews.core.reading.errors import BinaryFile

Nature = Literal["retracted", "concern", "corrected", "reinstated"]

NATURES: Mapping[str, Nature] = MappingProxyType(
    {
        "retraction": "retracted",
        "withdrawal": "retracted",
        "removal": "retracted",
        "partial_retraction": "retracted",
        "partial retraction": "retracted",
        "retractionin": "retracted",
        "expression of concern": "concern",
        "expression_of_concern": "concern",
        "expressionofconcernin": "concern",
        "correction": "corrected",
        "corrigendum": "corrected",
        "erratum": "corrected",
        "erratumin": "corrected",
        "correctedandrepublishedin": "corrected",
        "reinstatement": "reinstated",
    }
)
"""How Retraction Watch, Crossref and PubMed call each kind, in lower case."""

COLUMNS = frozenset({"OriginalPaperDOI", "OriginalPaperPubMedID", "RetractionNature", "RetractionDate"})
DATES = ("%m/%d/%Y %H:%M", "%m/%d/%Y", "%Y-%m-%d")
LONGEST_REASONS = 500
LONGEST_FIELD = 100_000


@dataclass(frozen=True)
class EditorialNotice:
    """One notice on one publication, named by ``doi``, ``pmid`` or both; ``notice_doi`` is the notice's own."""

    nature: Nature
    doi: str = ""
    pmid: str = ""
    notice_doi: str = ""
    said_on: date | None = None
    reasons: str = ""


def read_notices(received: bytes) -> list[EditorialNotice]:
    """Read a file of Retraction Watch. Rows without an identifier are passed over: they name no publication.

    Raises NotText, NoReferences, UnknownMarkup where the columns are others.
    """
    try:
        text = decode(received)
    except BinaryFile as error:
        raise NotText from error
    return list(notices_in(io.StringIO(text, newline="")))


@dataclass(frozen=True)
class Row:
    """A row of a file: the line on which it ends, from 1, and its notice, or why it has none."""

    line: int
    notice: EditorialNotice | None
    why: Phrase | None = None


def notices_in(lines: Iterable[str]) -> Iterator[EditorialNotice]:
    """Yield the notices of a CSV of Retraction Watch, line by line. Raises as above."""
    return (row.notice for row in rows_in(lines) if row.notice)


def rows_in(lines: Iterable[str]) -> Iterator[Row]:
    """Yield the rows of a CSV of Retraction Watch, one by one: the whole of it has 60,000. Raises as above."""
    csv.field_size_limit(LONGEST_FIELD)
    rows = csv.DictReader(lines)
    try:
        names = set(rows.fieldnames or ())
        if not names:
            raise NoReferences
        if not names >= COLUMNS:
            raise ColumnsMissing(columns=", ".join(sorted(COLUMNS - names)))
        for row in rows:
            notice = _of_row(row)
            yield Row(rows.line_num, notice, None if notice else _why(row))
    except csv.Error as error:
        raise NotATable(line=rows.line_num, error=str(error)) from error


def _why(row: Mapping[str, Any]) -> Phrase:
    """Return why a row has no notice, for whoever brought the file in."""
    nature = _cell(row, "RetractionNature")
    if nature.lower() not in NATURES:
        if not nature:
            return Phrase("It says no kind of notice.")
        return Phrase("“%(nature)s” is no kind of notice that we know.", nature=nature[:60])
    named = " ".join(filter(None, (_cell(row, "OriginalPaperDOI"), _cell(row, "OriginalPaperPubMedID"))))
    if not named:
        return Phrase("It names no publication by DOI or PMID.")
    return Phrase("It names no publication by DOI or PMID: “%(named)s”.", named=named[:80])


def _of_row(row: Mapping[str, Any]) -> EditorialNotice | None:
    nature = NATURES.get(_cell(row, "RetractionNature").lower())
    doi, pmid = _doi(_cell(row, "OriginalPaperDOI")), _pmid(_cell(row, "OriginalPaperPubMedID"))
    if nature is None or not (doi or pmid):
        return None
    return EditorialNotice(
        nature=nature,
        doi=doi,
        pmid=pmid,
        notice_doi=_doi(_cell(row, "RetractionDOI")),
        said_on=_date(_cell(row, "RetractionDate")),
        reasons=_reasons(_cell(row, "Reason")),
    )


def _cell(row: Mapping[str, Any], name: str) -> str:
    value = row.get(name)
    return value.strip() if isinstance(value, str) else ""


def _reasons(cell: str) -> str:
    """Return "Duplication of image; Error in data" for Retraction Watch's "+Duplication of Image;+Error in Data;"."""
    reasons = (" ".join(reason.strip(" +").split()) for reason in cell.split(";"))
    return "; ".join(reason for reason in reasons if reason)[:LONGEST_REASONS]


def _doi(text: str) -> str:
    try:
        return normal_doi(text)
    except NotAnIdentifier:
        return ""


def _pmid(text: str) -> str:
    try:
        return normal_pmid(text)
    except NotAnIdentifier:
        return ""


def _date(text: str) -> date | None:
    for form in DATES:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day, of no zone
        except ValueError:
            continue
    return None


def notices_of_crossref(item: Mapping[str, Any]) -> tuple[EditorialNotice, ...]:
    """Return the notices that an item of Crossref names under "updated-by"."""
    updates = item.get("updated-by")
    doi = _doi(str(item.get("DOI", "")))
    rows = [row for row in updates if isinstance(row, Mapping)] if isinstance(updates, list) and doi else []
    found = (
        EditorialNotice(
            nature=NATURES[kind],
            doi=doi,
            notice_doi=_doi(str(row.get("DOI", ""))),
            said_on=_day(row.get("updated")),
        )
        for row in rows
        if (kind := str(row.get("type", "")).lower().replace("-", "_")) in NATURES
    )
    return tuple(dict.fromkeys(found))


def _day(value: Any) -> date | None:
    parts = value.get("date-parts") if isinstance(value, Mapping) else None
    first = parts[0] if isinstance(parts, list) and parts else None
    numbers = [number for number in first if isinstance(number, int)] if isinstance(first, list) else []
    try:
        return date(*[*numbers, 1, 1][:3]) if numbers else None
    except (ValueError, OverflowError):
        return None


def notices_of_pubmed(article: etree._Element) -> tuple[EditorialNotice, ...]:
    """Return the notices that a PubmedArticle names: where it is retracted, doubted or corrected."""
    pmid = _pmid(words_of(article.find("./*/PMID")))
    found = []
    for row in article.iterfind(".//CommentsCorrections"):
        nature = NATURES.get(row.get("RefType", "").lower())
        if nature and pmid:
            where = words_of(row.find("RefSource"))
            named = re.search(r"\b10\.\d{4,9}/\S+", where)
            found.append(
                EditorialNotice(
                    nature, pmid=pmid, notice_doi=_doi(named.group()) if named else "", reasons=where[:LONGEST_REASONS]
                )
            )
    if not any(notice.nature == "retracted" for notice in found) and pmid:
        types = {words_of(kind) for kind in article.iterfind(".//PublicationType")}
        found += [EditorialNotice("retracted", pmid=pmid)] if "Retracted Publication" in types else []
    return tuple(dict.fromkeys(found))
