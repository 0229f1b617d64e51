"""A list of references: read as it came, weighed against what is there, and imported a few references at a time."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from typing import Any, cast

from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Lower

from reviews.core.citing.entries import Batch, Entry, LeftOut
from reviews.core.citing.errors import UnreadableReferences
from reviews.core.citing.identifiers import OF_ONE_PUBLICATION
from reviews.core.citing.reading import read_references
from reviews.core.citing.records import Record
from reviews.errors import ImportFailed, ReadingFailed, Refusal
from reviews.jobs import crash
from reviews.jobs.lookup import owe_lookup
from reviews.jobs.merging import merge_sources
from reviews.jobs.source import fill_source, is_stand_in, keep_text, lacking, sources_seen_by
from reviews.jobs.work import do_job, finish_job, lost, owe
from reviews.models import Bibliography, BibliographyEntry, Job, Source, User

AT_A_TIME = 25
"""References in one step of an import: each step is kept, shows on the page, and is the last one once cancelled."""

SHORTEST_TITLE = 20
"""Characters from which on two sources of one title may be the same: "Editorial" says nothing."""

LONGEST_WORD = 200
LONGEST_REFUSAL = 300
ORIGIN = "an imported list"

Choice, Outcome = BibliographyEntry.Choice, BibliographyEntry.Outcome


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


def do_reading_references(pk: int, *, at: datetime) -> bool:
    """Read an owed list; return whether it was done here. A list that cannot be read is no failure of the job."""

    def work(job: Job) -> None:
        bibliography = cast(Bibliography, job.bibliography)
        batch = _read(bibliography)
        with transaction.atomic():
            if unread := Bibliography.objects.unread().select_for_update().filter(pk=bibliography.pk).first():
                keep_batch(batch, bibliography=unread, at=at)
            finish_job(job, at=at)

    return do_job(pk, kind=Job.Kind.REFERENCES, at=at, work=work)


def _read(bibliography: Bibliography) -> Batch | UnreadableReferences:
    try:
        return read_references(bytes(bibliography.received))
    except UnreadableReferences as refusal:
        return refusal


def keep_batch(batch: Batch | UnreadableReferences, *, bibliography: Bibliography, at: datetime) -> None:
    """Write down what was read of a list, or why nothing could be."""
    if isinstance(batch, UnreadableReferences):
        bibliography.failure, bibliography.failure_values = batch.phrase.words, batch.phrase.values
        bibliography.save(update_fields=["failure", "failure_values"])
        return
    bibliography.read_at, bibliography.format = at, batch.format
    bibliography.outside = [[part.name, part.value] for part in batch.outside]
    bibliography.save(update_fields=["read_at", "format", "outside"])
    BibliographyEntry.objects.bulk_create(_rows(batch, bibliography=bibliography), batch_size=500)


def _rows(batch: Batch, *, bibliography: Bibliography) -> list[BibliographyEntry]:
    """Return what was read and what was broken as rows, in the order of the list."""
    rows = [_row(entry) for entry in batch.entries] + [
        BibliographyEntry(
            line=part.line,
            why_broken=part.reason.words,
            why_broken_values=part.reason.values,
            excerpt=part.excerpt,
        )
        for part in batch.broken
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


def give_up_lists() -> int:
    """Say of whatever could not be read or imported for a fault of ours that it failed; return how many."""
    given_up = 0
    for kind, lists, why in (
        (Job.Kind.REFERENCES, Bibliography.objects.unread(), ReadingFailed),
        (Job.Kind.IMPORT, Bibliography.objects.being_imported(), ImportFailed),
    ):
        given_up += lost(lists, kind=kind, named="bibliography").update(failure=why.words(), asked_at=None)
    return given_up


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
        wanted = {name: {getattr(record, name) for record in records} - {""} for name in OF_ONE_PUBLICATION}
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
    return {f"{name}:{getattr(record, name)}" for name in OF_ONE_PUBLICATION if getattr(record, name)}


def _may_be_one(one: Record, other: Record) -> bool:
    far_apart = one.year and other.year and abs(one.year - other.year) > 1
    contradict = any(
        getattr(one, name) and getattr(other, name) and getattr(one, name) != getattr(other, name)
        for name in OF_ONE_PUBLICATION
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


def owe_import(bibliography: Bibliography, *, at: datetime) -> Job:
    """Owe the next step of an import, once at a time."""
    return owe(Job.Kind.IMPORT, bibliography=bibliography, at=at)


def do_importing(pk: int, *, at: datetime) -> bool:
    """Do an owed step of an import; return whether it was done here. What is left is owed as the next step."""

    def work(job: Job) -> None:
        crash.point("import.claimed")
        with transaction.atomic():
            import_some(cast(Bibliography, job.bibliography), at=at)
            finish_job(job, at=at)
            crash.point("import.computed")
        crash.point("import.committed")

    return do_job(pk, kind=Job.Kind.IMPORT, at=at, work=work)


@transaction.atomic
def import_some(bibliography: Bibliography, *, at: datetime) -> None:
    """Make sources of the next references, as their editor chose, and owe the step after them or settle the list.

    How each stands is weighed again now, and by what the editor may see now. Nothing happens once it was cancelled.
    """
    held = Bibliography.objects.being_imported().select_for_update(of=("self",)).select_related("added_by")
    current = held.filter(pk=bibliography.pk).first()
    if current is None:
        return
    seen = sources_seen_by(current.added_by)
    for row in current.entries.filter(outcome="")[:AT_A_TIME]:
        _import(row, seen=seen, by=current.added_by, at=at)
    if current.entries.filter(outcome="").exists():
        owe_import(current, at=at)
        return
    current.asked_at, current.settled_at = None, at
    current.save(update_fields=["asked_at", "settled_at"])


def _import(row: BibliographyEntry, *, seen: "QuerySet[Source]", by: User, at: datetime) -> None:
    """Settle one reference; one that is refused costs itself alone."""
    (weighed,) = weigh([row], seen=seen)
    try:
        with transaction.atomic():
            row.outcome, row.source = _settle(weighed, seen=seen, by=by, at=at)
    except Refusal as refusal:
        row.outcome, row.why_refused = Outcome.REFUSED, refusal.words()
    row.save(update_fields=["outcome", "source", "why_refused"])


def _settle(weighed: Weighed, *, seen: "QuerySet[Source]", by: User, at: datetime) -> tuple[str, Source | None]:
    entry, standing, choice = entry_of(weighed.entry), weighed.standing, weighed.entry.choice
    unasked = standing is Standing.JOINS and choice != Choice.MERGE
    if choice == Choice.SKIP or standing is Standing.BROKEN or unasked:
        return Outcome.SKIPPED, None
    if standing is Standing.NEW or (standing is Standing.ALIKE and choice != Choice.SAME):
        return Outcome.NEW, _added(entry, seen=seen, by=by, at=at)
    kept, *others = weighed.sources
    for other in others if standing is Standing.JOINS else ():
        merge_sources(kept, absorbed=other, by=by, at=at)
    kept.refresh_from_db()
    filled = fill_source(kept, entry=entry, origin=ORIGIN, at=at, by=by)
    if standing is Standing.JOINS:
        return Outcome.MERGED, kept
    return (Outcome.FILLED if filled else Outcome.KNOWN), kept


def _added(entry: Entry, *, seen: "QuerySet[Source]", by: User, at: datetime) -> Source:
    """Make a source of a reference.

    Where one that the editor may not see has its identifier, that one becomes the desk's record of it, and nobody can
    tell.
    """
    hidden = list(_named_by(entry.record).exclude(pk__in=seen.values("pk")).order_by("pk"))
    source = hidden[0] if hidden else Source(added_by=by)
    taken: dict[str, Any] = {
        name: ""
        for other in hidden[1:]
        for name in OF_ONE_PUBLICATION
        if getattr(other, name) == getattr(entry.record, name)
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
    for name in OF_ONE_PUBLICATION:
        if value := getattr(record, name):
            among |= Q(**{name: value})
    return Source.objects.standing().filter(among)
