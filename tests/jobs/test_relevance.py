"""Nobody is mailed what is no longer true."""

from datetime import timedelta

import pytest

from reviews.jobs.relevance import CONDITIONS, still_true
from reviews.models import Message, Notice
from tests.factories import (
    DUE,
    NOON,
    TODAY,
    AssignmentFactory,
    EditorFactory,
    ExportFactory,
    NoticeFactory,
    ReportFactory,
    ReviewFactory,
    RoundFactory,
)

pytestmark = pytest.mark.django_db


def about(request, kind, recipient=None):
    return NoticeFactory(kind=kind, assignment=request, round=request.round, recipient=recipient or request.reviewer)


def test_every_kind_of_mail_has_a_condition():
    assert set(CONDITIONS) == set(Notice.Kind)


@pytest.mark.parametrize(
    ("kind", "ended"),
    [
        ("invited", {"accepted_at": NOON, "conflict": "none"}),
        ("invited", {"declined_at": NOON, "decline_reason": "no time"}),
        ("invited", {"withdrawn_at": NOON}),
        ("due_soon", {"released_at": NOON}),
        ("overdue", {"due_on": DUE + timedelta(days=9)}),
    ],
)
def test_a_request_that_moved_on_is_not_mailed_about(kind, ended):
    request = AssignmentFactory(round__due_on=DUE + timedelta(days=9), due_on=DUE)
    notice = about(request, kind)
    today = DUE + timedelta(days=1) if kind == "overdue" else DUE

    before = still_true(notice, today=today)
    for name, value in ended.items():
        setattr(request, name, value)
    request.save()

    assert (before, still_true(notice, today=today)) == (True, False)


@pytest.mark.parametrize("kind", ["accepted", "due_soon", "overdue"])
def test_whoever_handed_in_is_not_reminded(kind):
    review = ReviewFactory(submitted=True)

    assert not still_true(about(review.assignment, kind), today=DUE + timedelta(days=1))


def test_a_review_that_was_handed_in_again_is_not_called_sent_back():
    review = ReviewFactory(sent_back_at=NOON, sent_back_note="See claim 1.")
    notice = about(review.assignment, "sent_back")
    before = still_true(notice, today=TODAY)
    review.submitted_at, review.omissions_considered = NOON, True
    review.save()

    assert (before, still_true(notice, today=TODAY)) == (True, False)


@pytest.mark.parametrize("closed", [True, False])
def test_a_reviewer_hears_of_verdicts_when_the_round_is_closed(closed):
    closing = {"closed_at": NOON, "closing": "editor"} if closed else {}
    review = ReviewFactory(round=RoundFactory(**closing), submitted=True)

    assert still_true(about(review.assignment, "reviewer_summary"), today=TODAY) is closed


def test_a_reviewer_who_did_not_hand_in_hears_of_no_verdict():
    review = ReviewFactory(round=RoundFactory(closed_at=NOON, closing="editor"))

    assert not still_true(about(review.assignment, "reviewer_summary"), today=TODAY)


@pytest.mark.parametrize("kind", ["editor_summary", "question"])
def test_an_editor_who_reviews_the_round_hears_nothing_of_the_panel(kind):
    editor = EditorFactory()
    round = RoundFactory(editors=[editor], closed_at=NOON, closing="editor")
    other = AssignmentFactory(round=round)
    notice = about(other, kind, recipient=editor)
    before = still_true(notice, today=TODAY)
    AssignmentFactory(round=round, reviewer=editor)

    assert (before, still_true(notice, today=TODAY)) == (True, False)


def test_somebody_who_is_no_editor_any_more_hears_nothing_of_the_round():
    round = RoundFactory(closed_at=NOON, closing="complete")
    editor = round.editors.get()
    notice = NoticeFactory(kind="round_complete", round=round, recipient=editor)
    before = still_true(notice, today=TODAY)
    editor.is_staff = False
    editor.save()

    assert (before, still_true(notice, today=TODAY)) == (True, False)


def test_a_withdrawn_verdict_is_not_announced():
    report = ReportFactory()
    publication = report.round.revision.article.publications.create(
        report=report, published_at=NOON, published_by=report.round.opened_by
    )
    notice = NoticeFactory(kind="published", report=report)
    before = still_true(notice, today=TODAY)
    publication.withdrawn_at, publication.withdrawal = NOON, "A source was retracted."
    publication.withdrawn_by = publication.published_by
    publication.save()

    assert (before, still_true(notice, today=TODAY)) == (True, False)


def test_a_reply_goes_to_the_reviewer_alone():
    review = ReviewFactory()
    Message.objects.create(review=review, author=review.round.opened_by, text="Yes.", sent_at=NOON)

    assert still_true(about(review.assignment, "reply"), today=TODAY)
    assert not still_true(about(review.assignment, "reply", recipient=EditorFactory()), today=TODAY)


def test_of_two_moves_of_a_day_only_the_newest_is_told():
    request = AssignmentFactory()
    moves = [about(request, "due_moved") for _ in range(2)]

    assert [still_true(move, today=TODAY) for move in moves] == [False, True]


def test_only_who_had_a_mail_about_a_request_is_told_that_it_is_over():
    asked, spared = (AssignmentFactory(withdrawn_at=NOON) for _ in range(2))
    NoticeFactory(assignment=asked, round=asked.round, state="sent", sent_at=NOON, body_sha256="0")
    NoticeFactory(assignment=spared, round=spared.round, state="dropped")

    told = [still_true(about(request, "ended"), today=TODAY) for request in (asked, spared)]

    assert told == [True, False]


@pytest.fixture
def ready():
    """The mail about a file that its editor has not fetched."""
    round = RoundFactory(closed_at=NOON, closing="editor")
    export = ExportFactory(round=round, asked_by=round.opened_by, held=b"a file", expires_at=NOON + timedelta(days=3))
    return NoticeFactory(kind="export_ready", recipient=export.asked_by, round=round, export=export)


@pytest.mark.parametrize(
    "gone", [{"fetched_at": NOON}, {"removed_at": NOON}, {"expires_at": NOON + timedelta(hours=1)}]
)
def test_a_file_that_was_fetched_or_is_gone_is_not_mailed_about(ready, gone):
    today = TODAY + timedelta(days=1)
    before = still_true(ready, today=today)
    for name, value in gone.items():
        setattr(ready.export, name, value)

    assert (before, still_true(ready, today=today)) == (True, False)


def test_a_file_that_would_not_be_given_any_more_is_not_mailed_about(ready):
    before = still_true(ready, today=TODAY)
    AssignmentFactory(round=ready.round, reviewer=ready.recipient)

    assert (before, still_true(ready, today=TODAY)) == (True, False)
