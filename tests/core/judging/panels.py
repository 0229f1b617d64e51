"""Panels for the tests of the report: one written by hand, and any that hypothesis makes up."""

from hypothesis import strategies as st

from reviews.core.judging.definitions import shipped_instruments
from reviews.core.judging.report import (
    AdjudicationInput,
    AppraisalInput,
    CitationInput,
    ClaimInput,
    MarkInput,
    PanelInputs,
    ReviewInput,
    SourceInput,
)
from reviews.core.judging.scales import ACCURACY
from reviews.core.judging.vocabulary import CERTAINTIES, DESIGNS, FLAWS, OMISSIONS, RISKS_OF_BIAS, STANCES

TRIAL = SourceInput("doi:10.1000/trial", {"title": "A trial", "type": "article-journal"}, trial="NCT01234567")
MICE = SourceInput("pmid:123", {"title": "Mice", "type": "article-journal"})
HEALTHNEWSREVIEW = shipped_instruments()[1]


def mark(level, **parts):
    return MarkInput(level, **parts) if level else MarkInput(None, could_not_assess="outside_my_field", **parts)


def review(*levels, stances=(), conflict=False, omissions=(), answers=None):
    """One review: levels of claims 1, 2 and so on; stances of the trial towards the same claims."""
    return ReviewInput(
        conflict_declared=conflict,
        marks={number: mark(level) for number, level in enumerate(levels, 1)},
        appraisals={
            (number, TRIAL.key): AppraisalInput(stance, design="randomised_trial", quote="So it was.", quote_found=True)
            for number, stance in enumerate(stances, 1)
        },
        omissions=dict.fromkeys(omissions, "None is named."),
        answers={HEALTHNEWSREVIEW.key: answers} if answers else {},
    )


def claim(number, **parts):
    return ClaimInput(
        number, **{"wording": f"Claim {number}", "quote": f"claim {number}", "kind": "definition"} | parts
    )


def panel(*reviews, claims=None, **parts):
    """A round on as many claims as the first review marks, if none are given."""
    claims = claims or [claim(number) for number in sorted(reviews[0].marks)]
    return PanelInputs(claims=claims, sources=[TRIAL, MICE], reviews=reviews, **parts)


def _codes(choices):
    return st.sampled_from(["", *(code for code, _ in choices)])


levels = st.sampled_from([*ACCURACY.names, None])
marks = st.builds(
    lambda level, flaws, certainty, rationale: mark(level, flaws=flaws, certainty=certainty, rationale=rationale),
    levels,
    st.lists(st.sampled_from([code for code, _ in FLAWS]), max_size=3),
    _codes(CERTAINTIES),
    st.sampled_from(["", "Seen otherwise.", "The trial was small."]),
)
appraisals = st.builds(
    AppraisalInput,
    stance=_codes(STANCES),
    design=_codes(DESIGNS),
    risk_of_bias=_codes(RISKS_OF_BIAS),
    quote=st.sampled_from(["", "So it was.", "And so it was not."]),
    quote_found=st.sampled_from([None, True, False]),
)


@st.composite
def panels(draw):
    """Any round of one to three claims, two sources and up to five reviews."""
    numbers = list(range(1, draw(st.integers(1, 3)) + 1))
    places = [(number, source.key) for number in numbers for source in (TRIAL, MICE)]
    claims = [
        claim(
            number,
            kind=draw(st.sampled_from(["effect", "risk", "definition"])),
            is_headline=draw(st.booleans()),
            is_high_harm=draw(st.booleans()),
            counts_for_article=draw(st.booleans()),
        )
        for number in numbers
    ]
    reviews = [
        ReviewInput(
            conflict_declared=draw(st.booleans()),
            marks=draw(st.fixed_dictionaries(dict.fromkeys(numbers, marks))),
            appraisals=draw(st.fixed_dictionaries({}, optional=dict.fromkeys(places, appraisals))),
            omissions=draw(
                st.dictionaries(
                    st.sampled_from([code for code, _ in OMISSIONS]), st.sampled_from(["", "x"]), max_size=2
                )
            ),
        )
        for _ in range(draw(st.integers(0, 5)))
    ]
    decisions = st.builds(AdjudicationInput, levels, st.just("Weighed."))
    return PanelInputs(
        claims=claims,
        sources=[SourceInput(MICE.key, MICE.record, retracted=draw(st.booleans())), TRIAL],
        citations=[
            CitationInput(number, TRIAL.key, draw(st.sampled_from(["article", "editor"]))) for number in numbers
        ],
        reviews=reviews,
        instruments=shipped_instruments(),
        adjudications=draw(st.dictionaries(st.sampled_from(numbers), decisions, max_size=1)),
        outstanding=draw(st.integers(0, 2)),
        quorum=draw(st.integers(2, 3)),
    )
