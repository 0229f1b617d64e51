"""Retractions, corrections and expressions of concern: kept once, marked on the source, told to its editors."""

import io
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import islice
from typing import cast

from django.db import transaction
from django.db.models import Q

from reviews.core.citing.errors import UnreadableReferences
from reviews.core.citing.notices import EditorialNotice as Said
from reviews.core.citing.notices import Row, rows_in
from reviews.core.phrases import Phrase
from reviews.errors import RetractionsFailed
from reviews.jobs.notice import owe_notice
from reviews.jobs.source import owe_reports_on
from reviews.jobs.work import Clock, do_job, finish_job, keep_at, lost, owe
from reviews.models import EditorialNotice, Job, Notice, RetractionFile, Round, Source

AT_ONCE = 500
MOST_BAD = 200
"""Rows that cannot be used and are named; what is beyond is only counted."""

LONGEST_NOTE = 300
TOLD = {EditorialNotice.Nature.RETRACTED, EditorialNotice.Nature.CONCERN}
"""What an editor is mailed about; a correction only stands on the source."""

RETRACTION_WATCH = "Retraction Watch"


@transaction.atomic
def record_notices(source: Source, *, said: Iterable[Said], said_by: str, at: datetime) -> list[EditorialNotice]:
    """Keep what was said of a source, once; return what is new. New ones mark the source, make its reports stale and
    tell its editors.

    An editor's own word on the source stands until something new is said.
    """
    source = Source.objects.select_for_update().get(pk=source.pk)
    new = [row for row, is_new in (_kept(source, one, said_by=said_by, at=at) for one in said) if is_new]
    if not new:
        return []
    state = standing_of(source.editorial_notices.all())
    if state != source.retraction:
        source.retraction = state
        source.retraction_note = _note(source, state=state)
        source.save(update_fields=["retraction", "retraction_note"])
        owe_reports_on(source, at=at)
        for row in new:
            if row.nature in TOLD and row.nature == state:
                tell_editors(row, at=at)
    return new


def _kept(source: Source, said: Said, *, said_by: str, at: datetime) -> tuple[EditorialNotice, bool]:
    known = source.editorial_notices.filter(nature=said.nature)
    if not said.notice_doi and (row := known.first()):  # the same, said with less
        return row, False
    return EditorialNotice.objects.get_or_create(
        source=source,
        nature=said.nature,
        notice_doi=said.notice_doi,
        defaults={"said_on": said.said_on, "reasons": said.reasons, "said_by": said_by, "seen_at": at},
    )


def standing_of(said: Iterable[EditorialNotice | Said]) -> str:
    """Return what all notices together make of a source: the worst, unless it was reinstated since."""
    rows = list(said)
    nature = EditorialNotice.Nature
    natures = {row.nature for row in rows}
    reinstated = [row.said_on for row in rows if row.nature == nature.REINSTATED]
    if reinstated and not _is_later(rows, than=reinstated):
        natures -= {nature.RETRACTED, nature.CONCERN}
    for worst in (nature.RETRACTED, nature.CONCERN, nature.CORRECTED):
        if worst in natures:
            return Source.Retraction(worst)
    return Source.Retraction.NONE


def _is_later(rows: list[EditorialNotice | Said], *, than: list[date | None]) -> bool:
    """Whether it was retracted after the last reinstatement; without both dates it was not."""
    last = max((day for day in than if day), default=None)
    days = [row.said_on for row in rows if row.nature in TOLD and row.said_on]
    return bool(last and days and max(days) > last)


SEVERITY = (
    Source.Retraction.NONE,
    Source.Retraction.CORRECTED,
    Source.Retraction.CONCERN,
    Source.Retraction.RETRACTED,
)


def worse_of(one: str, other: str) -> str:
    """Return the worse of two standings of a source."""
    return max(one, other, key=lambda state: SEVERITY.index(Source.Retraction(state)))


def _note(source: Source, *, state: str) -> str:
    rows = [row for row in source.editorial_notices.all() if row.nature == state]
    if not rows:
        return ""
    row = rows[-1]
    when = f", {row.said_on.isoformat()}" if row.said_on else ""
    where = f" doi:{row.notice_doi}" if row.notice_doi else ""
    return f"{row.said_by}{when}{where}{': ' if row.reasons else ''}{row.reasons}"[:LONGEST_NOTE]


def tell_editors(row: EditorialNotice, *, at: datetime) -> None:
    """Owe the editors of every round that has the source a mail, once a notice."""
    same = [row.source_id, *row.source.absorbed.values_list("pk", flat=True)]
    rounds = Round.objects.filter(claims__citations__source__in=same).distinct()
    for round in rounds:
        for editor in round.editors.filter(is_staff=True, is_active=True):
            owe_notice(
                Notice.Kind.RETRACTED_SOURCE,
                key=f"retracted_source:{row.pk}:{round.pk}:{editor.pk}",
                address=editor.email,
                recipient=editor,
                round=round,
                source=row.source,
                at=at,
            )


def import_notices(said: Iterable[Said], *, said_by: str, at: datetime) -> tuple[int, int]:
    """Go through a file of notices; return how many are of our sources, and how many of these are new.

    Batch by batch: a file has tens of thousands, of which a handful are ours.
    """
    ours = new = 0
    for batch in _batches(iter(said)):
        by_name = _sources_of(batch)
        for one in batch:
            for source in {by_name[name] for name in _names(one) if name in by_name}:
                ours += 1
                new += len(record_notices(source, said=[one], said_by=said_by, at=at))
    return ours, new


def owe_retractions(file: RetractionFile, *, at: datetime) -> Job:
    """Owe going through a file, once at a time."""
    return owe(Job.Kind.RETRACTIONS, retraction_file=file, at=at)


def do_retractions(pk: int, *, clock: Clock) -> bool:
    """Go through an owed file; return whether it was done here. A file that cannot be read is no failure of the job.

    ``clock`` is read as the work goes on, to keep its lease.
    """

    def work(job: Job) -> None:
        file = cast(RetractionFile, job.retraction_file)
        why = go_through(file, job=job, clock=clock)
        with transaction.atomic():
            RetractionFile.objects.waiting().filter(pk=file.pk).update(
                failure=why.words if why else "",
                failure_values=why.values if why else {},
                finished_at=None if why else clock(),
            )
            finish_job(job, at=clock())

    return do_job(pk, kind=Job.Kind.RETRACTIONS, at=clock(), work=work)


def give_up_files() -> int:
    """Say of whatever could not be gone through for a fault of ours that it failed; return how many."""
    given_up = lost(RetractionFile.objects.waiting(), kind=Job.Kind.RETRACTIONS, named="retraction_file")
    return given_up.update(failure=RetractionsFailed.words())


def go_through(file: RetractionFile, *, job: Job, clock: Clock) -> Phrase | None:
    """Go through a file batch by batch, telling how far it is, until its end or until somebody cancels it.

    Returns why it could not be read to its end, or None. Twice is once. Raises LeaseLost.
    """
    RetractionFile.objects.filter(pk=file.pk).update(gone_through=0, rows=0, bad_rows=0, bad=[])
    received = io.BytesIO(bytes(file.received))
    with io.TextIOWrapper(received, encoding="utf-8-sig", errors="replace", newline="") as lines:
        rows = rows_in(lines)
        count, bad_rows, bad = 0, 0, list[Row]()
        try:
            while batch := list(islice(rows, AT_ONCE)):
                import_notices([row.notice for row in batch if row.notice], said_by=RETRACTION_WATCH, at=clock())
                unread = [row for row in batch if not row.notice]
                count, bad_rows = count + len(batch), bad_rows + len(unread)
                bad += unread[: MOST_BAD - len(bad)]
                keep_at(job, at=clock())
                if not _tell(file, gone_through=received.tell(), rows=count, bad_rows=bad_rows, bad=bad):
                    break
        except UnreadableReferences as refusal:
            return refusal.phrase
    return None


def _tell(file: RetractionFile, *, gone_through: int, rows: int, bad_rows: int, bad: list[Row]) -> bool:
    """Write down how far a file is, with the first of its bad rows; return whether it is to be gone on with."""
    named = [[row.line, row.why.words, row.why.values] for row in bad if row.why]
    waiting = RetractionFile.objects.waiting().filter(pk=file.pk)
    return bool(waiting.update(gone_through=gone_through, rows=rows, bad_rows=bad_rows, bad=named))


def _batches(said: Iterator[Said]) -> Iterator[list[Said]]:
    while batch := list(islice(said, AT_ONCE)):
        yield batch


def _names(said: Said) -> list[str]:
    return [name for name in (f"doi:{said.doi}", f"pmid:{said.pmid}") if not name.endswith(":")]


def _sources_of(batch: list[Said]) -> dict[str, Source]:
    dois, pmids = {one.doi for one in batch} - {""}, {one.pmid for one in batch} - {""}
    found = Source.objects.standing().filter(Q(doi__in=dois) | Q(pmid__in=pmids))
    return {
        f"{name}:{getattr(source, name)}": source
        for source in found
        for name in ("doi", "pmid")
        if getattr(source, name)
    }
