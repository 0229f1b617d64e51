"""Everything that a report is compiled from, as one frozen value. It names no person, key, clock time or
version number.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from operator import itemgetter
from typing import NamedTuple, Self

from reviews.core.judging.canonical import as_plain, plain_json
from reviews.core.judging.instruments import Answer, Instrument
from reviews.core.judging.rule import RULE, Rule
from reviews.core.judging.scales import ACCURACY, Scale


class InputsDisagree(ValueError):
    """The inputs of a report speak of something that is not among them."""


@dataclass(frozen=True)
class ClaimInput:
    """A claim, by its number in the round (from 1). ``counts_for_article``: it stands in title or body."""

    number: int
    wording: str
    quote: str
    kind: str
    counts_for_article: bool = True
    is_headline: bool = False
    is_high_harm: bool = False


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
    """One reviewer's mark of one claim. ``level`` is ``None`` where ``could_not_assess`` gives the reason."""

    level: str | None
    could_not_assess: str = ""
    flaws: Sequence[str] = ()
    confidence: str = ""
    certainty: str = ""
    rationale: str = ""


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
    and item key; ``omissions`` are notes by kind. ``first_marks`` has, by claim number, the marks as they were
    before a second look changed them: agreement is measured on those.
    """

    conflict_declared: bool = False
    marks: Mapping[int, MarkInput] = field(default_factory=dict)
    appraisals: Mapping[tuple[int, str], AppraisalInput] = field(default_factory=dict)
    answers: Mapping[str, Mapping[str, Answer]] = field(default_factory=dict)
    omissions: Mapping[str, str] = field(default_factory=dict)
    first_marks: Mapping[int, MarkInput] = field(default_factory=dict)

    @property
    def unswayed(self) -> Mapping[int, MarkInput]:
        """The marks from before any second look."""
        return {**self.marks, **self.first_marks}

    def plain(self) -> object:
        """Return the review as it enters the canonical bytes."""
        return as_plain(
            {
                "conflict_declared": self.conflict_declared,
                "marks": {number: _unordered(mark, "flaws") for number, mark in self.marks.items()},
                "first_marks": {number: _unordered(mark, "flaws") for number, mark in self.first_marks.items()},
                "appraisals": [
                    {"claim": claim, "source": key, **_unordered(said, "indirect_in")}
                    for (claim, key), said in sorted(self.appraisals.items(), key=itemgetter(0))
                ],
                "answers": self.answers,
                "omissions": self.omissions,
            }
        )


@dataclass(frozen=True)
class AdjudicationInput:
    """An editor's reasoned decision on one claim; ``level`` ``None`` leaves it without a verdict."""

    level: str | None
    reasoning: str


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
        plain = {name: as_plain(part) for name, part in frame.items()}
        return plain_json({**plain, "reviews": sorted((review.plain() for review in self.reviews), key=plain_json)})


def _check(inputs: PanelInputs) -> None:
    numbers = _only_once((claim.number for claim in inputs.claims), what="claim")
    keys = _only_once((source.key for source in inputs.sources), what="source")
    instruments = _only_once((instrument.key for instrument in inputs.instruments), what="instrument")
    levels = {*inputs.scale.names, None}
    _known((citation[0] for citation in inputs.citations), among=numbers, what="claim")
    _known((citation[1] for citation in inputs.citations), among=keys, what="source")
    _known(inputs.adjudications, among=numbers, what="claim")
    _known((decision.level for decision in inputs.adjudications.values()), among=levels, what="level")
    for review in inputs.reviews:
        _known(review.marks, among=numbers, what="claim")
        _known(review.first_marks, among=numbers, what="claim")
        said = (*review.marks.values(), *review.first_marks.values())
        _known((mark.level for mark in said), among=levels, what="level")
        _known((claim for claim, _ in review.appraisals), among=numbers, what="claim")
        _known((key for _, key in review.appraisals), among=keys, what="source")
        _known(review.answers, among=instruments, what="instrument")


def _only_once(names: Iterable[object], *, what: str) -> set[object]:
    counts = Counter(names)
    if twice := [name for name, count in counts.items() if count > 1]:
        raise InputsDisagree(f"The {what} {twice[0]!r} is given twice.")
    return set(counts)


def _known(names: Iterable[object], *, among: set[object] | set[str | None], what: str) -> None:
    for name in names:
        if name not in among:
            raise InputsDisagree(f"The {what} {name!r} is not among those of this round.")


def _unordered(said: MarkInput | AppraisalInput, *names: str) -> dict[str, object]:
    return {**vars(said), **{name: sorted(set(getattr(said, name))) for name in names}}
