"""A report that something has overtaken is stale until it is compiled again."""

from datetime import timedelta

import pytest
from django.utils import timezone

from reviews.jobs.recheck import owe_forgotten_rechecks, owe_recheck
from reviews.jobs.report import compile_report, do_compiling
from reviews.jobs.work import MOST_ATTEMPTS
from reviews.models import Job, Recheck, Round, Source
from reviews.services.assignment import count_marks_again, set_aside_marks
from tests.factories import NOON, AppraisalFactory, ReviewFactory, RoundCitationFactory, RoundFactory

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=3)


@pytest.fixture
def round():
    """A closed round whose first claim rests on one trial; its report is compiled, and no job waits."""
    round = RoundFactory()
    trial = RoundCitationFactory(claim=round.claims.first())
    for _ in range(3):
        review = ReviewFactory(round=round, marks=["accurate", "misleading"])
        AppraisalFactory(review=review, citation=trial)
        review.submitted_at, review.omissions_considered = NOON, True
        review.save()
    Round.objects.filter(pk=round.pk).update(closed_at=NOON, closing="editor")
    compile_report(round, at=NOON)
    return Round.objects.get(pk=round.pk)


def compile_what_is_owed(*, at):
    return [do_compiling(job.pk, at=at) for job in Job.objects.filter(state="owed")]


def standing_against(report):
    return [recheck.cause for recheck in Recheck.objects.standing_against(report)[report.pk]]


def test_marks_set_aside_make_the_report_stale_until_the_next_version(round):
    first = round.reports.get()
    assignment = round.assignments.first()

    set_aside_marks(assignment, reason="A friend of the author.", at=LATER)
    before = standing_against(first)
    compile_what_is_owed(at=LATER)

    second = round.reports.get(number=2)
    assert (before, standing_against(first), standing_against(second)) == (["set_aside"], ["set_aside"], [])
    assert Recheck.objects.get().settled_by == second


def test_a_version_that_says_what_an_earlier_one_said_clears_it(round):
    first = round.reports.get()
    assignment = round.assignments.first()
    set_aside_marks(assignment, reason="A friend of the author.", at=LATER)
    compile_what_is_owed(at=LATER)

    count_marks_again(assignment, at=LATER)
    during = standing_against(first)
    compile_what_is_owed(at=LATER)

    assert during == ["set_aside", "counted_again"]
    assert (round.reports.count(), standing_against(first)) == (3, [])


def test_what_changes_nothing_settles_without_a_new_version(round):
    owe_recheck(round, cause=Recheck.Cause.DECISION, at=LATER)
    owe_recheck(round, cause=Recheck.Cause.DECISION, at=LATER)
    before = standing_against(round.reports.get())

    compile_what_is_owed(at=LATER)
    compile_report(round, at=LATER)

    assert before == ["decision"]
    assert standing_against(round.reports.get()) == []


def test_a_retraction_by_plain_sql_is_found_by_the_sweep_and_owed_once(round):
    Source.objects.update(retraction="retracted")
    now = timezone.now() + timedelta(minutes=1)  # the trigger reads the database's clock

    owed = [owe_forgotten_rechecks(at=now), owe_forgotten_rechecks(at=now)]
    compile_what_is_owed(at=now)

    assert owed == [1, 0]
    assert standing_against(round.reports.get(number=1)) == ["retracted"]
    assert standing_against(round.reports.get(number=2)) == []
    assert owe_forgotten_rechecks(at=now) == 0


def test_a_compile_that_was_given_up_is_not_owed_again_by_itself(round):
    owe_recheck(round, cause=Recheck.Cause.DECISION, at=LATER)
    Job.objects.update(state="failed", attempts=MOST_ATTEMPTS, finished_at=LATER)

    assert owe_forgotten_rechecks(at=LATER) == 0


def test_without_a_report_there_is_nothing_to_be_stale():
    round = RoundFactory(closed_at=NOON, closing="editor")

    owe_recheck(round, cause=Recheck.Cause.DECISION, at=NOON)

    assert (Recheck.objects.count(), Job.objects.count()) == (0, 1)
