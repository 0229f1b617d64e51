"""How a panel looks at a held claim again."""

from datetime import timedelta
from functools import partial

import pytest

from reviews.errors import (
    AlreadyLookedAgain,
    ClaimIsNotHeld,
    EditorReviewsTheRound,
    LevelOfAnotherScale,
    NobodyToAsk,
    ReasonMissing,
    SecondLookIsOpen,
    SecondLookIsOver,
    SecondLookWasAsked,
)
from reviews.jobs.report import compile_report
from reviews.models import Assignment, Job, Notice, Recheck, Round, Scale
from reviews.services.adjudication import decide, mark_blind
from reviews.services.assignment import set_aside_marks, withdraw_assignment
from reviews.services.second_look import ask_second_look, end_second_look, mark_again
from reviews.services.user import save_user
from tests.factories import NOON, AssignmentFactory, EditorFactory, ReviewFactory, RoundFactory

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=3)


@pytest.fixture
def round():
    """A closed and compiled round whose first claim is held, and whose second is not."""
    round = RoundFactory()
    for marks in (["accurate", "misleading"], ["inaccurate", "misleading"], ["inaccurate", "misleading"]):
        ReviewFactory(assignment__round=round, marks=marks, submitted=True)
    Round.objects.filter(pk=round.pk).update(closed_at=NOON, closing="editor")
    compile_report(round, at=NOON)
    return Round.objects.get(pk=round.pk)


@pytest.fixture
def claim(round):
    return round.claims.get(number=1)


@pytest.fixture
def look(claim):
    return ask_second_look(claim, by=EditorFactory(), at=LATER)


def reviews(round):
    return [assignment.review for assignment in round.assignments.order_by("pk")]


def answer(look, review, level, **said):
    chosen = review.round.scale.levels.get(name=level) if level else None
    said = {"could_not_assess": "", "confidence": "", "rationale": "They are right.", **said}
    return mark_again(look, review=review, level=chosen, at=LATER, **said)


def test_everybody_whose_marks_count_is_asked_by_one_mail_a_day(round, claim):
    _, aside, gone = round.assignments.order_by("pk")
    set_aside_marks(aside, reason="A friend of the author.", at=NOON)
    Assignment.objects.filter(pk=gone.pk).update(withdrawn_at=NOON)
    Job.objects.all().delete()
    compile_report(round, at=NOON)
    asked = round.assignments.exclude(pk__in=[aside.pk, gone.pk]).get()
    Notice.objects.all().delete()

    ask_second_look(claim, by=EditorFactory(), at=LATER)

    assert [(mail.kind, mail.recipient) for mail in Notice.objects.all()] == [("second_look", asked.reviewer)]


def test_the_last_answer_ends_the_look_and_makes_the_report_stale(round, look):
    states = []
    for review in reviews(round):
        answer(look, review, "inaccurate")
        look.refresh_from_db()
        states.append((look.ended_at, Recheck.objects.count()))

    assert states == [(None, 0), (None, 0), (LATER, 1)]
    assert (Recheck.objects.get().cause, Job.objects.filter(state="owed").count()) == ("second_look", 1)


def test_an_editor_ends_a_look_with_what_is_in(round, look):
    first, second, _ = reviews(round)
    answer(look, first, "inaccurate")

    end_second_look(look, at=LATER)

    with pytest.raises(SecondLookIsOver):
        answer(look, second, "accurate")
    with pytest.raises(SecondLookIsOver):
        end_second_look(look, at=LATER)
    assert Recheck.objects.get().cause == "second_look"


def deactivate(assignment, *, at):
    assignment.reviewer.is_active = False
    save_user(assignment.reviewer, at=at)


@pytest.mark.parametrize("let_go", [withdraw_assignment, partial(set_aside_marks, reason="Undeclared."), deactivate])
def test_a_look_ends_when_nobody_is_left_to_answer(round, look, let_go):
    first, second, third = reviews(round)
    answer(look, first, "misleading")
    answer(look, second, "misleading")

    let_go(third.assignment, at=LATER)

    look.refresh_from_db()
    assert look.ended_at == LATER
    assert Recheck.objects.filter(cause="second_look").exists()


def test_a_look_that_somebody_has_yet_to_answer_goes_on(round, look):
    first, second, _ = reviews(round)
    answer(look, first, "misleading")

    withdraw_assignment(second.assignment, at=LATER)

    look.refresh_from_db()
    assert look.ended_at is None


def test_a_look_that_nobody_answered_changes_nothing(look):
    end_second_look(look, at=LATER)

    assert not Recheck.objects.exists()


def test_a_mark_may_stay_without_a_word_and_changes_with_one(round, look):
    first, second, _ = reviews(round)

    kept = answer(look, first, "accurate", rationale="")

    assert kept.level.name == "accurate"
    with pytest.raises(ReasonMissing):
        answer(look, second, "accurate", rationale=" ")
    with pytest.raises(AlreadyLookedAgain):
        answer(look, first, "inaccurate")


def test_who_is_not_of_the_panel_or_whose_marks_count_no_more_does_not_answer(round, look):
    review = reviews(round)[0]
    set_aside_marks(review.assignment, reason="A friend of the author.", at=NOON)

    with pytest.raises(SecondLookIsOver):
        answer(look, review, "inaccurate")
    with pytest.raises(SecondLookIsOver):
        answer(look, ReviewFactory(submitted=True), "inaccurate")


def test_a_level_of_another_scale_is_no_second_mark(round, look):
    other = Scale.objects.create(slug="other", title="Other").levels.create(
        name="fine", title="Fine", definition="Fine.", position=0, order=0, colour="green", icon="check"
    )

    with pytest.raises(LevelOfAnotherScale):
        mark_again(
            look,
            review=reviews(round)[0],
            level=other,
            could_not_assess="",
            confidence="",
            rationale="So.",
            at=LATER,
        )


def test_only_an_editor_outside_the_panel_asks_and_only_once_about_a_held_claim(round, claim):
    peer = EditorFactory()
    AssignmentFactory(round=round, reviewer=peer)

    with pytest.raises(EditorReviewsTheRound):
        ask_second_look(claim, by=peer, at=LATER)
    with pytest.raises(ClaimIsNotHeld):
        ask_second_look(round.claims.get(number=2), by=EditorFactory(), at=LATER)
    ask_second_look(claim, by=EditorFactory(), at=LATER)
    with pytest.raises(SecondLookWasAsked):
        ask_second_look(claim, by=EditorFactory(), at=LATER)


def test_a_look_needs_somebody_to_look(round, claim):
    round.assignments.update(withdrawn_at=NOON)

    with pytest.raises(NobodyToAsk):
        ask_second_look(claim, by=EditorFactory(), at=LATER)


def decided_by(claim, level="misleading"):
    chosen = claim.round.scale.levels.get(name=level)
    own = mark_blind(claim, editor=EditorFactory(), level=chosen, rationale="So.", at=LATER)
    decide(own, level=chosen, reasoning="So.", disagreement="error", at=LATER)


def test_nobody_decides_while_the_panel_looks_again(claim, look):
    with pytest.raises(SecondLookIsOpen):
        decided_by(claim)


def test_what_the_second_look_settled_is_decided_by_nobody(round, claim, look):
    own = mark_blind(
        claim, editor=EditorFactory(), level=round.scale.levels.get(name="misleading"), rationale="So.", at=LATER
    )
    for review in reviews(round):
        answer(look, review, "inaccurate")
    Job.objects.all().delete()
    report = compile_report(round, at=LATER)

    verdict = report.verdicts.get(claim=claim)
    assert (verdict.held, verdict.final) == ([], "inaccurate")
    with pytest.raises(ClaimIsNotHeld):
        decide(own, level=None, reasoning="So.", disagreement="error", at=LATER)


def test_labels_rest_on_the_second_marks_and_agreement_on_the_first(round, look):
    before = round.reports.get().body["agreement"]["levels"]

    for review in reviews(round):
        answer(look, review, "inaccurate")
    Job.objects.all().delete()
    report = compile_report(round, at=LATER)

    claim = report.body["claims"][0]
    assert (claim["panel"]["label"], claim["panel"]["counts"]["inaccurate"]) == ("inaccurate", 3)
    assert report.body["agreement"]["levels"] == before
    assert not Recheck.objects.open().exists()
