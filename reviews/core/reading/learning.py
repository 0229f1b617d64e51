"""What the desk's decisions say of the ranking of suggestions, and whether a learnt order would be better.

A small logistic model with a ridge (L2) penalty, fitted by Newton's method (Hastie, Tibshirani & Friedman, The
Elements of Statistical Learning, 2nd edition, section 4.4.1). It is compared on articles that it has not seen, and
switched on by nobody here.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reviews.core.reading.claims import KINDS as CLAIM_KINDS
from reviews.core.reading.rules import KINDS as CUE_KINDS

CUTS = (5, 10, 20, 40)
FEWEST_DECISIONS = 500
"""Decisions from which a model is trained at all."""

FOLDS = 5
RIDGE = 1.0
STEPS = 25
LONG = 40.0  # words of a long sentence


@dataclass(frozen=True, slots=True)
class Decision:
    """What the desk made of one claim of an article: `rank` is the machine's, None where a person added it."""

    article: int
    kept: bool
    rank: int | None
    score: float
    cues: tuple[str, ...]
    kind: str
    is_headline: bool
    is_high_harm: bool
    words: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """Recall at each of CUTS, 0..1, on unseen articles: of the order as it is, and of the learnt one."""

    as_it_is: Mapping[int, float]
    learnt: Mapping[int, float]


def recall_at(decisions: Iterable[Decision], k: int) -> float | None:
    """Return the share of the kept claims that stood among the first k suggestions of their article, 0..1.

    A claim that a person added stood nowhere. None where nothing was kept.
    """
    kept = [decision for decision in decisions if decision.kept]
    if not kept:
        return None
    return sum(decision.rank is not None and decision.rank <= k for decision in kept) / len(kept)


def compare(decisions: Sequence[Decision]) -> Comparison | None:
    """Return how the order as it is and a learnt one do on articles that the model did not see.

    None where there are fewer than FEWEST_DECISIONS, fewer articles than FOLDS, or only one answer.
    """
    suggested = [decision for decision in decisions if decision.rank is not None]
    articles = sorted({decision.article for decision in suggested})
    answers = {decision.kept for decision in suggested}
    if len(decisions) < FEWEST_DECISIONS or len(articles) < FOLDS or len(answers) < 2:
        return None
    learnt: list[Decision] = [decision for decision in decisions if decision.rank is None]
    for fold in range(FOLDS):
        held_out = set(articles[fold::FOLDS])
        seen = [decision for decision in suggested if decision.article not in held_out]
        unseen = [decision for decision in suggested if decision.article in held_out]
        weights = fit(features(seen), np.array([decision.kept for decision in seen], dtype=float))
        learnt.extend(ranked_anew(unseen, features(unseen) @ weights))
    as_it_is = [decision for decision in decisions if decision.rank is None] + reranked(suggested)
    return Comparison({k: recall_at(as_it_is, k) or 0.0 for k in CUTS}, {k: recall_at(learnt, k) or 0.0 for k in CUTS})


def reranked(decisions: Sequence[Decision]) -> list[Decision]:
    """Return the decisions ranked among themselves by the rank they had: both orders then count the same claims."""
    return ranked_anew(decisions, np.array([-float(decision.rank or 0) for decision in decisions]))


def ranked_anew(decisions: Sequence[Decision], scores: NDArray[np.float64]) -> list[Decision]:
    """Return the decisions with ranks 1, 2, ... in each article, the highest score first."""
    by_article: dict[int, list[int]] = defaultdict(list)
    for place, decision in enumerate(decisions):
        by_article[decision.article].append(place)
    anew: list[Decision] = []
    for places in by_article.values():
        ordered = sorted(places, key=lambda place: (-scores[place], place))
        anew.extend(with_rank(decisions[place], rank) for rank, place in enumerate(ordered, start=1))
    return anew


def with_rank(decision: Decision, rank: int) -> Decision:
    """Return the decision with another rank."""
    parts = (decision.score, decision.cues, decision.kind, decision.is_headline, decision.is_high_harm, decision.words)
    return Decision(decision.article, decision.kept, rank, *parts)


def features(decisions: Sequence[Decision]) -> NDArray[np.float64]:
    """Return one row a decision: 1, score, length, flags, one column a cue kind and a claim kind, all about 0..1."""
    rows = [
        [
            1.0,
            decision.score,
            min(1.0, decision.words / LONG),
            float(decision.is_headline),
            float(decision.is_high_harm),
            *(float(kind in decision.cues) for kind in CUE_KINDS),
            *(float(kind == decision.kind) for kind in CLAIM_KINDS),
        ]
        for decision in decisions
    ]
    return np.array(rows, dtype=float).reshape(len(rows), 5 + len(CUE_KINDS) + len(CLAIM_KINDS))


def fit(rows: NDArray[np.float64], kept: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the weights of the ridge logistic model; the first, of the constant, is not shrunk."""
    penalty = RIDGE * np.eye(rows.shape[1])
    penalty[0, 0] = 1e-6
    weights = np.zeros(rows.shape[1])
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-np.clip(rows @ weights, -30, 30)))
        slope = rows.T @ (kept - chance) - penalty @ weights
        curve = (rows.T * (chance * (1 - chance))) @ rows + penalty
        step = np.linalg.solve(curve, slope)
        weights = weights + step
        if float(np.abs(step).max()) < 1e-8:
            break
    return weights
