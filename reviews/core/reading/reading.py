"""A received article, read: its text, regions, sentences, cues and suggested claims as one value."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Literal, get_args

from reviews.core.reading.cell import opened
from reviews.core.reading.claims import Suggestion, suggest_claims
from reviews.core.reading.cues import Cue, find_cues
from reviews.core.reading.decoding import decode
from reviews.core.reading.document import BETWEEN_BLOCKS, BODY, Document
from reviews.core.reading.errors import NoSentences, NothingToRead, TooLong
from reviews.core.reading.noticing import notice
from reviews.core.reading.omissions import with_omission
from reviews.core.reading.page import read_markup, read_page
from reviews.core.reading.plain import read_plain, split_blocks
from reviews.core.reading.sentences import Span, split_sentences

MOST_BYTES = 2_000_000
MOST_FILE_BYTES = 12_000_000
"""Bytes of a Word file or a PDF: their pictures count, and are not read."""

Form = Literal["text", "html", "docx", "pdf"]
FORMS: tuple[str, ...] = get_args(Form)
IN_A_CELL = {"docx": "reviews.core.reading.docx", "pdf": "reviews.core.reading.pdf"}


@dataclass(frozen=True, slots=True)
class Reading:
    """All that the machine knows of a text.

    `sha256` is that of the clean text in UTF-8, in hexadecimal; `as_written` that of a plain text with nothing
    read into it, no mark of a heading taken off and no title put before it: "" for the other forms.
    """

    document: Document
    sentences: tuple[Span, ...]
    cues: tuple[Cue, ...]
    claims: tuple[Suggestion, ...]
    sha256: str
    as_written: str


def read_article(received: bytes, *, form: Form, title: str = "") -> Reading:
    """Return the reading of a plain text, an HTML page, a Word file or a PDF; a title given goes before one found.

    An article without claims is fine. Raises NothingToRead, BinaryFile, TooLong, NoSentences, Overfilled, and for
    files what ``cell.opened`` raises.
    """
    refuse_long(received, form=form)
    document = document_of(received, form=form, title=title)
    sentences = split_sentences(document.text, document.regions)
    if not any(region.kind == BODY for region in document.regions) or not sentences:
        raise NoSentences
    noticed = notice(document.text, sentences)
    cues = with_omission(find_cues(noticed, language=document.facts.language), document=document, noticed=noticed)
    return Reading(
        document=document,
        sentences=sentences,
        cues=cues,
        claims=suggest_claims(document, noticed, cues),
        sha256=_hash_of(document.text),
        as_written=_hash_of(BETWEEN_BLOCKS.join(split_blocks(decode(received)))) if form == "text" else "",
    )


def _hash_of(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def refuse_long(received: bytes, *, form: str) -> None:
    """Raise TooLong for more bytes than are read of a form."""
    if len(received) > (MOST_FILE_BYTES if form in IN_A_CELL else MOST_BYTES):
        raise TooLong


def document_of(received: bytes, *, form: Form, title: str) -> Document:
    """Return the document of what was received.

    Raises NothingToRead, BinaryFile, Overfilled, and what ``cell.opened`` raises.
    """
    text = opened(received, by=IN_A_CELL[form]) if form in IN_A_CELL else decode(received)
    if not text.strip():
        raise NothingToRead
    if form == "docx":
        return read_markup(text, title=title)
    return read_page(text, title=title) if form == "html" else read_plain(text, title=title)
