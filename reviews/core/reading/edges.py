"""Does a stretch of a text begin and end with whole words and numbers?

"effective in adults" does not stand in "ineffective in adults", nor "5 mg" in "25 mg", "0.5 mg" or "-5 mg": what is cut
out of a word or a number may say the opposite of it.
"""

import re

_HYPHENS = "-‐‑"
_MINUSES = "-−–"
_POINTS = ".,·"
_NOT = re.compile(r"['’]t\b")
_SPACELESS = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]"
    "|[\U00020000-\U0003ffff]"
)
"""Letters of scripts that put no space between words: Thai, Lao, Burmese, Khmer, Japanese and Chinese."""


def is_whole(text: str, start: int, end: int) -> bool:
    """Whether neither a word nor a number of the text goes on across the edges of ``text[start:end]``.

    A compound with a hyphen is one word. Figures right behind a word are taken for a note's number.
    """
    return not _begins_inside(text, start) and not _ends_inside(text, end)


def _begins_inside(text: str, place: int) -> bool:
    before, first = text[max(0, place - 2) : place], text[place : place + 1]
    if not first.isalnum() or not before:
        return False
    if before[-1] in _HYPHENS and before[:-1].isalnum():
        return True
    if first.isdigit() and before[-1] in _MINUSES:
        return True
    return _is_inside(before[-1], first) or (first.isdigit() and before[-1] in _POINTS and before[:-1].isdigit())


def _ends_inside(text: str, place: int) -> bool:
    last, after = text[max(0, place - 1) : place], text[place : place + 2]
    if not last.isalnum() or not after:
        return False
    if after[0] in _HYPHENS and after[1:].isalnum():
        return True
    if after[0] in "'’":
        return _NOT.match(text, place) is not None
    if last.isdigit() and after[0] in _POINTS:
        return after[1:].isdigit()
    return _is_inside(last, after[0]) and not (last.islower() and after[0].isdigit())


def _is_inside(left: str, right: str) -> bool:
    return left.isalnum() and right.isalnum() and not _SPACELESS.match(left) and not _SPACELESS.match(right)
