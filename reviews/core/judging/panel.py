"""What a panel says of one claim, and the reasons that hold a claim for the editor.

A vote is a reviewer, never a row: fold whatever one reviewer said of a claim into one vote first. ``None`` is
a reviewer who could not assess the claim, which is no vote. The label and the reasons that hold it back are
separate: a claim may have a label and still go to the editor.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations_with_replacement
from types import MappingProxyType

from reviews.core.judging.evidence import Evidence
from reviews.core.judging.rule import RULE, Rule
from reviews.core.judging.scales import ACCURACY, Level, Scale

Vote = str | None

NOT_SUPPORTED_AS_STATED = "Not supported as stated"
LEAST_QUORUM = 2


class QuorumTooSmall(ValueError):
    """A panel needs a quorum of at least two reviewers."""


@dataclass(frozen=True)
class Reason:
    """Why a claim is held for the editor.

    ``name`` is stable; ``facts`` are the numbers and names that led to it, enough to check it again;
    ``words`` is the sentence that a person reads.
    """

    name: str
    facts: Mapping[str, object]
    words: str


@dataclass(frozen=True)
class PanelLabel:
    """What the votes alone say of one claim.

    ``label`` is a level's name or ``None``; ``counts`` has every level of the scale, also those with no vote;
    ``held`` names the reasons of ``reasons``; ``words`` reads "3 of 4 reviewers: misleading; 1: inaccurate".
    """

    label: str | None
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
    come in. Raises ``UnknownLevel`` and ``QuorumTooSmall``.
    """
    levels = [scale.level(vote) for vote in votes if vote is not None]
    label = level_of(levels, quorum=quorum, scale=scale)
    counts = Counter(level.name for level in levels)
    reasons = (
        *_no_label(label, votes=len(levels), quorum=quorum, outstanding=outstanding),
        *_wide_split(levels, rule=rule),
        *_harm_line_split(levels, rule=rule),
    )
    return PanelLabel(
        label=label.name if label else None,
        held=tuple(reason.name for reason in reasons),
        counts=MappingProxyType({name: counts[name] for name in scale.names}),
        could_not_assess=len(votes) - len(levels),
        outstanding=outstanding,
        quorum=quorum,
        reasons=reasons,
        words=ruling_words(counts, label=label, quorum=quorum, scale=scale),
    )


def level_of(levels: Sequence[Level], *, quorum: int, scale: Scale) -> Level | None:
    """Return the level that valid votes add up to, or ``None``; raises ``QuorumTooSmall``."""
    if quorum < LEAST_QUORUM:
        raise QuorumTooSmall(QuorumTooSmall.__doc__)
    if len(levels) < quorum:
        return None
    on_axis = [level for level in scale.axis for vote in levels if vote == level]
    if len(levels) == 2:
        return levels[0] if levels[0] == levels[1] else _more_cautious(on_axis)
    if 2 * (len(levels) - len(on_axis)) > len(levels):
        return scale.unsupported
    return _middle(on_axis) if 2 * len(on_axis) > len(levels) else None


def _middle(on_axis: Sequence[Level]) -> Level | None:
    """Return the median of levels sorted along the axis; of two adjacent medians the more cautious one."""
    below, above = on_axis[(len(on_axis) - 1) // 2], on_axis[len(on_axis) // 2]
    return below if below == above else _more_cautious((below, above))


def _more_cautious(pair: Sequence[Level]) -> Level | None:
    """Return the worse of two adjacent levels on the axis, sorted along it; ``None`` for anything else."""
    positions = [level.position for level in pair if level.position is not None]
    adjacent = len(positions) == 2 and positions[1] - positions[0] == 1
    return pair[1] if adjacent else None


def can_still_change(
    votes: Sequence[Vote], *, outstanding: int, quorum: int = LEAST_QUORUM, scale: Scale = ACCURACY
) -> bool:
    """Whether votes that are still out could give the claim another label, or its first one, or take it away.

    Exact: tries every way in which ``outstanding`` reviewers may vote, *could not assess* included.
    """
    levels = [scale.level(vote) for vote in votes if vote is not None]
    now = level_of(levels, quorum=quorum, scale=scale)
    return any(
        level_of([*levels, *coming], quorum=quorum, scale=scale) != now
        for size in range(1, outstanding + 1)
        for coming in combinations_with_replacement(scale.levels, size)
    )


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


def _no_label(label: Level | None, *, votes: int, quorum: int, outstanding: int) -> list[Reason]:
    if label or outstanding:
        return []
    facts = {"votes": votes, "quorum": quorum, "outstanding": outstanding}
    too_few = f"Only {votes} of {quorum} needed reviews are in, and no more will come."
    return [Reason("no_label", facts, too_few if votes < quorum else "The votes add up to no verdict.")]


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
    words = f"The panel lies {rule.levels_apart} levels or more apart: {better} against {worse}, of {len(levels)}."
    return [Reason("split_levels_apart", facts, words)]


def _harm_line_split(levels: Sequence[Level], *, rule: Rule) -> list[Reason]:
    """Find a split across the harm line. The line cuts the axis: a vote off the axis is on neither side."""
    beyond = sum(level.beyond_harm_line for level in levels)
    before = sum(level.position is not None for level in levels) - beyond
    if not rule.counts_as_split(lesser=min(before, beyond), votes=len(levels)):
        return []
    facts = {"before": before, "beyond": beyond, "votes": len(levels)}
    words = f"The panel is split on whether the claim misleads: {before} say no, {beyond} say yes, of {len(levels)}."
    return [Reason("split_across_harm_line", facts, words)]


def stance_split(source: str, stances: Mapping[str, int], *, rule: Rule = RULE) -> list[Reason]:
    """Find supports against contradicts on one source; ``stances`` counts the reviewers per stance."""
    supports, contradicts = stances.get("supports", 0), stances.get("contradicts", 0)
    votes = sum(stances.values())
    if not rule.counts_as_split(lesser=min(supports, contradicts), votes=votes):
        return []
    facts = {"source": source, "supports": supports, "contradicts": contradicts, "votes": votes}
    words = f"Of {votes} reviewers of one source, {supports} read support and {contradicts} contradiction in it."
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
    label: str | None, evidence: Evidence, *, claim_kind: str, scale: Scale = ACCURACY
) -> list[Reason]:
    """Find a reassuring label on a claim of effect or risk that no evidence from people backs."""
    if label is None or not scale.reassures(label) or claim_kind not in ("effect", "risk"):
        return []
    if not evidence.ceiling:
        return []
    facts = {"label": label, "claim_kind": claim_kind, "ceiling": evidence.ceiling}
    why = {
        "no_source_on_topic": "no source that is on topic was put to it",
        "no_evidence_in_people": "everything put to it is animal, laboratory or mechanism",
    }[evidence.ceiling]
    title = scale.level(label).title.lower()
    return [Reason("evidence_ceiling", facts, f"A claim about people is labelled “{title}”, and {why}.")]


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
    votes: Sequence[tuple[Vote, bool]], *, quorum: int = LEAST_QUORUM, scale: Scale = ACCURACY
) -> list[Reason]:
    """Find a vote with a declared conflict without which the label would be another.

    ``votes`` are pairs of a vote and whether its reviewer declared a conflict. Each such vote is left out on
    its own, and where there are several, also all together: two conflicted reviewers must not cover for each
    other.
    """
    valid = [(level, declared) for level in scale for vote, declared in sorted(votes, key=str) if vote == level.name]
    label = level_of([level for level, _ in valid], quorum=quorum, scale=scale)
    conflicted = [place for place, (_, declared) in enumerate(valid) if declared]
    for left_out in [*({place} for place in conflicted), set(conflicted)]:
        rest = [level for place, (level, _) in enumerate(valid) if place not in left_out]
        other = level_of(rest, quorum=quorum, scale=scale)
        if left_out and other != label:
            return [_conflict_reason([valid[place][0] for place in left_out], label=label, other=other)]
    return []


def _conflict_reason(left_out: Sequence[Level], *, label: Level | None, other: Level | None) -> Reason:
    facts = {
        "left_out": sorted(level.name for level in left_out),
        "label": label.name if label else None,
        "label_without": other.name if other else None,
    }
    without = f"“{other.title.lower()}”" if other else "no label"
    words = f"Without {len(left_out)} votes of reviewers with a declared conflict there would be {without}."
    return Reason("conflict_decides", facts, words)
