"""One file of references into the pieces of text that hold one each, by the lines on which they begin."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Piece:
    """The text of one reference; ``line`` is where it begins, from 1."""

    line: int
    text: str


@dataclass(frozen=True)
class Pieces:
    """The references of a file, and the lines that belong to none of them."""

    inside: tuple[Piece, ...]
    outside: tuple[Piece, ...]


def split_at(
    text: str, *, start: re.Pattern[str], end: re.Pattern[str] | None = None, field: re.Pattern[str] | None = None
) -> Pieces:
    """Split a text where a line matches ``start``; a reference lasts to a line that matches ``end``, or to the next.

    A ``field`` that stands in no reference begins one, too: its first line is missing.
    """
    inside: list[Piece] = []
    outside: list[Piece] = []
    current: list[str] = []
    begin = 0
    for number, line in enumerate(text.split("\n"), start=1):
        if start.match(line) or (not current and field and field.match(line)):
            _close(current, begin=begin, into=inside)
            current, begin = [line], number
        elif not current:
            if line.strip():
                outside.append(Piece(number, line.strip()))
        elif end and end.match(line):
            _close(current, begin=begin, into=inside)
            current = []
        else:
            current.append(line)
    _close(current, begin=begin, into=inside)
    return Pieces(tuple(inside), tuple(outside))


def moved_back(text: str, *, starts: Iterable[re.Pattern[str]]) -> str:
    """Return a text of which all lines were moved in, as a mail does it, with its lines where they belong.

    How far they were moved is told by the first line that begins a reference.
    """
    patterns = list(starts)
    lines = text.split("\n")
    for line in lines:
        bare = line.lstrip()
        if any(pattern.match(bare) for pattern in patterns):
            moved = line[: len(line) - len(bare)]
            return "\n".join(row.removeprefix(moved) for row in lines) if moved else text
    return text


def _close(lines: list[str], *, begin: int, into: list[Piece]) -> None:
    if lines:
        into.append(Piece(begin, "\n".join(lines)))


def pages_of(first: str, last: str) -> str:
    """Return "271-278"; a first page that is a range already stays, and the same page said twice is one."""
    if not last or last == first or re.search(r"[-–—]", first):
        return first
    return f"{first}-{last}" if first else last


def tagged(text: str, *, line: re.Pattern[str]) -> Iterator[tuple[str, str]]:
    """Yield the tags and values of a reference; a line without a tag goes on with the value before it."""
    name, parts = "", list[str]()
    for row in text.split("\n"):
        if found := line.match(row):
            if name:
                yield name, " ".join(parts)
            name, parts = found.group(1), [found.group(2) or ""]
        elif row.strip():
            parts.append(row.strip())
    if name:
        yield name, " ".join(parts)


Reader = Callable[[Piece], object]
