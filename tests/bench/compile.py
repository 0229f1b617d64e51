"""What compiling a round costs, database included, and how that grows: as ratios within one run, and in seconds.

./assay test tests/bench/compile.py -q -s
"""

import time
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.celery import freeze_startup
from reviews.core.judging.canonical import canonical_json
from reviews.core.reading.anchors import anchor_at
from reviews.jobs.inputs import panel_inputs
from reviews.jobs.instrument import install_instruments
from reviews.jobs.report import compile_report
from reviews.models import (
    Answer,
    AnswerSheet,
    Appraisal,
    Assignment,
    Claim,
    Instrument,
    Mark,
    Review,
    Round,
    RoundCitation,
    RoundClaim,
    Source,
)
from tests.factories import DUE, NOON, TODAY, RevisionFactory, RoundFactory, UserFactory

pytestmark = pytest.mark.django_db
REVIEWERS, CLAIMS, SOURCES = 7, 300, 3
RUNS = 3
DESIGNS = ("randomised_trial", "controlled_cohort", "laboratory")
STANCES = ("supports", "contradicts", "mixed", "supports")


def big_round(*, reviewers: int = REVIEWERS, claims: int = CLAIMS, sources: int = SOURCES) -> Round:
    """Return a closed round; every reviewer marks every claim and reads every source put to it."""
    install_instruments()
    round = RoundFactory(revision=RevisionFactory(text="tea " * claims), claims=0)
    round.instruments.set(Instrument.objects.current().filter(about="article"))
    _claims(round, claims)
    _citations(round, sources)
    for number in range(reviewers):
        _review(round, number)
    Round.objects.filter(pk=round.pk).update(closed_at=NOON, closing="editor")
    return Round.objects.get(pk=round.pk)


def _claims(round: Round, count: int) -> None:
    kept = {"revision": round.revision, "state": "accepted", "kind": "effect"}
    anchors = [anchor_at(round.revision.text, 4 * n, 4 * n + 3) for n in range(count)]
    made = Claim.objects.bulk_create(
        Claim(
            **kept,
            wording=f"Claim {n}",
            quote="tea",
            prefix=anchor.prefix,
            suffix=anchor.suffix,
            start=anchor.start,
            end=anchor.end,
        )
        for n, anchor in enumerate(anchors, 1)
    )
    RoundClaim.objects.bulk_create(
        RoundClaim(
            round=round,
            claim=claim,
            number=number,
            wording=claim.wording,
            kind=claim.kind,
            quote=claim.quote,
            start=claim.start,
            end=claim.end,
            is_headline=number == 1,
            is_high_harm=number % 50 == 0,
        )
        for number, claim in enumerate(made, 1)
    )


def _citations(round: Round, count: int) -> None:
    claims = list(round.claims.all())
    made = Source.objects.bulk_create(
        Source(title=f"Trial {n} of {round.pk}", authors="Selene, Luna", year=2019, text="Sleep onset was shortened.")
        for n in range(len(claims) * count)
    )
    RoundCitation.objects.bulk_create(
        RoundCitation(claim=claims[n // count], source=source, record=source.record.as_csl(), origin="editor")
        for n, source in enumerate(made)
    )


def _review(round: Round, number: int) -> None:
    assignment = Assignment.objects.create(
        round=round,
        reviewer=UserFactory(),
        assigned_by=round.opened_by,
        assigned_on=TODAY,
        assigned_at=NOON,
        due_on=DUE,
        accepted_at=NOON,
        conflict="none",
    )
    review = Review.objects.create(assignment=assignment, began_at=NOON)
    levels = list(round.scale.levels.all())
    Mark.objects.bulk_create(
        Mark(
            review=review,
            claim=claim,
            level=levels[(claim.number + number // 3) % len(levels)],
            confidence="medium",
            certainty="low",
            rationale=f"As reviewer {number} reads it, the trial says otherwise.",
            saved_at=NOON,
        )
        for claim in round.claims.all()
    )
    Appraisal.objects.bulk_create(
        Appraisal(
            review=review,
            citation=citation,
            stance=STANCES[(place + number) % len(STANCES)],
            quote="Sleep onset was shortened",
            quote_found=True,
            design=DESIGNS[place % len(DESIGNS)],
            risk_of_bias="low",
            directness="direct",
            saved_at=NOON,
        )
        for place, citation in enumerate(RoundCitation.objects.filter(claim__round=round))
    )
    for instrument in round.instruments.all():
        sheet = AnswerSheet.objects.create(review=review, instrument=instrument, version=1)
        items = [item for item in instrument.form.items if item.kind == "choice"]
        Answer.objects.bulk_create(Answer(sheet=sheet, item=item.key, value=item.options[0].code) for item in items)
    Review.objects.filter(pk=review.pk).update(submitted_at=NOON + timedelta(days=1), omissions_considered=True)


def seconds(work: Callable[[], object]) -> float:
    """Return the shortest of a few runs."""
    took = []
    for _ in range(RUNS):
        began = time.perf_counter()
        work()
        took.append(time.perf_counter() - began)
    return min(took)


def first_compile(round: Round) -> float:
    """Return how long the first compile of a round takes, its rows and mails written; it can be done only once."""
    began = time.perf_counter()
    compile_report(round, at=NOON)
    return time.perf_counter() - began


def queries_of(round: Round) -> int:
    with CaptureQueriesContext(connection) as queries:
        panel_inputs(round)
    return len(queries)


def test_compiling_is_fast_linear_and_asks_as_often_for_a_large_round_as_for_a_small_one():
    small, large = big_round(claims=CLAIMS // 4), big_round()
    crowded = big_round(claims=CLAIMS // 4, reviewers=4 * REVIEWERS)

    freeze_startup()  # as a worker does before it compiles anything
    queries = [queries_of(round) for round in (small, large, crowded)]
    quarter, whole, crowd = (first_compile(round) for round in (small, large, crowded))
    reading = seconds(lambda: panel_inputs(large))
    again = seconds(lambda: compile_report(large, at=NOON))
    yardstick = seconds(lambda: canonical_json(large.reports.get().body))

    print(f"\n{REVIEWERS} reviewers x {CLAIMS} claims x {SOURCES} sources")
    print(f"first compile, all written:          {whole:.3f} s, {whole / yardstick:.1f} times writing its JSON once")
    print(f"compiled again, nothing new:         {again:.3f} s, of which reading the rows {reading:.3f} s")
    print(f"four times the claims takes          {whole / quarter:.1f} times as long")
    print(f"four times the reviewers takes       {crowd / quarter:.1f} times as long")
    print(f"queries for a quarter, all, a crowd: {queries}")
    assert len(set(queries)) == 1
