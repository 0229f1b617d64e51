"""A rule as people read it: every part of it in one sentence, for the desk and for the methods page."""

from collections.abc import Mapping
from typing import NamedTuple

from reviews.core.judging.rule import LEAST_QUORUM, Rule
from reviews.core.judging.scales import Scale
from reviews.core.judging.vocabulary import CLAIM_KINDS

TRIGGER_WORDS: Mapping[str, str] = {
    "no_label": "The panel gives no verdict, and no vote is out any more.",
    "split_levels_apart": "The panel is split, and the sides lie wide apart on the scale.",
    "split_across_harm_line": "The panel is split on whether the claim misleads.",
    "split_on_source": "The panel is split on whether a source supports or contradicts the claim.",
    "against_best_evidence": "The verdict stands against the best evidence.",
    "evidence_ceiling": "The verdict is good, and nothing put to the claim was found in people.",
    "high_harm_not_unanimous": "A claim that could hurt is not judged unanimously.",
    "conflict_decides": "A vote with a declared conflict of interest decides the verdict.",
}
"""By trigger, when it holds a claim for the editor."""

NEIGHBOUR_WORDS: Mapping[str, str] = {
    "more_cautious": "The more cautious of the two is the verdict.",
    "none": "There is no verdict.",
}
"""What becomes of two neighbouring levels in the middle of the votes."""


class RulePart(NamedTuple):
    """One part of a rule: the field of ``Rule`` or several of them, what it is about, and what it says, in lines."""

    name: str
    title: str
    words: str


def spoken_rule(rule: Rule, *, scale: Scale) -> list[RulePart]:
    """Return the parts of a rule in words; ``scale`` gives the titles of levels, and the line that it draws itself."""
    kinds = [title.lower() for code, title in CLAIM_KINDS if code in rule.ceiling_kinds]
    triggers = [words for name, words in TRIGGER_WORDS.items() if name in rule.triggers]
    return [
        RulePart("quorum_floor", "Votes that a verdict needs", _floor(rule)),
        RulePart("neighbours", "Two neighbouring levels in the middle", NEIGHBOUR_WORDS[rule.neighbours]),
        RulePart("triggers", "What goes to an editor", "\n".join(triggers) or "Nothing: no claim is ever held."),
        RulePart("lesser_side", "What counts as a split", _split(rule)),
        RulePart("levels_apart", "Wide apart", f"{rule.levels_apart} level{'s'[: rule.levels_apart > 1]} or more."),
        RulePart("harm_line", "Where a claim begins to mislead", _harm_line(rule, scale=scale)),
        RulePart("ceiling_kinds", "Claims that need evidence in people", f"{', '.join(kinds) or 'none'}.".capitalize()),
        RulePart(
            "omission_one_in", "An omission stands", f"When {_one_in(rule.omission_one_in, of='reviewers')} named it."
        ),
        RulePart(
            "finding_one_in",
            "Where no claim is in the headline or could hurt",
            f"The worst verdict of {_one_in(rule.finding_one_in, of='claims')} caps the overall finding.",
        ),
    ]


def _floor(rule: Rule) -> str:
    most = "more" if rule.quorum_floor > LEAST_QUORUM else "more, never fewer"
    return f"{rule.quorum_floor} at least; a round may ask for {most}."


def _split(rule: Rule) -> str:
    votes = f"{rule.lesser_side_votes} vote{'s'[: rule.lesser_side_votes > 1]} or more"
    return f"The smaller side has {votes}, or at least one in {rule.lesser_side_one_in} of all."


def _harm_line(rule: Rule, *, scale: Scale) -> str:
    own = next((level.name for level in scale.axis if level.beyond_harm_line), "")
    first = rule.harm_line or own
    title = next((level.title.lower() for level in scale.axis if level.name == first), first)
    where = "" if rule.harm_line else ", as the scale has it"
    return f"From “{title}” on{where}." if first else "Nowhere: the scale draws no line."


def _one_in(number: int, *, of: str) -> str:
    return f"all {of}" if number == 1 else f"at least one in {number} {of}"
