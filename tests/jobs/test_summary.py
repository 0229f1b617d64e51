"""Who is told what a panel found."""

import pytest

from reviews.jobs.report import compile_report
from reviews.jobs.round import close_round
from reviews.models import Notice, Round
from tests.factories import NOON, AssignmentFactory, EditorFactory, ReviewFactory, RoundFactory, UserFactory

pytestmark = pytest.mark.django_db


def told(report, kind):
    return set(Notice.objects.filter(report=report, kind=kind).values_list("address", flat=True))


@pytest.fixture
def round():
    return RoundFactory(editors=[EditorFactory(email="editor@example.org")])


def hand_in(round, email, marks=("accurate", "accurate"), **fields):
    return ReviewFactory(
        round=round, assignment__reviewer=UserFactory(email=email, **fields), marks=list(marks), submitted=True
    )


def compiled(round):
    close_round(round, closing=Round.Closing.EDITOR, at=NOON)
    return compile_report(round, at=NOON)


def test_editors_and_whoever_handed_in_are_told(round):
    hand_in(round, "one@example.org")
    hand_in(round, "two@example.org")
    AssignmentFactory(round=round)

    report = compiled(round)

    assert told(report, "editor_summary") == {"editor@example.org"}
    assert told(report, "reviewer_summary") == {"one@example.org", "two@example.org"}


def test_an_editor_who_reviewed_gets_the_reviewers_mail_alone(round):
    both = EditorFactory(email="both@example.org")
    round.editors.add(both)
    ReviewFactory(round=round, assignment__reviewer=both, marks=["accurate", "accurate"], submitted=True)
    hand_in(round, "two@example.org")

    report = compiled(round)

    assert told(report, "editor_summary") == {"editor@example.org"}
    assert told(report, "reviewer_summary") == {"both@example.org", "two@example.org"}


def test_nobody_without_an_active_account_is_told(round):
    hand_in(round, "one@example.org")
    hand_in(round, "gone@example.org", is_active=False)
    round.editors.add(EditorFactory(is_active=False))

    report = compiled(round)

    assert told(report, "editor_summary") | told(report, "reviewer_summary") == {
        "editor@example.org",
        "one@example.org",
    }


def test_a_reviewer_who_was_taken_off_the_round_is_not_told(round):
    hand_in(round, "one@example.org")
    gone = hand_in(round, "gone@example.org").assignment
    gone.withdrawn_at = NOON
    gone.save()

    assert told(compiled(round), "reviewer_summary") == {"one@example.org"}


def set_aside(review):
    review.assignment.set_aside_at, review.assignment.set_aside_reason = NOON, "a friend of the author"
    review.assignment.save()


def test_a_later_version_goes_to_reviewers_only_where_a_verdict_changed(round):
    hand_in(round, "one@example.org")
    hand_in(round, "two@example.org")
    third = hand_in(round, "three@example.org")
    compiled(round)

    set_aside(third)
    second = compile_report(round, at=NOON)

    assert second.number == 2
    assert told(second, "editor_summary") == {"editor@example.org"}
    assert told(second, "reviewer_summary") == set()


def test_a_changed_verdict_is_told_to_everybody(round):
    hand_in(round, "one@example.org", marks=["misleading", "inaccurate"])
    hand_in(round, "two@example.org", marks=["misleading", "misleading"])
    third = hand_in(round, "three@example.org", marks=["misleading", "misleading"])
    first = compiled(round)

    set_aside(third)
    second = compile_report(round, at=NOON)

    assert [report.verdicts.get(claim__number=2).final for report in (first, second)] == ["misleading", "inaccurate"]
    assert len(told(second, "reviewer_summary")) == 3
