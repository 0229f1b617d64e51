"""One value, one spelling: the bytes that a fingerprint is taken of."""

import json
import math
from collections.abc import Hashable, Mapping
from dataclasses import fields, is_dataclass
from fractions import Fraction
from functools import cache
from typing import Any, cast

SAID_AS_THEY_ARE = frozenset({str, int, bool, type(None)})


class NoCanonicalForm(TypeError):
    """This value cannot be written in a report."""


def canonical_json(value: object) -> bytes:
    """Return compact UTF-8 JSON with sorted keys.

    Whole numbers stay numbers; every other number becomes a string with exactly three decimals ("0.815", half
    to even, never "-0.000"), so that no platform spells it another way. Dataclasses become objects, tuples
    become arrays, sets become sorted arrays. Raises ``NoCanonicalForm`` for anything else, and for a number
    that is not finite.
    """
    return plain_json(as_plain(value))


def plain_json(plain: object) -> bytes:
    """Return the canonical JSON of what ``as_plain`` returned."""
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def joined_json(parts: Mapping[str, bytes]) -> bytes:
    """Return the canonical JSON of an object whose parts are said in canonical JSON already."""
    return b"{" + b",".join(plain_json(name) + b":" + parts[name] for name in sorted(parts)) + b"}"


def as_plain(value: object) -> object:
    """Return the value as what JSON can say: objects, arrays, strings, whole numbers, booleans and null.

    What is already as JSON says it is not looked into by a further call: reports are mostly made of that.
    """
    kind: Any = type(value)
    plain = SAID_AS_THEY_ARE
    if kind in plain:
        return value
    if kind is dict:
        pairs = cast("dict[object, object]", value).items()
        return {str(key): item if type(item) in plain else as_plain(item) for key, item in pairs}
    if kind is list or kind is tuple:
        return [item if type(item) in plain else as_plain(item) for item in cast("list[object]", value)]
    if names := _field_names(kind):
        parts = ((name, getattr(value, name)) for name in names)
        return {name: item if type(item) in plain else as_plain(item) for name, item in parts}
    return _rarely_as_plain(value)


@cache
def _field_names(kind: Hashable) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind)) if isinstance(kind, type) and is_dataclass(kind) else ()


def _rarely_as_plain(value: object) -> object:
    if isinstance(value, str | int):
        return value
    if isinstance(value, float | Fraction):
        return decimal_text(value)
    if isinstance(value, Mapping):
        return {str(key): as_plain(item) for key, item in value.items()}
    if isinstance(value, set | frozenset):
        return sorted((as_plain(item) for item in value), key=plain_json)
    if isinstance(value, list | tuple):
        return [as_plain(item) for item in value]
    raise NoCanonicalForm(f"A {type(value).__name__} cannot be written in a report.")


def decimal_text(number: float | Fraction) -> str:
    """Return the number with three decimals, half to even: "0.815"; raises ``NoCanonicalForm``."""
    if not math.isfinite(number):
        raise NoCanonicalForm("A number that is not finite cannot be written in a report.")
    thousandths = round(Fraction(number) * 1000)
    whole, rest = divmod(abs(thousandths), 1000)
    return f"{'-' if thousandths < 0 else ''}{whole}.{rest:03}"


def sort_key(value: object) -> bytes:
    """Return what orders values by their content alone."""
    return canonical_json(value)
