"""How a report goes before readers, is corrected and is withdrawn."""

from datetime import datetime

from django.db import transaction

from reviews.errors import (
    AlreadyPublished,
    AlreadyWithdrawn,
    CalibrationStaysHere,
    ClaimsUndecided,
    CorrectionUnexplained,
    NewerReportStands,
    ReasonMissing,
    ReportIsBeingCompiled,
    ReportIsStale,
    RoundIsOpen,
)
from reviews.jobs.notice import owe_notice
from reviews.models import Article, Calibration, Job, Notice, Publication, Recheck, Report, Review, Round, User


@transaction.atomic
def publish_report(report: Report, *, summary: str, correction: str, by: User, at: datetime) -> Publication:
    """Put the newest report of a closed round before readers, and owe a mail to everybody who worked on it.

    Where the article is published already, ``correction`` says to readers what is different now. Raises
    AlreadyPublished, RoundIsOpen, CalibrationStaysHere, NewerReportStands, ReportIsBeingCompiled, ReportIsStale,
    ClaimsUndecided, CorrectionUnexplained.
    """
    Round.objects.select_for_update().get(pk=report.round_id)  # before its article, as whatever moves that does
    article = Article.objects.select_for_update().get(revisions__rounds__reports=report)
    if Publication.objects.filter(report=report).exists():
        raise AlreadyPublished
    _refuse_unfinished(report)
    if article.publications.exists() and not correction.strip():
        raise CorrectionUnexplained
    publication = Publication.objects.create(
        article=article,
        report=report,
        summary=summary.strip(),
        correction=correction.strip(),
        published_at=at,
        published_by=by,
    )
    _owe_news(publication, at=at)
    return publication


@transaction.atomic
def withdraw_publication(publication: Publication, *, note: str, by: User, at: datetime) -> None:
    """Take a publication back, with a note that readers find in its place. Raises AlreadyWithdrawn, ReasonMissing."""
    publication = Publication.objects.select_for_update(of=["self"]).get(pk=publication.pk)
    if publication.withdrawn_at:
        raise AlreadyWithdrawn
    if not note.strip():
        raise ReasonMissing
    publication.withdrawn_at, publication.withdrawn_by = at, by
    publication.withdrawal = note.strip()
    publication.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawal"])


def _refuse_unfinished(report: Report) -> None:
    round = report.round
    if round.is_open:
        raise RoundIsOpen
    if Calibration.objects.filter(round=round).exists():
        raise CalibrationStaysHere
    if round.reports.filter(number__gt=report.number).exists():
        raise NewerReportStands
    if round.jobs.filter(state__in=[Job.State.OWED, Job.State.RUNNING]).exists():
        raise ReportIsBeingCompiled
    if Recheck.objects.open().filter(report__round=round).exists():
        raise ReportIsStale
    if report.verdicts.held().exists():
        raise ClaimsUndecided


def _owe_news(publication: Publication, *, at: datetime) -> None:
    round = publication.report.round
    reviewers = Review.objects.submitted().filter(assignment__round=round).values("assignment__reviewer")
    people = User.objects.filter(pk__in=reviewers) | User.objects.filter(edited_rounds=round)
    for person in people.filter(is_active=True).distinct():
        owe_notice(
            Notice.Kind.PUBLISHED,
            key=f"{Notice.Kind.PUBLISHED}:{publication.pk}:{person.pk}",
            address=person.email,
            recipient=person,
            round=round,
            report=publication.report,
            at=at,
        )
