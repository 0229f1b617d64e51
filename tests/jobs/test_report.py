"""Compiling a round into numbered versions."""

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command

from reviews.errors import RoundIsOpen
from reviews.jobs.report import compile_report, do_compiling, panel_inputs
from reviews.jobs.round import close_round
from reviews.models import Adjudication, Job, Report, Round, Verdict
from tests.factories import (
    NOON,
    AppraisalFactory,
    AssignmentFactory,
    EditorFactory,
    ReviewFactory,
    RoundCitationFactory,
    RoundFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db


def judged(*panel, **fields):
    """Return a closed round of two claims; ``panel`` has one list of levels for each reviewer."""
    round = RoundFactory(**fields)
    for marks in panel:
        ReviewFactory(round=round, marks=marks, submitted=True)
    close_round(round, closing=Round.Closing.EDITOR, at=NOON)
    return round


def set_aside(review):
    review.assignment.set_aside_at, review.assignment.set_aside_reason = NOON, "a friend of the author"
    review.assignment.save()


def test_a_report_rules_on_every_claim():
    round = judged(["accurate", "misleading"], ["accurate", "misleading"])

    report = compile_report(round, at=NOON)

    assert (report.number, report.previous, report.changes) == (1, None, [])
    assert list(report.verdicts.values_list("claim__number", "label", "is_adjudicated")) == [
        (1, "accurate", False),
        (2, "misleading", False),
    ]
    assert [claim["number"] for claim in report.body["claims"]] == [1, 2]


def test_an_open_round_is_not_compiled():
    with pytest.raises(RoundIsOpen):
        compile_report(RoundFactory(), at=NOON)


def test_compiling_again_makes_no_new_version_where_nothing_changed():
    round = judged(["accurate", "accurate"], ["accurate", "accurate"])

    assert compile_report(round, at=NOON) == compile_report(round, at=NOON + timedelta(days=1))
    assert Report.objects.count() == 1


def test_the_same_panel_gives_the_same_bytes_whoever_sat_on_it():
    panels = [["accurate", "misleading"], ["inaccurate", None]]

    there = compile_report(judged(*panels), at=NOON)
    back = compile_report(judged(*reversed(panels)), at=NOON + timedelta(days=9))

    assert there.canonical == back.canonical
    assert there.fingerprint == back.fingerprint


def test_a_decision_makes_the_next_version_that_says_what_changed():
    round = judged(["accurate", "accurate"], ["inaccurate", "accurate"])
    first = compile_report(round, at=NOON)
    level = round.scale.levels.get(name="misleading")
    Adjudication.objects.create(
        claim=round.claims.get(number=1),
        editor=EditorFactory(),
        own_level=level,
        own_rationale="as I read it",
        marked_at=NOON,
        level=level,
        reasoning="The trial was in adults.",
        decided_at=NOON,
    )

    second = compile_report(round, at=NOON)

    assert (second.number, second.previous) == (2, first)
    assert "an editor decided" in second.changes[0]["because"]
    assert second.changes[0]["subject"] == "claim 1"
    verdict = second.verdicts.get(claim__number=1)
    assert (verdict.label, verdict.final, verdict.is_adjudicated) == (None, "misleading", True)


def test_only_what_was_handed_in_and_not_set_aside_counts():
    round = RoundFactory()
    ReviewFactory(round=round, marks=["inaccurate", "inaccurate"])
    set_aside(ReviewFactory(round=round, marks=["inaccurate", "inaccurate"], submitted=True))
    ReviewFactory.create_batch(2, round=round, marks=["accurate", "accurate"], submitted=True)

    inputs = panel_inputs(round)

    assert [review.marks[1].level for review in inputs.reviews] == ["accurate", "accurate"]


def test_reviews_that_are_out_are_counted_while_the_round_is_open():
    round = RoundFactory()
    ReviewFactory(round=round, submitted=True)
    ReviewFactory(round=round)
    AssignmentFactory(round=round)
    AssignmentFactory(round=round, declined_at=NOON, decline_reason="no time")

    assert panel_inputs(round).outstanding == 2


def test_a_reviewer_who_leaves_after_handing_in_still_counts():
    round = RoundFactory()
    left = ReviewFactory(round=round, marks=["accurate", "accurate"], submitted=True).assignment
    left.withdrawn_at = NOON
    left.save()

    assert len(panel_inputs(round).reviews) == 1


def test_a_source_put_by_the_desk_and_by_a_reviewer_is_one_source():
    round = RoundFactory()
    claim = round.claims.first()
    source = SourceFactory()
    desk = RoundCitationFactory(claim=claim, source=source)
    review = ReviewFactory(round=round, marks=["accurate", "accurate"])
    own = RoundCitationFactory(claim=claim, source=source, origin="reviewer", added_in=review)
    AppraisalFactory(review=review, citation=own, stance="contradicts")
    AppraisalFactory(review=review, citation=desk, stance="supports")
    review.submitted_at, review.omissions_considered = NOON, True
    review.save()

    inputs = panel_inputs(round)

    assert [given.key for given in inputs.sources] == [f"doi:{source.doi}"]
    assert [appraisal.stance for appraisal in inputs.reviews[0].appraisals.values()] == ["supports"]
    assert {citation.origin for citation in inputs.citations} == {"editor", "reviewer"}


def test_what_a_reviewer_added_without_handing_in_is_not_in_the_report():
    round = RoundFactory()
    review = ReviewFactory(round=round)
    RoundCitationFactory(claim=round.claims.first(), origin="reviewer", added_in=review)

    assert panel_inputs(round).sources == []


def test_a_retraction_makes_a_new_version():
    round = RoundFactory()
    citation = RoundCitationFactory(claim=round.claims.first())
    for _ in range(2):
        review = ReviewFactory(round=round, marks=["accurate", "accurate"])
        AppraisalFactory(review=review, citation=citation)
        review.submitted_at, review.omissions_considered = NOON, True
        review.save()
    close_round(round, closing=Round.Closing.EDITOR, at=NOON)
    compile_report(round, at=NOON)
    citation.source.retraction = "retracted"
    citation.source.save()

    second = compile_report(round, at=NOON)

    assert second.number == 2
    assert any("is retracted" in change["words"] for change in second.changes)


def test_what_stood_when_the_round_opened_stands_in_the_report():
    round = RoundFactory()
    citation = RoundCitationFactory(claim=round.claims.first())
    citation.source.title = "Another title"
    citation.source.save()

    assert panel_inputs(round).sources[0].record["title"] != "Another title"


def test_claims_outside_title_and_body_do_not_count_for_the_article():
    round = RoundFactory()
    text = round.revision.text
    round.revision.regions.create(kind="body", start=0, end=text.index("A cup holds"))

    assert [claim.counts_for_article for claim in panel_inputs(round).claims] == [True, False]


@pytest.mark.parametrize(("claims", "reviews"), [(1, 1), (3, 3)])
def test_the_inputs_take_the_same_queries_however_many_rows(claims, reviews, django_assert_num_queries):
    round = RoundFactory(claims=claims)
    citations = [RoundCitationFactory(claim=claim) for claim in round.claims.all()]
    for _ in range(reviews):
        review = ReviewFactory(round=round, marks=["accurate"] * claims)
        for citation in citations:
            AppraisalFactory(review=review, citation=citation)
        review.submitted_at, review.omissions_considered = NOON, True
        review.save()
    round = Round.objects.get(pk=round.pk)

    with django_assert_num_queries(18):
        panel_inputs(round)


def test_a_job_compiles_once_however_often_it_is_asked():
    round = judged(["accurate", "accurate"], ["accurate", "accurate"])
    job = Job.objects.get(round=round)

    assert [do_compiling(job.pk, at=NOON) for _ in range(3)] == [True, False, False]
    assert (Report.objects.count(), Verdict.objects.count()) == (1, 2)


def test_the_command_prints_the_canonical_bytes_and_compiles_once():
    round = judged(["accurate", "accurate"], ["accurate", "accurate"])
    printed = [StringIO(), StringIO()]

    for output in printed:
        call_command("compile_report", round.pk, json=True, stdout=output)

    assert printed[0].getvalue() == printed[1].getvalue() == f"{Report.objects.get().canonical}\n"


def test_the_command_stores_nothing_of_an_open_round():
    round = RoundFactory()
    ReviewFactory.create_batch(2, round=round, marks=["accurate", "accurate"], submitted=True)
    printed = StringIO()

    call_command("compile_report", round.pk, json=True, stdout=printed, stderr=StringIO())

    assert json.loads(printed.getvalue())["reviewers"] == 2
    assert not Report.objects.exists()
