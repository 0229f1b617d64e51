"""The report of a round as one value: what the panel found, canonical bytes, and a fingerprint.

``compile_panel`` is the way in. The inputs are frozen values of ``inputs``; the body is plain data that JSON
can say, so a stored report reads back as the very same thing.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from reviews.core.judging.canonical import as_plain, canonical_json
from reviews.core.judging.concord import agreement_of, agreement_over
from reviews.core.judging.differences import Difference, differences
from reviews.core.judging.findings import article_of, instruments_of
from reviews.core.judging.inputs import (
    AdjudicationInput,
    AppraisalInput,
    CitationInput,
    ClaimInput,
    InputsDisagree,
    MarkInput,
    PanelInputs,
    ReviewInput,
    SourceInput,
)
from reviews.core.judging.ruling import rule_on_claim

__all__ = [
    "AdjudicationInput",
    "AppraisalInput",
    "CitationInput",
    "ClaimInput",
    "Difference",
    "InputsDisagree",
    "MarkInput",
    "PanelInputs",
    "PanelReport",
    "ReviewInput",
    "SourceInput",
    "agreement_over",
    "compile_panel",
    "differences",
]


@dataclass(frozen=True)
class PanelReport:
    """A compiled round. ``fingerprint`` is the SHA-256 (hex) of the canonical inputs, the rule among them.

    ``body`` holds ``rule``, ``scale``, ``quorum``, ``reviewers``, ``outstanding``, ``claims``, ``agreement``,
    ``article`` and ``instruments``. It holds no database key, clock time, version of the report, or person.
    """

    body: Mapping[str, object]
    fingerprint: str

    def canonical(self) -> bytes:
        """Return the body as canonical JSON; numbers that are not whole are strings with three decimals."""
        return canonical_json(self.body)


def compile_panel(inputs: PanelInputs) -> PanelReport:
    """Compile one round. The same inputs in any order give the same bytes."""
    claims = [rule_on_claim(claim, inputs=inputs) for claim in sorted(inputs.claims, key=lambda claim: claim.number)]
    body = {
        "rule": inputs.rule,
        "scale": inputs.scale.levels,
        "quorum": inputs.quorum,
        "reviewers": len(inputs.reviews),
        "outstanding": inputs.outstanding,
        "claims": claims,
        "agreement": agreement_of(inputs),
        "article": article_of(claims, inputs=inputs),
        "instruments": instruments_of(inputs),
    }
    plain = {name: as_plain(part) for name, part in body.items()}
    return PanelReport(body=plain, fingerprint=hashlib.sha256(inputs.canonical()).hexdigest())
