"""What a panel says of one claim, and the reasons that hold a claim for the editor.

A vote is a reviewer, never a row: fold whatever one reviewer said of a claim into one vote first. ``None`` is
a reviewer who could not assess the claim, which is no vote. The label and the reasons that hold it back are
separate: a claim may have a label and still go to the editor.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from reviews.core.judging.evidence import Evidence
from reviews.core.judging.rule import LEAST_QUORUM, RULE, Rule
from reviews.core.judging.scales import ACCURACY, Level, Scale

Vote = str | None

NOT_SUPPORTED_AS_STATED = "Not supported as stated"
LABELLED = ("two_alike", "off_axis_majority", "median")
"""Rows of the rule that give a label whatever it says of neighbours."""


class QuorumTooSmall(ValueError):
    """A panel needs a quorum of at least two reviewers."""


@dataclass(frozen=True)
class Reason:
    """Why a claim has its label, or is held for the editor.

    ``name`` is stable; ``facts`` are the numbers and names that led to it, enough to check it again;
    ``words`` is the sentence that a person reads.
    """

    name: str
    facts: Mapping[str, object]
    words: str


@dataclass(frozen=True)
class PanelLabel:
    """What the votes alone say of one claim.

    ``label`` is a level's name or ``None``, and ``because`` is the row of the rule that says so; ``counts`` has every
    level of the scale, also those with no vote; ``held`` names the reasons of ``reasons``; ``words`` reads "3 of 4
    reviewers: misleading; 1: inaccurate".
    """

    label: str | None
    because: Reason
    held: tuple[str, ...]
    counts: Mapping[str, int]
    could_not_assess: int
    outstanding: int
    quorum: int
    reasons: tuple[Reason, ...]
    words: str

    @property
    def votes(self) -> int:
        return sum(self.counts.values())


class Outcome(NamedTuple):
    """A row of the rule, and the level or the two levels that it falls on, as positions; ``None`` is off the axis."""

    row: str
    levels: tuple[int | None, ...]


def panel_label(
    votes: Sequence[Vote],
    *,
    quorum: int = LEAST_QUORUM,
    scale: Scale = ACCURACY,
    outstanding: int = 0,
    rule: Rule = RULE,
) -> PanelLabel:
    """Return the label of one claim and the reasons that its votes alone give to hold it.

    ``votes`` has one level name per reviewer, or ``None``; ``outstanding`` counts the votes that may still
    come in. Raises ``UnknownLevel``, ``QuorumTooSmall`` and ``RuleDoesNotFit``.
    """
    scale, quorum = rule.drawn_on(scale), _needed(quorum, rule=rule)
    levels = [scale.level(vote) for vote in votes if vote is not None]
    counts = _count(levels, scale=scale)
    outcome = _outcome(counts.axis, counts.off, quorum)
    label = _level(outcome, scale=scale, rule=rule)
    by_name = {level.name: counts.of(level) for level in scale}
    found = (
        *_no_label(label, votes=votes, quorum=quorum, outstanding=outstanding),
        *_wide_split(levels, rule=rule),
        *_harm_line_split(levels, rule=rule),
    )
    reasons = tuple(reason for reason in found if reason.name in rule.triggers)
    return PanelLabel(
        label=label.name if label else None,
        because=_because(outcome, label=label, counts=counts, quorum=quorum, scale=scale),
        held=tuple(reason.name for reason in reasons),
        counts=MappingProxyType(by_name),
        could_not_assess=len(votes) - len(levels),
        outstanding=outstanding,
        quorum=quorum,
        reasons=reasons,
        words=ruling_words(by_name, label=label, quorum=quorum, scale=scale),
    )


def level_of(levels: Sequence[Level], *, quorum: int, scale: Scale, rule: Rule = RULE) -> Level | None:
    """Return the level that valid votes add up to, or ``None``; raises ``QuorumTooSmall``."""
    counts = _count(levels, scale=scale)
    return _level(_outcome(counts.axis, counts.off, _needed(quorum, rule=rule)), scale=scale, rule=rule)


def _needed(quorum: int, *, rule: Rule) -> int:
    if quorum < LEAST_QUORUM:
        raise QuorumTooSmall(QuorumTooSmall.__doc__)
    return rule.quorum_for(quorum)


class Counts(NamedTuple):
    """Votes by position on the axis, best first, and off it."""

    axis: tuple[int, ...]
    off: int

    def of(self, level: Level) -> int:
        return self.off if level.position is None else self.axis[level.position]

    def without(self, level: Level, times: int) -> "Counts":
        if level.position is None:
            return Counts(self.axis, self.off - times)
        axis = list(self.axis)
        axis[level.position] -= times
        return Counts(tuple(axis), self.off)


def _count(levels: Iterable[Level], *, scale: Scale) -> Counts:
    counts = Counter(level.position for level in levels)
    return Counts(tuple(counts[level.position] for level in scale.axis), counts[None])


@lru_cache(maxsize=65_536)
def _outcome(axis: tuple[int, ...], off: int, quorum: int) -> Outcome:
    """Return which row of the rule's table the votes fall on."""
    on_axis = sum(axis)
    votes = on_axis + off
    if votes < quorum:
        return Outcome("below_quorum", ())
    if votes == 2 and off:
        return Outcome("two_alike", (None,)) if off == 2 else Outcome("two_apart", (_position_of(axis, 0), None))
    if 2 * off > votes:
        return Outcome("off_axis_majority", (None,))
    if 2 * on_axis <= votes:
        return Outcome("no_majority", ())
    better, worse = _position_of(axis, (on_axis - 1) // 2), _position_of(axis, on_axis // 2)
    if better == worse:
        return Outcome("two_alike" if votes == 2 else "median", (better,))
    nearness = "adjacent" if worse - better == 1 else "apart"
    return Outcome(f"{'two' if votes == 2 else 'medians'}_{nearness}", (better, worse))


def _position_of(axis: Sequence[int], rank: int) -> int:
    """Return the position of the vote with that rank, the best being 0."""
    for position, count in enumerate(axis):
        rank -= count
        if rank < 0:
            return position
    raise AssertionError("There are not so many votes.")


def _level(outcome: Outcome, *, scale: Scale, rule: Rule) -> Level | None:
    neighbours = outcome.row in ("two_adjacent", "medians_adjacent")
    if neighbours and rule.neighbours == "none":
        return None
    if neighbours or outcome.row in LABELLED:
        position = outcome.levels[-1]  # of two neighbours the worse
        return scale.unsupported if position is None else scale.axis[position]
    return None


def _because(outcome: Outcome, *, label: Level | None, counts: Counts, quorum: int, scale: Scale) -> Reason:
    fallen = [scale.unsupported if place is None else scale.axis[place] for place in outcome.levels]
    votes = sum(counts.axis) + counts.off
    facts = {
        "counts": {level.name: counts.of(level) for level in scale if counts.of(level)},
        "votes": votes,
        "quorum": quorum,
        "levels": [level.name for level in fallen if level],
        "label": label.name if label else None,
    }
    titles = [level.title.lower() for level in fallen if level]
    if label and counts.of(label) == votes > 2:
        return Reason(outcome.row, facts, f"All {votes} reviewers say “{label.title.lower()}”.")
    words = _because_words(outcome.row, titles, has_label=label is not None, off_axis=counts.off > 0, facts=facts)
    return Reason(outcome.row, facts, words)


def _because_words(
    row: str, titles: Sequence[str], *, has_label: bool, off_axis: bool, facts: Mapping[str, object]
) -> str:
    both = " and ".join(f"“{title}”" for title in titles)
    cautious = f"the more cautious one, “{titles[-1]}”, stands" if has_label else "the rule lets neither stand"
    of_those = " of those on the scale" if off_axis else ""
    return {
        "below_quorum": f"{facts['votes']} of {facts['quorum']} needed reviews are in.",
        "two_alike": f"Both reviewers say {both}.",
        "two_adjacent": f"The two reviewers say {both}, which are neighbours: {cautious}.",
        "two_apart": f"The two reviewers say {both}, which are no neighbours on the scale.",
        "off_axis_majority": f"More than half of the {facts['votes']} reviewers say {both}.",
        "median": f"The vote in the middle{of_those} is {both}.",
        "medians_adjacent": f"The two votes in the middle are {both}, which are neighbours: {cautious}.",
        "medians_apart": f"The two votes in the middle are {both}, which are no neighbours on the scale.",
        "no_majority": "Half of the votes are on the scale and half are off it.",
    }[row]


def can_still_change(
    votes: Sequence[Vote],
    *,
    outstanding: int,
    quorum: int = LEAST_QUORUM,
    scale: Scale = ACCURACY,
    rule: Rule = RULE,
) -> bool:
    """Whether votes that are still out could give the claim another label, or its first one, or take it away.

    Exact: ``outstanding`` reviewers may vote in any way, *could not assess* included.
    """
    counts = _count((scale.level(vote) for vote in votes if vote is not None), scale=scale)
    asked = (counts, outstanding, _needed(quorum, rule=rule), scale.unsupported is not None)
    return _can_change(*asked, rule.neighbours)


@lru_cache(maxsize=65_536)
def _can_change(counts: Counts, outstanding: int, quorum: int, has_off: bool, neighbours: str) -> bool:
    def label(future: Counts) -> tuple[bool, tuple[int | None, ...]]:
        row, levels = _outcome(future.axis, future.off, quorum)
        stands = neighbours == "more_cautious" if row in ("two_adjacent", "medians_adjacent") else row in LABELLED
        return stands, levels[-1:] if stands else ()

    now = label(counts)
    return any(label(future) != now for future in _futures(counts, outstanding, has_off=has_off))


def _futures(counts: Counts, outstanding: int, *, has_off: bool) -> Iterator[Counts]:
    """Yield futures among which every label is that can still come.

    On the axis it is enough that all votes to come fall on one level: the label hangs on the one or two votes in the
    middle, and these move nowhere that all votes on the best level, on the worst or on one between would not take them.
    """
    for off in range(outstanding + 1 if has_off else 1):
        for on_axis in range(outstanding - off + 1):
            for level in range(len(counts.axis)):
                axis = list(counts.axis)
                axis[level] += on_axis
                yield Counts(tuple(axis), counts.off + off)


def not_supported_as_stated(panel: PanelLabel, *, scale: Scale = ACCURACY) -> bool:
    """Whether a full panel has no label, yet every vote is beyond the harm line or off the axis."""
    cast = [name for name, count in panel.counts.items() if count]
    unlabelled = panel.label is None and panel.votes >= panel.quorum
    return unlabelled and not any(scale.reassures(name) for name in cast)


def ruling_words(counts: Mapping[str, int], *, label: Level | None, quorum: int, scale: Scale = ACCURACY) -> str:
    """Return the votes as a reader reads them: "3 of 4 reviewers: misleading; 1: inaccurate"."""
    votes = sum(counts.values())
    if votes < quorum:
        return f"{votes} of {quorum} needed reviews"
    cast = [level for level in scale if counts.get(level.name)]
    cast.sort(key=lambda level: (-counts[level.name], level != label))
    first, *rest = cast
    opening = f"{counts[first.name]} of {votes} reviewers: {first.title.lower()}"
    return "; ".join([opening, *(f"{counts[level.name]}: {level.title.lower()}" for level in rest)])


def _no_label(label: Level | None, *, votes: Sequence[Vote], quorum: int, outstanding: int) -> list[Reason]:
    if label or outstanding:
        return []
    valid = sum(vote is not None for vote in votes)
    missing = len(votes) - valid
    facts = {"votes": valid, "quorum": quorum, "outstanding": outstanding, "could_not_assess": missing}
    if valid >= quorum:
        return [Reason("no_label", facts, "The votes add up to no verdict.")]
    why = f": {missing} could not assess the claim, and no more will come" if missing else ", and no more will come"
    return [Reason("no_label", facts, f"Only {valid} of {quorum} needed reviews are in{why}.")]


def _wide_split(levels: Sequence[Level], *, rule: Rule) -> list[Reason]:
    """Find the cut along the axis whose sides lie far apart and whose lesser side is the largest."""
    positions = [level.position for level in levels if level.position is not None]
    cuts = [
        (
            sum(place <= low for place in positions),
            sum(place >= low + rule.levels_apart for place in positions),
        )
        for low in sorted(set(positions))
    ]
    better, worse = max(cuts, key=min, default=(0, 0))
    if not rule.counts_as_split(lesser=min(better, worse), votes=len(levels)):
        return []
    facts = {"better": better, "worse": worse, "votes": len(levels), "levels_apart": rule.levels_apart}
    apart = "1 level" if rule.levels_apart == 1 else f"{rule.levels_apart} levels"
    sides = f"{better} of {len(levels)} reviewers on the better side, {worse} on the worse"
    words = f"The panel lies {apart} or more apart: {sides}."
    return [Reason("split_levels_apart", facts, words)]


def _harm_line_split(levels: Sequence[Level], *, rule: Rule) -> list[Reason]:
    """Find a split across the harm line. The line cuts the axis: a vote off the axis is on neither side."""
    beyond = sum(level.beyond_harm_line for level in levels)
    before = sum(level.position is not None for level in levels) - beyond
    if not rule.counts_as_split(lesser=min(before, beyond), votes=len(levels)):
        return []
    facts = {"before": before, "beyond": beyond, "votes": len(levels)}
    say = f"{before} of {len(levels)} reviewers {'says' if before == 1 else 'say'} no, {beyond} yes"
    words = f"The panel is split on whether the claim misleads: {say}."
    return [Reason("split_across_harm_line", facts, words)]


def stance_split(source: str, stances: Mapping[str, int], *, title: str = "", rule: Rule = RULE) -> list[Reason]:
    """Find supports against contradicts on one source; ``stances`` counts the reviewers per stance."""
    supports, contradicts = stances.get("supports", 0), stances.get("contradicts", 0)
    votes = sum(stances.values())
    if not rule.counts_as_split(lesser=min(supports, contradicts), votes=votes):
        return []
    facts = {"source": source, "supports": supports, "contradicts": contradicts, "votes": votes}
    named = f"“{title}”" if title else "one source"
    sides = f"{supports} of {votes} as support, {contradicts} as contradiction"
    words = f"Reviewers read {named} in opposite ways: {sides}."
    return [Reason("split_on_source", facts, words)]


def against_evidence(label: str | None, evidence: Evidence, *, scale: Scale = ACCURACY) -> list[Reason]:
    """Find a label that the best tier of evidence speaks against."""
    if label is None or not _speaks_against(label, evidence.finding, scale=scale):
        return []
    facts = {"label": label, "finding": evidence.finding, "level": evidence.level}
    title = scale.level(label).title.lower()
    verb = "supports" if evidence.finding == "supported" else "contradicts"
    words = f"The panel's label is “{title}”, yet the best evidence (level {evidence.level}) {verb} the claim."
    return [Reason("against_best_evidence", facts, words)]


def _speaks_against(label: str, finding: str, *, scale: Scale) -> bool:
    if scale.unsupported and label == scale.unsupported.name:
        return finding in ("supported", "contradicted")
    if scale.reassures(label):
        return finding == "contradicted"
    return label == scale.worst.name and finding == "supported"


def above_evidence_ceiling(
    label: str | None, evidence: Evidence, *, claim_kind: str, scale: Scale = ACCURACY, rule: Rule = RULE
) -> list[Reason]:
    """Find a reassuring label on a claim of effect or risk that no evidence from people backs."""
    if label is None or not scale.reassures(label) or claim_kind not in rule.ceiling_kinds:
        return []
    if not evidence.ceiling:
        return []
    facts = {"label": label, "claim_kind": claim_kind, "ceiling": evidence.ceiling}
    why = {
        "no_source_on_topic": "no source that is on topic was put to it",
        "no_evidence_in_people": "everything put to it is animal, laboratory or mechanism",
    }[evidence.ceiling]
    title = scale.level(label).title.lower()
    gone = " (what is retracted does not count)" if evidence.retracted else ""
    return [Reason("evidence_ceiling", facts, f"A claim about people is labelled “{title}”, and {why}{gone}.")]


def not_unanimous(panel: PanelLabel, *, is_high_harm: bool) -> list[Reason]:
    """Find a high-harm claim on which the valid votes are not all the same."""
    cast = {name: count for name, count in panel.counts.items() if count}
    if not is_high_harm or len(cast) < 2:
        return []
    return [
        Reason(
            "high_harm_not_unanimous",
            {"counts": cast},
            "A high-harm claim on which the panel is not unanimous.",
        )
    ]


def conflict_decides(
    votes: Sequence[tuple[Vote, bool]],
    *,
    quorum: int = LEAST_QUORUM,
    scale: Scale = ACCURACY,
    rule: Rule = RULE,
) -> list[Reason]:
    """Find a vote with a declared conflict without which the label would be another.

    ``votes`` are pairs of a vote and whether its reviewer declared a conflict. Each such vote is left out on
    its own, and where there are several, also all together: two conflicted reviewers must not cover for each
    other.
    """
    quorum = _needed(quorum, rule=rule)
    counts = _count((scale.level(vote) for vote, _ in votes if vote is not None), scale=scale)
    conflicted = Counter(vote for vote, declared in votes if declared and vote is not None)
    alone = [Counter([name]) for name in scale.names if name in conflicted]
    label = _level(_outcome(*counts, quorum), scale=scale, rule=rule)
    for left_out in [*alone, conflicted]:
        rest = counts
        for name, times in left_out.items():
            rest = rest.without(scale.level(name), times)
        other = _level(_outcome(*rest, quorum), scale=scale, rule=rule)
        if other != label:
            return [_conflict_reason(sorted(left_out.elements()), label=label, other=other)]
    return []


def _conflict_reason(left_out: Sequence[str], *, label: Level | None, other: Level | None) -> Reason:
    facts = {
        "left_out": left_out,
        "label": label.name if label else None,
        "label_without": other.name if other else None,
    }
    without = f"“{other.title.lower()}”" if other else "no label"
    votes = "the vote of a reviewer" if len(left_out) == 1 else f"{len(left_out)} votes of reviewers"
    return Reason("conflict_decides", facts, f"Without {votes} with a declared conflict there would be {without}.")
