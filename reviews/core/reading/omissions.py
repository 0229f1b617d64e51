"""What an article as a whole leaves out, remarked on where it begins to promise."""

from bisect import bisect_left, insort
from collections.abc import Sequence
from operator import attrgetter

from reviews.core.reading.cues import Cue, kinds_in
from reviews.core.reading.document import TITLE, Document
from reviews.core.reading.noticing import HARMS, INTERVENTIONS, Noticed
from reviews.core.reading.rules import CAUSAL_VERB, MISSING_HARMS
from reviews.core.reading.sentences import Span

FEWEST_PROMISES = 2
"""Sentences that must promise an effect of something to take or do before its harms are missed."""

NO_HARM_NAMED = (
    "The article promises effects from here on and names no harm anywhere: no side effect, no risk, no warning."
)


def with_omission(cues: tuple[Cue, ...], *, document: Document, noticed: Sequence[Noticed]) -> tuple[Cue, ...]:
    """Return the cues with one more where an article promises and never names a harm.

    It stands on the first sentence that promises. A sentence that itself waves harms away has its own cue.
    """
    titles = {(region.start, region.end) for region in document.regions if region.kind == TITLE}
    if MISSING_HARMS not in kinds_in(document.facts.language):
        return cues
    if any(HARMS in one.wordings for one in noticed if (one.span.start, one.span.end) not in titles):
        return cues
    causal = [cue.start for cue in cues if cue.kind == CAUSAL_VERB]
    promises = [one.span for one in noticed if INTERVENTIONS in one.wordings and _has_any(causal, one.span)]
    if len(promises) < FEWEST_PROMISES:
        return cues
    more = [*cues]
    insort(more, Cue(MISSING_HARMS, promises[0].start, promises[0].end, NO_HARM_NAMED), key=attrgetter("start"))
    return tuple(more)


def _has_any(starts: Sequence[int], span: Span) -> bool:
    """Whether any of these places, which are in order, lies in a span."""
    return bisect_left(starts, span.start) < bisect_left(starts, span.end)
