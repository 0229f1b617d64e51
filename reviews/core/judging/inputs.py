"""Everything that a report is compiled from, as one frozen value. It names no person, key, clock time or
version number.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from operator import itemgetter
from typing import NamedTuple, Self

from reviews.core.judging.canonical import as_plain, canonical_json, joined_json, plain_json
from reviews.core.judging.certainty import REASONS, STARTS
from reviews.core.judging.instruments import Answer, Instrument
from reviews.core.judging.rule import RULE, Rule
from reviews.core.judging.scales import ACCURACY, Scale
from reviews.core.judging.vocabulary import (
    ATTRIBUTIONS,
    CERTAINTIES,
    CITATION_ORIGINS,
    CLAIM_KINDS,
    CONFIDENCES,
    COULD_NOT_ASSESS,
    DESIGNS,
    DIRECTNESS,
    DISAGREEMENTS,
    FLAWS,
    INDIRECT_IN,
    OMISSIONS,
    RISKS_OF_BIAS,
    STANCES,
    Choices,
)

Known = AbstractSet[object]


def _codes(choices: Choices) -> Known:
    return frozenset(code for code, _ in choices)


NOT_SAID: Known = frozenset([""])
KINDS, ORIGINS, FLAWED, OMITTED, INDIRECT = map(_codes, (CLAIM_KINDS, CITATION_ORIGINS, FLAWS, OMISSIONS, INDIRECT_IN))
CERTAIN, STARTED, CONFIDENT, ATTRIBUTED, UNABLE, DISAGREED = (
    _codes(choices) | NOT_SAID
    for choices in (CERTAINTIES, STARTS, CONFIDENCES, ATTRIBUTIONS, COULD_NOT_ASSESS, DISAGREEMENTS)
)
STANCED, DESIGNED, BIASED, DIRECTED = (
    _codes(choices) | NOT_SAID for choices in (STANCES, DESIGNS, RISKS_OF_BIAS, DIRECTNESS)
)
MOVING: Known = frozenset(REASONS)


class InputsDisagree(ValueError):
    """The inputs of a report speak of something that is not among them."""


@dataclass(frozen=True)
class ClaimInput:
    """A claim, by its number in the round (from 1).

    ``counts_for_article``: it stands in title or body. ``asks_for_source``: it is put to a vague "studies show", and
    the article gives no source.
    """

    number: int
    wording: str
    quote: str
    kind: str
    counts_for_article: bool = True
    is_headline: bool = False
    is_high_harm: bool = False
    asks_for_source: bool = False


@dataclass(frozen=True)
class SourceInput:
    """A source, by a key made of its content; ``record`` is CSL-JSON, ``trial`` its registration or ""."""

    key: str
    record: Mapping[str, object]
    retracted: bool = False
    trial: str = ""


class CitationInput(NamedTuple):
    """A source put to a claim: by the "article" itself, by an "editor" or by a "reviewer"."""

    claim: int
    source: str
    origin: str


@dataclass(frozen=True)
class MarkInput:
    """One reviewer's mark of one claim. ``level`` is ``None`` where ``could_not_assess`` gives the reason.

    ``certainty`` is what the reviewer says; where that is "", it is what ``certainty_start`` and ``certainty_reasons``
    arrive at (``certainty.arrive_at``). ``attribution`` is what came of the search for a source that is not named.
    """

    level: str | None
    could_not_assess: str = ""
    flaws: Sequence[str] = ()
    confidence: str = ""
    certainty: str = ""
    rationale: str = ""
    certainty_start: str = ""
    certainty_reasons: Sequence[str] = ()
    attribution: str = ""


@dataclass(frozen=True)
class AppraisalInput:
    """One reviewer's reading of one source against one claim; ``quote_found`` is ``None`` where nobody could
    check.
    """

    stance: str
    quote: str = ""
    locator: str = ""
    quote_found: bool | None = None
    design: str = ""
    risk_of_bias: str = ""
    directness: str = ""
    indirect_in: Sequence[str] = ()


@dataclass(frozen=True)
class ReviewInput:
    """One submitted review.

    ``marks`` by claim number; ``appraisals`` by claim number and source key; ``answers`` by instrument key
    and item key; ``claim_answers`` by claim number and instrument key, then item key; ``omissions`` are notes by kind.
    ``first_marks`` has, by claim number, the marks as they were before a second look changed them: agreement is
    measured on those. ``statements`` are minority statements by claim number.
    """

    conflict_declared: bool = False
    marks: Mapping[int, MarkInput] = field(default_factory=dict)
    appraisals: Mapping[tuple[int, str], AppraisalInput] = field(default_factory=dict)
    answers: Mapping[str, Mapping[str, Answer]] = field(default_factory=dict)
    claim_answers: Mapping[tuple[int, str], Mapping[str, Answer]] = field(default_factory=dict)
    omissions: Mapping[str, str] = field(default_factory=dict)
    first_marks: Mapping[int, MarkInput] = field(default_factory=dict)
    statements: Mapping[int, str] = field(default_factory=dict)

    @property
    def unswayed(self) -> Mapping[int, MarkInput]:
        """The marks from before any second look."""
        return {**self.marks, **self.first_marks}

    def plain(self) -> object:
        """Return the review as it enters the canonical bytes."""
        return as_plain(
            {
                "conflict_declared": self.conflict_declared,
                "marks": _plain_marks(self.marks),
                "first_marks": _plain_marks(self.first_marks),
                "statements": self.statements,
                "appraisals": [
                    {"claim": claim, "source": key, **_unordered(said, "indirect_in")}
                    for (claim, key), said in sorted(self.appraisals.items(), key=itemgetter(0))
                ],
                "answers": self.answers,
                "claim_answers": [
                    {"claim": claim, "instrument": key, "answers": said}
                    for (claim, key), said in sorted(self.claim_answers.items(), key=itemgetter(0))
                ],
                "omissions": self.omissions,
            }
        )


@dataclass(frozen=True)
class AdjudicationInput:
    """An editor's reasoned decision on one claim; ``level`` ``None`` leaves it without a verdict.

    ``disagreement`` is a code of ``DISAGREEMENTS``: what the panel's disagreement came from, "" where not said.
    """

    level: str | None
    reasoning: str
    disagreement: str = ""


@dataclass(frozen=True)
class PanelInputs:
    """One round as it stands. The order of claims, sources, citations, reviews and instruments means nothing.

    ``reviews`` are the submitted ones; ``outstanding`` counts the reviews that may still come in. Raises
    ``InputsDisagree`` where a part names something that is not there.
    """

    claims: Sequence[ClaimInput]
    sources: Sequence[SourceInput] = ()
    citations: Sequence[CitationInput] = ()
    reviews: Sequence[ReviewInput] = ()
    instruments: Sequence[Instrument] = ()
    adjudications: Mapping[int, AdjudicationInput] = field(default_factory=dict)
    outstanding: int = 0
    quorum: int = 2
    scale: Scale = ACCURACY
    rule: Rule = RULE

    def __post_init__(self) -> None:
        _check(self)

    def under_rule(self) -> Self:
        """Return the inputs with scale and quorum as the rule has them; raises ``RuleDoesNotFit``."""
        return replace(self, scale=self.rule.drawn_on(self.scale), quorum=self.rule.quorum_for(self.quorum))

    def canonical(self) -> bytes:
        """Return the inputs as canonical JSON: the same bytes whatever order the parts came in."""
        frame = {
            "rule": self.rule,
            "scale": self.scale,
            "quorum": self.quorum,
            "outstanding": self.outstanding,
            "claims": sorted(self.claims, key=lambda claim: claim.number),
            "sources": sorted(self.sources, key=lambda source: source.key),
            "citations": sorted({tuple(citation) for citation in self.citations}),
            "instruments": sorted(self.instruments, key=lambda instrument: instrument.key),
            "adjudications": self.adjudications,
        }
        reviews = sorted(plain_json(review.plain()) for review in self.reviews)
        said = {name: canonical_json(part) for name, part in frame.items()}
        return joined_json({**said, "reviews": b"[" + b",".join(reviews) + b"]"})


def _check(inputs: PanelInputs) -> None:
    numbers = _only_once((claim.number for claim in inputs.claims), what="claim")
    keys = _only_once((source.key for source in inputs.sources), what="source")
    instruments = _only_once((instrument.key for instrument in inputs.instruments), what="instrument")
    levels: Known = {*inputs.scale.names, None}
    _known((claim.kind for claim in inputs.claims), among=KINDS, what="kind of claim")
    _known((citation[0] for citation in inputs.citations), among=numbers, what="claim")
    _known((citation[1] for citation in inputs.citations), among=keys, what="source")
    _known((citation[2] for citation in inputs.citations), among=ORIGINS, what="origin")
    _known(inputs.adjudications, among=numbers, what="claim")
    _known((decision.level for decision in inputs.adjudications.values()), among=levels, what="level")
    causes = (decision.disagreement for decision in inputs.adjudications.values())
    _known(causes, among=DISAGREED, what="cause of a disagreement")
    if inputs.outstanding < 0:
        raise InputsDisagree(f"{inputs.outstanding} reviews cannot be out.")
    for place, review in enumerate(inputs.reviews, 1):
        where = f" (review {place})"
        _check_marks(review.marks, numbers=numbers, levels=levels, where=where)
        _check_marks(review.first_marks, numbers=numbers, levels=levels, where=where)
        _check_appraisals(review, numbers=numbers, keys=keys, where=where)
        _known(review.answers, among=instruments, what="instrument", where=where)
        _known((claim for claim, _ in review.claim_answers), among=numbers, what="claim", where=where)
        _known((key for _, key in review.claim_answers), among=instruments, what="instrument", where=where)
        _known(review.statements, among=numbers, what="claim", where=where)
        _known(review.omissions, among=OMITTED, what="omission", where=where)


def _check_marks(marks: Mapping[int, MarkInput], *, numbers: Known, levels: Known, where: str) -> None:
    _known(marks, among=numbers, what="claim", where=where)
    said = marks.values()
    _known((mark.level for mark in said), among=levels, what="level", where=where)
    _known((flaw for mark in said for flaw in mark.flaws), among=FLAWED, what="flaw", where=where)
    _known((mark.certainty for mark in said), among=CERTAIN, what="certainty", where=where)
    _known((mark.certainty_start for mark in said), among=STARTED, what="start of the certainty", where=where)
    reasons = (reason for mark in said for reason in mark.certainty_reasons)
    _known(reasons, among=MOVING, what="reason for the certainty", where=where)
    _known((mark.confidence for mark in said), among=CONFIDENT, what="confidence", where=where)
    _known((mark.could_not_assess for mark in said), among=UNABLE, what="reason not to assess", where=where)
    _known((mark.attribution for mark in said), among=ATTRIBUTED, what="attribution", where=where)


def _check_appraisals(review: ReviewInput, *, numbers: Known, keys: Known, where: str) -> None:
    _known((claim for claim, _ in review.appraisals), among=numbers, what="claim", where=where)
    _known((key for _, key in review.appraisals), among=keys, what="source", where=where)
    said = review.appraisals.values()
    _known((one.stance for one in said), among=STANCED, what="stance", where=where)
    _known((one.design for one in said), among=DESIGNED, what="design", where=where)
    _known((one.risk_of_bias for one in said), among=BIASED, what="risk of bias", where=where)
    _known((one.directness for one in said), among=DIRECTED, what="directness", where=where)
    _known((what for one in said for what in one.indirect_in), among=INDIRECT, what="indirectness", where=where)


def _only_once(names: Iterable[object], *, what: str) -> set[object]:
    counts = Counter(names)
    if twice := [name for name, count in counts.items() if count > 1]:
        raise InputsDisagree(f"The {what} {twice[0]!r} is given twice.")
    return set(counts)


def _known(names: Iterable[object], *, among: Known, what: str, where: str = "") -> None:
    for name in names:
        if name not in among:
            raise InputsDisagree(f"The {what} {name!r} is not among those of this round{where}.")


def _plain_marks(marks: Mapping[int, MarkInput]) -> dict[int, dict[str, object]]:
    return {number: _unordered(mark, "flaws", "certainty_reasons") for number, mark in marks.items()}


def _unordered(said: MarkInput | AppraisalInput, *names: str) -> dict[str, object]:
    return {**vars(said), **{name: sorted(set(getattr(said, name))) for name in names}}
