"""How the desk drafts, tries and adopts a rule."""

from datetime import timedelta

import pytest

from reviews.core.judging.rule import RULE, NotARule
from reviews.errors import (
    ReasonMissing,
    ReportIsStale,
    RuleFitsNotEveryRound,
    RuleIsInForce,
    RuleIsNothingNew,
    TrialIsUnderWay,
)
from reviews.jobs.bundle import bundle_of
from reviews.jobs.report import compile_report, do_compiling
from reviews.jobs.rule import install_rule, rule_in_force
from reviews.models import Job, Notice, Recheck, Report, Round, RuleVersion
from reviews.services.publication import publish_report
from reviews.services.rule import adopt_rule, draft_rule, try_rule
from tests.factories import NOON, EditorFactory, ReviewFactory, RoundFactory

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=3)


@pytest.fixture
def chief():
    install_rule(at=NOON)
    return EditorFactory(role="chief")


def closed_round(*marks):
    round = RoundFactory(claims=len(marks[0]))
    for levels in marks:
        ReviewFactory(round=round, marks=list(levels), submitted=True)
    Round.objects.filter(pk=round.pk).update(closed_at=NOON, closing="editor")
    compile_report(round, at=NOON)
    return Round.objects.get(pk=round.pk)


def drafted(by, **values):
    return draft_rule(values or {"quorum_floor": 3}, name=" Strict ", reason="Two are few.", by=by, at=NOON)


def compile_what_is_owed():
    for job in Job.objects.filter(state="owed", kind="compile_report"):
        assert do_compiling(job.pk, at=LATER)


def test_a_draft_is_the_next_version_and_changes_nothing(chief):
    rule = drafted(chief, quorum_floor=3, triggers=["no_label"])

    assert (rule.number, str(rule), rule.value.quorum_floor, rule.value.triggers) == (2, "Strict 2", 3, ("no_label",))
    assert rule_in_force() == RULE


def test_before_anything_is_installed_the_shipped_rule_is_in_force_and_a_draft_installs_it():
    assert rule_in_force() == RULE

    drafted(EditorFactory())

    assert RuleVersion.objects.in_force().get().value == RULE


def test_a_draft_must_be_a_rule_with_a_reason_and_say_something_new(chief):
    drafted(chief)

    with pytest.raises(NotARule):
        drafted(chief, quorum_floor=1)
    with pytest.raises(ReasonMissing):
        draft_rule({}, name="Strict", reason=" ", by=chief, at=NOON)
    with pytest.raises(RuleIsNothingNew, match="Version 2 \\(Strict\\) says the very same"):
        drafted(chief)
    with pytest.raises(RuleIsNothingNew, match="Version 1"):
        drafted(chief, triggers=list(reversed(RULE.triggers)))


def test_a_rule_is_tried_once_at_a_time_and_not_against_itself(chief):
    rule = drafted(chief)
    trial = try_rule(rule, by=chief, at=NOON)

    with pytest.raises(TrialIsUnderWay):
        try_rule(rule, by=chief, at=NOON)
    with pytest.raises(RuleIsInForce):
        try_rule(trial.against, by=chief, at=NOON)


def test_adopting_a_rule_makes_every_report_stale_and_compiles_it_again(chief):
    turned, same = closed_round(["misleading"], ["misleading"]), closed_round(*[["accurate"]] * 3)
    before = same.reports.get()
    rule = drafted(chief)

    rounds = adopt_rule(rule, by=chief, at=LATER)
    stale = set(Recheck.objects.open().values_list("report__round", "cause"))
    compile_what_is_owed()

    assert (rounds, rule_in_force()) == (2, rule.value)
    assert stale == {(turned.pk, "rule"), (same.pk, "rule")}
    assert not Recheck.objects.open().exists()
    assert list(same.reports.all()) == [before]
    newest = turned.reports.get(number=2)
    assert newest.body["rule"] == rule.plain
    assert newest.changes[0]["words"].startswith("claim 1: misleading -> disputed, because the same votes now read")
    assert newest.changes[0]["because"][-1] == "the rule changed"


def test_a_report_is_not_published_before_it_is_compiled_under_the_new_rule(chief):
    round = closed_round(["misleading"], ["misleading"])
    adopt_rule(drafted(chief), by=chief, at=LATER)
    Job.objects.update(state="failed")

    with pytest.raises(ReportIsStale):
        publish_report(round.reports.get(), summary="", correction="", by=chief, at=LATER)


def test_nobody_is_told_of_a_report_that_says_the_same_under_the_new_rule(chief):
    round = closed_round(*[["accurate"]] * 3)
    Notice.objects.all().delete()

    adopt_rule(drafted(chief), by=chief, at=LATER)
    compile_what_is_owed()

    assert not Notice.objects.exists()
    assert round.reports.get().body["rule"] == RULE.plain()


def test_a_change_of_the_marks_after_an_adoption_makes_a_version_under_the_new_rule(chief):
    round = closed_round(*[["accurate"]] * 3)
    rule = drafted(chief)
    adopt_rule(rule, by=chief, at=LATER)
    compile_what_is_owed()

    round.assignments.update(conflict="declared", conflict_statement="A friend.")
    newest = compile_report(round, at=LATER)

    assert (newest.number, newest.body["rule"]["version"]) == (2, "2")


def test_a_round_without_a_report_is_compiled_under_the_rule_adopted_meanwhile(chief):
    round = RoundFactory(closed_at=NOON, closing="editor")

    adopt_rule(drafted(chief), by=chief, at=LATER)
    compile_what_is_owed()

    assert round.reports.get().body["rule"]["version"] == "2"


def test_open_rounds_wait_for_their_close(chief):
    RoundFactory()

    assert adopt_rule(drafted(chief), by=chief, at=LATER) == 0


def test_an_earlier_rule_can_be_adopted_again_but_not_the_one_in_force(chief):
    rule, shipped = drafted(chief), RuleVersion.objects.get(number=1)
    adopt_rule(rule, by=chief, at=LATER)

    with pytest.raises(RuleIsInForce):
        adopt_rule(rule, by=chief, at=LATER)
    adopt_rule(shipped, by=chief, at=LATER)

    assert rule_in_force() == RULE
    assert shipped.adoptions.count() == 2


def test_a_rule_that_a_round_cannot_be_compiled_under_is_not_adopted(chief):
    closed_round(["misleading"], ["misleading"])

    with pytest.raises(RuleFitsNotEveryRound):
        adopt_rule(drafted(chief, harm_line="splendid"), by=chief, at=LATER)

    assert rule_in_force() == RULE


def test_a_round_leaves_the_house_with_the_rule_that_its_report_names(chief):
    round = closed_round(*[["accurate"]] * 3)
    before = bundle_of(round)

    adopt_rule(drafted(chief), by=chief, at=LATER)
    compile_what_is_owed()

    assert bundle_of(round) == before


@pytest.mark.parametrize("rounds", [1, 4])
def test_adopting_takes_the_same_queries_however_many_rounds(chief, rounds, django_assert_num_queries):
    for _ in range(rounds):
        closed_round(["misleading"], ["misleading"])
    rule = drafted(chief)

    with django_assert_num_queries(14):
        adopt_rule(rule, by=chief, at=LATER)

    assert Report.objects.filter(rechecks__cause="rule").count() == rounds
