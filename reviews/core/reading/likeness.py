"""Whether two claims are the same in other words, or two articles the same spun.

Ranked by the cosine of character n-grams weighed by rarity (TF-IDF, smoothed as in Salton and Buckley 1988); n-grams
outlive endings, typography and slips. What is alike in letters may say the opposite, so that "the same wording" also
asks for the same numbers, denials, directions and groups, and the same words in the same order. Everything else that
is near is for a person to confirm.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from reviews.core.phrases import Phrase
from reviews.core.reading.substance import AMOUNT, differences

SAME: Literal["same"] = "same"
SIMILAR: Literal["similar"] = "similar"
DIFFERENT: Literal["different"] = "different"
Judgement: TypeAlias = Literal["same", "similar", "different"]

SAME_WORDING = 0.7
"""The cosine, 0..1, from which two claims may have the same wording."""
WORTH_A_LOOK = 0.3
"""The cosine from which a person should say whether they are one claim."""
SPUN_ARTICLE = 0.7
"""The cosine of whole texts from which an article is proposed as another one spun."""
SHORTEST, LONGEST = 3, 5
"""Characters in an n-gram; a word is taken with the spaces around it."""

WORD = re.compile(r"\w+(?:['-]\w+)*")
FRAMES = re.compile(
    r"\b(?:(?:some |many |several |recent |new )?(?:studies|research|evidence|scientists|researchers|experts)"
    r"(?: (?:have|has))?(?: also)? (?:shows?|shown|suggests?|suggested|found|finds?|says?|said|indicates?|indicated"
    r"|believes?|reports?|reported)(?: that)?|it (?:has been|is) (?:shown|said|known|believed|thought|claimed) that"
    r"|(?:has|have) been (?:shown|found|proven|known) to|is (?:said|known|believed|thought) to)\b",
    re.IGNORECASE,
)
SMALL_WORDS = frozenset(
    {
        *(
            "a",
            "an",
            "the",
            "this",
            "that",
            "these",
            "those",
            "it",
            "its",
            "your",
            "you",
            "our",
            "their",
            "his",
            "her",
            "people",
            "persons",
            "also",
            "very",
        ),
        *("of", "to", "in", "on", "at", "for", "from", "by", "with", "and", "or", "as"),
        *(
            "is",
            "are",
            "was",
            "were",
            "be",
            "been",
            "being",
            "has",
            "have",
            "had",
            "do",
            "does",
            "did",
            "will",
            "would",
            "can",
            "could",
            "may",
            "might",
        ),
    }
)
STEM = 5


def plain(text: str) -> str:
    """Return a text in the form in which two are compared: lower case, plain letters, one space between words."""
    straight = unicodedata.normalize("NFKD", text.casefold()).replace("’", "'").replace("‐", "-")
    kept = "".join(letter for letter in straight if not unicodedata.combining(letter))
    return " ".join(WORD.findall(kept))


def grams(text: str) -> list[str]:
    """Return the n-grams of each word of a text in plain form, the word's edges included; who is said to know it is
    left out.
    """
    return [
        f" {word} "[start : start + size]
        for word in plain(FRAMES.sub(" ", text)).split()
        for size in range(SHORTEST, LONGEST + 1)
        for start in range(max(1, len(word) + 3 - size))
    ]


class Texts:
    """Texts that others are compared with, by the rarity of their n-grams among them."""

    def __init__(self, texts: Iterable[str]) -> None:
        listed = [np.unique(grams(text), return_counts=True) for text in texts]
        names = np.concatenate([found for found, _ in listed]) if listed else np.array([], dtype=str)
        self.vocabulary, ids = np.unique(names, return_inverse=True)
        self.ids: NDArray[np.int64] = ids.astype(np.int64)
        self.edges = [0, *accumulate(len(found) for found, _ in listed)]
        known = np.bincount(self.ids, minlength=len(self.vocabulary))
        self.rarity = np.log((1 + len(listed)) / (1 + known)) + 1
        counts = np.concatenate([times for _, times in listed]) if listed else np.array([], dtype=float)
        self.weights: NDArray[np.float64] = (1 + np.log(counts)) * self.rarity[self.ids]
        self.lengths = [
            _length(self.weights[start:end]) or 1.0 for start, end in zip(self.edges, self.edges[1:], strict=False)
        ]

    def likeness_to(self, text: str) -> NDArray[np.float64]:
        """Return the cosine, 0..1, of each of these texts with another, in their order; shape (texts,)."""
        if not len(self.vocabulary):
            return np.zeros(len(self.lengths))
        names, counts = np.unique(grams(text), return_counts=True)
        asked = np.zeros(len(self.vocabulary))
        unknown = np.log(1 + len(self.lengths)) + 1
        weights = 1 + np.log(counts)
        places = np.minimum(np.searchsorted(self.vocabulary, names), len(self.vocabulary) - 1)
        is_known = self.vocabulary[places] == names
        asked[places[is_known]] = weights[is_known] * self.rarity[places[is_known]]
        length = np.hypot(_length(asked), _length(weights[~is_known] * unknown)) or 1.0
        shared = self.weights * asked[self.ids]
        return np.array(
            [
                shared[start:end].sum() / (length * own)
                for start, end, own in zip(self.edges, self.edges[1:], self.lengths, strict=False)
            ]
        )


def judged(one: str, other: str, *, likeness: float) -> tuple[Judgement, tuple[Phrase, ...]]:
    """Return what two claims are to each other by their likeness, and what keeps them from being the same."""
    if likeness < WORTH_A_LOOK:
        return DIFFERENT, ()
    told = differences(one, other)
    if content_of(one) != content_of(other):
        told = (*told, Phrase("the words are others, or in another order"))
    return (SAME if likeness >= SAME_WORDING and not told else SIMILAR), told


def content_of(claim: str) -> list[str]:
    """Return the beginnings of the words that carry meaning, in order: no amounts, and not who is said to know it."""
    words = plain(AMOUNT.sub(" ", FRAMES.sub(" ", claim))).split()
    return [word.removesuffix("s")[:STEM] for word in words if word not in SMALL_WORDS]


def _length(weights: NDArray[np.float64]) -> float:
    return float(np.sqrt((weights**2).sum()))


def ranked(likenesses: Sequence[float], *, least: float) -> list[tuple[int, float]]:
    """Return the places and values of at least ``least``, the greatest first."""
    found = [(place, float(value)) for place, value in enumerate(likenesses) if value >= least]
    return sorted(found, key=lambda pair: (-pair[1], pair[0]))
