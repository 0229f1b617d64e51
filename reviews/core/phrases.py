"""What the craft says to a person: words with their values apart, so that they can be said in another language.

``makemessages`` finds the words that ``Phrase`` and ``Counted`` are made of.
"""

from collections.abc import Callable
from typing import NamedTuple, Union

Said = Union[str, int, "Phrase", tuple["Said", ...]]
"""Something to be said: a name or a number as it is, a phrase, or several of these, as a list in a sentence."""


class Phrase:
    """Words with ``%(name)s`` where a value stands. As text, it is English."""

    def __init__(self, words: str, /, **values: Said) -> None:
        self.words, self.values = words, values

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and vars(self) == vars(other)

    def __hash__(self) -> int:
        return hash(self.words)

    def __repr__(self) -> str:
        return f"<Phrase: {self}>"

    def __str__(self) -> str:
        return in_words(self, tongue=ENGLISH)


class Counted(Phrase):
    """A phrase with ``several`` words for any other ``count`` than 1, which is among its values."""

    def __init__(self, one: str, several: str, /, *, count: int, **values: Said) -> None:
        super().__init__(one, count=count, **values)
        self.several, self.count = several, count


class Tongue(NamedTuple):
    """How a language says a sentence, and one that depends on a number, as gettext and ngettext do."""

    sentence: Callable[[str], str]
    number: Callable[[str, str, int], str]


ENGLISH = Tongue(str, lambda one, several, count: one if count == 1 else several)


def in_words(said: Said, *, tongue: Tongue) -> str:
    """Return in a language what there is to say."""
    if isinstance(said, tuple):
        return tongue.sentence(", ").join(in_words(part, tongue=tongue) for part in said)
    if not isinstance(said, Phrase):
        return str(said)
    if isinstance(said, Counted):
        words = tongue.number(said.words, said.several, said.count)
    else:
        words = tongue.sentence(said.words)
    if not said.values:
        return words
    return words % {name: in_words(value, tongue=tongue) for name, value in said.values.items()}
