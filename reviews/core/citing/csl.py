"""CSL-JSON and Crossref's JSON, item by item; CSL-JSON written."""

import html
import re
from collections.abc import Iterator, Mapping
from typing import Any

from reviews.core.citing.entries import Draft, Entry, LeftOut
from reviews.core.citing.errors import UnknownMarkup
from reviews.core.citing.records import Record

READ = frozenset(
    {"id", "type", "title", "author", "editor", "container-title", "issued", "volume", "issue", "page", "publisher"}
    | {"DOI", "PMID", "PMCID", "NCT", "ISBN", "URL", "abstract", "language", "keyword", "subject", "genre"}
    | {"article-number", "clinical-trial-number"}
)
BOOKKEEPING = frozenset(
    {"indexed", "created", "deposited", "prefix", "member", "source", "score", "reference-count", "references-count"}
    | {"is-referenced-by-count", "content-domain", "resource", "status", "message-type", "message-version"}
    | {"published", "issn-type", "journal-issue"}
)
"""What Crossref says of its own row, not of the publication."""

_TAG = re.compile(r"<[^<>]{1,200}>")


def items_of(value: Any) -> tuple[list[Any], bool]:
    """Return the items in a parsed JSON value, and whether they are Crossref's. Raises UnknownMarkup."""
    if isinstance(value, Mapping) and "message" in value:
        message = value["message"]
        rows = message.get("items") if isinstance(message, Mapping) and "items" in message else [message]
        return (rows if isinstance(rows, list) else [rows]), True
    if isinstance(value, Mapping) and isinstance(value.get("items"), list):
        return value["items"], False
    rows = value if isinstance(value, list) else [value]
    if rows and isinstance(rows[0], Mapping) and "message" in rows[0]:
        return [row.get("message") if isinstance(row, Mapping) else row for row in rows], True
    if not any(isinstance(row, Mapping) and {"title", "DOI", "author", "type"} & set(row) for row in rows):
        raise UnknownMarkup
    return rows, any(isinstance(row, Mapping) and "is-referenced-by-count" in row for row in rows)


def read_item(item: Any, *, line: int) -> Entry:
    """Read one item of CSL-JSON or Crossref; ``line`` is its place, from 1. Raises UnreadableReferences."""
    if not isinstance(item, Mapping):
        raise UnknownMarkup
    bare = Record.from_csl({**item, "title": item.get("title") or "x", "DOI": "", "URL": ""})
    title, *more_titles = _texts(item.get("title")) or [""]
    draft = Draft(
        title=title,
        authors=list(bare.authors),
        editors=list(bare.editors),
        container=(_texts(item.get("container-title")) or [""])[0],
        date=_date(item),
        volume=bare.volume,
        issue=bare.issue,
        pages=bare.pages or _text(item.get("article-number")),
        publisher=bare.publisher,
        kind=bare.kind,
        urls=_texts(item.get("URL")),
        abstract=_text(item.get("abstract")),
        language=_text(item.get("language")),
        types=_texts(item.get("genre")),
        keywords=_keywords(item),
    )
    for kind, name in (("doi", "DOI"), ("pmid", "PMID"), ("pmcid", "PMCID"), ("nct", "NCT"), ("isbn", "ISBN")):
        draft.identifiers += [(kind, _bare(number)) for number in _texts(item.get(name))]  # type: ignore[misc]
    draft.identifiers += [("nct", number) for number in _trials(item)]
    draft.urls = [url for url in draft.urls if not _is_own(url, draft)]
    draft.left_out = [LeftOut("title", other) for other in more_titles]
    draft.left_out += [LeftOut("container-title", other) for other in _texts(item.get("container-title"))[1:]]
    draft.left_out += _left_out(item)
    return draft.entry(line=line)


def _is_own(url: str, draft: Draft) -> bool:
    """Whether an address only says the DOI again."""
    return any(
        kind == "doi" and url.lower().endswith(f"doi.org/{number.lower()}") for kind, number in draft.identifiers
    )


def _bare(number: str) -> str:
    return number.rpartition("/")[2] if number.startswith("http") and "isbn" in number.lower() else number


def _left_out(item: Mapping[str, Any]) -> Iterator[LeftOut]:
    for name, value in item.items():
        if name not in READ | BOOKKEEPING and value not in (None, "", [], {}):
            yield LeftOut(str(name), " ".join(_told(value)))


def _told(value: Any, *, depth: int = 0) -> Iterator[str]:
    """Yield the words in a value of JSON, to be shown."""
    if isinstance(value, Mapping) and depth < 6:
        for part in value.values():
            yield from _told(part, depth=depth + 1)
    elif isinstance(value, list) and depth < 6:
        for part in value[:20]:
            yield from _told(part, depth=depth + 1)
    elif not isinstance(value, Mapping | list) and value not in (None, ""):
        yield _text(value)[:300]


def _date(item: Mapping[str, Any]) -> str:
    for name in ("issued", "published", "published-print", "published-online"):
        value = item.get(name)
        if isinstance(value, Mapping):
            parts = value.get("date-parts")
            first = parts[0] if isinstance(parts, list) and parts else None
            numbers = [_text(number) for number in first] if isinstance(first, list) else []
            if any(numbers):
                return "-".join(number for number in numbers if number)
            if said := _text(value.get("literal")) or _text(value.get("raw")):
                return said
        elif isinstance(value, str):
            return value
    return ""


def _trials(item: Mapping[str, Any]) -> list[str]:
    numbers = item.get("clinical-trial-number")
    rows = numbers if isinstance(numbers, list) else []
    return [_text(row.get("clinical-trial-number")) for row in rows if isinstance(row, Mapping)]


def _keywords(item: Mapping[str, Any]) -> list[str]:
    words = [word for text in _texts(item.get("keyword")) for word in re.split(r"[;,]\s*", text)]
    return [word for word in words + _texts(item.get("subject")) if word]


def _texts(value: Any) -> list[str]:
    rows = value if isinstance(value, list) else [value]
    return [text for text in map(_text, rows) if text]


def _text(value: Any) -> str:
    """Return a value as text: the tags of JATS and of titles gone, nothing for what is no text or number."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return " ".join(html.unescape(_TAG.sub(" ", str(value)) if "<" in str(value) else str(value)).split())
