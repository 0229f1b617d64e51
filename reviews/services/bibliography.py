"""How a list of references comes in: received and read, looked at, then imported, all of it or some."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Lower

from reviews.core.citing.entries import Batch, Entry, LeftOut
from reviews.core.citing.reading import read_references
from reviews.core.citing.records import Record
from reviews.errors import BibliographyIsImported, BibliographyIsSettled
from reviews.jobs.lookup import owe_lookup
from reviews.jobs.source import IDENTIFIERS, fill_source, is_stand_in, keep_text, lacking
from reviews.models import Bibliography, BibliographyEntry, Source, User
from reviews.services.source import merge_sources

SHORTEST_TITLE = 20
"""Characters from which on two sources of one title may be the same: "Editorial" says nothing."""

LONGEST_WORD = 200


class Standing(Enum):
    """How a reference stands to the sources that there are."""

    BROKEN = "broken"
    REPEATED = "repeated"
    NEW = "new"
    KNOWN = "known"
    FILLS = "fills"
    JOINS = "joins"
    ALIKE = "alike"


@dataclass(frozen=True)
class Weighed:
    """A reference beside what it meets: the ``sources`` that have its identifiers, or its title (*alike*), and the
    fields that it would fill.
    """

    entry: BibliographyEntry
    standing: Standing
    sources: tuple[Source, ...] = ()
    fills: tuple[str, ...] = ()


@transaction.atomic
def receive_bibliography(received: bytes, *, file_name: str, by: User, at: datetime) -> Bibliography:
    """Read a file or a paste and keep it, with each reference beside it. Raises UnreadableReferences."""
    batch = read_references(received)
    bibliography = Bibliography.objects.create(
        received=received,
        sha256=sha256(received).hexdigest(),
        file_name=file_name[-255:],
        format=batch.format,
        outside=[[part.name, part.value] for part in batch.outside],
        added_at=at,
        added_by=by,
    )
    BibliographyEntry.objects.bulk_create(_rows(batch, bibliography=bibliography), batch_size=500)
    return bibliography


def _rows(batch: Batch, *, bibliography: Bibliography) -> list[BibliographyEntry]:
    """Return what was read and what was broken as rows, in the order of the list."""
    rows = [_row(entry) for entry in batch.entries] + [
        BibliographyEntry(line=part.line, why_broken=part.reason[:500], excerpt=part.excerpt) for part in batch.broken
    ]
    rows.sort(key=lambda row: row.line)
    for number, row in enumerate(rows, start=1):
        row.bibliography, row.number = bibliography, number
    return rows


def _row(entry: Entry) -> BibliographyEntry:
    return BibliographyEntry(
        line=entry.line,
        csl=entry.record.as_csl(),
        abstract=entry.abstract,
        language=entry.language[:60],
        types=[word[:LONGEST_WORD] for word in entry.types],
        keywords=[word[:LONGEST_WORD] for word in entry.keywords],
        left_out=[[part.name, part.value] for part in entry.left_out],
    )


def entry_of(row: BibliographyEntry) -> Entry:
    """Return a reference as it was read."""
    return Entry(
        record=row.record,
        line=row.line,
        abstract=row.abstract,
        language=row.language,
        types=tuple(row.types),
        keywords=tuple(row.keywords),
        left_out=tuple(LeftOut(name, value) for name, value in row.left_out),
    )


def weigh(rows: Iterable[BibliographyEntry], *, seen: "QuerySet[Source]") -> list[Weighed]:
    """Return how each reference stands to the sources of ``seen``, those that the editor may see.

    The number of queries does not depend on the number of references that are new.
    """
    rows = list(rows)
    known = _Known([row.record for row in rows if row.csl], seen=seen)
    before: set[str] = set()
    weighed = []
    for row in rows:
        weighed.append(_weighed(row, known=known, before=before))
        if row.csl:
            before |= _names(row.record)
    return weighed


class _Known:
    """The sources that a list of records may meet, by identifier and by title."""

    def __init__(self, records: list[Record], *, seen: "QuerySet[Source]") -> None:
        wanted = {name: {getattr(record, name) for record in records} - {""} for name in IDENTIFIERS}
        titles = {record.title.lower() for record in records if len(record.title) >= SHORTEST_TITLE}
        has_identifier = Q()
        for name, values in wanted.items():
            has_identifier |= Q(**{f"{name}__in": values})
        found = seen.filter(merged_into=None).alias(lowered=Lower("title"))
        self.by_identifier: dict[str, Source] = {}
        self.by_title: dict[str, list[Source]] = {}
        for source in found.filter(has_identifier | Q(lowered__in=titles)).order_by("pk"):
            for name in _names(source.record):
                self.by_identifier[name] = source
            self.by_title.setdefault(source.title.lower(), []).append(source)

    def named(self, record: Record) -> tuple[Source, ...]:
        found = (self.by_identifier.get(name) for name in sorted(_names(record)))
        return tuple(dict.fromkeys(source for source in found if source))

    def alike(self, record: Record) -> tuple[Source, ...]:
        """Return the sources of the same title whose year and identifiers do not speak against it."""
        if len(record.title) < SHORTEST_TITLE:
            return ()
        found = self.by_title.get(record.title.lower(), [])
        return tuple(source for source in found if _may_be_one(record, source.record))


def _names(record: Record) -> set[str]:
    return {f"{name}:{getattr(record, name)}" for name in IDENTIFIERS if getattr(record, name)}


def _may_be_one(one: Record, other: Record) -> bool:
    far_apart = one.year and other.year and abs(one.year - other.year) > 1
    contradict = any(
        getattr(one, name) and getattr(other, name) and getattr(one, name) != getattr(other, name)
        for name in IDENTIFIERS
    )
    return not (far_apart or contradict)


def _weighed(row: BibliographyEntry, *, known: _Known, before: set[str]) -> Weighed:
    if not row.csl:
        return Weighed(row, Standing.BROKEN)
    record = row.record
    if _names(record) & before:
        return Weighed(row, Standing.REPEATED)
    named = known.named(record)
    if len(named) > 1:
        return Weighed(row, Standing.JOINS, named)
    if named:
        fills = tuple(lacking(named[0], record=record)) + (("text",) if row.abstract and not named[0].text else ())
        return Weighed(row, Standing.FILLS if fills else Standing.KNOWN, named, fills)
    alike = known.alike(record)
    return Weighed(row, Standing.ALIKE if alike else Standing.NEW, alike)


@transaction.atomic
def import_bibliography(
    bibliography: Bibliography, *, choices: Mapping[int, str], seen: "QuerySet[Source]", by: User, at: datetime
) -> list[BibliographyEntry]:
    """Make sources of a list, once. ``choices`` are by number: "skip", "same" (of an alike one); anything else imports.

    How each stands is weighed again now. Raises BibliographyIsSettled.
    """
    bibliography = hold(bibliography)
    rows = []
    for row in bibliography.entries.all():
        (weighed,) = weigh([row], seen=seen)
        row.outcome, row.source = _settle(weighed, choice=choices.get(row.number, ""), seen=seen, by=by, at=at)
        row.save(update_fields=["outcome", "source"])
        rows.append(row)
    bibliography.settled_at = at
    bibliography.save(update_fields=["settled_at"])
    return rows


@transaction.atomic
def put_away(bibliography: Bibliography, *, at: datetime) -> None:
    """Import nothing of a list; it is kept. Raises BibliographyIsSettled."""
    bibliography = hold(bibliography)
    bibliography.entries.update(outcome=BibliographyEntry.Outcome.SKIPPED)
    bibliography.settled_at = at
    bibliography.save(update_fields=["settled_at"])


@transaction.atomic
def take_up_again(bibliography: Bibliography) -> None:
    """Have a list wait again that was put away, or of which everything was left out. Raises BibliographyIsImported."""
    bibliography = Bibliography.objects.select_for_update().get(pk=bibliography.pk)
    if bibliography.entries.exclude(source=None).exists():
        raise BibliographyIsImported
    bibliography.entries.update(outcome="")
    bibliography.settled_at = None
    bibliography.save(update_fields=["settled_at"])


def hold(bibliography: Bibliography) -> Bibliography:
    bibliography = Bibliography.objects.select_for_update().get(pk=bibliography.pk)
    if bibliography.settled_at:
        raise BibliographyIsSettled
    return bibliography


def _settle(
    weighed: Weighed, *, choice: str, seen: "QuerySet[Source]", by: User, at: datetime
) -> tuple[str, Source | None]:
    outcome = BibliographyEntry.Outcome
    entry, standing = entry_of(weighed.entry), weighed.standing
    if choice == "skip" or standing is Standing.BROKEN:
        return outcome.SKIPPED, None
    if standing is Standing.NEW or (standing is Standing.ALIKE and choice != "same"):
        return outcome.NEW, _added(entry, seen=seen, by=by, at=at)
    kept, *others = weighed.sources
    for other in others if standing is Standing.JOINS else ():
        merge_sources(kept, absorbed=other, by=by, at=at)
    kept.refresh_from_db()
    filled = fill_source(kept, entry=entry, origin=ORIGIN, at=at, by=by)
    if standing is Standing.JOINS:
        return outcome.MERGED, kept
    return (outcome.FILLED if filled else outcome.KNOWN), kept


ORIGIN = "an imported list"


def _added(entry: Entry, *, seen: "QuerySet[Source]", by: User, at: datetime) -> Source:
    """Make a source of a reference.

    Where one that the editor may not see has its identifier, that one becomes the desk's record of it, and nobody can
    tell.
    """
    hidden = list(_named_by(entry.record).exclude(pk__in=seen.values("pk")).order_by("pk"))
    source = hidden[0] if hidden else Source(added_by=by)
    taken: dict[str, Any] = {
        name: "" for other in hidden[1:] for name in IDENTIFIERS if getattr(other, name) == getattr(entry.record, name)
    }
    source.record = replace(entry.record, **taken) if taken else entry.record
    source.text = entry.abstract or source.text
    source.publication_types, source.keywords = list(entry.types), list(entry.keywords)
    source.save()
    keep_text(source, origin=ORIGIN, at=at, by=by)
    if is_stand_in(source):
        owe_lookup(source, at=at)
    return source


def _named_by(record: Record) -> "QuerySet[Source]":
    among = Q(pk=None)
    for name in IDENTIFIERS:
        if value := getattr(record, name):
            among |= Q(**{name: value})
    return Source.objects.standing().filter(among)
