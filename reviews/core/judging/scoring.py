"""What answers to an instrument come to: item by item over a panel, and as a score.

Codes are never averaged: a panel's choice is the one that most made, its degree on a scale the median.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from reviews.core.judging.instruments import (
    NOT_APPLICABLE,
    Answer,
    Instrument,
    Item,
    answer_text,
    scored_items,
)


@dataclass(frozen=True)
class ItemResult:
    """What one item came to: over a panel the plurality, the median, or the choices of more than half.

    ``answer`` is ``None`` where a tie is not settled, where nobody answered, and for words; ``counts`` has every answer
    given, and of several choices each.
    """

    key: str
    answer: Answer | None
    counts: Mapping[str, int]


@dataclass(frozen=True)
class Score:
    """What an instrument came to.

    For a share: ``value`` 0 to 1, ``stars`` 0 to 5, of ``rated`` items. For a total: ``value`` within ``lowest`` to
    ``highest``, the range that the ``rated`` items could reach. ``value`` is ``None`` with the ``reason`` in words.
    ``note`` is what is to be said beside it.
    """

    value: Fraction | None
    rated: int
    lowest: int
    highest: int
    stars: int | None
    reason: str
    note: str


def panel_answers(instrument: Instrument, answers: Sequence[Mapping[str, Answer]]) -> tuple[ItemResult, ...]:
    """Return what a panel answered, item by item; an answer to an item that was not asked does not count."""
    given: dict[str, list[Answer]] = {item.key: [] for item in instrument.items}
    for one in answers:
        for item in instrument.visible(one):
            if one.get(item.key, "") not in ("", ()):
                given[item.key].append(one[item.key])
    return tuple(_item_result(item, given[item.key]) for item in instrument.items)


def _item_result(item: Item, answers: list[Answer]) -> ItemResult:
    if item.kind == "text":
        return ItemResult(key=item.key, answer=None, counts={})
    single = [code for answer in answers for code in (answer if isinstance(answer, tuple) else (answer,))]
    counts = dict(sorted(Counter(map(answer_text, single)).items()))
    return ItemResult(key=item.key, answer=_settled(item, answers, counts), counts=counts)


def _settled(item: Item, answers: Sequence[Answer], counts: Mapping[str, int]) -> Answer | None:
    if item.kind in ("scale", "number"):
        numbers = sorted(answer for answer in answers if isinstance(answer, int | Fraction))
        return _middle_answer(numbers, answers=len(answers))
    if item.kind == "multi_choice":
        return tuple(code.code for code in item.options if 2 * counts.get(code.code, 0) > len(answers)) or None
    return _most_given(counts)


def _middle_answer(numbers: Sequence[int | Fraction], *, answers: int) -> Answer | None:
    """Return the median where most gave a number, "not applicable" where most did not, ``None`` on a tie."""
    if 2 * len(numbers) > answers:
        return _median(numbers)
    return NOT_APPLICABLE if 2 * len(numbers) < answers else None


def _median(numbers: Sequence[int | Fraction]) -> Fraction:
    return Fraction(numbers[(len(numbers) - 1) // 2] + numbers[len(numbers) // 2]) / 2


def _most_given(counts: Mapping[str, int]) -> str | None:
    most = max(counts.values(), default=0)
    leaders = [code for code, count in counts.items() if count == most]
    return leaders[0] if len(leaders) == 1 else None


def score(instrument: Instrument, results: Sequence[ItemResult]) -> Score | None:
    """Return the score of a panel's results (a panel of one included); ``None`` for an instrument without a score."""
    methods: dict[str, Callable[..., Score]] = {"satisfactory_share": _satisfactory_share, "total": _total}
    method = methods.get(instrument.scoring.method)
    settled = {result.key: result.answer for result in results if result.answer is not None}
    return method(instrument, settled) if method else None


def _satisfactory_share(instrument: Instrument, settled: Mapping[str, Answer]) -> Score:
    """Score as HealthNewsReview.org did ("Star scores"): *not applicable* leaves the denominator, and so does what is
    not settled; more than ``not_rated_limit`` of them, there two, give no score.
    """
    answers = [settled.get(key) for key in instrument.scoring.items]
    satisfactory, limit = answers.count("satisfactory"), instrument.scoring.not_rated_limit
    rated = satisfactory + answers.count("not_satisfactory")
    share = Fraction(satisfactory, rated) if rated and len(answers) - rated <= limit else None
    reason = f"No score: more than {limit} of {len(answers)} items are not applicable or not settled."
    return Score(
        value=share,
        rated=rated,
        lowest=0,
        highest=1,
        stars=None if share is None else stars_of(share),
        reason=reason if share is None else "",
        note=instrument.scoring.note,
    )


def stars_of(share: Fraction) -> int:
    """Return 0 stars for nothing, then one for each fifth begun (HealthNewsReview.org, "Star scores")."""
    return -(-share * 5 // 1)


def _total(instrument: Instrument, settled: Mapping[str, Answer]) -> Score:
    """Sum the points of the items, each times its weight, and give the range that so many items could reach.

    DISCERN: fifteen items of 1 to 5 points (Charnock and others 1999); one that does not apply shortens the range. JAMA
    benchmarks: 1 for each that is met (Silberg and others 1997, who gave no total). QUEST: seven items with weights, 0
    to 28; the type of study scores only where studies can be found, else 0 (Robillard and others 2018, table 1).
    """
    asked = {item.key for item in instrument.visible(settled)}
    unsettled = [item for item in scored_items(instrument) if item.key in asked and item.key not in settled]
    rated = [item for item in scored_items(instrument) if _is_rated(item, settled, asked=asked, instrument=instrument)]
    points = [_points(item, settled[item.key]) if item.key in asked else points_range(item)[0] for item in rated]
    ranges = [points_range(item) for item in rated]
    reason = f"No total: {len(unsettled)} of {len(instrument.scoring.items)} items have no settled answer."
    value = Fraction(sum(item.weight * (number or 0) for item, number in zip(rated, points, strict=True)))
    return Score(
        value=None if unsettled or not rated else value,
        rated=len(rated),
        lowest=sum(item.weight * least for item, (least, _) in zip(rated, ranges, strict=True)),
        highest=sum(item.weight * most for item, (_, most) in zip(rated, ranges, strict=True)),
        stars=None,
        reason=reason if unsettled or not rated else "",
        note=instrument.scoring.note,
    )


def _is_rated(item: Item, settled: Mapping[str, Answer], *, asked: set[str], instrument: Instrument) -> bool:
    if item.key not in asked:
        return instrument.scoring.not_asked == "lowest"
    return item.key in settled and _points(item, settled[item.key]) is not None


def _points(item: Item, answer: Answer) -> Fraction | int | None:
    """Return what an answer scores before its weight; ``None`` for one that does not apply."""
    if isinstance(answer, int | Fraction):
        return answer
    return next((option.points for option in item.options if option.code == answer), None)


def points_range(item: Item) -> tuple[int, int]:
    """Return the least and the most points of an item before its weight; ``definitions`` sees to it that there are."""
    points = [option.points for option in item.options if option.points is not None]
    if item.kind == "choice":
        return min(points, default=0), max(points, default=0)
    return item.lowest or 0, item.highest or 0
