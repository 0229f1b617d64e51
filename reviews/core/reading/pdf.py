"""A PDF's text layer to plain text. Run as a program it reads a file from standard input; see ``cell``.

Headings are marked as Markdown marks them: the title ("# ") is the line of the first page that is set clearly larger
than the rest, or what the file tells of itself; other lines that are set larger are headings of parts ("## ").
"""

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from itertools import groupby, pairwise
from math import hypot

from pypdf import PageObject, PdfReader, apply_configuration
from pypdf.errors import PyPdfError

from reviews.core.reading.cell import confine
from reviews.core.reading.errors import Damaged, TooLong, Unreadable, WithoutText
from reviews.core.reading.plain import same_title
from reviews.core.reading.titles import believed, could_be_title

Matrix = Sequence[float]

MOST_PAGES = 300
MOST_CHARACTERS = 2_000_000
MOST_UNPACKED = 10_000_000  # bytes of one stream: a page's text is far less, and pictures are not read
SHORT_LINE = 0.8  # of a page's widest line: a shorter one that ends a sentence ends a paragraph
WIDER_STEP = 1.3  # times the usual step from line to line: a wider one parts two paragraphs
BROKEN = (
    *(PyPdfError, ValueError, LookupError, TypeError, AttributeError, ArithmeticError, AssertionError),
    *(RecursionError, OSError),
)
"""What pypdf meets in a broken file comes out as any of these."""

LARGER = 1.2  # times the size of most letters
FEWEST_LETTERS = 4  # of a line of a title
FIRST_LINES = 60
MOST_TITLE_LINES = 5
SENTENCE_ENDS = (".", "!", "?", ":", "”", '."')


@dataclass
class Line:
    """A line of a page: its words, how many letters of it are set in which size, and how far down it stands.

    ``level`` is 1 in the title, 2 in a heading, 0 elsewhere. ``top`` grows downwards; ``None`` where it is not known.
    """

    words: str = ""
    letters: Counter[float] = field(default_factory=Counter)
    top: float | None = None
    level: int = 0

    @property
    def size(self) -> float:
        """The size that most of its letters have; 0.0 of too few to be a heading, as a page's number."""
        if self.letters.total() < FEWEST_LETTERS:
            return 0.0
        return self.letters.most_common(1)[0][0]


def text_of(received: bytes) -> str:
    """Return the text of a PDF, its paragraphs parted by blank lines. Raises Damaged, TooLong, WithoutText."""
    try:
        with apply_configuration(
            zlib_maximum_output_length=MOST_UNPACKED,
            lzw_maximum_output_length=MOST_UNPACKED,
            run_length_maximum_output_length=MOST_UNPACKED,
        ):
            reader = opened(received)
            pages = [lines_of(page) for page in reader.pages]
            told = str((reader.metadata and reader.metadata.title) or "")
    except Unreadable:
        raise
    except BROKEN as error:
        raise Damaged from error
    mark_headings(pages, told=told)
    usual = usual_step(pages)
    text = "\n\n".join(paragraph for lines in pages for paragraph in paragraphs(lines, usual=usual))
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


def lines_of(page: PageObject) -> list[Line]:
    """Return a page's lines in the order of its text layer. Of words that come in one piece only the first line has a
    ``top``."""
    lines = [Line()]

    def note(piece: str, around: Matrix, here: Matrix, _: object, size: float) -> None:
        top: float | None = -(here[4] * around[1] + here[5] * around[3] + around[5])
        set_in = round(size * height(around) * height(here), 1)
        for place, words in enumerate(piece.split("\n")):
            if place:
                lines.append(Line())
            line = lines[-1]
            line.words += words
            if words.strip():
                line.letters[set_in] += len(words.strip())
                line.top = top if line.top is None else line.top
                top = None

    page.extract_text(visitor_text=note)
    for line in lines:
        line.words = line.words.strip()
    return lines


def height(matrix: Matrix) -> float:
    """Return by how much a transformation makes letters taller."""
    return hypot(matrix[2], matrix[3])


def mark_headings(pages: list[list[Line]], *, told: str) -> None:
    """Give lines that are set clearly larger than most letters their level, and the title its own."""
    letters: Counter[float] = Counter()
    for line in (line for lines in pages for line in lines):
        letters.update({line.size: line.letters.total()})
    least = LARGER * letters.most_common(1)[0][0] if letters else 0.0
    for lines in pages:
        for size, run in groupby(lines, key=lambda line: line.size):
            large = list(run)
            words = joined(large)
            if size >= least > 0 and (words.isalpha() or could_be_title(words)):
                for line in large:
                    line.level = 2
    first, last = title_in(pages[0], told=told) if pages else (0, 0)
    for line in pages[0][first:last] if pages else ():
        line.level = 1


def title_in(lines: list[Line], *, told: str) -> tuple[int, int]:
    """Return from where to where a first page's title stands: its largest heading, else what the file tells; or 0, 0.

    What the file tells and the page does not have is put before it.
    """
    most = max((line.size for line in lines), default=0.0)
    first = next((place for place, line in enumerate(lines) if line.size == most), 0)
    if lines and lines[first].level and not lines[first].words.isalpha():
        return first, next((place for place in range(first, len(lines)) if lines[place].size != most), len(lines))
    if not (title := believed(told, text=" ".join(line.words for line in lines))):
        return 0, 0
    for first in range(min(len(lines), FIRST_LINES)):
        for last in range(first + 1, first + 1 + MOST_TITLE_LINES):
            if same_title(joined(lines[first:last]), title):
                return first, last
    lines.insert(0, Line(title))
    return 0, 1


def usual_step(pages: list[list[Line]]) -> float:
    """Return how far one line of a paragraph stands below another, as the narrower quarter of all steps does.

    In heights of letters; 0.0 where no step is known.
    """
    steps = sorted(step for lines in pages for one, other in pairwise(lines) if (step := step_to(other, after=one)) > 0)
    return steps[len(steps) // 4] if steps else 0.0


def step_to(line: Line, *, after: Line) -> float:
    """Return how far a line stands below another, in heights of its letters; 0.0 where that is not known."""
    if line.top is None or after.top is None or not line.size or line.size != after.size:
        return 0.0
    return (line.top - after.top) / line.size


def paragraphs(lines: list[Line], *, usual: float) -> Iterator[str]:
    """Yield a page's paragraphs, a line each, headings marked."""
    widest = max((len(line.words) for line in lines), default=0)
    paragraph: list[Line] = []
    for line in lines:
        if paragraph and begins_anew(line, after=paragraph[-1], widest=widest, usual=usual):
            yield spoken(paragraph)
            paragraph = []
        if line.words:
            paragraph.append(line)
    if paragraph:
        yield spoken(paragraph)


def begins_anew(line: Line, *, after: Line, widest: int, usual: float) -> bool:
    """Whether a paragraph ends before a line: at a blank line, another level or a wide step, or where a sentence ended
    in a short line."""
    if not line.words or line.level != after.level or step_to(line, after=after) > WIDER_STEP * usual > 0:
        return True
    return not line.level and after.words.endswith(SENTENCE_ENDS) and len(after.words) < SHORT_LINE * widest


def spoken(paragraph: list[Line]) -> str:
    """Return a paragraph's text, marked as a heading where it is one."""
    level = paragraph[0].level
    return f"{'#' * level} {joined(paragraph)}" if level else joined(paragraph)


def joined(lines: list[Line]) -> str:
    """Return lines as one; a word parted by a hyphen at a line's end is one word again."""
    text = ""
    for words in (line.words for line in lines):
        parted = text.endswith("-") and text[-2:-1].isalpha() and words[:1].islower()
        text = text[:-1] + words if parted else f"{text} {words}"
    return text.strip()


if __name__ == "__main__":
    sys.exit(confine(text_of))
