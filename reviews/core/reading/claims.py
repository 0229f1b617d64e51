"""Which sentences an editor should look at first as claims, in rank order and with the reasons in words.

A statement ranks by what makes it checkable (something changes something), by what makes it matter (a
condition, an outcome, a harm) and by what makes it doubtful (no source, big words). A hedge only ever adds:
"may reduce anxiety" is read as "reduces anxiety", so it goes before the panel all the same.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from reviews.core.reading import noticing
from reviews.core.reading import rules as kinds_of_cue
from reviews.core.reading.cues import Cue
from reviews.core.reading.document import TITLE, Document
from reviews.core.reading.noticing import Noticed
from reviews.core.reading.statement import Statement, content_words, words_of
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
OF_HEALTH = (noticing.MECHANISMS, noticing.INTERVENTIONS, noticing.HARMS)
STATED = (noticing.DEFINITIONS, noticing.FREQUENCIES, noticing.HARMS, noticing.MECHANISMS)
CHANGE_WEIGHT, LINK_WEIGHT = 0.25, 0.18
HEALTH_WEIGHT, SECOND_HEALTH_WEIGHT = 0.2, 0.06
MECHANISM_WEIGHT, INTERVENTION_WEIGHT, TOPIC_WEIGHT = 0.08, 0.08, 0.06
HARM_WEIGHT, FREQUENCY_WEIGHT, DEFINITION_WEIGHT = 0.12, 0.14, 0.1
HEADLINE_WEIGHT, HIGH_HARM_WEIGHT = 0.12, 0.22

REFERENCE = re.compile(r"\[\d{1,3}\]\s|\d{1,3}\.\s.{1,300}\b(?:19|20)\d\d\s?;\s?\d")  # an entry of a list of sources
TELLING = re.compile(r"(?:did|do|have) you (?:know|hear|heard)\b", re.IGNORECASE)


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


def suggest_claims(document: Document, sentences: Sequence[Noticed], cues: Sequence[Cue]) -> tuple[Suggestion, ...]:
    """Return the statements worth checking, the most pressing first; at most MOST_SUGGESTIONS.

    Only title and body are looked at. Equal scores stand in reading order; a sentence that stands twice is
    suggested once.
    """
    found = []
    seen: set[tuple[str, ...]] = set()
    for statement in statements_of(document, sentences, cues):
        if statement.words in seen or not is_checkable(statement):
            continue
        seen.add(statement.words)
        found.append(suggestion_of(statement))
    pressing = [suggestion for suggestion in found if suggestion.score >= LEAST_SCORE or suggestion.is_headline]
    pressing.sort(key=lambda suggestion: (-suggestion.score, suggestion.start))
    return tuple(replace(suggestion, rank=rank) for rank, suggestion in enumerate(pressing[:MOST_SUGGESTIONS], start=1))


def statements_of(document: Document, sentences: Sequence[Noticed], cues: Sequence[Cue]) -> Iterator[Statement]:
    """Yield each sentence of title and body with its cues."""
    titles = {(region.start, region.end) for region in document.regions if region.kind == TITLE}
    are_titles = [(one.span.start, one.span.end) in titles for one in sentences]
    words = [words_of(one.text) for one in sentences]
    contents = [*map(content_words, words)]
    topic = topic_of(contents, are_titles)
    restating = restatement(document.title, sentences, contents)
    starts = [cue.start for cue in cues]
    for one, is_title, own_words in zip(sentences, are_titles, words, strict=True):
        yield Statement(
            noticed=one,
            words=own_words,
            cues=tuple(cues[bisect_left(starts, one.span.start) : bisect_left(starts, one.span.end)]),
            is_title=is_title,
            is_headline=is_title or one is restating,
            names_topic=bool(topic) and topic in one.text.casefold(),
        )


def topic_of(contents: Iterable[Sequence[str]], are_titles: Iterable[bool]) -> str:
    """Return the word that the article turns on: the most frequent content word of title and body, or ""."""
    titles_first = sorted(zip(are_titles, contents, strict=True), key=lambda one: not one[0])
    counted = Counter(word for _, words in titles_first for word in words).most_common(1)
    return counted[0][0] if counted and counted[0][1] > 2 else ""


def restatement(title: str, sentences: Iterable[Noticed], contents: Iterable[Sequence[str]]) -> Noticed | None:
    """Return the body sentence that says the title's claim again: the one sharing most of its content words."""
    wanted = {*content_words(words_of(title))}
    best: Noticed | None = None
    most = SAME_AS_TITLE * len(wanted)
    for sentence, words in zip(sentences, contents, strict=True) if len(wanted) > 1 else ():
        if sentence.text == title or noticing.ARTICLE_ITSELF in sentence.wordings:
            continue
        shared = len(wanted.intersection(words))
        if shared > most or (shared == most and best is None):
            best, most = sentence, shared
    return best


def is_checkable(statement: Statement) -> bool:
    """Whether it says something of health that a source could bear out or refute."""
    text = statement.text
    if len(statement.words) < FEWEST_WORDS or REFERENCE.match(text) or states_nothing(statement):
        return False
    of_health = statement.health_words or statement.harms or any(map(statement.speaks_of, OF_HEALTH))
    # "Studies have shown that it shortens the night": no word list holds every outcome that an article can promise.
    of_health = of_health or kinds_of_cue.VAGUE_ATTRIBUTION in statement.cue_kinds
    if statement.is_title or not of_health:
        return bool(of_health) and not text.endswith("?")
    says = STATING.intersection(statement.cue_kinds) or statement.harms
    return bool(says) or any(map(statement.speaks_of, STATED))


def states_nothing(statement: Statement) -> bool:
    """Whether it asks, calls the reader to act, speaks of the article itself or of research to come, and no more.

    What the title says, or says again, is always looked at.
    """
    if statement.is_headline:
        return False
    calls = kinds_of_cue.CALL_TO_ACTION in statement.cue_kinds and kinds_of_cue.CAUSAL_VERB not in statement.cue_kinds
    outlook = statement.speaks_of(noticing.RESEARCH_TO_COME) and not statement.harms
    return statement.speaks_of(noticing.ARTICLE_ITSELF) or outlook or calls or only_asks(statement)


def only_asks(statement: Statement) -> bool:
    """Whether it is a question: not "Did you know that tea cures a cold?"."""
    return statement.text.endswith("?") and not TELLING.match(statement.text)


def suggestion_of(statement: Statement) -> Suggestion:
    """Return the statement as a suggestion, its rank still open (0)."""
    head = 0 if statement.is_title else head_of(statement.text)
    return Suggestion(
        quote=statement.text[head:],
        wording=neutral_wording(statement.text, is_title=statement.is_title),
        start=statement.noticed.span.start + head,
        end=statement.noticed.span.end,
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
    health = len(set(statement.health_words))
    score = sum(CUE_WEIGHTS.get(kind, 0) for kind in statement.cue_kinds)
    score += CHANGE_WEIGHT if statement.says_change else LINK_WEIGHT * statement.says_link
    score += HEALTH_WEIGHT * (health > 0) + SECOND_HEALTH_WEIGHT * (health > 1)
    score += MECHANISM_WEIGHT * statement.speaks_of(noticing.MECHANISMS)
    score += INTERVENTION_WEIGHT * statement.speaks_of(noticing.INTERVENTIONS)
    score += HARM_WEIGHT * statement.speaks_of(noticing.HARMS)
    score += FREQUENCY_WEIGHT * statement.speaks_of(noticing.FREQUENCIES)
    score += DEFINITION_WEIGHT * statement.speaks_of(noticing.DEFINITIONS)
    score += TOPIC_WEIGHT * statement.names_topic
    score += HEADLINE_WEIGHT * statement.is_headline + HIGH_HARM_WEIGHT * bool(statement.harms)
    return round(min(1.0, score) * damping(statement), 3)


def damping(statement: Statement) -> float:
    """Return the factor, 0..1, that sets back what is hardly a statement: it never looks at hedges."""
    if statement.speaks_of(noticing.ARTICLE_ITSELF):
        return 0.35
    calls = kinds_of_cue.CALL_TO_ACTION in statement.cue_kinds
    if calls and kinds_of_cue.CAUSAL_VERB not in statement.cue_kinds:
        return 0.35
    if only_asks(statement):
        return 0.4
    if kind_of(statement) == DEFINITION:
        return 0.8
    if statement.is_title:
        return 0.95  # the sentence that says it again is the better claim
    return 0.6 if statement.speaks_of(noticing.RESEARCH_TO_COME) else 1.0


def kind_of(statement: Statement) -> str:
    """Return the first kind that fits of frequency, risk, definition, effect, mechanism, other."""
    mechanisms = len(statement.wordings(noticing.MECHANISMS))
    is_of_harm = statement.speaks_of(noticing.HARMS) and not statement.speaks_of(noticing.RISK_LOWERED)
    if statement.speaks_of(noticing.FREQUENCIES):
        return FREQUENCY
    if statement.speaks_of(noticing.CAUSES_OF_HARM) or is_of_harm:
        return RISK
    if statement.speaks_of(noticing.DEFINITIONS) and not statement.says_change:
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
    if statement.speaks_of(noticing.ARTICLE_ITSELF):
        yield "It speaks about the article itself, so it stands further down."
    elif statement.speaks_of(noticing.RESEARCH_TO_COME):
        yield "It speaks of interest or of research to come, not of a finding, so it stands further down."
    if pronoun := pronoun_of(neutral_wording(statement.text)):
        yield f"It begins with “{pronoun}”: word it with what the sentence before speaks of."
