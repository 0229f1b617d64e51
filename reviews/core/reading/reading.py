"""A received article, read: its text, regions, sentences, cues and suggested claims as one value."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Literal

from reviews.core.reading.claims import Suggestion, suggest_claims
from reviews.core.reading.cues import Cue, find_cues
from reviews.core.reading.decoding import decode
from reviews.core.reading.document import BODY, Document
from reviews.core.reading.errors import NoSentences, NothingToRead, TooLong
from reviews.core.reading.omissions import with_omission
from reviews.core.reading.page import read_page
from reviews.core.reading.plain import read_plain
from reviews.core.reading.sentences import Span, split_sentences

MOST_BYTES = 2_000_000


@dataclass(frozen=True, slots=True)
class Reading:
    """All that the machine knows of a text. `sha256` is that of the clean text in UTF-8, in hexadecimal."""

    document: Document
    sentences: tuple[Span, ...]
    cues: tuple[Cue, ...]
    claims: tuple[Suggestion, ...]
    sha256: str


def read_article(received: bytes, *, form: Literal["text", "html"], title: str = "") -> Reading:
    """Return the reading of a plain text or an HTML page; a title given goes before one found.

    An article without claims is fine. Raises NothingToRead, BinaryFile, TooLong, NoSentences.
    """
    if len(received) > MOST_BYTES:
        raise TooLong
    text = decode(received)
    if not text.strip():
        raise NothingToRead
    document = read_page(text, title=title) if form == "html" else read_plain(text, title=title)
    sentences = split_sentences(document.text, document.regions)
    if not any(region.kind == BODY for region in document.regions) or not sentences:
        raise NoSentences
    cues = with_omission(
        find_cues(document.text, sentences, language=document.facts.language), document=document, sentences=sentences
    )
    return Reading(
        document=document,
        sentences=sentences,
        cues=cues,
        claims=suggest_claims(document, sentences, cues),
        sha256=sha256(document.text.encode()).hexdigest(),
    )
