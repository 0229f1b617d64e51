"""Asking public services about a reviewer's own source, for that reviewer.

Nobody may learn from it whether somebody entered the same before: every inquiry is a row of its own, asks all services
anew, and goes by nothing that is stored of the source.
"""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction

from reviews.core.citing.records import Record
from reviews.gateways import registries
from reviews.gateways.polite import Unreachable, asking_anew
from reviews.gateways.registries import Finding, usable
from reviews.jobs.lookup import SomeUnreachable, identifiers_of, keep_finding
from reviews.jobs.nudge import nudge_after_commit
from reviews.jobs.quote import LOOKED_UP, look_up_quote
from reviews.jobs.retraction import standing_of, worse_of
from reviews.jobs.source import is_stand_in_of, keep_passage
from reviews.jobs.work import MOST_ATTEMPTS, LeaseLost, do_job, finish_job, task_of
from reviews.models import Inquiry, Job, Review, RoundCitation
from reviews.models.source import RECORD_FIELDS


@transaction.atomic
def owe_inquiry(citation: RoundCitation, *, at: datetime) -> Job | None:
    """Owe an inquiry about an own source; ``None`` where it has no identifier to ask by."""
    if not identifiers_of(Record.from_csl(citation.record)):
        return None
    inquiry = Inquiry.objects.create(citation=citation, typed=citation.record, asked_at=at)
    job = Job.objects.create(kind=Job.Kind.INQUIRE, inquiry=inquiry, owed_at=at, due_at=at)
    nudge_after_commit(task_of(job), job.pk)
    return job


def do_inquiry(pk: int, *, at: datetime) -> bool:
    """Do an owed inquiry; return whether it was done here.

    What some services say fills the source at once; those that cannot be reached are asked again, until the attempts
    are used up.
    """

    def work(job: Job) -> None:
        assert job.inquiry is not None  # noqa: S101 - held by job_names_what_it_works_on
        failures = _ask(job.inquiry, at=at)
        if failures and job.attempts < MOST_ATTEMPTS:
            raise SomeUnreachable(failures)
        with transaction.atomic():
            Inquiry.objects.filter(pk=job.inquiry.pk).update(settled_at=at, gave_up=bool(failures))
            finish_job(job, at=at)

    return do_job(pk, kind=Job.Kind.INQUIRE, at=at, work=work)


def _ask(inquiry: Inquiry, *, at: datetime) -> list[Unreachable]:
    """Ask every service that has not answered yet; return why some could not be asked.

    What the first one says may name the source for the next: PubMed knows DOIs, and Crossref is asked by nothing else.
    """
    failures = []
    for registry in registries.REGISTRIES:
        inquiry = Inquiry.objects.select_related("citation__source").get(pk=inquiry.pk)
        identifier = usable(registry, identifiers_of(Record.from_csl(inquiry.citation.record)))
        if identifier is None or registry.name in inquiry.heard:
            continue
        try:
            with asking_anew():
                finding = registry.look_up(identifier)
        except Unreachable as failure:
            failures.append(failure)
            continue
        _hear(inquiry, name=registry.name, finding=finding, at=at)
        keep_finding(inquiry.citation.source, registry=registry, finding=finding, at=at)
    return failures


@transaction.atomic
def _hear(inquiry: Inquiry, *, name: str, finding: Finding | None, at: datetime) -> None:
    """Write down that a service answered, and fill the reviewer's record while the round is open.

    The review is locked first, as by a save: what is quoted meanwhile is looked up here, or sees what was found.
    """
    held = Review.objects.select_for_update(of=("self",)).select_related("assignment__round")
    review = held.filter(added_citations__inquiry=inquiry.pk).first()
    citation = RoundCitation.objects.select_for_update(of=("self",)).filter(inquiry=inquiry.pk).first()
    if review is None or citation is None:
        raise LeaseLost  # the reviewer took the source off meanwhile
    inquiry = Inquiry.objects.select_for_update().get(pk=inquiry.pk)
    inquiry.heard = [*inquiry.heard, name]
    if finding:
        inquiry.found_at = inquiry.found_at or at
        inquiry.retraction = worse_of(inquiry.retraction, standing_of(finding.notices))
        inquiry.found_text = inquiry.found_text or keep_passage(
            citation.source, finding.entry.abstract, origin=name, at=at
        )
        if review.round.is_open:
            citation.record = filled(Record.from_csl(citation.record), known=finding.entry.record).as_csl()
            citation.save(update_fields=["record"])
    inquiry.save(update_fields=["heard", "found_at", "retraction", "found_text"])
    if review.is_open:
        _look_up_what_was_quoted(citation, at=at)


def _look_up_what_was_quoted(citation: RoundCitation, *, at: datetime) -> None:
    """Look up a quote that was saved before there was a text to look in."""
    for appraisal in citation.appraisals.filter(seen_text=None).exclude(quote=""):
        look_up_quote(appraisal, quote=appraisal.quote, citation=citation, at=at)
        if appraisal.seen_text:
            appraisal.save(update_fields=LOOKED_UP)


def filled(record: Record, *, known: Record) -> Record:
    """Return a record with what it lacks from another; of what stands only a stand-in for a title gives way."""
    lacking: dict[str, Any] = {name: getattr(known, name) for name in RECORD_FIELDS if not getattr(record, name)}
    if is_stand_in_of(record):
        lacking["title"] = known.title
    return replace(record, **lacking)
