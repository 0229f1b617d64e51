"""What the sources put to a claim add up to.

Codes are never averaged: stance and design of a source are what most reviewers say, and a tie is not settled.
Sources are never counted across designs: only the best level of evidence that has a source on topic decides,
and lower levels cannot overturn it.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from reviews.core.judging.vocabulary import CERTAINTIES, DESIGN_FACTS, RISKS_OF_BIAS

Finding = Literal["supported", "contradicted", "contested", "none"]
Ceiling = Literal["", "no_source_on_topic", "no_evidence_in_people"]

ON_TOPIC = ("supports", "contradicts", "mixed")


@dataclass(frozen=True)
class Reading:
    """One reviewer's reading of one source against one claim, in codes of ``vocabulary``; "" is not said."""

    stance: str
    design: str
    risk_of_bias: str


@dataclass(frozen=True)
class Plurality:
    """What most say. ``code`` is ``None`` on a tie (see ``leaders``) and where nobody said anything."""

    code: str | None
    leaders: tuple[str, ...]
    counts: Mapping[str, int]


@dataclass(frozen=True)
class SourceEvidence:
    """What the panel reads in one source put to one claim.

    ``level`` is the CEBM 2011 level of its design, 1 (best) to 5, ``None`` where it has none; where the
    design is not settled, the lowest that any of the tied designs gives. ``risk`` is what most say of the risk of
    bias, ``risk_of_bias`` its range from best to worst rating.
    """

    key: str
    stance: Plurality
    design: Plurality
    level: int | None
    human: bool
    risk: Plurality
    risk_of_bias: tuple[str, str] | None
    retracted: bool
    trial: str

    @property
    def on_topic(self) -> bool:
        """Whether the source counts, and any leading stance says that it addresses the claim."""
        return not self.retracted and any(stance in ON_TOPIC for stance in self.stance.leaders)


@dataclass(frozen=True)
class Evidence:
    """What the best level of evidence with a source on topic says of a claim.

    ``level`` is that level, or ``None`` with ``finding`` "none". ``deciding`` are the keys of its sources;
    ``studies`` counts them with the papers of one trial as one. ``ceiling`` says why no claim about people
    can be called accurate on this evidence, "" where it can. ``retracted`` counts the sources that are
    retracted, and so count for nothing.
    """

    finding: Finding
    level: int | None
    studies: int
    deciding: tuple[str, ...]
    ceiling: Ceiling
    retracted: int = 0


@dataclass(frozen=True)
class CertaintyRange:
    """A panel's certainty of the evidence: the median (of two the lower), the lowest and the highest."""

    median: str
    lowest: str
    highest: str
    ratings: int


def plurality(codes: Iterable[str]) -> Plurality:
    """Return the code that is given most often; "" is not said, and does not count."""
    counts = Counter(code for code in codes if code)
    most = max(counts.values(), default=0)
    leaders = tuple(sorted(code for code, count in counts.items() if count == most))
    code = leaders[0] if len(leaders) == 1 else None
    return Plurality(code=code, leaders=leaders, counts=MappingProxyType(dict(sorted(counts.items()))))


def read_source(key: str, *, readings: Sequence[Reading], retracted: bool = False, trial: str = "") -> SourceEvidence:
    """Fold what the reviewers read in one source into one row; ``trial`` is its registration number or ""."""
    design = plurality(reading.design for reading in readings)
    facts = [DESIGN_FACTS[code] for code in design.leaders]
    levels = [fact.level for fact in facts]
    settled = [level for level in levels if level is not None]
    return SourceEvidence(
        key=key,
        stance=plurality(reading.stance for reading in readings),
        design=design,
        level=max(settled) if settled and len(settled) == len(levels) else None,
        human=any(fact.human for fact in facts) or not facts,
        risk=plurality(reading.risk_of_bias for reading in readings),
        risk_of_bias=_range(reading.risk_of_bias for reading in readings),
        retracted=retracted,
        trial=trial,
    )


def _range(risks: Iterable[str]) -> tuple[str, str] | None:
    """Return the best and the worst rating; "cannot be told" is a rating only where there is no other."""
    order = [code for code, _ in RISKS_OF_BIAS]
    rated = sorted({risk for risk in risks if risk}, key=order.index)
    told = [risk for risk in rated if risk != "unclear"] or rated
    return (told[0], told[-1]) if told else None


def weigh_evidence(sources: Sequence[SourceEvidence]) -> Evidence:
    """Return what the best level of evidence says. Sources retracted or off topic count for nothing."""
    on_topic = [source for source in sources if source.on_topic]
    level = min((source.level for source in on_topic if source.level is not None), default=None)
    deciding = [source for source in on_topic if source.level == level and level is not None]
    return Evidence(
        finding=_finding(deciding),
        level=level,
        studies=len({source.trial or source.key for source in deciding}),
        deciding=tuple(sorted(source.key for source in deciding)),
        ceiling=_ceiling(on_topic),
        retracted=sum(source.retracted for source in sources),
    )


def _finding(deciding: Sequence[SourceEvidence]) -> Finding:
    stances = {source.stance.code for source in deciding}
    if not stances:
        return "none"
    if stances == {"supports"}:
        return "supported"
    return "contradicted" if stances == {"contradicts"} else "contested"


def _ceiling(on_topic: Sequence[SourceEvidence]) -> Ceiling:
    if not on_topic:
        return "no_source_on_topic"
    return "" if any(source.human for source in on_topic) else "no_evidence_in_people"


def summarise_certainty(certainties: Iterable[str]) -> CertaintyRange | None:
    """Return median and range of the panel's certainty ratings; ``None`` where nobody gave one."""
    order = [code for code, _ in CERTAINTIES]
    rated = sorted((code for code in certainties if code), key=order.index)
    if not rated:
        return None
    return CertaintyRange(median=rated[len(rated) // 2], lowest=rated[-1], highest=rated[0], ratings=len(rated))


CERTAINTY_WORDS: Mapping[str, str] = MappingProxyType(
    {"high": "does", "moderate": "likely", "low": "may", "very_low": "very uncertain"}
)
"""One lay word for each certainty, after GRADE guidelines 26 (Santesso et al. 2020): an effect of high
certainty is stated plainly ("reduces"), of moderate as likely, of low as may, and of very low as very
uncertain."""

CERTAINTY_SENTENCES: Mapping[str, str] = MappingProxyType(
    {
        "high": "High certainty; new studies are unlikely to change it.",
        "moderate": "Moderate certainty; new studies may change it.",
        "low": "Low certainty; better studies may well show something else.",
        "very_low": "Very low certainty; the evidence hardly tells.",
    }
)
