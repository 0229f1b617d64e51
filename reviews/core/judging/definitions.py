"""Reading an instrument from TOML, loudly: what is wrong has a name, a sentence and a line.

A definition has ``slug``, ``version``, ``title``, ``about`` ("article" or "claim"), perhaps ``introduction``; lists of
answers as ``[[options.NAME]]``; ``[[items]]``; perhaps ``[scoring]``. ``docs/editors.md`` describes every key.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib import resources
from typing import Any, cast, get_args

from reviews.core.judging.instruments import (
    NOT_APPLICABLE,
    About,
    AnswerRefused,
    CarryOver,
    Condition,
    Informant,
    Instrument,
    Item,
    Kind,
    Method,
    NotAsked,
    Option,
    Scoring,
    check_answer,
)

MOST_ITEMS, MOST_OPTIONS, LONGEST_KEY = 200, 60, 60
_KEY = re.compile(r"[a-z0-9][a-z0-9_-]*", re.ASCII)
_WITH_OPTIONS = ("choice", "scale", "multi_choice")
_KEYS = {
    "the instrument": {"slug", "version", "title", "about", "introduction", "options", "items", "scoring"},
    "item": {
        *("key", "wording", "guidance", "kind", "options", "required", "show_if", "section", "lowest", "highest"),
        *("decimals", "unit", "may_not_apply", "weight", "carry_over", "informed_by"),
    },
    "options": {"code", "title", "points", "alone"},
    "the scoring": {"method", "items", "not_rated_limit", "not_asked", "note"},
    "show_if": {"item", "answers", "at_least", "at_most"},
    "carry_over": {"instrument", "item", "answers"},
}


class NotAnInstrument(ValueError):
    """This does not describe an instrument. ``line`` is where, from 1, or ``None`` where nobody can tell."""

    def __init__(self, sentence: str, *, line: int | None = None) -> None:
        super().__init__(sentence if line is None else f"Line {line}: {sentence}")
        self.line = line


class NotToml(NotAnInstrument):
    """The text is not TOML at all."""


class ValueMissing(NotAnInstrument):
    """Something that has to be said is not said."""


class WrongValue(NotAnInstrument):
    """Something is said in a way that cannot be understood."""


class UnknownName(NotAnInstrument):
    """Something is named that is not there."""


class SaidTwice(NotAnInstrument):
    """Two things have the same name."""


class HangsOnItself(NotAnInstrument):
    """Items hang on each other in a circle: none of them would ever be asked."""


class Place:
    """Where in the text a table stands: its name in words, and its line."""

    def __init__(self, text: str, words: str, *, header: str = "", nth: int = 1) -> None:
        self.words = words
        self.line = _line_of(text, header=header, nth=nth) if header else None

    def __str__(self) -> str:
        return self.words


def _line_of(text: str, *, header: str, nth: int) -> int | None:
    """Return the line of the nth table of a name, written as tables or arrays of tables are."""
    heads = re.compile(rf"\s*\[\[?\s*{re.escape(header)}\s*\]\]?\s*(?:#.*)?")
    found = [number for number, line in enumerate(text.splitlines(), start=1) if heads.fullmatch(line)]
    return found[nth - 1] if len(found) >= nth else None


@lru_cache(maxsize=128)
def read_instrument(text: str) -> Instrument:
    """Read an instrument from TOML; raises ``NotAnInstrument`` with what is wrong and where."""
    table = _read_toml(text)
    whole = Place(text, "the instrument")
    _known_keys(table, "the instrument", at=whole)
    options = _read_all_options(table.get("options", {}), text=text)
    entries = _tables(table, "items", at=whole, most=MOST_ITEMS)
    places = [_place_of_item(text, entry, number=number) for number, entry in enumerate(entries, start=1)]
    numbered = zip(entries, places, range(1, len(entries) + 1), strict=True)
    items = tuple(_read_item(entry, options=options, number=number, at=place) for entry, place, number in numbered)
    _check_items(items, places=places, at=whole)
    about = cast(About, _one_of(table, "about", among=get_args(About), at=whole))
    if about == "claim" and not any(item.required and not item.show_if for item in items):
        raise ValueMissing("A form about claims needs a question that is required and always asked.")
    return Instrument(
        slug=_key(table, "slug", at=whole),
        version=_whole(table, "version", at=whole, least=1),
        title=_text(table, "title", at=whole, most=120),
        about=about,
        introduction=_text(table, "introduction", at=whole, default=""),
        items=items,
        scoring=_read_scoring(table.get("scoring"), items=items, at=Place(text, "the scoring", header="scoring")),
    )


def _read_toml(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"at line (\d+)", str(error))
        line = int(found[1]) if found else text.count("\n") + 1
        raise NotToml(f"This is not TOML: {error}.", line=line) from error


def _place_of_item(text: str, entry: Mapping[str, Any], *, number: int) -> Place:
    key = entry.get("key")
    named = f"item {number} (“{key}”)" if isinstance(key, str) and key else f"item {number}"
    return Place(text, named, header="items", nth=number)


def _read_all_options(tables: object, *, text: str) -> dict[str, tuple[Option, ...]]:
    if not isinstance(tables, dict):
        raise WrongValue("“options” are written as [[options.NAME]].")
    return {name: _read_options(tables, name, text=text) for name in tables}


def _read_options(tables: Mapping[str, Any], name: str, *, text: str) -> tuple[Option, ...]:
    at = Place(text, f"the options “{name}”", header=f"options.{name}")
    options: list[Option] = []
    for nth, entry in enumerate(_tables(tables, name, at=at, most=MOST_OPTIONS), start=1):
        one = Place(text, f"option {nth} of “{name}”", header=f"options.{name}", nth=nth)
        _known_keys(entry, "options", at=one)
        code = _key(entry, "code", at=one)
        option = Option(
            code=code,
            title=_text(entry, "title", at=one),
            points=_whole(entry, "points", at=one, default=None) if "points" in entry else None,
            alone=_yes_no(entry, "alone", at=one, default=code == NOT_APPLICABLE),
        )
        if code in {earlier.code for earlier in options}:
            raise SaidTwice(f"In {at}, two have the code “{code}”.", line=one.line)
        options.append(option)
    return tuple(options)


def _read_item(entry: Mapping[str, Any], *, options: Mapping[str, tuple[Option, ...]], number: int, at: Place) -> Item:
    _known_keys(entry, "item", at=at)
    kind = cast(Kind, _one_of(entry, "kind", among=get_args(Kind), at=at))
    offered = _offered(entry, kind=kind, options=options, at=at)
    lowest, highest = _ends(offered, at=at) if kind == "scale" else _limits(entry, "lowest", "highest", at=at)
    return Item(
        key=_key(entry, "key", at=at),
        number=number,
        wording=_text(entry, "wording", at=at),
        guidance=_text(entry, "guidance", at=at, default=""),
        kind=kind,
        options=offered,
        required=_yes_no(entry, "required", at=at, default=kind != "text"),
        show_if=tuple(_read_condition(one, at=at) for one in _one_or_more(entry, "show_if", at=at)),
        section=_text(entry, "section", at=at, default=""),
        lowest=lowest,
        highest=highest,
        decimals=_whole(entry, "decimals", at=at, default=0, most=3),
        unit=_text(entry, "unit", at=at, default="", most=30),
        may_not_apply=_yes_no(entry, "may_not_apply", at=at, default=False),
        weight=_whole(entry, "weight", at=at, least=1, default=1, most=100),
        carries=tuple(_read_carry(one, at=at) for one in _one_or_more(entry, "carry_over", at=at)),
        informed_by=_read_informants(entry, at=at),
    )


def _offered(
    entry: Mapping[str, Any], *, kind: Kind, options: Mapping[str, tuple[Option, ...]], at: Place
) -> tuple[Option, ...]:
    name = entry.get("options")
    if kind not in _WITH_OPTIONS:
        if name is not None:
            raise WrongValue(f"In {at}, “options” do not go with the kind “{kind}”.", line=at.line)
        return ()
    offered = options.get(name, ()) if isinstance(name, str) else ()
    if not offered:
        raise UnknownName(f"In {at}, “options” must name a list of options.", line=at.line)
    return offered


def _ends(options: Sequence[Option], *, at: Place) -> tuple[int, int]:
    """Return the lowest and the highest number of a scale."""
    codes = [option.code for option in options if option.code != NOT_APPLICABLE]
    if not codes or not all(code.isdecimal() for code in codes):
        sentence = f"In {at}, the options of a scale are whole numbers or “{NOT_APPLICABLE}”."
        raise WrongValue(sentence, line=at.line)
    return min(map(int, codes)), max(map(int, codes))


def _limits(entry: Mapping[str, Any], least: str, most: str, *, at: Place) -> tuple[int | None, int | None]:
    lowest, highest = entry.get(least), entry.get(most)
    for name, limit in ((least, lowest), (most, highest)):
        if limit is not None and (isinstance(limit, bool) or not isinstance(limit, int)):
            raise WrongValue(f"In {at}, “{name}” must be a whole number.", line=at.line)
    if lowest is not None and highest is not None and lowest > highest:
        raise WrongValue(f"In {at}, “{least}” is more than “{most}”.", line=at.line)
    return lowest, highest


def _read_condition(entry: Mapping[str, Any], *, at: Place) -> Condition:
    _known_keys(entry, "show_if", at=at)
    answers = entry.get("answers", [])
    if not isinstance(answers, list) or not all(isinstance(one, str | int) for one in answers):
        raise WrongValue(f"In {at}, the “answers” of “show_if” must be a list.", line=at.line)
    least, most = _limits(entry, "at_least", "at_most", at=at)
    return Condition(item=_text(entry, "item", at=at), answers=tuple(answers), at_least=least, at_most=most)


def _read_carry(entry: Mapping[str, Any], *, at: Place) -> CarryOver:
    _known_keys(entry, "carry_over", at=at)
    answers = entry.get("answers")
    if not isinstance(answers, dict) or not all(isinstance(one, str) for one in answers.values()):
        raise WrongValue(f"In {at}, the “answers” of “carry_over” must be a table of texts.", line=at.line)
    instrument, item = _text(entry, "instrument", at=at), _text(entry, "item", at=at)
    return CarryOver(instrument=instrument, item=item, answers=tuple(sorted(answers.items())))


def _read_informants(entry: Mapping[str, Any], *, at: Place) -> tuple[Informant, ...]:
    named = entry.get("informed_by", [])
    if not isinstance(named, list):
        raise WrongValue(f"In {at}, “informed_by” must be a list.", line=at.line)
    known = get_args(Informant)
    return tuple(cast(Informant, _one_of({"informed_by": one}, "informed_by", among=known, at=at)) for one in named)


def _check_items(items: Sequence[Item], *, places: Sequence[Place], at: Place) -> None:
    if not items:
        raise ValueMissing("An instrument needs at least one item.", line=at.line)
    by_key: dict[str, Item] = {}
    for item, place in zip(items, places, strict=True):
        if item.key in by_key:
            raise SaidTwice(f"Two items have the key “{item.key}”.", line=place.line)
        by_key[item.key] = item
    for item, place in zip(items, places, strict=True):
        _check_conditions(item, by_key=by_key, at=place)
        _check_carries(item, at=place)
    for item, place in zip(items, places, strict=True):
        _check_circle(item, by_key=by_key, at=place)


def _check_conditions(item: Item, *, by_key: Mapping[str, Item], at: Place) -> None:
    """Refuse a condition on an item that is not there, or on an answer that can never be given there."""
    for condition in item.show_if:
        other = by_key.get(condition.item)
        if other is None:
            raise UnknownName(
                f"In {at}, “show_if” names the item “{condition.item}”, which is not there.", line=at.line
            )
        limited = condition.at_least is not None or condition.at_most is not None
        if limited and other.kind not in ("scale", "number"):
            raise WrongValue(f"In {at}, “{other.key}” is not a number: name its “answers”.", line=at.line)
        for answer in condition.answers:
            _can_be_given(other, answer, at=at)


def _can_be_given(other: Item, answer: object, *, at: Place) -> None:
    try:
        check_answer(other, answer)
    except AnswerRefused as refusal:
        sentence = f"In {at}, “{answer}” is no answer to “{other.key}”. {refusal}"
        raise UnknownName(sentence, line=at.line) from refusal


def _check_carries(item: Item, *, at: Place) -> None:
    for carry in item.carries:
        for _, here in carry.answers:
            _can_be_given(item, here, at=at)


def _check_circle(item: Item, *, by_key: Mapping[str, Item], at: Place) -> None:
    """Refuse an item that, over others, hangs on itself."""
    reached_by: dict[str, str] = {}
    waiting = [item.key]
    while waiting:
        key = waiting.pop()
        for condition in by_key[key].show_if:
            if condition.item == item.key:
                circle = " → ".join(f"“{one}”" for one in [*_way(item.key, key, reached_by), item.key])
                raise HangsOnItself(f"In {at}, “show_if” goes in a circle: {circle}.", line=at.line)
            if condition.item not in reached_by:
                reached_by[condition.item] = key
                waiting.append(condition.item)


def _way(start: str, end: str, reached_by: Mapping[str, str]) -> list[str]:
    way = [end]
    while way[-1] != start:
        way.append(reached_by[way[-1]])
    return way[::-1]


def _read_scoring(entry: object, *, items: Sequence[Item], at: Place) -> Scoring:
    if entry is None:
        entry = {"method": "none"}
    if not isinstance(entry, dict):
        raise WrongValue("“scoring” is written as a table: [scoring].", line=at.line)
    _known_keys(entry, "the scoring", at=at)
    by_key = {item.key: item for item in items}
    named = entry.get("items", list(by_key))
    if not isinstance(named, list):
        raise WrongValue(f"In {at}, “items” must be a list of keys.", line=at.line)
    scored = tuple(map(str, named))
    if unknown := [key for key in scored if key not in by_key]:
        raise UnknownName(f"The scoring names the item “{unknown[0]}”, which is not there.", line=at.line)
    method = cast(Method, _one_of(entry, "method", among=get_args(Method), at=at))
    for key in scored:
        _check_scored(by_key[key], method=method, at=at)
    return Scoring(
        method=method,
        items=scored,
        not_rated_limit=_whole(entry, "not_rated_limit", at=at, default=0),
        not_asked=cast(
            NotAsked, _one_of({"not_asked": "left_out", **entry}, "not_asked", among=get_args(NotAsked), at=at)
        ),
        note=_text(entry, "note", at=at, default=""),
    )


def _check_scored(item: Item, *, method: Method, at: Place) -> None:
    """Refuse to score an item whose answers have no points, or, by share, one that is not rated satisfactory or not."""
    codes = {option.code for option in item.options}
    worthless = [one.code for one in item.options if one.points is None and one.code != NOT_APPLICABLE]
    if method == "satisfactory_share" and not {"satisfactory", "not_satisfactory"} <= codes:
        raise WrongValue(f"The scoring needs “satisfactory” and “not_satisfactory” in “{item.key}”.", line=at.line)
    if method != "total" or item.kind == "scale":
        return
    if item.kind == "number" and item.lowest is not None and item.highest is not None:
        return
    if item.kind != "choice" or worthless:
        raise WrongValue(f"The scoring sums “{item.key}”, whose answers have no “points”.", line=at.line)


def _known_keys(table: Mapping[str, Any], kind: str, *, at: Place) -> None:
    if unknown := sorted(set(table) - _KEYS[kind]):
        known = ", ".join(sorted(_KEYS[kind]))
        raise UnknownName(f"In {at}, nobody knows what “{unknown[0]}” means; known are: {known}.", line=at.line)


def _tables(table: Mapping[str, Any], name: str, *, at: Place, most: int) -> list[dict[str, Any]]:
    entries = table.get(name, [])
    if not isinstance(entries, list) or not all(isinstance(one, dict) for one in entries):
        raise WrongValue(f"In {at}, “{name}” must be a list of tables.", line=at.line)
    if len(entries) > most:
        raise WrongValue(f"In {at}, “{name}” has {len(entries)} entries; at most {most}.", line=at.line)
    return entries


def _one_or_more(entry: Mapping[str, Any], name: str, *, at: Place) -> list[dict[str, Any]]:
    value = entry.get(name, [])
    return _tables({name: [value] if isinstance(value, dict) else value}, name, at=at, most=20)


def _key(table: Mapping[str, Any], name: str, *, at: Place) -> str:
    value = _text(table, name, at=at, most=LONGEST_KEY)
    if not _KEY.fullmatch(value):
        raise WrongValue(f"In {at}, “{name}” has small letters, digits, “-” and “_” only.", line=at.line)
    return value


def _text(table: Mapping[str, Any], name: str, *, at: Place, default: str | None = None, most: int = 4_000) -> str:
    value = table.get(name, default)
    if value is None:
        raise ValueMissing(f"In {at}, “{name}” must be text, and it is missing.", line=at.line)
    if not isinstance(value, str) or (default is None and not value.strip()):
        raise WrongValue(f"In {at}, “{name}” must be text.", line=at.line)
    if len(value) > most:
        raise WrongValue(f"In {at}, “{name}” is too long: {len(value):,} characters, at most {most:,}.", line=at.line)
    return value.strip()


def _whole(
    table: Mapping[str, Any], name: str, *, at: Place, least: int = 0, most: int = 10_000, default: int | None = None
) -> int:
    value = table.get(name, default)
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        wanted = f"a whole number of {least} or more" if value is None or most == 10_000 else f"from {least} to {most}"
        raise WrongValue(f"In {at}, “{name}” must be {wanted}.", line=at.line)
    return int(value)


def _yes_no(table: Mapping[str, Any], name: str, *, at: Place, default: bool) -> bool:
    value = table.get(name, default)
    if not isinstance(value, bool):
        raise WrongValue(f"In {at}, “{name}” must be true or false.", line=at.line)
    return value


def _one_of(table: Mapping[str, Any], name: str, *, among: Sequence[str], at: Place) -> str:
    value = table.get(name)
    if value not in among:
        raise WrongValue(f"In {at}, “{name}” is {value!r}; it must be one of: {', '.join(among)}.", line=at.line)
    return str(value)


def shipped_definitions() -> tuple[str, ...]:
    """Return the definition of every instrument that comes with Assay, as TOML, by file name."""
    folder = resources.files("reviews.core.judging") / "data"
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".toml")), key=lambda file: file.name)
    return tuple(file.read_text(encoding="utf-8") for file in files)


def shipped_instruments() -> tuple[Instrument, ...]:
    """Return the instruments that come with Assay, by slug."""
    return tuple(sorted(map(read_instrument, shipped_definitions()), key=lambda instrument: instrument.slug))
