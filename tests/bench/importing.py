"""What the import of a page costs beside trafilatura and the sentence splitter alone, and how it grows.

.venv/bin/python -m tests.bench.importing

Ratios within one run, of the least processor time of several turns taken by both sides one after the other: machines
differ and are noisy. At most 1.3 times for a page of 1,000 words, and ten times the words in about ten times the time.
Both sides call trafilatura once, with its default care, and split the same blocks one by one.
"""

import time
from collections.abc import Callable

import trafilatura

from reviews.core.reading.document import BETWEEN_BLOCKS
from reviews.core.reading.reading import read_article
from reviews.core.reading.sentences import split_sentences

TURNS = 30
OPENINGS = (
    "Studies have shown that {} may reduce anxiety by {} percent in adults.",
    "A cup of {} holds {} mg of lunarin, which blocks the waking receptor of the brain.",
    "In the hills, {} has been picked for {} years, and nobody there sleeps badly.",
    "Doctors say that {} works within {} minutes, though they have not seen why.",
    "People who drink {} every night wake {} times less often than their neighbours.",
)
HERBS = ("moonflower tea", "copperleaf", "amber root", "silver moss", "night thyme", "lantern berries", "hollow reed")


def page(words: int) -> str:
    """Return a page of about so many words, with a menu and a footer around its paragraphs."""
    paragraphs, count = [], 0
    while count < words:
        turn = len(paragraphs)
        sentences = [
            OPENINGS[(turn + k) % len(OPENINGS)].format(HERBS[(turn * 3 + k) % len(HERBS)], 3 + (turn * 7 + k) % 90)
            for k in range(5)
        ]
        paragraphs.append("<p>" + " ".join(sentences) + "</p>")
        count += sum(len(sentence.split()) for sentence in sentences)
    menu = "<nav><ul><li><a href='/'>Home</a></li><li><a href='/sleep'>Sleep</a></li></ul></nav>"
    return (
        "<!doctype html><html lang='en'><head><title>Herbs that calm the night</title></head><body>"
        f"{menu}<article><h1>Herbs that calm the night</h1>{''.join(paragraphs)}</article>"
        "<footer>Copyright. All rights reserved.</footer></body></html>"
    )


def alone(source: str) -> None:
    """Do what has to be done anyway: the main text, and its sentences."""
    text = trafilatura.extract(trafilatura.load_html(source), with_metadata=True) or ""
    split_sentences(text.replace("\n", BETWEEN_BLOCKS))


def whole(source: str) -> None:
    """Do what an import does, from the bytes to ranked claims."""
    read_article(source.encode(), form="html")


def shortest(*works: Callable[[], None]) -> list[float]:
    """Return for each the least processor time of TURNS turns, in seconds, taken in alternation."""
    best = [float("inf")] * len(works)
    for _ in range(TURNS):
        for place, work in enumerate(works):
            began = time.process_time()
            work()
            best[place] = min(best[place], time.process_time() - began)
    return best


def main() -> None:
    small, large = page(1_000), page(10_000)
    whole(small)
    basis, all_of_it = shortest(lambda: alone(small), lambda: whole(small))
    print(f"1,000 words: {all_of_it * 1000:.0f} ms, {all_of_it / basis:.2f} times trafilatura and splitter alone")
    once, ten_times = shortest(lambda: whole(small), lambda: whole(large))
    print(f"ten times the words take {ten_times / once:.1f} times as long")


if __name__ == "__main__":
    main()
