"""How fast quotes are looked up in a text of 10,000 words, beside the plainest way, in one run: machines differ.

.venv/bin/python -m tests.bench.quotes
"""

import random
import time
from collections.abc import Callable, Sequence
from difflib import SequenceMatcher

from reviews.core.citing.quotes import SourceIndex, find_quote_in, index_of

WORDS = 10_000
QUOTES = 500
SLOW_QUOTES = 20
LONG = 25
VOCABULARY = 2_000


def text_of(words: int) -> str:
    """Return a text whose words are as unevenly used as a language's (Zipf), with sentences, dashes and line breaks."""
    chance = random.Random(6)  # noqa: S311 - nothing secret
    syllables = ["al", "be", "cor", "din", "es", "fo", "gen", "hi", "is", "ka", "lo", "men", "no", "or", "pre", "ti"]
    vocabulary = ["".join(chance.choices(syllables, k=chance.randint(1, 4))) for _ in range(VOCABULARY)]
    weights = [1 / rank for rank in range(1, VOCABULARY + 1)]
    drawn = chance.choices(vocabulary, weights=weights, k=words)
    return " ".join(word + (".\n" if place % 17 == 16 else "") for place, word in enumerate(drawn))


def quotes_of(text: str, *, change: Callable[[str], str], count: int = QUOTES) -> list[str]:
    chance = random.Random(7)  # noqa: S311 - nothing secret
    words = text.split(" ")
    starts = [chance.randrange(len(words) - LONG) for _ in range(count)]
    return [change(" ".join(words[start : start + LONG])) for start in starts]


def rate(work: Callable[[str], object], quotes: Sequence[str]) -> float:
    """Return how many quotes a second."""
    began = time.perf_counter()
    for quote in quotes:
        work(quote)
    return len(quotes) / (time.perf_counter() - began)


def by_difflib(quote: str, index: SourceIndex) -> float:
    return SequenceMatcher(None, quote, index.text, autojunk=False).find_longest_match().size / len(quote)


def main() -> None:
    text = text_of(WORDS)
    began = time.perf_counter()
    index = index_of(text)
    print(f"preparing {WORDS:,} words: {1000 * (time.perf_counter() - began):.0f} ms, once")
    plain = rate(text.find, quotes_of(text, change=str))
    kinds: dict[str, Callable[[str], str]] = {
        "verbatim": str,
        "typography": lambda quote: quote.replace("\n", "  ").replace("e", "e\u00ad", 1),
        "close": lambda quote: quote.replace(quote.split()[LONG // 2], "otherwise"),
        "absent": lambda quote: " ".join(reversed([word[::-1] for word in quote.split()])),
    }
    for kind, change in kinds.items():
        quotes = quotes_of(text, change=change)
        found = {find_quote_in(quote, index).match for quote in quotes}
        speed = rate(lambda quote: find_quote_in(quote, index), quotes)
        told = ", ".join(sorted(found))
        print(f"{kind}: {speed:,.0f} a second, {speed / plain:.3f} of str.find's {plain:,.0f} ({told})")
    slow = rate(lambda quote: by_difflib(quote, index), quotes_of(text, change=kinds["close"], count=SLOW_QUOTES))
    close = rate(lambda quote: find_quote_in(quote, index), quotes_of(text, change=kinds["close"]))
    print(f"close: {close / slow:,.0f} times as fast as difflib's {slow:,.1f} a second")


if __name__ == "__main__":
    main()
