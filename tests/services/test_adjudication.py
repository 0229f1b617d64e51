"""How an editor rules on a held claim."""

import pytest

from reviews.errors import (
    AlreadyAdjudicating,
    CauseMissing,
    ClaimIsNotHeld,
    DecidedByAnother,
    EditorReviewsTheRound,
    LevelOfAnotherScale,
    NotMarkedBlind,
    ReasonMissing,
)
from reviews.jobs.report import compile_report
from reviews.models import Job, Scale, User
from reviews.services.adjudication import decide, mark_blind, renounce
from tests.factories import NOON, AssignmentFactory, EditorFactory, ReviewFactory, RoundFactory

pytestmark = pytest.mark.django_db


def disputed_round(**fields):
    """A closed and compiled round whose first claim is held, and whose second is not."""
    round = RoundFactory(**fields)
    for marks in (["accurate", "misleading"], ["inaccurate", "misleading"]):
        ReviewFactory(assignment__round=round, marks=marks, submitted=True)
    round.closed_at, round.closing = NOON, "editor"
    round.save()
    compile_report(round, at=NOON)
    return round


def level(round, name):
    return round.scale.levels.get(name=name)


def test_who_marked_blind_decides_and_a_new_report_is_owed():
    round, editor = disputed_round(), EditorFactory()
    own = mark_blind(
        round.claims.get(number=1), editor=editor, level=level(round, "misleading"), rationale="So.", at=NOON
    )

    decide(
        own,
        level=level(round, "inaccurate"),
        reasoning="The trial says otherwise.",
        disagreement="evidence_conflict",
        note="For us alone.",
        at=NOON,
    )

    own.refresh_from_db()
    assert (own.own_level.name, own.level.name, own.decided_at) == ("misleading", "inaccurate", NOON)
    assert [job.round for job in Job.objects.all()] == [round]
    report = compile_report(round, at=NOON)
    verdict = report.verdicts.get(claim__number=1)
    assert report.body["claims"][0]["adjudication"] == {
        "level": "inaccurate",
        "reasoning": "The trial says otherwise.",
        "disagreement": "evidence_conflict",
    }
    assert "For us" not in report.canonical
    assert (verdict.label, verdict.final, verdict.is_adjudicated) == (None, "inaccurate", True)


def test_a_decision_may_leave_the_claim_without_a_verdict_and_may_be_made_again():
    round = disputed_round()
    own = mark_blind(
        round.claims.get(number=1), editor=EditorFactory(), level=level(round, "accurate"), rationale="So.", at=NOON
    )

    decide(own, level=level(round, "accurate"), reasoning="First.", disagreement="error", at=NOON)
    decide(own, level=None, reasoning="On reflection, nobody can tell.", disagreement="error", at=NOON)

    own.refresh_from_db()
    assert (own.level, own.reasoning) == (None, "On reflection, nobody can tell.")


def test_who_renounced_never_decides():
    round = disputed_round()
    renounced = renounce(round.claims.get(number=1), editor=EditorFactory(), at=NOON)

    with pytest.raises(NotMarkedBlind):
        decide(renounced, level=None, reasoning="I would rather.", disagreement="error", at=NOON)


def test_an_editor_takes_a_claim_up_once():
    round, editor = disputed_round(), EditorFactory()
    claim = round.claims.get(number=1)
    renounce(claim, editor=editor, at=NOON)

    with pytest.raises(AlreadyAdjudicating):
        mark_blind(claim, editor=editor, level=level(round, "accurate"), rationale="So.", at=NOON)


def test_only_held_claims_are_ruled_on():
    round = disputed_round()

    with pytest.raises(ClaimIsNotHeld):
        renounce(round.claims.get(number=2), editor=EditorFactory(), at=NOON)


def test_an_open_round_holds_nothing():
    with pytest.raises(ClaimIsNotHeld):
        renounce(RoundFactory().claims.first(), editor=EditorFactory(), at=NOON)


def test_who_reviews_a_round_rules_on_none_of_its_claims():
    round = disputed_round()
    editor = EditorFactory()
    AssignmentFactory(round=round, reviewer=editor)

    with pytest.raises(EditorReviewsTheRound):
        mark_blind(round.claims.get(number=1), editor=editor, level=level(round, "accurate"), rationale="So.", at=NOON)


@pytest.mark.parametrize("becomes", ["reviewer", "interested"])
def test_who_marked_blind_and_is_kept_from_the_round_by_now_decides_nothing(becomes):
    round, editor = disputed_round(revision__article__vendor="Moonflower Ltd"), EditorFactory()
    claim = round.claims.get(number=1)
    own = mark_blind(claim, editor=editor, level=level(round, "accurate"), rationale="So.", at=NOON)
    if becomes == "reviewer":
        AssignmentFactory(round=round, reviewer=editor)
    else:
        User.objects.filter(pk=editor.pk).update(interests="Moonflower")

    with pytest.raises(EditorReviewsTheRound):
        decide(own, level=None, reasoning="Nobody can tell.", disagreement="error", at=NOON)


def test_one_editor_decides():
    round = disputed_round()
    claim = round.claims.get(number=1)
    first, second = (
        mark_blind(claim, editor=EditorFactory(), level=level(round, "accurate"), rationale="So.", at=NOON)
        for _ in range(2)
    )
    decide(first, level=None, reasoning="Nobody can tell.", disagreement="error", at=NOON)

    with pytest.raises(DecidedByAnother):
        decide(second, level=None, reasoning="Nobody can tell.", disagreement="error", at=NOON)
    with pytest.raises(DecidedByAnother):
        renounce(claim, editor=EditorFactory(), at=NOON)


def test_both_the_blind_mark_and_the_decision_are_reasoned():
    round, editor = disputed_round(), EditorFactory()
    claim = round.claims.get(number=1)

    with pytest.raises(ReasonMissing):
        mark_blind(claim, editor=editor, level=level(round, "accurate"), rationale=" ", at=NOON)
    own = mark_blind(claim, editor=editor, level=level(round, "accurate"), rationale="So.", at=NOON)
    with pytest.raises(ReasonMissing):
        decide(own, level=None, reasoning=" ", disagreement="error", at=NOON)
    with pytest.raises(CauseMissing):
        decide(own, level=None, reasoning="So.", disagreement="", at=NOON)


def test_a_level_of_another_scale_is_no_judgement():
    round, editor = disputed_round(), EditorFactory()
    claim = round.claims.get(number=1)
    other = Scale.objects.create(slug="other", title="Other").levels.create(
        name="fine", title="Fine", definition="Fine.", position=0, order=0, colour="green", icon="check"
    )

    with pytest.raises(LevelOfAnotherScale):
        mark_blind(claim, editor=editor, level=other, rationale="So.", at=NOON)
    own = mark_blind(claim, editor=editor, level=level(round, "accurate"), rationale="So.", at=NOON)
    with pytest.raises(LevelOfAnotherScale):
        decide(own, level=other, reasoning="So.", disagreement="error", at=NOON)
