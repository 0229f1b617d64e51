"""Which sentences an editor should look at first as claims, in rank order and with the reasons in words.

A statement ranks by what makes it checkable (something changes something), by what makes it matter (a
condition, an outcome, a harm) and by what makes it doubtful (no source, big words). A hedge only ever adds:
"may reduce anxiety" is read as "reduces anxiety", so it goes before the panel all the same.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from reviews.core.reading import rules as kinds_of_cue
from reviews.core.reading import vocabulary
from reviews.core.reading.cues import Cue
from reviews.core.reading.document import BODY, TITLE, Document
from reviews.core.reading.sentences import Span
from reviews.core.reading.statement import META, OUTLOOK, Statement
from reviews.core.reading.wording import head_of, neutral_wording, pronoun_of

EFFECT, RISK, FREQUENCY = "effect", "risk", "frequency"
MECHANISM, DEFINITION, OTHER = "mechanism", "definition", "other"
KINDS = (EFFECT, RISK, FREQUENCY, MECHANISM, DEFINITION, OTHER)

MOST_SUGGESTIONS = 200
LEAST_SCORE = 0.2
FEWEST_WORDS = 4
SAME_AS_TITLE = 0.5  # the share of the title's content words from which a sentence restates it

CUE_WEIGHTS = {
    kinds_of_cue.VAGUE_ATTRIBUTION: 0.08,
    kinds_of_cue.NUMBER: 0.06,
    kinds_of_cue.COMPARISON: 0.05,
    kinds_of_cue.CERTAINTY: 0.05,
    kinds_of_cue.VENDOR: 0.04,
    kinds_of_cue.MISSING_HARMS: 0.06,
    kinds_of_cue.PRESCRIPTION_ONLY: 0.04,
    kinds_of_cue.POPULATION: 0.02,
    kinds_of_cue.HEDGE: 0.03,
    kinds_of_cue.PROMOTION: 0.03,
}
STATING = frozenset(
    {kinds_of_cue.CAUSAL_VERB, kinds_of_cue.NUMBER, kinds_of_cue.COMPARISON, kinds_of_cue.VAGUE_ATTRIBUTION}
)
CHANGE_WEIGHT, LINK_WEIGHT = 0.25, 0.18
HEALTH_WEIGHT, SECOND_HEALTH_WEIGHT = 0.2, 0.06
MECHANISM_WEIGHT, INTERVENTION_WEIGHT, TOPIC_WEIGHT = 0.08, 0.08, 0.06
HARM_WEIGHT, FREQUENCY_WEIGHT, DEFINITION_WEIGHT = 0.12, 0.14, 0.1
HEADLINE_WEIGHT, HIGH_HARM_WEIGHT = 0.12, 0.22

RISK_LOWERED = vocabulary.phrase(
    r"(?:reduc|lower|decreas|cut|prevent|minimi[sz]|protect|mitigat)\w*(?: [\w'’-]+){0,4} (?:risks?|deaths?"
    r"|mortality|side[- ]effects?|complications?|harms?|damage|withdrawal|danger)"
)
REFERENCE = re.compile(r"\[\d{1,3}\]\s|\d{1,3}\.\s.{1,300}\b(?:19|20)\d\d\s?;\s?\d")  # an entry of a list of sources
WORD = re.compile(r"(?<!\w)(?:[^\W\d_][\w'’-]*[^\W_]|\d{1,6}[a-z]{1,20})", re.IGNORECASE)
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


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A statement put forward as a claim: `text[start:end] == quote`, without list mark and item heading.

    `wording` is the quote without lead-in; `rank` counts from 1; `score` lies in 0..1;
    `cues` are cue kinds; `reasons` are sentences for the editor; `kind` is one of KINDS.
    """

    quote: str
    wording: str
    start: int
    end: int
    rank: int
    score: float
    cues: tuple[str, ...]
    reasons: tuple[str, ...]
    kind: str
    is_headline: bool
    is_high_harm: bool


def suggest_claims(document: Document, sentences: Sequence[Span], cues: Sequence[Cue]) -> tuple[Suggestion, ...]:
    """Return the statements worth checking, the most pressing first; at most MOST_SUGGESTIONS.

    Only title and body are looked at. Equal scores stand in reading order; a sentence that stands twice is
    suggested once.
    """
    found = []
    seen: set[str] = set()
    for statement in statements_of(document, sentences, cues):
        words = " ".join(WORD.findall(statement.text.casefold()))
        if words in seen or not is_checkable(statement):
            continue
        seen.add(words)
        found.append(suggestion_of(statement))
    pressing = [suggestion for suggestion in found if suggestion.score >= LEAST_SCORE or suggestion.is_headline]
    pressing.sort(key=lambda suggestion: (-suggestion.score, suggestion.start))
    return tuple(replace(suggestion, rank=rank) for rank, suggestion in enumerate(pressing[:MOST_SUGGESTIONS], start=1))


def statements_of(document: Document, sentences: Sequence[Span], cues: Sequence[Cue]) -> Iterator[Statement]:
    """Yield each sentence of title and body with its cues."""
    text = document.text
    titles = {(region.start, region.end) for region in document.regions if region.kind == TITLE}
    restating = restatement(document, sentences)
    topic = topic_of(document)
    starts = [cue.start for cue in cues]
    for span in sentences:
        is_title = (span.start, span.end) in titles
        quote = text[span.start : span.end]
        yield Statement(
            span=span,
            text=quote,
            cues=tuple(cues[bisect_left(starts, span.start) : bisect_left(starts, span.end)]),
            is_title=is_title,
            is_headline=is_title or span == restating,
            names_topic=bool(topic) and topic in quote.casefold(),
        )


def topic_of(document: Document) -> str:
    """Return the word that the article turns on: the most frequent content word of title and body, or ""."""
    words = [word for part in (TITLE, BODY) for stretch in document.stretches(part) for word in content_words(stretch)]
    counted = Counter(words).most_common(1)
    return counted[0][0] if counted and counted[0][1] > 2 else ""


def content_words(text: str) -> list[str]:
    """Return the words that carry meaning, in lower case, without a possessive."""
    words = (word.removesuffix("'s").removesuffix("’s") for word in WORD.findall(text.casefold()))
    return [word for word in words if len(word) > 3 and word not in EMPTY_WORDS]


def restatement(document: Document, sentences: Sequence[Span]) -> Span | None:
    """Return the body sentence that says the title's claim again: the one sharing most of its words."""
    wanted = set(content_words(document.title))
    best: Span | None = None
    most = SAME_AS_TITLE * len(wanted)
    for span in sentences:
        sentence = document.text[span.start : span.end]
        if len(wanted) < 2 or sentence == document.title or META.search(sentence):
            continue
        shared = len(wanted & set(content_words(sentence)))
        if shared > most or (shared == most and best is None):
            best, most = span, shared
    return best


def is_checkable(statement: Statement) -> bool:
    """Whether it says something of health that a source could bear out or refute."""
    text = statement.text
    if len(WORD.findall(text)) < FEWEST_WORDS or REFERENCE.match(text) or states_nothing(statement):
        return False
    named = (vocabulary.MECHANISMS, vocabulary.INTERVENTIONS, vocabulary.HARMS)
    of_health = statement.health_words or statement.harms or any(words.search(text) for words in named)
    # "Studies have shown that it shortens the night": no word list holds every outcome that an article can promise.
    of_health = of_health or kinds_of_cue.VAGUE_ATTRIBUTION in statement.cue_kinds
    if statement.is_title or not of_health:
        return bool(of_health) and not text.endswith("?")
    stated = (vocabulary.DEFINITIONS, vocabulary.FREQUENCIES, vocabulary.HARMS, vocabulary.MECHANISMS)
    says = STATING.intersection(statement.cue_kinds) or statement.harms
    return bool(says) or any(words.search(text) for words in stated)


def states_nothing(statement: Statement) -> bool:
    """Whether it asks, calls the reader to act, speaks of the article itself or of research to come, and no more.

    What the title says, or says again, is always looked at.
    """
    if statement.is_headline:
        return False
    calls = kinds_of_cue.CALL_TO_ACTION in statement.cue_kinds and kinds_of_cue.CAUSAL_VERB not in statement.cue_kinds
    outlook = OUTLOOK.search(statement.text) and not statement.harms
    return bool(META.search(statement.text) or outlook or calls or statement.text.endswith("?"))


def suggestion_of(statement: Statement) -> Suggestion:
    """Return the statement as a suggestion, its rank still open (0)."""
    head = 0 if statement.is_title else head_of(statement.text)
    return Suggestion(
        quote=statement.text[head:],
        wording=neutral_wording(statement.text, is_title=statement.is_title),
        start=statement.span.start + head,
        end=statement.span.end,
        rank=0,
        score=score_of(statement),
        cues=statement.cue_kinds,
        reasons=tuple(reasons_for(statement)),
        kind=kind_of(statement),
        is_headline=statement.is_headline,
        is_high_harm=bool(statement.harms),
    )


def score_of(statement: Statement) -> float:
    """Return how pressing it is to check, 0..1."""
    text = statement.text
    health = len(set(statement.health_words))
    score = sum(CUE_WEIGHTS.get(kind, 0) for kind in statement.cue_kinds)
    score += CHANGE_WEIGHT if statement.says_change else LINK_WEIGHT * statement.says_link
    score += HEALTH_WEIGHT * (health > 0) + SECOND_HEALTH_WEIGHT * (health > 1)
    score += MECHANISM_WEIGHT * bool(vocabulary.MECHANISMS.search(text))
    score += INTERVENTION_WEIGHT * bool(vocabulary.INTERVENTIONS.search(text))
    score += HARM_WEIGHT * bool(vocabulary.HARMS.search(text))
    score += FREQUENCY_WEIGHT * bool(vocabulary.FREQUENCIES.search(text))
    score += DEFINITION_WEIGHT * bool(vocabulary.DEFINITIONS.search(text))
    score += TOPIC_WEIGHT * statement.names_topic
    score += HEADLINE_WEIGHT * statement.is_headline + HIGH_HARM_WEIGHT * bool(statement.harms)
    return round(min(1.0, score) * damping(statement), 3)


def damping(statement: Statement) -> float:
    """Return the factor, 0..1, that sets back what is hardly a statement: it never looks at hedges."""
    if META.search(statement.text):
        return 0.35
    calls = kinds_of_cue.CALL_TO_ACTION in statement.cue_kinds
    if calls and kinds_of_cue.CAUSAL_VERB not in statement.cue_kinds:
        return 0.35
    if statement.text.endswith("?"):
        return 0.4
    if kind_of(statement) == DEFINITION:
        return 0.8
    if statement.is_title:
        return 0.95  # the sentence that says it again is the better claim
    return 0.6 if OUTLOOK.search(statement.text) else 1.0


def kind_of(statement: Statement) -> str:
    """Return the first kind that fits of frequency, risk, definition, effect, mechanism, other."""
    text = statement.text
    mechanisms = len(vocabulary.MECHANISMS.findall(text))
    if vocabulary.FREQUENCIES.search(text):
        return FREQUENCY
    if vocabulary.CAUSES_OF_HARM.search(text) or (vocabulary.HARMS.search(text) and not RISK_LOWERED.search(text)):
        return RISK
    if vocabulary.DEFINITIONS.search(text) and not statement.says_change:
        return DEFINITION
    if statement.says_change and len(statement.health_words) >= max(mechanisms, 1):
        return EFFECT
    if mechanisms:
        return MECHANISM
    return EFFECT if statement.is_title else OTHER


def reasons_for(statement: Statement) -> Iterator[str]:
    """Yield why the statement stands where it does, the weightiest first."""
    if statement.is_title:
        yield "This is the title: what most readers take away."
    elif statement.is_headline:
        yield "It says the title's claim again."
    for harm, words in statement.harms:
        yield f"High harm: “{words}” concerns {harm}."
    if statement.health_words:
        named = ", ".join(dict.fromkeys(word.lower() for word in statement.health_words))
        yield f"It speaks of health: {named}."
    yield from first_reasons(statement.cues)
    yield from setbacks(statement)


def first_reasons(cues: Sequence[Cue]) -> Iterator[str]:
    """Yield the reason of the first cue of each kind."""
    seen: set[str] = set()
    for cue in cues:
        if cue.kind not in seen:
            seen.add(cue.kind)
            yield cue.reason


def setbacks(statement: Statement) -> Iterator[str]:
    """Yield what sets the statement back or calls for care in wording it."""
    if META.search(statement.text):
        yield "It speaks about the article itself, so it stands further down."
    elif OUTLOOK.search(statement.text):
        yield "It speaks of interest or of research to come, not of a finding, so it stands further down."
    if pronoun := pronoun_of(neutral_wording(statement.text)):
        yield f"It begins with “{pronoun}”: word it with what the sentence before speaks of."
