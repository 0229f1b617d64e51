"""A sentence with all that the ranking of claims asks about it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from reviews.core.reading import noticing, vocabulary
from reviews.core.reading import rules as kinds_of_cue
from reviews.core.reading.cues import Cue
from reviews.core.reading.noticing import Noticed

WORD = re.compile(r"(?<!\w)(?:[^\W\d_][\w'’-]*[^\W_]|\d{1,6}(?i:[a-z]{1,20}))")
POSSESSIVE = ("'s", "’s")
EMPTY_WORDS = frozenset(
    {
        *("about", "above", "after", "again", "against", "among", "around", "because", "been", "before"),
        *("being", "below", "between", "both", "could", "does", "doing", "down", "during", "each", "from"),
        *("further", "have", "having", "here", "itself", "just", "like", "many", "more", "most", "much"),
        *("only", "other", "over", "own", "same", "should", "some", "such", "than", "that", "their", "them"),
        *("then", "there", "these", "they", "this", "those", "through", "under", "until", "very", "were"),
        *("what", "when", "where", "which", "while", "whom", "will", "with", "would", "your", "health"),
        *("people", "including", "often", "also", "into", "past", "beyond", "article", "research", "studies"),
        *("study", "examining", "exploring", "understanding", "unexpected", "surprising", "advantages"),
        *("benefits", "truth", "guide", "ways", "tips", "things", "reasons", "best", "top", "new", "for"),
        *("the", "and", "are", "can", "how", "why", "its", "has", "may"),
    }
)


@dataclass(frozen=True)
class Statement:
    """A sentence with all that the ranking asks about it, each worked out once; `words` are in lower case."""

    noticed: Noticed
    words: tuple[str, ...]
    cues: tuple[Cue, ...]
    is_title: bool
    is_headline: bool
    names_topic: bool

    @property
    def text(self) -> str:
        """The sentence as it stands."""
        return self.noticed.text

    def wordings(self, subject: str) -> Sequence[str]:
        """Return its wordings of one of SUBJECTS, in order."""
        return self.noticed.wordings.get(subject, ())

    def speaks_of(self, subject: str) -> bool:
        """Whether it has a wording of one of SUBJECTS."""
        return subject in self.noticed.wordings

    @cached_property
    def cue_kinds(self) -> tuple[str, ...]:
        """The kinds of its cues, once each, in the order of cues.KINDS."""
        present = {cue.kind for cue in self.cues}
        return tuple(kind for kind in kinds_of_cue.KINDS if kind in present)

    @cached_property
    def says_change(self) -> bool:
        """Whether it says that something changes something."""
        causal = (cue for cue in self.cues if cue.kind == kinds_of_cue.CAUSAL_VERB)
        begin = self.noticed.span.start
        return any(not vocabulary.LINKS.fullmatch(self.text[cue.start - begin : cue.end - begin]) for cue in causal)

    @cached_property
    def says_link(self) -> bool:
        """Whether it says that something goes with something, or is more or less than something."""
        return bool({kinds_of_cue.CAUSAL_VERB, kinds_of_cue.COMPARISON}.intersection(self.cue_kinds))

    @cached_property
    def harms(self) -> tuple[tuple[str, str], ...]:
        """What it touches that may hurt a reader, with the words that say so."""
        wordings = self.noticed.wordings
        return tuple([(name, wordings[name][0]) for name, _ in vocabulary.HIGH_HARMS if name in wordings])

    @cached_property
    def health_words(self) -> tuple[str, ...]:
        """The conditions and outcomes it names."""
        return (*self.wordings(noticing.CONDITIONS), *self.wordings(noticing.OUTCOMES))


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a text, in lower case."""
    return tuple(" ".join(WORD.findall(text)).casefold().split())


def content_words(words: Iterable[str]) -> tuple[str, ...]:
    """Return those of the words, which are in lower case, that carry meaning, without a possessive."""
    bare = [word[:-2] if word.endswith(POSSESSIVE) else word for word in words]
    return tuple([word for word in bare if len(word) > 3 and word not in EMPTY_WORDS])
