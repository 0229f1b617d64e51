"""How far panels agree, for the methods page of one report and for an editor's look at a period.

Three statistics together, for each field: raw pairwise agreement with the marginals, Krippendorff's alpha, and
Gwet's AC1 or AC2. They take the marks from before any second look.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from reviews.core.judging.agreement import (
    UNDEFINED_WORDS,
    Agreement,
    Code,
    Metric,
    RawAgreement,
    Weights,
    gwet,
    krippendorff_alpha,
    raw_agreement,
)
from reviews.core.judging.canonical import decimal_text
from reviews.core.judging.inputs import PanelInputs, ReviewInput
from reviews.core.judging.instruments import Instrument
from reviews.core.judging.scoring import panel_answers, score
from reviews.core.judging.vocabulary import DESIGNS, STANCES, Choices

Plain = dict[str, Any]
Row = list[Code | None]


class ScalesDiffer(ValueError):
    """Marks on different scales cannot be compared."""


@dataclass(frozen=True)
class Field:
    """How one field of the form is measured; ``categories`` are all that could be answered, if that is known."""

    metric: Metric
    weights: Weights
    categories: Sequence[Code] | None

    @property
    def coefficient(self) -> str:
        return "AC1" if self.weights == "identity" else "AC2"


def agreement_of(inputs: PanelInputs) -> Plain:
    """Return how far one panel agrees on ``levels``, ``stance`` and ``design``.

    Raw agreement of levels knows every level; alpha (ordinal) and AC2 (linear weights) need an order, so a mark off
    the axis is missing there, and ``off_axis`` says how many were. Stance and design are nominal: alpha and AC1.
    """
    return _agreement([inputs])


def agreement_over(rounds: Sequence[PanelInputs]) -> Plain:
    """Return the same over the rounds of a period, their claims and sources together, and ``instruments`` by key.

    An instrument is compared by its totals (alpha interval, AC2 quadratic), each round being one unit. Raises
    ``ScalesDiffer``: look at the rounds of one scale at a time.
    """
    if len({inputs.scale for inputs in rounds}) > 1:
        raise ScalesDiffer(ScalesDiffer.__doc__)
    forms = {form.key: form for inputs in rounds for form in inputs.instruments if form.about == "article"}
    return {**_agreement(rounds), "instruments": {key: _totals_part(forms[key], rounds) for key in sorted(forms)}}


def _agreement(rounds: Sequence[PanelInputs]) -> Plain:
    named = _side_by_side(rounds, _levels)
    axis = [level.name for level in rounds[0].scale.axis] if rounds else []
    placed: list[Row] = [[name if name in axis else None for name in row] for row in named]
    levels = Field("ordinal", "linear", axis)
    return {
        "levels": {**_part(named, levels, ordered=placed), "off_axis": _given(named) - _given(placed)},
        "stance": _part(_side_by_side(rounds, _stances), _nominal(STANCES)),
        "design": _part(_side_by_side(rounds, _designs), _nominal(DESIGNS)),
    }


def _nominal(choices: Choices) -> Field:
    return Field("nominal", "identity", [code for code, _ in choices])


def _side_by_side(rounds: Iterable[PanelInputs], rows_of: Callable[[PanelInputs], list[Row]]) -> list[Row]:
    """Put the units of all rounds behind one another; where a round has fewer reviewers, ratings are missing.

    None of the statistics knows which rater is which, so it does not matter who shares a row.
    """
    blocks = [rows_of(inputs) for inputs in rounds]
    raters = max((len(block) for block in blocks), default=0)
    rows: list[Row] = [[] for _ in range(raters)]
    for block in blocks:
        for number, row in enumerate(rows):
            row.extend(block[number] if number < len(block) else [None] * len(block[0]) if block else [])
    return rows


def _given(rows: Iterable[Row]) -> int:
    return sum(rating is not None for row in rows for rating in row)


def _levels(inputs: PanelInputs) -> list[Row]:
    numbers = [claim.number for claim in inputs.claims]
    every = [review.unswayed for review in inputs.reviews]
    return [[marks[number].level if number in marks else None for number in numbers] for marks in every]


def _stances(inputs: PanelInputs) -> list[Row]:
    return _readings("stance", inputs=inputs)


def _designs(inputs: PanelInputs) -> list[Row]:
    return _readings("design", inputs=inputs)


def _readings(what: str, *, inputs: PanelInputs) -> list[Row]:
    """Return one row per reviewer with one place per claim and source; "" is missing."""
    places = list({place for review in inputs.reviews for place in review.appraisals})
    return [
        [getattr(review.appraisals[place], what) or None if place in review.appraisals else None for place in places]
        for review in inputs.reviews
    ]


def _totals_part(form: Instrument, rounds: Sequence[PanelInputs]) -> Plain:
    with_it = [inputs for inputs in rounds if form.key in {given.key for given in inputs.instruments}]

    def totals(inputs: PanelInputs) -> list[Row]:
        return [[_total(form, review)] for review in inputs.reviews]

    return _part(_side_by_side(with_it, totals), Field("interval", "quadratic", None))


def _total(form: Instrument, review: ReviewInput) -> float | None:
    answers = review.answers.get(form.key)
    result = score(form, panel_answers(form, [answers])) if answers else None
    return float(result.value) if result and result.value is not None else None


def _part(rows: Sequence[Row], field: Field, *, ordered: Sequence[Row] | None = None) -> Plain:
    ordered = rows if ordered is None else ordered
    raw = raw_agreement(rows, interval=True)
    alpha = krippendorff_alpha(ordered, metric=field.metric, values=field.categories, interval=True)
    coefficient = gwet(ordered, weights=field.weights, categories=field.categories, interval=True)
    return {
        "raw": raw.value,
        "raw_undefined": raw.undefined,
        "raw_interval": raw.interval,
        "agreeing_pairs": raw.agreeing,
        "pairs": raw.pairs,
        "units": raw.units,
        "marginals": dict(sorted((str(code), count) for code, count in raw.marginals.items())),
        "metric": field.metric,
        "alpha": alpha.value,
        "alpha_undefined": alpha.undefined,
        "alpha_interval": alpha.interval,
        "alpha_units": alpha.units,
        "coefficient": field.coefficient,
        "weights": field.weights,
        "gwet": coefficient.value,
        "gwet_undefined": coefficient.undefined,
        "gwet_interval": coefficient.interval,
        "words": agreement_words(raw, alpha, coefficient, name=field.coefficient),
    }


def agreement_words(raw: RawAgreement, alpha: Agreement, coefficient: Agreement, *, name: str) -> str:
    """Return the three in one sentence, with what is undefined and why."""
    pairs = f"{raw.agreeing} of {raw.pairs} pairs of reviewers' answers are the same"
    spoken = [pairs if raw.pairs else "No answers to compare", _spoken("alpha", alpha)]
    if coefficient.value is not None:  # or alpha is undefined too, for the same reason
        spoken.append(_spoken(name, coefficient))
    return f"{'; '.join(spoken)}."


def _spoken(name: str, answer: Agreement) -> str:
    if answer.value is None:
        return f"{name} is undefined: {UNDEFINED_WORDS[answer.undefined or '']}"
    if answer.interval is None:
        return f"{name} is {decimal_text(answer.value)} (too few to say how sure)"
    low, high = (decimal_text(end) for end in answer.interval)
    return f"{name} is {decimal_text(answer.value)} (95 % interval {low} to {high})"
