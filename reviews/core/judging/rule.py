"""What the rulings rest on, as versioned data: a report names the rule that compiled it.

``RULE`` is the one in force. Another one is a value like it, for trying on past rounds before it is adopted:
``Rule.from_plain`` reads what a form or a file says, ``plain`` gives it back.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from typing import Any, Literal, Self, get_args

from reviews.core.judging.scales import Scale
from reviews.core.judging.vocabulary import CLAIM_KINDS

Neighbours = Literal["more_cautious", "none"]

LEAST_QUORUM = 2

TRIGGERS: tuple[str, ...] = (
    "no_label",
    "split_levels_apart",
    "split_across_harm_line",
    "split_on_source",
    "against_best_evidence",
    "evidence_ceiling",
    "high_harm_not_unanimous",
    "conflict_decides",
)
"""Every reason that can hold a claim for the editor."""


class NotARule(ValueError):
    """These values do not make a rule."""


class RuleDoesNotFit(ValueError):
    """The rule speaks of a level that is not on the axis of this scale."""


@dataclass(frozen=True)
class Rule:
    """The rule of the rulings. Change anything, and change ``version`` with it. Raises ``NotARule``.

    ``quorum_floor``: no round gets a label from fewer votes, whatever its own quorum says. ``neighbours``: of two
    neighbouring levels in the middle the "more_cautious" one is the label, or there is "none". A split holds a claim
    when its lesser side has ``lesser_side_votes`` votes, or one in ``lesser_side_one_in`` of them; the sides of a wide
    split are ``levels_apart`` levels apart. ``harm_line`` names the first level beyond the harm line, "" is where the
    scale has it. ``triggers`` are the reasons that hold a claim, ``ceiling_kinds`` the kinds of claim that need
    evidence in people. An omission stands when one in ``omission_one_in`` reviewers named it. Where no claim is
    flagged, the worst level of one in ``finding_one_in`` claims caps the finding.
    """

    name: str = "Assay"
    version: str = "1"
    quorum_floor: int = LEAST_QUORUM
    neighbours: Neighbours = "more_cautious"
    lesser_side_votes: int = 2
    lesser_side_one_in: int = 3
    levels_apart: int = 2
    harm_line: str = ""
    triggers: tuple[str, ...] = TRIGGERS
    ceiling_kinds: tuple[str, ...] = ("effect", "risk")
    omission_one_in: int = 2
    finding_one_in: int = 3

    def __post_init__(self) -> None:
        _check_kinds(self)
        _check_least(self)
        _check_among("neighbours", [self.neighbours], get_args(Neighbours))
        _check_among("triggers", self.triggers, TRIGGERS)
        _check_among("ceiling_kinds", self.ceiling_kinds, [code for code, _ in CLAIM_KINDS])

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> Self:
        """Return the rule that plain data describes, as JSON or TOML have it; what is left out is as in ``RULE``.

        Raises ``NotARule`` for an unknown name or a value that does not fit.
        """
        known = {field.name for field in fields(cls)}
        if unknown := sorted(set(plain) - known):
            raise NotARule(f"A rule has no “{unknown[0]}”. It has: {', '.join(sorted(known))}.")
        lists = {name: tuple(value) for name, value in plain.items() if isinstance(value, list)}
        return cls(**{**plain, **lists})

    def plain(self) -> dict[str, Any]:
        """Return the rule as plain data; ``from_plain`` reads it back."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}

    @property
    def title(self) -> str:
        return f"{self.name} {self.version}"

    def counts_as_split(self, *, lesser: int, votes: int) -> bool:
        """Whether ``lesser`` of ``votes`` votes on the smaller side make a split that the editor must see."""
        enough = lesser >= self.lesser_side_votes or lesser * self.lesser_side_one_in >= votes
        return lesser > 0 and enough

    def quorum_for(self, quorum: int) -> int:
        """Return how many votes a label needs where the round asks for ``quorum``."""
        return max(quorum, self.quorum_floor)

    def drawn_on(self, scale: Scale) -> Scale:
        """Return the scale with the harm line where this rule has it; raises ``RuleDoesNotFit``."""
        return _drawn(scale, self.harm_line, self.title) if self.harm_line else scale


@lru_cache(maxsize=64)
def _drawn(scale: Scale, harm_line: str, title: str) -> Scale:
    first = next((level.position for level in scale.axis if level.name == harm_line), None)
    if first is None:
        raise RuleDoesNotFit(f"The rule {title} draws the harm line at “{harm_line}”, no level of the axis.")
    levels = [
        replace(level, beyond_harm_line=level.position is not None and level.position >= first)
        for level in scale.levels
    ]
    return Scale(tuple(levels))


def _check_kinds(rule: Rule) -> None:
    for field in fields(rule):
        value, default = getattr(rule, field.name), field.default
        fits = isinstance(value, type(default)) and not isinstance(value, bool)
        if not fits:
            raise NotARule(f"“{field.name}” cannot be {value!r}.")
    if not rule.name.strip() or not rule.version.strip():
        raise NotARule("A rule needs a name and a version.")


def _check_least(rule: Rule) -> None:
    least = {"quorum_floor": LEAST_QUORUM, "levels_apart": 1, "lesser_side_votes": 1, "lesser_side_one_in": 1}
    least |= {"omission_one_in": 1, "finding_one_in": 1}
    for name, lowest in least.items():
        if getattr(rule, name) < lowest:
            raise NotARule(f"“{name}” must be {lowest} or more, not {getattr(rule, name)}.")


def _check_among(name: str, values: Any, allowed: Any) -> None:
    if len(set(values)) < len(values):
        raise NotARule(f"“{name}” names something twice.")
    for value in values:
        if value not in allowed:
            raise NotARule(f"“{name}” cannot have {value!r}, only: {', '.join(allowed)}.")


RULE = Rule()
