"""A PDF's text layer to plain text. Run as a program it reads a file from standard input; see ``cell``.

The title is marked as Markdown marks headings ("# "): it is the line of the first page that is set clearly larger than
the rest, or what the file tells of itself.
"""

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from io import BytesIO
from math import hypot

from pypdf import PageObject, PdfReader, apply_configuration
from pypdf.errors import PyPdfError

from reviews.core.reading.cell import confine
from reviews.core.reading.errors import Damaged, TooLong, WithoutText
from reviews.core.reading.plain import same_title
from reviews.core.reading.titles import believed, could_be_title

Matrix = Sequence[float]

MOST_PAGES = 300
MOST_CHARACTERS = 2_000_000
MOST_UNPACKED = 10_000_000  # bytes of one stream: a page's text is far less, and pictures are not read
SHORT_LINE = 0.8  # of a page's widest line: a shorter one that ends a sentence ends a paragraph
BROKEN = (PyPdfError, ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError, OSError)
"""What pypdf meets in a broken file comes out as any of these."""

LARGER = 1.2  # times the size of most letters
FEWEST_LETTERS = 4  # of a line of a title
FIRST_LINES = 60
MOST_TITLE_LINES = 5
SENTENCE_ENDS = (".", "!", "?", ":", "”", '."')


def text_of(received: bytes) -> str:
    """Return the text of a PDF, its paragraphs parted by blank lines. Raises Damaged, TooLong, WithoutText."""
    try:
        with apply_configuration(
            zlib_maximum_output_length=MOST_UNPACKED,
            lzw_maximum_output_length=MOST_UNPACKED,
            run_length_maximum_output_length=MOST_UNPACKED,
        ):
            reader = opened(received)
            sizes: dict[str, float] = {}
            pages = [lines_of(page, sizes if place == 0 else None) for place, page in enumerate(reader.pages)]
            told = str((reader.metadata and reader.metadata.title) or "")
    except BROKEN as error:
        raise Damaged from error
    pages[:1] = [with_title(lines, sizes, told=told) for lines in pages[:1]]
    text = "\n\n".join(paragraph for lines in pages for paragraph in paragraphs(lines))
    if len(text) > MOST_CHARACTERS:
        raise TooLong
    if not text.strip():
        raise WithoutText
    return text


def opened(received: bytes) -> PdfReader:
    """Return a file's reader; one locked with an empty password is opened."""
    reader = PdfReader(BytesIO(received))
    if reader.is_encrypted and not reader.decrypt(""):
        raise Damaged
    if len(reader.pages) > MOST_PAGES:
        raise TooLong
    return reader


def lines_of(page: PageObject, sizes: dict[str, float] | None) -> list[str]:
    """Return a page's lines; where `sizes` are wanted, note for each line how large its largest letters are."""

    def note(text: str, around: Matrix, here: Matrix, _: object, size: float) -> None:
        for line in filter(None, map(str.strip, text.split("\n"))):
            noted[line] = max(noted.get(line, 0.0), size * height(around) * height(here))

    noted = {} if sizes is None else sizes
    text = page.extract_text() if sizes is None else page.extract_text(visitor_text=note)
    return [line.strip() for line in text.split("\n")]


def height(matrix: Matrix) -> float:
    """Return by how much a transformation makes letters taller."""
    return hypot(matrix[2], matrix[3])


def with_title(lines: list[str], sizes: dict[str, float], *, told: str) -> list[str]:
    """Return the first page's lines with its title marked: the line set largest, or else what the file tells."""
    first, last = largest(lines, sizes)
    if could_be_title(title := joined(lines[first:last])):
        return [*lines[:first], "", f"# {title}", "", *lines[last:]]
    if not (title := believed(told, text=" ".join(lines))):
        return lines
    first, last = place_of(title, lines)
    return [*lines[:first], "", f"# {title}", "", *lines[last:]]


def largest(lines: list[str], sizes: dict[str, float]) -> tuple[int, int]:
    """Return from where to where the lines stand that are set largest, and clearly larger than most letters; else 0, 0.

    A page number or an initial that is larger yet is no line.
    """
    known = [sizes.get(line, 0.0) if len(line) >= FEWEST_LETTERS else 0.0 for line in lines]
    letters: Counter[float] = Counter()
    for line, size in zip(lines, known, strict=True):
        letters[size] += len(line)
    most = max(known, default=0.0)
    if not letters or most < LARGER * letters.most_common(1)[0][0] or not most:
        return 0, 0
    first = known.index(most)
    last = next((place for place in range(first, len(lines)) if known[place] != most), len(lines))
    return first, last


def place_of(title: str, lines: list[str]) -> tuple[int, int]:
    """Return from where to where a title stands among the first lines; 0, 0 where it doesn't."""
    for first in range(min(len(lines), FIRST_LINES)):
        for last in range(first + 1, first + 1 + MOST_TITLE_LINES):
            if same_title(joined(lines[first:last]), title):
                return first, last
    return 0, 0


def paragraphs(lines: list[str]) -> Iterator[str]:
    """Yield a page's paragraphs, a line each: one ends at a blank line, or where a sentence ends in a short line."""
    widest = max(map(len, lines), default=0)
    paragraph: list[str] = []
    for line in lines:
        if line:
            paragraph.append(line)
        if paragraph and (not line or (line.endswith(SENTENCE_ENDS) and len(line) < SHORT_LINE * widest)):
            yield joined(paragraph)
            paragraph = []
    if paragraph:
        yield joined(paragraph)


def joined(lines: list[str]) -> str:
    """Return lines as one; a word parted by a hyphen at a line's end is one word again."""
    text = ""
    for line in lines:
        parted = text.endswith("-") and text[-2:-1].isalpha() and line[:1].islower()
        text = text[:-1] + line if parted else f"{text} {line}"
    return text.strip()


if __name__ == "__main__":
    sys.exit(confine(text_of))
