"""Files that are small and would be huge, or endless, if somebody opened them; and what each costs us."""

import io
import multiprocessing
import resource
import time
import zipfile
import zlib
from collections.abc import Callable
from contextlib import suppress
from copy import copy
from dataclasses import dataclass
from functools import partial

from reviews.core.citing.errors import HostileMarkup, UnreadableReferences
from reviews.core.citing.notices import read_notices
from reviews.core.citing.reading import read_references
from reviews.core.reading.errors import Damaged, Overfilled, TooLong, Unreadable
from reviews.core.reading.feed import read_feed
from reviews.core.reading.reading import read_article
from tests import documents
from tests.documents import paragraph

MOST_SECONDS, MOST_MEGABYTES = 2.0, 200


def overlapping(copies: int, size: int) -> bytes:
    """Return a zip of a few kilobytes whose directory names one packed stretch again and again."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("word/document.xml", b"0" * size)
        for number in range(copies):
            entry = copy(parts.filelist[0])
            entry.filename = f"word/a{number}"
            parts.filelist.append(entry)
    return packed.getvalue()


def lying(size: int) -> bytes:
    """Return a Word file whose directory says that its document has a hundred bytes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("word/document.xml", b"<a>" + b" " * size + b"</a>")
        parts.filelist[0].file_size = 100
    return packed.getvalue()


def swollen_pdf(size: int, *, times: int) -> bytes:
    """Return a PDF whose page is a stream that unpacks, so many times over, to a size."""
    stream = b"0" * size
    for _ in range(times):
        stream = zlib.compress(stream, 9)
    whole = documents.pdf(["Tea."])
    start, end = whole.index(b"stream\n") + 7, whole.index(b"\nendstream")
    filters = b"/Filter [" + b"/FlateDecode " * times + b"]"
    return whole[: start - 7].replace(b"/Length", filters + b" /Length") + b"stream\n" + stream + whole[end:]


ENTITIES = "<!DOCTYPE l [<!ENTITY a0 'aaaaaaaaaa'>" + "".join(
    f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 10)
)
WORD_FILES = {
    "unpacks to 300 MB": (lambda: documents.docx("", more={"word/media/a": b"0" * 300_000_000}), Overfilled),
    "a part of 100 MB": (lambda: documents.docx(paragraph("x" * 59_000_000)), Overfilled),
    "thousands of parts": (lambda: documents.docx("", more={f"a{n}": b"" for n in range(4000)}), Overfilled),
    "entities that multiply": (lambda: documents.docx("", whole=ENTITIES + "]><l>&a9;</l>"), Overfilled),
    "an entity from outside": (
        lambda: documents.docx("", whole='<!DOCTYPE l [<!ENTITY a SYSTEM "file:///etc/passwd">]><l>&a;</l>'),
        Overfilled,
    ),
    "a DTD in UTF-16": (lambda: documents.docx("", more={}, whole=(ENTITIES + "]><l/>").encode("utf-16")), Overfilled),
    "nested without end": (lambda: documents.docx("<w:p>" * 50_000 + "</w:p>" * 50_000), Damaged),
    "no zip": (lambda: b"PK\x03\x04 and nothing more", Damaged),
    "another zip": (lambda: documents.docx("").replace(b"document.xml", b"something.xm"), Damaged),
}


WORD_FILES |= {
    "one stretch named 400 times: 4 GB": (lambda: overlapping(400, 10_000_000), Overfilled),
    "says 100 bytes and has 50 MB": (lambda: lying(50_000_000), Damaged),
}
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
XML_BOMB = f'<!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]>'


FEED_BOMB = f"{XML_BOMB}<rss>&l9;</rss>"


def read_a_feed(received: bytes) -> object:
    return read_feed(received, address="https://a.example/")


Reader = Callable[[bytes], object]
OTHERS: dict[str, tuple[Callable[[], bytes], Reader, type[Exception]]] = {
    "PDF: a page of 300 MB": (lambda: swollen_pdf(300_000_000, times=1), partial(read_article, form="pdf"), Unreadable),
    "PDF: 300 MB, packed twice": (
        lambda: swollen_pdf(300_000_000, times=2), partial(read_article, form="pdf"), Unreadable
    ),
    "PDF: pages that are their own children": (
        lambda: documents.pdf(["Tea."]).replace(b"[3 0 R]", b"[2 0 R]"), partial(read_article, form="pdf"), Unreadable
    ),
    "text of 3 MB": (lambda: b"Tea. " * 600_000, partial(read_article, form="text"), TooLong),
    "feed: entities that multiply": (FEED_BOMB.encode, read_a_feed, Overfilled),
    "feed: the same in UTF-16": (partial(FEED_BOMB.encode, "utf-16"), read_a_feed, Overfilled),
    "PubMed XML: entities that multiply": (
        f"{XML_BOMB}<PubmedArticleSet>&l9;</PubmedArticleSet>".encode, read_references, HostileMarkup
    ),
    "PubMed XML: nested without end": (
        lambda: b"<PubmedArticleSet>" + b"<a>" * 1_000_000, read_references, HostileMarkup
    ),
    "JSON: nested without end": (lambda: b'[{"title":' + b"[" * 3_000_000, read_references, HostileMarkup),
    "references of 5 MB": (lambda: b"TY  - JOUR\n" * 500_000, read_references, UnreadableReferences),
    "CSV: a field of 3 MB": (
        lambda: b"OriginalPaperDOI,OriginalPaperPubMedID,RetractionNature,RetractionDate\n" + b"a" * 3_000_000,
        read_notices,
        UnreadableReferences,
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Cost:
    """What it took to refuse a file: the refusal's name; seconds on the clock, and of work, which other programs on the
    machine do not lengthen; megabytes beyond what we had before, with all of the process in which it was opened."""

    refusal: str
    seconds: float
    work: float
    megabytes: float


def bombs() -> dict[str, tuple[bytes, Reader, type[Exception]]]:
    """Return every bomb by name: its bytes, what reads it, and how it is refused."""
    read_word = partial(read_article, form="docx")
    word = {f"Word file: {name}": (made(), read_word, why) for name, (made, why) in WORD_FILES.items()}
    return word | {name: (made(), read, why) for name, (made, read, why) in OTHERS.items()}


def cost_of(received: bytes, read: Reader) -> Cost:
    """Return what a file costs whoever reads it, measured in a process of its own, which has nothing of ours in it."""
    context = multiprocessing.get_context("forkserver")
    here, there = context.Pipe(duplex=False)
    worker = context.Process(target=_measured, args=(received, read, there))
    worker.start()
    there.close()
    with suppress(EOFError):
        cost: Cost = here.recv()
        worker.join()
        return cost
    worker.join()
    return Cost("the worker died", 0.0, 0.0, 0.0)


def _measured(received: bytes, read: Reader, to: "multiprocessing.connection.Connection") -> None:
    before = resource.getrusage(resource.RUSAGE_SELF)
    began = time.monotonic()
    refusal = "read"
    try:
        read(received)
    except (Unreadable, UnreadableReferences) as refused:
        refusal = type(refused).__name__
    seconds = time.monotonic() - began
    after, inside = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    work = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime + inside.ru_utime + inside.ru_stime
    to.send(Cost(refusal, seconds, work, (after.ru_maxrss - before.ru_maxrss + inside.ru_maxrss) / 1024))


def table_of_bombs() -> bool:
    """Print what becomes of each bomb; return whether all were refused in time and within their memory."""
    fine = True
    print(f"\n{'bomb':<52} {'bytes':>9}  refused as       seconds    work    MB")
    for name, (received, read, _) in bombs().items():
        cost = min((cost_of(received, read) for _ in range(2)), key=lambda cost: cost.seconds)
        is_fine = cost.work <= MOST_SECONDS and cost.megabytes <= MOST_MEGABYTES and cost.refusal != "read"
        fine = fine and is_fine
        spent = f"{cost.seconds:>8.2f} {cost.work:>7.2f} {cost.megabytes:>5.0f}"
        told = f"{name:<52} {len(received):>9}  {cost.refusal:<15} {spent}"
        print(told + ("" if is_fine else "  !"))
    return fine
