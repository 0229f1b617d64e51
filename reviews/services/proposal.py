"""How a reviewer tells the editors of a claim that was missed, and what they do with it."""

import re
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext

from reviews.core.reading.anchors import Anchor, anchor_at
from reviews.core.reading.reanchoring import reanchor
from reviews.errors import (
    ClaimStandsAlready,
    ProposalDecided,
    ProposedAlready,
    ProposedWordsGone,
    QuoteNotThere,
    QuoteThereTwice,
)
from reviews.jobs.reanchoring import text_of
from reviews.models import Claim, Proposal, Review, Revision, User
from reviews.services.claim import add_claim
from reviews.services.message import ask_editor
from reviews.services.review import hold_for_writing


@transaction.atomic
def propose_claim(review: Review, *, quote: str, reason: str, by: User, at: datetime) -> Proposal:
    """Tell the editors that some words of the article are a claim too; they are told as of any question.

    Raises QuoteNotThere, QuoteThereTwice, ClaimStandsAlready, ProposedAlready, ReviewIsLocked, RoundIsClosed.
    """
    review = hold_for_writing(review)
    text = Revision.objects.get(pk=review.round.revision_id).text
    start, end = place_of(quote, text=text)
    if review.round.claims.filter(start=start, end=end).exists():
        raise ClaimStandsAlready
    try:
        with transaction.atomic():
            proposal = Proposal.objects.create(
                review=review, quote=text[start:end], start=start, end=end, reason=reason.strip(), proposed_at=at
            )
    except IntegrityError as error:
        raise ProposedAlready from error
    words = gettext("I propose another claim: “%(quote)s” %(reason)s") % {
        "quote": " ".join(proposal.quote.split()),
        "reason": proposal.reason,
    }
    ask_editor(review, claim=None, text=words, by=by, at=at)
    return proposal


def place_of(quote: str, *, text: str) -> tuple[int, int]:
    """Return where the words stand in a text, in code points, whatever white space is between them.

    Raises QuoteNotThere and QuoteThereTwice.
    """
    words = quote.split()
    places = [found.span() for found in re.finditer(r"\s+".join(map(re.escape, words)), text)] if words else []
    if not places:
        raise QuoteNotThere
    if len(places) > 1:
        raise QuoteThereTwice
    return places[0]


@transaction.atomic
def take_proposal(proposal: Proposal, *, by: User, at: datetime) -> Claim:
    """Put the words on the list of claims of the article's newest text, for the next round.

    Raises ProposalDecided, ClaimStandsAlready, and ProposedWordsGone where a newer text does not have them in one
    clear place.
    """
    proposal = _undecided(proposal)
    revision, anchor = _where_it_stands_now(proposal)
    claim = add_claim(revision, start=anchor.start, end=anchor.end, wording="", by=by)
    _decide(proposal, claim=claim, by=by, at=at)
    return claim


@transaction.atomic
def leave_proposal(proposal: Proposal, *, by: User, at: datetime) -> None:
    """Say that the words need not be on the list. Raises ProposalDecided."""
    _decide(_undecided(proposal), claim=None, by=by, at=at)


def _where_it_stands_now(proposal: Proposal) -> tuple[Revision, Anchor]:
    read = proposal.review.round.revision
    anchor = anchor_at(read.text, proposal.start, proposal.end)
    newest = Revision.objects.newest().get(article=read.article_id)
    if newest == read:
        return read, anchor
    [placed] = reanchor([anchor], old=text_of(read), new=text_of(newest))
    if placed.anchor is None:
        raise ProposedWordsGone
    return newest, placed.anchor


def _undecided(proposal: Proposal) -> Proposal:
    proposals = Proposal.objects.select_for_update(of=("self",)).select_related("review__assignment__round__revision")
    proposal = proposals.get(pk=proposal.pk)
    if proposal.decided_at:
        raise ProposalDecided
    return proposal


def _decide(proposal: Proposal, *, claim: Claim | None, by: User, at: datetime) -> None:
    proposal.claim, proposal.decided_by, proposal.decided_at = claim, by, at
    proposal.save(update_fields=["claim", "decided_by", "decided_at"])
