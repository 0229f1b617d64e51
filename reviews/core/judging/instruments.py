"""Structured forms as data: what they ask, which answers hold, and what is missing.

``definitions`` reads an instrument from TOML, ``scoring`` says what answers come to. An instrument never changes under
its version: another wording is another version.
"""

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from reviews.core.refusals import NotTaken

Kind = Literal["choice", "scale", "multi_choice", "number", "text", "date", "attestation"]
About = Literal["article", "claim"]
Method = Literal["satisfactory_share", "total", "none"]
NotAsked = Literal["left_out", "lowest"]
Informant = Literal["sellers", "products", "links", "coupons", "disclosures"]
"""What the commercial map of an article may tell beside an item (``reviews.core.reading.commerce``)."""

Answer = str | int | Fraction | tuple[str, ...]

NOT_APPLICABLE = "not_applicable"
ATTESTED = "attested"
LONGEST_TEXT = 5_000
MOST_DIGITS = 12
_NUMBER = re.compile(r"[-−]?[0-9]+(?:\.[0-9]+)?", re.ASCII)


class AnswerRefused(NotTaken):
    """That is not an answer to this item."""


@dataclass(frozen=True)
class Option:
    """One answer that an item offers: what is stored, what a person reads, and the points it scores (or none).

    ``alone``: of several that may be chosen together, this one goes with no other ("none of these").
    """

    code: str
    title: str
    points: int | None = None
    alone: bool = False


@dataclass(frozen=True)
class Condition:
    """What must have been answered elsewhere for an item to be asked.

    The other item's answer is one of ``answers``, or a number within ``at_least`` and ``at_most``; with none of the
    three, anything at all.
    """

    item: str
    answers: tuple[Answer, ...] = ()
    at_least: int | None = None
    at_most: int | None = None

    def is_met_by(self, answer: Answer | None) -> bool:
        """Whether the other item's answer meets this; of several choices one is enough."""
        if answer is None or answer in ("", ()):
            return False
        if self.answers:
            return any(one in self.answers for one in (answer if isinstance(answer, tuple) else (answer,)))
        if self.at_least is None and self.at_most is None:
            return True
        if not isinstance(answer, int | Fraction):
            return False
        return (self.at_least is None or answer >= self.at_least) and (self.at_most is None or answer <= self.at_most)


@dataclass(frozen=True)
class CarryOver:
    """An answer elsewhere that answers this item too, by the same fact.

    ``instrument`` and ``item`` say where; ``answers`` pairs the answers there with those here. An answer that is not
    among them carries nothing over.
    """

    instrument: str
    item: str
    answers: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Item:
    """One question, and how it is answered.

    ``kind`` "choice" stores an option's code; "scale" a whole number from ``lowest`` to ``highest``, whose options give
    the numbers their words; "multi_choice" a tuple of codes in the order of the options; "number" a number of at most
    ``decimals`` decimals (0 to 3) within ``lowest`` and ``highest`` where these are set; "text" what was typed; "date"
    an ISO day; "attestation" the word "attested".

    The code "not_applicable" answers a choice, scale or multi_choice that has it among its options, and a number or
    date with ``may_not_apply``. ``weight`` multiplies what the item scores; ``number`` is its place, from 1.
    ``informed_by`` names what the machine found in the article that is shown beside it; it answers nothing.
    """

    key: str
    number: int
    wording: str
    guidance: str
    kind: Kind
    options: tuple[Option, ...]
    required: bool
    show_if: tuple[Condition, ...]
    section: str
    lowest: int | None
    highest: int | None
    decimals: int = 0
    unit: str = ""
    may_not_apply: bool = False
    weight: int = 1
    carries: tuple[CarryOver, ...] = ()
    informed_by: tuple[Informant, ...] = ()

    def title_of(self, answer: Answer) -> str:
        """Return an answer as a person reads it."""
        titles = {option.code: option.title for option in self.options}
        if isinstance(answer, tuple):
            return ", ".join(titles.get(code, code) for code in answer)
        if answer == NOT_APPLICABLE:
            return titles.get(NOT_APPLICABLE, "Not applicable")
        if self.kind == "attestation":
            return "Confirmed"
        words = titles.get(str(answer), answer_text(answer))
        return f"{words} {self.unit}" if self.unit else words


@dataclass(frozen=True)
class Scoring:
    """How answers become a score.

    "satisfactory_share": satisfactory / (satisfactory + not); more than ``not_rated_limit`` items outside both give no
    share. "total": the sum of ``items``, each times its weight; an item that is not asked is "left_out" of the range or
    scores its "lowest". "none": no score. ``note`` is said beside the score.
    """

    method: Method
    items: tuple[str, ...]
    not_rated_limit: int
    not_asked: NotAsked
    note: str


@dataclass(frozen=True)
class Instrument:
    """A versioned form about an article or a claim. What its items hang on has no circle."""

    slug: str
    version: int
    title: str
    about: About
    introduction: str
    items: tuple[Item, ...]
    scoring: Scoring

    @property
    def key(self) -> str:
        """What answers are kept under: slug and version."""
        return f"{self.slug}@{self.version}"

    def item(self, key: str) -> Item:
        """Return the item of that key; raise ``KeyError``."""
        return {item.key: item for item in self.items}[key]

    def visible(self, answers: Mapping[str, Answer]) -> tuple[Item, ...]:
        """Return the items that are asked, given the answers so far, in the form's order.

        What hangs on an item that is not asked is not asked either, whatever was answered there before.
        """
        by_key = {item.key: item for item in self.items}
        asked: dict[str, bool] = {}

        def is_asked(key: str) -> bool:
            if key not in asked:
                conditions = by_key[key].show_if
                asked[key] = all(one.is_met_by(answers.get(one.item)) and is_asked(one.item) for one in conditions)
            return asked[key]

        return tuple(item for item in self.items if is_asked(item.key))

    def missing(self, answers: Mapping[str, Answer]) -> tuple[Item, ...]:
        """Return the items that are asked and required, and have no answer yet."""
        return tuple(item for item in self.visible(answers) if item.required and answers.get(item.key, "") in ("", ()))


def check_answer(item: Item, answer: object) -> Answer:
    """Return the answer as the judging room knows it, or raise ``AnswerRefused`` with the sentence for whoever gave it.

    Forms send text: "4" is the number 4 on a scale, "a,c" the two codes of a multi_choice.
    """
    if answer == NOT_APPLICABLE and item.kind in ("number", "date"):
        return _checked_exemption(item)
    if item.kind == "scale" and answer != NOT_APPLICABLE:
        return _checked_degree(item, answer)
    if item.kind in ("choice", "scale"):
        return _checked_choice(item, answer)
    return _CHECKS[item.kind](item, answer)


def answer_text(answer: Answer) -> str:
    """Return an answer as it is stored and sent: what ``check_answer`` reads back as the same."""
    if isinstance(answer, tuple):
        return ",".join(answer)
    if isinstance(answer, Fraction):
        sign, (whole, rest) = "-" if answer < 0 else "", divmod(abs(answer), 1)
        return f"{sign}{whole}.{int(rest * 1000):03}".rstrip("0").rstrip(".")
    return str(answer)


def _checked_exemption(item: Item) -> str:
    if not item.may_not_apply:
        raise AnswerRefused("“Not applicable” is not offered here.")
    return NOT_APPLICABLE


def _checked_text(_item: Item, answer: object) -> str:
    if not isinstance(answer, str):
        raise AnswerRefused("This question is answered in words.")
    if len(answer) > LONGEST_TEXT:
        raise AnswerRefused(
            "This answer is too long: %(length)s characters, at most %(most)s.",
            length=f"{len(answer):,}",
            most=f"{LONGEST_TEXT:,}",
        )
    return answer


def _checked_choice(item: Item, answer: object) -> str:
    codes = {option.code for option in item.options}
    if not isinstance(answer, str) or answer not in codes:
        titles = ", ".join(f"“{option.title}”" for option in item.options)
        raise AnswerRefused("Choose one of the answers offered: %(titles)s.", titles=titles)
    return answer


def _checked_choices(item: Item, answer: object) -> tuple[str, ...]:
    given = answer.split(",") if isinstance(answer, str) else answer
    if not isinstance(given, list | tuple):
        raise AnswerRefused("Choose among the answers offered.")
    chosen = {_checked_choice(item, code) for code in given if code}
    alone = [option for option in item.options if option.code in chosen and option.alone]
    if alone and len(chosen) > 1:
        raise AnswerRefused("“%(answer)s” does not go together with another answer.", answer=alone[0].title)
    return tuple(option.code for option in item.options if option.code in chosen)


def _checked_degree(item: Item, answer: object) -> int:
    refusal = AnswerRefused(
        "Choose a whole number from %(lowest)s to %(highest)s.", lowest=str(item.lowest), highest=str(item.highest)
    )
    if not isinstance(answer, str | int):
        raise refusal
    digits = str(answer).strip()
    if not (digits.isascii() and digits.isdecimal() and len(digits) <= MOST_DIGITS) or not _within(item, int(digits)):
        raise refusal
    return int(digits)


def _checked_number(item: Item, answer: object) -> int | Fraction:
    typed = answer_text(answer) if isinstance(answer, Fraction | int) else answer
    if isinstance(answer, bool) or not isinstance(typed, str):
        raise AnswerRefused("This question is answered with a number.")
    typed = typed.strip()
    if not _NUMBER.fullmatch(typed) or len(typed) > MOST_DIGITS:
        raise AnswerRefused("Give a number in digits, with a point for decimals: 2.5.")
    if len(typed.partition(".")[2]) > item.decimals:
        raise _too_precise(item.decimals)
    number = Fraction(typed.replace("−", "-"))
    if not _within(item, number):
        raise _out_of_range(item)
    return int(number) if number.denominator == 1 else number


def _too_precise(decimals: int) -> AnswerRefused:
    if decimals == 0:
        return AnswerRefused("Give it with no decimals.")
    if decimals == 1:
        return AnswerRefused("Give it with at most 1 decimal.")
    return AnswerRefused("Give it with at most %(number)s decimals.", number=decimals)


def _within(item: Item, number: int | Fraction) -> bool:
    return (item.lowest is None or number >= item.lowest) and (item.highest is None or number <= item.highest)


def _out_of_range(item: Item) -> AnswerRefused:
    if item.lowest is None:
        return AnswerRefused("Give a number of at most %(highest)s.", highest=str(item.highest))
    if item.highest is None:
        return AnswerRefused("Give a number of at least %(lowest)s.", lowest=item.lowest)
    return AnswerRefused("Give a number from %(lowest)s to %(highest)s.", lowest=item.lowest, highest=item.highest)


def _checked_date(_item: Item, answer: object) -> str:
    try:
        day = date.fromisoformat(answer.strip()) if isinstance(answer, str) else None
    except ValueError:
        day = None
    if day is None or not 1000 <= day.year <= 2200:
        raise AnswerRefused("Give a day as year, month and day: 2026-03-31.")
    return day.isoformat()


def _checked_attestation(_item: Item, answer: object) -> str:
    if answer != ATTESTED:
        raise AnswerRefused("This is confirmed or left open.")
    return ATTESTED


_CHECKS = {
    "multi_choice": _checked_choices,
    "number": _checked_number,
    "text": _checked_text,
    "date": _checked_date,
    "attestation": _checked_attestation,
}


def carried_answer(item: Item, *, instrument: str, source: str, answer: str) -> str | None:
    """Return what an answer to an item of another instrument says here, as it is stored; ``None`` for nothing.

    ``source`` is the item there, ``answer`` its stored answer.
    """
    for carry in item.carries:
        if (carry.instrument, carry.item) == (instrument, source):
            return dict(carry.answers).get(answer)
    return None


def fitting_answers(answers: Mapping[str, str], *, given_on: Instrument, to: Instrument) -> dict[str, str]:
    """Return those of the stored answers that still fit another version of their instrument, as they are stored there.

    One fits where an item of that key and kind takes it: its choices are still offered, its number is in the range.
    What somebody attested fits only where the words are the same.
    """
    before, after = ({item.key: item for item in form.items} for form in (given_on, to))
    fitting: dict[str, str] = {}
    for key in answers.keys() & before.keys() & after.keys():
        if _asks_the_same(before[key], after[key]):
            with suppress(AnswerRefused):
                fitting[key] = answer_text(check_answer(after[key], answers[key]))
    return {key: fitting[key] for key in answers if key in fitting}


def _asks_the_same(before: Item, after: Item) -> bool:
    return before.kind == after.kind and (after.kind != "attestation" or before.wording == after.wording)


def scored_items(instrument: Instrument) -> Sequence[Item]:
    """Return the items that the score is made of, in the order in which the scoring names them."""
    return [instrument.item(key) for key in instrument.scoring.items]
