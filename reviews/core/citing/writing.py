"""Records out again: as RIS, BibTeX, CSL-JSON, or written out; and what a format cannot say."""

import json
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import fields
from typing import Literal

from reviews.core.citing.bibtex import write_bibtex
from reviews.core.citing.errors import UnreadableReferences
from reviews.core.citing.reading import read_references
from reviews.core.citing.records import Record
from reviews.core.citing.ris import write_ris
from reviews.core.citing.styles import vancouver

Output = Literal["ris", "bibtex", "csl", "vancouver"]

OUTPUTS: dict[Output, tuple[str, str, str]] = {
    "ris": ("RIS", "ris", "application/x-research-info-systems"),
    "bibtex": ("BibTeX", "bib", "application/x-bibtex"),
    "csl": ("CSL-JSON", "json", "application/vnd.citationstyles.csl+json"),
    "vancouver": ("References, Vancouver style", "txt", "text/plain"),
}
"""What each is called, the end of its file's name, and its media type."""


def write_references(records: Sequence[Record], *, form: Output) -> str:
    """Return the records in one format, in their order."""
    if form == "csl":
        return json.dumps(
            [record.as_csl() | {"id": key} for key, record in _keyed(records)], indent=1, ensure_ascii=False
        )
    if form == "bibtex":
        return "\n".join(write_bibtex(record, key=key) for key, record in _keyed(records))
    if form == "ris":
        return "\n".join(map(write_ris, records))
    return "".join(f"{number}. {vancouver(record)}\n" for number, record in enumerate(records, start=1))


def lost_in(record: Record, *, form: Output) -> tuple[str, ...]:
    """Return the names of what a record loses on its way through a format and back, found by going there and back."""
    if form == "vancouver":
        return ()
    try:
        (entry,) = read_references(write_references([record], form=form).encode()).entries
    except (UnreadableReferences, ValueError):
        return tuple(field.name for field in fields(record) if getattr(record, field.name))
    return tuple(
        field.name for field in fields(record) if getattr(record, field.name) != getattr(entry.record, field.name)
    )


def _keyed(records: Sequence[Record]) -> list[tuple[str, Record]]:
    """Return each record with a key of its first author and year, "selene2019", each key once."""
    taken: dict[str, int] = {}
    keyed = []
    for record in records:
        family = record.authors[0].partition(",")[0] if record.authors else record.title
        letters = unicodedata.normalize("NFKD", family).encode("ascii", "ignore").decode()
        key = f"{re.sub(r'[^a-z]', '', letters.lower())[:20] or 'source'}{record.year or ''}"
        taken[key] = taken.get(key, 0) + 1
        keyed.append((key if taken[key] == 1 else f"{key}-{taken[key]}", record))
    return keyed
