import pytest

from reviews.core.judging.rule import RULE
from reviews.jobs.rule import install_rule
from reviews.models import RuleAdoption, RuleTrial, RuleVersion, TriedRound
from tests.factories import NOON, EditorFactory, RoundFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def shipped():
    return install_rule(at=NOON)[0]


@pytest.fixture
def editor():
    return EditorFactory()


def version(number, *, by, **fields):
    plain = {**RULE.plain(), "version": str(number), "quorum_floor": 2 + number}
    named = {"number": number, "name": "Assay", "plain": plain, "reason": "Why not.", "drafted_by": by}
    return RuleVersion.objects.create(**{**named, "drafted_at": NOON, **fields})


def adoption(number, *, rule, **fields):
    return RuleAdoption.objects.create(number=number, rule=rule, adopted_at=NOON, **fields)


def test_a_rule_says_its_own_name_and_number(refused, editor):
    with refused("a_rule_says_its_own_name_and_number"):
        version(2, by=editor, name="Another")
    with refused("a_rule_says_its_own_name_and_number"):
        version(2, by=editor, plain=RULE.plain())


def test_whoever_drafts_a_rule_says_why(refused, editor):
    with refused("every_rule_but_the_shipped_one_says_who_and_why"):
        version(2, by=None)
    with refused("every_rule_but_the_shipped_one_says_who_and_why"):
        version(2, by=editor, reason="")


def test_a_version_never_changes(protected, shipped):
    with protected("rule_never_changes"):
        RuleVersion.objects.update(name="Another")
    with protected("rule_never_changes"):
        RuleVersion.objects.filter(pk=shipped.pk)._raw_delete("default")


def test_an_adoption_never_changes(protected, shipped):
    with protected("adoption_never_changes"):
        RuleAdoption.objects.update(number=2)


def test_every_adoption_but_the_first_follows_another(refused, shipped, editor):
    first = RuleAdoption.objects.get()

    with refused("every_adoption_but_the_first_follows_another"):
        RuleAdoption.objects.bulk_create(
            [RuleAdoption(number=0, rule=shipped, previous=first, adopted_by=editor, adopted_at=NOON)]
        )


def test_every_adoption_but_the_first_says_who(refused, shipped, editor):
    with refused("every_adoption_but_the_first_says_who"):
        adoption(2, rule=version(2, by=editor), previous=RuleAdoption.objects.get())


def test_exactly_one_rule_is_in_force(refused, shipped, editor):
    """Held by the trigger "an_adoption_follows_the_one_in_force": the adoptions are one chain without a branch."""
    first, second = RuleAdoption.objects.get(), version(2, by=editor)
    by = {"adopted_by": editor}

    with refused("an_adoption_follows_the_one_in_force"):
        adoption(2, rule=shipped, previous=first, **by)
    with refused("an_adoption_follows_the_one_in_force"):
        adoption(3, rule=second, previous=first, **by)
    adoption(2, rule=second, previous=first, **by)

    assert list(RuleVersion.objects.in_force()) == [second]


def test_a_trial_compares_two_rules_and_ends_after_its_beginning(refused, shipped, editor):
    asked = {"asked_by": editor, "asked_at": NOON}

    with refused("a_trial_compares_two_rules"):
        RuleTrial.objects.create(rule=shipped, against=shipped, **asked)
    with refused("a_trial_is_finished_after_it_was_asked"):
        RuleTrial.objects.create(rule=version(2, by=editor), against=shipped, finished_at=NOON.replace(hour=1), **asked)


def test_a_round_is_tried_once_in_a_trial_and_what_was_found_stays(refused, protected, shipped, editor):
    trial = RuleTrial.objects.create(rule=version(2, by=editor), against=shipped, asked_by=editor, asked_at=NOON)
    TriedRound.objects.create(trial=trial, round=RoundFactory())

    with refused("a_round_is_tried_once_in_a_trial"):
        TriedRound.objects.create(trial=trial, round=trial.tried.get().round)
    with refused("what_does_not_fit_has_no_differences"):
        TriedRound.objects.create(trial=trial, round=RoundFactory(), fits=False, differences=[{}])
    with protected("tried_round_never_changes"):
        trial.tried.update(fits=False)


def test_a_draft_and_an_adoption_leave_lines_in_the_trail(shipped):
    lines = [row.events.get().pgh_label for row in (shipped, RuleAdoption.objects.get())]

    assert lines == ["insert", "insert"]
