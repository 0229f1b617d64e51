"""A language made of the marked sentences themselves: bracketed, and longer by two fifths, with every placeholder kept.

What stands on a page outside the brackets was not marked for translation, or is data.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from math import ceil

from django.utils import formats
from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.translation import override, trans_real

LEFT_TO_RIGHT, RIGHT_TO_LEFT = "en-xa", "ar-xb"
"""Codes that nobody's catalogue has; Django takes the second for a language that is written from the right."""
OPENS, CLOSES = "⟦", "⟧"
FORMS = {
    "DATE_FORMAT": f"{OPENS}Y F j{CLOSES}",
    "DATETIME_FORMAT": f"{OPENS}Y F j, H.i{CLOSES}",
    "DECIMAL_SEPARATOR": "٫",
    "MONTH_DAY_FORMAT": f"{OPENS}F j{CLOSES}",
    "TIME_FORMAT": f"{OPENS}H.i{CLOSES}",
}
"""How this language writes days, times and numbers. The names of its months stand in no brackets of their own, so that
one outside is found: somebody put it between a day and a year as English does.
"""
DAYS = frozenset(map(str, [*MONTHS.values(), *WEEKDAYS.values()]))
FILLING = "ẋẋẋẋẋẋ "
"""Words of a common length, so that lines can break as they do in a language."""


class PseudoLanguage:
    """A catalogue that has every sentence, and remembers which ones it was asked for."""

    def __init__(self, code: str) -> None:
        self.code = code
        self.asked: set[str] = set()

    def language(self) -> str:
        return self.code

    def to_language(self) -> str:
        return self.code

    def gettext(self, message: str) -> str:
        self.asked.add(message)
        return longer(message.rpartition(trans_real.CONTEXT_SEPARATOR)[2])

    def ngettext(self, singular: str, plural: str, number: int) -> str:
        self.asked.add(singular)
        return longer((singular if number == 1 else plural).rpartition(trans_real.CONTEXT_SEPARATOR)[2])


def longer(words: str) -> str:
    """Return a sentence in the pseudo-language."""
    if words in DAYS:
        return words
    length = ceil(len(words.strip()) * 0.4)
    filling = (FILLING * length)[:length].strip()
    return f"{OPENS}{words} {filling}{CLOSES}" if words.strip() else words


@contextmanager
def installed(code: str) -> Iterator[PseudoLanguage]:
    """Let Django know a pseudo-language by its code, for as long as this lasts."""
    language = PseudoLanguage(code)
    trans_real._translations[code] = language
    formats._format_cache.update({(name, code): form for name, form in FORMS.items()})
    try:
        yield language
    finally:
        trans_real._translations.pop(code, None)
        formats.reset_format_cache()


@contextmanager
def spoken(code: str) -> Iterator[PseudoLanguage]:
    """Speak a pseudo-language in this thread."""
    with installed(code) as language, override(code):
        yield language
