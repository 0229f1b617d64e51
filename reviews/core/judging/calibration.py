"""What an editor may know of each reviewer across rounds, and what a model makes of all marks together.

For editors only, and never a hidden weight: no label, hold or report is computed from anything here. The way in::

    calibrate(marks, reviews, *, scale=ACCURACY) -> list[ReviewerCalibration]
    dawid_skene(marks, *, scale=ACCURACY) -> Posterior
    disagreements(posterior, labels, *, least=0.8) -> list[ModelDisagrees]

``marks`` are ``MarkRow`` and ``reviews`` ``ReviewRow``: plain values that name reviewers and items by whatever key the
caller has, as long as it sorts.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby
from statistics import median
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from scipy.special import digamma

from reviews.core.judging.agreement import wilson_interval
from reviews.core.judging.panel import level_of
from reviews.core.judging.rule import LEAST_QUORUM
from reviews.core.judging.scales import ACCURACY, Level, Scale

Key = Any
"""A reviewer or an item: anything hashable that sorts among its like."""
Matrix = NDArray[np.float64]
TooLittle = Literal["fewer_than_three_raters", "fewer_than_fifty_items"]

TOO_LITTLE_WORDS: Mapping[TooLittle, str] = {
    "fewer_than_three_raters": "The model needs marks of at least three reviewers.",
    "fewer_than_fifty_items": "The model needs at least fifty claims with three marks or more.",
}

LEAST_RATERS, LEAST_ITEMS, LEAST_MARKS = 3, 50, 3
PREVALENCE_PRIOR = 3.0
STRENGTH, DIAGONAL = 8.0, 0.6
STILL = 1e-8
MOST_ROUNDS = 1_000


class MarkedTwice(ValueError):
    """A reviewer marked one claim twice."""


@dataclass(frozen=True)
class MarkRow:
    """One reviewer's mark of one claim: ``level`` is ``None`` for *could not assess*.

    ``item`` is the claim in its round. ``field`` is the claim's subject. ``known`` is the right answer where the claim
    belongs to a calibration article.
    """

    reviewer: Key
    item: Key
    level: str | None
    field: str = ""
    known: str | None = None


@dataclass(frozen=True)
class ReviewRow:
    """One submitted review: ``days`` from acceptance to submission; its quotes, and those not found in their source;
    ``minutes`` that marks took, one value for each that is known.
    """

    reviewer: Key
    days: float | None = None
    quotes: int = 0
    quotes_not_found: int = 0
    minutes: Sequence[float] = ()


@dataclass(frozen=True)
class Tally:
    """``hits`` out of ``trials``, with the share (0 to 1) and its 95 % Wilson interval."""

    hits: int
    trials: int

    @property
    def share(self) -> Fraction | None:
        return Fraction(self.hits, self.trials) if self.trials else None

    @property
    def interval(self) -> tuple[float, float]:
        return wilson_interval(self.hits, self.trials)


@dataclass(frozen=True)
class Misses:
    """Where marks are not the known answer: ``one`` level off, ``more`` than one, or on and off the axis
    (``off_axis``); of the first two, how many are ``stricter`` than what is right and how many ``milder``.
    """

    one: int = 0
    more: int = 0
    off_axis: int = 0
    stricter: int = 0
    milder: int = 0


@dataclass(frozen=True)
class ReviewerCalibration:
    """One reviewer across rounds.

    ``with_panel``: how often the mark is the label that the *others'* votes give, so that nobody agrees with
    themselves; claims on which the others have no label are not compared. ``by_level`` splits it by that label,
    ``by_field`` by the claim's subject. ``severity`` is the mean of (own position - label's position) where both lie on
    the axis, in levels: above 0 is stricter than the panel; ``None`` where nothing could be compared. ``days`` is the
    median from acceptance to submission, ``minutes`` that of all marks. ``known``: right answers on calibration
    articles, ``misses`` what the others are.
    """

    reviewer: Key
    marks: int
    could_not_assess: int
    with_panel: Tally
    by_level: Mapping[str, Tally]
    by_field: Mapping[str, Tally]
    severity: Fraction | None
    known: Tally
    misses: Misses
    reviews: int
    days: float | None
    minutes: float | None
    quotes: int
    quotes_not_found: int


def calibrate(
    marks: Iterable[MarkRow], reviews: Iterable[ReviewRow] = (), *, scale: Scale = ACCURACY
) -> list[ReviewerCalibration]:
    """Return one line per reviewer that appears, in order of key; raises ``MarkedTwice`` and ``UnknownLevel``."""
    marks, reviews = list(marks), list(reviews)
    _check_once(marks)
    others = _labels_of_others(marks, scale=scale)
    marks_by, reviews_by = _by_reviewer(marks), _by_reviewer(reviews)
    return [
        _calibration(reviewer, marks_by[reviewer], reviews_by[reviewer], others=others, scale=scale)
        for reviewer in sorted(marks_by.keys() | reviews_by.keys())
    ]


def _by_reviewer(rows: Iterable[Any]) -> defaultdict[Key, list[Any]]:
    found: defaultdict[Key, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.reviewer].append(row)
    return found


def _check_once(marks: Iterable[MarkRow]) -> None:
    for (reviewer, item), count in Counter((mark.reviewer, mark.item) for mark in marks).items():
        if count > 1:
            raise MarkedTwice(f"The reviewer {reviewer!r} marked {item!r} {count} times.")


def _labels_of_others(marks: Sequence[MarkRow], *, scale: Scale) -> dict[tuple[Key, Key], Level]:
    """Return, by reviewer and item, the label that the votes of everybody else give, where they give one."""
    votes: defaultdict[Key, dict[Key, Level]] = defaultdict(dict)
    for mark in marks:
        if mark.level is not None:
            votes[mark.item][mark.reviewer] = scale.level(mark.level)
    labels = {}
    for mark in marks:
        rest = [level for reviewer, level in votes[mark.item].items() if reviewer != mark.reviewer]
        if label := level_of(rest, quorum=LEAST_QUORUM, scale=scale):
            labels[mark.reviewer, mark.item] = label
    return labels


def _calibration(
    reviewer: Key,
    marks: Sequence[MarkRow],
    reviews: Sequence[ReviewRow],
    *,
    others: Mapping[tuple[Key, Key], Level],
    scale: Scale,
) -> ReviewerCalibration:
    given = [mark for mark in marks if mark.level is not None]
    compared = [(mark, others[reviewer, mark.item]) for mark in given if (reviewer, mark.item) in others]
    days = [review.days for review in reviews if review.days is not None]
    minutes = [spent for review in reviews for spent in review.minutes]
    known = [mark for mark in given if mark.known is not None]
    return ReviewerCalibration(
        reviewer=reviewer,
        marks=len(given),
        could_not_assess=len(marks) - len(given),
        with_panel=_tally(compared),
        by_level={level.name: _tally([pair for pair in compared if pair[1] == level]) for level in scale},
        by_field={
            field: _tally([pair for pair in compared if pair[0].field == field])
            for field in sorted({mark.field for mark, _ in compared})
        },
        severity=_severity(compared, scale=scale),
        known=Tally(sum(mark.level == mark.known for mark in known), len(known)),
        misses=_misses(known, scale=scale),
        reviews=len(reviews),
        days=median(days) if days else None,
        minutes=median(minutes) if minutes else None,
        quotes=sum(review.quotes for review in reviews),
        quotes_not_found=sum(review.quotes_not_found for review in reviews),
    )


def _tally(compared: Sequence[tuple[MarkRow, Level]]) -> Tally:
    return Tally(sum(mark.level == label.name for mark, label in compared), len(compared))


def _misses(known: Sequence[MarkRow], *, scale: Scale) -> Misses:
    wrong = [mark for mark in known if mark.level != mark.known]
    places = [[scale.level(name or "").position for name in (mark.level, mark.known)] for mark in wrong]
    distances = [own - right for own, right in places if own is not None and right is not None]
    return Misses(
        one=sum(abs(distance) == 1 for distance in distances),
        more=sum(abs(distance) > 1 for distance in distances),
        off_axis=len(wrong) - len(distances),
        stricter=sum(distance > 0 for distance in distances),
        milder=sum(distance < 0 for distance in distances),
    )


def _severity(compared: Sequence[tuple[MarkRow, Level]], *, scale: Scale) -> Fraction | None:
    distances = [
        own - label.position
        for mark, label in compared
        if (own := scale.level(mark.level or "").position) is not None and label.position is not None
    ]
    return Fraction(sum(distances), len(distances)) if distances else None


@dataclass(frozen=True)
class Posterior:
    """What the model of Dawid and Skene makes of all marks, or the reason in ``undefined`` why it was not asked.

    ``items``: by item, how probable each level is; ``raters``: by reviewer and true level, how probable each answer
    is; ``prevalence``: how common each level is. Each mapping sums to 1. ``converged``: the last round of the
    computation moved nothing any more.
    """

    undefined: TooLittle | None
    items: Mapping[Key, Mapping[str, float]]
    raters: Mapping[Key, Mapping[str, Mapping[str, float]]]
    prevalence: Mapping[str, float]
    converged: bool

    @property
    def words(self) -> str:
        return TOO_LITTLE_WORDS[self.undefined] if self.undefined else ""


@dataclass(frozen=True)
class ModelDisagrees:
    """A claim whose label is not the level that the model holds for probable: a reason to look, nothing more."""

    item: Key
    label: str | None
    model: str
    probability: float


def dawid_skene(marks: Iterable[MarkRow], *, scale: Scale = ACCURACY) -> Posterior:
    """Return the posterior of Dawid and Skene's model (1979, "Maximum likelihood estimation of observer error-rates
    using the EM algorithm") in its Bayesian form, by variational Bayes.

    Each claim has one true level z; reviewer j answers l where k is true with probability theta[j][k][l]. Priors are
    those of the R package ``rater`` (Pullin, Gurrin and Vukcevic 2023): prevalence Dirichlet(3, ..., 3); theta[j][k]
    Dirichlet with strength 8, of which 0.6 lies on the diagonal and the rest is shared out. The answer is the mean
    field q(z) q(pi) q(theta), from shares of votes on, by turns (Bishop 2006, "Pattern Recognition and Machine
    Learning", section 10.2)::

        q(z_i = k)  proportional to  exp(E[log pi_k] + sum over marks (j, l) of i of E[log theta_jkl])
        pi ~ Dirichlet(3 + sum over i of q(z_i))      theta_jk ~ Dirichlet(prior_k + sum over marks of q(z_i = k))

    Only for three or more reviewers and fifty or more claims with three or more marks. Deterministic: the order of the
    marks does not matter. Raises ``MarkedTwice`` and ``UnknownLevel``.
    """
    given = sorted((mark for mark in marks if mark.level is not None), key=lambda mark: (mark.item, mark.reviewer))
    _check_once(given)
    levels = [scale.level(mark.level or "").name for mark in given]
    if undefined := _too_little(given):
        return Posterior(undefined, {}, {}, {}, converged=False)
    items, reviewers = sorted({mark.item for mark in given}), sorted({mark.reviewer for mark in given})
    model = _Model(
        item=_places(items, [mark.item for mark in given]),
        rater=_places(reviewers, [mark.reviewer for mark in given]),
        answer=_places(scale.names, levels),
        levels=len(scale.names),
    )
    truth, converged = model.fit()
    return Posterior(
        undefined=None,
        items={item: _named(row, scale=scale) for item, row in zip(items, truth, strict=True)},
        raters={
            reviewer: {level: _named(row, scale=scale) for level, row in zip(scale.names, theta, strict=True)}
            for reviewer, theta in zip(reviewers, _mean(model.answers(truth)), strict=True)
        },
        prevalence=_named(_mean(PREVALENCE_PRIOR + truth.sum(axis=0)), scale=scale),
        converged=converged,
    )


def disagreements(
    posterior: Posterior, labels: Mapping[Key, str | None], *, least: float = 0.8
) -> list[ModelDisagrees]:
    """Return the items whose label is another than the level with a probability of ``least`` or more, in order."""
    found = []
    for item in sorted(posterior.items.keys() & labels.keys()):
        model, probability = max(posterior.items[item].items(), key=lambda pair: pair[1])
        if probability >= least and model != labels[item]:
            found.append(ModelDisagrees(item, labels[item], model, probability))
    return found


def _too_little(marks: Sequence[MarkRow]) -> TooLittle | None:
    if len({mark.reviewer for mark in marks}) < LEAST_RATERS:
        return "fewer_than_three_raters"
    marked = [len(list(group)) for _, group in groupby(marks, key=lambda mark: mark.item)]
    return "fewer_than_fifty_items" if sum(count >= LEAST_MARKS for count in marked) < LEAST_ITEMS else None


def _places(keys: Sequence[Hashable], wanted: Sequence[Hashable]) -> NDArray[np.int64]:
    place = {key: number for number, key in enumerate(keys)}
    return np.array([place[key] for key in wanted], dtype=np.int64)


def _named(row: Matrix, *, scale: Scale) -> dict[str, float]:
    return dict(zip(scale.names, row.tolist(), strict=True))


def _mean(dirichlet: Matrix) -> Matrix:
    return np.asarray(dirichlet / dirichlet.sum(axis=-1, keepdims=True), dtype=np.float64)


def _mean_log(dirichlet: Matrix) -> Matrix:
    """Return E[log p] of Dirichlet-distributed rows (Bishop 2006, equation B.21)."""
    return np.asarray(digamma(dirichlet) - digamma(dirichlet.sum(axis=-1, keepdims=True)), dtype=np.float64)


@dataclass(frozen=True, eq=False)
class _Model:
    """The marks as places: mark m says that reviewer ``rater[m]`` gave item ``item[m]`` the level ``answer[m]``."""

    item: NDArray[np.int64]
    rater: NDArray[np.int64]
    answer: NDArray[np.int64]
    levels: int

    def fit(self) -> tuple[Matrix, bool]:
        """Return q(z), items x levels, and whether it stands still."""
        truth = self._shares()
        for _ in range(MOST_ROUNDS):
            before, truth = truth, self._truth(truth)
            if np.abs(truth - before).max() < STILL:
                return truth, True
        return truth, False

    def answers(self, truth: Matrix) -> Matrix:
        """Return the Dirichlet of every theta, reviewers x true levels x answers."""
        off = STRENGTH * (1 - DIAGONAL) / (self.levels - 1)
        prior = np.full((self.levels, self.levels), off)
        np.fill_diagonal(prior, STRENGTH * DIAGONAL)
        by_answer = np.zeros(((int(self.rater.max()) + 1) * self.levels, self.levels))
        np.add.at(by_answer, self.rater * self.levels + self.answer, truth[self.item])
        return prior + by_answer.reshape(-1, self.levels, self.levels).transpose(0, 2, 1)

    def _shares(self) -> Matrix:
        counts = np.zeros((int(self.item.max()) + 1, self.levels))
        np.add.at(counts, (self.item, self.answer), 1)
        return _mean(counts)

    def _truth(self, truth: Matrix) -> Matrix:
        prevalence = _mean_log(PREVALENCE_PRIOR + truth.sum(axis=0))
        answers = _mean_log(self.answers(truth))
        logs = np.tile(prevalence, (len(truth), 1))
        np.add.at(logs, self.item, answers[self.rater, :, self.answer])
        weights = np.exp(logs - logs.max(axis=1, keepdims=True))
        return _mean(weights)
