"""How certain the whole evidence on a claim is, by the reasons of GRADE.

Evidence starts by its design, and goes down or up by steps for reasons that are named (Guyatt and others 2011, GRADE
guidelines 3, 4 to 8 and 9; Balshem and others 2011, table 1).
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from reviews.core.judging.vocabulary import CERTAINTIES, Choices

STARTS: Choices = (
    ("randomised", "Randomised trials: starts high"),
    ("observational", "Observational studies: starts low"),
    ("other", "Animals, laboratory, mechanism or opinion: starts very low"),
)

LOWERING: Choices = (
    ("risk_of_bias", "Risk of bias"),
    ("inconsistency", "Inconsistency"),
    ("indirectness", "Indirectness"),
    ("imprecision", "Imprecision"),
    ("publication_bias", "Publication bias"),
)

RAISING: Choices = (
    ("large_effect", "Large effect"),
    ("dose_response", "Dose-response"),
    ("opposing_confounding", "Confounding would oppose it"),
)

MOST_STEPS: Mapping[str, int] = MappingProxyType(
    {**{code: 2 for code, _ in LOWERING}, "large_effect": 2, "dose_response": 1, "opposing_confounding": 1}
)
"""By how many steps a reason may move the certainty."""

REASONS: tuple[str, ...] = tuple(f"{code}_{steps}" for code, most in MOST_STEPS.items() for steps in range(1, most + 1))
"""The codes of all reasons with their steps: "imprecision_2"."""

_START_LEVELS = {"randomised": 3, "observational": 1, "other": 0}
_STARTS_OF_DESIGNS = {
    "randomised": ("systematic_review", "randomised_trial"),
    "observational": ("observational_review", "controlled_cohort", "case_control", "cross_sectional", "case_series"),
    "other": ("animal", "laboratory", "mechanism", "opinion"),
}


def arrive_at(start: str, reasons: Iterable[str]) -> str:
    """Return the certainty that start and reasons come to, a code of ``CERTAINTIES``; "" where there is no start.

    ``reasons`` are codes of ``REASONS``. It never leaves the range from very low to high.
    """
    if not start:
        return ""
    moves = [_move(reason) for reason in reasons]
    order = [code for code, _ in reversed(CERTAINTIES)]
    return order[min(max(_START_LEVELS[start] + sum(moves), 0), len(order) - 1)]


def start_of(designs: Iterable[str]) -> str:
    """Return where evidence of these designs starts: at the best of them; "" where none of them is a study."""
    known = set(designs)
    return next((start for start, those in _STARTS_OF_DESIGNS.items() if known.intersection(those)), "")


def reason_title(reason: str) -> str:
    """Return a reason as a person reads it: "imprecision, down 2"."""
    code, _, steps = reason.rpartition("_")
    titles = dict(LOWERING) | dict(RAISING)
    return f"{titles[code].lower()}, {'down' if code in dict(LOWERING) else 'up'} {steps}"


def _move(reason: str) -> int:
    code, _, steps = reason.rpartition("_")
    return -int(steps) if code in dict(LOWERING) else int(steps)
