"""Specialties: what brings "cardiology" and an article about the heart together, though they share no word.

The table is our own (``data/specialties.toml``): for each specialty what people call the field, and what articles say.
A term is found where its words stand whole and in this order, whatever the case and a plural in -s; of two terms at one
place the longer counts, so that "blood pressure" is about the heart and not about the blood.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from reviews.core.assigning.interests import normal

SHORTEST_WITH_PLURAL = 4
"""A word of fewer letters is no plural: "gas" is not more than one "ga"."""


@dataclass(frozen=True)
class Specialty:
    """One row of the table: its name, what people call the field, and what articles say, as they stand there."""

    name: str
    names: tuple[str, ...]
    words: tuple[str, ...]


@cache
def specialties() -> tuple[Specialty, ...]:
    """Return the table."""
    rows = tomllib.loads((files(__package__) / "data" / "specialties.toml").read_text(encoding="utf-8"))
    return tuple(Specialty(name, tuple(row["names"]), tuple(row["words"])) for name, row in rows.items())


def specialties_in(text: str) -> dict[str, str]:
    """Return the specialties that a text is about, each with the first of its terms that stands there."""
    found: dict[str, str] = {}
    for term, names in _terms_in(text):
        for name in names:
            found.setdefault(name, term)
    return found


def singular(word: str) -> str:
    """Return a word without the -s of a plural."""
    return word.removesuffix("s") if len(word) >= SHORTEST_WITH_PLURAL else word


def _terms_in(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the terms that stand in a text, each with the names of its specialties, from left to right."""
    words = _words(text)
    longest, place = max(map(len, _index())), 0
    while place < len(words):
        spans = (words[place : place + length] for length in range(longest, 0, -1))
        term = next((span for span in spans if span in _index()), ())
        if term:
            yield _index()[term]
        place += len(term) or 1


@cache
def _index() -> dict[tuple[str, ...], tuple[str, tuple[str, ...]]]:
    """Return for each term, in the form in which two are compared, how it is written and whose it is."""
    index: dict[tuple[str, ...], tuple[str, tuple[str, ...]]] = {}
    for specialty in specialties():
        for term in (*specialty.names, *specialty.words):
            written, names = index.get(_words(term), (term, ()))
            index[_words(term)] = (written, (*names, specialty.name))
    return index


def _words(text: str) -> tuple[str, ...]:
    plain = normal(text.replace("'", "").replace("’", ""))
    return tuple(singular(word) for word in plain.split())
