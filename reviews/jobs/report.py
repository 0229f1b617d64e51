"""Compiling a round: its rows as the judging room's inputs, and what comes of them as the next version."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Prefetch

from reviews.core.citing.records import Record
from reviews.core.judging.instruments import Answer, check_answer
from reviews.core.judging.report import (
    AdjudicationInput,
    AppraisalInput,
    CitationInput,
    ClaimInput,
    MarkInput,
    PanelInputs,
    PanelReport,
    ReviewInput,
    SourceInput,
    compile_panel,
    differences,
)
from reviews.errors import RoundIsOpen
from reviews.jobs import crash
from reviews.jobs.recheck import settle_rechecks
from reviews.jobs.summary import owe_summaries
from reviews.jobs.work import do_job, finish_job
from reviews.models import (
    Adjudication,
    AnswerSheet,
    Appraisal,
    Instrument,
    Job,
    Mark,
    Region,
    Report,
    Review,
    Round,
    RoundCitation,
    RoundClaim,
    SecondLook,
    SecondMark,
    Source,
    Verdict,
)

COUNTING_REGIONS = ("title", "body")

Keys = Mapping[int, str]
"""The key that the judging room knows a source by, by the primary key of the source."""


def do_compiling(pk: int, *, at: datetime) -> bool:
    """Do an owed compile; return whether it was done here."""

    def work(job: Job) -> None:
        crash.point("compile.claimed")
        with transaction.atomic():
            assert job.round is not None  # noqa: S101 - held by job_names_what_it_works_on
            compile_report(job.round, at=at)
            crash.point("compile.computed")
            finish_job(job, at=at)
        crash.point("compile.committed")

    return do_job(pk, kind=Job.Kind.COMPILE, at=at, work=work)


@transaction.atomic
def compile_report(round: Round, *, at: datetime) -> Report:
    """Compile a closed round; return its newest version, which is a new one only where something changed.

    Whatever had made the version before stale is settled by it.
    The round's row is locked: of two compiles at once the second finds the first one's version. Raises RoundIsOpen.
    """
    round = Round.objects.select_for_update(of=("self",)).select_related("revision", "scale").get(pk=round.pk)
    if round.is_open:
        raise RoundIsOpen
    panel = compile_panel(panel_inputs(round))
    newest = round.reports.order_by("-number").first()
    if newest and newest.fingerprint == panel.fingerprint:
        settle_rechecks(newest, at=at)
        return newest
    report = _write_report(panel, round=round, previous=newest, at=at)
    settle_rechecks(report, at=at)
    owe_summaries(report, at=at)
    return report


def _write_report(panel: PanelReport, *, round: Round, previous: Report | None, at: datetime) -> Report:
    changed = differences(previous.body, panel.body) if previous else []
    report = Report.objects.create(
        round=round,
        number=previous.number + 1 if previous else 1,
        fingerprint=panel.fingerprint,
        canonical=panel.canonical().decode(),
        previous=previous,
        changes=[asdict(difference) for difference in changed],
        compiled_at=at,
    )
    claims = {claim.number: claim for claim in round.claims.all()}
    Verdict.objects.bulk_create(
        [_verdict(ruling, report=report, claim=claims[ruling["number"]]) for ruling in report.body["claims"]]
    )
    return report


def _verdict(ruling: Mapping[str, Any], *, report: Report, claim: RoundClaim) -> Verdict:
    return Verdict(
        report=report,
        claim=claim,
        label=ruling["panel"]["label"],
        final=ruling["verdict"]["level"],
        held=sorted({reason["name"] for reason in ruling["held"]}),
        is_adjudicated=ruling["adjudication"] is not None,
    )


def panel_inputs(round: Round) -> PanelInputs:
    """Return a round as the judging room knows it: only reviews that were handed in and are not set aside.

    The number of queries does not depend on the number of claims, reviews or sources.
    """
    claims = list(round.claims.all())
    reviews = list(_counted_reviews(round))
    citations = list(_citations_that_count(round, reviews=reviews))
    keys, sources = _sources(citations)
    numbers = {claim.pk: claim.number for claim in claims}
    return PanelInputs(
        claims=_claims(claims, round=round),
        sources=sources,
        citations=[
            CitationInput(numbers[citation.claim_id], keys[citation.source_id], citation.origin)
            for citation in citations
        ],
        reviews=[_review(review, numbers=numbers, keys=keys) for review in reviews],
        instruments=[instrument.form for instrument in _forms(round, reviews=reviews)],
        adjudications=_adjudications(round),
        outstanding=round.assignments.open().count(),
        quorum=round.quorum,
        scale=round.scale.value,
    )


def _claims(claims: Iterable[RoundClaim], *, round: Round) -> list[ClaimInput]:
    regions = list(Region.objects.filter(revision=round.revision_id, kind__in=COUNTING_REGIONS))
    return [
        ClaimInput(
            number=claim.number,
            wording=claim.wording,
            quote=claim.quote,
            kind=claim.kind,
            counts_for_article=any(region.start < claim.end and claim.start < region.end for region in regions),
            is_headline=claim.is_headline,
            is_high_harm=claim.is_high_harm,
            asks_for_source=claim.asks_for_source,
        )
        for claim in claims
    ]


def _counted_reviews(round: Round) -> Iterable[Review]:
    ended = SecondLook.objects.ended()
    return (
        Review.objects.counted()
        .filter(assignment__round=round)
        .select_related("assignment")
        .prefetch_related(
            Prefetch("marks", Mark.objects.select_related("level")),
            Prefetch("appraisals", Appraisal.objects.select_related("citation")),
            Prefetch("second_marks", SecondMark.objects.filter(look__in=ended).select_related("look", "level")),
            "statements",
            "asked_forms__instrument",
            "sheets__answers",
            "sheets__instrument",
            "omissions",
        )
    )


def _citations_that_count(round: Round, *, reviews: Iterable[Review]) -> Iterable[RoundCitation]:
    """Return what the desk put to the claims, then what the reviewers whose marks count added."""
    citations = RoundCitation.objects.filter(claim__round=round).select_related("source__merged_into")
    added = citations.filter(added_in__in=[review.pk for review in reviews])
    return [*citations.filter(added_in=None), *added]


def _sources(citations: Iterable[RoundCitation]) -> tuple[Keys, list[SourceInput]]:
    """Return the sources, each once however often and by whomever it was put to a claim.

    What the desk put to a claim stands as it stood when the round opened; what a reviewer added stands as the desk
    knows it. Whether a source is retracted, and of which trial it is, is asked now, of the one that it was merged into.
    """
    records: dict[int, Record] = {}
    sources: dict[int, Source] = {}
    for citation in citations:
        frozen = citation.added_in_id is None
        record = Record.from_csl(citation.record) if frozen else citation.source.record
        records.setdefault(citation.source_id, record)
        sources[citation.source_id] = citation.source.merged_into or citation.source
    keys = {pk: record.key() for pk, record in records.items()}
    return keys, [
        _source(key, among=[pk for pk in sorted(keys) if keys[pk] == key], records=records, sources=sources)
        for key in sorted(set(keys.values()))
    ]


def _source(key: str, *, among: list[int], records: Mapping[int, Record], sources: Mapping[int, Source]) -> SourceInput:
    """Return one source of the judging room; several rows of the desk may have the same key."""
    return SourceInput(
        key=key,
        record=records[among[0]].as_csl(),
        retracted=any(sources[pk].retraction == Source.Retraction.RETRACTED for pk in among),
        trial=max(sources[pk].nct for pk in among),
    )


def _review(review: Review, *, numbers: Mapping[int, int], keys: Keys) -> ReviewInput:
    first = {numbers[mark.claim_id]: mark for mark in review.marks.all() if mark.level or mark.could_not_assess}
    second = {numbers[mark.look.claim_id]: mark for mark in review.second_marks.all()}
    sheets = _standing_sheets(review)
    return ReviewInput(
        conflict_declared=review.assignment.conflict == review.assignment.Conflict.DECLARED,
        marks={
            number: _mark(second.get(number) or first[number], first=first.get(number))
            for number in sorted(first.keys() | second.keys())
        },
        first_marks={number: _mark(first[number], first=first[number]) for number in first.keys() & second.keys()},
        statements={numbers[said.claim_id]: said.text for said in review.statements.all()},
        appraisals=_appraisals(review, numbers=numbers, keys=keys),
        answers={sheet.instrument.form.key: _answers(sheet) for sheet in sheets if not sheet.claim_id},
        claim_answers={
            (numbers[sheet.claim_id], sheet.instrument.form.key): _answers(sheet) for sheet in sheets if sheet.claim_id
        },
        omissions={omission.kind: omission.note for omission in review.omissions.all()},
    )


def _mark(mark: Mark | SecondMark, *, first: Mark | None) -> MarkInput:
    """Return a mark; flaws, certainty and attribution are asked at first only, and go with a second mark too."""
    return MarkInput(
        level=mark.level.name if mark.level else None,
        could_not_assess=mark.could_not_assess,
        flaws=tuple(first.flaws) if first else (),
        confidence=mark.confidence,
        certainty=first.certainty if first else "",
        rationale=mark.rationale,
        certainty_start=first.certainty_start if first else "",
        certainty_reasons=tuple(first.certainty_reasons) if first else (),
        attribution=first.attribution if first else "",
    )


def _appraisals(review: Review, *, numbers: Mapping[int, int], keys: Keys) -> dict[tuple[int, str], AppraisalInput]:
    """Return one appraisal per claim and source; of a source put twice, by the desk and again by the reviewer, the
    desk's.
    """
    made = [appraisal for appraisal in review.appraisals.all() if appraisal.stance]
    made.sort(key=lambda appraisal: appraisal.citation.added_in_id is None)
    return {
        (numbers[appraisal.citation.claim_id], keys[appraisal.citation.source_id]): _appraisal(appraisal)
        for appraisal in made
    }


def _appraisal(appraisal: Appraisal) -> AppraisalInput:
    return AppraisalInput(
        stance=appraisal.stance,
        quote=appraisal.quote,
        locator=appraisal.locator,
        quote_found=appraisal.quote_found,
        design=appraisal.design,
        risk_of_bias=appraisal.risk_of_bias,
        directness=appraisal.directness,
        indirect_in=tuple(appraisal.indirect_in),
    )


def _forms(round: Round, *, reviews: Iterable[Review]) -> list[Instrument]:
    """Return every version of every form that the counted reviews were asked, and the round's where none was.

    Answers to two versions are never put together: each version is told by itself.
    """
    of_round = list(round.instruments.all())
    own = [{asked.slug: asked.instrument for asked in review.asked_forms.all()} for review in reviews]
    found = {asked.pk: asked for forms in own for asked in forms.values()}
    for one in of_round:
        if not own or any(one.slug not in forms for forms in own):
            found[one.pk] = one
    return list(found.values())


def _standing_sheets(review: Review) -> list[AnswerSheet]:
    """Return the sheets of the versions that a review answers: of one that it was moved from the copy counts."""
    own = {asked.slug: asked.instrument_id for asked in review.asked_forms.all()}
    return [
        sheet
        for sheet in review.sheets.all()
        if own.get(sheet.instrument.slug, sheet.instrument_id) == sheet.instrument_id
    ]


def _answers(sheet: AnswerSheet) -> dict[str, Answer]:
    form = sheet.instrument.form
    return {answer.item: check_answer(form.item(answer.item), answer.value) for answer in sheet.answers.all()}


def _adjudications(round: Round) -> dict[int, AdjudicationInput]:
    decided = Adjudication.objects.decided().filter(claim__round=round).select_related("claim", "level")
    return {
        decision.claim.number: AdjudicationInput(
            level=decision.level.name if decision.level else None,
            reasoning=decision.reasoning,
            disagreement=decision.disagreement,
        )
        for decision in decided
    }
