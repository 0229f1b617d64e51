"""What people do at the same moment: on real connections, with real locks."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from reviews.core.citing.records import Record
from reviews.errors import Refusal
from reviews.jobs.article import add_article
from reviews.jobs.report import compile_report
from reviews.jobs.round import close_round
from reviews.models import Adjudication, Article, Assignment, Job, Notice, Publication, Review, Round, Source
from reviews.services.adjudication import decide, mark_blind
from reviews.services.assignment import assign_reviewer, withdraw_assignment
from reviews.services.citation import add_own_source
from reviews.services.invitation import accept_invitation
from reviews.services.mark import record_mark
from reviews.services.publication import publish_report
from reviews.services.review import submit_review, take_back_review
from reviews.services.round import end_round, open_round
from tests.factories import (
    DUE,
    NOON,
    TODAY,
    AssignmentFactory,
    ClaimFactory,
    EditorFactory,
    ReviewFactory,
    RevisionFactory,
    RoundFactory,
    ScaleFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*works: Callable[[], object]) -> list[str]:
    """Do all of it on threads that begin together; return for each what came of it: "done", or the refusal's name."""
    together = Barrier(len(works))

    def begin(work: Callable[[], object]) -> str:
        connection.ensure_connection()
        together.wait()
        try:
            work()
        except Refusal as refusal:
            return type(refusal).__name__
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(works)) as threads:
        return [future.result(timeout=30) for future in [threads.submit(begin, work) for work in works]]


def complete(round: Round) -> Review:
    review = ReviewFactory(round=round, marks=["misleading", "misleading"])
    Review.objects.filter(pk=review.pk).update(omissions_considered=True)
    return Review.objects.get(pk=review.pk)


@pytest.fixture
def disputed() -> Round:
    round = RoundFactory()
    for levels in (["accurate", "misleading"], ["inaccurate", "misleading"]):
        ReviewFactory(round=round, marks=levels, submitted=True)
    close_round(round, closing=Round.Closing.EDITOR, at=NOON)
    compile_report(round, at=NOON)
    return round


def test_two_last_reviewers_hand_in_and_the_round_closes_once():
    round = RoundFactory()
    first, second = complete(round), complete(round)

    came_of_it = at_once(lambda: submit_review(first, at=NOON), lambda: submit_review(second, at=NOON))

    round.refresh_from_db()
    assert came_of_it == ["done", "done"]
    assert (round.closing, Job.objects.filter(round=round).count()) == ("complete", 1)
    assert Notice.objects.filter(kind="round_complete").count() == 1


def test_who_hands_in_while_the_round_is_closed_is_in_or_released_and_never_both():
    round = RoundFactory()
    review, _ = complete(round), complete(round)

    handed_in, _ = at_once(lambda: submit_review(review, at=NOON), lambda: end_round(round, at=NOON))

    review = Review.objects.get(pk=review.pk)
    is_in, is_released = review.submitted_at is not None, review.assignment.released_at is not None
    assert (handed_in, is_in, is_released) in {("done", True, False), ("RoundIsClosed", False, True)}


def test_who_takes_back_while_the_round_is_closed_keeps_the_review_in_or_is_released():
    round = RoundFactory()
    review, _ = complete(round), complete(round)
    submit_review(review, at=NOON)

    taken_back, _ = at_once(lambda: take_back_review(review), lambda: end_round(round, at=NOON))

    review = Review.objects.get(pk=review.pk)
    is_in, is_released = review.submitted_at is not None, review.assignment.released_at is not None
    assert (taken_back, is_in, is_released) in {("done", False, True), ("RoundIsClosed", True, False)}


def test_what_is_emptied_while_it_is_handed_in_is_locked_whole_or_refused_as_incomplete():
    review = complete(RoundFactory())
    mark = review.marks.first()
    nothing = {"level": None, "could_not_assess": "", "flaws": [], "confidence": "", "certainty": "", "rationale": ""}

    came_of_it = at_once(
        lambda: submit_review(review, at=NOON),
        lambda: record_mark(review, claim=mark.claim, version=mark.version, at=NOON, **nothing),
    )

    mark.refresh_from_db()
    assert (came_of_it, mark.level is not None) in (
        (["done", "ReviewIsLocked"], True),
        (["ReviewIncomplete", "done"], False),
    )


def test_an_invitation_is_accepted_or_withdrawn_in_some_order():
    request = AssignmentFactory()

    accepted, withdrawn = at_once(
        lambda: accept_invitation(request, conflict="none", statement="", at=NOON),
        lambda: withdraw_assignment(request, at=NOON),
    )

    assert withdrawn == "done"
    assert accepted in {"done", "InvitationIsOver"}
    assert Review.objects.filter(assignment=request).exists() == (accepted == "done")


def test_an_invitation_is_accepted_once():
    request = AssignmentFactory()

    came_of_it = at_once(*[lambda: accept_invitation(request, conflict="none", statement="", at=NOON)] * 3)

    assert sorted(came_of_it) == ["AlreadyAnswered", "AlreadyAnswered", "done"]


def test_one_of_two_editors_decides_a_claim(disputed):
    claim, level = disputed.claims.first(), disputed.scale.levels.get(name="misleading")
    rulings = [
        mark_blind(claim, editor=editor, level=level, rationale="My own reading.", at=NOON)
        for editor in EditorFactory.create_batch(2)
    ]

    came_of_it = at_once(
        *[
            lambda own=own: decide(own, level=level, reasoning="So it is.", disagreement="error", at=NOON)
            for own in rulings
        ]
    )

    assert sorted(came_of_it) == ["DecidedByAnother", "done"]
    assert Adjudication.objects.decided().count() == 1


def test_a_text_goes_before_one_panel_at_a_time():
    ScaleFactory()
    revision, editor = RevisionFactory(), EditorFactory()
    ClaimFactory(revision=revision)
    how = {"quorum": 2, "due_on": DUE, "instruments": [], "rationale": "below", "today": TODAY, "at": NOON}

    came_of_it = at_once(*[lambda: open_round(revision, editors=[editor], by=editor, **how)] * 3)

    assert sorted(came_of_it) == ["RoundIsOpen", "RoundIsOpen", "done"]


def test_a_report_is_published_once():
    round = RoundFactory()
    ReviewFactory.create_batch(2, round=round, marks=["misleading", "misleading"], submitted=True)
    close_round(round, closing=Round.Closing.EDITOR, at=NOON)
    report, editor = compile_report(round, at=NOON), EditorFactory()
    Job.objects.update(state="done", finished_at=NOON)

    came_of_it = at_once(*[lambda: publish_report(report, summary="", correction="", by=editor, at=NOON)] * 2)

    assert sorted(came_of_it) == ["AlreadyPublished", "done"]
    assert Publication.objects.count() == 1


def test_reviewers_who_bring_the_same_source_do_not_hear_of_each_other():
    round = RoundFactory()
    claim, reviews = round.claims.first(), ReviewFactory.create_batch(4, round=round)

    came_of_it = at_once(
        *[
            lambda review=review: add_own_source(
                review, claim=claim, record=Record(title="Tea", doi="10.5555/same"), at=NOON
            )
            for review in reviews
        ]
    )

    assert came_of_it == ["done"] * 4
    assert Source.objects.filter(doi="10.5555/same").count() == 1


def test_a_person_is_asked_once_by_account_and_by_address_in_other_letters():
    round, person = RoundFactory(), UserFactory(email="Ada@example.org")
    how = {"due_on": DUE, "by": round.opened_by, "today": TODAY, "at": NOON}

    came_of_it = at_once(
        lambda: assign_reviewer(round, reviewer=person, **how),
        lambda: assign_reviewer(round, address="ADA@EXAMPLE.ORG", **how),
    )

    assert sorted(came_of_it) == ["AlreadyAssigned", "done"]
    assert Assignment.objects.get().reviewer == person


def test_articles_of_one_title_are_all_taken_in():
    editor = EditorFactory()
    how = {"received": b"Tea calms.", "form": "text", "file_name": "", "by": editor, "at": NOON}

    came_of_it = at_once(*[lambda: add_article(title="Tea calms", **how)] * 4)

    assert came_of_it == ["done"] * 4
    assert Article.objects.values("slug").distinct().count() == 4
