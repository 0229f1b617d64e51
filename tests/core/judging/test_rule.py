"""Rules are data: read strictly, given back whole, and tried on rounds before they are adopted."""

import json
from dataclasses import fields, replace

import pytest

from reviews.core.judging.report import AdjudicationInput, CitationInput, compile_panel, differences
from reviews.core.judging.rule import RULE, TRIGGERS, NotARule, Rule, RuleDoesNotFit
from tests.core.judging.panels import TRIAL, claim, panel, review

SPLIT = panel(review("accurate"), review("accurate"), review("misleading"))


def changes(inputs, rule):
    before, after = compile_panel(inputs), compile_panel(inputs, rule)
    return [difference.words for difference in differences(before.body, after.body)]


def test_the_rule_in_force_is_the_one_that_is_written_down():
    assert Rule() == RULE
    assert RULE.title == "Assay 1"
    assert (RULE.quorum_floor, RULE.lesser_side_votes, RULE.lesser_side_one_in, RULE.levels_apart) == (2, 2, 3, 2)
    assert (RULE.omission_one_in, RULE.finding_one_in, RULE.harm_line) == (2, 3, "")
    assert (RULE.triggers, RULE.ceiling_kinds, RULE.neighbours) == (TRIGGERS, ("effect", "risk"), "more_cautious")


def test_a_rule_survives_being_written_down():
    rule = Rule(name="Strict", version="2", triggers=("no_label",), harm_line="inaccurate")

    assert Rule.from_plain(json.loads(json.dumps(rule.plain()))) == rule
    assert Rule.from_plain({}) == RULE
    assert rule.plain()["triggers"] == ["no_label"]


@pytest.mark.parametrize(
    ("plain", "why"),
    [
        ({"quorum": 3}, "A rule has no “quorum”. It has: ceiling_kinds, "),
        (dict.fromkeys("zyxwvutsrq", 1), "A rule has no “q”. It has: ceiling_kinds, finding_one_in, harm_line, "),
        ({"quorum_floor": 1}, "“quorum_floor” must be 2 or more, not 1"),
        ({"quorum_floor": "3"}, "“quorum_floor” cannot be '3'"),
        ({"quorum_floor": True}, "“quorum_floor” cannot be True"),
        ({"levels_apart": 0}, "“levels_apart” must be 1 or more, not 0"),
        ({"lesser_side_votes": 0}, "“lesser_side_votes” must be 1"),
        ({"lesser_side_one_in": 0}, "“lesser_side_one_in” must be 1"),
        ({"omission_one_in": 0}, "“omission_one_in” must be 1"),
        ({"finding_one_in": 0}, "“finding_one_in” must be 1"),
        ({"neighbours": "worse"}, "“neighbours” cannot have 'worse', only: more_cautious, none"),
        ({"triggers": ["none"]}, "“triggers” cannot have 'none'"),
        ({"triggers": ["no_label", "no_label"]}, "“triggers” names something twice"),
        ({"triggers": "no_label"}, "“triggers” cannot be 'no_label'"),
        ({"ceiling_kinds": ["miracle"]}, "“ceiling_kinds” cannot have 'miracle'"),
        ({"name": " "}, "A rule needs a name and a version"),
        ({"version": ""}, "A rule needs a name and a version"),
    ],
)
def test_what_is_no_rule_is_refused_with_its_place(plain, why):
    with pytest.raises(NotARule, match=why):
        Rule.from_plain(plain)


def test_a_harm_line_must_lie_on_the_axis():
    for level in ("splendid", "unsupported"):
        with pytest.raises(RuleDoesNotFit, match=f"The rule Assay 2 draws the harm line at “{level}”"):
            compile_panel(SPLIT, Rule(version="2", harm_line=level))


def test_another_rule_says_what_would_differ():
    strict = Rule(name="Strict", version="1", lesser_side_votes=1)
    mild = Rule(name="Mild", version="1", triggers=("no_label",))
    four = panel(review("misleading"), review("misleading"), review("misleading"), review("mostly_accurate"))

    assert changes(four, strict)[0] == (
        "claim 1: misleading -> disputed, because the panel is split on whether the claim misleads: 1 of 4 "
        "reviewers says no, 3 yes; the rule changed"
    )
    assert changes(SPLIT, mild) == [
        "claim 1: disputed -> accurate, because what held it is settled; the rule changed",
        "article: overall finding: No claim of the article itself has a verdict yet. -> Accurate: claim 1 is.",
        "rule: name: Assay -> Mild",
        "rule: triggers: without split_levels_apart, split_across_harm_line, split_on_source, against_best_evidence, "
        "evidence_ceiling, high_harm_not_unanimous, conflict_decides",
    ]
    assert changes(SPLIT, RULE) == []


def test_a_higher_floor_takes_labels_away():
    pair = panel(review("accurate"), review("accurate"))

    assert changes(pair, Rule(version="2", quorum_floor=3)) == [
        "claim 1: accurate -> disputed, because the same votes now read “2 of 3 needed reviews”; "
        "only 2 of 3 needed reviews are in, and no more will come; the rule changed",
        "article: overall finding: Accurate: claim 1 is. -> No claim of the article itself has a verdict yet.",
        "rule: version: 1 -> 2",
        "rule: quorum floor: 2 -> 3",
        "panel: quorum: 2 -> 3",
    ]


def test_a_moved_harm_line_moves_what_reassures():
    evidence = panel(
        review("misleading", stances=["contradicts"]),
        review("misleading", stances=["contradicts"]),
        citations=[CitationInput(1, TRIAL.key, "article")],
    )
    moved = compile_panel(evidence, Rule(version="2", harm_line="inaccurate"))

    assert [reason["name"] for reason in moved.body["claims"][0]["held"]] == ["against_best_evidence"]
    assert [level["beyond_harm_line"] for level in moved.body["scale"]] == [False, False, False, True, False]
    assert compile_panel(evidence).body["claims"][0]["held"] == []


def test_ceiling_kinds_are_the_rules():
    mice = panel(review("accurate"), review("accurate"), claims=[claim(1, kind="mechanism")])
    ruled = compile_panel(mice, Rule(version="2", ceiling_kinds=("mechanism",))).body["claims"][0]

    assert [reason["name"] for reason in ruled["held"]] == ["evidence_ceiling"]


ANOTHER = {
    "name": "Other",
    "version": "2",
    "quorum_floor": 3,
    "neighbours": "none",
    "lesser_side_votes": 1,
    "lesser_side_one_in": 4,
    "levels_apart": 1,
    "harm_line": "inaccurate",
    "triggers": ("no_label",),
    "ceiling_kinds": ("effect",),
    "omission_one_in": 1,
    "finding_one_in": 2,
}


@pytest.mark.parametrize("field", fields(Rule), ids=lambda field: field.name)
def test_every_part_of_the_rule_is_in_the_fingerprint(field):
    other = replace(RULE, **{field.name: ANOTHER[field.name]})

    assert compile_panel(SPLIT, other).fingerprint != compile_panel(SPLIT).fingerprint


def test_a_decision_outlives_a_rule():
    decided = replace(SPLIT, adjudications={1: AdjudicationInput("misleading", "Weighed.")})

    assert (
        compile_panel(decided, Rule(version="2", quorum_floor=9)).body["claims"][0]["verdict"]["level"] == "misleading"
    )
