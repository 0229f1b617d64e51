"""How much of a page's gold main text is found, and no more: the scores, file by file.

.venv/bin/python -m tests.bench.pages [FOLDER]    the folder holds zyte/ and mozilla/; ../shared/pages if not given

The measure is that of Zyte's article-extraction benchmark: F1 of the multisets of four-word shingles. What is scored
is the body of what the portal keeps; what stock trafilatura finds in the same bytes stands beside it.
"""

import gzip
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import trafilatura
from lxml import html

from reviews.core.reading.document import BODY, BYLINE, Document
from reviews.core.reading.reading import read_article
from tests.core.reading.wrappings import WRAPPINGS

SHARED = Path(__file__).resolve().parents[3] / "shared" / "pages"
TOKEN = re.compile(r"\w+")
SHINGLE = 4


@dataclass(frozen=True)
class Score:
    """One page: its F1 in 0..1, that of stock trafilatura, and what was read."""

    name: str
    f1: float
    stock: float
    document: Document


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """Return the runs of four words of a text, counted; a shorter text is one run."""
    words = TOKEN.findall(text)
    return Counter(tuple(words[start : start + SHINGLE]) for start in range(max(1, len(words) - SHINGLE + 1)))


def f1(gold: str, found: str) -> float:
    """Return the F1 of two texts' shingles, 0..1."""
    wanted, got = shingles(gold), shingles(found)
    shared = (wanted & got).total()
    return 2 * shared / (wanted.total() + got.total())


def scored(name: str, page: bytes, gold: str) -> Score:
    """Return the score of one page against its gold text."""
    document = read_article(page, form="html").document
    stock = trafilatura.extract(page) or ""
    return Score(name, f1(gold, "\n".join(document.stretches(BODY))), f1(gold, stock), document)


def zyte(folder: Path) -> Iterator[Score]:
    """Yield the scores of pages that lie beside a ground-truth.json."""
    gold = json.loads((folder / "ground-truth.json").read_text())
    for file in sorted(folder.glob("*.html.gz")):
        name = file.name.partition(".")[0]
        yield scored(name[:12], gzip.decompress(file.read_bytes()), gold[name]["articleBody"])


def mozilla(folder: Path) -> Iterator[Score]:
    """Yield the scores of pages that lie with their expected HTML."""
    for page in sorted(folder.glob("*/source.html.gz")):
        tree = html.fromstring((page.parent / "expected.html").read_text())
        gold = " ".join(map(str, tree.itertext()))
        yield scored(page.parent.name, gzip.decompress(page.read_bytes()), gold)


def wrapped() -> Iterator[Score]:
    """Yield the scores of articles of our own in the wrappings that sites put around them."""
    for name, (made, _, gold) in WRAPPINGS.items():
        yield scored(name, made(), "\n".join(gold))


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else SHARED
    for name, scores in (
        ("zyte", [*zyte(folder / "zyte")]),
        ("mozilla", [*mozilla(folder / "mozilla")]),
        ("ours", [*wrapped()]),
    ):
        for score in scores:
            byline = "; ".join(score.document.stretches(BYLINE)).replace("\n\n", "; ")
            print(
                f"{name}  {score.name:<18} {score.f1:.4f}  stock {score.stock:.4f}  {score.document.title}  [{byline}]"
            )
        mean = sum(score.f1 for score in scores) / len(scores)
        print(f"{name}  mean {mean:.4f}, worst {min(score.f1 for score in scores):.4f}\n")


if __name__ == "__main__":
    main()
