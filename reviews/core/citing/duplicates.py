"""Which sources look alike: the same work entered twice, or several papers of one trial."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from reviews.core.citing.records import Record

T = TypeVar("T")
SHORTEST_TITLE = 20
LEAST_SHARED_AUTHORS = 0.5
LEAST_SHARED_WORDS = 0.6
MOST_PAPERS = 200

_SMALL = frozenset(
    {"and", "for", "from", "into", "the", "with", "trial", "study", "randomised", "randomized", "controlled"}
)


@dataclass(frozen=True)
class Alike(Generic[T]):
    """Sources that look alike, and why, in words for a person."""

    why: str
    members: tuple[T, ...]


def look_alikes(sources: Iterable[tuple[T, Record]]) -> list[Alike[T]]:
    """Return the groups of sources with one title, with one trial number, or by one team on one subject.

    The last is a proposal only: half of the authors and three fifths of the title's words in common.
    """
    rows = list(sources)
    groups = [Alike("the same title", found) for found in _by(rows, key=_title_key)]
    groups += [Alike("the same trial", found) for found in _by(rows, key=lambda record: record.nct)]
    told = {frozenset(map(id, group.members)) for group in groups}
    pairs = (Alike("one team on one subject: perhaps one trial", pair) for pair in _teams(rows))
    return groups + [pair for pair in pairs if not any(set(map(id, pair.members)) <= group for group in told)]


def _title_key(record: Record) -> str:
    key = re.sub(r"[\W_]+", " ", record.title).casefold().strip()
    return key if len(key) >= SHORTEST_TITLE else ""


def _by(rows: list[tuple[T, Record]], *, key: Callable[[Record], str]) -> list[tuple[T, ...]]:
    found: dict[str, list[T]] = defaultdict(list)
    for source, record in rows:
        found[key(record)].append(source)
    return [tuple(members) for name, members in found.items() if name and len(members) > 1]


def _teams(rows: list[tuple[T, Record]]) -> list[tuple[T, T]]:
    """Return the pairs that share authors and subject, among those with a first or last author in common."""
    by_person: dict[str, list[int]] = defaultdict(list)
    for place, (_, record) in enumerate(rows):
        for author in {*record.authors[:1], *record.authors[-1:]}:
            by_person[_person(author)].append(place)
    pairs = {
        (one, other)
        for places in by_person.values()
        for one in places[:MOST_PAPERS]
        for other in places[:MOST_PAPERS]
        if one < other
    }
    return [(rows[one][0], rows[other][0]) for one, other in sorted(pairs) if one_team(rows[one][1], rows[other][1])]


def one_team(one: Record, other: Record) -> bool:
    """Whether two papers may tell of one trial: many authors and words of the title in common, neither the same."""
    people, others = set(map(_person, one.authors)), set(map(_person, other.authors))
    words, other_words = _subject(one), _subject(other)
    if (
        len(people) < 2
        or len(others) < 2
        or len(words) < 3
        or len(other_words) < 3
        or _title_key(one) == _title_key(other)
    ):
        return False
    return len(people & others) >= LEAST_SHARED_AUTHORS * min(len(people), len(others)) and len(
        words & other_words
    ) >= LEAST_SHARED_WORDS * min(len(words), len(other_words))


def _person(author: str) -> str:
    family, _, given = author.partition(", ")
    return f"{family} {given[:1]}".casefold()


def _subject(record: Record) -> set[str]:
    return {word for word in re.findall(r"\w+", record.title.casefold()) if word not in _SMALL and len(word) > 2}
