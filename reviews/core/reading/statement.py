"""A sentence with all that the ranking of claims asks about it."""

from dataclasses import dataclass
from functools import cached_property

from reviews.core.reading import rules as kinds_of_cue
from reviews.core.reading import vocabulary
from reviews.core.reading.cues import Cue
from reviews.core.reading.sentences import Span

META = vocabulary.phrase(
    r"(?:in )?this (?:\w+ )?(?:article|post|guide|blog|piece|section|review|page)(?:,| we| will| explores?"
    r"| examines?| looks?| discusses)",
    r"we(?:['’]ll| will)? (?:delve|explore|discuss|look|examine|cover|dive|take a look|break down|walk you)"
    r"|let(?:['’]s| us) (?:\w+ )?(?:explore|look|dive|delve|take|examine|discuss)",
    r"read on|keep reading|below,? (?:we|you)|as mentioned (?:above|earlier)",
)
OUTLOOK = vocabulary.phrase(
    r"as (?:researchers|scientists|experts) continue|(?:has|have) led (?:researchers|scientists) to|(?:has"
    r"|have) implications for|gaining attention|avenues for|part of exploration",
    r"^understanding (?:[\w'’-]+ ){1,6}(?:provides|is (?:crucial|key|essential|important)|helps us)"
    r"|only time will tell|remains to be seen"
    r"|ha(?:s|ve) (?:unveiled|revealed|uncovered) (?:an?|new|the) (?:[\w-]+ )?(?:aspects?|sides?|facets?)",
)


@dataclass(frozen=True)
class Statement:
    """A sentence with all that the ranking asks about it, each worked out once."""

    span: Span
    text: str
    cues: tuple[Cue, ...]
    is_title: bool
    is_headline: bool
    names_topic: bool

    @cached_property
    def cue_kinds(self) -> tuple[str, ...]:
        """The kinds of its cues, once each, in the order of cues.KINDS."""
        present = {cue.kind for cue in self.cues}
        return tuple(kind for kind in kinds_of_cue.KINDS if kind in present)

    @cached_property
    def says_change(self) -> bool:
        """Whether it says that something changes something."""
        causal = (cue for cue in self.cues if cue.kind == kinds_of_cue.CAUSAL_VERB)
        begin = self.span.start
        return any(not vocabulary.LINKS.fullmatch(self.text[cue.start - begin : cue.end - begin]) for cue in causal)

    @cached_property
    def says_link(self) -> bool:
        """Whether it says that something goes with something, or is more or less than something."""
        return bool({kinds_of_cue.CAUSAL_VERB, kinds_of_cue.COMPARISON}.intersection(self.cue_kinds))

    @cached_property
    def harms(self) -> tuple[tuple[str, str], ...]:
        """What it touches that may hurt a reader, with the words that say so."""
        found = ((name, pattern.search(self.text)) for name, pattern in vocabulary.HIGH_HARMS)
        return tuple((name, match[0]) for name, match in found if match)

    @cached_property
    def health_words(self) -> tuple[str, ...]:
        """The conditions and outcomes it names."""
        return tuple(
            match[0] for words in (vocabulary.CONDITIONS, vocabulary.OUTCOMES) for match in words.finditer(self.text)
        )
