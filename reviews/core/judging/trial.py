"""What another rule would make of a round: the same inputs compiled under both, and nothing kept."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from reviews.core.judging.differences import RULE_CHANGED, Difference, differences
from reviews.core.judging.report import PanelInputs, Rule, compile_panel

FRAME = ("rule", "panel", "scale")
"""What two reports differ in wherever their rules do: the rule's own parts, with the quorum and the line it draws."""


def would_differ(inputs: PanelInputs, *, rule: Rule, against: Rule) -> list[Difference]:
    """Return what a round's report would say otherwise under ``rule`` than under ``against``.

    Raises ``RuleDoesNotFit``.
    """
    return turned_by_rule(compile_panel(inputs, against).body, compile_panel(inputs, rule).body)


def turned_by_rule(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    """Return what two reports on the same inputs say otherwise of claims and article.

    What the rules themselves differ in is left out, and so is a claim with the same verdict on the same line of votes;
    that the rule is another goes without saying wherever there is a nearer cause.
    """
    changed = differences(before, after)
    return [_briefly(one) for one in changed if one.subject not in FRAME and one.aspect != "details"]


def _briefly(difference: Difference) -> Difference:
    because = tuple(cause for cause in difference.because if cause != RULE_CHANGED)
    if not because:
        return difference
    return replace(difference, because=because, words=difference.words.removesuffix(f"; {RULE_CHANGED}"))
