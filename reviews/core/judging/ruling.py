"""What a report says of one claim: the ruling, what holds it, evidence, dissent, and the verdict."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from reviews.core.judging.canonical import sort_key
from reviews.core.judging.certainty import arrive_at, reason_title
from reviews.core.judging.docket import Docket
from reviews.core.judging.evidence import (
    CERTAINTY_SENTENCES,
    CERTAINTY_WORDS,
    Evidence,
    Reading,
    SourceEvidence,
    plurality,
    read_source,
    summarise_certainty,
    weigh_evidence,
)
from reviews.core.judging.findings import instruments_of
from reviews.core.judging.inputs import AdjudicationInput, ClaimInput, MarkInput, PanelInputs
from reviews.core.judging.panel import (
    NOT_SUPPORTED_AS_STATED,
    PanelLabel,
    Reason,
    above_evidence_ceiling,
    against_evidence,
    can_still_change,
    conflict_decides,
    not_supported_as_stated,
    not_unanimous,
    panel_label,
    stance_split,
)
from reviews.core.judging.rule import Rule
from reviews.core.judging.scales import Scale
from reviews.core.judging.vocabulary import ATTRIBUTIONS, DESIGNS, FLAWS, RISKS_OF_BIAS, STANCES, Choices, title_of

Plain = dict[str, Any]

STATUS_TITLES: Mapping[str, str] = {
    "disputed": "Disputed",
    "left_open": "No verdict",
    "pending": "Not yet decided",
}

LEVEL_WORDS: Mapping[int, str] = {
    1: "systematic reviews of randomised trials",
    2: "randomised trials",
    3: "controlled cohort studies",
    4: "case-control studies, case series and surveys",
    5: "animal and laboratory studies, mechanism and opinion",
}

LAST_LEVEL = max(LEVEL_WORDS)
"""What lies here need not be a study."""

FINDING_WORDS: Mapping[str, str] = {
    "supported": "supports the claim",
    "contradicted": "contradicts the claim",
    "contested": "is contested",
}


def rule_on_claim(claim: ClaimInput, *, docket: Docket) -> Plain:
    """Return everything that a report says of one claim."""
    inputs, scale = docket.inputs, docket.inputs.scale
    marks = [cast.mark for cast in docket.marks(claim.number)]
    panel = _panel_of(marks, inputs=inputs)
    sources = _sources_of(claim, docket=docket)
    evidence = weigh_evidence(sources)
    held = _reasons(claim, panel=panel, sources=sources, evidence=evidence, docket=docket)
    line = NOT_SUPPORTED_AS_STATED if not_supported_as_stated(panel, scale=scale) else ""
    adjudication = inputs.adjudications.get(claim.number)
    changeable = _changeable(marks, inputs=inputs)
    verdict = _verdict(panel, held=held, adjudication=adjudication, line=line, scale=scale)
    return {
        "number": claim.number,
        "wording": claim.wording,
        "quote": claim.quote,
        "kind": claim.kind,
        "counts_for_article": claim.counts_for_article,
        "is_headline": claim.is_headline,
        "is_high_harm": claim.is_high_harm,
        "panel": _panel_part(panel, marks=marks, line=line, scale=scale),
        "held": held,
        "can_still_change": changeable,
        "adjudication": adjudication,
        "verdict": verdict,
        "evidence": _evidence_part(claim, sources=sources, evidence=evidence, docket=docket),
        "certainty": _certainty_part(marks),
        "confidence": _counts(mark.confidence for mark in marks),
        "flaws": _flaws(marks),
        "attribution": _attribution_part(claim, marks=marks),
        "instruments": instruments_of(inputs, claim=claim.number),
        "rationales": _rationales(marks, scale=scale),
        "minority_statements": sorted(
            review.statements[claim.number] for review in inputs.reviews if claim.number in review.statements
        ),
        "dissent": dissent_words(panel, verdict=verdict["level"], scale=scale),
        "would_change": what_would_change(claim.kind, evidence, changeable=changeable, rule=inputs.rule),
    }


def _panel_of(marks: Sequence[MarkInput], *, inputs: PanelInputs) -> PanelLabel:
    return panel_label(
        [mark.level for mark in marks],
        quorum=inputs.quorum,
        scale=inputs.scale,
        outstanding=inputs.outstanding,
        rule=inputs.rule,
    )


def _changeable(marks: Sequence[MarkInput], *, inputs: PanelInputs) -> bool:
    return can_still_change(
        [mark.level for mark in marks],
        outstanding=inputs.outstanding,
        quorum=inputs.quorum,
        scale=inputs.scale,
        rule=inputs.rule,
    )


def _reasons(
    claim: ClaimInput,
    *,
    panel: PanelLabel,
    sources: Sequence[SourceEvidence],
    evidence: Evidence,
    docket: Docket,
) -> list[Reason]:
    """Return all reasons of the rule that hold the claim for the editor. A retracted source counts for nothing, splits
    included.
    """
    scale, rule = docket.inputs.scale, docket.inputs.rule
    votes = [(cast.mark.level, cast.conflict_declared) for cast in docket.marks(claim.number)]
    standing = [source for source in sources if not source.retracted]
    titles = {given.key: str(given.record.get("title", "")) for given in docket.sources(claim.number)}
    splits = [
        stance_split(source.key, source.stance.counts, title=titles[source.key], rule=rule) for source in standing
    ]
    found = [
        *panel.reasons,
        *(reason for split in splits for reason in split),
        *against_evidence(panel.label, evidence, scale=scale),
        *above_evidence_ceiling(panel.label, evidence, claim_kind=claim.kind, scale=scale, rule=rule),
        *not_unanimous(panel, is_high_harm=claim.is_high_harm),
        *conflict_decides(votes, quorum=docket.inputs.quorum, scale=scale, rule=rule),
    ]
    return [reason for reason in found if reason.name in rule.triggers]


def _panel_part(panel: PanelLabel, *, marks: Sequence[MarkInput], line: str, scale: Scale) -> Plain:
    return {
        "label": panel.label,
        "title": scale.level(panel.label).title if panel.label else "",
        "line": line,
        "words": panel.words,
        "because": panel.because,
        "counts": panel.counts,
        "votes": panel.votes,
        "could_not_assess": panel.could_not_assess,
        "could_not_assess_why": _counts(mark.could_not_assess for mark in marks if mark.level is None),
    }


def _verdict(
    panel: PanelLabel,
    *,
    held: Sequence[Reason],
    adjudication: AdjudicationInput | None,
    line: str,
    scale: Scale,
) -> Plain:
    """Return what stands in the end: the editor's decision, else the panel's label unless it is held."""
    if adjudication:
        status, level = "adjudicated" if adjudication.level else "left_open", adjudication.level
    elif held:
        status, level = "disputed", None
    else:
        status, level = ("panel" if panel.label else "pending"), panel.label
    title = scale.level(level).title if level else STATUS_TITLES[status]
    return {"status": status, "level": level, "title": title, "line": "" if level else line}


def _sources_of(claim: ClaimInput, *, docket: Docket) -> list[SourceEvidence]:
    """Return what the panel reads in each source put to the claim, in order of key."""
    return [
        read_source(
            source.key,
            readings=[
                Reading(said.stance, said.design, said.risk_of_bias)
                for said in docket.appraisals(claim.number, source.key)
            ],
            retracted=source.retracted,
            trial=source.trial,
        )
        for source in docket.sources(claim.number)
    ]


def _evidence_part(
    claim: ClaimInput, *, sources: Sequence[SourceEvidence], evidence: Evidence, docket: Docket
) -> Plain:
    records = docket.sources(claim.number)
    return {
        "finding": evidence.finding,
        "level": evidence.level,
        "studies": evidence.studies,
        "ceiling": evidence.ceiling,
        "words": evidence_words(evidence),
        "article_gives_source": docket.article_gives_source(claim.number),
        "sources": [
            _source_part(claim, source=source, record=given.record, evidence=evidence, docket=docket)
            for source, given in zip(sources, records, strict=True)
        ],
    }


def evidence_words(evidence: Evidence) -> str:
    """Return what the best evidence says, in one sentence, and in another that what is retracted does not count."""
    gone = ["", " A retracted source does not count.", f" {evidence.retracted} retracted sources do not count."]
    return f"{_best_evidence_words(evidence)}{gone[min(evidence.retracted, 2)]}"


def _best_evidence_words(evidence: Evidence) -> str:
    if evidence.level is None:
        return "No study that addresses the claim was put to it."
    one, more = ("source", "sources") if evidence.level == LAST_LEVEL else ("study", "studies")
    count = f"{evidence.studies} {one if evidence.studies == 1 else more}"
    kinds = LEVEL_WORDS[evidence.level]
    return f"The best evidence, level {evidence.level} ({kinds}; {count}), {FINDING_WORDS[evidence.finding]}."


def _source_part(
    claim: ClaimInput,
    *,
    source: SourceEvidence,
    record: Mapping[str, object],
    evidence: Evidence,
    docket: Docket,
) -> Plain:
    said = docket.appraisals(claim.number, source.key)
    quotes = {(one.quote, one.locator, one.quote_found) for one in said if one.quote}
    return {
        "key": source.key,
        "record": record,
        "retracted": source.retracted,
        "trial": source.trial,
        "origins": sorted(docket.origins(claim.number, source.key)),
        "readings": len(said),
        "stance": source.stance,
        "stance_title": _settled_title(source.stance.code, choices=STANCES, said=bool(source.stance.counts)),
        "design": source.design,
        "design_title": _settled_title(source.design.code, choices=DESIGNS, said=bool(source.design.counts)),
        "level": source.level,
        "risk": source.risk,
        "risk_title": _settled_title(source.risk.code, choices=RISKS_OF_BIAS, said=bool(source.risk.counts)),
        "risk_of_bias": source.risk_of_bias,
        "directness": _counts(one.directness for one in said),
        "indirect_in": _counts(what for one in said for what in set(one.indirect_in)),
        "on_topic": source.on_topic,
        "decides": source.key in evidence.deciding,
        "quotes": sorted(
            ({"quote": quote, "locator": locator, "found": found} for quote, locator, found in quotes),
            key=sort_key,
        ),
    }


def _settled_title(code: str | None, *, choices: Choices, said: bool) -> str:
    if code:
        return title_of(code, choices=choices)
    return "Not settled" if said else "Not assessed"


def _certainty_part(marks: Sequence[MarkInput]) -> Plain | None:
    certainty = summarise_certainty(mark.certainty or _arrived(mark) for mark in marks)
    if certainty is None:
        return None
    reasons = _counts(reason for mark in marks for reason in set(mark.certainty_reasons))
    return {
        "median": certainty.median,
        "lowest": certainty.lowest,
        "highest": certainty.highest,
        "ratings": certainty.ratings,
        "word": CERTAINTY_WORDS[certainty.median],
        "words": CERTAINTY_SENTENCES[certainty.median],
        "reasons": [
            {"code": code, "title": reason_title(code), "count": reasons[code]}
            for code in sorted(reasons, key=lambda code: (-reasons[code], code))
        ],
        "other_than_reasons": sum(_arrived(mark) not in ("", mark.certainty) for mark in marks if mark.certainty),
    }


def _arrived(mark: MarkInput) -> str:
    return arrive_at(mark.certainty_start, mark.certainty_reasons)


def _attribution_part(claim: ClaimInput, *, marks: Sequence[MarkInput]) -> Plain | None:
    """Return what came of the search for a source that the article does not name; ``None`` where it was not asked."""
    if not claim.asks_for_source:
        return None
    found = plurality(mark.attribution for mark in marks)
    title = _settled_title(found.code, choices=ATTRIBUTIONS, said=bool(found.counts))
    return {"code": found.code, "title": title, "counts": found.counts}


def _flaws(marks: Sequence[MarkInput]) -> list[Plain]:
    """Return the flaws that reviewers found, most often named first."""
    counts = Counter(flaw for mark in marks for flaw in set(mark.flaws))
    found = sorted(counts, key=lambda flaw: (-counts[flaw], flaw))
    return [{"code": flaw, "title": title_of(flaw, choices=FLAWS), "count": counts[flaw]} for flaw in found]


def _rationales(marks: Sequence[MarkInput], *, scale: Scale) -> list[Plain]:
    """Return the reasons that reviewers wrote, by level and text: in no reviewer's order."""
    order = {name: place for place, name in enumerate(scale.names)}
    written = [mark for mark in marks if mark.rationale.strip()]
    written.sort(key=lambda mark: (order.get(mark.level or "", len(order)), mark.rationale))
    return [
        {
            "level": mark.level,
            "title": scale.level(mark.level).title if mark.level else "Could not assess",
            "text": mark.rationale.strip(),
        }
        for mark in written
    ]


def dissent_words(panel: PanelLabel, *, verdict: str | None, scale: Scale) -> str:
    """Return in one sentence who differs from the verdict that stands, an editor's included; "" where nobody does."""
    others = [level for level in scale if panel.counts[level.name] and level.name != verdict]
    spoken = ", ".join(f"{panel.counts[level.name]} {level.title.lower()}" for level in others)
    if verdict is None:
        return f"The reviewers did not agree: {spoken}." if len(others) > 1 else ""
    if not others:
        return ""
    dissenting = sum(panel.counts[level.name] for level in others)
    spoken = others[0].title.lower() if len(others) == 1 else spoken
    return f"{dissenting} of {panel.votes} reviewers saw it otherwise: {spoken}."


def what_would_change(claim_kind: str, evidence: Evidence, *, changeable: bool, rule: Rule) -> str:
    """Return what could make the ruling another, in one or two sentences.

    Only claims about what something does to people (``ceiling_kinds``) are settled by trials.
    """
    better = _better_study(evidence) if claim_kind in rule.ceiling_kinds else _better_source(evidence)
    return f"Reviews that are still out could change it. {better}" if changeable else better


def _better_study(evidence: Evidence) -> str:
    if evidence.ceiling or evidence.level is None:
        return "A study in people that addresses this claim could change what can be said."
    if evidence.level > 2:
        return "A randomised trial, or a systematic review of trials, with another result could change it."
    if evidence.level == 2:
        return "A larger trial, or a systematic review of trials, with another result could change it."
    return "Only large new trials, or a new review of them, with another result could change it."


def _better_source(evidence: Evidence) -> str:
    if evidence.level is None:
        return "A source that addresses this claim could change what can be said."
    return "Better evidence that says something else could change it."


def _counts(codes: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(code for code in codes if code).items()))
