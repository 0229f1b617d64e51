"""A PDF's text layer to plain text. Run as a program it reads a file from standard input; see ``cell``."""

import sys
from collections.abc import Iterator
from io import BytesIO

from pypdf import PageObject, PdfReader, apply_configuration
from pypdf.errors import PyPdfError

from reviews.core.reading.cell import confine
from reviews.core.reading.errors import Damaged, TooLong, WithoutText

MOST_PAGES = 300
MOST_CHARACTERS = 2_000_000
MOST_UNPACKED = 10_000_000  # bytes of one stream: a page's text is far less, and pictures are not read
SHORT_LINE = 0.8  # of a page's widest line: a shorter one that ends a sentence ends a paragraph
BROKEN = (PyPdfError, ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError, OSError)
"""What pypdf meets in a broken file comes out as any of these."""

SENTENCE_ENDS = (".", "!", "?", ":", "”", '."')


def text_of(received: bytes) -> str:
    """Return the text of a PDF, its paragraphs parted by blank lines. Raises Damaged, TooLong, WithoutText."""
    try:
        with apply_configuration(
            zlib_maximum_output_length=MOST_UNPACKED,
            lzw_maximum_output_length=MOST_UNPACKED,
            run_length_maximum_output_length=MOST_UNPACKED,
        ):
            pages = [page.extract_text() for page in pages_of(received)]
    except BROKEN as error:
        raise Damaged from error
    text = "\n\n".join(paragraph for page in pages for paragraph in paragraphs(page))
    if len(text) > MOST_CHARACTERS:
        raise TooLong
    if not text.strip():
        raise WithoutText
    return text


def pages_of(received: bytes) -> Iterator[PageObject]:
    """Yield the pages; a file locked with an empty password is opened."""
    reader = PdfReader(BytesIO(received))
    if reader.is_encrypted and not reader.decrypt(""):
        raise Damaged
    if len(reader.pages) > MOST_PAGES:
        raise TooLong
    yield from reader.pages


def paragraphs(page: str) -> Iterator[str]:
    """Yield a page's paragraphs, a line each: one ends at a blank line, or where a sentence ends in a short line."""
    lines = [line.strip() for line in page.split("\n")]
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
