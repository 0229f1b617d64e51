"""Every parser that strangers' bytes come to, with inputs of our own to begin with."""

import io
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

from reviews.core.citing.errors import UnreadableReferences
from reviews.core.citing.identifiers import NotAnIdentifier, identify
from reviews.core.citing.notices import read_notices
from reviews.core.citing.quotes import find_quote
from reviews.core.citing.reading import read_references
from reviews.core.citing.writing import OUTPUTS, write_references
from reviews.core.reading import docx, pdf
from reviews.core.reading.cues import find_cues
from reviews.core.reading.errors import Unreadable
from reviews.core.reading.feed import read_feed
from reviews.core.reading.noticing import notice
from reviews.core.reading.reading import Form, read_article
from reviews.core.reading.sentences import split_sentences
from tests import documents
from tests.fuzz.loop import Target

SEEDS = Path(__file__).parent / "seeds"


def seed(name: str) -> bytes:
    """Return an input of our own to begin with."""
    return (SEEDS / name).read_bytes()


XML_WORDS = [
    *(b"<", b"</", b"/>", b"<!--", b"-->", b"<![CDATA[", b"]]>", b"&amp;", b"&#x0;", b"&#55296;", b"<?xml ", b"?>"),
    *(b"<!DOCTYPE x [", b"<!ENTITY a 'b'>", b"&a;", b' xmlns:a="b"', b"<a:b>", b' encoding="utf-16"'),
]
JSON_WORDS = [
    b"null",
    b"[",
    b"]",
    b"{",
    b"}",
    b'"',
    b"1e999",
    b"-1",
    b"[[null]]",
    b"\\ud800",
    b"NaN",
    b"true",
    b'":{"',
    b"{}",
]
LINE_WORDS = [
    b"\n",
    b"  - ",
    b"ER  - \n",
    b"\n\n",
    b": ",
    b"{",
    b"}",
    b"@",
    b"%",
    b"\\",
    b'"',
    b"10.1000/",
    b"2019",
    b", ",
]


def of_article(form: Form) -> Callable[[bytes], object]:
    return lambda received: whole(read_article(received, form=form).document.text)


def whole(text: str) -> None:
    """Split a text and look for cues in it: every place lies within."""
    sentences = split_sentences(text)
    cues = find_cues(notice(text, sentences))
    assert all(0 <= span.start < span.end <= len(text) for span in sentences)
    assert all(0 <= cue.start < cue.end <= len(text) for cue in cues)


def of_references(received: bytes) -> None:
    """Read references, and write and format whatever was read."""
    records = [entry.record for entry in read_references(received).entries]
    for form in OUTPUTS:
        write_references(records, form=form)
    for record in records:
        record.formatted()


def of_word_file(received: bytes) -> None:
    docx.markup_of(documents.docx("", whole=received))  # type: ignore[arg-type]  # bytes pass through as they are


def packed(content: bytes) -> bytes:
    """Return a Word file that is not compressed, so that its inside can be reached by changing bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as parts:
        parts.writestr("word/document.xml", content)
        parts.writestr("word/_rels/document.xml.rels", documents.RELATIONS)
    return out.getvalue()


def text_of(received: bytes) -> str:
    return received.decode("utf-8", "replace")


READ, CITED = (Unreadable,), (UnreadableReferences,)


def cited(name: str, *files: str, words: Sequence[bytes] = LINE_WORDS) -> Target:
    return Target(name, of_references, CITED, [seed(file) for file in files], words)


def of_feed(received: bytes) -> None:
    read_feed(received, address="http://a.example/")


def of_cues(received: bytes) -> None:
    whole(text_of(received))


def of_quote(received: bytes) -> None:
    """Look for the beginning of a text in the whole of it."""
    find_quote(text_of(received[:60]), text_of(received))


def of_identifier(received: bytes) -> None:
    identify(text_of(received))


WORD_WORDS = [*XML_WORDS, b"<w:p>", b"</w:p>", b"<w:t>", b"<w:del>", b"w:val='1'"]
PDF_WORDS = [b"obj", b"<<", b">>", b"stream", b"/Kids", b"0 R", b"/Length 0", b"xref"]
CUE_WORDS = [b"studies ", b" mg", b"%", b". ", b"may ", b"(", b"\n"]
QUOTE_WORDS = ["“".encode(), b"-", b"...", "\u00ad".encode()]
A_PDF = documents.pdf(["Tea calms.", "", "It may."])

TARGETS = (
    Target("plain text", of_article("text"), READ, [seed("prose.txt")], LINE_WORDS),
    Target("page", of_article("html"), READ, [seed("page.html")], XML_WORDS),
    Target("word file", of_word_file, READ, [seed("word.xml")], WORD_WORDS),
    Target("zip of a word file", docx.markup_of, READ, [packed(seed("word.xml"))], [b"PK\x01\x02", b"PK\x05\x06"]),
    Target("PDF", pdf.text_of, READ, [A_PDF], PDF_WORDS),
    Target("feed", of_feed, READ, [seed("feed.rss"), seed("feed.atom")], XML_WORDS),
    Target("cues", of_cues, READ, [seed("prose.txt")], CUE_WORDS),
    cited("RIS", "tea.ris"),
    cited("nbib", "tea.nbib"),
    cited("BibTeX", "tea.bib"),
    cited("CSL-JSON", "tea.csl.json", words=JSON_WORDS),
    cited("Crossref JSON", "tea.crossref.json", words=JSON_WORDS),
    cited("PubMed XML", "tea.pubmed.xml", words=XML_WORDS),
    cited("EndNote", "tea.enw"),
    cited("EndNote XML", "tea.endnote.xml", words=XML_WORDS),
    cited("Web of Science", "tea.wos.txt"),
    cited("prose references", "references.txt"),
    cited("identifiers", "identifiers.txt"),
    Target("retractions", read_notices, CITED, [seed("retractions.csv")], [b",", b'"', b"\n", b"+", b";", b"1/1/0001"]),
    Target("one identifier", of_identifier, (NotAnIdentifier,), [b"doi:10.1000/tea", b"PMC 456"], LINE_WORDS),
    Target("quotes", of_quote, (), [seed("prose.txt")], QUOTE_WORDS),
)
"""In the order in which they are tried."""
