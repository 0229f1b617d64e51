"""Every regular expression of the craft, and texts made to wear it out."""

import ast
import importlib
import pkgutil
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from re import _constants, _parser  # type: ignore[attr-defined]  # how Python itself takes a pattern apart
from types import ModuleType
from typing import Any, NamedTuple

from reviews.core import citing, reading

ROOMS = (reading, citing)
FROM = frozenset({"compile", "search", "match", "fullmatch", "findall", "finditer", "sub", "subn", "split"})
UNITS = ("a", "A", " ", "\n", "\t", "1", ".", ",", "-", "–", "(", "<", '"', "_", "é", "/", ":", ";")
PAIRS = (
    "a ",
    "A ",
    "1 ",
    "1.",
    "1,",
    ", ",
    "a-",
    "a.",
    "<a",
    "((",
    ". ",
    "a\n",
    " \n",
    "A.",
    "a'",
    "10.1000/",
    "http://",
)


def patterns() -> dict[str, re.Pattern[str]]:
    """Return every compiled pattern, and every one written into a call, by module and name or line; of text, not of
    bytes."""
    found: dict[str, re.Pattern[str]] = {}
    for module in modules():
        for name, value in vars(module).items():
            for place, pattern in enumerate(within(value)):
                found[f"{module.__name__}.{name}{f'[{place}]' if place else ''}"] = pattern
        found |= written_in(module)
    unique = {(pattern.pattern, pattern.flags): name for name, pattern in reversed(found.items())}
    return {name: found[name] for name in unique.values() if isinstance(found[name].pattern, str)}


def modules() -> Iterator[ModuleType]:
    """Yield the modules of the rooms that strangers' texts come to."""
    for room in ROOMS:
        for info in pkgutil.iter_modules(room.__path__, prefix=f"{room.__name__}."):
            yield importlib.import_module(info.name)


def within(value: object) -> Iterator[re.Pattern[str]]:
    """Yield the patterns in a value of a module: itself, or what it holds."""
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, dict):
        yield from within(tuple(value.values()))
    elif isinstance(value, (tuple, list, frozenset)):
        for part in value:
            yield from within(part)
    elif is_dataclass(value) and not isinstance(value, type):
        yield from within(tuple(getattr(value, field.name) for field in fields(value)))


def written_in(module: ModuleType) -> dict[str, re.Pattern[str]]:
    """Return the patterns that a module writes straight into a call of re, by line."""
    found = {}
    for node in ast.walk(ast.parse(Path(module.__file__ or "").read_text())):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute) or node.func.attr not in FROM:
            continue
        first = node.args[0] if node.args else None
        is_of_re = isinstance(node.func.value, ast.Name) and node.func.value.id == "re"
        if is_of_re and isinstance(first, ast.Constant) and isinstance(first.value, str):
            ignored = re.IGNORECASE if "IGNORECASE" in ast.dump(node) or "id='I'" in ast.dump(node) else re.NOFLAG
            found[f"{module.__name__}:{node.lineno}"] = re.compile(first.value, ignored)
    return found


class Adversary(NamedTuple):
    """A text that is made against a pattern: a beginning, and then something repeated without end."""

    beginning: str
    repeated: str

    def text(self, length: int) -> str:
        """Return so many characters of it."""
        return (self.beginning + self.repeated * (length // len(self.repeated) + 1))[:length]


def adversaries(pattern: re.Pattern[str]) -> list[Adversary]:
    """Return the texts that are made against a pattern.

    They repeat single characters, pairs, what each part of the pattern matches, and what the whole matches but for its
    end; or begin with a match, and go on with one character.
    """
    parsed = _parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE)
    samples = sorted({sample for sample in (example(parsed), *parts(parsed)) if sample})
    runs = [*UNITS, *PAIRS, *samples, *(sample[:-1] for sample in samples if sample[1:])]
    begun = [Adversary(sample, unit) for sample in samples[:3] for unit in (" ", "a", "1", "\n")]
    return [*dict.fromkeys([*(Adversary("", run) for run in runs), *begun])]


def parts(parsed: Any) -> Iterator[str]:
    """Yield an example of whatever the pattern repeats."""
    for kind, value in parsed:
        if kind in REPEATS:
            yield example(value[2]) * 2
            yield from parts(value[2])
        elif kind is _constants.SUBPATTERN:
            yield from parts(value[3])
        elif kind is _constants.BRANCH:
            for branch in value[1][:6]:
                yield example(branch)
                yield from parts(branch)


REPEATS = (_constants.MAX_REPEAT, _constants.MIN_REPEAT, getattr(_constants, "POSSESSIVE_REPEAT", None))
OF_CATEGORY = {
    _constants.CATEGORY_DIGIT: ("1", r"\d"),
    _constants.CATEGORY_SPACE: (" ", r"\s"),
    _constants.CATEGORY_WORD: ("a", r"\w"),
    _constants.CATEGORY_NOT_DIGIT: ("a", r"\D"),
    _constants.CATEGORY_NOT_SPACE: ("a", r"\S"),
    _constants.CATEGORY_NOT_WORD: ("-", r"\W"),
}
"""For each class of characters one of it, and how it is written."""


def example(parsed: Any) -> str:
    """Return a text that a part of a pattern matches, or nearly so: looks around are passed over."""
    return "".join(example_of(kind, value) for kind, value in parsed)


def example_of(kind: object, value: Any) -> str:
    """Return an example of one step of a pattern; of what only looks around there is none."""
    if kind in REPEATS:
        return example(value[2]) * max(1, min(int(value[0]), 20))
    makers: dict[object, Callable[[Any], str]] = {
        _constants.LITERAL: chr,
        _constants.NOT_LITERAL: lambda code: "a" if code != ord("a") else "b",
        _constants.ANY: lambda _: "a",
        _constants.IN: of_set,
        _constants.SUBPATTERN: lambda group: example(group[3]),
        _constants.BRANCH: lambda branches: example(branches[1][0]),
        _constants.ATOMIC_GROUP: example,
    }
    return makers[kind](value) if kind in makers else ""


def of_set(items: Any) -> str:
    """Return a character of a set."""
    rows = [*items]
    if rows[0][0] is _constants.NEGATE:
        shown = "".join(map(_shown, rows[1:]))
        return next(character for character in "ax1 -~é" if not re.match(f"[{shown}]", character))
    kind, value = rows[0]
    if kind is _constants.RANGE:
        return chr(value[0])
    return OF_CATEGORY[value][0] if kind is _constants.CATEGORY else chr(value)


def _shown(row: tuple[object, Any]) -> str:
    kind, value = row
    if kind is _constants.CATEGORY:
        return OF_CATEGORY[value][1]
    if kind is _constants.RANGE:
        return f"{re.escape(chr(value[0]))}-{re.escape(chr(value[1]))}"
    return re.escape(chr(value))


TIMES = 16
MOST_GROWTH = 4.0
"""How much longer each character of a text TIMES as long may take. It is 1 for a linear pattern, TIMES for a quadratic
one; memory that no longer fits into the processor's own makes some difference too."""

LEAST_SECONDS = 0.0005
"""What takes less is too short to be compared."""


def table_of_patterns(*, length: int = 1_000_000) -> bool:
    """Print how long every pattern takes over 1 MB of its worst text, slowest first; return whether each is linear."""
    rows = []
    for name, pattern in patterns().items():
        worst = worst_of(pattern)[-1]
        rows.append((*growth_of(pattern, worst, length=length), worst, name))
    print(
        f"{'seconds':>8} {'growth':>7}  over {length:,} characters; growth: of each character's, from a 16th of them on"
    )
    for taken, growth, worst, name in sorted(rows, reverse=True):
        print(f"{taken:>8.2f} {growth:>7.1f}  {name}  {worst.beginning[:20]!r} {worst.repeated[:30]!r}")
    wearing = [name for _, growth, _, name in rows if growth > MOST_GROWTH]
    told = ", ".join(wearing) or "none"
    print(f"{sum(row[0] for row in rows):.0f} s for {len(rows)} patterns; more than linear: {told}")
    return not wearing


def growth_of(pattern: re.Pattern[str], adversary: Adversary, *, length: int) -> tuple[float, float]:
    """Return the seconds for a length, and how much longer each character takes than in a text of a part of it.

    The part is gone through as often as it fits into the whole: what slows a busy machine down slows both.
    """
    whole = adversary.text(length)
    parts = sum(seconds(pattern, whole[: length // TIMES]) for _ in range(TIMES))
    all_of_it = seconds(pattern, whole)
    return all_of_it, all_of_it / max(parts, TIMES * LEAST_SECONDS)


def worst_of(pattern: re.Pattern[str], *, length: int = 4_000) -> list[Adversary]:
    """Return the two texts of a length that take a pattern the longest, the worse one last."""
    taken = {adversary: seconds(pattern, adversary.text(length)) for adversary in adversaries(pattern)}
    return sorted(taken, key=lambda adversary: taken[adversary])[-2:]


def seconds(pattern: re.Pattern[str], text: str) -> float:
    """Return the processor time of a pattern's way through a text: searched from every place, however it is used."""
    began = time.process_time()
    for _ in pattern.finditer(text):
        pass
    return time.process_time() - began
