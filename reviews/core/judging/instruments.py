"""Structured forms as data: what they ask, which answers hold, what is missing, and what they score.

An instrument is read from TOML and never changes under its version: another wording is another version.
"""

import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from importlib import resources
from typing import Any, Literal, cast, get_args

Kind = Literal["choice", "scale", "text"]
About = Literal["article", "claim"]
Method = Literal["satisfactory_share", "total", "none"]
Answer = str | int

NOT_APPLICABLE = "not_applicable"
LONGEST_TEXT = 5_000


class NotAnInstrument(ValueError):
    """This file does not describe an instrument."""


class AnswerRefused(ValueError):
    """That is not an answer to this item."""


@dataclass(frozen=True)
class Option:
    """One answer that an item offers: what is stored and what a person reads."""

    code: str
    title: str


@dataclass(frozen=True)
class ShowIf:
    """An item is asked only when another item was answered in one of these ways."""

    item: str
    answers: tuple[Answer, ...]


@dataclass(frozen=True)
class Item:
    """One question.

    ``kind`` "choice" stores an option's code, "scale" a whole number from ``lowest`` to ``highest`` or the
    code "not_applicable" where that is among ``options``, "text" what was typed. The options of a scale give
    its numbers their words ("1", "3", "5").
    """

    key: str
    wording: str
    guidance: str
    kind: Kind
    options: tuple[Option, ...]
    required: bool
    show_if: ShowIf | None
    section: str
    lowest: int
    highest: int

    def title_of(self, answer: Answer) -> str:
        """Return an answer as a person reads it."""
        return next((option.title for option in self.options if option.code == str(answer)), str(answer))


@dataclass(frozen=True)
class Scoring:
    """How answers become a score.

    "satisfactory_share": satisfactory / (satisfactory + not); more than ``not_rated_limit`` items outside
    both give no share. "total": the sum of ``items``. "none": no score. A panel's answers are their plurality
    (choices) or their median (scales), item by item.
    """

    method: Method
    items: tuple[str, ...]
    not_rated_limit: int


@dataclass(frozen=True)
class Instrument:
    """A versioned form about an article or a claim."""

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
        """Return the items that are asked, given the answers so far; hidden items show nothing that hangs on
        them.
        """
        shown: dict[str, Item] = {}
        for item in self.items:
            asked = item.show_if is None or (
                item.show_if.item in shown and answers.get(item.show_if.item) in item.show_if.answers
            )
            if asked:
                shown[item.key] = item
        return tuple(shown.values())

    def missing(self, answers: Mapping[str, Answer]) -> tuple[Item, ...]:
        """Return the items that are asked and required, and have no answer yet."""
        return tuple(item for item in self.visible(answers) if item.required and answers.get(item.key, "") == "")


def check_answer(item: Item, answer: object) -> Answer:
    """Return the answer as it is stored, or raise ``AnswerRefused`` with the sentence for whoever gave it.

    A form sends text: "4" is the number 4 on a scale.
    """
    if item.kind == "text":
        return _checked_text(answer)
    if item.kind == "choice" or answer == NOT_APPLICABLE:
        return _checked_choice(item, answer)
    return _checked_number(item, answer)


def _checked_text(answer: object) -> str:
    if not isinstance(answer, str):
        raise AnswerRefused("This question is answered in words.")
    if len(answer) > LONGEST_TEXT:
        raise AnswerRefused(f"This answer is too long: {len(answer):,} characters, at most {LONGEST_TEXT:,}.")
    return answer


def _checked_choice(item: Item, answer: object) -> str:
    codes = {option.code for option in item.options}
    if not isinstance(answer, str) or answer not in codes:
        titles = ", ".join(f"“{option.title}”" for option in item.options)
        raise AnswerRefused(f"Choose one of the answers offered: {titles}.")
    return answer


def _checked_number(item: Item, answer: object) -> int:
    refusal = f"Choose a whole number from {item.lowest} to {item.highest}."
    if isinstance(answer, bool) or not isinstance(answer, str | int):
        raise AnswerRefused(refusal)
    digits = str(answer).strip()
    if not (digits.isascii() and digits.isdecimal() and len(digits) < 10):
        raise AnswerRefused(refusal)
    if not item.lowest <= int(digits) <= item.highest:
        raise AnswerRefused(refusal)
    return int(digits)


@dataclass(frozen=True)
class ItemResult:
    """What one item came to: over a panel the plurality or the median.

    ``answer`` is ``None`` where a tie is not settled or nobody answered; ``counts`` has every answer given.
    """

    key: str
    answer: Answer | Fraction | None
    counts: Mapping[str, int]


@dataclass(frozen=True)
class Score:
    """What an instrument came to.

    For a share: ``value`` 0 to 1, ``stars`` 0 to 5, of ``rated`` items. For a total: ``value`` within
    ``lowest`` to ``highest``. ``value`` is ``None`` with the ``reason`` in words.
    """

    value: Fraction | None
    rated: int
    lowest: int
    highest: int
    stars: int | None
    reason: str


def panel_answers(instrument: Instrument, answers: Sequence[Mapping[str, Answer]]) -> tuple[ItemResult, ...]:
    """Return what a panel answered, item by item; an answer to an item that was not asked does not count."""
    given: dict[str, list[Answer]] = {item.key: [] for item in instrument.items}
    for one in answers:
        for item in instrument.visible(one):
            if one.get(item.key, "") != "":
                given[item.key].append(one[item.key])
    return tuple(_item_result(item, given[item.key]) for item in instrument.items)


def _item_result(item: Item, answers: list[Answer]) -> ItemResult:
    if item.kind == "text":
        return ItemResult(key=item.key, answer=None, counts={})
    counts = Counter(str(answer) for answer in answers)
    numbers = sorted(answer for answer in answers if isinstance(answer, int))
    answer = _middle_answer(numbers, answers=len(answers)) if item.kind == "scale" else _most_given(counts)
    return ItemResult(key=item.key, answer=answer, counts=dict(sorted(counts.items())))


def _middle_answer(numbers: Sequence[int], *, answers: int) -> Answer | Fraction | None:
    """Return the median where most gave a number, "not applicable" where most did not, ``None`` on a tie."""
    if 2 * len(numbers) > answers:
        return _median(numbers)
    return NOT_APPLICABLE if 2 * len(numbers) < answers else None


def _median(numbers: Sequence[int]) -> Fraction:
    return Fraction(numbers[(len(numbers) - 1) // 2] + numbers[len(numbers) // 2], 2)


def _most_given(counts: Mapping[str, int]) -> str | None:
    most = max(counts.values(), default=0)
    leaders = [code for code, count in counts.items() if count == most]
    return leaders[0] if len(leaders) == 1 else None


def score(instrument: Instrument, results: Sequence[ItemResult]) -> Score | None:
    """Return the score of a panel's results (a panel of one included); ``None`` for an instrument without a
    score.
    """
    scored = [result for result in results if result.key in instrument.scoring.items]
    if instrument.scoring.method == "satisfactory_share":
        return _satisfactory_share(scored, limit=instrument.scoring.not_rated_limit)
    if instrument.scoring.method == "total":
        return _total(scored, instrument=instrument)
    return None


def _satisfactory_share(results: Sequence[ItemResult], *, limit: int) -> Score:
    """Score as HealthNewsReview does: *not applicable* leaves the denominator, and so does what is not
    settled.
    """
    satisfactory = sum(result.answer == "satisfactory" for result in results)
    rated = satisfactory + sum(result.answer == "not_satisfactory" for result in results)
    if len(results) - rated > limit or not rated:
        reason = f"No score: more than {limit} of {len(results)} items are not applicable or not settled."
        return Score(value=None, rated=rated, lowest=0, highest=1, stars=None, reason=reason)
    share = Fraction(satisfactory, rated)
    return Score(value=share, rated=rated, lowest=0, highest=1, stars=stars_of(share), reason="")


def stars_of(share: Fraction) -> int:
    """Return 0 stars for nothing, then one for each fifth begun (HealthNewsReview.org, star scores)."""
    return -(-share * 5 // 1)


def _total(results: Sequence[ItemResult], *, instrument: Instrument) -> Score:
    """Sum the items that have a number, and give the range that so many items could reach."""
    rated = [result for result in results if isinstance(result.answer, int | Fraction)]
    items = [instrument.item(result.key) for result in rated]
    lowest, highest = sum(item.lowest for item in items), sum(item.highest for item in items)
    unanswered = sum(result.answer is None for result in results)
    if unanswered or not rated:
        reason = f"No total: {unanswered} of {len(results)} items have no settled answer."
        return Score(value=None, rated=len(rated), lowest=lowest, highest=highest, stars=None, reason=reason)
    value = sum((Fraction(result.answer) for result in rated if result.answer is not None), Fraction(0))
    return Score(value=value, rated=len(rated), lowest=lowest, highest=highest, stars=None, reason="")


def read_instrument(text: str) -> Instrument:
    """Read an instrument from TOML; raises ``NotAnInstrument`` with what is wrong and where."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise NotAnInstrument(f"This is not TOML: {error}.") from error
    offered = table.get("options", {}).items()
    options = {name: _read_options(entries, where=f"options “{name}”") for name, entries in offered}
    numbered = enumerate(table.get("items", []), start=1)
    items = tuple(_read_item(entry, options=options, number=number) for number, entry in numbered)
    _check_items(items)
    return Instrument(
        slug=_text(table, "slug", where="the instrument"),
        version=_whole(table, "version", where="the instrument", least=1),
        title=_text(table, "title", where="the instrument"),
        about=cast(About, _one_of(table, "about", among=get_args(About), where="the instrument")),
        introduction=_text(table, "introduction", where="the instrument", default=""),
        items=items,
        scoring=_read_scoring(table.get("scoring", {"method": "none"}), items=items),
    )


def _read_item(entry: Mapping[str, Any], *, options: Mapping[str, tuple[Option, ...]], number: int) -> Item:
    where = f"item {number}"
    kind = cast(Kind, _one_of(entry, "kind", among=get_args(Kind), where=where))
    offered = options.get(entry.get("options", ""), ())
    if kind != "text" and not offered:
        raise NotAnInstrument(f"In {where}, “options” must name a list of options.")
    lowest, highest = _ends(offered, where=where) if kind == "scale" else (0, 0)
    return Item(
        key=_text(entry, "key", where=where),
        wording=_text(entry, "wording", where=where),
        guidance=_text(entry, "guidance", where=where, default=""),
        kind=kind,
        options=offered,
        required=bool(entry.get("required", kind != "text")),
        show_if=_read_show_if(entry.get("show_if"), where=where),
        section=_text(entry, "section", where=where, default=""),
        lowest=lowest,
        highest=highest,
    )


def _ends(options: Sequence[Option], *, where: str) -> tuple[int, int]:
    """Return the lowest and the highest number of a scale."""
    codes = [option.code for option in options if option.code != NOT_APPLICABLE]
    if not codes or not all(code.isascii() and code.isdecimal() for code in codes):
        raise NotAnInstrument(f"In {where}, the options of a scale are whole numbers or “{NOT_APPLICABLE}”.")
    return min(map(int, codes)), max(map(int, codes))


def _read_options(entries: Sequence[Mapping[str, Any]], *, where: str) -> tuple[Option, ...]:
    return tuple(
        Option(code=_text(entry, "code", where=where), title=_text(entry, "title", where=where)) for entry in entries
    )


def _read_show_if(entry: Mapping[str, Any] | None, *, where: str) -> ShowIf | None:
    if entry is None:
        return None
    answers = entry.get("answers")
    if not isinstance(answers, list) or not all(isinstance(answer, str | int) for answer in answers):
        raise NotAnInstrument(f"In {where}, “show_if” needs the list “answers”.")
    return ShowIf(item=_text(entry, "item", where=where), answers=tuple(answers))


def _read_scoring(entry: Mapping[str, Any], *, items: Sequence[Item]) -> Scoring:
    keys = {item.key for item in items}
    scored = tuple(entry.get("items", [item.key for item in items]))
    if unknown := [key for key in scored if key not in keys]:
        raise NotAnInstrument(f"The scoring names the item “{unknown[0]}”, which is not there.")
    limit = _whole(entry, "not_rated_limit", where="the scoring", default=0)
    method = cast(Method, _one_of(entry, "method", among=get_args(Method), where="the scoring"))
    return Scoring(method=method, items=scored, not_rated_limit=limit)


def _check_items(items: Sequence[Item]) -> None:
    if not items:
        raise NotAnInstrument("An instrument needs at least one item.")
    before: set[str] = set()
    for item in items:
        if item.key in before:
            raise NotAnInstrument(f"Two items have the key “{item.key}”.")
        if item.show_if and item.show_if.item not in before:
            raise NotAnInstrument(
                f"The item “{item.key}” hangs on “{item.show_if.item}”, which does not come before it."
            )
        before.add(item.key)


def _text(table: Mapping[str, Any], name: str, *, where: str, default: str | None = None) -> str:
    value = table.get(name, default)
    if not isinstance(value, str) or (default is None and not value.strip()):
        raise NotAnInstrument(f"In {where}, “{name}” must be text.")
    return value.strip()


def _whole(table: Mapping[str, Any], name: str, *, where: str, least: int = 0, default: int | None = None) -> int:
    value = table.get(name, default)
    if isinstance(value, bool) or not isinstance(value, int) or value < least:
        raise NotAnInstrument(f"In {where}, “{name}” must be a whole number of {least} or more.")
    return int(value)


def _one_of(table: Mapping[str, Any], name: str, *, among: Sequence[str], where: str) -> str:
    value = table.get(name)
    if value not in among:
        raise NotAnInstrument(f"In {where}, “{name}” is {value!r}; it must be one of: {', '.join(among)}.")
    return str(value)


def shipped_definitions() -> tuple[str, ...]:
    """Return the definition of every instrument that comes with Assay, as TOML, by file name."""
    folder = resources.files("reviews.core.judging") / "data"
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".toml")), key=lambda file: file.name)
    return tuple(file.read_text(encoding="utf-8") for file in files)


def shipped_instruments() -> tuple[Instrument, ...]:
    """Return the instruments that come with Assay, by slug."""
    return tuple(sorted(map(read_instrument, shipped_definitions()), key=lambda instrument: instrument.slug))
