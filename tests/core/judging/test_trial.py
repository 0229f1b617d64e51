"""What another rule would make of a round."""

import pytest

from reviews.core.judging.report import compile_panel
from reviews.core.judging.rule import RULE, Rule, RuleDoesNotFit
from reviews.core.judging.trial import turned_by_rule, would_differ
from tests.core.judging.panels import panel, review

PAIR = panel(review("accurate"), review("accurate"))
NEIGHBOURS = panel(review("accurate"), review("mostly_accurate"))


def words(inputs, **parts):
    return [one.words for one in would_differ(inputs, rule=Rule(name="Other", version="2", **parts), against=RULE)]


def test_what_would_differ_is_told_with_its_nearest_cause_and_without_the_rules_own_parts():
    assert words(PAIR, quorum_floor=3) == [
        "claim 1: accurate -> disputed, because the same votes now read “2 of 3 needed reviews”; "
        "only 2 of 3 needed reviews are in, and no more will come",
        "article: overall finding: Accurate: claim 1 is. -> No claim of the article itself has a verdict yet.",
    ]


def test_what_settles_a_claim_is_told_without_the_rule():
    mild = Rule(name="Mild", version="2", triggers=("split_on_source",))

    [verdict, *_] = would_differ(panel(review("accurate")), rule=mild, against=RULE)

    assert verdict.because == ("what held it is settled",)
    assert words(NEIGHBOURS, neighbours="none", triggers=("no_label",))[0].startswith(
        "claim 1: mostly accurate -> disputed, because the same votes now read “1 of 2 reviewers"
    )


def test_a_line_of_votes_that_reads_otherwise_is_told_and_a_mere_detail_is_not():
    held = panel(review("accurate"), review("inaccurate"))
    three = panel(review("misleading"), review("misleading"), review("misleading"))

    assert words(held, quorum_floor=3) == [
        "claim 1: votes: 1 of 2 reviewers: accurate; 1: inaccurate -> 2 of 3 needed reviews"
    ]
    assert words(three, quorum_floor=3) == []


def test_a_rule_under_which_a_round_says_the_same_would_turn_nothing():
    assert words(PAIR, lesser_side_votes=1) == []


def test_a_rule_that_does_not_fit_the_scale_is_refused():
    with pytest.raises(RuleDoesNotFit):
        words(PAIR, harm_line="splendid")


def test_where_the_rule_is_the_only_cause_it_is_named():
    before = compile_panel(panel(review("accurate"), review("accurate"))).body
    [claim] = before["claims"]
    pending = {"status": "pending", "level": None, "title": "Not yet decided", "line": ""}
    after = {**before, "rule": {**before["rule"], "version": "2"}, "claims": [{**claim, "verdict": pending}]}

    [told] = turned_by_rule(before, after)

    assert (told.because, told.words) == (
        ("the rule changed",),
        "claim 1: accurate -> not yet decided, because the rule changed",
    )


def test_the_line_that_a_rule_draws_elsewhere_is_no_difference_by_itself():
    assert words(PAIR, harm_line="inaccurate") == []
