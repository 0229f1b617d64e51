"""Everything that was said in a round, laid out by claim and by source: read once, so that compiling costs no more than
the marks there are.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from reviews.core.judging.inputs import AppraisalInput, MarkInput, PanelInputs, SourceInput


class CastMark(NamedTuple):
    """A mark, and whether its reviewer declared a conflict of interest."""

    mark: MarkInput
    conflict_declared: bool


class Docket:
    """One round's inputs by claim number and source key. Raises nothing: the inputs agree with one another."""

    def __init__(self, inputs: PanelInputs) -> None:
        self.inputs = inputs
        self._sources = {source.key: source for source in inputs.sources}
        self._marks: defaultdict[int, list[CastMark]] = defaultdict(list)
        self._appraisals: defaultdict[tuple[int, str], list[AppraisalInput]] = defaultdict(list)
        self._origins: defaultdict[tuple[int, str], set[str]] = defaultdict(set)
        self._keys: defaultdict[int, set[str]] = defaultdict(set)
        for review in inputs.reviews:
            for number, mark in review.marks.items():
                self._marks[number].append(CastMark(mark, review.conflict_declared))
            for place, said in review.appraisals.items():
                self._appraisals[place].append(said)
                self._keys[place[0]].add(place[1])
        for citation in inputs.citations:
            self._origins[citation.claim, citation.source].add(citation.origin)
            self._keys[citation.claim].add(citation.source)

    def marks(self, claim: int) -> Sequence[CastMark]:
        """Return the marks of a claim; their order must not reach the report."""
        return self._marks.get(claim, [])

    def sources(self, claim: int) -> list[SourceInput]:
        """Return the sources put to a claim, by citation or by appraisal, in order of key."""
        return [self._sources[key] for key in sorted(self._keys.get(claim, ()))]

    def appraisals(self, claim: int, source: str) -> Sequence[AppraisalInput]:
        """Return what reviewers said of one source against one claim; their order must not reach the report."""
        return self._appraisals.get((claim, source), [])

    def origins(self, claim: int, source: str) -> set[str]:
        """Return who put the source to the claim; nobody is "reviewer"."""
        return self._origins.get((claim, source)) or {"reviewer"}

    def article_gives_source(self, claim: int) -> bool:
        return any("article" in self._origins.get((claim, key), ()) for key in self._keys.get(claim, ()))
