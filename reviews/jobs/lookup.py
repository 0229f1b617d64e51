"""Looking a source up: every service asked once, what it says kept, gaps filled, retractions marked."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import cast

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from reviews.core.citing.identifiers import OF_ONE_PUBLICATION, Identifier, Kind
from reviews.core.citing.records import Record
from reviews.gateways import registries
from reviews.gateways.polite import Unreachable
from reviews.gateways.registries import Registry, usable
from reviews.jobs.retraction import record_notices
from reviews.jobs.source import fill_source
from reviews.jobs.work import NotNow, do_job, finish_job, owe
from reviews.models import Citation, Finding, Job, RoundCitation, Source

AGAIN_AFTER = timedelta(days=7)
MOST_AT_ONCE = 50
LONGEST_WORD = 200


class SomeUnreachable(NotNow):
    """Some services gave no answer; ``wait`` is the longest that one asked to be left alone."""

    def __init__(self, failures: Sequence[Unreachable]) -> None:
        super().__init__(" ".join(map(str, failures)))
        self.wait = max(failure.wait for failure in failures)


def owe_lookup(source: Source, *, at: datetime) -> Job | None:
    """Owe a look-up of a source, once at a time; ``None`` where it has no identifier to ask by."""
    return owe(Job.Kind.LOOK_UP, source=source, at=at) if identifiers_of(source) else None


def identifiers_of(source: Source | Record) -> list[Identifier]:
    """Return what a source can be asked about by, the surest first."""
    return [Identifier(cast(Kind, kind), getattr(source, kind)) for kind in OF_ONE_PUBLICATION if getattr(source, kind)]


def do_lookup(pk: int, *, at: datetime) -> bool:
    """Do an owed look-up; return whether it was done here.

    What some services say is kept although others cannot be reached; only these are asked again.
    """

    def work(job: Job) -> None:
        assert job.source is not None  # noqa: S101 - held by job_names_what_it_works_on
        failures = ask(job.source, since=job.owed_at, at=at)
        if failures:
            raise SomeUnreachable(failures)
        finish_job(job, at=at)

    return do_job(pk, kind=Job.Kind.LOOK_UP, at=at, work=work)


def ask(source: Source, *, since: datetime, at: datetime) -> list[Unreachable]:
    """Ask every service that has not answered since; return why some could not be asked."""
    answered = set(source.findings.filter(fetched_at__gte=since).values_list("service", flat=True))
    failures = []
    for registry in registries.REGISTRIES:
        identifier = usable(registry, identifiers_of(source))
        if identifier is None or registry.name in answered:
            continue
        try:
            keep_finding(source, registry=registry, finding=registry.look_up(identifier), at=at)
        except Unreachable as failure:
            failures.append(failure)
    return failures


@transaction.atomic
def keep_finding(source: Source, *, registry: Registry, finding: registries.Finding | None, at: datetime) -> None:
    """Write down what a service says; a source that no report rests on is filled with what it lacks."""
    entry = finding.entry if finding else None
    Finding.objects.update_or_create(
        source=source,
        service=registry.name,
        defaults={
            "csl": entry.record.as_csl() if entry else None,
            "abstract": entry.abstract if entry else "",
            "types": [word[:LONGEST_WORD] for word in entry.types] if entry else [],
            "keywords": [word[:LONGEST_WORD] for word in entry.keywords] if entry else [],
            "fetched_at": at,
        },
    )
    if finding is None:
        return
    source.refresh_from_db()
    if not _may_be_in_a_report(source):
        fill_source(source, entry=finding.entry, origin=registry.name, at=at)
    record_notices(source, said=finding.notices, said_by=registry.name, at=at)


def _may_be_in_a_report(source: Source) -> bool:
    """Whether a round has a source otherwise than by its own reviewers, or is closed."""
    put = RoundCitation.objects.filter(source=source)
    return put.exclude(added_in__isnull=False, claim__round__closed_at=None).exists()


def owe_due_lookups(*, at: datetime) -> int:
    """Owe a look-up of sources that claims rest on and that were not looked up for a week; return how many.

    A few at a time, for this is asked every hour: whatever was tried lately waits.
    """
    week = at - AGAIN_AFTER
    fresh = Finding.objects.filter(source=OuterRef("pk"), fetched_at__gt=week)
    tried = Job.objects.filter(source=OuterRef("pk"), owed_at__gt=week)
    used = Exists(Citation.objects.filter(source=OuterRef("pk"))) | Exists(
        RoundCitation.objects.filter(source=OuterRef("pk"))
    )
    named = ~Q(doi="", pmid="", pmcid="")
    due = Source.objects.standing().filter(named, used).exclude(Exists(fresh)).exclude(Exists(tried)).order_by("pk")
    return sum(owe_lookup(source, at=at) is not None for source in due[:MOST_AT_ONCE])
