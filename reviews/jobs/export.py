"""Writing what an editor wants to take out of the house, and deleting it when its days are over."""

import hashlib
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from tempfile import TemporaryFile
from typing import IO, cast

from django.db import transaction

from reviews.errors import NothingToExport, RoundHoldsClaims
from reviews.gateways.table import Row, write_csv, write_json, write_workbook
from reviews.jobs.bundle import bundle_of
from reviews.jobs.exportable import rounds_for
from reviews.jobs.extract import TABLES, Extract
from reviews.jobs.notice import owe_notice
from reviews.jobs.work import Clock, do_job, finish_job, give_up, keep_at, owe_once
from reviews.models import Export, ExportedRound, ExportPart, Job, Notice, Report, Round, User, Verdict

KEPT_FOR = timedelta(days=3)
UNFETCHED = timedelta(minutes=5)
"""How long a file is there before its editor is mailed: whoever waits for it on the page needs no mail."""

ROUNDS_AT_ONCE = 20
PART = 1024 * 1024
"""Bytes of one part: all that is held in memory of a file that is kept or fetched."""

REMOVED_AT_ONCE = 20
WRITERS = {Export.Form.CSV: write_csv, Export.Form.XLSX: write_workbook, Export.Form.JSON: write_json}


def owe_export(export: Export, *, at: datetime) -> Job:
    """Owe the writing of an export, once; one that failed may be owed again."""
    return owe_once(Job.Kind.EXPORT, export=export, at=at)


def do_export(pk: int, *, clock: Clock) -> bool:
    """Write an owed export; return whether it was done here. ``clock`` is read as the work goes on, to keep its lease.

    What the editor may see is asked now, not when it was asked for.
    """

    def work(job: Job) -> None:
        try:
            _write(job, clock=clock)
        except (NothingToExport, RoundHoldsClaims) as refusal:  # to try again would come to the same
            give_up(job, error=refusal, at=clock())

    return do_job(pk, kind=Job.Kind.EXPORT, at=clock(), work=work)


def _write(job: Job, *, clock: Clock) -> None:
    with TemporaryFile() as file:
        writing = _Writing(job, clock=clock)
        rows = writing.bundle(file) if writing.export.content == Export.Content.BUNDLE else writing.table(file)
        _keep(job, file=file, rows=rows, covers=writing.covers, at=clock())


class _Writing:
    """One attempt at a file: what it has told of so far, and how far it has come."""

    def __init__(self, job: Job, *, clock: Clock) -> None:
        self.job, self.export, self.clock = job, cast(Export, job.export), clock
        self.editor: User = self.export.asked_by
        self.covers: list[ExportedRound] = []
        rounds = rounds_for(self.export, editor=self.editor).order_by("pk")
        self.wanted = list(rounds.values_list("pk", flat=True))
        if not (self.wanted and self.editor.is_active and self.editor.is_staff):
            raise NothingToExport
        self._say_how_far()

    def bundle(self, file: IO[bytes]) -> int:
        """Write the zip of one round, which can leave nothing out."""
        if Verdict.objects.veiled_from(self.editor).claims_by_round(self.wanted):
            raise RoundHoldsClaims
        self.covers = [ExportedRound(export=self.export, round_id=pk) for pk in self.wanted]
        file.write(bundle_of(Round.objects.get(pk=self.wanted[0])))
        return 1

    def table(self, file: IO[bytes]) -> int:
        """Write a table; return how many rows it has."""
        columns, rows_of = TABLES[self.export.content]
        rows = (row for extract in self._extracts() for row in rows_of(extract))
        return WRITERS[Export.Form(self.export.form)](file, columns=columns, rows=cast("Iterator[Row]", rows))

    def _extracts(self) -> Iterator[Extract]:
        """Yield the rounds some at a time, and say how far it is before each."""
        for first in range(0, len(self.wanted), ROUNDS_AT_ONCE):
            pks = self.wanted[first : first + ROUNDS_AT_ONCE]
            self._say_how_far()
            rounds = Round.objects.filter(pk__in=pks).select_related("revision__article").defer("revision__text")
            reports = Report.objects.filter(round__in=pks, next=None)
            veiled = Verdict.objects.veiled_from(self.editor).claims_by_round(pks)
            left_out = {pk: frozenset(veiled.get(pk, ())) for pk in pks}
            yield Extract(
                rounds={round.pk: round for round in rounds},
                reports={report.round_id: report for report in reports.order_by("round")},
                left_out=left_out,
            )
            self.covers += [
                ExportedRound(export=self.export, round_id=pk, left_out=sorted(numbers))
                for pk, numbers in left_out.items()
            ]

    def _say_how_far(self) -> None:
        keep_at(self.job, at=self.clock())
        Export.objects.filter(pk=self.export.pk).update(rounds=len(self.wanted), rounds_written=len(self.covers))


@transaction.atomic
def _keep(job: Job, *, file: IO[bytes], rows: int, covers: list[ExportedRound], at: datetime) -> None:
    """Keep a file part by part, with what it tells of, and close the job; all of it or nothing."""
    export = cast(Export, job.export)
    file.seek(0)
    digest, size = hashlib.sha256(), 0
    for number, held in enumerate(iter(partial(file.read, PART), b"")):
        ExportPart.objects.create(export=export, number=number, held=held)
        digest.update(held)
        size += len(held)
    ExportedRound.objects.bulk_create(covers, batch_size=5000)
    Export.objects.filter(pk=export.pk).update(
        made_at=at,
        expires_at=at + KEPT_FOR,
        rows=rows,
        size=size,
        sha256=digest.hexdigest(),
        rounds_written=len(covers),
    )
    owe_notice(
        Notice.Kind.EXPORT_READY,
        key=f"{Notice.Kind.EXPORT_READY}:{export.pk}",
        address=export.asked_by.email,
        recipient=export.asked_by,
        round=export.round,
        export=export,
        at=at,
        due_at=at + UNFETCHED,
    )
    finish_job(job, at=at)


def parts_of(export: Export) -> Iterator[bytes]:
    """Yield the bytes of a file, one part in memory at a time."""
    for pk in list(export.parts.order_by("number").values_list("pk", flat=True)):
        yield bytes(ExportPart.objects.get(pk=pk).held)


@transaction.atomic
def remove_export(export: Export, *, at: datetime) -> bool:
    """Delete a file, once; the row stays. Return whether there was one."""
    gone = Export.objects.filter(pk=export.pk, made_at__isnull=False, removed_at=None).update(removed_at=at)
    ExportPart.objects.filter(export=export).delete()
    ExportedRound.objects.filter(export=export).delete()
    return bool(gone)


def remove_expired_exports(*, at: datetime) -> int:
    """Delete the files whose days are over, a few at a time; return how many."""
    return sum(remove_export(export, at=at) for export in Export.objects.expired(at)[:REMOVED_AT_ONCE])
