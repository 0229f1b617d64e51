"""Many patterns looked for in one pass over each sentence: one is tried only where a match of it can begin.

What is found is what `finditer` of each pattern finds, no more and no less; ``openings`` tells where that can be.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Generic, TypeVar

from reviews.core.reading.openings import LONGEST, begins_anywhere, heeds_case, needs_of, plain, ways_of

Name = TypeVar("Name", bound=Hashable)
Needs = frozenset[str]
Met = frozenset[Needs]
Match = Callable[[str, int], re.Match[str] | None]

BEGINNING = re.compile(r"(?<!\w)(?:\w+|\W)")
MOST_REMEMBERED = 20_000  # beginnings of words
NONE: Needs = frozenset()


class Lookout(Generic[Name]):
    """Patterns by name. What is known of them is worked out once, when the first sentence comes."""

    def __init__(self, patterns: Mapping[Name, re.Pattern[str]]) -> None:
        self._patterns = patterns
        self._trials = {name: (name, pattern.match) for name, pattern in patterns.items()}
        self._to_try_at = lru_cache(MOST_REMEMBERED)(self._find_to_try_at)

    def found_in(self, sentences: Sequence[str]) -> Iterator[list[tuple[Name, re.Match[str]]]]:
        """Yield for each sentence its matches with their patterns' names; those of one pattern in order, and apart."""
        whole = plain("\n".join(sentences))
        somewhere = [(needs, held) for needs in self._needs if (held := [one for one in needs if one in whole])]
        start = 0
        for sentence in sentences:
            own = whole[start : start + len(sentence)]
            start += len(sentence) + 1
            met = frozenset([NONE, *(needs for needs, held in somewhere if any(map(own.__contains__, held)))])
            yield [*self._anywhere(sentence, met), *self._at_words(sentence, met)]

    def _anywhere(self, sentence: str, met: Met) -> Iterator[tuple[Name, re.Match[str]]]:
        for needs in met:
            for name in self._free.get(needs, ()):
                for match in self._patterns[name].finditer(sentence):
                    yield name, match

    def _at_words(self, sentence: str, met: Met) -> Iterator[tuple[Name, re.Match[str]]]:
        reached: dict[Name, int] = {}
        for word in BEGINNING.finditer(sentence):
            start = word.start()
            for name, match_at in self._to_try_at(sentence[start : start + LONGEST], met):
                if (match := match_at(sentence, start)) and start >= reached.get(name, 0):
                    reached[name] = match.end()
                    yield name, match

    @cached_property
    def _free(self) -> dict[Needs, list[Name]]:
        """The patterns whose matches can begin inside a word, or at any word, by what they need."""
        free: dict[Needs, list[Name]] = defaultdict(list)
        for name, pattern in self._patterns.items():
            if begins_anywhere(pattern):
                free[needs_of(pattern)].append(name)
        return dict(free)

    @cached_property
    def _at_heads(self) -> dict[bool, dict[str, list[tuple[Name, Needs]]]]:
        """The other patterns by what a match begins with - as it stands where case counts (True), or else plain -,
        each with what it then needs."""
        at_heads: dict[bool, dict[str, list[tuple[Name, Needs]]]] = {True: defaultdict(list), False: defaultdict(list)}
        free = {name for names in self._free.values() for name in names}
        for name, pattern in self._patterns.items():
            for way in () if name in free else ways_of(pattern):
                for head in way.heads:
                    at_heads[heeds_case(pattern)][head].append((name, way.needs))
        return {keeps_case: dict(of_heads) for keeps_case, of_heads in at_heads.items()}

    @cached_property
    def _needs(self) -> frozenset[Needs]:
        """Whatever patterns need."""
        of_heads = (needs for heads in self._at_heads.values() for trials in heads.values() for _, needs in trials)
        return frozenset({*self._free, *of_heads} - {NONE})

    def _find_to_try_at(self, word: str, met: Met) -> tuple[tuple[Name, Match], ...]:
        """Return what to try at a word with these first letters, in a sentence that holds this much."""
        names: dict[Name, None] = {}
        for keeps_case, at_heads in self._at_heads.items():
            held = plain(word, keeps_case=keeps_case)
            for length in range(LONGEST + 1):
                for name, needs in at_heads.get(held[:length], ()):
                    if needs in met:
                        names[name] = None
        return tuple(map(self._trials.__getitem__, names))
