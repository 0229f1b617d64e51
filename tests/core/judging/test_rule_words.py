"""A rule in words names every part of it."""

from dataclasses import fields, replace

import pytest

from reviews.core.judging.rule import RULE, TRIGGERS, Rule
from reviews.core.judging.rule_words import NEIGHBOUR_WORDS, TRIGGER_WORDS, spoken_rule
from reviews.core.judging.scales import ACCURACY, Scale
from tests.core.judging.test_rule import ANOTHER

FRAME = {"name", "version"}


def spoken(rule):
    return {part.title: part.words for part in spoken_rule(rule, scale=ACCURACY)}


def test_the_shipped_rule_reads_as_it_is_written_down():
    assert spoken(replace(RULE, triggers=("no_label",))) == {
        "Votes that a verdict needs": "2 at least; a round may ask for more, never fewer.",
        "Two neighbouring levels in the middle": "The more cautious of the two is the verdict.",
        "What goes to an editor": "The panel gives no verdict, and no vote is out any more.",
        "What counts as a split": "The smaller side has 2 votes or more, or at least one in 3 of all.",
        "Wide apart": "2 levels or more.",
        "Where a claim begins to mislead": "From “misleading” on, as the scale has it.",
        "Claims that need evidence in people": "Effect, risk.",
        "An omission stands": "When at least one in 2 reviewers named it.",
        "Where no claim is in the headline or could hurt": (
            "The worst verdict of at least one in 3 claims caps the overall finding."
        ),
    }


def test_the_least_of_everything_reads_well():
    least = Rule(
        quorum_floor=3,
        neighbours="none",
        lesser_side_votes=1,
        lesser_side_one_in=1,
        levels_apart=1,
        harm_line="inaccurate",
        triggers=(),
        ceiling_kinds=(),
        omission_one_in=1,
        finding_one_in=1,
    )

    assert list(spoken(least).values()) == [
        "3 at least; a round may ask for more.",
        "There is no verdict.",
        "Nothing: no claim is ever held.",
        "The smaller side has 1 vote or more, or at least one in 1 of all.",
        "1 level or more.",
        "From “inaccurate” on.",
        "None.",
        "When all reviewers named it.",
        "The worst verdict of all claims caps the overall finding.",
    ]


@pytest.mark.parametrize("field", [field.name for field in fields(Rule) if field.name not in FRAME])
def test_every_part_of_a_rule_is_told(field):
    assert spoken(replace(RULE, **{field: ANOTHER[field]})) != spoken(RULE)


def test_the_parts_are_named_and_what_holds_a_claim_stands_line_by_line():
    two = replace(RULE, triggers=("no_label", "conflict_decides"))

    assert [part.name for part in spoken_rule(two, scale=ACCURACY)] == [
        "quorum_floor",
        "neighbours",
        "triggers",
        "lesser_side",
        "levels_apart",
        "harm_line",
        "ceiling_kinds",
        "omission_one_in",
        "finding_one_in",
    ]
    assert spoken(two)["What goes to an editor"] == (
        "The panel gives no verdict, and no vote is out any more.\n"
        "A vote with a declared conflict of interest decides the verdict."
    )


def test_a_scale_may_draw_no_line():
    lineless = Scale(tuple(replace(level, beyond_harm_line=False) for level in ACCURACY))

    words = {part.name: part.words for part in spoken_rule(RULE, scale=lineless)}

    assert words["harm_line"] == "Nowhere: the scale draws no line."


def test_every_trigger_and_every_choice_has_words():
    assert tuple(TRIGGER_WORDS) == TRIGGERS
    assert list(NEIGHBOUR_WORDS) == ["more_cautious", "none"]
