"""Reading what was received of an article: its clean text, and what the machine noticed in it."""

from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from typing import cast

from django.db import transaction

from reviews.core.reading.anchors import anchor_at
from reviews.core.reading.document import TITLE, Document, Facts
from reviews.core.reading.errors import Unreadable
from reviews.core.reading.reading import Form, Reading, read_article
from reviews.errors import AddressSilent, ReadingFailed
from reviews.gateways.page import Fetched, fetch_page
from reviews.jobs import crash
from reviews.jobs.reanchoring import carry_claims
from reviews.jobs.work import do_job, finish_job, lost
from reviews.models import Article, Claim, Cue, Intake, Job, Region, Revision, Sentence

LONGEST_TITLE = 500
LONGEST_NAME = 200
LONGEST_REASON = 300
ROWS_AT_ONCE = 500


def do_reading(pk: int, *, at: datetime, fetch: Callable[[str], Fetched] = fetch_page) -> bool:
    """Do an owed reading; return whether it was done here. Text that cannot be read is no failure of the job.

    An address is fetched first. One that does not answer this time is a failure: the job tries again.
    """

    def work(job: Job) -> None:
        crash.point("read.claimed")
        reading = fetch_and_read(cast(Intake, job.intake), fetch=fetch, at=at)
        crash.point("read.computed")
        with transaction.atomic():
            keep(reading, intake=cast(Intake, job.intake), at=at)
            finish_job(job, at=at)
        crash.point("read.committed")

    return do_job(pk, kind=Job.Kind.READ, at=at, work=work)


def read_intake(intake: Intake, *, at: datetime) -> Revision | None:
    """Read what was received and keep what was found, once; ``None`` where it cannot be read: the intake says why."""
    return keep(read(intake), intake=intake, at=at)


def fetch_and_read(intake: Intake, *, fetch: Callable[[str], Fetched], at: datetime) -> Reading | Unreadable:
    """Return what the machine reads in what was received, or in what it fetches now and keeps; or why it cannot."""
    if intake.failed_at or not intake.address or intake.fetched_at:
        return read(intake)
    try:
        found = fetch(intake.address)
    except Unreadable as reason:
        return reason
    intake.received, intake.form, intake.headers = found.received, found.form, found.headers
    intake.sha256, intake.fetched_at = sha256(found.received).hexdigest(), at
    intake.save(update_fields=["received", "form", "headers", "sha256", "fetched_at"])
    return read(intake)


def read(intake: Intake) -> Reading | Unreadable:
    """Return what the machine reads in it, or why it cannot; the article's title goes before one found.

    The title may have come later than the text of which this is the very same again: then it is read as that was.
    """
    article = intake.article
    try:
        reading = _read(intake, title=article.title)
        before = _newest_of(article)
        if before is None or _is_same(reading, before):
            return reading
        own = before.title if before.regions.filter(kind=TITLE).exists() else ""
        as_before = _read(intake, title=own) if own != article.title else reading
    except Unreadable as reason:
        return reason
    return as_before if _is_same(as_before, before) else reading


def _read(intake: Intake, *, title: str) -> Reading:
    return read_article(bytes(intake.received), form=cast(Form, intake.form), title=title)


def _newest_of(article: Article) -> Revision | None:
    return article.revisions.order_by("-number").first()


def _is_same(reading: Reading, revision: Revision) -> bool:
    """Whether a revision has this text: word for word as it was read, or as it was written."""
    return revision.sha256 in {reading.sha256, reading.as_written}


@transaction.atomic
def keep(reading: Reading | Unreadable, *, intake: Intake, at: datetime) -> Revision | None:
    """Write a reading down as the article's next revision, or why there is none; twice is once.

    The text that the article has now makes none: the intake says which it is. A changed one, even if it is one of long
    ago, takes over the claims of the text before.
    """
    intake = Intake.objects.select_for_update().get(pk=intake.pk)
    if intake.read_at or intake.failed_at:
        return intake.same_as or Revision.objects.filter(intake=intake).first()
    if isinstance(reading, Unreadable):
        _fail(intake, why=reading.phrase.words, at=at)
        return None
    article = Article.objects.select_for_update().get(pk=intake.article_id)
    intake.read_at = at
    newest = _newest_of(article)
    intake.same_as = newest if newest and _is_same(reading, newest) else None
    intake.save(update_fields=["read_at", "same_as"])
    return intake.same_as or _next_revision(reading, article=article, intake=intake, at=at)


def give_up_unread(*, at: datetime) -> int:
    """Say of whatever was tried in vain that it failed, where nobody answered or for a fault of ours; return how many.

    Its editor can then add the text again.
    """
    given_up = lost(Intake.objects.waiting(), kind=Job.Kind.READ, named="intake")
    for intake in given_up:
        is_silent = intake.address and not intake.fetched_at
        _fail(intake, why=AddressSilent.words() if is_silent else ReadingFailed.words(), at=at)
    return len(given_up)


def _fail(intake: Intake, *, why: str, at: datetime) -> None:
    intake.failed_at = at
    intake.failure = why
    intake.save(update_fields=["failed_at", "failure"])


def _next_revision(reading: Reading, *, article: Article, intake: Intake, at: datetime) -> Revision:
    before = article.revisions.select_for_update(no_key=True).order_by("-number").first()
    revision = _write_revision(reading, article=article, intake=intake, at=at)
    _write_findings(reading, revision=revision)
    if before:
        carry_claims(revision, before=before)
    return revision


def _write_revision(reading: Reading, *, article: Article, intake: Intake, at: datetime) -> Revision:
    title = clipped(reading.document.title, longest=LONGEST_TITLE)
    _fill_in(article, title=title, facts=reading.document.facts)
    return Revision.objects.create(
        article=article,
        intake=intake,
        number=article.revisions.count() + 1,
        title=title,
        language=reading.document.facts.language,
        build=build_of(reading.document),
        text=reading.document.text,
        sha256=reading.sha256,
        read_at=at,
    )


def _fill_in(article: Article, *, title: str, facts: Facts) -> None:
    """Take over what the text tells of itself where the desk has not said it."""
    if title and not article.title:
        article.title, article.slug = title, Article.objects.free_slug(title)
    article.author = article.author or clipped(facts.byline, longest=LONGEST_NAME)
    article.publisher = article.publisher or clipped(facts.publisher, longest=LONGEST_NAME)
    article.published_on = article.published_on or facts.published_on
    article.save(update_fields=["title", "slug", "author", "publisher", "published_on"])


def build_of(document: Document) -> dict[str, list[list[str | int]]]:
    """Return a document's structure as the revision keeps it: see ``Revision.build``."""
    return {
        "parts": [[part.role, part.level, part.start, part.end] for part in document.parts],
        "links": [[link.start, link.end, link.address] for link in document.links],
    }


def _write_findings(reading: Reading, *, revision: Revision) -> None:
    Region.objects.bulk_create(
        [
            Region(revision=revision, kind=region.kind, start=region.start, end=region.end)
            for region in reading.document.regions
        ],
        batch_size=ROWS_AT_ONCE,
    )
    Sentence.objects.bulk_create(
        [Sentence(revision=revision, start=span.start, end=span.end) for span in reading.sentences],
        batch_size=ROWS_AT_ONCE,
    )
    Cue.objects.bulk_create(
        [
            Cue(
                revision=revision,
                kind=cue.kind,
                start=cue.start,
                end=cue.end,
                reason=clipped(cue.reason, longest=LONGEST_REASON),
            )
            for cue in reading.cues
        ],
        batch_size=ROWS_AT_ONCE,
    )
    Claim.objects.bulk_create(
        suggested_claims(reading, revision=revision),
        batch_size=ROWS_AT_ONCE,
    )


def suggested_claims(reading: Reading, *, revision: Revision) -> list[Claim]:
    """Return the machine's suggestions as claims, not stored yet."""
    claims = []
    for suggestion in reading.claims:
        anchor = anchor_at(revision.text, suggestion.start, suggestion.end)
        claims.append(
            Claim(
                revision=revision,
                wording=suggestion.wording,
                kind=suggestion.kind,
                quote=anchor.quote,
                prefix=anchor.prefix,
                suffix=anchor.suffix,
                start=anchor.start,
                end=anchor.end,
                is_headline=suggestion.is_headline,
                is_high_harm=suggestion.is_high_harm,
                rank=suggestion.rank,
                score=suggestion.score,
                cues=list(suggestion.cues),
                reasons=[clipped(reason, longest=LONGEST_REASON) for reason in suggestion.reasons],
            )
        )
    return claims


def clipped(text: str, *, longest: int) -> str:
    """Return the text, with its end left out where it is longer than a column takes."""
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"
