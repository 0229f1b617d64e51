"""Searching by words: what of a row is searched, and how it is asked.

Nothing is stored beside the rows: each expression here is an index of its table, and a query that says the same uses
it. Long texts are searched as far as PostgreSQL can hold their words in one row of the index.
"""

from collections.abc import Sequence
from typing import Any, TypeVar

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db import models
from django.db.models import F
from django.db.models.functions import Left

CONFIG = "english"
LONGEST_TEXT = 100_000
"""Characters of a text that are searched: the words of one row take a megabyte at most."""

SHORTEST_WORD = 4
MOST_WORDS = 6

Rows = TypeVar("Rows", bound="models.QuerySet[Any]")


def vector(*fields: str, weight: str = "A") -> SearchVector:
    """Return what is searched of short fields of a row."""
    return SearchVector(*fields, config=CONFIG, weight=weight)


def vector_of_text(field: str, *, weight: str = "C") -> SearchVector:
    """Return what is searched of a field that may be very long."""
    return SearchVector(Left(field, LONGEST_TEXT), config=CONFIG, weight=weight)


def index_of_words(searched: Any, *, name: str) -> GinIndex:
    """Return the index that answers a search for words."""
    return GinIndex(searched, name=name)


def index_of_spelling(field: str, *, name: str) -> GinIndex:
    """Return the index that answers a search for words that are spelt nearly so."""
    return GinIndex(OpClass(F(field), name="gin_trgm_ops"), name=name)


def asked(words: str) -> SearchQuery:
    """Return words as a person types them: "a phrase", -without, this OR that."""
    return SearchQuery(words, config=CONFIG, search_type="websearch")


def saying(rows: Rows, *, searched: Any, words: str) -> Rows:
    """Return the rows that have these words."""
    return rows.alias(searched=searched).filter(searched=asked(words))


def spelt_like(rows: Rows, *, field: str, words: str) -> Rows:
    """Return the rows that have words spelt nearly so, each of them; none where no word is long enough to tell, nor for
    a phrase, of which the words stand as they were meant.
    """
    wanted = [] if '"' in words else long_words(words)
    if not wanted:
        return rows.none()
    for word in wanted:
        rows = rows.filter(**{f"{field}__trigram_word_similar": word})
    return rows


def long_words(words: str) -> Sequence[str]:
    """Return the words that are long enough to be misspelt, without what is said not to be wanted."""
    plain = [word.strip("\"'“”.,;:!?()") for word in words.split() if not word.startswith("-")]
    return [word for word in plain if len(word) >= SHORTEST_WORD][:MOST_WORDS]
