"""What stands in each sentence: the wordings of the rules, and the subjects that it speaks of. One pass for all."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from reviews.core.reading import vocabulary
from reviews.core.reading.lookout import Lookout
from reviews.core.reading.rules import RULES
from reviews.core.reading.sentences import Span

ARTICLE_ITSELF, RESEARCH_TO_COME = "the article itself", "research to come"
CONDITIONS, OUTCOMES, MECHANISMS, INTERVENTIONS = "conditions", "outcomes", "mechanisms", "interventions"
HARMS, CAUSES_OF_HARM, RISK_LOWERED = "harms", "causes of harm", "a risk lowered"
FREQUENCIES, DEFINITIONS = "frequencies", "definitions"
SUBJECTS: Mapping[str, re.Pattern[str]] = {
    ARTICLE_ITSELF: vocabulary.META,
    RESEARCH_TO_COME: vocabulary.OUTLOOK,
    CONDITIONS: vocabulary.CONDITIONS,
    OUTCOMES: vocabulary.OUTCOMES,
    MECHANISMS: vocabulary.MECHANISMS,
    INTERVENTIONS: vocabulary.INTERVENTIONS,
    HARMS: vocabulary.HARMS,
    CAUSES_OF_HARM: vocabulary.CAUSES_OF_HARM,
    RISK_LOWERED: vocabulary.RISK_LOWERED,
    FREQUENCIES: vocabulary.FREQUENCIES,
    DEFINITIONS: vocabulary.DEFINITIONS,
    **dict(vocabulary.HIGH_HARMS),
}
NO_WORDINGS: Mapping[str, Sequence[str]] = MappingProxyType({})
LOOKOUT = Lookout[int | str]({place: rule.wording for place, rule in enumerate(RULES)} | dict(SUBJECTS))


@dataclass(frozen=True, slots=True)
class Noticed:
    """A sentence, the matches of rules by their places in RULES, and its wordings of those of SUBJECTS that it has."""

    span: Span
    text: str
    of_rules: Sequence[tuple[int, re.Match[str]]]
    wordings: Mapping[str, Sequence[str]]


def notice(text: str, sentences: Sequence[Span]) -> tuple[Noticed, ...]:
    """Return what stands in each of these sentences of a text. Takes time in proportion to them."""
    quotes = [text[span.start : span.end] for span in sentences]
    found = zip(sentences, quotes, LOOKOUT.found_in(quotes), strict=True)
    return tuple(
        noticed(span, quote, matches) if matches else Noticed(span, quote, (), NO_WORDINGS)
        for span, quote, matches in found
    )


def noticed(span: Span, quote: str, matches: Sequence[tuple[int | str, re.Match[str]]]) -> Noticed:
    """Return a sentence with its matches, those of rules apart from the wordings of subjects."""
    if not matches:
        return Noticed(span, quote, (), NO_WORDINGS)
    of_rules = []
    wordings: dict[str, list[str]] = defaultdict(list)
    for name, match in matches:
        if isinstance(name, int):
            of_rules.append((name, match))
        else:
            wordings[name].append(match[0])
    return Noticed(span, quote, of_rules, dict(wordings))
