"""Looking up what a reviewer quoted, and keeping the very text in which that was done."""

from datetime import datetime

from reviews.core.citing.quotes import find_quote
from reviews.jobs.source import DESK, keep_text
from reviews.models import Appraisal, Inquiry, RoundCitation, SourceText

LOOKED_UP = ("quote_found", "quote_match", "quote_differences", "seen_text", "seen_at")
"""What a look-up writes into an appraisal."""


def look_up_quote(appraisal: Appraisal, *, quote: str, citation: RoundCitation, at: datetime) -> None:
    """Write into an appraisal how a quote stands in the text of its source, or that there is none to look in."""
    text = _text_of(citation, at=at) if quote else None
    match = find_quote(quote, text.text) if text else None
    appraisal.quote_found = match.found if match else None
    appraisal.quote_match = match.match if match else ""
    appraisal.quote_differences = [[one.said, one.stands] for one in match.differences] if match else []
    appraisal.seen_text = text
    appraisal.seen_at = at if text else None


def _text_of(citation: RoundCitation, *, at: datetime) -> SourceText | None:
    """Return the text to look in. Of what a reviewer added, only what was found for this reviewer: somebody else may
    have stored the source before, and it must answer like a new one.
    """
    if citation.added_in_id is None:
        return keep_text(citation.source, origin=DESK, at=at)
    inquiry = Inquiry.objects.select_related("found_text").filter(citation=citation).first()
    return inquiry.found_text if inquiry else None
