"""What a study may be, told from its publication types, subject words, title and abstract: a proposal for a person.

Publication types and subject headings are MEDLINE's (MeSH). Levels: OCEBM Levels of Evidence Working Group (2011), as
``reviews.core.judging.vocabulary`` holds them for each design.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from reviews.core.citing.identifiers import registrations_in
from reviews.core.judging.vocabulary import DESIGN_FACTS
from reviews.core.phrases import Phrase

LONGEST = 20_000

BY_TYPE: tuple[tuple[str, str], ...] = (
    ("meta-analysis", "systematic_review"),
    ("systematic review", "systematic_review"),
    ("network meta-analysis", "systematic_review"),
    ("randomized controlled trial", "randomised_trial"),
    ("equivalence trial", "randomised_trial"),
    ("pragmatic clinical trial", "randomised_trial"),
    ("adaptive clinical trial", "randomised_trial"),
    ("case reports", "case_series"),
    ("practice guideline", "opinion"),
    ("guideline", "opinion"),
    ("consensus development conference", "opinion"),
    ("editorial", "opinion"),
    ("comment", "opinion"),
    ("letter", "opinion"),
    ("news", "not_a_study"),
    ("newspaper article", "not_a_study"),
    ("review", "opinion"),
)
"""Publication types, the most telling first: a paper has several."""

BY_HEADING: tuple[tuple[str, str], ...] = (
    ("cohort studies", "controlled_cohort"),
    ("prospective studies", "controlled_cohort"),
    ("retrospective studies", "controlled_cohort"),
    ("follow-up studies", "controlled_cohort"),
    ("case-control studies", "case_control"),
    ("cross-sectional studies", "cross_sectional"),
    ("surveys and questionnaires", "cross_sectional"),
    ("random allocation", "randomised_trial"),
)

BY_WORDS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), design)
    for pattern, design in (
        (
            r"\A\W{0,3}(?:comment(?:ary)?(?: on)?|editorial|(?:erratum|corrigendum|correction)(?: to)?"
            r"|(?:authors?['’]? )?reply(?: to)?|re|letter to the editor)\s{0,3}[:.–—]",
            "opinion",
        ),
        (r"\b(?:systematic review|meta-?analys[ie]s|cochrane review)\b", "systematic_review"),
        (r"\b(?:protocol|study design|rationale) (?:for|of) an?\b", "unclear"),
        (
            r"\brandomi[sz]ed\b[^.]{0,60}\b(?:trial|study|crossover|placebo)\b|\bRCT\b|\bplacebo-controlled\b",
            "randomised_trial",
        ),
        (r"\bcase[- ]control\b", "case_control"),
        (r"\bcohort\b|\bprospective(?:ly)? (?:study|follow)", "controlled_cohort"),
        (r"\bcross-sectional\b|\bsurvey\b|\bprevalence of\b", "cross_sectional"),
        (r"\bcase (?:series|report|study)\b", "case_series"),
        (r"\b(?:guideline|consensus statement|position statement|narrative review|expert opinion)\b", "opinion"),
        (r"\bmolecular mechanisms?\b|\bmechanism of action\b|\bin silico\b", "mechanism"),
    )
)

OBSERVATIONAL = re.compile(r"\b(?:cohort|observational|case[- ]control|cross-sectional|prospective) studies\b", re.I)
TRIALS = re.compile(r"\b(?:randomi[sz]ed|controlled trials?|RCTs)\b", re.I)
ANIMALS = re.compile(
    r"\b(?:mice|mouse|murine|rats?|rabbits?|zebrafish|canine|dogs?|beagles?|pigs?|porcine|monkeys?|macaques?|hamsters?|"
    r"drosophila|ovine|sheep|rodents?|"
    r"animals|animal (?:models?|stud(?:y|ies)|experiments?|data)|pre-?clinical)\b",
    re.IGNORECASE,
)
CELLS = re.compile(r"\bin vitro\b|\bcell lines?\b|\bcultured cells?\b|\bHeLa\b|\bex vivo\b", re.IGNORECASE)
PEOPLE = re.compile(
    r"\b(?:patients?|participants?|adults?|women|men|children|volunteers|humans?|people|infants|adolescents|nurses)\b",
    re.IGNORECASE,
)
ANIMAL_HEADINGS = frozenset(
    {"animals", "mice", "rats", "disease models, animal", "dogs", "rabbits", "zebrafish", "swine"}
)
CELL_HEADINGS = frozenset({"in vitro techniques", "cells, cultured", "cell line", "cell line, tumor"})


@dataclass(frozen=True)
class Proposal:
    """What a study may be: a design of the vocabulary with its level (1 to 5, or none), and why.

    ``subjects`` is "people", "animals", "cells" or empty where it cannot be told; ``trials`` are registration numbers.
    """

    design: str
    level: int | None
    subjects: str
    reasons: tuple[Phrase, ...]
    trials: tuple[str, ...] = ()


def propose(
    *, title: str, abstract: str = "", types: Iterable[str] = (), keywords: Iterable[str] = ()
) -> Proposal | None:
    """Return what a study may be, or ``None`` where nothing tells. The cataloguer's word goes before the title's, the
    title's before the abstract's; animals and cells go before any design of theirs.
    """
    text = f"{title}\n{abstract}"[:LONGEST]
    headings = {word.casefold().partition("/")[0].strip() for word in keywords}
    subjects, why_subjects = _subjects(title, abstract=abstract[:LONGEST], headings=headings)
    trials = registrations_in(text)
    why: tuple[Phrase, ...] = ()
    if subjects in {"animals", "cells"}:
        design = "animal" if subjects == "animals" else "laboratory"
    else:
        design, why = _design(title, abstract=abstract[:LONGEST], types=types, headings=headings)
    if not design:
        return None
    if trials:
        why = (*why, Phrase("It names a registered trial: %(trials)s.", trials=trials[:3]))
    return Proposal(design, DESIGN_FACTS[design].level, subjects, (*why, *why_subjects), trials)


def _design(title: str, *, abstract: str, types: Iterable[str], headings: set[str]) -> tuple[str, tuple[Phrase, ...]]:
    named = {word.casefold(): word for word in types}
    for name, design in BY_TYPE:
        if name in named and not (name in {"review", "comment", "letter"} and _by_words(title)):
            return _observational(
                design, f"{title}\n{abstract}", why=Phrase("It is catalogued as “%(type)s”.", type=named[name])
            )
    if found := _by_words(title):
        return _observational(
            found[0], f"{title}\n{abstract}", why=Phrase("Its title says “%(words)s”.", words=found[1])
        )
    for name, design in BY_HEADING:
        if name in headings:
            return design, (Phrase("It is indexed under “%(heading)s”.", heading=name),)
    if found := _by_words(abstract):
        return found[0], (Phrase("Its abstract says “%(words)s”.", words=found[1]),)
    return "", ()


def _by_words(text: str) -> tuple[str, str] | None:
    for pattern, design in BY_WORDS:
        if found := pattern.search(text):
            return design, found.group()
    return None


def _observational(design: str, text: str, *, why: Phrase) -> tuple[str, tuple[Phrase, ...]]:
    """Tell a review of observational studies from one of trials: by what it says it reviews."""
    if design == "systematic_review" and (found := OBSERVATIONAL.search(text)) and not TRIALS.search(text):
        return "observational_review", (why, Phrase("It reviews “%(words)s”.", words=found.group()))
    return design, (why,)


def _subjects(title: str, *, abstract: str, headings: set[str]) -> tuple[str, tuple[Phrase, ...]]:
    """Return who or what was studied. "Humans" among the headings settles it; else the title, else the abstract."""
    if "humans" in headings:
        return "people", ()
    if found := sorted(headings & ANIMAL_HEADINGS):
        return "animals", (_not_of_people(found[0]),)
    if found := sorted(headings & CELL_HEADINGS):
        return "cells", (_not_of_people(found[0]),)
    for place, text in (("title", title), ("abstract", abstract)):
        if PEOPLE.search(text):
            return "people", ()
        for pattern, subjects in ((ANIMALS, "animals"), (CELLS, "cells")):
            if seen := pattern.search(text):
                return subjects, (_without_people(seen.group(), place=place),)
    return "", ()


def _not_of_people(heading: str) -> Phrase:
    return Phrase("It is indexed under “%(heading)s”, not under “Humans”.", heading=heading)


def _without_people(words: str, *, place: str) -> Phrase:
    if place == "title":
        return Phrase("Its title says “%(words)s” and names no people.", words=words)
    return Phrase("Its abstract says “%(words)s” and names no people.", words=words)
