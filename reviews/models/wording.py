"""What is kept as plain words, as the desk's language says it: phrases of ``core/``, and lists."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from django.utils.functional import lazy
from django.utils.translation import gettext, ngettext

from reviews.core.phrases import Phrase, Said, Tongue, in_words

TONGUE = Tongue(gettext, ngettext)


def said(words: Said) -> str:
    """Return what the craft says, in the desk's language."""
    return in_words(words, tongue=TONGUE)


said_lazily = lazy(said, str)
"""The same, said when it is shown."""


def kept(words: str, values: Mapping[str, Any] = MappingProxyType({})) -> str:
    """Return what a row keeps of a phrase. One of before keeps the whole sentence, and no values."""
    return said(Phrase(words, **values))


def listed(words: Iterable[object]) -> str:
    """Return words as a list in a sentence."""
    return said(tuple(map(str, words)))
