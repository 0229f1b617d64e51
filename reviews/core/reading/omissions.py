"""What an article as a whole leaves out, remarked on where it begins to promise."""

from bisect import insort
from collections.abc import Sequence
from operator import attrgetter

from reviews.core.reading.cues import Cue, kinds_in
from reviews.core.reading.document import BODY, Document
from reviews.core.reading.rules import CAUSAL_VERB, MISSING_HARMS
from reviews.core.reading.sentences import Span
from reviews.core.reading.vocabulary import HARMS, INTERVENTIONS

FEWEST_PROMISES = 2
"""Sentences that must promise an effect of something to take or do before its harms are missed."""

NO_HARM_NAMED = (
    "The article promises effects from here on and names no harm anywhere: no side effect, no risk, no warning."
)


def with_omission(cues: tuple[Cue, ...], *, document: Document, sentences: Sequence[Span]) -> tuple[Cue, ...]:
    """Return the cues with one more where an article promises and never names a harm.

    It stands on the first sentence that promises. A sentence that itself waves harms away has its own cue.
    """
    if MISSING_HARMS not in kinds_in(document.facts.language):
        return cues
    if any(HARMS.search(stretch) for stretch in document.stretches(BODY)):
        return cues
    causal = [cue.start for cue in cues if cue.kind == CAUSAL_VERB]
    promises = [span for span in sentences if _promises(document.text, span, causal)]
    if len(promises) < FEWEST_PROMISES:
        return cues
    more = [*cues]
    insort(more, Cue(MISSING_HARMS, promises[0].start, promises[0].end, NO_HARM_NAMED), key=attrgetter("start"))
    return tuple(more)


def _promises(text: str, span: Span, causal: Sequence[int]) -> bool:
    return any(span.start <= start < span.end for start in causal) and bool(
        INTERVENTIONS.search(text, span.start, span.end)
    )
