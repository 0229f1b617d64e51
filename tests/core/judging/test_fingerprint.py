"""Every input is in the fingerprint, and nothing else. The fields are asked of the dataclasses: a new one that nobody
changes here fails.
"""

from dataclasses import fields, replace

import pytest

from reviews.core.judging.definitions import shipped_instruments
from reviews.core.judging.inputs import (
    AdjudicationInput,
    AppraisalInput,
    CitationInput,
    ClaimInput,
    MarkInput,
    PanelInputs,
    ReviewInput,
    SourceInput,
)
from reviews.core.judging.report import compile_panel
from reviews.core.judging.rule import Rule
from reviews.core.judging.scales import ACCURACY, Level, Scale

FORM, OTHER_FORM = shipped_instruments()[:2]
KEY, OTHER = "doi:10.1000/a", "doi:10.1000/b"
MARK = MarkInput("accurate", "", ("cherry_picked",), "high", "low", "Because.")
APPRAISAL = AppraisalInput("supports", "So it was.", "p. 3", True, "animal", "low", "direct", ("dose",))
REVIEW = ReviewInput(
    conflict_declared=False,
    marks={1: MARK, 2: MARK},
    appraisals={(1, KEY): APPRAISAL},
    answers={FORM.key: {FORM.items[0].key: 3}},
    omissions={"cost": "None is named."},
    first_marks={1: MarkInput("inaccurate")},
)
CLAIM = ClaimInput(1, "It helps.", "it helps", "effect", True, False, False)
SOURCE = SourceInput(KEY, {"title": "A trial"}, False, "NCT01234567")
BASE = PanelInputs(
    claims=[CLAIM, replace(CLAIM, number=2)],
    sources=[SOURCE, replace(SOURCE, key=OTHER)],
    citations=[CitationInput(1, KEY, "article")],
    reviews=[REVIEW, REVIEW],
    instruments=[FORM],
    adjudications={1: AdjudicationInput("accurate", "Weighed.")},
    outstanding=1,
    quorum=2,
)
RENAMED = Scale(tuple(replace(level, title=f"{level.title}!") for level in ACCURACY))

CHANGES = {
    PanelInputs: {
        "claims": [*BASE.claims, replace(CLAIM, number=3)],
        "sources": [*BASE.sources, replace(SOURCE, key="doi:10.1000/c")],
        "citations": [],
        "reviews": [REVIEW],
        "instruments": [FORM, OTHER_FORM],
        "adjudications": {},
        "outstanding": 2,
        "quorum": 3,
        "scale": RENAMED,
        "rule": Rule(version="2"),
    },
    ClaimInput: {
        "number": 3,
        "wording": "It helps much.",
        "quote": "it helps much",
        "kind": "risk",
        "counts_for_article": False,
        "is_headline": True,
        "is_high_harm": True,
        "asks_for_source": True,
    },
    SourceInput: {"key": "doi:10.1000/c", "record": {"title": "Another"}, "retracted": True, "trial": ""},
    CitationInput: {"claim": 2, "source": OTHER, "origin": "editor"},
    ReviewInput: {
        "conflict_declared": True,
        "marks": {1: MARK},
        "appraisals": {(2, KEY): APPRAISAL},
        "answers": {FORM.key: {FORM.items[0].key: 4}},
        "claim_answers": {(1, FORM.key): {FORM.items[0].key: 4}},
        "omissions": {"cost": "None is given."},
        "first_marks": {},
        "statements": {1: "I saw it otherwise."},
    },
    MarkInput: {
        "level": "misleading",
        "could_not_assess": "no_access",
        "flaws": ("out_of_date",),
        "confidence": "low",
        "certainty": "high",
        "rationale": "Because not.",
        "certainty_start": "observational",
        "certainty_reasons": ("imprecision_1",),
        "attribution": "found",
    },
    AppraisalInput: {
        "stance": "mixed",
        "quote": "So it was not.",
        "locator": "p. 4",
        "quote_found": None,
        "design": "laboratory",
        "risk_of_bias": "high",
        "directness": "indirect",
        "indirect_in": ("route",),
    },
    AdjudicationInput: {"level": None, "reasoning": "Weighed again.", "disagreement": "error"},
}

PLACED = {
    PanelInputs: lambda inputs: inputs,
    ClaimInput: lambda claim: replace(BASE, claims=[replace(CLAIM, number=2), claim], **SILENT),
    SourceInput: lambda source: replace(BASE, sources=[replace(SOURCE, key=OTHER), source], **SILENT),
    CitationInput: lambda citation: replace(BASE, citations=[citation]),
    ReviewInput: lambda review: replace(BASE, reviews=[REVIEW, review]),
    MarkInput: lambda mark: replace(BASE, reviews=[REVIEW, replace(REVIEW, marks={1: mark, 2: MARK})]),
    AppraisalInput: lambda said: replace(BASE, reviews=[REVIEW, replace(REVIEW, appraisals={(1, KEY): said})]),
    AdjudicationInput: lambda decision: replace(BASE, adjudications={1: decision}),
}
SILENT = {"citations": [], "reviews": [], "adjudications": {}}
BEFORE = {
    PanelInputs: BASE,
    ClaimInput: CLAIM,
    SourceInput: SOURCE,
    CitationInput: BASE.citations[0],
    ReviewInput: REVIEW,
    MarkInput: MARK,
    AppraisalInput: APPRAISAL,
    AdjudicationInput: BASE.adjudications[1],
}


def names_of(kind):
    return kind._fields if kind is CitationInput else [field.name for field in fields(kind)]


def changed(value, name, to):
    return value._replace(**{name: to}) if isinstance(value, CitationInput) else replace(value, **{name: to})


@pytest.mark.parametrize("name", [(kind, name) for kind in CHANGES for name in names_of(kind)], ids=str)
def test_every_field_of_every_input_is_in_the_fingerprint(name):
    kind, field = name
    before = BEFORE[kind]
    after = changed(before, field, CHANGES[kind][field])

    assert compile_panel(PLACED[kind](after)).fingerprint != compile_panel(PLACED[kind](before)).fingerprint


@pytest.mark.parametrize("field", fields(Level), ids=lambda field: field.name)
def test_every_field_of_a_level_is_in_the_fingerprint(field):
    first, second, *rest = ACCURACY
    to = {"position": None, "beyond_harm_line": True, "name": "fine", "title": "Fine", "definition": "All is well."}
    levels = {
        "position": [replace(first, position=1), replace(second, position=0), *rest],
        "beyond_harm_line": [first, replace(second, beyond_harm_line=True), *rest],
    }.get(field.name) or [replace(first, **{field.name: to[field.name]}), second, *rest]
    quiet = PanelInputs(claims=[CLAIM])

    other = replace(quiet, scale=Scale(tuple(levels)))

    assert compile_panel(other).fingerprint != compile_panel(quiet).fingerprint


def test_every_kind_of_input_is_asked_after():
    """A dataclass of the inputs that is missing above would be forgotten."""
    from reviews.core.judging import inputs

    kinds = {
        kind for kind in vars(inputs).values() if isinstance(kind, type) and kind.__name__.endswith(("Input", "Inputs"))
    }
    assert kinds == set(CHANGES)


def test_what_is_no_input_changes_nothing():
    """Order and spelling: marks twice, sets for lists, another mapping order."""
    turned = replace(
        REVIEW,
        marks={2: MARK, 1: replace(MARK, flaws=["cherry_picked", "cherry_picked"])},
        appraisals={(1, KEY): replace(APPRAISAL, indirect_in=["dose", "dose"])},
    )
    other = replace(BASE, claims=BASE.claims[::-1], sources=BASE.sources[::-1], reviews=(turned, REVIEW))

    assert compile_panel(other) == compile_panel(BASE)
