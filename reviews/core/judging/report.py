"""The report of a round as one value: what the panel found, canonical bytes, and a fingerprint.

``compile_panel`` is the way in. The inputs are frozen values of ``inputs``; the body is plain data that JSON
can say, so a stored report reads back as the very same thing.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace

from reviews.core.judging.canonical import as_plain, plain_json
from reviews.core.judging.concord import agreement_of, agreement_over
from reviews.core.judging.differences import Difference, differences
from reviews.core.judging.docket import Docket
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
from reviews.core.judging.rule import NotARule, Rule, RuleDoesNotFit
from reviews.core.judging.ruling import rule_on_claim

__all__ = [
    "AdjudicationInput",
    "AppraisalInput",
    "CitationInput",
    "ClaimInput",
    "Difference",
    "InputsDisagree",
    "MarkInput",
    "NotARule",
    "PanelInputs",
    "PanelReport",
    "ReviewInput",
    "Rule",
    "RuleDoesNotFit",
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
        return plain_json(self.body)


def compile_panel(inputs: PanelInputs, rule: Rule | None = None) -> PanelReport:
    """Compile one round, under another rule than the inputs' own if one is given.

    The same inputs in any order give the same bytes. Raises ``RuleDoesNotFit``.
    """
    inputs = replace(inputs, rule=rule) if rule else inputs
    judged = inputs.under_rule()
    docket = Docket(judged)
    claims = [rule_on_claim(claim, docket=docket) for claim in sorted(judged.claims, key=lambda claim: claim.number)]
    body = {
        "rule": judged.rule,
        "scale": judged.scale.levels,
        "quorum": judged.quorum,
        "reviewers": len(judged.reviews),
        "outstanding": judged.outstanding,
        "claims": claims,
        "agreement": agreement_of(judged),
        "article": article_of(claims, inputs=judged),
        "instruments": instruments_of(judged),
    }
    plain = {name: as_plain(part) for name, part in body.items()}
    return PanelReport(body=plain, fingerprint=hashlib.sha256(inputs.canonical()).hexdigest())
