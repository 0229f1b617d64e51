"""The rule at the desk: versions, drafts, trials, adoption; and who sees what of them."""

import pytest
from django.test import Client
from django.urls import reverse

from reviews.jobs.report import compile_report
from reviews.jobs.rule import install_rule, rule_in_force
from reviews.jobs.trial import try_some
from reviews.models import Round, RuleTrial, RuleVersion, Verdict
from reviews.services.adjudication import renounce
from reviews.services.rule import draft_rule, try_rule
from tests.factories import NOON, EditorFactory, ReviewFactory, RoundFactory

pytestmark = pytest.mark.django_db
VALUES = {
    "name": "Strict",
    "reason": "Two are few.",
    "quorum_floor": "3",
    "neighbours": "more_cautious",
    "triggers": ["no_label"],
    "lesser_side_votes": "2",
    "lesser_side_one_in": "3",
    "levels_apart": "2",
    "harm_line": "",
    "ceiling_kinds": ["effect"],
    "omission_one_in": "2",
    "finding_one_in": "3",
}


@pytest.fixture
def shipped():
    return install_rule(at=NOON)[0]


@pytest.fixture
def chief(shipped):
    return EditorFactory(role="chief")


@pytest.fixture
def chiefs(chief):
    client = Client()
    client.force_login(chief)
    return client


@pytest.fixture
def trial(disputed, chief):
    """A finished trial on the one disputed round: under the rule tried, every claim of it would be without a label."""
    rule = draft_rule({"quorum_floor": 3}, name="Strict", reason="Two are few.", by=chief, at=disputed.closed_at)
    trial = try_rule(rule, by=chief, at=disputed.closed_at)
    try_some(trial, at=disputed.closed_at)
    return trial


def text_of(client, name, *arguments):
    return " ".join(client.get(reverse(f"admin:{name}", args=arguments)).content.decode().split())


def test_a_chief_editor_drafts_tries_and_adopts(chiefs, chief, disputed):
    drafted = chiefs.post(reverse("admin:reviews_ruleversion_add"), VALUES, follow=True)
    rule = RuleVersion.objects.get(number=2)
    tried = chiefs.post(reverse("admin:rule-try", args=[rule.pk]), follow=True)
    asked = text_of(chiefs, "rule-adopt", rule.pk)
    adopted = chiefs.post(reverse("admin:rule-adopt", args=[rule.pk]), follow=True)

    assert (rule.value.quorum_floor, rule.value.triggers, rule.drafted_by) == (3, ("no_label",), chief)
    assert "Drafted. Nothing has changed yet" in drafted.content.decode()
    assert "0 of 1 rounds tried" in " ".join(tried.content.decode().split())
    assert "1 report becomes stale and is compiled again." in asked
    assert "It was not tried on past rounds" in asked
    assert "Strict 2 is in force. 1 round is compiled again." in adopted.content.decode()
    assert rule_in_force() == rule.value


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(chiefs):
    answer = chiefs.post(reverse("admin:reviews_ruleversion_add"), {**VALUES, "quorum_floor": "1"})
    same = chiefs.post(
        reverse("admin:reviews_ruleversion_add"),
        {**VALUES, **RuleVersion.objects.get().plain, "name": "Copy"},
    )

    assert "greater than or equal to 2" in answer.content.decode()
    assert "Two are few." in answer.content.decode()
    assert "Version 1 (Assay) says the very same." in same.content.decode()
    assert RuleVersion.objects.count() == 1


def test_a_draft_begins_with_the_version_that_it_is_drafted_after(chiefs, trial):
    page = chiefs.get(reverse("admin:reviews_ruleversion_add"), {"after": trial.rule.pk})

    assert page.context["form"]["quorum_floor"].value() == 3
    assert chiefs.get(reverse("admin:reviews_ruleversion_add"), {"after": "x" * 99}).status_code == 200


@pytest.mark.parametrize("role", ["editor", "own", "reader"])
def test_nobody_else_changes_the_rule(trial, role):
    client = Client()
    client.force_login(EditorFactory(role=role))
    doors = [
        ("reviews_ruleversion_add", []),
        ("rule-try", [trial.rule.pk]),
        ("rule-adopt", [trial.rule.pk]),
    ]

    answers = [client.post(reverse(f"admin:{name}", args=args), VALUES).status_code for name, args in doors]
    shown = text_of(client, "reviews_ruleversion_change", trial.rule.pk)

    assert answers == [403, 403, 403]
    assert (RuleVersion.objects.count(), RuleTrial.objects.count()) == (2, 1)
    assert "3 at least" in shown
    assert not any(words in shown for words in ("Try it on past rounds", "Adopt it", "Draft another"))


def test_a_trial_tells_nothing_of_a_claim_that_the_editor_has_not_marked(desk, editor, trial, disputed):
    before = text_of(desk, "trial", trial.pk)
    renounce(disputed.claims.get(number=1), editor=editor, at=NOON)
    after = text_of(desk, "trial", trial.pk)

    assert Verdict.objects.filter(report__round=disputed).held().count() == 1
    assert "1 round is left out" in before
    assert "laim 2" not in before
    assert disputed.revision.article.title not in before
    assert "left out" not in after
    assert "In 1 of 1 rounds something would differ" in after
    assert "Claim 2: misleading -&gt; disputed, because the same votes now read" in after


def test_a_trial_tells_whoever_reviews_there_only_that_a_round_is_left_out(trial, disputed):
    reviewer = disputed.assignments.first().reviewer
    reviewer.is_staff = True
    reviewer.save()
    interested = EditorFactory(interests=disputed.revision.article.publisher)
    for person in (reviewer, interested, EditorFactory(role="own")):
        client = Client()
        client.force_login(person)

        shown = text_of(client, "trial", trial.pk)

        assert "1 round is left out" in shown
        assert not any(words in shown for words in ("laim 2", disputed.revision.article.title, "would differ"))


def test_a_trial_with_nothing_to_tell_says_so(chiefs, chief, shipped):
    rule = draft_rule({"quorum_floor": 3}, name="Strict", reason="Two are few.", by=chief, at=NOON)
    trial = try_rule(rule, by=chief, at=NOON)
    try_some(trial, at=NOON)

    assert "No round to try it on" in text_of(chiefs, "trial", trial.pk)


def test_a_report_names_the_rule_that_compiled_it(desk, shipped, disputed):
    shown = text_of(desk, "report", disputed.reports.get().pk)

    assert f'<a href="{reverse("admin:reviews_ruleversion_change", args=[shipped.pk])}">Assay 1</a>' in shown


@pytest.mark.parametrize("rounds", [1, 3])
def test_a_trial_is_told_in_the_same_queries_however_many_rounds(chiefs, chief, rounds, django_assert_num_queries):
    for _ in range(rounds):
        round = RoundFactory(claims=1)
        ReviewFactory.create_batch(2, round=round, marks=["accurate"], submitted=True)
        Round.objects.filter(pk=round.pk).update(closed_at=NOON, closing="editor")
        compile_report(round, at=NOON)
    rule = draft_rule({"quorum_floor": 3}, name="Strict", reason="Two are few.", by=chief, at=NOON)
    trial = try_rule(rule, by=chief, at=NOON)
    try_some(trial, at=NOON)

    with django_assert_num_queries(8):
        chiefs.get(reverse("admin:trial", args=[trial.pk]))
