"""The codes that reviewers choose from, each with the title that a person reads.

Every list is a tuple of ``(code, title)`` pairs, in the order in which a form offers them. Codes are stored
and never reworded; titles may be.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

Choices = tuple[tuple[str, str], ...]

CLAIM_KINDS: Choices = (
    ("effect", "Effect"),
    ("risk", "Risk"),
    ("frequency", "Frequency"),
    ("mechanism", "Mechanism"),
    ("definition", "Definition"),
    ("other", "Other"),
)

FLAWS: Choices = (
    ("no_source_given", "No source given"),
    ("source_not_identifiable", "Source not identifiable"),
    ("source_does_not_say_this", "Source does not say this"),
    ("overstates_the_evidence", "Overstates the evidence"),
    ("animal_or_lab_as_human", "Animal or laboratory evidence presented as human"),
    ("correlation_as_cause", "Correlation presented as cause"),
    ("cherry_picked", "Cherry-picked"),
    ("leaves_out_harms", "Leaves out harms"),
    ("out_of_date", "Out of date"),
    ("wrong_population_dose_or_route", "Wrong population, dose or route"),
    ("disguised_promotion", "Disguised promotion"),
    ("not_checkable", "Not checkable"),
)

STANCES: Choices = (
    ("supports", "Supports the claim"),
    ("contradicts", "Contradicts the claim"),
    ("mixed", "Mixed"),
    ("does_not_address", "Does not address the claim"),
)

DESIGNS: Choices = (
    ("systematic_review", "Systematic review of randomised trials"),
    ("randomised_trial", "Randomised trial"),
    ("observational_review", "Systematic review of observational studies"),
    ("controlled_cohort", "Cohort study with a comparison group"),
    ("case_control", "Case-control study"),
    ("cross_sectional", "Cross-sectional study or survey"),
    ("case_series", "Case series or case report"),
    ("animal", "Animal study"),
    ("laboratory", "Laboratory study (cells, tissue)"),
    ("mechanism", "Reasoning from mechanism"),
    ("opinion", "Guideline, narrative review or expert opinion"),
    ("not_a_study", "Not a study (news, web page, product page)"),
    ("unclear", "Cannot be told"),
)


@dataclass(frozen=True)
class DesignFacts:
    """What a study design is worth: its level of evidence (1 best to 5, or none) and whether people were
    studied.
    """

    level: int | None
    human: bool


DESIGN_FACTS: Mapping[str, DesignFacts] = MappingProxyType(
    {
        "systematic_review": DesignFacts(level=1, human=True),
        "randomised_trial": DesignFacts(level=2, human=True),
        "observational_review": DesignFacts(level=3, human=True),
        "controlled_cohort": DesignFacts(level=3, human=True),
        "case_control": DesignFacts(level=4, human=True),
        "cross_sectional": DesignFacts(level=4, human=True),
        "case_series": DesignFacts(level=4, human=True),
        "animal": DesignFacts(level=5, human=False),
        "laboratory": DesignFacts(level=5, human=False),
        "mechanism": DesignFacts(level=5, human=False),
        "opinion": DesignFacts(level=5, human=True),
        "not_a_study": DesignFacts(level=None, human=True),
        "unclear": DesignFacts(level=None, human=True),
    }
)
"""Levels for the benefit of a treatment: OCEBM Levels of Evidence Working Group (2011), "The Oxford 2011
Levels of Evidence". That table has no row for reviews of observational studies, surveys and opinion: they
stand here with the studies that they rest on (3, 4 and 5). ``human`` is false only where it is certain that
no people were studied."""

RISKS_OF_BIAS: Choices = (
    ("low", "Low"),
    ("some_concerns", "Some concerns"),
    ("high", "High"),
    ("unclear", "Cannot be told"),
)

CERTAINTIES: Choices = (
    ("high", "High"),
    ("moderate", "Moderate"),
    ("low", "Low"),
    ("very_low", "Very low"),
)

CONFIDENCES: Choices = (
    ("high", "Sure"),
    ("medium", "Fairly sure"),
    ("low", "Not sure"),
)

COULD_NOT_ASSESS: Choices = (
    ("outside_my_field", "Outside my field"),
    ("no_access", "No access to the sources"),
    ("conflict", "Conflict of interest"),
)

OMISSIONS: Choices = (
    ("harms", "Harms"),
    ("dose", "Dose"),
    ("cost", "Cost"),
    ("alternatives", "Alternatives"),
    ("prescription_needed", "That it needs a prescription"),
    ("who_should_not", "Who should not use it"),
    ("uncertainty", "How uncertain the evidence is"),
    ("funding", "Who paid for the research or the article"),
    ("other", "Something else"),
)

DIRECTNESS: Choices = (
    ("direct", "Direct"),
    ("indirect", "Indirect"),
    ("unclear", "Cannot be told"),
)

INDIRECT_IN: Choices = (
    ("population", "Population"),
    ("dose", "Dose"),
    ("route", "Route"),
    ("outcome", "Outcome"),
)

CITATION_ORIGINS: Choices = (
    ("article", "The article itself"),
    ("editor", "An editor"),
    ("reviewer", "A reviewer"),
)

REGION_KINDS: Choices = (
    ("title", "Title"),
    ("byline", "Byline"),
    ("body", "Body"),
    ("comments", "Comments"),
    ("navigation", "Navigation"),
    ("advertisement", "Advertisement"),
    ("related", "Related articles"),
)

CUE_KINDS: Choices = (
    ("vague_attribution", "Vague attribution"),
    ("hedge", "Hedge"),
    ("certainty", "Certainty"),
    ("causal_verb", "Causal verb"),
    ("number", "Number"),
    ("comparison", "Comparison"),
    ("anecdote", "Anecdote"),
    ("promotion", "Promotion"),
    ("call_to_action", "Call to action"),
    ("vendor", "Company or product"),
    ("missing_harms", "Missing harms"),
    ("prescription_only", "Prescription-only product"),
    ("population", "Population studied"),
    ("spun_wording", "Spun wording"),
)


def title_of(code: str, *, choices: Choices) -> str:
    """Return the title of a code; raise ``KeyError`` for a code that is not in the list."""
    return dict(choices)[code]
