"""Trying a rule on past rounds, a few at a time."""

from datetime import timedelta

import pytest

from reviews.jobs import trial as trying
from reviews.jobs.report import compile_report
from reviews.jobs.rule import install_rule
from reviews.jobs.trial import do_trying, try_some
from reviews.models import Job, Recheck, Report, Round, TriedRound
from reviews.services.rule import draft_rule, try_rule
from tests.factories import NOON, EditorFactory, ReviewFactory, RoundFactory

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=3)


@pytest.fixture
def editor():
    install_rule(at=NOON)
    return EditorFactory(role="chief")


def closed_round(*marks):
    round = RoundFactory(claims=1)
    for level in marks:
        ReviewFactory(round=round, marks=[level], submitted=True)
    Round.objects.filter(pk=round.pk).update(closed_at=NOON, closing="editor")
    compile_report(round, at=NOON)
    return round


def trial_of(editor, **values):
    return try_rule(draft_rule(values, name="Other", reason="To see.", by=editor, at=NOON), by=editor, at=LATER)


def do_all(at=LATER):
    done = 0
    while job := Job.objects.filter(state="owed", kind="try_rule").first():
        assert do_trying(job.pk, at=at)
        done += 1
    return done


def test_a_trial_says_of_every_past_round_what_would_differ_and_writes_no_report(editor):
    pair, three = closed_round(*["misleading"] * 2), closed_round(*["misleading"] * 3)
    RoundFactory()
    jobs = Job.objects.filter(kind="compile_report").count()
    trial = trial_of(editor, quorum_floor=3, harm_line="")

    do_all()

    trial.refresh_from_db()
    found = {tried.round_id: [one["words"] for one in tried.differences] for tried in trial.tried.all()}
    assert found[pair.pk][0].startswith("claim 1: misleading -> disputed, because the same votes now read")
    assert found[three.pk] == []
    assert trial.finished_at == LATER
    assert (Report.objects.count(), Recheck.objects.count()) == (2, 0)
    assert Job.objects.filter(kind="compile_report").count() == jobs


def test_a_trial_goes_on_step_by_step(editor, monkeypatch):
    monkeypatch.setattr(trying, "AT_A_TIME", 2)
    for _ in range(5):
        closed_round("accurate", "accurate")
    trial = trial_of(editor, quorum_floor=3)

    steps = do_all()

    assert (steps, trial.tried.count()) == (3, 5)


def test_a_step_done_twice_is_done_once(editor):
    closed_round("accurate", "accurate")
    trial = trial_of(editor, quorum_floor=3)
    [job] = trial.jobs.all()

    first, second = do_trying(job.pk, at=LATER), do_trying(job.pk, at=LATER)
    try_some(trial, at=LATER + timedelta(days=1))

    trial.refresh_from_db()
    assert (first, second, TriedRound.objects.count(), trial.finished_at) == (True, False, 1, LATER)


def test_a_round_that_the_rule_does_not_fit_is_said_to_be_one(editor):
    closed_round("accurate", "accurate")
    trial = trial_of(editor, harm_line="splendid")

    do_all()

    assert list(trial.tried.values_list("fits", "differences")) == [(False, [])]


def test_without_a_past_round_there_is_nothing_to_try(editor):
    trial = trial_of(editor, quorum_floor=3)

    do_all()

    trial.refresh_from_db()
    assert (trial.finished_at, trial.tried.count()) == (LATER, 0)
