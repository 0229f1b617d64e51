"""With what a match of a pattern can begin, and what it cannot do without: read off the pattern itself.

Both answers are on the safe side: a step of a pattern that is not known here counts as one that matches anything.
Patterns are taken apart by Python's own parser, which has no public name.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

LONGEST = 6  # characters of a beginning that are told apart
LONGEST_NEED = 40
MOST_STRINGS = 400  # that a part of a pattern may match before it counts as one that matches anything
SAME = {"İ": "i", "ı": "i", "ſ": "s", "\u212a": "k", "μ": "µ", "Μ": "µ"}  # what IGNORECASE takes for another letter
DIGIT = re.compile(r"\d")
REPEATS = (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT)
LOOKS = (codes.ASSERT, codes.ASSERT_NOT, codes.AT)
BEHIND, AHEAD = -1, 1

Step = tuple[Any, Any]


@dataclass(frozen=True, slots=True)
class Strings:
    """What a part of a pattern matches: `whole` strings, and the beginnings of others, whose ends are not known."""

    whole: frozenset[str] = frozenset()
    begun: frozenset[str] = frozenset()

    def __or__(self, other: "Strings") -> "Strings":
        return Strings(self.whole | other.whole, self.begun | other.begun)

    def then(self, other: "Strings", *, longest: int) -> "Strings":
        """Return what matches the one and then the other, known up to a length."""
        together = {one + more for one in self.whole for more in other.whole}
        begun = {one + more for one in self.whole for more in other.begun}
        if len(together) + len(begun) > MOST_STRINGS:
            return Strings(begun=self.begun | self.whole)
        long = {one for one in together if len(one) >= longest}
        return Strings(frozenset(together - long), self.begun | begun | long)


NOTHING = Strings(whole=frozenset({""}))
ANYTHING = Strings(begun=frozenset({""}))


@dataclass(frozen=True, slots=True)
class Way:
    """One of a pattern's alternatives: each match by it begins with one of `heads` and holds one of `needs`, if any.

    Both are plain as in ``plain``, but the heads of a pattern that heeds case keep their case.
    """

    heads: frozenset[str]
    needs: frozenset[str]


def plain(text: str, *, keeps_case: bool = False) -> str:
    """Return a text, as long as it was, with every digit as 0 and, unless case counts, in small letters."""
    if keeps_case:
        return DIGIT.sub("0", text)
    for letter, same in SAME.items() if not text.isascii() else ():  # quicker than str.translate
        text = text.replace(letter, same)
    return DIGIT.sub("0", text.lower())


def heeds_case(pattern: re.Pattern[str]) -> bool:
    """Whether a pattern tells capitals from small letters."""
    return not pattern.flags & re.IGNORECASE


def begins_anywhere(pattern: re.Pattern[str]) -> bool:
    """Whether a match of a pattern can begin inside a word, or at any word."""
    if not all(map(_follows_no_word, _alternatives(pattern))):
        return True
    ways = [*ways_of(pattern)]
    return all("" in way.heads for way in ways) or any("" in way.heads and not way.needs for way in ways)


def ways_of(pattern: re.Pattern[str]) -> Iterator[Way]:
    """Yield the ways in which a pattern can match. What a way needs is asked only where its heads tell little."""
    for steps in _alternatives(pattern):
        begun = _strings(steps, longest=LONGEST, keeps_case=heeds_case(pattern))
        heads = frozenset(head[:LONGEST] for head in begun.whole | begun.begun)
        tell_much = all(len(head) > 1 or head.isupper() for head in heads)  # few words begin with a capital
        yield Way(heads, frozenset() if tell_much else _needs(steps))


def needs_of(pattern: re.Pattern[str]) -> frozenset[str]:
    """Return strings, plain, one of which stands in each match of a pattern; none where nothing is known."""
    return _needs([*parser.parse(pattern.pattern, pattern.flags)])


def _alternatives(pattern: re.Pattern[str]) -> Iterator[list[Step]]:
    """Yield what a pattern tries one after the other, each with the looks around that stand before it."""
    steps = [*parser.parse(pattern.pattern, pattern.flags)]
    looks = [*takewhile(lambda step: step[0] in LOOKS, steps)]
    first, *rest = steps[len(looks) :]
    branches = first[1][1] if first[0] is codes.BRANCH else [[first]]
    for branch in branches:
        yield [*looks, *branch, *rest]


def _follows_no_word(steps: list[Step]) -> bool:
    code, value = steps[0]
    if code is codes.AT:
        return bool(value is codes.AT_BEGINNING or value is codes.AT_BEGINNING_STRING)
    return bool(code is codes.ASSERT_NOT and value[0] == BEHIND and _is_any_of_a_word(value[1]))


def _is_any_of_a_word(steps: Any) -> bool:
    code, items = steps[0]
    return len(steps) == 1 and code is codes.IN and (codes.CATEGORY, codes.CATEGORY_WORD) in items


def _strings(steps: Any, *, longest: int, keeps_case: bool = False) -> Strings:
    """Return what steps match one after the other, known up to a length."""
    found = NOTHING
    for code, value in steps:
        found = found.then(_step(code, value, longest, keeps_case), longest=longest)
        if not found.whole:
            break
    return found


def _step(code: Any, value: Any, longest: int, keeps_case: bool) -> Strings:
    if code in LOOKS:
        return NOTHING
    if code in (codes.LITERAL, codes.IN):
        return _set(value if code is codes.IN else [(code, value)], keeps_case)
    if code is codes.BRANCH:
        return _any_of(_strings(branch, longest=longest, keeps_case=keeps_case) for branch in value[1])
    if code in REPEATS:
        least, most, inner = value
        return _repeated(_strings(inner, longest=longest, keeps_case=keeps_case), least, most, longest=longest)
    if code is codes.SUBPATTERN and not (keeps_case and value[1]):  # flags that are set for it alone
        return _strings(value[3], longest=longest, keeps_case=keeps_case)
    return ANYTHING


def _repeated(once: Strings, least: int, most: int, *, longest: int) -> Strings:
    """Return what matches so many times: known where it is once or not at all, and begun where it is more."""
    again = Strings(begun=once.whole | once.begun)
    several = Strings() if most == 1 else once.then(again, longest=longest)
    return (Strings() if least else NOTHING) | (Strings() if least > 1 else once) | several


def _any_of(many: Iterator[Strings]) -> Strings:
    found = Strings()
    for one in many:
        found |= one
    return found


def _character(character: str, keeps_case: bool) -> Strings:
    is_caseless = character.lower() == character.upper()
    if keeps_case or is_caseless or character.isascii() or character in SAME or character in SAME.values():
        return Strings(whole=frozenset({plain(character, keeps_case=keeps_case)}))
    return ANYTHING


def _set(items: Any, keeps_case: bool) -> Strings:
    """Return what a set of characters matches: letters, digits and signs that are named, or else anything."""
    found = Strings()
    for code, value in items:
        if code is codes.LITERAL:
            found |= _character(chr(value), keeps_case)
        elif code is codes.RANGE and value[1] < 128:
            found |= _any_of(_character(chr(place), keeps_case) for place in range(value[0], value[1] + 1))
        elif value is codes.CATEGORY_DIGIT:
            found |= _character("0", keeps_case)
        else:
            return ANYTHING
    return found


def _needs(steps: Any) -> frozenset[str]:
    """Return the strings that tell the most, one of which each match of these steps holds; none where none is known."""
    runs, inner = [NOTHING], []
    for step in steps:
        if step[0] is codes.ASSERT and step[1][0] == AHEAD:  # what goes on from here goes on beside what is ahead
            runs.insert(-1, _longer(runs[-1], step[1][1]))
            continue
        runs.append(_longer(runs[-1], [step]))
        inner.append(_needs_of_step(*step))
    candidates = [*(run.whole for run in runs), *inner]
    telling = [strings for strings in candidates if strings and "" not in strings]
    return _shortest(min(telling, key=_vagueness, default=frozenset()))


def _longer(run: Strings, steps: Any) -> Strings:
    """Return the whole strings that end with these steps, or NOTHING where they are not known to their ends."""
    longer = run.then(_strings(steps, longest=LONGEST_NEED), longest=LONGEST_NEED)
    return NOTHING if longer.begun else longer


def _shortest(strings: frozenset[str]) -> frozenset[str]:
    """Return the strings without those that hold another of them: where they stand, it stands too."""
    return frozenset(one for one in strings if not any(other in one for other in strings - {one}))


def _needs_of_step(code: Any, value: Any) -> frozenset[str]:
    if code is codes.BRANCH:
        of_each = [*map(_needs, value[1])]
        return frozenset().union(*of_each) if all(of_each) else frozenset()
    if code in REPEATS and value[0]:
        return _needs(value[2])
    return _needs(value[3]) if code is codes.SUBPATTERN else frozenset()


def _vagueness(strings: frozenset[str]) -> tuple[int, int]:
    return -min(map(len, strings)), len(strings)
